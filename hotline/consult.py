"""The records' answers to a call in progress: in time or not at all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from datetime import datetime

import structlog

from db import answers
from db.engine import Records
from ivr_flows.questions import Answer, CityOutages, OutageList, Question

log = structlog.get_logger()

READERS = 8
"""Threads that may wait for the records at once; a hanging database holds no more than these.

PostgreSQL itself ends a statement that waits for a lock too long, so that the next calls find a free reader."""


class Consultant:
    """Answers questions of flows within a time limit.

    Args:
        records: the city's records.
        last_known: the announcement of last resort at a moment.
        seconds: how long a call may wait.
    """

    def __init__(self, records: Records, last_known: Callable[[datetime], OutageList | None], seconds: float) -> None:
        self._records = records
        self._last_known = last_known
        self._seconds = seconds
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="consult")

    def __call__(self, question: Question, at: datetime) -> Answer | None:
        """The answer, or what is known without the records; never raises."""
        reading = self._readers.submit(self._read, question, at)
        try:
            return reading.result(timeout=self._seconds)
        except TooLate:
            reading.cancel()  # one that no reader has begun yet is of no use to anybody
            log.warning("the records did not answer in time, the call goes on", question=type(question).__name__)
        except Exception as error:
            # Whatever is wrong with the database, the caller gets through.
            log.warning(
                "the records cannot be read, the call goes on",
                question=type(question).__name__,
                error=type(error).__name__,
            )
        return self._last_known(at) if isinstance(question, CityOutages) else None

    def _read(self, question: Question, at: datetime) -> Answer | None:
        with self._records.reading(self._seconds) as session:
            return answers.answer(session, question, at)
