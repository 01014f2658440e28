"""The spool: what a call leaves behind before any database is asked.

``root/<call id>/journal.jsonl`` beside the call's recordings; ``root/fallback/`` for calls the dialplan answered alone;
``root/receipts/`` counts the receipts of a day. A line of a journal is one JSON object::

    {"is": "call", "at": ..., "call_id", "caller", "receipt", "can_record", "attempt_id",
     "line", "direction", "flow", "flow_version"}
    {"is": "entry", "at": ..., "n", "said", "command", "reply"}      (ivr_flows.run.Entry)
    {"is": "end", "at": ..., "result": "completed" | "hung_up" | "failed"}

While a call runs, its line holds a lock on the journal: the kernel lets go of it when the process dies, so an ingest
knows a dead call from a long conversation with an operator. The spool therefore lies on a local disk.
"""

from __future__ import annotations

import dataclasses
import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import structlog

from db.receipts import receipt
from ivr_flows.run import CallFacts, Entry

JOURNAL = "journal.jsonl"
FALLBACK = "fallback"
RECEIPTS = "receipts"
SHARED = 0o2770
"""Asterisk runs as another user of the same group and puts recordings into the folders we make."""

_CALL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)

Result = Literal["completed", "hung_up", "failed"]

log = structlog.get_logger()


class UnsafeName(Exception):
    """A call id or file name that is no plain name: somebody tries to reach outside the folder, or a line is broken."""


class CallAlreadySpooled(Exception):
    """A line opened a call twice: its id is not unique, or the dialplan called our server again for one call."""


class Spool:
    """The folder the lines write into. Makes it, with its parts, when missing.

    Args:
        is_archived: whether an earlier call with this id has left the spool: a clock that was set back makes Asterisk
            repeat its ids.
    """

    def __init__(self, root: Path, is_archived: Callable[[str], bool] = lambda _call_id: False) -> None:
        self.root = root
        self._is_archived = is_archived
        for folder in (root, self.fallback, root / RECEIPTS):
            folder.mkdir(parents=True, exist_ok=True)
            _share(folder)

    @property
    def fallback(self) -> Path:
        """Where the dialplan records when our server is down."""
        return self.root / FALLBACK

    def open_call(
        self, facts: CallFacts, *, line: str, direction: str, flow: str, flow_version: int, at: datetime
    ) -> SpooledCall:
        """Begin a call: its folder and the first line of its journal.

        Raises:
            CallAlreadySpooled, UnsafeName: see there.
            OSError: the disk is full or not writable.
        """
        folder = self.root / safe_call_id(facts.call_id)
        if self._is_archived(facts.call_id):
            raise CallAlreadySpooled(facts.call_id)
        try:
            folder.mkdir()
        except FileExistsError as error:
            raise CallAlreadySpooled(facts.call_id) from error
        folder.chmod(SHARED)
        call = SpooledCall(folder)
        header = {"line": line, "direction": direction, "flow": flow, "flow_version": flow_version}
        try:
            call.write({"is": "call", **dataclasses.asdict(facts), **header}, at)
        except OSError:
            call.close()
            raise
        return call

    def next_receipt(self, day: date) -> str:
        """The next receipt of the city's day ``day``; unique across threads, processes, restarts.

        Raises:
            OSError: the disk is full or not writable.
        """
        # The counter is the length of a file: one byte more is never half-written.
        with (self.root / RECEIPTS / day.isoformat()).open("ab", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(b".")
            os.fsync(file.fileno())
            return receipt(day, os.fstat(file.fileno()).st_size)

    def can_record(self, min_free_mb: int) -> bool:
        """False when the disk is nearly full, or cannot be asked."""
        try:
            return shutil.disk_usage(self.root).free >= min_free_mb * 2**20
        except OSError:
            log.exception("cannot tell how much room the spool has")
            return False


class SpooledCall:
    """One running call. Used by one thread; every line is on the disk when :meth:`keep` returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = os.open(folder / JOURNAL, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o640)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def recording_path(self, n: int, name: str) -> Path:
        """Where the line records: ``<n>-<name>.wav`` in the call's folder.

        Raises:
            UnsafeName: see there.
        """
        if not _NAME.fullmatch(name):
            raise UnsafeName(f"not a recording's name: {name!r}")
        return self.folder / f"{int(n)}-{name}.wav"

    def keep(self, entry: Entry, at: datetime) -> None:
        """Append a journal entry.

        Raises:
            OSError: the disk is full; nothing half-written stays.
        """
        self.write({"is": "entry", **entry.to_json()}, at)

    def finish(self, result: Result, at: datetime) -> None:
        """Append the end and let go of the journal. Without it the call counts as lost when the process ends."""
        try:
            self.write({"is": "end", "result": result}, at)
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the journal without an end, as a crash would."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def write(self, line: dict[str, Any], at: datetime) -> None:
        """Append one line of the journal."""
        text = json.dumps({**line, "at": at.astimezone(UTC).isoformat()}, ensure_ascii=False)
        size = os.fstat(self._file).st_size
        try:
            _write_all(self._file, text.encode() + b"\n")
        except OSError:
            os.ftruncate(self._file, size)
            raise
        os.fsync(self._file)


def safe_call_id(call_id: str) -> str:
    """The id itself, when it can be the name of a folder.

    Raises:
        UnsafeName: see there.
    """
    if not _CALL_ID.fullmatch(call_id) or call_id in (FALLBACK, RECEIPTS):
        raise UnsafeName(f"not a call id: {call_id!r}")
    return call_id


def _write_all(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def _share(folder: Path) -> None:
    """Open the folder to the group; one that another user made keeps the rights that user gave it."""
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(SHARED)
