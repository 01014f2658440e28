"""Whose turn is it? One worker process and the recordings it holds. ``hotline`` hands over the :class:`Desk`.

Recordings that grow are followed step by step and go first: their words are wanted while the citizen speaks. In between
finished ones are worked through block by block, so that a long one never stands in the way of a short one; whose turn
it is the desk says before every block.

A worker may die at any moment and nobody notices: what it held is claimed anew and begun anew, and the words of a
recording are kept once, by whoever comes first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import structlog

from db.engine import RecordsDown
from sound.wav import UnusableSound
from transcribe.follow import Following
from transcribe.recognizer import Heard, Recognizer, Word

GROWING_AT_ONCE = 16
"""Recordings one worker follows; a model decodes some ten at the speed they are spoken, the others lag."""
FINISHED_AT_ONCE = 4
"""A longer one is put aside for a shorter one, and held with what was heard of it: tens of megabytes each."""
OLDEST_EVERY = 4
"""Every so many blocks of finished recordings go to the one that has waited longest, however long it is."""

SHORTEST_STEP_S = 0.5
"""Asterisk writes two seconds at once; a recorder that trickles is not followed sample by sample."""
SHOW_GROWING_EVERY_S = 2.0
"""How often words are shown of somebody who speaks while the worker lags behind; who keeps up shows every step."""
SHOW_FINISHED_EVERY_S = 5.0
"""How often the words of a finished recording are shown before its end: for alarms, and as a sign of life."""

LOOK_EVERY_S = 0.2
"""How often the records are asked what has begun or ended."""
IDLE_S = 0.05
"""How often growing files are looked at."""
RECORDS_AGAIN_S = 1.0
"""How often records that are down are tried again."""

log = structlog.get_logger()


class Stop(Protocol):
    """An event of :mod:`threading` or of the job queue."""

    def wait(self, timeout: float) -> bool:
        """True as soon as it is set."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A recording that is ours now: where its file lies and, for an answer to a narrow question, its grammar."""

    path: Path
    grammar: Sequence[str] = ()


class Desk(Protocol):
    """Where recordings wait and words are kept. Every method commits before it returns; times are aware, UTC.

    Any method may raise RecordsDown; then nothing has happened.
    """

    def growing(self, at: datetime) -> int | None:
        """A recording that is being made and that nobody follows."""

    def finished(self, held: Collection[int], at: datetime, *, more: bool, oldest: bool) -> int | None:
        """The finished recording whose turn it is, of those that are held and, with ``more``, of those that wait.

        Args:
            oldest: this turn is for the one that has waited longest.
        """

    def claim(self, recording_id: int, at: datetime) -> Claimed | None:
        """Take the recording if it waits; only one of two workers can win.

        A claim lapses after a while without a sign of life. None: someone else has it, or it is done.
        """

    def show(self, recording_id: int, words: Sequence[Word], heard_seconds: float, at: datetime) -> bool:
        """Show what was heard so far, and raise its alarms. A sign of life; False when the claim is lost."""

    def ended(self, held: Collection[int]) -> Collection[int]:
        """Those of the recordings that are whole."""

    def keep(self, recording_id: int, heard: Heard, at: datetime) -> None:
        """Store the words of a whole recording. A second time changes nothing."""

    def fail(self, recording_id: int, reason: str, at: datetime, *, again: bool) -> None:
        """Store why there are no words (Ukrainian, for the operator) and give the recording back.

        Args:
            again: False when no further attempt can help.
        """


@dataclass
class _Held:
    """A recording this worker has claimed.

    Attributes:
        ended: its row says that it is whole.
        shown_at: when its words were shown last, by the monotonic clock.
        heard: the final words, when they are known before the row has its end.
    """

    id: int
    following: Following
    ended: bool
    shown_at: float = field(default_factory=time.monotonic)
    heard: Heard | None = None

    def has_end(self) -> bool:
        return self.ended or self.following.whole()

    def waits_for_us(self) -> bool:
        """There is something to listen to, or the end to be told."""
        if self.heard is not None:
            return self.ended
        return self.following.left() >= SHORTEST_STEP_S or self.has_end()


