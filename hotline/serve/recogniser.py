"""The process that recognises: Huey workers, each a process of its own with the model loaded once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from hotline.desks import RecognitionDesk
from hotline.log import configure
from hotline.queue import open_queue, recognise_task
from hotline.settings import Settings
from hotline.wiring import Parts
from transcribe import models, ready
from transcribe.recognizer import NoModel, Recognizer
from transcribe.worker import recognise_recording

log = structlog.get_logger()

LOOK_AGAIN_S = 60.0
"""How often a worker without a model looks whether the administrator has brought one."""
HEALTH_CHECK_S = 2
"""How often Huey looks whether a worker process died and starts another."""


class Workplace:
    """One worker process: its recogniser, loaded at the first chance and kept."""

    def __init__(self, settings: Settings, announce: Callable[[ready.Readiness], None]) -> None:
        self._settings = settings
        self._announce = announce
        self._recogniser: Recognizer | None = None
        self._looked_at = float("-inf")

    def recogniser(self) -> Recognizer | None:
        """The loaded recogniser, or None while there is no model on this machine."""
        if self._recogniser is None and time.monotonic() - self._looked_at >= LOOK_AGAIN_S:
            self._looked_at = time.monotonic()
            self._load()
        return self._recogniser

    def _load(self) -> None:
        settings = self._settings
        now = datetime.now(UTC)
        try:
            recogniser = models.choose(settings.recogniser, settings.vosk_model, settings.cache_dir)
        except NoModel as missing:
            log.error("there is no speech model, recordings wait and nothing is lost", advice=str(missing))
            self._announce(ready.Readiness("", "", now, os.getpid(), str(missing)))
            return
        self._recogniser = recogniser
        log.info("speech model loaded", engine=recogniser.engine, model=recogniser.model)
        self._announce(ready.Readiness(recogniser.engine, recogniser.model, now, os.getpid()))


def serve(settings: Settings) -> None:
    """Run the workers until SIGINT or SIGTERM."""
    file = settings.recogniser_state
    file.unlink(missing_ok=True)
    queue = open_queue(settings.data_dir)
    workplace = Workplace(settings, lambda state: ready.announce(file, state))
    parts: list[Parts] = []

    def work(recording_id: int) -> None:
        recogniser = workplace.recogniser()
        if recogniser is None:
            return  # the recording keeps waiting; the sweep asks again
        desk = RecognitionDesk(parts[0].records, parts[0].store)
        recognise_recording(desk, recording_id, recogniser, datetime.now(UTC))

    def start_worker() -> None:
        # After the fork: a database connection must not cross it.
        configure("recogniser")
        parts.append(Parts(settings))
        workplace.recogniser()

    recognise_task(queue, work)
    queue.on_startup()(start_worker)
    consumer = queue.create_consumer(
        workers=settings.recogniser_workers,
        worker_type="process",
        periodic=False,
        initial_delay=0.1,
        max_delay=0.5,
        backoff=1.15,
        check_worker_health=True,
        health_check_interval=HEALTH_CHECK_S,
    )
    consumer.run()
