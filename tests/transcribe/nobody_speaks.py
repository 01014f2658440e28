"""Sounds nobody speaks in, and a small WAV writer for broken files."""

from __future__ import annotations

import struct
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from transcribe.recognizer import Sound

RATE = 8000
SECONDS = 2
MELODY_HZ = (261.6, 329.6, 392.0, 523.3, 392.0, 329.6, 440.0, 349.2)


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


def _melody(voices: tuple[float, ...]) -> NDArray[np.float64]:
    """Plucked notes of a quarter of a second; ``voices``: what else sounds beside each, as ratios of its pitch."""
    note = np.arange(RATE * SECONDS // len(MELODY_HZ)) / RATE
    tones = [[hertz * voice * overtone for voice in voices for overtone in (1, 2, 3)] for hertz in MELODY_HZ]
    played = [sum(np.sin(2 * np.pi * one * note) for one in chord) * np.exp(-note / 0.3) for chord in tones]
    wave = np.concatenate(played)
    return 0.5 * wave / np.abs(wave).max()


def _drums() -> NDArray[np.float64]:
    beat = _time() % 0.375
    return _coloured_noise(0, 0.5) * np.exp(-beat / 0.04)


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
    "a melody": lambda: _melody((1.0,)),
    "a piano": lambda: _melody((0.5, 1.0, 1.26)),
    "drums": _drums,
    "a band": lambda: 0.6 * _melody((0.5, 1.0)) + 0.6 * _drums(),
    "noise that begins after a second": lambda: _coloured_noise(1, 0.3) * (_time() > 1),
}

WITHOUT_SPEECH = sorted(_WAVES)
MUSIC = ("a band", "a melody", "a piano", "drums")
"""Of them; it rises and falls as speech does."""


def without_speech(name: str) -> Sound:
    """One of :data:`WITHOUT_SPEECH`, at 8 kHz."""
    return Sound((_WAVES[name]() * 32767).astype(np.int16), RATE)


def pcm_wav(samples: NDArray[np.int16], rate: int) -> bytes:
    """A plain WAV file, PCM of 16 bits."""
    data = samples.astype("<i2").tobytes()
    head = (b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16, b"data", len(data))
    return struct.pack("<4sI4s4sIHHIIHH4sI", *head) + data
