"""What the pages read and the rules of the records do not offer: lists for choosing and looking through.

Only reading; every change goes through :mod:`db.appeals`, :mod:`db.notices` and their neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Literal, TypeVar

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, selectinload

from db import uk
from db.models import Appeal, Audit, Call, Callback, CallbackAttempt, Category, Executor, User

T = TypeVar("T")
PER_PAGE = 50
CallsShown = Literal["all", "without_appeal", "lost", "by_dialplan", "out"]


@dataclass(frozen=True, slots=True)
class Pageful(Generic[T]):
    """One page of a list; ``page`` counts from 1."""

    items: list[T]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def categories(session: Session) -> list[Category]:
    """What an appeal can be about."""
    query = select(Category).where(Category.active).options(selectinload(Category.executor))
    return sorted(session.scalars(query), key=lambda one: uk.alphabetical(one.title))


def executors(session: Session) -> list[Executor]:
    """Who can be made responsible."""
    found = session.scalars(select(Executor).where(Executor.active))
    return sorted(found, key=lambda one: uk.alphabetical(one.title))


def calls(session: Session, *, shown: CallsShown, phone: str, page: int) -> Pageful[Call]:
    """Telephone calls, newest first; ``phone``: digits that stand in the caller's number or receipt."""
    query = select(Call)
    if shown == "without_appeal":
        query = query.where(Call.direction == "in", ~exists().where(Appeal.call_id == Call.id))
    elif shown == "lost":
        query = query.where(Call.result.in_(("lost", "failed")))
    elif shown == "by_dialplan":
        query = query.where(Call.by_dialplan)
    elif shown == "out":
        query = query.where(Call.direction == "out")
    if phone:
        query = query.where(Call.caller.contains(phone) | Call.receipt.contains(phone))
    loaded = query.options(selectinload(Call.entries), selectinload(Call.recordings), selectinload(Call.appeal))
    return _pageful(session, loaded.order_by(Call.started_at.desc(), Call.id), page)


def feedback(session: Session, calls: list[Call]) -> dict[str, Callback]:
    """Call -> whom it phoned back and about which appeal, for the calls that the line made itself."""
    made = [call.id for call in calls if call.direction == "out"]
    query = select(CallbackAttempt.call_id, Callback).join(CallbackAttempt.callback)
    found = session.execute(query.where(CallbackAttempt.call_id.in_(made)).options(selectinload(Callback.appeal)))
    return {call_id: callback for call_id, callback in found if call_id}


def audit(session: Session, page: int) -> Pageful[tuple[Audit, str]]:
    """The audit, newest first, each entry with the name of whoever did it."""
    query = select(Audit).order_by(Audit.id.desc())
    found = _pageful(session, query, page)
    names = names_of(session, {entry.by_id for entry in found.items if entry.by_id is not None})
    rows = [(entry, names.get(entry.by_id, "система") if entry.by_id else "система") for entry in found.items]
    return Pageful(rows, found.total, found.page)


def names_of(session: Session, ids: set[int]) -> dict[int, str]:
    """Names of members of staff by id."""
    return {user.id: user.name for user in session.scalars(select(User).where(User.id.in_(ids)))}


def last_change(session: Session, appeal: Appeal) -> tuple[str, datetime] | None:
    """Who changed a card last and when; None when nobody has."""
    query = select(Audit).where(Audit.about == f"appeal {appeal.id}").order_by(Audit.id.desc()).limit(1)
    entry = session.scalar(query)
    move = appeal.moves[-1] if appeal.moves else None
    # A person's move has an audit entry beside it; only the system's moves have none.
    if move and (entry is None or move.at > entry.at):
        return (move.by.name if move.by else "система", move.at)
    if entry is None:
        return None
    return (names_of(session, {entry.by_id}).get(entry.by_id, "система") if entry.by_id else "система", entry.at)


def people_changes(session: Session, appeal: Appeal) -> int:
    """How often people have changed a card; what the machine writes does not count."""
    query = select(func.count()).select_from(Audit).where(Audit.about == f"appeal {appeal.id}")
    return session.scalar(query) or 0


def listened_since(session: Session, user_id: int, recording_id: int, since: datetime) -> bool:
    """Is there already an audit entry of this person listening to this recording?"""
    query = select(Audit.id).where(
        Audit.what == "listened", Audit.about == f"recording {recording_id}", Audit.by_id == user_id, Audit.at >= since
    )
    return session.scalar(query.limit(1)) is not None


def calls_today(session: Session, at: datetime, day: timedelta = timedelta(hours=24)) -> int:
    """How many calls began in the past 24 hours."""
    query = select(func.count()).select_from(Call).where(Call.started_at >= at - day, Call.direction == "in")
    return session.scalar(query) or 0


def _pageful(session: Session, query: Select[T], page: int) -> Pageful[T]:
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page = min(max(page, 1), max(1, -(-total // PER_PAGE)))
    items = list(session.scalars(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)))
    return Pageful(items, total, page)
