"""Recognition with Whisper (faster-whisper, int8 on the processor): slower than Vosk, no Ukrainian model to fetch."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from faster_whisper import WhisperModel

from sound.wav import resample
from transcribe.recognizer import Heard, HeardState, NoModel, Sound, Word, in_order
from transcribe.speech_present import speech_between, speech_present

if TYPE_CHECKING:
    from numpy.typing import NDArray

Segment = Any
"""``faster_whisper.transcribe.Segment``; the library ships no types."""

WHISPER_RATE = 16_000

# Beyond any of these a text is rubbish more often than not. Clear speech stayed inside -0.58, 1.54 and 0.45; the robot
# speech Whisper cannot follow was beyond the first or the second, phrases invented in silence beyond the third
# (measured, docs/recognition.md).
LOWEST_LOGPROB = -0.7
HIGHEST_REPETITION = 1.8
HIGHEST_NO_SPEECH = 0.5


class WhisperRecognizer:
    """A Whisper model folder in CTranslate2 form, loaded.

    Args:
        language: fixed, because guessing takes Ukrainian for Polish or Czech now and then.

    Raises:
        NoModel: the folder holds no model faster-whisper can load.
    """

    engine = "whisper"

    def __init__(self, folder: Path, name: str | None = None, language: str = "uk") -> None:
        self.model = name or folder.name
        self._language = language
        try:
            self._model = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
        except (RuntimeError, ValueError, OSError) as error:
            raise NoModel(
                f"Модель Whisper у «{folder}» не читається: видаліть теку, її буде складено знову."
            ) from error

    def recognise(self, sound: Sound) -> Heard:
        """The words of a recording at any sample rate."""
        began = time.monotonic()
        segments = self._segments(sound) if speech_present(sound) else []
        words = in_order(_words(segments), sound.seconds)
        state, note = _judged(segments) if words else ("no_speech", "")
        return Heard(
            engine=self.engine,
            model=self.model,
            text=" ".join(word.word for word in words),
            words=words,
            state=state,
            audio_seconds=sound.seconds,
            took_seconds=time.monotonic() - began,
            note=note,
        )

    def _segments(self, sound: Sound) -> list[Segment]:
        """The phrases Whisper heard, without those it invented where nobody speaks.

        It looks at 30 seconds at a time, and half a minute of silence behind a message reliably becomes a phrase.
        """
        segments, _ = self._model.transcribe(
            _for_whisper(sound),
            language=self._language,
            word_timestamps=True,
            # One pass: the same recording always gives the same words, and rubbish is marked, not tried six times.
            temperature=0.0,
            # A phrase misheard once must not colour the rest of the recording.
            condition_on_previous_text=False,
        )
        return [segment for segment in segments if speech_between(sound, segment.start, segment.end)]


def _for_whisper(sound: Sound) -> NDArray[np.float32]:
    """The samples as Whisper wants them: -1 .. 1 at 16 kHz."""
    return resample(sound.samples, sound.rate, WHISPER_RATE).astype(np.float32) / np.float32(32768.0)


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


def _judged(segments: Iterable[Segment]) -> tuple[HeardState, str]:
    doubts = [
        f"{segment.start:.0f}–{segment.end:.0f} с"
        for segment in segments
        if segment.avg_logprob < LOWEST_LOGPROB
        or _repetition(segment.text) > HIGHEST_REPETITION
        or segment.no_speech_prob > HIGHEST_NO_SPEECH
    ]
    return ("doubtful", f"ненадійно: {', '.join(doubts)}") if doubts else ("recognised", "")


def _repetition(text: str) -> float:
    """How many times smaller a phrase becomes when compressed: 1.0 to 1.5 for speech, more for «який є, який є, …».

    Counted for each phrase: Whisper's own figure is of a whole window, where honest Ukrainian reaches 1.9.
    """
    raw = text.strip().encode()
    return len(raw) / len(zlib.compress(raw))
