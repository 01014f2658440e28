"""The line's voice: a sentence becomes one sound file that Asterisk can play.

Recorded pieces are joined where every part of the sentence has one; else the whole sentence is synthesised, so that a
caller never hears two voices in one breath. Files lie in one folder, which is all that Asterisk needs to see: the
fixed prompts by their names, composed sentences as ``said-<digest>.wav``.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import structlog

from ivr_flows.commands import Digits, Prompt, Say
from sound import wav
from sound.catalogue import Catalogue, Entry, UnknownPrompt
from sound.pieces import keys_of
from sound.synthesis import Synthesiser, SynthesisFailed, speakable
from sound.words import Unspeakable, text_of

log = structlog.get_logger()

How = Literal["recorded", "synthesised", "impossible"]

TONE = "tone.wav"
GAP_MS = 60
"""Between the pieces of a sentence; the pieces bring 60 ms of their own."""
DIGIT_GAP_MS = 250
"""Between figures that somebody writes down."""
ENGINE_REST_S = 30.0
"""After a failure the engine is left alone for so long, lest every caller waits for its time-out."""


class CannotSay(Exception):
    """A sentence needs a piece nobody recorded and no speech engine works here, or the disk is full."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What :meth:`Voice.prepare` did.

    Attributes:
        written: files written or replaced.
        unchanged: files that were right already.
        unsayable: keys of prompts that can be neither played nor synthesised.
        problem: why the folder could not be written, or "".
    """

    written: int
    unchanged: int
    unsayable: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """The recorded pieces of one part and the silence between them."""

    gap_ms: int
    pieces: list[tuple[Entry, Path]]

    def fingerprint(self) -> str:
        """Changes when one of the recordings does."""
        stats = [(entry.file, path.stat()) for entry, path in self.pieces]
        return " ".join([str(self.gap_ms), *(f"{file} {stat.st_size} {stat.st_mtime_ns}" for file, stat in stats)])

    def sound(self) -> wav.Samples:
        return wav.join([wav.read_pcm(path)[0] for _, path in self.pieces], self.gap_ms)


class Voice:
    """Turns ``Say`` into files. Safe to use from many threads and processes at once: files appear whole, by rename.

    Args:
        folder: where Asterisk looks for sounds; made when missing.
        catalogue: texts and recorded pieces.
        synthesiser: the engine for everything else, or None.
        clock: seconds, monotonic; only for leaving a failed engine alone.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        synthesiser: Synthesiser | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self._synthesiser = synthesiser
        self._clock = clock
        self._engine_rests_until = 0.0
        self._warned: set[str] = set()

    def speak(self, say: Say) -> Path:
        """The file that says this sentence. A sentence of one prompt is always ``folder/<its file name>``.

        Raises:
            CannotSay: names what is missing.
        """
        try:
            groups = self._groups(say)
            text = "" if groups else text_of(say, self.catalogue)
        except (UnknownPrompt, Unspeakable) as error:
            raise CannotSay(str(error)) from error
        if groups and sum(len(group.pieces) for group in groups) == 1:
            return self._in_place(*groups[0].pieces[0])
        if groups:
            return self._joined(groups)
        path = self._synthesised(text)
        match say.parts:
            case (Prompt(key),):
                return self._in_place(self.catalogue.entry(key), path)
        return path

    def how(self, say: Say) -> How:
        """How this sentence would be said now. Writes nothing."""
        try:
            if self._groups(say):
                return "recorded"
            return "synthesised" if self._engine() and speakable(text_of(say, self.catalogue)) else "impossible"
        except (UnknownPrompt, Unspeakable):
            return "impossible"

    def prepare(self) -> Prepared:
        """Put every prompt of the catalogue and the tone into the folder, so that the dialplan can play them alone.

        A second run with nothing changed reads headers only. Called at start; never raises for one bad prompt.
        """
        written = unchanged = 0
        unsayable: list[str] = []
        problem = self._prepare_folder()
        for entry in () if problem else self.catalogue:
            try:
                source = self._recorded(entry) or self._synthesised(entry.text)
                if _same(source, self.folder / entry.file):
                    unchanged += 1
                else:
                    self._copy(source, entry)
                    written += 1
            except CannotSay:
                unsayable.append(entry.key)
            except OSError as error:
                problem = f"{self.folder} cannot be written: {error.strerror}"
                break
        if problem or unsayable:
            log.error("prompts are not all in place", problem=problem, unsayable=unsayable)
        return Prepared(written, unchanged, tuple(unsayable), problem)

    def sweep(self, older_than: timedelta, now: datetime) -> int:
        """Remove composed sentences nobody has heard for ``older_than`` and what a crash left half-written.

        Returns:
            How many files were removed. The prompts themselves stay.
        """
        oldest = (now - older_than).timestamp()
        removed = 0
        for pattern in ("said-*.wav", ".*.tmp"):
            for path in self.folder.glob(pattern):
                # Another sweep may be quicker; a file in use stays readable until it is closed.
                with suppress(OSError):
                    if path.stat().st_atime < oldest:
                        path.unlink()
                        removed += 1
        return removed

    def _groups(self, say: Say) -> list[_Group]:
        """The recorded pieces of each part; empty when one of them is missing."""
        groups: list[_Group] = []
        for part in say.parts:
            entries = [self.catalogue.entry(key) for key in keys_of(part, self.catalogue) or ()]
            found = [(entry, path) for entry in entries if (path := self._recorded(entry))]
            if not found or len(found) < len(entries):
                return []
            groups.append(_Group(DIGIT_GAP_MS if isinstance(part, Digits) else GAP_MS, found))
        return groups

    def _recorded(self, entry: Entry) -> Path | None:
        """The best playable recording of one text. A bad one is told once and passed over: the caller goes on."""
        for path in filter(Path.exists, self.catalogue.candidates(entry.key)):
            try:
                wav.check(path)
                return path
            except wav.UnusableSound as error:
                if str(error) not in self._warned:
                    self._warned.add(str(error))
                    log.warning("a recording cannot be played and is passed over", key=entry.key, problem=str(error))
        return None

    def _in_place(self, entry: Entry, source: Path) -> Path:
        """A single piece inside the folder; where it cannot be put there, the recording itself."""
        try:
            if not _same(source, self.folder / entry.file):
                self._copy(source, entry)
        except OSError as error:
            log.error("a prompt is played from where it was recorded", key=entry.key, problem=str(error))
            return source
        return self.folder / entry.file

    def _copy(self, source: Path, entry: Entry) -> None:
        """Under the source's own time of change, by which :func:`_same` knows it again."""
        target = self.folder / entry.file
        changed = source.stat().st_mtime_ns
        samples, rate = wav.read_pcm(source)
        wav.write(target, samples, rate)
        os.utime(target, ns=(changed, changed))

    def _joined(self, groups: list[_Group]) -> Path:
        target = self._said("joined", str(GAP_MS), *(group.fingerprint() for group in groups))
        if not _playable(target):
            try:
                wav.write(target, wav.join([group.sound() for group in groups], GAP_MS))
            except OSError as error:
                raise CannotSay(f"речення не записується в {self.folder}: {error.strerror}") from error
        return _touched(target)

    def _synthesised(self, text: str) -> Path:
        engine = self._synthesiser
        if engine is None:
            raise CannotSay("запису немає, і синтезу мовлення немає: встановіть espeak-ng")
        if not speakable(text):
            raise CannotSay(f"текст довжиною {len(text)} знаків сказати не можна")
        target = self._said(engine.name, text)
        if _playable(target):
            return _touched(target)
        if not self._engine():
            raise CannotSay(f"запису немає, а {engine.name} зараз не працює")
        try:
            engine.speak(text, target)
        except SynthesisFailed as error:
            self._engine_rests_until = self._clock() + ENGINE_REST_S
            log.error("the speech engine failed and is left alone", engine=engine.name, seconds=ENGINE_REST_S)
            raise CannotSay(f"{engine.name}: {error}") from error
        except OSError as error:
            raise CannotSay(f"речення не записується в {self.folder}: {error.strerror}") from error
        return target

    def _engine(self) -> bool:
        """Does a speech engine work here and now?"""
        engine = self._synthesiser
        return engine is not None and self._clock() >= self._engine_rests_until and engine.available()

    def _said(self, *content: str) -> Path:
        digest = hashlib.sha256("\n".join(content).encode()).hexdigest()[:32]
        return self.folder / f"said-{digest}.wav"

    def _prepare_folder(self) -> str:
        """Make the folder and its tone; returns what hinders."""
        try:
            if not self.folder.exists():
                self.folder.mkdir(parents=True)
                self.folder.chmod(0o755)
            if not _playable(self.folder / TONE):
                wav.write(self.folder / TONE, wav.tone())
        except OSError as error:
            return f"{self.folder} cannot be written: {error.strerror}"
        return ""


def _playable(path: Path) -> bool:
    try:
        wav.check(path)
    except wav.UnusableSound:
        return False
    return True


def _same(source: Path, target: Path) -> bool:
    """Is ``target`` the copy :meth:`Voice._copy` made of ``source``? By time of change and length of sound."""
    return (
        _playable(target)
        and source.stat().st_mtime_ns == target.stat().st_mtime_ns
        and wav.check(source).frames == wav.check(target).frames
    )


def _touched(path: Path) -> Path:
    """Mark a cached sentence as heard now, so that :meth:`Voice.sweep` leaves it.

    Only the time of access moves: by the time of change :func:`_same` knows its copies.
    """
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
    return path
