"""Who is recognised next? The rows of the recordings are the queue.

Live calls go before finished recordings: a worker takes every recording that grows. Of the finished ones those with an
alarm in their words so far go first, then the shortest: so the sum of all waiting is least. That alone would let a long
recording starve, so a worker gives every few turns to the one that has waited longest (``transcribe.worker``).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from db.draft_tables import Alarm
from db.models import Recording
from db.transcripts import LIVE, free


def growing(session: Session, at: datetime) -> int | None:
    """A recording that is being made and that nobody follows, the oldest first."""
    found = select(Recording.id).where(Recording.state.in_(LIVE), free(at))
    return session.scalar(found.order_by(Recording.made_at, Recording.id).limit(1))


def finished(
    session: Session, at: datetime, held: Collection[int] = (), *, more: bool = True, oldest: bool = False
) -> int | None:
    """The finished recording whose turn it is.

    Args:
        held: those the asking worker has claimed already; they take their turns with the waiting ones.
        more: it may claim another one.
        oldest: this turn is for the one that has waited longest, however long it is.
    """
    waiting = Recording.state.not_in(LIVE) & free(at)
    ours = Recording.id.in_(held)
    alarm = exists().where(Alarm.recording_id == Recording.id)
    age = (Recording.made_at, Recording.id)
    order = (alarm.desc(), *age) if oldest else (alarm.desc(), Recording.seconds, *age)
    found = select(Recording.id).where(or_(ours, waiting) if more else ours)
    return session.scalar(found.order_by(*order).limit(1))
