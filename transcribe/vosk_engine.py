"""Recognition with Vosk (Kaldi): small models, offline, fast enough for many lines on one machine."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np
import vosk
from numpy.typing import NDArray

from transcribe.at_model_rate import MODEL_RATE, AtModelRate
from transcribe.recognizer import Heard, HeardState, NoModel, Sound, Word, in_order, listen_to
from transcribe.speech_present import Levels
from transcribe.voice_present import Voice

CHUNK = 4000
"""Samples handed over at once: Vosk finds the ends of sentences between chunks, so they must stay short."""

WARM_UP_S = 0.5
"""Silence a fresh recogniser hears before a recording: whatever comes first makes it unfold its graph, which costs as
much as five seconds of speech (0.7 s). So it can be done before anybody speaks."""

UNKNOWN = "[unk]"
"""What Vosk writes for a sound that is no word of its model."""

GRAMMARS_NEED = "HCLr.fst"
"""The file of models whose graph is put together while listening: the small ones. Others ignore grammars."""

LATELY_S = 30.0
"""Where a voice is looked for before the first words are shown: hours of silence are not searched anew each time."""

DOUBTFUL_CONF = 0.6
"""Mean confidence of the words below which a person should listen. A choice: not measured on Ukrainian calls."""


class VoskRecognizer:
    """A Vosk model folder, loaded.

    Raises:
        NoModel: the folder holds no model Vosk can load.
    """

    engine = "vosk"
    block_seconds = 1.0

    def __init__(self, folder: Path, name: str | None = None) -> None:
        vosk.SetLogLevel(-1)
        self.model = name or folder.name
        try:
            self.loaded = vosk.Model(str(folder))
        except Exception as error:  # vosk raises a bare Exception("Failed to create a model")
            raise NoModel(
                f"Vosk не може прочитати модель у «{folder}»: видаліть теку і завантажте модель знову."
            ) from error
        self._has_grammars = any((folder / place / GRAMMARS_NEED).is_file() for place in ("graph", "."))
        self._spare: SimpleQueue[Any] = SimpleQueue()
        self._maker = ThreadPoolExecutor(1, thread_name_prefix="vosk-warm")
        self.making: Future[None] | None = None
        """The warm recogniser under way, or the last one made."""

    def recognise(self, sound: Sound, grammar: Sequence[str] = ()) -> Heard:
        """The words of a recording at any sample rate."""
        return listen_to(self, sound, grammar)

    def known(self, grammar: Sequence[str]) -> Sequence[str]:
        """What the model can hear of a grammar. Other words would be a line in the log each, every time, and a grammar
        of nothing else breaks the process. A model whose graph is made beforehand hears none: it listens freely.
        """
        if not self._has_grammars:
            return ()
        return [said for said in grammar if all(self.loaded.vosk_model_find_word(word) >= 0 for word in said.split())]

    def listen(self, rate: int, grammar: Sequence[str] = ()) -> VoskListening:
        """A recording of this rate (Hz), piece by piece; freely, when the model knows nothing of the grammar."""
        known = self.known(grammar)
        with suppress(Empty):
            if not known:
                return VoskListening(self._spare.get_nowait(), self.model, rate)
        return VoskListening(self._warm(known), self.model, rate)

    def prepare(self) -> None:
        """Make one recogniser warm for the next recording, beside whatever is decoded meanwhile."""
        if self._spare.empty() and (self.making is None or self.making.done()):
            self.making = self._maker.submit(lambda: self._spare.put(self._warm()))

    def _warm(self, grammar: Sequence[str] = ()) -> Any:
        words = (json.dumps([*grammar, *self.known([UNKNOWN])], ensure_ascii=False),) if grammar else ()
        kaldi = vosk.KaldiRecognizer(self.loaded, float(MODEL_RATE), *words)
        kaldi.SetWords(True)
        kaldi.SetPartialWords(True)
        for _ in range(round(WARM_UP_S * MODEL_RATE / CHUNK)):
            kaldi.AcceptWaveform(bytes(2 * CHUNK))
        kaldi.Reset()
        return kaldi


class VoskListening:
    """Real streaming: Kaldi decodes what comes and knows its likeliest words at every moment.

    Args:
        kaldi: a ``vosk.KaldiRecognizer`` at :data:`MODEL_RATE` that has heard :data:`WARM_UP_S` of silence.
        rate: of the samples that will come, Hz.
    """

    def __init__(self, kaldi: Any, model: str, rate: int) -> None:
        self._kaldi, self._model, self._rate = kaldi, model, rate
        self._upwards = AtModelRate(rate)
        self._levels = Levels(rate)
        self._voice = Voice(rate)
        self._rest = np.zeros(0, np.int16)
        self._samples = 0
        self._settled: list[Word] = []
        self._anybody = False
        self._took = 0.0

    def feed(self, samples: NDArray[np.int16]) -> Sequence[Word]:
        """Take the next samples; all words so far."""
        began = time.monotonic()
        self._samples += len(samples)
        self._levels.hear(samples)
        self._voice.hear(samples)
        self._decode(self._upwards.more(samples))
        speaks = self._voice.present and self._levels.speech_present(self._seconds - LATELY_S)
        self._anybody = self._anybody or speaks
        guess = _phrase(self._kaldi.PartialResult(), "partial_result") if self._anybody else []
        words = [*self._settled, *self._in_order(guess)] if self._anybody else []
        self._took += time.monotonic() - began
        return words

    def finish(self) -> Heard:
        """What was heard."""
        began = time.monotonic()
        self._decode(self._upwards.rest(), last=True)
        self._settle(self._kaldi.FinalResult())
        words = tuple(self._settled) if self._levels.speech_present() and self._voice.present else ()
        judged = _judged(words)
        took = self._took + time.monotonic() - began
        return Heard.of((VoskRecognizer.engine, self._model), words, judged, self._seconds, took)

    @property
    def _seconds(self) -> float:
        return self._samples / self._rate

    def _decode(self, samples: NDArray[np.int16], *, last: bool = False) -> None:
        samples = np.concatenate([self._rest, samples])
        whole = len(samples) if last else len(samples) // CHUNK * CHUNK
        self._rest = samples[whole:]
        for start in range(0, whole, CHUNK):
            # Little-endian on the wire, whatever the machine.
            if self._kaldi.AcceptWaveform(samples[start : min(start + CHUNK, whole)].astype("<i2").tobytes()):
                self._settle(self._kaldi.Result())

    def _settle(self, answer: str) -> None:
        """A phrase is over. Noise behind a message becomes a word now and then."""
        phrase = _phrase(answer, "result")
        if phrase and self._levels.phrase_is_speech(phrase[0].start, phrase[-1].end):
            self._settled += self._in_order(phrase)

    def _in_order(self, phrase: list[Word]) -> Sequence[Word]:
        return in_order(phrase, self._seconds, self._settled[-1].start if self._settled else 0.0)


def _phrase(answer: str, key: str) -> list[Word]:
    """The words of one of Vosk's answers (JSON); a phrase without words has no ``result``."""
    rows = json.loads(answer).get(key, ())
    return [
        Word(row["word"], row["start"] - WARM_UP_S, row["end"] - WARM_UP_S, row["conf"])
        for row in rows
        if row["word"] != UNKNOWN
    ]


def _judged(words: tuple[Word, ...]) -> tuple[HeardState, str]:
    if not words:
        return "no_speech", ""
    mean = sum(word.conf for word in words) / len(words)
    if mean < DOUBTFUL_CONF:
        return "doubtful", f"ненадійно: середня впевненість {mean:.2f}"
    return "recognised", ""
