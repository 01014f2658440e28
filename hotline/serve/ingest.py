"""The process that turns the spool into rows, asks for recognition, and keeps the announcement fresh."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from threading import Event

import structlog

from db import recognition_queue, transcripts
from db.ingest import ingest
from hotline.announce import refresh
from hotline.desks import is_dead
from hotline.queue import open_queue, recognise_task
from hotline.settings import Settings
from hotline.wiring import Parts

log = structlog.get_logger()

LOOK_S = 0.25
"""How often the spool is looked at: a finished call is a row well within a second."""
SWEEP_EVERY = timedelta(seconds=5)
"""How often recordings that a crash left behind are asked for again, and the announcement is made anew."""

TIDY_EVERY = timedelta(hours=6)
SENTENCES_KEPT = timedelta(days=7)
"""Made sentences that nobody has heard for so long are removed; the next caller has them made again."""


def serve(settings: Settings) -> None:
    """Ingest until SIGINT or SIGTERM."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    Clerk(settings, Parts(settings)).work(stop)


class Clerk:
    """One round after another; a database that is down is waited for, the spool keeps everything meanwhile."""

    def __init__(self, settings: Settings, parts: Parts) -> None:
        self._parts = parts
        self._queue = open_queue(settings.data_dir)
        self._recognise = recognise_task(self._queue)
        self._swept_at = datetime.min.replace(tzinfo=UTC)
        self._tidied_at = self._swept_at
        self._refused: dict[str, datetime] = {}
        self._down = False

    def work(self, stop: Event) -> None:
        """Rounds until ``stop``."""
        while not stop.wait(LOOK_S):
            try:
                self.round(datetime.now(UTC))
            except Exception as error:
                # Nothing is lost: the spool stays until it is rows. Say it once, not four times a second.
                if not self._down:
                    log.exception("the records cannot be written, calls wait in the spool", error=type(error).__name__)
                self._down = True
            else:
                if self._down:
                    log.info("the records can be written again")
                self._down = False

    def round(self, at: datetime) -> None:
        """Ingest what is new; now and then sweep. Neither trouble keeps the other part from its work."""
        try:
            self._take(at)
        finally:
            self._parts.announcement.expire(at)  # most of all when the records are down

    def _take(self, at: datetime) -> None:
        parts = self._parts
        taken = ingest(parts.records, parts.spool, parts.store, at, parts.policy, refused=self._refused)
        for _ in taken.new_recordings:
            self._recognise()
        if _is_time(self._swept_at, at, SWEEP_EVERY):
            self._swept_at = at
            self._sweep(at)

    def _sweep(self, at: datetime) -> None:
        with self._parts.records() as session:
            transcripts.give_back(session, is_dead, at)
            waits = recognition_queue.finished(session, at) or recognition_queue.growing(session, at)
            session.commit()
        if waits and self._queue.pending_count() == 0:  # else the hints are on their way already
            for _ in range(self._parts.settings.recogniser_workers):
                self._recognise()
        refresh(self._parts, at)
        if _is_time(self._tidied_at, at, TIDY_EVERY):
            self._tidied_at = at
            self._parts.voice.sweep(SENTENCES_KEPT, at)


def _is_time(last: datetime, at: datetime, every: timedelta) -> bool:
    """Also right after the clock was set back: else nothing would be swept until it catches up."""
    return not last <= at < last + every
