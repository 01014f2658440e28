"""What the citizen hears: follows the recording of the received sound while it grows.

The tone that asks the caller to speak is told from speech by its purity: for a quarter of a second nearly all
energy lies at 1000 Hz, which no voice does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from sound.wav import RATE, TONE_HZ, Samples

HEADER_BYTES = 44
"""A plain PCM16 WAV as the recorder of pjsua2 writes it."""

FRAME = 160
"""Samples judged at once (20 ms): 1000 Hz fits 20 times, so the tone does not leak into its neighbours."""

TONE_SHARE = 0.8
"""Of a frame's energy; a tone 12 Hz off already falls below."""

TONE_AT_LEAST_S = 0.24
TONE_AT_MOST_S = 1.0
"""The tone lasts 0.4 s; a lost packet may shorten it, and a long whistle is some other signal."""

TONE_GAP_FRAMES = 2
"""Spoilt frames forgiven inside a tone: a lost packet, the jitter buffer catching up."""

LOUD_RMS = 180.0
"""Samples' root mean square above which the line is not silent (-45 dBFS; prompts lie near -20 dBFS)."""

_SECONDS_A_FRAME = FRAME / RATE
_WAVE = np.exp(-2j * np.pi * TONE_HZ * np.arange(FRAME) / RATE)


@dataclass(frozen=True, slots=True)
class Tone:
    """A recording tone: seconds since the recording began, and its length."""

    at_s: float
    seconds: float


def is_whole(path: Path) -> bool:
    """The recorder has closed this file: the header's length is the file's."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(8)[4:], "little") == path.stat().st_size - 8


class Ear:
    """Listens to a WAV file (PCM16 mono 8 kHz) that another part of the process is writing.

    Attributes:
        tones: every recording tone so far, each added when it is over.
        last_loud_s: end of the last frame that was not silence; 0.0 before the first.
        heard_s: how much was listened to.
    """

    def __init__(self, path: Path) -> None:
        self.tones: list[Tone] = []
        self.last_loud_s = 0.0
        self.heard_s = 0.0
        self._path = path
        self._file: BinaryIO | None = None
        self._rest = b""
        self._run = 0
        self._spoilt = 0

    def listen(self) -> None:
        """Judge what was written since the last time. The recorder writes in steps of a quarter of a second."""
        if self._file is None:
            if not self._path.exists():
                return
            self._file = self._path.open("rb")
            self._file.seek(HEADER_BYTES)
        heard = self._rest + self._file.read()
        whole = len(heard) // (2 * FRAME) * (2 * FRAME)
        self._rest = heard[whole:]
        if whole:
            self.hear(np.frombuffer(heard[:whole], dtype="<i2"))

    def hear(self, samples: Samples) -> None:
        """Judge a whole number of frames."""
        frames = samples.reshape(-1, FRAME).astype(np.float64)
        energy = (frames**2).sum(axis=1)
        at_tone = 2 * np.abs(frames @ _WAVE) ** 2 / FRAME
        loud = np.sqrt(energy / FRAME) > LOUD_RMS
        for is_loud, is_tone in zip(loud, loud & (at_tone > TONE_SHARE * energy), strict=True):
            self.heard_s += _SECONDS_A_FRAME
            if is_loud:
                self.last_loud_s = self.heard_s
            self._follow_tone(bool(is_tone))

    def close(self) -> None:
        """Listen to the end and let go of the file."""
        self.listen()
        if self._file is not None:
            self._file.close()

    def _follow_tone(self, is_tone: bool) -> None:
        if is_tone:
            self._run += 1 + self._spoilt
            self._spoilt = 0
        elif self._run:
            self._spoilt += 1
            if self._spoilt > TONE_GAP_FRAMES:
                self._end_tone()

    def _end_tone(self) -> None:
        seconds = self._run * _SECONDS_A_FRAME
        if TONE_AT_LEAST_S <= seconds <= TONE_AT_MOST_S:
            ended = self.heard_s - self._spoilt * _SECONDS_A_FRAME
            self.tones.append(Tone(at_s=round(ended - seconds, 2), seconds=round(seconds, 2)))
        self._run = self._spoilt = 0
