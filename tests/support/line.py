"""A private line for tests: the shipped processes under the shipped supervisor, and a hand on each of them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Appeal, Call, Recording, Transcript
from hotline import health
from hotline.citizen import Citizen, Script, dial
from hotline.private import PrivateLine, private_line
from hotline.settings import Settings
from hotline.virtual_call import wait_for_call, wait_for_words

T = TypeVar("T")
LONGEST_S = 120.0
PHRASE_HEARD = 0.8


@dataclass
class Line:
    """A running line with what tests ask of it."""

    private: PrivateLine
    folder: Path
    calls: int = 0

    @property
    def spool(self) -> Path:
        return self.private.settings.spool_dir

    def dial(self, script: Script, *, caller: str, name: str = "", to: str = "1580") -> Citizen:
        self.calls += 1
        settings = self.private.settings
        uri = f"sip:{to}@{settings.sip_host}:{settings.sip_port}"
        return dial(uri, script, caller=caller, name=name, heard=self.folder / f"heard-{self.calls}.wav")

    def records(self) -> Any:
        return self.private.parts.records()

    def finished_call(self, caller: str, since: datetime) -> str:
        """The id of the caller's call once it is over and recognised."""
        call_id = wait_for_call(self.private.parts, caller, since)
        wait_for_words(self.private.parts, call_id)
        return call_id

    def supervise(self, action: str, name: str) -> None:
        """``stop`` or ``start`` a process, as an administrator would."""
        config = self.private.settings.run_dir / "supervisord.conf"
        command = [sys.executable, "-m", "supervisor.supervisorctl", "-c", str(config), action, name]
        subprocess.run(command, check=True, capture_output=True, timeout=30)

    def pid(self, name: str) -> int:
        config = self.private.settings.run_dir / "supervisord.conf"
        command = [sys.executable, "-m", "supervisor.supervisorctl", "-c", str(config), "pid", name]
        return int(subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout)

    def log(self, name: str) -> str:
        return (self.private.system.log_dir / f"{name}.log").read_text(errors="replace")

    def until(self, look: Callable[[Session], T | None], seconds: float = LONGEST_S) -> T:
        """What ``look`` sees in the records, as soon as it sees something."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with self.records() as session:
                seen = look(session)
            if seen:
                return seen
            time.sleep(0.05)  # rows are written by another process and SQLite tells nobody
        raise AssertionError("the records never showed it")


@contextmanager
def running_line(folder: Path, **changes: Any) -> Iterator[Line]:
    """A private line, Whisper base as its recogniser unless ``changes`` say otherwise."""
    changes = {"recogniser": "whisper", **changes}
    with private_line(Settings(_env_file=None), lambda words: None, **changes) as private:
        yield Line(private, folder)


def call_row(session: Session, call_id: str) -> Call:
    return session.get_one(Call, call_id)


def calls_of(session: Session, caller: str) -> list[Call]:
    return list(session.scalars(select(Call).where(Call.caller == caller)))


def appeal_of(session: Session, call_id: str) -> Appeal | None:
    return session.scalar(select(Appeal).where(Appeal.call_id == call_id))


def transcript_of(session: Session, call_id: str, name: str = "appeal") -> Transcript | None:
    """What was heard of the message, or of the answer to a question of the line."""
    heard = select(Transcript).join(Recording).where(Recording.call_id == call_id, Recording.name == name)
    return session.scalar(heard.order_by(Transcript.id.desc()))


def alike(heard: str, spoken: str) -> float:
    """How much of what was spoken was understood, 0..1: letters only, word boundaries do not count."""
    return SequenceMatcher(None, _letters(heard), _letters(spoken), autojunk=False).ratio()


def holds(heard: str, phrase: str) -> bool:
    """Whether a phrase was heard, up to the misspellings of a recogniser."""
    text, wanted = _letters(heard), _letters(phrase)
    windows = (text[start : start + len(wanted)] for start in range(max(1, len(text) - len(wanted) + 1)))
    return any(SequenceMatcher(None, window, wanted, autojunk=False).ratio() >= PHRASE_HEARD for window in windows)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def now() -> datetime:
    return health.now()
