"""Who is speaking on the line this moment, and what has been heard of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from db.live_tables import LiveWords
from db.models import Call, Recording
from db.transcripts import LIVE

FORGOTTEN = timedelta(minutes=30)
"""No message lasts so long: a recording that still says it grows was left behind by a crash."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One message that is being spoken.

    Attributes:
        words: so far, as in a transcript; the newest may still change.
        heard_seconds: how much of the message they stand for.
        heard_at: when the words were written; None before the first.
    """

    recording: Recording
    words: list[Any]
    heard_seconds: float
    heard_at: datetime | None

    @property
    def text(self) -> str:
        return " ".join(str(word["word"]) for word in self.words)

    def elapsed(self, at: datetime) -> float:
        """For how many seconds this person has been speaking."""
        return max(0.0, (at - self.recording.made_at).total_seconds())

    def behind(self, at: datetime) -> float:
        """By how many seconds the words lag behind the voice."""
        return max(0.0, self.elapsed(at) - self.heard_seconds)


def talking(session: Session, at: datetime) -> list[Talk]:
    """Everybody who speaks now, the one who began first at the top."""
    query = (
        select(Recording, LiveWords)
        .outerjoin(LiveWords, LiveWords.recording_id == Recording.id)
        .where(Recording.state.in_(LIVE), Recording.made_at > at - FORGOTTEN)
        .order_by(Recording.made_at, Recording.id)
        .options(joinedload(Recording.call).joinedload(Call.appeal))
    )
    return [_talk(recording, heard) for recording, heard in session.execute(query)]


def talk_of(session: Session, recording: Recording) -> Talk | None:
    """What is being said in this recording; None when it is over."""
    if recording.state not in LIVE:
        return None
    return _talk(recording, session.get(LiveWords, recording.id))


def _talk(recording: Recording, heard: LiveWords | None) -> Talk:
    if heard is None:
        return Talk(recording, [], 0.0, None)
    return Talk(recording, list(heard.words), heard.heard_seconds, heard.at)
