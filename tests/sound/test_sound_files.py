"""Sound files: what Asterisk would refuse is refused here first, and what we write it plays."""

from __future__ import annotations

import resource
import struct
import warnings
import wave
from pathlib import Path

import numpy as np
import pytest

from sound import wav


def wav_bytes(
    data: bytes, tag: int = 1, channels: int = 1, rate: int = 8000, bits: int = 16, more: bytes = b""
) -> bytes:
    """A RIFF file with true sizes; ``more`` lengthens the fmt chunk."""
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", tag, channels, rate, rate * frame, frame, bits) + more
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def sine(hz: float, rate: int, seconds: float = 0.5, level: float = 10_000) -> wav.Samples:
    return np.rint(level * np.sin(2 * np.pi * hz * np.arange(int(rate * seconds)) / rate)).astype(np.int16)


GOOD = wav_bytes(b"\1\0" * 8000)
EXTENSIBLE = struct.pack("<HHI", 22, 16, 4) + struct.pack("<H", 1) + bytes.fromhex("000000001000800000aa00389b71")


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (b"", "порожній"),
        (b"ID3\x03" + bytes(400), "це не WAV"),
        (b"RIF", "це не WAV"),
        (GOOD[:20], "заголовок обірвано"),
        (GOOD[:38], "заголовок обірвано"),
        (GOOD[:5000], "обірвано, є"),
        (wav_bytes(b""), "немає звуку"),
        (wav_bytes(b"\1\0" * 80, channels=2), "каналів 2"),
        (wav_bytes(b"\1\0" * 80, rate=44100), "44100 Гц"),
        (wav_bytes(b"\1\0" * 80, tag=0xFFFE, more=EXTENSIBLE), "EXTENSIBLE"),
        (wav_bytes(b"\1" * 80, tag=7, bits=8), "mu-law"),
        (wav_bytes(b"\1" * 80, bits=8), "8 біт"),
        (wav_bytes(b"\1" * 80, channels=0), "пошкоджено"),
    ],
)
def test_what_asterisk_cannot_play_is_refused_with_the_reason(tmp_path: Path, content: bytes, verdict: str) -> None:
    path = tmp_path / "welcome.wav"
    path.write_bytes(content)
    with pytest.raises(wav.UnusableSound, match=verdict) as refusal:
        wav.check(path)
    assert "welcome.wav" in str(refusal.value)


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(wav.UnusableSound, match="такого файлу немає"):
        wav.check(tmp_path / "nothing.wav")
    with pytest.raises(wav.UnusableSound, match="не читається"):
        wav.check(tmp_path)


