"""What an operator does with an appeal, and the list it is found in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, selectinload

from db import addresses, audit, callbacks, examples, phones
from db.addresses import Place
from db.appeal_moves import ALLOWED_MOVES, CLOSED, SIDE_EXITS, MoveNotAllowed, move
from db.calling_hours import CallbackPolicy
from db.city_time import in_kyiv, month_later
from db.models import Appeal, AppealMove, Call, Category, Executor, User
from db.numbers import next_number

__all__ = [
    "ALLOWED_MOVES",
    "CLOSED",
    "SIDE_EXITS",
    "MoveNotAllowed",
    "Page",
    "by_number",
    "counters",
    "decide",
    "edit",
    "forward",
    "listing",
    "move",
    "overdue",
    "register",
    "report_done",
]

WITH_EXECUTOR = frozenset({"registered", "forwarded", "accepted", "in_progress", "returned"})
"""The operational deadline runs in these; afterwards the applicant is asked."""

URGENT = ("E0", "E1")
NOT_HANDED_OVER = frozenset({"new_recording", "draft", "registered"})

MIN_PHONE_DIGITS = 3
"""Fewer digits of a search are no part of a telephone number."""


@dataclass(frozen=True)
class Page:
    """One page of a list; ``total`` counts all pages."""

    items: list[Appeal]
    total: int


def edit(
    session: Session,
    appeal: Appeal,
    *,
    by: User,
    at: datetime,
    applicant: str,
    phone: str,
    place: Place,
    text: str,
    category_code: str | None,
    urgency: str = "",
    earlier_no: str = "",
) -> tuple[str, ...]:
    """Write an operator's words into the card.

    Returns:
        The names of the changed fields; they alone stand in the audit, never the values.

    Raises:
        MoveNotAllowed: the category does not exist, or a registered appeal would lose its text or category.
    """
    category = None
    if category_code:
        category = session.get(Category, category_code)
        if category is None:
            raise MoveNotAllowed(f"Немає категорії «{category_code}».")
    if appeal.public_no is not None and (category is None or not text.strip()):
        raise MoveNotAllowed("Зареєстроване звернення не може лишитися без суті або категорії.")
    given = {
        "applicant": applicant.strip(),
        "phone": phones.normal(phone),
        "address": place.line()[:300],
        "text": text.strip(),
        "category": category,
        "urgency": urgency,
        "earlier_no": earlier_no.strip(),
    }
    changed = tuple(name for name, value in given.items() if getattr(appeal, name) != value)
    for name in changed:
        setattr(appeal, name, given[name])
    addresses.write(appeal, place)
    if changed:
        audit.record(session, "edited", f"appeal {appeal.id}", by=by, at=at, details=", ".join(changed))
        if appeal.public_no is not None:
            examples.note(session, appeal, by=by, at=at, fields=examples.OF_THE_CARD)
    return changed


def register(session: Session, appeal: Appeal, *, by: User, at: datetime) -> str:
    """Give an appeal its public number: an act of a person (law on appeals, art. 5).

    The operational deadline is the category's, from now; the legal one is a month from receipt (art. 20).

    Returns:
        ``15-80/2026/000123``: the year and a number that starts anew with it.

    Raises:
        MoveNotAllowed: no text, no category, or it was registered before.
    """
    if appeal.public_no is not None or "registered" not in ALLOWED_MOVES[appeal.status]:
        raise MoveNotAllowed("Це звернення вже опрацьовано: зареєструвати його не можна.")
    if not appeal.text.strip():
        raise MoveNotAllowed("Запишіть суть звернення.")
    if appeal.category is None:
        raise MoveNotAllowed("Оберіть категорію.")
    year = in_kyiv(at).year
    number = f"15-80/{year}/{next_number(session, f'appeal {year}'):06}"
    appeal.public_no = number
    appeal.due_operational = at.astimezone(UTC) + timedelta(hours=appeal.category.finish_hours)
    appeal.due_legal = month_later(appeal.received_at)
    move(session, appeal, "registered", by=by, at=at)
    examples.note(session, appeal, by=by, at=at, fields=(*examples.OF_THE_CARD, "kind"))
    return number


def forward(
    session: Session, appeal: Appeal, executor: Executor, *, by: User, at: datetime, why: str = ""
) -> AppealMove:
    """Hand an appeal to the body that must act; again to another one when the first was wrong."""
    appeal.executor = executor
    moved = move(session, appeal, "forwarded", by=by, at=at, why=why)
    examples.note(session, appeal, by=by, at=at, fields=("executor",))
    return moved


def decide(session: Session, appeal: Appeal, to: str, *, by: User, at: datetime, why: str = "") -> AppealMove:
    """Any other move a person makes; it also tells what kind of call this was."""
    moved = move(session, appeal, to, by=by, at=at, why=why)
    examples.note(session, appeal, by=by, at=at, fields=("kind",))
    return moved


def report_done(
    session: Session,
    appeal: Appeal,
    outcome: str,
    *,
    by: User,
    at: datetime,
    policy: CallbackPolicy | None = None,
) -> None:
    """The executor says it is done: the outcome is kept (order, clause 1.2) and the applicant is owed a call.

    Raises:
        MoveNotAllowed: the outcome is empty.
    """
    appeal.outcome = outcome.strip()
    move(session, appeal, "done_reported", by=by, at=at)
    callbacks.schedule(session, appeal, policy or CallbackPolicy(), at)


def by_number(session: Session, public_no: str) -> Appeal | None:
    """The appeal with this public number; None when the number is "" or nobody's."""
    return session.scalar(select(Appeal).where(Appeal.public_no == public_no)) if public_no else None