class Worker:
    """One process: its loaded model and the recordings it holds.

    Args:
        now: the clock for what is stored; aware, UTC.
    """

    def __init__(self, desk: Desk, recognizer: Recognizer, now: Callable[[], datetime]) -> None:
        self._desk, self._recognizer, self._now = desk, recognizer, now
        self._growing: dict[int, _Held] = {}
        self._finished: dict[int, _Held] = {}
        self._look_at = self._ask_at = 0.0
        self._blocks = 0

    def work(self, stop: Stop) -> None:
        """Until nothing waits and nobody speaks, or until ``stop``. What is held then, others take up.

        While the records are down everything that is held is kept, and tried again.
        """
        self._look_at = self._ask_at = pause = 0.0  # whoever called knows of something new
        while not stop.wait(pause):
            try:
                pause = 0.0 if self._turn() else IDLE_S
                if pause:
                    self._recognizer.prepare()
            except RecordsDown:
                log.warning("the records are down, words wait", held=len(self._growing) + len(self._finished))
                pause = RECORDS_AGAIN_S
            else:
                if pause and not self._growing and not self._finished:
                    return

    def _turn(self) -> bool:
        """One step of one recording; False when there was nothing to do."""
        self._look()
        held = self._next_growing() or self._next_finished()
        if held is None:
            return False
        if held.heard is None:
            self._listen(held)
        if held.heard is not None and held.ended:
            self._keep(held, held.heard)
        return True

    def _look(self) -> None:
        """Has a recording begun, has one of ours ended?"""
        if time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + LOOK_EVERY_S
        if len(self._growing) < GROWING_AT_ONCE and (begun := self._desk.growing(self._now())):
            self._take(begun, self._growing)
            self._look_at = 0.0  # others may have begun with it
        running = [held.id for held in self._growing.values() if not held.ended]
        for ended in self._desk.ended(running) if running else ():
            self._growing[ended].ended = True
        if any(held.heard is not None for held in self._growing.values()):
            self._look_at = 0.0  # its row has its end in a moment

    def _next_growing(self) -> _Held | None:
        """Whoever has hung up waits for the words; the shortest rest goes first, as everywhere."""
        ours = [held for held in self._growing.values() if held.waits_for_us()]
        return min(ours, key=lambda held: (not held.has_end(), held.following.left()), default=None)

    def _next_finished(self) -> _Held | None:
        if not self._finished and time.monotonic() < self._ask_at:
            return None
        self._blocks += 1
        more, oldest = len(self._finished) < FINISHED_AT_ONCE, self._blocks % OLDEST_EVERY == 0
        found = self._desk.finished(self._finished.keys(), self._now(), more=more, oldest=oldest)
        if found is None:
            self._ask_at = time.monotonic() + LOOK_EVERY_S
            return None
        if found not in self._finished:
            self._take(found, self._finished)
        return self._finished.get(found)

    def _take(self, recording_id: int, among: dict[int, _Held]) -> None:
        claimed = self._desk.claim(recording_id, self._now())
        if claimed is None:
            return
        with self._telling(recording_id):
            following = Following(self._recognizer, claimed.path, claimed.grammar)
            among[recording_id] = _Held(recording_id, following, ended=among is self._finished)

    def _listen(self, held: _Held) -> None:
        """The next block, or the end."""
        with self._telling(held.id):
            if held.following.left():
                held.following.step()
            elif held.has_end():
                held.heard = held.following.finish()
            self._show(held)

    def _show(self, held: _Held) -> None:
        if held.heard is not None and held.ended:
            return  # the final words are kept in a moment
        if held.id in self._growing:
            behind, every = held.following.left() >= SHORTEST_STEP_S, SHOW_GROWING_EVERY_S
        else:
            behind, every = True, SHOW_FINISHED_EVERY_S
        if behind and time.monotonic() - held.shown_at < every:
            return
        held.shown_at = time.monotonic()
        if not self._desk.show(held.id, held.following.words, held.following.heard_seconds, self._now()):
            log.warning("a recording was taken from its worker", recording=held.id)
            self._let_go(held.id)

    def _keep(self, held: _Held, heard: Heard) -> None:
        self._desk.keep(held.id, heard, self._now())
        self._let_go(held.id)
        log.info(
            "a recording was recognised",
            recording=held.id,
            state=heard.state,
            words=len(heard.words),
            audio_s=round(heard.audio_seconds, 1),
            took_s=round(heard.took_seconds, 1),
        )

    @contextmanager
    def _telling(self, recording_id: int) -> Iterator[None]:
        """What cannot be recognised goes back with the reason; the others of this worker go on."""
        try:
            yield
        except RecordsDown:
            raise
        except UnusableSound as error:
            log.warning("a recording cannot be recognised", recording=recording_id, why=str(error))
            self._fail(recording_id, f"запис не читається: {error}", again=False)
        except Exception as error:  # an engine in C++ may raise anything; the recording must go back to the queue
            log.exception("the recogniser failed", recording=recording_id, engine=self._recognizer.engine)
            self._fail(recording_id, f"розпізнавач відмовив: {type(error).__name__}", again=True)

    def _fail(self, recording_id: int, reason: str, *, again: bool) -> None:
        self._desk.fail(recording_id, reason, self._now(), again=again)
        self._let_go(recording_id)

    def _let_go(self, recording_id: int) -> None:
        for among in (self._growing, self._finished):
            if held := among.pop(recording_id, None):
                held.following.close()
