"""Who did what: entries chained by hashes, so that a removed or changed row shows."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Audit, Counter, User
from db.numbers import next_number

SERIES = "audit"
BEGINNING = "0" * 64
"""What stands as previous hash in the first entry."""


def record(session: Session, what: str, about: str, *, by: User | None, at: datetime, details: str = "") -> Audit:
    """Add an entry; it becomes part of the chain when the caller commits.

    Args:
        what: an English code (``login``, ``listened``, ``moved``, ``edited``); :mod:`db.uk` has the words.
        about: what it concerns (``appeal 12``, ``recording 7``).
        by: None for the system, or for a login that nobody has.
        details: never personal data: field names, statuses, addresses of machines.
    """
    number = next_number(session, SERIES)  # also keeps every other writer waiting until this one commits
    previous = session.scalar(select(Audit.hash).where(Audit.id == number - 1)) or BEGINNING
    entry = Audit(
        id=number,
        at=at,
        by_id=by.id if by else None,
        what=what,
        about=about,
        details=details,
        previous_hash=previous,
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()
    return entry


def verify(session: Session) -> int | None:
    """The number of the first entry that is missing or was changed; None when the chain is whole.

    Also entries cut off at the end show: the counter knows how many there were. Who can change the whole chain and
    the counter together is not found here; copies of the chain elsewhere are the only cure.
    """
    expected, previous = 1, BEGINNING
    for entry in session.scalars(select(Audit).order_by(Audit.id).execution_options(yield_per=500)):
        if entry.id != expected or entry.previous_hash != previous or entry.hash != _hash(entry):
            return expected
        expected, previous = expected + 1, entry.hash
    counted = session.scalar(select(Counter.value).where(Counter.name == SERIES)) or 0
    return expected if counted >= expected else None


def _hash(entry: Audit) -> str:
    facts = [
        entry.id,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.by_id,
        entry.what,
        entry.about,
        entry.details,
        entry.previous_hash,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
