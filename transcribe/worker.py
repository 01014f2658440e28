"""One job: recognise one recording. Knows no queue and no database; ``hotline`` hands over a :class:`Desk`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol

import structlog

from sound.wav import UnusableSound
from transcribe.recognizer import Heard, Recognizer, Sound

log = structlog.get_logger()


class Desk(Protocol):
    """Where recordings wait and words are kept. Every method commits before it returns; times are aware, UTC."""

    def claim(self, recording_id: int, at: datetime) -> Path | None:
        """Take the recording if it waits, and say where its file lies.

        One statement that only one of two workers can win. A claim lapses after a while, so that a worker that died
        does not keep the recording for ever. None: someone else has it, or it is done.
        """

    def keep(self, recording_id: int, heard: Heard, at: datetime) -> None:
        """Store the words. A second time for the same recording, engine and model changes nothing."""

    def fail(self, recording_id: int, reason: str, at: datetime, *, again: bool) -> datetime | None:
        """Store why there are no words (Ukrainian, for the operator) and give the recording back.

        Args:
            again: False when no further attempt can help.

        Returns:
            When to try again, or None: no more attempts, an operator listens.
        """


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the job; ``retry_at`` only with ``failed``, and None there means never."""

    result: Literal["kept", "not_ours", "failed"]
    retry_at: datetime | None = None


def recognise_recording(desk: Desk, recording_id: int, recognizer: Recognizer, at: datetime) -> Outcome:
    """Claim, recognise, store.

    The job may run twice and nobody notices: ``claim`` lets only one worker through and refuses what is done; a worker
    that dies between ``claim`` and ``keep`` has stored nothing, and when its claim lapses the next run starts afresh;
    a worker so slow that its claim lapsed meanwhile stores words that ``keep`` already has, and that changes nothing.

    Args:
        at: the moment the job starts; what is stored carries it plus the time the work took.

    Raises:
        Whatever the desk raises (the records are down): the claim lapses and the sweep brings the recording back.
    """
    path = desk.claim(recording_id, at)
    if path is None:
        return Outcome("not_ours")
    began = time.monotonic()

    def now() -> datetime:
        return at + timedelta(seconds=time.monotonic() - began)

    try:
        heard = recognizer.recognise(Sound.read(path))
    except UnusableSound as error:
        log.warning("a recording cannot be recognised", recording=recording_id, why=str(error))
        return Outcome("failed", desk.fail(recording_id, f"запис не читається: {error}", now(), again=False))
    except Exception as error:  # an engine in C++ may raise anything; the recording must go back to the queue
        log.exception("the recogniser failed", recording=recording_id, engine=recognizer.engine)
        reason = f"розпізнавач відмовив: {type(error).__name__}"
        return Outcome("failed", desk.fail(recording_id, reason, now(), again=True))
    desk.keep(recording_id, heard, now())
    log.info(
        "a recording was recognised",
        recording=recording_id,
        state=heard.state,
        words=len(heard.words),
        audio_s=round(heard.audio_seconds, 1),
        took_s=round(heard.took_seconds, 1),
    )
    return Outcome("kept")
