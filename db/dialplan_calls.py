"""Calls the dialplan answered alone, because our server was down: a recording and a mark, no journal."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from db.call_rows import FALLBACK_FILE, QUIET, add_recording, new_call
from db.models import Call, Recording
from db.recordings import RecordingStore, put_file
from db.wav_length import length_of

FLOW = "dialplan"
MAX_CALLER_DIGITS = 20

_UNIQUEID = re.compile(r"(\d{9,11})\.\d+", re.ASCII)


def unique_ids(fallback: Path, at: datetime) -> list[str]:
    """Channels whose recording is complete: the dialplan wrote its mark, or Asterisk died long ago."""
    complete = {mark.stem for mark in fallback.glob("*.caller")}
    for sound in fallback.glob("*.wav"):
        if datetime.fromtimestamp(sound.stat().st_mtime, UTC) <= at - QUIET:
            complete.add(sound.stem)
    return sorted(complete)


def take(session: Session, store: RecordingStore, fallback: Path, unique_id: str, at: datetime) -> list[Recording]:
    """The rows of one such call; its other half, when our server died in mid call, is the same row.

    The recording is put beside the call's other files before anything is committed; :func:`clear` removes the source
    afterwards.
    """
    sound = fallback / f"{unique_id}.wav"
    call_id = f"ast-{unique_id}"
    ended = datetime.fromtimestamp(sound.stat().st_mtime, UTC) if sound.is_file() else at
    call = session.get(Call, call_id) or new_call(session, call_id, flow=FLOW, at=_started(unique_id, ended))
    call.by_dialplan = True
    call.caller = call.caller or _caller(fallback / f"{unique_id}.caller")
    call.result, call.ended_at = call.result or "completed", max(ended, call.ended_at or ended)
    if not sound.is_file():
        return []
    folder = store.folder(call_id) or store.archived(call_id, call.started_at)
    put_file(sound, folder / FALLBACK_FILE)
    seconds = length_of(sound).seconds
    if seconds <= 0:
        return []
    kept = folder / FALLBACK_FILE
    recording = add_recording(session, call, kept, name="appeal", seconds=seconds, ended_by="hangup", at=ended)
    return [recording] if recording else []


def clear(fallback: Path, unique_id: str) -> None:
    """Remove what was taken; the mark last, so that a recording never stands without it."""
    (fallback / f"{unique_id}.wav").unlink(missing_ok=True)
    (fallback / f"{unique_id}.caller").unlink(missing_ok=True)


def _started(unique_id: str, ended: datetime) -> datetime:
    """Asterisk names a channel after the second it began."""
    named = _UNIQUEID.fullmatch(unique_id)
    return min(datetime.fromtimestamp(int(named[1]), UTC), ended) if named else ended


def _caller(mark: Path) -> str:
    try:
        text = mark.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return ""
    return "".join(sign for sign in text if sign in "0123456789")[:MAX_CALLER_DIGITS]
