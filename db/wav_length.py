"""How long a recording is, also while it grows or after it was cut off."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
"""The plain 44 bytes that Asterisk writes."""

BYTES_A_SECOND = 16_000
"""Of 8 kHz PCM16 mono, for a file whose header says nothing."""


@dataclass(frozen=True)
class WavLength:
    """``final``: the sizes in the header are those of the file, so nobody is writing any more."""

    seconds: float
    final: bool


def length_of(path: Path) -> WavLength:
    """Length by the size of the file: a header is right only at the end of a recording."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(HEADER.size)
    if len(head) < HEADER.size:
        return WavLength(0.0, False)
    riff, riff_size, wave, _, _, _, _, _, bytes_a_second, *_, data_size = HEADER.unpack(head)
    if (riff, wave) != (b"RIFF", b"WAVE") or bytes_a_second == 0:
        return WavLength((size - HEADER.size) / BYTES_A_SECOND, False)
    # Asterisk begins with a header whose sizes fit an empty file, and writes the first sound two seconds later.
    final = size > HEADER.size and size in (riff_size + 8, data_size + HEADER.size)
    return WavLength((size - HEADER.size) / bytes_a_second, final)
