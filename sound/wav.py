"""Makes and checks sound files: the only module that knows the bytes of a WAV.

Asterisk's ``.wav`` plays one form only: PCM, 16 bit, mono, 8000 Hz, without WAVE_FORMAT_EXTENSIBLE. Anything else is
silence to the caller and makes ``RECORD FILE`` give up, so every file is checked before the line hears of it.
"""

from __future__ import annotations

import math
import os
import struct
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]
"""One channel of sound, 16 bit."""

RATE = 8000
"""Hz: what a telephone carries and what Asterisk's ``.wav`` means."""

RATES = range(1000, 768_001)
"""Hz: what any recorder makes; another number is a damaged header."""

TONE_HZ = 1000
TONE_S = 0.4
TONE_LEVEL = 10_000
FADE_S = 0.01
"""Fade of the tone's edges: without it the caller hears a click."""

RECORDING_PEAK = 23_000
"""Loudest sample of a converted recording: as loud as the shipped pieces it will stand between."""
QUIET = 300
"""Samples below this are the room, not the voice."""
EDGE_S = 0.04
"""Silence left before and after the voice of a converted recording, as in the shipped pieces."""

_PCM, _FLOAT, _ALAW, _ULAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
_NAMES = {_PCM: "PCM", _FLOAT: "float", _ALAW: "A-law", _ULAW: "mu-law", _EXTENSIBLE: "WAVE_FORMAT_EXTENSIBLE"}


class UnusableSound(Exception):
    """Somebody put a file in place that Asterisk cannot play: an MP3 renamed to .wav, a stereo export of a sound
    editor, a copy that was broken off by a full disk. The message is Ukrainian: operators read it on the card."""


