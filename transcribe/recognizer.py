"""The port of every recogniser: a sound goes in, words with their times come out.

What comes out is a *draft* for an operator, never a protocol: the words are kept as they were heard and are
corrected elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from sound.wav import UnusableSound, read_pcm

HeardState = Literal["recognised", "no_speech", "doubtful"]


class NoModel(Exception):
    """Nobody has put a recognition model on this machine yet, or its folder is damaged.

    Recordings wait, nothing is lost. The message is in Ukrainian and tells the administrator what to do.
    """


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording in memory.

    Attributes:
        samples: int16, one channel.
        rate: samples a second, Hz.
    """

    samples: NDArray[np.int16]
    rate: int

    @classmethod
    def read(cls, path: Path) -> Sound:
        """The recording in a WAV file, PCM or mu-law or A-law; of a file broken off by a crash, what is there.

        Raises:
            UnusableSound: missing, not a WAV (see :mod:`sound.wav`), or without a single sample.
        """
        samples, rate = read_pcm(path)
        if not len(samples):
            raise UnusableSound(f"{path.name}: у файлі немає звуку")
        return cls(samples, rate)

    @property
    def seconds(self) -> float:
        """Length, seconds."""
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was heard.

    Attributes:
        start, end: seconds from the beginning of the recording.
        conf: how sure the recogniser is, 0 to 1; the scales of two engines cannot be compared.
        channel: of a recording with two: 0 the left one, 1 the right one.
    """

    word: str
    start: float
    end: float
    conf: float
    channel: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """What a recogniser made of one recording.

    Attributes:
        engine, model: names, to be kept beside the words.
        text: the words joined with single spaces; "" when there was no speech.
        words: in time order, inside the recording.
        state: ``doubtful`` means a person should listen before believing the text.
        audio_seconds, took_seconds: length of the recording, time spent on it.
        note: for the operator, in Ukrainian: why the text is doubtful, or "".
        narrow: what was heard when only the words of a grammar were allowed, where one was given beside the free text.
    """

    engine: str
    model: str
    text: str
    words: tuple[Word, ...]
    state: HeardState
    audio_seconds: float
    took_seconds: float
    note: str = ""
    narrow: tuple[Word, ...] = ()

    @classmethod
    def of(
        cls,
        recognizer: tuple[str, str],
        words: Sequence[Word],
        judged: tuple[HeardState, str],
        audio_seconds: float,
        took_seconds: float,
    ) -> Heard:
        """What an engine ends with: its name and model, the words, and how they were judged (state and note)."""
        text, (state, note) = " ".join(word.word for word in words), judged
        return cls(*recognizer, text, tuple(words), state, audio_seconds, took_seconds, note)


class Listening(Protocol):
    """One recording on its way in: fed piece by piece, while the citizen still speaks or from a file of any length."""

    def feed(self, samples: NDArray[np.int16]) -> Sequence[Word]:
        """Take the next samples (one channel).

        Returns:
            All words so far. The last ones may still change, and others may come in between.
        """

    def finish(self) -> Heard:
        """Nothing more comes. The gates are those of :meth:`Recognizer.recognise`."""


class Recognizer(Protocol):
    """A loaded model. Loading is slow and happens once per process; :meth:`recognise` may be called from threads."""

    @property
    def engine(self) -> str:
        """``vosk`` or ``whisper``."""

    @property
    def model(self) -> str:
        """The model's name, as its makers call it."""

    @property
    def block_seconds(self) -> float:
        """How much of a finished recording it had best be fed at once: the longer, the longer others wait."""

    def prepare(self) -> None:
        """Do what the next :meth:`listen` would lose time with, and keep nobody waiting; called when nothing waits."""

    def known(self, grammar: Sequence[str]) -> Sequence[str]:
        """What of these words and phrases can be listened for; nothing, where an engine has no grammars."""

    def recognise(self, sound: Sound, grammar: Sequence[str] = ()) -> Heard:
        """The words of a recording; silence, noise and tones give ``no_speech`` and never an invented text."""

    def listen(self, rate: int, grammar: Sequence[str] = ()) -> Listening:
        """The same for a recording that comes in piece by piece.

        Args:
            rate: samples a second, Hz.
            grammar: the words that may be said, for an answer to a narrow question. Where nothing of it is known, it is
                listened to freely.
        """


def listen_to(recognizer: Recognizer, sound: Sound, grammar: Sequence[str] = ()) -> Heard:
    """A whole recording through :meth:`Recognizer.listen`, as every engine recognises it."""
    listening = recognizer.listen(sound.rate, grammar)
    step = max(round(recognizer.block_seconds * sound.rate), 1)
    for start in range(0, len(sound.samples), step):
        listening.feed(sound.samples[start : start + step])
    return listening.finish()


def in_order(words: Iterable[Word], seconds: float, earliest: float = 0.0) -> tuple[Word, ...]:
    """The words with times inside ``earliest .. seconds`` that never run backwards, and confidences inside 0 .. 1.

    Recognisers pad the sound at its end and place a word or two behind it; a player that follows the words
    must not be led outside the recording.
    """
    ordered: list[Word] = []
    for word in words:
        start = min(max(word.start, earliest), seconds)
        end = min(max(word.end, start), seconds)
        conf = min(max(word.conf, 0.0), 1.0)
        ordered.append(replace(word, start=_plain(start), end=_plain(end), conf=_plain(conf)))
        earliest = start
    return tuple(ordered)


def _plain(number: float) -> float:
    """To the thousandth; an engine may hand over its own kind of number, which no JSON knows."""
    return round(float(number), 3)
