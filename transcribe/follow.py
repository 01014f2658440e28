"""What has been heard of this recording so far? A recording is followed block by block, also while it grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import structlog
from numpy.typing import NDArray

from sound.wav import UnusableSound
from sound.wav_stream import WavStream
from transcribe.recognizer import Heard, HeardState, Listening, Recognizer, Word

CHANNELS_APART = 2
"""A call recorded with two channels has a person on each; what has more is mixed."""

CHANNEL_NAMES = ("лівий канал", "правий канал")

log = structlog.get_logger()


class Following:
    """One recording on its way to words. Of any length: what was heard stays, the sound does not.

    Args:
        grammar: of an answer to a narrow question, the words it can be made of. The recording is then heard a second
            time beside the free one, when the recogniser knows any of them: for :attr:`Heard.narrow`.

    Raises:
        UnusableSound: the file is missing or no WAV (see :mod:`sound.wav`).
    """

    def __init__(self, recognizer: Recognizer, path: Path, grammar: Sequence[str] = ()) -> None:
        self._name = path.name
        self._block_seconds = recognizer.block_seconds
        self._sound = WavStream(path)
        apart = self._sound.channels == CHANNELS_APART
        self._listenings = [recognizer.listen(self._sound.rate) for _ in range(CHANNELS_APART if apart else 1)]
        self._narrow = _SecondHearing(recognizer, self._sound.rate, grammar)
        self._words: list[Sequence[Word]] = [() for _ in self._listenings]
        self._frames = 0

    @property
    def words(self) -> Sequence[Word]:
        """All words so far in the order of time; the newest may still change."""
        return _merged(self._words)

    @property
    def heard_seconds(self) -> float:
        """How much of the recording the words stand for."""
        return self._frames / self._sound.rate

    def left(self) -> float:
        """How much is there that was not listened to yet, seconds."""
        return self._sound.left()

    def whole(self) -> bool:
        """True when the file itself says that nothing more will come."""
        return self._sound.whole()

    def step(self) -> None:
        """Listen to the next block, or to what there is of it.

        Raises:
            UnusableSound: a coding nobody can read.
        """
        samples = self._sound.read(self._block_seconds)
        if not len(samples):
            return
        self._frames += len(samples)
        for n, (listening, channel) in enumerate(zip(self._listenings, self._channels(samples), strict=True)):
            self._words[n] = listening.feed(channel)
        self._narrow.feed(_mixed(samples))

    def finish(self) -> Heard:
        """What was heard, when nothing more comes.

        Raises:
            UnusableSound: not a single sample was there.
        """
        if not self._frames:
            raise UnusableSound(f"{self._name}: у файлі немає звуку")
        heard = _together([listening.finish() for listening in self._listenings])
        self._words = [heard.words]
        return replace(heard, narrow=self._narrow.finish())

    def close(self) -> None:
        """Let go of the file."""
        self._sound.close()

    def _channels(self, samples: NDArray[np.int16]) -> Sequence[NDArray[np.int16]]:
        if len(self._listenings) == samples.shape[1]:
            return [np.ascontiguousarray(channel) for channel in samples.T]
        return [_mixed(samples)]


class _SecondHearing:
    """The words of a grammar alone, beside the free ones. Whatever breaks here costs nothing but itself."""

    def __init__(self, recognizer: Recognizer, rate: int, grammar: Sequence[str]) -> None:
        self._listening: Listening | None = None
        with self._apart():
            if grammar and recognizer.known(grammar):
                self._listening = recognizer.listen(rate, grammar)

    def feed(self, samples: NDArray[np.int16]) -> None:
        with self._apart():
            if self._listening:
                self._listening.feed(samples)

    def finish(self) -> tuple[Word, ...]:
        with self._apart():
            if self._listening:
                return self._listening.finish().words
        return ()

    @contextmanager
    def _apart(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # an engine in C++ may raise anything
            log.warning("an answer cannot be heard by its grammar, the free words stay", error=type(error).__name__)
            self._listening = None


def recognise_file(recognizer: Recognizer, path: Path, grammar: Sequence[str] = ()) -> Heard:
    """The words of a file that is whole, or of what is there of one that was broken off.

    Args:
        grammar: as for :class:`Following`.

    Raises:
        UnusableSound: missing, no WAV, another coding, or without a single sample.
    """
    following = Following(recognizer, path, grammar)
    try:
        while following.left():
            following.step()
        return following.finish()
    finally:
        following.close()


def _mixed(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    return np.asarray(samples.mean(axis=1), np.int16)


def _together(heard: Sequence[Heard]) -> Heard:
    """The channels of one recording as one; a person should listen when one of them is doubtful."""
    if len(heard) == 1:
        return heard[0]
    words = tuple(_merged([each.words for each in heard]))
    notes = [f"{name}: {each.note}" for name, each in zip(CHANNEL_NAMES, heard, strict=True) if each.note]
    return replace(
        heard[0],
        text=" ".join(word.word for word in words),
        words=words,
        state=_state({each.state for each in heard}),
        took_seconds=sum(each.took_seconds for each in heard),
        note="; ".join(notes),
    )


def _state(states: set[HeardState]) -> HeardState:
    if "doubtful" in states:
        return "doubtful"
    return "recognised" if "recognised" in states else "no_speech"


def _merged(channels: Sequence[Sequence[Word]]) -> Sequence[Word]:
    if len(channels) == 1:
        return channels[0]
    told = (replace(word, channel=n) for n, words in enumerate(channels) for word in words)
    return sorted(told, key=lambda word: (word.start, word.channel))
