"""Recognition with Whisper (faster-whisper, int8 on the processor): slower than Vosk, no Ukrainian model to fetch."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from faster_whisper import WhisperModel

from transcribe.at_model_rate import MODEL_RATE, AtModelRate
from transcribe.recognizer import Heard, HeardState, NoModel, Sound, Word, in_order, listen_to
from transcribe.speech_present import FRAME_S, Levels
from transcribe.voice_present import Voice

if TYPE_CHECKING:
    from numpy.typing import NDArray

Segment = Any
"""``faster_whisper.transcribe.Segment``; the library ships no types."""

# Beyond any of these a text is rubbish more often than not. Clear speech stayed inside -0.58, 1.54 and 0.45; the robot
# speech Whisper cannot follow was beyond the first or the second, phrases invented in silence beyond the third
# (measured, docs/recognition.md).
LOWEST_LOGPROB = -0.7
HIGHEST_REPETITION = 1.8
HIGHEST_NO_SPEECH = 0.5

WINDOW_S = 28.0
"""What Whisper is given at once; it looks at 30 seconds."""
LOOK_AFTER_S = 4.0
"""A window that is being spoken is read again when so much more was said: each look costs as much as half a minute."""
PAUSE_S = 0.35
PAUSE_DB = 18.0
"""So much quieter than the speech around it."""


class WhisperRecognizer:
    """A Whisper model folder in CTranslate2 form, loaded.

    Args:
        language: fixed, because guessing takes Ukrainian for Polish or Czech now and then.

    Raises:
        NoModel: the folder holds no model faster-whisper can load.
    """

    engine = "whisper"
    block_seconds = WINDOW_S

    def __init__(self, folder: Path, name: str | None = None, language: str = "uk") -> None:
        self.model = name or folder.name
        self._language = language
        try:
            self._model = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
        except (RuntimeError, ValueError, OSError) as error:
            raise NoModel(
                f"Модель Whisper у «{folder}» не читається: видаліть теку, її буде складено знову."
            ) from error

    def prepare(self) -> None:
        """Nothing: a loaded Whisper begins at once."""

    def recognise(self, sound: Sound, grammar: Sequence[str] = ()) -> Heard:
        """The words of a recording at any sample rate."""
        return listen_to(self, sound, grammar)

    def known(self, grammar: Sequence[str]) -> Sequence[str]:  # noqa: ARG002 - the port's
        """Nothing: Whisper has no grammars."""
        return ()

    def listen(self, rate: int, grammar: Sequence[str] = ()) -> WhisperListening:  # noqa: ARG002 - the port's
        """A recording of this rate (Hz), piece by piece. Whisper knows no grammar and listens freely."""
        return WhisperListening(self._phrases, self.model, rate)

    def _phrases(self, samples: NDArray[np.float32]) -> Iterable[Segment]:
        segments, _ = self._model.transcribe(
            samples,
            language=self._language,
            word_timestamps=True,
            # One pass: the same recording always gives the same words, and rubbish is marked, not tried six times.
            temperature=0.0,
            # A phrase misheard once must not colour the rest of the recording.
            condition_on_previous_text=False,
        )
        heard: Iterable[Segment] = segments
        return heard


class WhisperListening:
    """Not real streaming: Whisper reads windows of half a minute. The window that is being spoken is read at a pause,
    and again when more was said; what it holds is settled when the next one begins, in a pause where there is one.

    Args:
        phrases: what Whisper hears in some samples at :data:`MODEL_RATE`.
        rate: of the samples that will come, Hz.
    """

    def __init__(self, phrases: Callable[[NDArray[np.float32]], Iterable[Segment]], model: str, rate: int) -> None:
        self._phrases, self._model, self._rate = phrases, model, rate
        self._upwards = AtModelRate(rate)
        self._levels = Levels(rate)
        self._voice = Voice(rate)
        self._samples = 0
        self._window = np.zeros(0, np.int16)  # at MODEL_RATE, not settled yet
        self._window_at = 0.0
        self._settled: list[Word] = []
        self._guess: tuple[Word, ...] = ()
        self._guess_doubts: list[str] = []
        self._guess_end = 0.0
        self._doubts: list[str] = []
        self._took = 0.0

    def feed(self, samples: NDArray[np.int16]) -> Sequence[Word]:
        """Take the next samples; all words so far."""
        began = time.monotonic()
        self._samples += len(samples)
        self._levels.hear(samples)
        self._voice.hear(samples)
        self._window = np.concatenate([self._window, self._upwards.more(samples)])
        while self._window_end - self._window_at > WINDOW_S:
            self._settle(self._quietest(self._window_at + WINDOW_S / 2, self._window_at + WINDOW_S))
        pause = self._pause()
        if pause is not None and pause - max(self._guess_end, self._window_at) >= LOOK_AFTER_S:
            self._read(pause)
        self._took += time.monotonic() - began
        return [*self._settled, *self._guess]

    def finish(self) -> Heard:
        """What was heard."""
        began = time.monotonic()
        self._window = np.concatenate([self._window, self._upwards.rest()])
        self._settle(self._seconds)
        words = tuple(self._settled) if self._levels.speech_present() else ()
        judged: tuple[HeardState, str] = _judged(self._doubts) if words else ("no_speech", "")
        took = self._took + time.monotonic() - began
        return Heard.of((WhisperRecognizer.engine, self._model), words, judged, self._seconds, took)

    @property
    def _seconds(self) -> float:
        return self._samples / self._rate

    @property
    def _window_end(self) -> float:
        return self._window_at + len(self._window) / MODEL_RATE

    def _settle(self, end: float) -> None:
        """The window ends here, seconds. What was read of it up to a pause stands, when nobody spoke after that."""
        if self._guess_end <= self._window_at or self._levels.speech_present(self._guess_end, end):
            self._read(end)
        self._settled += self._guess
        self._doubts += self._guess_doubts
        self._guess, self._guess_doubts = (), []
        self._window = self._window[round((end - self._window_at) * MODEL_RATE) :]
        self._window_at = self._guess_end = end

    def _read(self, end: float) -> None:
        """Whisper's words of the window up to ``end``, without those it invents where nobody speaks."""
        self._guess, self._guess_doubts, self._guess_end = (), [], end
        if not (self._voice.present and self._levels.speech_present(self._window_at, end)):
            return
        samples = self._window[: round((end - self._window_at) * MODEL_RATE)].astype(np.float32) / 32768.0
        at = self._window_at
        segments = [
            segment
            for segment in self._phrases(samples)
            if self._levels.phrase_is_speech(at + segment.start, at + segment.end)
        ]
        words = [replace(word, start=at + word.start, end=at + word.end) for word in _words(segments)]
        self._guess = in_order(words, self._seconds, self._settled[-1].start if self._settled else 0.0)
        self._guess_doubts = _doubts(segments, at)

    def _pause(self) -> float | None:
        """Where the speaker last paused, seconds, or None while nobody has paused in the window."""
        levels = self._smooth(self._window_at, self._window_end)
        if not len(levels):
            return None
        quiet = np.flatnonzero(levels < np.percentile(levels, 90) - PAUSE_DB)
        return self._window_at + float(quiet[-1]) * FRAME_S if len(quiet) else None

    def _quietest(self, start: float, end: float) -> float:
        """The quietest moment, where a window does the least harm when it ends there; seconds."""
        levels = self._smooth(start, end)
        return start + float(np.argmin(levels)) * FRAME_S if len(levels) else end

    def _smooth(self, start: float, end: float) -> NDArray[np.float64]:
        """Levels over :data:`PAUSE_S` around each moment: a stop between two sounds is no pause."""
        frames = round(PAUSE_S / FRAME_S)
        levels = self._levels.between(start, end).astype(np.float64)
        return np.convolve(levels, np.ones(frames) / frames, mode="same") if len(levels) > frames else levels[:0]


