"""Desks: what the workers may do with the city's records, each call one short transaction."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from db import callbacks, hear_again, live, phones, recognition_queue, transcripts
from db.callbacks import CallbackPolicy
from db.engine import Records
from db.models import Recording
from db.recordings import NoSuchRecording, RecordingStore
from db.spool import UnsafeName
from db.transcripts import HeardWords
from hotline import health
from hotline.drafting import Drafting
from transcribe.recognizer import Heard, Word
from transcribe.worker import Claimed

NEWEST = 300
"""Words in which danger is looked for while a message is being heard: two minutes of speech. The rest was looked at
before, and at the end all of it is."""


def worker_name() -> str:
    """This process, as it signs what it takes."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_dead(worker: str) -> bool:
    """Whether a worker of this machine is gone; of other machines nothing is known."""
    host, _, pid = worker.rpartition(":")
    return host == socket.gethostname() and pid.isdigit() and not health.alive(int(pid))


class RecognitionDesk:
    """Where recordings wait and words are kept (:class:`transcribe.worker.Desk`)."""

    def __init__(self, records: Records, store: RecordingStore, drafting: Drafting) -> None:
        self._records = records
        self._store = store
        self._drafting = drafting

    def growing(self, at: datetime) -> int | None:
        """A recording that is being made and that nobody follows."""
        with self._records() as session:
            return recognition_queue.growing(session, at)

    def finished(self, held: Collection[int], at: datetime, *, more: bool, oldest: bool) -> int | None:
        """The finished recording whose turn it is."""
        with self._records() as session:
            return recognition_queue.finished(session, at, held, more=more, oldest=oldest)

    def claim(self, recording_id: int, at: datetime) -> Claimed | None:
        """Take a waiting recording; one whose file is gone is given up, with the reason."""
        with self._records() as session:
            recording = transcripts.claim(session, recording_id, at, worker_name())
            if recording is None:
                return None
            try:
                path = self._store.path(recording.call_id, recording.file)
            except (NoSuchRecording, UnsafeName):
                transcripts.fail(session, recording_id, "файлу запису немає на диску", at, unusable=True)
                session.commit()
                return None
            session.commit()
        with self._records() as session:
            return Claimed(path, self._drafting.grammar(session, recording, at))

    def show(self, recording_id: int, words: Sequence[Word], heard_seconds: float, at: datetime) -> bool:
        """Keep what was heard so far, and raise the alarms of it."""
        self.warm_up(at)
        with self._records() as session:
            ours = live.keep_words(
                session,
                recording_id,
                [asdict(word) for word in words],
                heard_seconds=heard_seconds,
                by=worker_name(),
                at=at,
            )
            if ours:
                self._drafting.partial(session, recording_id, [word.word for word in words[-NEWEST:]], at)
            session.commit()
        return ours

    def ended(self, held: Collection[int]) -> Collection[int]:
        """Those of the recordings that are whole."""
        with self._records() as session:
            return live.ended(session, held)

    def keep(self, recording_id: int, heard: Heard, at: datetime) -> None:
        """Store the words; the appeal becomes a draft with its suggestions."""
        self.warm_up(at)
        with self._records() as session:
            if transcripts.keep(session, recording_id, at=at, note=heard.note, **_words(heard)):
                self._drafting.final(session, recording_id, at, _narrow(heard))
            session.commit()

    def keep_again(self, recording_id: int, heard: Heard, at: datetime) -> bool:
        """Store what a better model heard of an old recording; whether people read it now."""
        self.warm_up(at)
        with self._records() as session:
            better = hear_again.keep_again(session, recording_id, at=at, note=heard.note, **_words(heard))
            if better:
                self._drafting.final(session, recording_id, at, _narrow(heard))
            session.commit()
        return better

    def grammar(self, recording: Recording, at: datetime) -> Sequence[str]:
        """The words an old recording can be made of, when it answers a narrow question."""
        with self._records() as session:
            return self._drafting.grammar(session, recording, at)

    def fail(self, recording_id: int, reason: str, at: datetime, *, again: bool) -> None:
        """Store why there are no words."""
        with self._records() as session:
            transcripts.fail(session, recording_id, reason, at, unusable=not again)
            session.commit()

    def warm_up(self, at: datetime) -> None:
        """Load the rules and the register of streets, or those that changed, while nobody's rows are held."""
        with self._records() as session:
            self._drafting.warm_up(session, at)


def _narrow(heard: Heard) -> list[str]:
    return [word.word for word in heard.narrow]


def _words(heard: Heard) -> HeardWords:
    return {
        "engine": heard.engine,
        "model": heard.model,
        "state": heard.state,
        "text": heard.text,
        "words": [asdict(word) for word in heard.words],
        "took_seconds": heard.took_seconds,
    }


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
