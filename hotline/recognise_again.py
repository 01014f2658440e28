"""``hotline recognise-again``: old recordings, heard by the model that is here now."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

import structlog

from db.city_time import KYIV
from db.hear_again import to_hear_again
from db.models import Recording
from db.recordings import NoSuchRecording
from hotline import health
from hotline.desks import RecognitionDesk
from hotline.settings import Settings
from hotline.wiring import Parts
from sound.wav import UnusableSound
from transcribe import models
from transcribe.follow import recognise_file

log = structlog.get_logger()


class Bar(Protocol):
    """A progress bar, in seconds of sound."""

    def update(self, n_steps: int) -> None:
        """So much more is done."""


@dataclass
class Result:
    """How many recordings were heard, how many of them are read in the new words now, how many files are gone."""

    heard: int = 0
    better: int = 0
    lost: int = 0


def recognise_again(
    settings: Settings, since: date | None, progress: Callable[[int], AbstractContextManager[Bar]]
) -> Result:
    """Hear what this model has not heard yet. May be broken off and started again.

    Args:
        since: the city's day from which on.
        progress: makes the bar for so many seconds of sound.

    Raises:
        NoModel, RecordsDown: see there; what was heard is kept.
    """
    parts = Parts(settings)
    desk = RecognitionDesk(parts.records, parts.store, parts.drafting)
    recognizer = models.choose(settings.recogniser, settings.vosk_model, settings.cache_dir)
    midnight = datetime(since.year, since.month, since.day, tzinfo=KYIV).astimezone(UTC) if since else None
    with parts.records() as session:
        recordings = to_hear_again(session, recognizer.engine, recognizer.model, midnight)
    result = Result()
    with progress(sum(map(_steps, recordings))) as bar:
        for recording in recordings:
            try:
                path = parts.store.path(recording.call_id, recording.file)
                heard = recognise_file(recognizer, path, desk.grammar(recording, health.now()))
            except (NoSuchRecording, UnusableSound) as error:
                log.warning("an old recording cannot be heard again", recording=recording.id, why=type(error).__name__)
                result.lost += 1
            else:
                result.heard += 1
                result.better += desk.keep_again(recording.id, heard, health.now())
            bar.update(_steps(recording))
    return result


def _steps(recording: Recording) -> int:
    return max(round(recording.seconds), 1)
