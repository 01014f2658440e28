"""The spool becomes rows: exactly once, whatever was interrupted.

Each call is one unit of work. A line of a journal is taken when ``Call.lines_ingested`` is raised past it in the same
commit as its rows; a recording is one row by its file name, made while the citizen still speaks and completed once,
when its end is known; a folder goes to the archive only after the commit. So a run that was killed anywhere is
completed by the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import callbacks, dialplan_calls, growing, journals
from db.call_rows import QUIET, new_call, take_leftovers, take_line
from db.calling_hours import CallbackPolicy
from db.engine import Records, RecordsDown
from db.journals import Journal
from db.models import Call, CallbackAttempt, Recording
from db.recordings import RecordingStore, move_folder
from db.spool import FALLBACK, RECEIPTS, Spool, safe_call_id
from ivr_flows.run import Entry

ASKED_AT_ONCE = 500
"""Databases limit the values of one question; after a long outage the spool holds thousands of calls."""

AGAIN = timedelta(minutes=1)
"""When a call that could not be taken is tried again: the ingest looks several times a second."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Ingested:
    """What one run found: calls with anything new, and the ids of recordings that have begun or ended."""

    calls: int
    new_recordings: tuple[int, ...]


@dataclass
class _Work:
    """What every step needs, and what was found so far."""

    records: Records
    spool: Spool
    store: RecordingStore
    policy: CallbackPolicy
    at: datetime
    refused: dict[str, datetime]
    lines_known: dict[str, int] = field(default_factory=dict)
    files_known: set[tuple[str, str]] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    recordings: list[int] = field(default_factory=list)


def ingest(
    records: Records,
    spool: Spool,
    store: RecordingStore,
    at: datetime,
    policy: CallbackPolicy | None = None,
    *,
    refused: dict[str, datetime] | None = None,
) -> Ingested:
    """Take everything new of the spool into the records. May run at any time, twice, or beside another one.

    A call that cannot be taken is logged and stays in the spool; the others are taken.

    Args:
        refused: what the caller keeps from run to run: calls that could not be taken, and when. None tries each again.

    Raises:
        RecordsDown: nothing is lost, the spool waits.
    """
    work = _Work(records, spool, store, policy or CallbackPolicy(), at, {} if refused is None else refused)
    names = sorted(
        folder.name
        for folder in spool.root.iterdir()
        if folder.name not in (FALLBACK, RECEIPTS) and folder.is_dir() and not folder.is_symlink()
    )
    _look_up(work, names)
    for name in names:
        _guarded(_take_folder, work, name)
    for unique_id in dialplan_calls.unique_ids(spool.fallback, at):
        _guarded(_take_dialplan_call, work, unique_id)
    return Ingested(len(work.calls), tuple(work.recordings))


def _look_up(work: _Work, names: list[str]) -> None:
    """One question for all running calls, so that a look at a busy spool without news costs next to nothing."""
    if not names:
        return
    with work.records() as session:
        for first in range(0, len(names), ASKED_AT_ONCE):
            some = names[first : first + ASKED_AT_ONCE]
            known = session.execute(select(Call.id, Call.lines_ingested).where(Call.id.in_(some)))
            for call_id, lines in known:
                work.lines_known[call_id] = lines
            files = session.execute(select(Recording.call_id, Recording.file).where(Recording.call_id.in_(some)))
            work.files_known.update((call_id, file) for call_id, file in files)


def _guarded(take: Callable[[_Work, str], None], work: _Work, name: str) -> None:
    refused_at = work.refused.pop(name, None)
    if refused_at is not None and refused_at <= work.at < refused_at + AGAIN:
        work.refused[name] = refused_at
        return
    try:
        take(work, name)
    except RecordsDown:
        raise
    except IntegrityError:
        log.info("another ingest took the call at the same moment", call=name)
    except Exception:
        work.refused[name] = work.at
        log.exception("a call cannot be ingested and stays in the spool, the others go on", call=name)


def _take_folder(work: _Work, name: str) -> None:
    folder = work.spool.root / safe_call_id(name)
    journal = _journal(folder, work.at)
    if journal is None:
        return
    begun = () if _is_over(journal) else growing.begun(folder, work.files_known)
    if not _is_over(journal) and not begun and len(journal.lines) == work.lines_known.get(name, 0):
        return
    with work.records() as session:
        call = session.get(Call, name)
        taken = call.lines_ingested if call else 0
        found = [row for line in journal.lines[taken:] for row in take_line(session, folder, line, work.at)]
        call = session.get(Call, name) or new_call(session, name, flow="unknown", at=work.at)
        call.lines_ingested = len(journal.lines)
        found += growing.take(session, call, begun, work.at)
        settled = False
        if _is_over(journal):
            left, settled = take_leftovers(session, call, folder, work.at)
            found += left
            _close(session, call, journal, work)
        session.commit()
        started = call.started_at
    if taken < len(journal.lines) or found:
        _note(work, name, found)
    if settled:
        move_folder(folder, work.store.archived(name, started))


def _journal(folder: Path, at: datetime) -> Journal | None:
    """None for a folder that was made this moment: its line has not written anything yet."""
    try:
        journal = journals.read(folder)
    except FileNotFoundError:
        journal = Journal((), alive=False)
    if not journal.lines and datetime.fromtimestamp(folder.stat().st_mtime, UTC) > at - QUIET:
        return None
    return journal


def _is_over(journal: Journal) -> bool:
    return not journal.alive or journal.has_end()


def _close(session: Session, call: Call, journal: Journal, work: _Work) -> None:
    """What follows from the end of a call, whether its line wrote it or died."""
    if not journal.has_end() and call.result != "lost":
        call.result = "lost"
        call.ended_at = call.ended_at or (call.entries[-1].at if call.entries else call.started_at)
        log.warning("a line died in mid call, what it kept is taken", call=call.id, lines=len(journal.lines))
    attempt = session.scalar(select(CallbackAttempt).where(CallbackAttempt.call_id == call.id))
    if attempt is not None:
        entries = [Entry.from_json(row.entry) for row in call.entries]
        callbacks.take_answers(session, attempt.id, entries, work.at, work.policy)


def _take_dialplan_call(work: _Work, unique_id: str) -> None:
    safe_call_id(f"ast-{unique_id}")
    fallback = work.spool.fallback
    with work.records() as session:
        found = dialplan_calls.take(session, work.store, fallback, unique_id, work.at)
        session.commit()
    _note(work, f"ast-{unique_id}", found)
    dialplan_calls.clear(fallback, unique_id)


def _note(work: _Work, call_id: str, found: list[Recording]) -> None:
    work.calls.add(call_id)
    work.recordings += [recording.id for recording in found]
