"""What may come back from a line. Silence is a reply of its own, never an empty string."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ivr_flows.questions import Answer

EndedBy = Literal["hangup", "key", "silence", "limit"]
TransferResult = Literal["answered", "busy", "no_answer", "failed"]


@dataclass(frozen=True, slots=True)
class Pressed:
    """The caller pressed keys: ``0-9``, ``*``; a closing ``#`` is not part of ``keys``."""

    keys: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was pressed in time."""


@dataclass(frozen=True, slots=True)
class Taped:
    """A recording was made: a file name inside the call's spool folder, its length in seconds, what ended it.

    ``hangup`` is as good an end as any: the message is kept. ``seconds`` may be 0.0 when nothing was recorded.
    """

    file: str
    seconds: float
    ended_by: EndedBy


@dataclass(frozen=True, slots=True)
class Transferred:
    """The caller comes back from (or never reached) a person."""

    result: TransferResult


@dataclass(frozen=True, slots=True)
class Told:
    """The city's records answered; ``None`` when they could not be read in time."""

    answer: Answer | None


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller is gone."""


Reply = Pressed | Silence | Taped | Transferred | Told | HungUp
