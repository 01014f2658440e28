"""Recognition with Vosk (Kaldi): small models, offline, fast enough for many lines on one machine."""

from __future__ import annotations

import json
import time
from pathlib import Path

import vosk

from sound.wav import resample
from transcribe.recognizer import Heard, HeardState, NoModel, Sound, Word, in_order
from transcribe.speech_present import speech_between, speech_present

MODEL_RATE = 16_000
"""Hz. Models of 16 kHz refuse the 8 kHz of a telephone unless their ``mfcc.conf`` allows upsampling (tried: "Failed to
process waveform"); every model takes more samples than it needs. So recordings are brought up here."""

CHUNK = 4000
"""Samples handed over at once: Vosk finds the ends of sentences between chunks, so they must stay short."""

UNKNOWN = "[unk]"
"""What Vosk writes for a sound that is no word of its model."""

DOUBTFUL_CONF = 0.6
"""Mean confidence of the words below which a person should listen. A choice: not measured on Ukrainian calls."""


class VoskRecognizer:
    """A Vosk model folder, loaded.

    Raises:
        NoModel: the folder holds no model Vosk can load.
    """

    engine = "vosk"

    def __init__(self, folder: Path, name: str | None = None) -> None:
        vosk.SetLogLevel(-1)
        self.model = name or folder.name
        try:
            self._model = vosk.Model(str(folder))
        except Exception as error:  # vosk raises a bare Exception("Failed to create a model")
            raise NoModel(
                f"Vosk не може прочитати модель у «{folder}»: видаліть теку і завантажте модель знову."
            ) from error

    def recognise(self, sound: Sound) -> Heard:
        """The words of a recording at any sample rate."""
        began = time.monotonic()
        words = in_order(self._words(sound), sound.seconds) if speech_present(sound) else ()
        state, note = _judged(words)
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

    def _words(self, sound: Sound) -> list[Word]:
        samples = resample(sound.samples, sound.rate, MODEL_RATE)
        recogniser = vosk.KaldiRecognizer(self._model, float(MODEL_RATE))
        recogniser.SetWords(True)
        phrases = []
        for start in range(0, len(samples), CHUNK):
            # Little-endian on the wire, whatever the machine.
            if recogniser.AcceptWaveform(samples[start : start + CHUNK].astype("<i2").tobytes()):
                phrases.append(_phrase(recogniser.Result()))
        phrases.append(_phrase(recogniser.FinalResult()))
        return [
            word
            for phrase in phrases
            # Noise behind a message becomes a word now and then.
            if phrase and speech_between(sound, phrase[0].start, phrase[-1].end)
            for word in phrase
        ]


def _phrase(answer: str) -> list[Word]:
    """The words of one of Vosk's answers (JSON); a phrase without words has no ``result``."""
    rows = json.loads(answer).get("result", ())
    return [Word(row["word"], row["start"], row["end"], row["conf"]) for row in rows if row["word"] != UNKNOWN]


def _judged(words: tuple[Word, ...]) -> tuple[HeardState, str]:
    if not words:
        return "no_speech", ""
    mean = sum(word.conf for word in words) / len(words)
    if mean < DOUBTFUL_CONF:
        return "doubtful", f"ненадійно: середня впевненість {mean:.2f}"
    return "recognised", ""
