"""What the processes take while they work: processor time, memory, open files. Linux only."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

LOOK_S = 0.5
TICK_S = 1 / os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Look:
    """One look: processor seconds so far, by name and of the whole machine."""

    at: float
    seconds: dict[str, float]
    busy: float


class Meter:
    """Looks at some processes twice a second until it is left (``with``).

    Args:
        names: the process id of each name.

    Attributes:
        memory_mb, files: the most resident memory and open files of each name that ran.
    """

    def __init__(self, names: dict[str, int]) -> None:
        self._names = names
        self._looks: list[Look] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="meter")
        self.memory_mb: dict[str, float] = {}
        self.files: dict[str, int] = {}

    def add(self, name: str, pid: int) -> None:
        """Look at another process from now on."""
        self._names = {**self._names, name: pid}

    def __enter__(self) -> Meter:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def cores(self, name: str, since: float, until: float) -> float:
        """How many cores a process kept busy between two moments (1.0 is one whole core)."""
        first, last = self._ends(since, until)
        return (last.seconds.get(name, 0.0) - first.seconds.get(name, 0.0)) / max(last.at - first.at, LOOK_S)

    def machine(self, since: float, until: float) -> float:
        """How many cores were busy, with whatever anybody did."""
        first, last = self._ends(since, until)
        return (last.busy - first.busy) / max(last.at - first.at, LOOK_S)

    def _ends(self, since: float, until: float) -> tuple[Look, Look]:
        within = [look for look in self._looks if since <= look.at <= until]
        looks = within if len(within) > 1 else self._looks
        return looks[0], looks[-1]

    def _watch(self) -> None:
        while True:
            seconds = {name: found for name, pid in self._names.items() if (found := self._take(name, pid)) is not None}
            self._looks.append(Look(time.time(), seconds, busy_seconds()))
            if self._over.wait(LOOK_S):
                return

    def _take(self, name: str, pid: int) -> float | None:
        process = Path("/proc") / str(pid)
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            files = sum(1 for _ in (process / "fd").iterdir())
            seconds = cpu_seconds(pid)
        except OSError:
            return None  # stopped on purpose
        self.memory_mb[name] = max(self.memory_mb.get(name, 0.0), int(fields[21]) * PAGE / 1e6)
        self.files[name] = max(self.files.get(name, 0), files)
        return seconds


def cpu_seconds(pid: int) -> float:
    """Processor seconds of a process, by the scheduler's own clock: finer than the ticks of ``/proc/<pid>/stat``.

    Raises:
        OSError: it is gone.
    """
    return time.clock_gettime(~pid << 3 | 2)


def busy_seconds() -> float:
    """Seconds that all cores together were not idle; only differences mean something."""
    _user, _nice, _system, idle, wait, *_ = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return time.monotonic() * (os.cpu_count() or 1) - (int(idle) + int(wait)) * TICK_S
