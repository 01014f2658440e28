"""The rows of one call, from the lines of its journal and the files beside it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import appeal_moves, growing, phones
from db.journals import BrokenLine, Line
from db.models import Call, CallbackAttempt, JournalEntry, Recording
from db.recordings import safe_file
from db.spool import UnsafeName
from db.wav_length import length_of
from ivr_flows.codec import UnreadableJournal
from ivr_flows.hotline_1580 import MIN_MESSAGE_S
from ivr_flows.replies import Taped
from ivr_flows.run import Entry

QUIET = timedelta(minutes=5)
"""A file without an end that nobody has touched for so long is as long as it will ever be."""

FALLBACK_FILE = "fallback.wav"

log = structlog.get_logger()


def take_line(session: Session, folder: Path, line: Line, at: datetime) -> list[Recording]:
    """Take one line of a journal; a broken one is kept aside and the call goes on without it.

    Returns:
        The recordings it brought.
    """
    try:
        kind, line_at, data = line.read()
        call = session.get(Call, folder.name)
        if kind == "call":
            _begin(session, call or _new_call(session, folder.name, line_at), data, line_at)
        elif kind == "entry":
            return _take_entry(session, call or _new_call(session, folder.name, line_at), folder, data, line_at)
        elif kind == "end":
            _end(call or _new_call(session, folder.name, line_at), str(data["result"]), line_at)
        else:
            raise BrokenLine("neither call, entry nor end")
    except (BrokenLine, UnreadableJournal, UnsafeName, KeyError, ValueError, TypeError) as error:
        _keep_aside(session, folder, line, error, at)
    return []


def add_recording(
    session: Session, call: Call, path: Path, *, name: str, seconds: float, ended_by: str, at: datetime
) -> Recording | None:
    """The row of a finished recording, and the appeal of the first message that is long enough.

    A recording that was followed while it grew has its row already, which gets its end here, once. None when the row
    stands complete, or when there is neither a row nor a sound.

    Args:
        path: where the file lies now; a missing file still makes a row, so that people see what was lost.
        at: when the recording ended.
    """
    recording = session.scalar(select(Recording).where(Recording.call_id == call.id, Recording.file == path.name))
    if (recording is None and seconds <= 0) or (recording is not None and recording.ended_by):
        return None
    end = {"seconds": seconds, "ended_by": ended_by, "made_at": at, "sha256": _sha256(path)}
    if recording is None:
        recording = Recording(call=call, name=name, file=path.name, **end)
        session.add(recording)
        session.flush()
    else:
        growing.complete(session, recording, **end)
    if name == "appeal" and seconds >= MIN_MESSAGE_S and call.appeal is None:
        appeal_moves.begin(session, call, phone=phones.normal(call.caller), at=at)
    return recording


def take_leftovers(session: Session, call: Call, folder: Path, at: datetime) -> tuple[list[Recording], bool]:
    """Recordings of a call that is over which no journal line names: the line died in mid recording.

    Returns:
        New recordings, and False while Asterisk may still be writing one of them.
    """
    found: list[Recording | None] = []
    settled = True
    told = {row.entry["reply"].get("file") for row in call.entries}  # the line itself saw these end
    for path in sorted(folder.glob("*.wav")):
        if path.name in told:
            continue
        name = growing.name_of(path)
        if name is None or path.is_symlink():
            if path.name != FALLBACK_FILE:
                log.error("a strange file among the recordings stays as it is", call=call.id)
            continue
        length = length_of(path)
        touched = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if not length.final and touched > at - QUIET:
            settled = False
        else:
            seconds = length.seconds
            found.append(
                add_recording(session, call, path, name=name, seconds=seconds, ended_by="line_lost", at=touched)
            )
    for gone in growing.without_file(session, call.id, folder):
        found.append(
            add_recording(session, call, folder / gone.file, name=gone.name, seconds=0.0, ended_by="line_lost", at=at)
        )
    return [recording for recording in found if recording], settled


def new_call(session: Session, call_id: str, *, flow: str, at: datetime) -> Call:
    """The row of a call of which nothing but its id is known (yet)."""
    call = Call(
        id=call_id,
        line="asterisk",
        direction="in",
        flow=flow,
        flow_version=0,
        caller="",
        started_at=at,
        by_dialplan=False,
        lines_ingested=0,
    )
    session.add(call)
    session.flush()
    return call


def _new_call(session: Session, call_id: str, at: datetime) -> Call:
    return new_call(session, call_id, flow="unknown", at=at)


def _begin(session: Session, call: Call, data: dict[str, Any], at: datetime) -> None:
    """Also for a call the dialplan answered alone in the end: both parts are one row."""
    call.line, call.direction = str(data["line"])[:20], str(data["direction"])[:3]
    call.flow, call.flow_version = str(data["flow"])[:40], int(data["flow_version"])
    call.caller = _digits(data["caller"], 32) or call.caller
    call.receipt = _digits(data["receipt"], 16) or None
    call.started_at = min(call.started_at, at)
    session.flush()
    if data.get("attempt_id") is not None:
        attempt = session.get(CallbackAttempt, int(data["attempt_id"]))
        if attempt is None:
            log.error("a feedback call names an attempt that does not exist", call=call.id)
        elif attempt.call_id is None:
            attempt.call_id = call.id


def _take_entry(session: Session, call: Call, folder: Path, data: dict[str, Any], at: datetime) -> list[Recording]:
    entry = Entry.from_json(data)
    if session.get(JournalEntry, (call.id, entry.n)) is not None:
        raise BrokenLine("an entry with this number stands already")
    file = safe_file(entry.reply.file) if isinstance(entry.reply, Taped) else ""
    session.add(JournalEntry(call_id=call.id, n=entry.n, at=at, entry=entry.to_json()))
    session.flush()
    if not isinstance(entry.reply, Taped):
        return []
    path = folder / file
    seconds = entry.reply.seconds or (length_of(path).seconds if path.is_file() else 0.0)
    name = getattr(entry.command, "name", "appeal")
    recording = add_recording(session, call, path, name=name, seconds=seconds, ended_by=entry.reply.ended_by, at=at)
    return [recording] if recording else []


def _digits(text: object, at_most: int) -> str:
    return "".join(sign for sign in str(text) if sign in "0123456789")[:at_most]


def _end(call: Call, result: str, at: datetime) -> None:
    if result not in ("completed", "hung_up", "failed"):
        raise BrokenLine("a call cannot end like this")
    call.result, call.ended_at = result, max(at, call.ended_at or at)


def _keep_aside(session: Session, folder: Path, line: Line, error: Exception, at: datetime) -> None:
    aside = folder / f"broken-line-{line.number}.txt"
    aside.write_bytes(line.raw)
    log.error(
        "kept a broken journal line aside, the call goes on without it",
        call=folder.name,
        line=line.number,
        file=aside.name,
        error=type(error).__name__,
    )
    if session.get(Call, folder.name) is None:
        _new_call(session, folder.name, at)


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        log.error("a recording named by its journal is missing", call=path.parent.name)
        return None