@dataclass(frozen=True, slots=True)
class WavFacts:
    """A file Asterisk can play: rate in Hz, length in frames and in seconds."""

    rate: int
    frames: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the sound of a WAV; sizes in bytes, ``rate`` in Hz, ``data_bytes`` as many as there are."""

    tag: int
    subformat: int
    channels: int
    rate: int
    bits: int
    data_at: int
    data_bytes: int
    promised_bytes: int

    @property
    def frame_bytes(self) -> int:
        """One sample of each channel."""
        return self.channels * self.bits // 8


def check(path: Path) -> WavFacts:
    """Is this a file Asterisk plays as ``.wav``? Reads the header only.

    Raises:
        UnusableSound: with a sentence that names the file and what is wrong with it.
    """
    header = header_of(path)
    if header.tag == _EXTENSIBLE:
        raise UnusableSound(f"{path.name}: заголовок WAVE_FORMAT_EXTENSIBLE, збережіть як звичайний PCM")
    if header.tag != _PCM or header.bits != 16:
        form = _NAMES.get(header.tag, f"format {header.tag}")
        raise UnusableSound(f"{path.name}: {form}, {header.bits} біт, а потрібно PCM 16 біт")
    if header.channels != 1:
        raise UnusableSound(f"{path.name}: каналів {header.channels}, а потрібно моно")
    if header.rate != RATE:
        raise UnusableSound(f"{path.name}: {header.rate} Гц, а потрібно {RATE} Гц")
    if header.promised_bytes > header.data_bytes:
        raise UnusableSound(f"{path.name}: обірвано, є {header.data_bytes} байтів із {header.promised_bytes}")
    frames = header.data_bytes // 2
    if frames == 0:
        raise UnusableSound(f"{path.name}: у файлі немає звуку")
    return WavFacts(header.rate, frames, frames / header.rate)


def read_pcm(path: Path) -> tuple[Samples, int]:
    """The sound of a WAV as one channel of 16 bits, and its rate in Hz.

    Takes PCM of 8 to 32 bits, float, A-law and mu-law, any rate; channels are mixed. A file that is still growing or
    was broken off (its header promises too little or too much) gives what is there; nothing yet gives no samples.

    Raises:
        UnusableSound: missing, not a WAV, or another coding.
    """
    header = header_of(path)
    with path.open("rb") as file:
        file.seek(header.data_at)
        data = file.read(header.data_bytes)
    values = _decode(path.name, header, data[: len(data) // header.frame_bytes * header.frame_bytes])
    if header.channels > 1:
        values = values.reshape(-1, header.channels).mean(axis=1)
    return _in_16_bits(values), header.rate


def write(path: Path, samples: Samples, rate: int = RATE) -> None:
    """A plain PCM16 mono file with the 44-byte header, readable by all (0644). It appears whole or not at all.

    Raises:
        OSError: the folder cannot be written or the disk is full; nothing is left behind.
    """
    data = samples.astype("<i2", casting="equiv").tobytes()
    header = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, _PCM, 1, rate, rate * 2, 2, 16, b"data", len(data)),
    )
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(header + data)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def tone() -> Samples:
    """The beep before a recording: 1000 Hz, 0.4 s, at 8000 Hz."""
    time = np.arange(int(TONE_S * RATE)) / RATE
    fade = np.minimum(1, np.minimum(time, TONE_S - time) / FADE_S)
    return _in_16_bits(TONE_LEVEL * fade * np.sin(2 * np.pi * TONE_HZ * time))


def silence(ms: int, rate: int = RATE) -> Samples:
    """That many milliseconds of nothing."""
    return np.zeros(rate * ms // 1000, dtype=np.int16)


def join(pieces: Sequence[Samples], gap_ms: int, rate: int = RATE) -> Samples:
    """Pieces of one rate after one another with ``gap_ms`` of silence between them."""
    parts: list[Samples] = []
    for piece in pieces:
        parts += [silence(gap_ms, rate), piece] if parts else [piece]
    return np.concatenate(parts) if parts else silence(0, rate)


def resample(samples: Samples, rate: int, to: int = RATE) -> Samples:
    """The same sound at another rate, both in Hz.

    Cut in the spectrum, so nothing above half the new rate folds back into speech. For seconds and minutes, not hours:
    the whole sound is transformed at once.
    """
    if rate == to or not len(samples):
        return samples
    # The transform sees the sound as a ring: half a second of silence keeps its end out of its beginning, and a few
    # samples more let the ring hold a whole number of samples at both rates, else the sound would drift.
    step = rate // math.gcd(rate, to)
    spare = -(len(samples) + rate // 2) % step
    padded = np.concatenate([samples, np.zeros(rate // 2 + spare, dtype=np.int16)])
    length = len(padded) * to // rate
    # Frequencies the new rate cannot hold are left out by the way back, which takes only as many as it needs.
    ring = np.fft.irfft(np.fft.rfft(padded), length) * (length / len(padded))
    return _in_16_bits(ring[: round(len(samples) * to / rate)])


def convert(source: Path, target: Path) -> WavFacts:
    """Turn a recording as a person's recorder saves it (WAV, any rate, mono or stereo) into one Asterisk plays.

    The silence before and after the voice is cut to 40 ms and the level is set to that of the shipped pieces.

    Raises:
        UnusableSound: not a WAV, or silence.
        OSError: ``target`` cannot be written.
    """
    samples, rate = read_pcm(source)
    samples = resample(samples, rate)
    peak = int(np.abs(samples.astype(np.int32)).max(initial=0))
    if peak < QUIET:
        raise UnusableSound(f"{source.name}: у записі лише тиша")
    levelled = _in_16_bits(samples.astype(np.float64) * (RECORDING_PEAK / peak))
    loud = np.flatnonzero(np.abs(levelled.astype(np.int32)) > QUIET)
    edge = int(EDGE_S * RATE)
    write(target, levelled[max(0, loud[0] - edge) : loud[-1] + edge])
    return check(target)


def _in_16_bits(values: NDArray[np.float64]) -> Samples:
    return np.clip(np.rint(values), -32768, 32767).astype(np.int16)


def decode(name: str, header: Header, data: bytes) -> Samples:
    """Whole frames of a WAV as 16 bits, the channels side by side.

    Args:
        name: of the file, for the message.

    Raises:
        UnusableSound: a coding nobody can read.
    """
    return _in_16_bits(_decode(name, header, data))


def header_of(path: Path) -> Header:
    """What stands before the sound.

    Raises:
        UnusableSound: missing, not a WAV, or broken off in the header.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            return _parse(path, size, file)
    except FileNotFoundError as error:
        raise UnusableSound(f"{path.name}: такого файлу немає") from error
    except OSError as error:
        raise UnusableSound(f"{path}: не читається ({error.strerror})") from error


