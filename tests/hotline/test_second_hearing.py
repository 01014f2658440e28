"""The answer to «вулицю і будинок» through the real desk, worker and records: heard twice, and never lost for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import select

from db import drafts, migrate, seed
from db.ingest import ingest
from db.models import Appeal, Recording
from hotline import drafting as making
from hotline.desks import RecognitionDesk
from hotline.settings import Settings
from hotline.wiring import Parts
from ivr_flows.commands import Record
from ivr_flows.replies import Taped
from ivr_flows.run import CallFacts, Entry
from tests.db.city import write_wav
from transcribe.recognizer import Heard, Word
from transcribe.worker import Worker

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
FREELY, BY_GRAMMAR = "ну лев чан і все двадцять чотири", "вулиця левчанівської двадцять чотири"


class Ear:
    """Hears one thing freely and another by a grammar; or breaks over the grammar."""

    engine, model, block_seconds = "fake", "fake-uk", 2.0

    def __init__(self, *, breaks: bool = False) -> None:
        self.grammars: list[Sequence[str]] = []
        self._breaks = breaks

    def prepare(self) -> None:
        pass

    def known(self, grammar: Sequence[str]) -> Sequence[str]:
        return grammar

    def listen(self, _rate: int, grammar: Sequence[str] = ()) -> EarListening:
        if grammar:
            self.grammars.append(grammar)
        return EarListening(BY_GRAMMAR if grammar else FREELY, breaks=bool(grammar) and self._breaks)


class EarListening:
    def __init__(self, says: str, *, breaks: bool) -> None:
        self._words = tuple(Word(word, n, n + 0.5, 0.9) for n, word in enumerate(says.split()))
        self._breaks = breaks

    def feed(self, _samples: NDArray[np.int16]) -> Sequence[Word]:
        if self._breaks:
            raise RuntimeError("Failed to process waveform")
        return self._words

    def finish(self) -> Heard:
        return Heard.of(("fake", "fake-uk"), self._words, ("recognised", ""), 4.0, 0.1)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """A call with a message and an answer, not heard yet."""
    settings = Settings(data_dir=tmp_path, _env_file=None)
    migrate.upgrade(settings.database)
    parts = Parts(settings)
    with parts.records() as session:
        seed.seed(session)
        session.commit()
    facts = CallFacts("ast-1.1", caller="0501112233", receipt="32700011")
    call = parts.spool.open_call(facts, line="asterisk", direction="in", flow="hotline_1580", flow_version=2, at=AT)
    for n, name in enumerate(("appeal", drafts.ADDRESS), 1):
        write_wav(call.recording_path(n, name), 4.0)
        call.keep(Entry(n, (), Record(name), Taped(f"{n}-{name}.wav", 4.0, "key")), AT)
    call.finish("completed", AT)
    ingest(parts.records, parts.spool, parts.store, AT)
    return parts


def work(parts: Parts, ear: Ear) -> None:
    Worker(RecognitionDesk(parts.records, parts.store, parts.drafting), ear, lambda: AT).work(Event())


def heard(parts: Parts) -> dict[str, str]:
    """Name of a recording -> its words."""
    with parts.records() as session:
        return {one.name: one.transcript.text for one in session.scalars(select(Recording)) if one.transcript}


def proposed(parts: Parts) -> list[str]:
    with parts.records() as session:
        appeal = session.scalars(select(Appeal)).one()
        return [one.value for one in drafts.draft_of(session, appeal).suggestions.get("address", ())]


def test_the_street_that_only_the_grammar_knew_is_proposed_in_the_card(parts: Parts) -> None:
    ear = Ear()
    work(parts, ear)
    (grammar,) = ear.grammars
    assert "сенаторки левчанівської" in grammar, "the message itself is heard freely alone"
    assert heard(parts) == {"appeal": FREELY, drafts.ADDRESS: FREELY}
    assert "вулиця Сенаторки Левчанівської, 24" in proposed(parts)


def test_a_grammar_that_cannot_be_made_leaves_the_free_words(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "answer_words", lambda _register: 1 / 0)
    ear = Ear()
    work(parts, ear)
    assert ear.grammars == []
    assert heard(parts) == {"appeal": FREELY, drafts.ADDRESS: FREELY}


def test_a_recogniser_that_breaks_over_the_grammar_keeps_the_free_words(parts: Parts) -> None:
    work(parts, Ear(breaks=True))
    assert heard(parts) == {"appeal": FREELY, drafts.ADDRESS: FREELY}
    assert "вулиця Сенаторки Левчанівської, 24" not in proposed(parts)
