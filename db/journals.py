"""Reading a journal of the spool: its whole lines, and whether somebody is still writing."""

from __future__ import annotations

import fcntl
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.spool import JOURNAL

LARGEST = 2**31 - 1
"""Of an integer column of PostgreSQL."""


class BrokenLine(Exception):
    """A disk error, a power cut or a person's editor damaged a journal."""


@dataclass(frozen=True)
class Line:
    """One line of a journal; ``number`` counts from 1."""

    number: int
    raw: bytes

    def read(self) -> tuple[str, datetime, dict[str, Any]]:
        """What it is (``call``, ``entry``, ``end``), its time, all its fields.

        Raises:
            BrokenLine: see there.
        """
        try:
            data = json.loads(self.raw, parse_int=_whole_number)
            at = datetime.fromisoformat(data["at"])
            if at.tzinfo is None:
                raise BrokenLine("a time without a zone")
            _require_storable(data)
            return str(data["is"]), at.astimezone(UTC), data
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise BrokenLine(f"{type(error).__name__} in the fields of a line") from error

    def is_end(self) -> bool:
        """True for the line that ends a call."""
        try:
            return self.read()[0] == "end"
        except BrokenLine:
            return False


@dataclass(frozen=True)
class Journal:
    """What can be read now. ``alive``: a line still holds the journal."""

    lines: tuple[Line, ...]
    alive: bool

    def has_end(self) -> bool:
        """True when the line said how the call ended."""
        return bool(self.lines) and self.lines[-1].is_end()


def read(folder: Path) -> Journal:
    """The journal of a call's folder. A half-written last line waits for its end, unless its writer is dead.

    Raises:
        FileNotFoundError: no journal.
    """
    with (folder / JOURNAL).open("rb") as file:
        # In this order: a line that ends between the two is read whole, never taken for dead.
        alive = _is_held(file.fileno())
        *whole, rest = file.read().split(b"\n")
    if rest and not alive:
        whole.append(rest)
    return Journal(tuple(Line(number, raw) for number, raw in enumerate(whole, 1)), alive)


def _whole_number(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST:
        raise ValueError("a number that no column holds")
    return number


def _require_storable(data: object) -> None:
    """What a database would refuse in mid transaction: half a character, a zero byte, a number without an end."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    text.encode()
    if "\\u0000" in text:
        raise ValueError("a zero byte")


def _is_held(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(file, fcntl.LOCK_UN)
    return False
