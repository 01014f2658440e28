"""Desks: what the workers may do with the city's records, each call one short transaction."""

from __future__ import annotations

import os
import socket
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from db import callbacks, phones, transcripts
from db.callbacks import CallbackPolicy
from db.engine import Records
from db.models import Recording
from db.recordings import NoSuchRecording, RecordingStore
from hotline import health
from transcribe.recognizer import Heard


def worker_name() -> str:
    """This process, as it signs what it takes."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_dead(worker: str) -> bool:
    """Whether a worker of this machine is gone; of other machines nothing is known."""
    host, _, pid = worker.rpartition(":")
    return host == socket.gethostname() and pid.isdigit() and not health.alive(int(pid))


class RecognitionDesk:
    """Where recordings wait and words are kept (:class:`transcribe.worker.Desk`)."""

    def __init__(self, records: Records, store: RecordingStore) -> None:
        self._records = records
        self._store = store

    def claim(self, recording_id: int, at: datetime) -> Path | None:
        """Take a waiting recording and say where its file lies; one whose file is gone is given up, with the reason."""
        with self._records() as session:
            recording = transcripts.claim(session, recording_id, at, worker_name())
            if recording is None:
                return None
            try:
                path = self._store.path(recording.call_id, recording.file)
            except NoSuchRecording:
                transcripts.fail(session, recording_id, "файлу запису немає на диску", at, unusable=True)
                path = None
            session.commit()
        return path

    def keep(self, recording_id: int, heard: Heard, at: datetime) -> None:
        """Store the words; the appeal becomes a draft."""
        with self._records() as session:
            transcripts.keep(
                session,
                recording_id,
                engine=heard.engine,
                model=heard.model,
                state=heard.state,
                text=heard.text,
                words=[asdict(word) for word in heard.words],
                took_seconds=heard.took_seconds,
                at=at,
            )
            session.commit()

    def fail(self, recording_id: int, reason: str, at: datetime, *, again: bool) -> datetime | None:
        """Store why there are no words; when to try again."""
        with self._records() as session:
            transcripts.fail(session, recording_id, reason, at, unusable=not again)
            session.commit()
            return session.get_one(Recording, recording_id).next_try_at


class CallbackDesk:
    """Which feedback calls are due and how they ended (:class:`agi.dialer.CallbackDesk`)."""

    def __init__(self, records: Records, policy: CallbackPolicy) -> None:
        self._records = records
        self._policy = policy

    def due(self, at: datetime, at_most: int) -> list[tuple[int, str]]:
        """Attempts to dial now with the number to dial; their rows are written before anyone dials."""
        with self._records() as session:
            callbacks.sweep(session, self._policy, at)
            started = [
                (callbacks.start_attempt(session, callback, at).id, phones.local(callback.phone))
                for callback in callbacks.due(session, at, self._policy)[:at_most]
            ]
            session.commit()
        return started

    def finished(self, attempt_id: int, result: str, at: datetime) -> None:
        """Keep how an attempt ended; a retry or the end of trying follows."""
        with self._records() as session:
            callbacks.finish_attempt(session, attempt_id, result, self._policy, at)
            session.commit()
