"""The city's clock."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")


def in_kyiv(at: datetime) -> datetime:
    """The same moment as people in the city read it."""
    return at.astimezone(KYIV)


def day_of(at: datetime) -> date:
    """The city's day of a moment."""
    return in_kyiv(at).date()


def month_later(at: datetime) -> datetime:
    """The same day and hour of the next month (its last day where it is shorter), in the city's clock."""
    here = in_kyiv(at)
    year, month = (here.year + 1, 1) if here.month == 12 else (here.year, here.month + 1)
    day = min(here.day, calendar.monthrange(year, month)[1])
    return here.replace(year=year, month=month, day=day).astimezone(UTC)
