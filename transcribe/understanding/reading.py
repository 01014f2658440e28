"""A place of the message that can be written shorter than it was said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """What tokens from some place up to ``end`` (exclusive) are written as."""

    text: str
    end: int
