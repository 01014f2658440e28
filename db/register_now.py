"""The street register as it is now, kept until somebody changes a street or the day is another."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import streets
from db.city_time import day_of
from db.street_register import Register
from db.street_tables import Street, StreetHistory

Stamp = tuple[date, int, int]


class RegisterNow:
    """Reading thousands of streets takes a fraction of a second: too long for every message and every key pressed.

    May be shared by threads: the worst that happens is that two of them read the register at once.
    """

    def __init__(self) -> None:
        self._kept: tuple[Stamp, Register] | None = None

    def __call__(self, session: Session, at: datetime) -> Register:
        """The register in force; the same object while nothing changed."""
        stamp = _stamp(session, at)
        kept = self._kept
        if kept is None or kept[0] != stamp:
            kept = self._kept = (stamp, streets.load(session, at))
        return kept[1]


def _stamp(session: Session, at: datetime) -> Stamp:
    """Every change of a street leaves a row of its history; a street may begin or end with a day."""
    count = session.scalar(select(func.count(Street.id))) or 0
    last = session.scalar(select(func.max(StreetHistory.id))) or 0
    return day_of(at), count, last
