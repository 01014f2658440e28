"""Numbers that must neither repeat nor skip, whoever asks at the same moment."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

_NEXT = text(
    "INSERT INTO counter (name, value) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
)
_HOLD = text(
    "INSERT INTO counter (name, value) VALUES ('hold', 0) ON CONFLICT (name) DO UPDATE SET value = counter.value"
)


def next_number(session: Session, series: str) -> int:
    """The next number of a series, from 1. A rolled back unit of work gives its number back."""
    hold(session)
    return int(session.execute(_NEXT, {"name": series}).scalar_one())


def hold(session: Session) -> None:
    """Wait until no other unit of work holds the numbers, and hold them until the end of this one.

    One row for all series: two series taken in opposite orders would be a deadlock.
    """
    session.flush()
    session.execute(_HOLD)