def test_a_written_file_has_the_44_byte_header_and_is_readable_by_all(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    wav.write(path, wav.tone())
    assert path.read_bytes()[:4] == b"RIFF"
    assert path.read_bytes()[36:40] == b"data"
    assert path.stat().st_mode & 0o777 == 0o644
    assert wav.check(path) == wav.WavFacts(rate=8000, frames=3200, seconds=0.4)
    with wave.open(str(path)) as judge:
        assert (judge.getnchannels(), judge.getsampwidth(), judge.getframerate()) == (1, 2, 8000)
    assert [entry.name for entry in tmp_path.iterdir()] == ["tone.wav"]


def test_a_full_disk_leaves_the_old_file_and_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "welcome.wav"
    wav.write(path, sine(300, 8000, 0.1))
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            wav.write(path, sine(500, 8000, 5))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["welcome.wav"]


def test_floating_samples_are_not_silently_turned_into_noise(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        wav.write(tmp_path / "x.wav", np.zeros(10))  # type: ignore[arg-type]


@pytest.mark.parametrize(("tag", "judge"), [(6, "alaw2lin"), (7, "ulaw2lin")])
def test_telephone_codings_are_read_as_the_standard_library_reads_them(tmp_path: Path, tag: int, judge: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        audioop = pytest.importorskip("audioop", reason="left the standard library in Python 3.13")
    codes = bytes(range(256))
    path = tmp_path / "call.wav"
    path.write_bytes(wav_bytes(codes, tag=tag, bits=8))
    samples, rate = wav.read_pcm(path)
    assert rate == 8000
    assert samples.tobytes() == getattr(audioop, judge)(codes, 2)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (wav_bytes(struct.pack("<4h", 100, 300, -100, -300), channels=2), [200, -200]),
        (wav_bytes(bytes([128, 255, 0]), bits=8), [0, 32512, -32768]),
        (wav_bytes(b"\0\0\x40\0\0\xc0", bits=24), [16384, -16384]),
        (wav_bytes(struct.pack("<2i", 1 << 30, -(1 << 30)), bits=32), [16384, -16384]),
        (wav_bytes(struct.pack("<3f", 0.5, -2.0, float("nan")), tag=3, bits=32), [16384, -32768, 0]),
        (wav_bytes(struct.pack("<2h", 7, -7), tag=0xFFFE, more=EXTENSIBLE), [7, -7]),
    ],
)
def test_recorders_and_sound_editors_are_understood(tmp_path: Path, content: bytes, expected: list[int]) -> None:
    path = tmp_path / "export.wav"
    path.write_bytes(content)
    assert wav.read_pcm(path)[0].tolist() == expected


def test_an_unknown_coding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "adpcm.wav"
    path.write_bytes(wav_bytes(b"\1" * 80, tag=2, bits=8))
    with pytest.raises(wav.UnusableSound, match="не читається"):
        wav.read_pcm(path)


def test_a_recording_that_still_grows_gives_what_is_there(tmp_path: Path) -> None:
    """Asterisk corrects the sizes in the header only when the recording ends."""
    path = tmp_path / "appeal.wav"
    path.write_bytes(wav_bytes(b"") + b"\5\0" * 16000)
    assert len(wav.read_pcm(path)[0]) == 16000
    path.write_bytes(wav_bytes(b"\5\0" * 8000)[:-1001])
    assert len(wav.read_pcm(path)[0]) == 8000 - 501
    path.write_bytes(wav_bytes(b""))
    assert len(wav.read_pcm(path)[0]) == 0


def test_chunks_after_the_sound_are_not_played(tmp_path: Path) -> None:
    sound = wav_bytes(b"\5\0" * 100)
    content = sound + b"LIST" + struct.pack("<I", 4) + b"INFO"
    path = tmp_path / "tagged.wav"
    path.write_bytes(content[:4] + struct.pack("<I", len(content) - 8) + content[8:])
    assert wav.check(path).frames == 100
    assert len(wav.read_pcm(path)[0]) == 100


def test_pieces_are_joined_with_the_asked_silence_between_them() -> None:
    piece = np.ones(800, dtype=np.int16)
    joined = wav.join([piece, piece], gap_ms=50)
    assert len(joined) == 800 + 400 + 800
    assert not joined[800:1200].any()
    assert len(wav.join([], gap_ms=50)) == 0


@pytest.mark.parametrize("rate", [11025, 16000, 22050, 24000, 44100, 48000])
def test_speech_survives_resampling_and_what_a_telephone_cannot_carry_does_not_fold_back(rate: int) -> None:
    kept = wav.resample(sine(1000, rate, 1.0), rate)
    assert len(kept) == 8000
    middle = slice(400, -400)
    np.testing.assert_allclose(kept[middle], sine(1000, 8000, 1.0)[middle], atol=150)
    gone = wav.resample(sine(5000, rate, 1.0), rate)
    assert np.abs(gone[middle].astype(int)).max() < 150


def test_resampling_up_keeps_the_sound_too() -> None:
    up = wav.resample(sine(1000, 8000, 1.0), 8000, 16000)
    np.testing.assert_allclose(up[800:-800], sine(1000, 16000, 1.0)[800:-800], atol=150)


def test_a_studio_recording_becomes_a_piece_like_the_shipped_ones(tmp_path: Path) -> None:
    rate = 48000
    quiet = np.zeros(rate, dtype=np.int16)
    voice = sine(400, rate, 1.0, level=2000)
    both = np.repeat(np.concatenate([quiet, voice, quiet]), 2)
    source, target = tmp_path / "take 3.wav", tmp_path / "welcome.wav"
    source.write_bytes(wav_bytes(both.tobytes(), channels=2, rate=rate))
    facts = wav.convert(source, target)
    assert facts.seconds == pytest.approx(1.08, abs=0.02)
    assert np.abs(wav.read_pcm(target)[0].astype(int)).max() == pytest.approx(23_000, abs=5)


def test_a_recording_of_silence_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "muted.wav"
    source.write_bytes(wav_bytes(bytes(16000)))
    with pytest.raises(wav.UnusableSound, match="лише тиша"):
        wav.convert(source, tmp_path / "welcome.wav")
    assert not (tmp_path / "welcome.wav").exists()
