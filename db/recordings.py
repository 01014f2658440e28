"""Where a recording lies. The only code that makes a path of one."""

from __future__ import annotations

import filecmp
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from db.spool import UnsafeName, safe_call_id

CALLS = "calls"
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.wav", re.ASCII)


class NoSuchRecording(Exception):
    """Somebody deleted or moved the file by hand, the retention job removed the voice, or a backup is incomplete."""


class OtherRecording(Exception):
    """Two calls had one id (Asterisk began anew with its clock set back): what is kept is not written over."""


class RecordingStore:
    """The recordings of running calls (the spool) and of finished ones (``data/calls/<YYYY-MM>/<call id>/``).

    Args:
        data: the folder of the archive.
        spool: the spool's root, ``data/spool`` when not given.
    """

    def __init__(self, data: Path, spool: Path | None = None) -> None:
        self.archive = data / CALLS
        self.spool = spool or data / "spool"

    def path(self, call_id: str, file: str) -> Path:
        """The file of a recording.

        Raises:
            UnsafeName: not plain names, or a link that leads out of the store.
            NoSuchRecording: see there.
        """
        safe_file(file)
        for folder in self._folders(call_id):
            path = folder / file
            if path.is_symlink():
                raise UnsafeName(f"a link among the recordings: {call_id}/{file}")
            if path.is_file():
                return path
        raise NoSuchRecording(f"{call_id}/{file}")

    def folder(self, call_id: str) -> Path | None:
        """The folder of a call, wherever it lies now."""
        return next(self._folders(call_id), None)

    def archived(self, call_id: str, month: datetime) -> Path:
        """Where the folder of a finished call belongs: under the (UTC) month it began in."""
        return self.archive / month.strftime("%Y-%m") / safe_call_id(call_id)

    def _folders(self, call_id: str) -> Iterator[Path]:
        name = safe_call_id(call_id)
        months = sorted(self.archive.glob("????-??"), reverse=True)
        # The archive first: a folder that is being copied there has not got its last name yet.
        for folder in (*(month / name for month in months), self.spool / name):
            if folder.is_dir() and not folder.is_symlink():
                yield folder


def safe_file(file: str) -> str:
    """The file name itself, when it is the plain name of a WAV.

    Raises:
        UnsafeName: see there.
    """
    if not _FILE.fullmatch(file):
        raise UnsafeName(f"not a recording: {file!r}")
    return file


def move_folder(source: Path, target: Path) -> None:
    """Move a folder; at no moment is neither of them whole, also across file systems. May be repeated after a crash.

    Raises:
        OtherRecording: see there; the source stays.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        _merge(source, target)
        return
    try:
        source.rename(target)
    except OSError:
        half = target.with_name(f".{target.name}.half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(source, half)
        half.rename(target)
        shutil.rmtree(source)


def put_file(source: Path, target: Path) -> None:
    """Make ``target`` from ``source``, which stays: a link where the file system allows it, else a copy.

    Raises:
        OtherRecording: see there.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        if not filecmp.cmp(source, target, shallow=False):
            raise OtherRecording(f"{target.parent.name}/{target.name}")
        return
    try:
        target.hardlink_to(source)
    except OSError:
        half = target.with_name(f".{target.name}.half")
        shutil.copyfile(source, half)
        half.replace(target)


def _merge(source: Path, target: Path) -> None:
    """Both exist: a copy was finished and the source not yet removed, or the other half of the call was first."""
    for file in sorted(source.iterdir()):
        put_file(file, target / file.name)
    shutil.rmtree(source)
