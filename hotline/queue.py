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


def recognise_task(queue: SqliteHuey, work: Callable[[], None] | None = None) -> TaskWrapper:
    """The job «look: a recording has begun or ended» on a queue. Which one the rows tell, and whose turn it is.

    Args:
        work: what a worker does; processes that only enqueue give none.
    """

    def recognise() -> None:
        if work is None:
            raise RuntimeError("this process enqueues jobs, it does not run them")
        work()

    return queue.task(name=RECOGNISE)(recognise)
