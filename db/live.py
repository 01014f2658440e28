"""Recognition while the citizen speaks: what was heard so far, and which recordings have come to their end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import appeal_moves, phones
from db.live_tables import LiveWords
from db.models import Call, Recording
from db.transcripts import TAKEN

APPEAL = "appeal"
"""The recordings that make an appeal."""


def keep_words(
    session: Session,
    recording_id: int,
    words: Iterable[Mapping[str, Any]],
    *,
    heard_seconds: float,
    by: str,
    at: datetime,
) -> bool:
    """Keep what was heard so far; the first words of a message make its appeal. Also says that the worker is alive.

    Args:
        words: all words so far, as in a transcript; the last ones may still change.
        heard_seconds: how much of the recording they stand for.
        by: the worker that claimed the recording.

    Returns:
        False when the recording is no longer this worker's.
    """
    ours = session.execute(
        update(Recording)
        .where(Recording.id == recording_id, Recording.state.in_(TAKEN), Recording.taken_by == by)
        .values(taken_at=at)
        .returning(Recording.call_id, Recording.name)
    ).one_or_none()
    if ours is None:
        return False
    live = session.get(LiveWords, recording_id) or LiveWords(recording_id=recording_id)
    live.words, live.heard_seconds, live.at = [dict(word) for word in words], heard_seconds, at
    session.add(live)
    session.flush()
    if live.words and ours.name == APPEAL:
        _begin_appeal(session, ours.call_id, at)
    return True


def ended(session: Session, recording_ids: Collection[int]) -> list[int]:
    """Those of the recordings that are whole."""
    return list(session.scalars(select(Recording.id).where(Recording.id.in_(recording_ids), Recording.ended_by != "")))


def _begin_appeal(session: Session, call_id: str, at: datetime) -> None:
    call = session.get_one(Call, call_id)
    if call.appeal is not None:
        return
    try:
        with session.begin_nested():
            appeal_moves.begin(session, call, phone=phones.normal(call.caller), at=at)
    except IntegrityError:
        session.expire(call, ["appeal"])  # the ingest took the end of the message at this moment
