"""Sounds nobody speaks in, and a small WAV writer for broken files."""

from __future__ import annotations

import struct
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from transcribe.recognizer import Sound

RATE = 8000
SECONDS = 2


def _time() -> NDArray[np.float64]:
    return np.arange(RATE * SECONDS) / RATE


def _coloured_noise(power: float, level: float) -> NDArray[np.float64]:
    """Noise whose power falls with frequency to the ``power``: 0 white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(np.random.default_rng(1580).standard_normal(RATE * SECONDS))
    spectrum /= np.maximum(np.arange(len(spectrum)), 1) ** (power / 2)
    wave = np.fft.irfft(spectrum, RATE * SECONDS)
    return level * wave / np.abs(wave).max()


def _tone(hertz: float) -> NDArray[np.float64]:
    return 0.3 * np.sin(2 * np.pi * hertz * _time())


_WAVES: dict[str, Callable[[], NDArray[np.float64]]] = {
    "two seconds of silence": lambda: 0 * _time(),
    "white noise": lambda: _coloured_noise(0, 0.3),
    "pink noise": lambda: _coloured_noise(1, 0.3),
    "quiet pink noise": lambda: _coloured_noise(1, 0.01),
    "brown noise": lambda: _coloured_noise(2, 0.5),
    "the 425 Hz tone of the exchange": lambda: _tone(425),
    "the busy tone": lambda: _tone(425) * (_time() % 0.7 < 0.35),
    "the busy tone over noise": lambda: _tone(425) * (_time() % 0.7 < 0.35) + _coloured_noise(1, 0.01),
    "the beep": lambda: _tone(1000) * (_time() < 0.4),
    "the beep over noise": lambda: _tone(1000) * (_time() < 0.4) + _coloured_noise(1, 0.01),
    "noise that begins after a second": lambda: _coloured_noise(1, 0.3) * (_time() > 1),
}

WITHOUT_SPEECH = sorted(_WAVES)


def without_speech(name: str) -> Sound:
    """One of :data:`WITHOUT_SPEECH`, at 8 kHz."""
    return Sound((_WAVES[name]() * 32767).astype(np.int16), RATE)


def pcm_wav(samples: NDArray[np.int16], rate: int) -> bytes:
    """A plain WAV file, PCM of 16 bits."""
    data = samples.astype("<i2").tobytes()
    head = (b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16, b"data", len(data))
    return struct.pack("<4sI4s4sIHHIIHH4sI", *head) + data
