"""Danger to life in a message: raised once, shown to everybody at once, taken by one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from db import audit
from db.draft_tables import MAX_DIAL, Alarm
from db.models import Call, Recording, User

SHOWN = timedelta(hours=12)
"""An alarm that nobody took in a whole shift is no news any more; it stays in its card."""


@dataclass(frozen=True, slots=True)
class Danger:
    """What was said and whom to telephone («104», «101 і аварійну обленерго»); ``why`` in Ukrainian."""

    dial: str
    words: str
    why: str


def raise_alarms(session: Session, recording_id: int, dangers: Iterable[Danger], at: datetime) -> list[Alarm]:
    """Raise what is new of a recording; may be asked again with every word that is heard.

    Returns:
        The new alarms; none for a danger that was raised before, seen or not.
    """
    known = set(session.scalars(select(Alarm.dial).where(Alarm.recording_id == recording_id)))
    raised: list[Alarm] = []
    for danger in dangers:
        dial = danger.dial[:MAX_DIAL]
        if dial not in known:
            known.add(dial)
            raised.append(Alarm(recording_id=recording_id, dial=dial, words=danger.words, why=danger.why, raised_at=at))
    session.add_all(raised)
    session.flush()
    return raised


def unseen(session: Session, at: datetime) -> list[Alarm]:
    """Alarms that nobody has taken, the latest first."""
    query = (
        select(Alarm)
        .where(Alarm.seen_at.is_(None), Alarm.raised_at > at - SHOWN)
        .order_by(Alarm.raised_at.desc(), Alarm.id.desc())
        .options(joinedload(Alarm.recording).joinedload(Recording.call).joinedload(Call.appeal))
    )
    return list(session.scalars(query))


def of_call(session: Session, call_id: str) -> list[Alarm]:
    """All alarms of a call, in the order they were raised."""
    query = select(Alarm).join(Alarm.recording).where(Recording.call_id == call_id).order_by(Alarm.id)
    return list(session.scalars(query.options(joinedload(Alarm.seen_by))))


def take(session: Session, alarm_id: int, by: User, at: datetime) -> bool:
    """Somebody sees to it; of two people one gets it. An audit entry.

    Returns:
        False when somebody else took it before, or there is no such alarm.
    """
    mine = session.execute(
        update(Alarm)
        .where(Alarm.id == alarm_id, Alarm.seen_at.is_(None))
        .values(seen_by_id=by.id, seen_at=at)
        .returning(Alarm.recording_id)
    ).scalar_one_or_none()
    if mine is None:
        return False
    audit.record(session, "alarm_taken", f"recording {mine}", by=by, at=at)
    return True
