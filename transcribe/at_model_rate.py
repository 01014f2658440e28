"""A recording that comes piece by piece, at the rate the models were trained on.

The same samples come out whatever the pieces were, so that a recording read at once gives the words of the one that was
followed. That is why the resampler works in floats: its 16-bit output is dithered, differently for every cut (measured:
2 of 32,768 in nearly half of all samples, enough for another word now and then).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL_RATE = 16_000
"""Hz: of Vosk's models, of Whisper and of the voice detector. Vosk's models of 16 kHz refuse the 8 kHz of a telephone
unless their ``mfcc.conf`` allows upsampling (tried: "Failed to process waveform"); every model takes more samples than
it needs."""


class AtModelRate:
    """Samples of 16 bits in, samples of 16 bits at :data:`MODEL_RATE` out.

    Args:
        rate: of the samples that will come, Hz.
    """

    def __init__(self, rate: int) -> None:
        self._stream = soxr.ResampleStream(rate, MODEL_RATE, 1, dtype="float32")

    def more(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        """What can be said of the next samples already; the rest waits for what follows them."""
        return self._resampled(samples, last=False)

    def rest(self) -> NDArray[np.int16]:
        """Nothing follows any more."""
        return self._resampled(np.zeros(0, np.int16), last=True)

    def _resampled(self, samples: NDArray[np.int16], *, last: bool) -> NDArray[np.int16]:
        values: NDArray[np.float32] = self._stream.resample_chunk(samples.astype(np.float32), last=last)
        return np.clip(np.rint(values), -32768, 32767).astype(np.int16)