def _parse(path: Path, size: int, file: BinaryIO) -> Header:
    """Walk the chunks up to ``data``."""
    start = file.read(12)
    if not start:
        raise UnusableSound(f"{path.name}: файл порожній")
    if start[:4] != b"RIFF" or (len(start) == 12 and start[8:] != b"WAVE"):
        raise UnusableSound(f"{path.name}: це не WAV, хоч би як файл називався")
    form: bytes | None = None
    while len(chunk := file.read(8)) == 8:
        name, length = struct.unpack("<4sI", chunk)
        if name == b"data":
            # A recorder that is still writing leaves old sizes in both places; then all that is there is sound.
            finished = struct.unpack("<I", start[4:8])[0] + 8 == size
            there = size - file.tell()
            return Header(*_coding(path, form), file.tell(), min(length, there) if finished else there, length)
        body_at = file.tell()
        if name == b"fmt ":
            form = file.read(min(length, 40))
        file.seek(body_at + length + length % 2)
    raise UnusableSound(f"{path.name}: заголовок обірвано")


def _coding(path: Path, form: bytes | None) -> tuple[int, int, int, int, int]:
    """Tag, subformat, channels, rate and bits of a ``fmt`` chunk."""
    if form is None or len(form) < 16:
        raise UnusableSound(f"{path.name}: у заголовку не сказано, як записано звук")
    tag, channels, rate, _, _, bits = struct.unpack("<HHIIHH", form[:16])
    if channels == 0 or rate not in RATES or bits not in (8, 16, 24, 32, 64):
        raise UnusableSound(f"{path.name}: заголовок пошкоджено (каналів {channels}, {rate} Гц, {bits} біт)")
    subformat = struct.unpack("<H", form[24:26])[0] if tag == _EXTENSIBLE and len(form) >= 26 else tag
    return tag, subformat, channels, rate, bits


def _decode(name: str, header: Header, data: bytes) -> NDArray[np.float64]:
    """All values of all channels in the range of 16 bits."""
    match header.subformat, header.bits:
        case 1, 8:
            return (np.frombuffer(data, np.uint8).astype(np.float64) - 128) * 256
        case 1, 16:
            return np.frombuffer(data, "<i2").astype(np.float64)
        case 1, 24:
            triples = np.frombuffer(data, np.uint8).reshape(-1, 3)
            wide = np.zeros((len(triples), 4), np.uint8)
            wide[:, 1:] = triples
            return wide.view("<i4").ravel() / 65536.0
        case 1, 32:
            return np.frombuffer(data, "<i4") / 65536.0
        case 3, 32:
            return np.nan_to_num(np.frombuffer(data, "<f4").astype(np.float64)) * 32767
        case 3, 64:
            return np.nan_to_num(np.frombuffer(data, "<f8").astype(np.float64)) * 32767
        case 6, 8:
            return _ALAW_VALUES[np.frombuffer(data, np.uint8)]
        case 7, 8:
            return _ULAW_VALUES[np.frombuffer(data, np.uint8)]
    form = _NAMES.get(header.subformat, f"format {header.subformat}")
    raise UnusableSound(f"{name}: звук {form}, {header.bits} біт, не читається")


def _alaw_values() -> NDArray[np.float64]:
    """ITU-T G.711: the value of each of the 256 A-law codes."""
    code = np.arange(256) ^ 0x55
    segment = (code & 0x70) >> 4
    value = ((code & 0x0F) << 4) + np.where(segment == 0, 8, 0x108)
    value = value << np.maximum(segment - 1, 0)
    signed: NDArray[np.float64] = np.where(code & 0x80, value, -value).astype(np.float64)
    return signed


def _ulaw_values() -> NDArray[np.float64]:
    """ITU-T G.711: the value of each of the 256 mu-law codes."""
    code = ~np.arange(256) & 0xFF
    value = ((((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84
    return np.where(code & 0x80, -value, value).astype(np.float64)


_ALAW_VALUES = _alaw_values()
_ULAW_VALUES = _ulaw_values()
