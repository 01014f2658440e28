"""The queue of jobs. The row's state is the truth, the queue is a hint: a lost or doubled job changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huey import SqliteHuey
from huey.api import TaskWrapper

RECOGNISE = "recognise"


def open_queue(data: Path) -> SqliteHuey:
    """The jobs of this machine, in one SQLite file beside the records."""
    return SqliteHuey(name="hotline", filename=str(data / "queue.sqlite"), results=False)


def recognise_task(queue: SqliteHuey, work: Callable[[int], None] | None = None) -> TaskWrapper:
    """The job «recognise recording N» on a queue.

    Args:
        work: what a worker does; processes that only enqueue give none.
    """

    def recognise(recording_id: int) -> None:
        if work is None:
            raise RuntimeError("this process enqueues jobs, it does not run them")
        work(recording_id)

    return queue.task(name=RECOGNISE)(recognise)