def overdue(appeal: Appeal, at: datetime) -> bool:
    """True when a deadline has passed and somebody still has to act."""
    if appeal.status in WITH_EXECUTOR and appeal.due_operational is not None and appeal.due_operational < at:
        return True
    return appeal.status not in CLOSED and appeal.due_legal is not None and appeal.due_legal < at


def listing(
    session: Session, *, status: str | None = None, query: str = "", page: int = 1, per_page: int = 50, at: datetime
) -> Page:
    """Appeals: what is urgent and waits for us, then the newest.

    Args:
        status: a status, ``overdue``, or None for all.
        query: a part of the number, receipt, phone, name, address or text; capitals do not matter.
        page: from 1.
    """
    found = select(Appeal).join(Appeal.call)
    if status == "overdue":
        found = found.where(_is_overdue(at))
    elif status is not None:
        found = found.where(Appeal.status == status)
    if query.strip():
        found = found.where(_matches(query.strip()))
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    return Page(list(session.scalars(_page(found, page, per_page))), total)


def counters(session: Session) -> dict[str, int]:
    """How many appeals stand in each status; every status is named."""
    counted = dict.fromkeys(ALLOWED_MOVES, 0)
    for status, number in session.execute(select(Appeal.status, func.count()).group_by(Appeal.status)):
        counted[status] = number
    return counted


def _page(found: Select[Appeal], page: int, per_page: int) -> Select[Appeal]:
    """What is urgent and nobody has handed over yet stands first, however old it is."""
    urgent = case((Appeal.status.in_(NOT_HANDED_OVER) & Appeal.urgency.in_(URGENT), Appeal.urgency), else_="N1")
    return (
        found.order_by(urgent, Appeal.received_at.desc(), Appeal.id.desc())
        .limit(per_page)
        .offset(max(page - 1, 0) * per_page)
        .options(selectinload(Appeal.category), selectinload(Appeal.executor), selectinload(Appeal.call))
    )


def _is_overdue(at: datetime) -> ColumnElement[bool]:
    return or_(
        Appeal.status.in_(WITH_EXECUTOR) & (Appeal.due_operational < at),
        Appeal.status.not_in(CLOSED) & (Appeal.due_legal < at),
    )


def _matches(query: str) -> ColumnElement[bool]:
    texts = (Appeal.public_no, Appeal.applicant, Appeal.address, Appeal.text)
    found = [func.lower(column).contains(query.lower(), autoescape=True) for column in texts]
    digits = "".join(sign for sign in query if sign in "0123456789")
    # «050 123-45-67» is found in 380501234567, a house number in an address is not searched among phones.
    if len(digits) >= MIN_PHONE_DIGITS and all(sign in "0123456789+-() " for sign in query):
        found.append(Appeal.phone.contains(digits))
        found.append(Call.receipt.contains(digits))
    return or_(*found)
