"""The sound of a WAV file block by block: a file of any length, also one that is still being written."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from sound import wav


class WavStream:
    """An open WAV file. It stays readable when it is moved or removed meanwhile.

    Attributes:
        rate: samples a second, Hz.
        channels: how many.

    Raises:
        UnusableSound: missing, not a WAV, or another coding.
    """

    def __init__(self, path: Path) -> None:
        self._header = wav.header_of(path)
        self._name = path.name
        self.rate, self.channels = self._header.rate, self._header.channels
        self._frame = self._header.frame_bytes
        # Unbuffered: what is read again must be what stands there now, not what stood there before.
        self._file = path.open("rb", buffering=0)
        self._file.seek(self._header.data_at)

    def __enter__(self) -> WavStream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def read(self, seconds: float) -> NDArray[np.int16]:
        """What comes next, at most so long: shape (frames, channels). Without frames: nothing more is there yet.

        Raises:
            UnusableSound: a coding nobody can read.
        """
        at = self._file.tell()
        wanted = round(seconds * self.rate) * self._frame
        data = self._file.read(min(wanted, max(self._end() - at, 0)))
        whole = len(data) // self._frame * self._frame
        self._file.seek(at + whole)  # half a frame comes with the next block
        return wav.decode(self._name, self._header, data[:whole]).reshape(-1, self.channels)

    def whole(self) -> bool:
        """True when the file says that nothing more will come: the sizes in its header are those of the file."""
        return self._sound_end() is not None

    def left(self) -> float:
        """How much is there that was not read yet, seconds."""
        return max(self._end() - self._file.tell(), 0) // self._frame / self.rate

    def _end(self) -> int:
        """Where the sound ends now, bytes. A recorder that is still writing leaves old sizes in the header."""
        end = self._sound_end()
        return self._size() if end is None else end

    def _sound_end(self) -> int | None:
        size, data_at = self._size(), self._header.data_at
        riff = self._number_at(4) + 8
        end = data_at + self._number_at(data_at - 4)
        # The header of an empty file is right too, and stands there for two seconds before the first sound.
        return end if riff == size and data_at < end <= size else None

    def _number_at(self, place: int) -> int:
        return int.from_bytes(os.pread(self._file.fileno(), 4, place), "little")

    def _size(self) -> int:
        return os.fstat(self._file.fileno()).st_size
