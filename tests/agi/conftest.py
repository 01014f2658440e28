"""A line server on a free port, with a real spool and a voice that needs no sound."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from agi.calls import Calls
from agi.server import LineServer
from db.spool import Spool
from ivr_flows.catalogue import FLOWS
from ivr_flows.commands import Say
from ivr_flows.questions import Answer, Question
from ivr_flows.scenario import words_of
from ivr_flows.simulator import empty_city
from tests.support.fake_asterisk import FakeAsterisk

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TONE = Path("/sounds/tone.wav")


class SpoolOfOneReceipt(Spool):
    """A spool whose every call gets the receipt that a scenario names; "" counts as usual."""

    receipt = ""

    def next_receipt(self, day: date) -> str:
        return self.receipt or super().next_receipt(day)


class Office:
    """What the server is given, and what the tests look at. Change an attribute to change the office."""

    def __init__(self, root: Path) -> None:
        self.spool = SpoolOfOneReceipt(root)
        self.can_record = True
        self.files: dict[str, str] = {}
        self.speechless: set[str] = set()
        self.consulted: list[Question] = []

    def speak(self, say: Say) -> Path:
        words = words_of(say)
        if words in self.speechless:
            raise RuntimeError("no piece and no engine")
        name = f"/sounds/{len(self.files)}.v1"  # a dot in a name must not be taken for an extension
        self.files[name] = words
        return Path(f"{name}.wav")

    def consult(self, question: Question, at: datetime) -> Answer | None:
        assert at == NOON
        self.consulted.append(question)
        return empty_city(question)

    def words(self, heard: list[str]) -> list[str]:
        """The sentences behind played files; the tone stays a file."""
        return [self.files.get(file, file) for file in heard]

    def journal(self, call_id: str = "ast-1700000000.12") -> list[dict[str, Any]]:
        lines = (self.spool.root / call_id / "journal.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "spool")


@pytest.fixture
def server(office: Office) -> Iterator[LineServer]:
    with running(office) as server:
        yield server


def calls_of(office: Office) -> Calls:
    """What carries the calls of this office, as it is at each moment."""
    return Calls(
        spool=office.spool,
        speak=office.speak,
        tone=TONE,
        consult=lambda question, at: office.consult(question, at),  # noqa: PLW0108 - tests replace the method later
        clock=lambda: NOON,
        can_record=lambda: office.can_record,
        flows=FLOWS,
    )


@contextmanager
def running(office: Office, max_calls: int = 10, asterisk_uid: int | None = None) -> Iterator[LineServer]:
    """A server for as long as somebody looks at it; every call is over when it is gone."""
    server = LineServer("127.0.0.1", 0, calls_of(office), max_calls=max_calls, asterisk_uid=asterisk_uid)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        assert server.stop(10) == 0
        thread.join(10)


def call(server: LineServer, caller: Any, **env: str) -> FakeAsterisk:
    """One call to its end, and until the server is done with it."""
    asterisk = FakeAsterisk(caller, env).call(server.server_address)  # type: ignore[arg-type]
    with server._changed:
        assert server._changed.wait_for(lambda: server.running == 0, 10)
    return asterisk
