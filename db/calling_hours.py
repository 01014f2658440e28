"""When the city may phone a citizen (DOMAIN 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from db.city_time import KYIV, in_kyiv

LOOK_AHEAD_DAYS = 60
"""Longer than any row of holidays; a policy without windows for so long is a mistake."""

Window = tuple[time, time]

WEEKDAY: tuple[Window, ...] = ((time(10), time(13)), (time(16), time(19, 30)))
SATURDAY: tuple[Window, ...] = ((time(11), time(17)),)


def _week() -> dict[int, tuple[Window, ...]]:
    return dict.fromkeys(range(5), WEEKDAY) | {5: SATURDAY}


@dataclass(frozen=True)
class CallbackPolicy:
    """When and how often feedback calls are tried; every value is the administrator's to change.

    Attributes:
        windows: weekday (0 is Monday) to its hours in Europe/Kyiv, the end not included; a missing day has none.
        attempts: diallings that nobody answered before the line gives up.
        apart: between two attempts that nobody answered.
        busy_after: after «busy».
        rest: from the executor's «done» to the first call.
        attempt_open_at_most: an attempt open for longer was left behind by a crash.
    """

    windows: Mapping[int, tuple[Window, ...]] = field(default_factory=_week)
    attempts: int = 3
    apart: timedelta = timedelta(hours=4)
    busy_after: timedelta = timedelta(minutes=20)
    rest: timedelta = timedelta(hours=2)
    attempt_open_at_most: timedelta = timedelta(minutes=15)


class NoCallingHours(Exception):
    """An administrator left no hour of the week in which the line may phone."""


def next_moment(policy: CallbackPolicy, after: datetime) -> datetime:
    """The first moment not before ``after`` in which the line may phone, in UTC.

    Raises:
        NoCallingHours: see there.
    """
    day = in_kyiv(after).date()
    for _ in range(LOOK_AHEAD_DAYS):
        for start, end in _windows(policy, day):
            opens = datetime.combine(day, start, KYIV)
            closes = datetime.combine(day, end, KYIV)
            if after < closes:
                return max(after, opens).astimezone(UTC)
        day += timedelta(days=1)
    raise NoCallingHours("the policy has no window in the next two months")


def may_call(policy: CallbackPolicy, at: datetime) -> bool:
    """True inside a window."""
    return next_moment(policy, at) == at


def _windows(policy: CallbackPolicy, day: date) -> tuple[Window, ...]:
    return () if _is_holiday(day) else tuple(sorted(policy.windows.get(day.weekday(), ())))


@lru_cache
def _holidays(year: int) -> frozenset[date]:
    # Under martial law Ukraine has no public holidays, only "workday" ones; people keep Easter all the same.
    return frozenset(holidays.country_holidays("UA", years=year, categories=("public", "workday")))


def _is_holiday(day: date) -> bool:
    return day in _holidays(day.year)
