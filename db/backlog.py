"""How far recognition is behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Recording

UNRECOGNISED = ("waiting", "taken")


@dataclass(frozen=True, slots=True)
class Backlog:
    """Recordings without words yet: how many, and when the oldest of them was made (UTC; None when none waits)."""

    waiting: int
    oldest: datetime | None


def backlog(session: Session) -> Backlog:
    """What waits for recognition now."""
    count, oldest = session.execute(
        select(func.count(Recording.id), func.min(Recording.made_at)).where(Recording.state.in_(UNRECOGNISED))
    ).one()
    return Backlog(count, oldest)
