"""A file that is still being written is read as it grows, and tells its own end."""

from pathlib import Path

import numpy as np
import pytest

from sound import wav
from sound.wav import UnusableSound
from sound.wav_stream import WavStream

RATE = 8000


@pytest.fixture
def growing(tmp_path: Path) -> Path:
    """As Asterisk begins it: a header whose sizes fit the empty file."""
    path = tmp_path / "1-appeal.wav"
    wav.write(path, wav.silence(0))
    return path


def write(path: Path, samples: list[int], odd_bytes: bytes = b"") -> None:
    with path.open("ab") as file:
        file.write(np.array(samples, "<i2").tobytes() + odd_bytes)


def test_what_comes_is_read_once_and_in_order(growing: Path):
    with WavStream(growing) as stream:
        assert (stream.rate, stream.channels, stream.left()) == (RATE, 1, 0.0)
        write(growing, [1, 2, 3, 4])
        assert stream.read(2 / RATE).ravel().tolist() == [1, 2]
        write(growing, [5])
        assert stream.left() == 3 / RATE
        assert stream.read(10).ravel().tolist() == [3, 4, 5]
        assert stream.read(10).shape == (0, 1)


def test_half_a_sample_is_waited_for(growing: Path):
    with WavStream(growing) as stream:
        write(growing, [7], b"\x05")
        assert stream.read(10).ravel().tolist() == [7]
        assert stream.left() == 0.0
        with growing.open("ab") as file:
            file.write(b"\x00")
        assert stream.read(10).ravel().tolist() == [5]


def test_the_header_tells_when_nothing_more_will_come(growing: Path):
    with WavStream(growing) as stream:
        assert not stream.whole(), "a recording that has only begun has a right header too"
        write(growing, [1] * 8000)
        assert not stream.whole()
        with growing.open("r+b") as file:
            file.seek(4)
            file.write((36 + 16000).to_bytes(4, "little"))
            file.seek(40)
            file.write((16000).to_bytes(4, "little"))
        assert stream.whole()
        assert len(stream.read(10)) == 8000


def test_a_file_that_is_moved_away_is_read_to_its_end(growing: Path, tmp_path: Path):
    with WavStream(growing) as stream:
        moved = growing.rename(tmp_path / "archived.wav")
        write(moved, [1, 2])
        assert stream.read(10).ravel().tolist() == [1, 2]


def test_what_stands_behind_the_sound_is_no_sound(tmp_path: Path):
    path = tmp_path / "tagged.wav"
    wav.write(path, np.array([1, 2], np.int16))
    data = path.read_bytes() + b"LIST\x04\0\0\0INFO"
    path.write_bytes(data[:4] + (len(data) - 8).to_bytes(4, "little") + data[8:])
    with WavStream(path) as stream:
        assert stream.whole()
        assert stream.read(10).ravel().tolist() == [1, 2]
        assert stream.left() == 0.0


def test_a_file_broken_off_gives_what_is_there_and_is_never_whole(tmp_path: Path):
    path = tmp_path / "broken.wav"
    wav.write(path, np.arange(100, dtype=np.int16))
    path.write_bytes(path.read_bytes()[:-50])
    with WavStream(path) as stream:
        assert not stream.whole()
        assert stream.read(10).ravel().tolist() == list(range(75))


def test_two_channels_stand_side_by_side(tmp_path: Path):
    path = tmp_path / "stereo.wav"
    wav.write(path, np.array([1, -1, 2, -2], np.int16))
    data = bytearray(path.read_bytes())
    data[22], data[32] = 2, 4
    path.write_bytes(data)
    with WavStream(path) as stream:
        assert stream.read(10).tolist() == [[1, -1], [2, -2]]


@pytest.mark.parametrize("content", [b"", b"ID3\x04\0\0\0\0\0\x21\xff\xfb\x90\x64", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0"])
def test_what_is_no_wav_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "strange.wav").write_bytes(content)
    with pytest.raises(UnusableSound, match=r"strange\.wav"):
        WavStream(tmp_path / "strange.wav")
