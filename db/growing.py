"""Recordings that are still being made: their rows, so that a worker can follow them while the citizen speaks.

The row is made here when the file holds its first sound, and gets its length, its end and its hash from
:func:`db.call_rows.add_recording` when the journal (or the end of the line) tells them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from db.models import Call, Recording
from db.wav_length import length_of

_RECORDED = re.compile(r"\d+-([a-z][a-z0-9_]*)\.wav", re.ASCII)


def name_of(path: Path) -> str | None:
    """What a line called a recording («appeal»); None for a file that no line made."""
    recorded = _RECORDED.fullmatch(path.name)
    return recorded[1] if recorded else None


def begun(folder: Path, known: Collection[tuple[str, str]]) -> tuple[Path, ...]:
    """Recordings of a running call that hold sound and have no row yet.

    Args:
        known: call id and file of the rows that stand.
    """
    found = (path for path in sorted(folder.glob("*.wav")) if (folder.name, path.name) not in known)
    return tuple(path for path in found if name_of(path) and not path.is_symlink() and length_of(path).seconds > 0)


def take(session: Session, call: Call, begun: Iterable[Path], at: datetime) -> list[Recording]:
    """The rows of recordings that have begun. No appeal yet: whoever is silent for some seconds has not appealed."""
    rows: list[Recording] = []
    for path in begun:
        # A line of the journal may have told its end in this very unit of work.
        if session.scalar(select(Recording.id).where(Recording.call_id == call.id, Recording.file == path.name)):
            continue
        seconds = length_of(path).seconds
        row = Recording(
            call=call,
            name=name_of(path) or "",
            file=path.name,
            seconds=seconds,
            ended_by="",
            made_at=at - timedelta(seconds=seconds),
            state="growing",
        )
        session.add(row)
        rows.append(row)
    session.flush()
    return rows


def complete(session: Session, recording: Recording, **end: Any) -> None:
    """Its end is known. A worker may take the recording at this moment, so the state is moved by the database."""
    moved = case(
        (Recording.state == "growing", "waiting"), (Recording.state == "followed", "taken"), else_=Recording.state
    )
    session.execute(
        update(Recording)
        .where(Recording.id == recording.id, Recording.ended_by == "")
        .values(state=moved, next_try_at=None, **end)
        .execution_options(synchronize_session=False)
    )
    session.refresh(recording)


def without_file(session: Session, call_id: str, folder: Path) -> list[Recording]:
    """Rows of recordings without an end whose file is gone: somebody deleted it by hand."""
    rows = session.scalars(select(Recording).where(Recording.call_id == call_id, Recording.ended_by == ""))
    return [row for row in rows if not (folder / row.file).exists()]
