"""The process that recognises: Huey workers, each a process of its own with the model loaded once."""

from __future__ import annotations

import os
import time

import structlog

from db.engine import RecordsDown
from hotline import health
from hotline.desks import RecognitionDesk
from hotline.log import configure
from hotline.queue import open_queue, recognise_task
from hotline.settings import Settings
from hotline.wiring import Parts
from transcribe import models, ready
from transcribe.recognizer import NoModel, Recognizer
from transcribe.worker import Stop, Worker

log = structlog.get_logger()

LOOK_AGAIN_S = 60.0
"""How often a worker without a model looks whether the administrator has brought one."""
HEALTH_CHECK_S = 2
"""How often Huey looks whether a worker process died and starts another."""


class Workplace:
    """One worker process: its model, loaded at the first chance and kept, and the records it writes to."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        parts = Parts(settings)
        self._desk = RecognitionDesk(parts.records, parts.store, parts.drafting)
        self._worker: Worker | None = None
        self._looked_at = float("-inf")

    def make_ready(self) -> None:
        """Load what the first citizen would wait for."""
        self._worker_with_model()
        try:
            self._desk.warm_up(health.now())
        except RecordsDown:
            log.warning("the records are down, the streets will be loaded later")

    def work(self, stop: Stop) -> None:
        """Recognise until nothing waits; without a model recordings keep waiting, and the sweep asks again."""
        worker = self._worker_with_model()
        if worker is not None:
            worker.work(stop)

    def _worker_with_model(self) -> Worker | None:
        if self._worker is None and time.monotonic() - self._looked_at >= LOOK_AGAIN_S:
            self._looked_at = time.monotonic()
            if recogniser := self._load():
                self._worker = Worker(self._desk, recogniser, health.now)
        return self._worker

    def _load(self) -> Recognizer | None:
        settings = self._settings
        began = time.monotonic()
        try:
            recogniser = models.choose(settings.recogniser, settings.vosk_model, settings.cache_dir)
        except NoModel as missing:
            log.error("there is no speech model, recordings wait and nothing is lost", advice=str(missing))
            self._announce("", "", str(missing))
            return None
        recogniser.prepare()
        took = round(time.monotonic() - began, 2)
        log.info("speech model loaded", engine=recogniser.engine, model=recogniser.model, took_s=took)
        self._announce(recogniser.engine, recogniser.model)
        return recogniser

    def _announce(self, engine: str, model: str, advice: str = "") -> None:
        state = ready.Readiness(engine, model, health.now(), os.getpid(), advice)
        ready.announce(self._settings.recogniser_state, state)


def serve(settings: Settings) -> None:
    """Run the workers until SIGINT or SIGTERM."""
    settings.recogniser_state.unlink(missing_ok=True)
    queue = open_queue(settings.data_dir)
    places: list[Workplace] = []

    def start_worker() -> None:
        # After the fork: neither a database connection nor a loaded model may cross it.
        configure("recogniser")
        places.append(Workplace(settings))
        places[0].make_ready()

    def work() -> None:
        try:
            places[0].work(consumer.stop_flag)
        except Exception as error:
            log.exception("a worker failed and begins anew, what it held is taken up again", error=type(error).__name__)
            raise SystemExit(1) from error

    recognise_task(queue, work)
    queue.on_startup()(start_worker)
    consumer = queue.create_consumer(
        workers=settings.recogniser_workers,
        worker_type="process",
        periodic=False,
        initial_delay=0.1,
        max_delay=0.25,
        backoff=1.15,
        check_worker_health=True,
        health_check_interval=HEALTH_CHECK_S,
    )
    consumer.run()