def _words(segments: Iterable[Segment]) -> list[Word]:
    return [word for segment in segments for word in _words_of(segment)]


def _words_of(segment: Segment) -> list[Word]:
    """Whisper's pieces as words: one that does not begin with a space belongs to the word before it («24» + «-А»)."""
    words: list[Word] = []
    for piece in segment.words or ():
        text = piece.word.strip()
        if words and not piece.word.startswith(" "):
            last = words.pop()
            words.append(Word(last.word + text, last.start, piece.end, min(last.conf, piece.probability)))
        elif text:
            words.append(Word(text, piece.start, piece.end, piece.probability))
    return words


def _doubts(segments: Iterable[Segment], at: float) -> list[str]:
    """Where a phrase is rubbish more often than not, for the operator; ``at``: where the window begins, seconds."""
    return [
        f"{at + segment.start:.0f}–{at + segment.end:.0f} с"
        for segment in segments
        if segment.avg_logprob < LOWEST_LOGPROB
        or _repetition(segment.text) > HIGHEST_REPETITION
        or segment.no_speech_prob > HIGHEST_NO_SPEECH
    ]


def _judged(doubts: list[str]) -> tuple[HeardState, str]:
    return ("doubtful", f"ненадійно: {', '.join(doubts)}") if doubts else ("recognised", "")


def _repetition(text: str) -> float:
    """How many times smaller a phrase becomes when compressed: 1.0 to 1.5 for speech, more for «який є, який є, …».

    Counted for each phrase: Whisper's own figure is of a whole window, where honest Ukrainian reaches 1.9.
    """
    raw = text.strip().encode()
    return len(raw) / len(zlib.compress(raw))
