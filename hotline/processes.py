"""Which processes serve this installation? A supervisor that was killed leaves its own running."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hotline.settings import Settings

MARK = "HOTLINE_PROCESS_OF"
"""In the environment of whatever the supervisor starts: the data folder it serves."""
END_S = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))
"""What a process is told and how long it may take to go."""


class AlreadyRunning(Exception):
    """Somebody ran ``hotline run`` twice with one data folder."""


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """One ``hotline run`` for each data folder; the lock falls with the process that holds it.

    Raises:
        AlreadyRunning: see there.
    """
    with (settings.run_dir / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"лінію з текою {settings.data_dir} вже запущено") from None
        yield


def serving(settings: Settings) -> list[int]:
    """The process ids."""
    mark = f"{MARK}={settings.data_dir}".encode()
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # another user's, or it ended at this moment
            if mark in environment.read_bytes().split(b"\0"):
                found.append(int(environment.parent.name))
    return found


def end(settings: Settings) -> None:
    """End them all; returns when they are gone."""
    for number, seconds in END_S:
        for pid in serving(settings):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while serving(settings):
            if time.monotonic() > deadline:
                break
            time.sleep(0.1)  # not our children: nobody tells us of their end
        else:
            return
