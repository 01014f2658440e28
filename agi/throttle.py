"""May another call be placed now? So many at once, so many in an hour."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


class Throttle:
    """Counts the calls that run and those begun within the last hour. Safe for several threads.

    Args:
        at_once: calls that may run at the same time, ringing or answered.
        per_hour: calls that may begin within any hour: a mass of short calls is what operators block
            (Cabinet resolution No. 761, DOMAIN 6).
    """

    def __init__(self, *, at_once: int, per_hour: int) -> None:
        self._at_once = at_once
        self._per_hour = per_hour
        self._running: set[str] = set()
        self._begun: list[datetime] = []
        self._lock = threading.Lock()

    def free(self, at: datetime) -> int:
        """How many calls may begin at this moment."""
        with self._lock:
            # A call of the future began before the clock was set back.
            self._begun = [begun for begun in self._begun if begun <= at < begun + HOUR]
            return max(0, min(self._at_once - len(self._running), self._per_hour - len(self._begun)))

    def begin(self, name: str, at: datetime) -> None:
        """A call begins."""
        with self._lock:
            self._running.add(name)
            self._begun.append(at)

    def end(self, name: str) -> None:
        """A call is over; once more is no fault."""
        with self._lock:
            self._running.discard(name)

    def end_all(self) -> None:
        """Asterisk is gone, and its calls with it."""
        with self._lock:
            self._running.clear()
