"""What the records answer to a flow in mid call."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import notices
from db.appeals import CLOSED, overdue
from db.city_time import in_kyiv
from db.models import Appeal, Call, CallbackAttempt
from db.receipts import DIGITS, is_receipt
from db.seed import EXECUTORS
from ivr_flows.questions import (
    Answer,
    AppealStatus,
    CityOutages,
    FeedbackAbout,
    FeedbackSubject,
    OutageList,
    Question,
    StatusOf,
    StreetOutages,
)

MAX_OUTAGES = 20
"""The line reads fewer; the answer stands in the journal of every call."""

RECEIPT_LASTS = timedelta(days=365)
"""The day of the year in a receipt comes again."""

PUBLIC_DIGITS = 6

STAGES = {
    "new_recording": "draft",
    "draft": "draft",
    "registered": "registered",
    "forwarded": "forwarded",
    "not_ours_forwarded": "forwarded",
    "accepted": "in_progress",
    "in_progress": "in_progress",
    "done_reported": "done",
    "feedback_pending": "done",
    "returned": "returned",
}
"""Catalogue key after ``status_``; the rest is closed."""

WITH_BODY = frozenset({"forwarded", "in_progress", "returned"})


def answer(session: Session, question: Question, at: datetime) -> Answer | None:
    """The answer of this moment; None when there is nothing to be said (a feedback call about nothing)."""
    match question:
        case CityOutages():
            return _outages(session, at, city_wide=True)
        case StreetOutages():
            return _outages(session, at, city_wide=False)
        case StatusOf(number):
            return _status(_appeal_of(session, number, at), at)
        case FeedbackAbout(attempt_id):
            return _subject(session.get(CallbackAttempt, attempt_id))


def _outages(session: Session, at: datetime, *, city_wide: bool) -> OutageList:
    active = notices.active(session, at, city_wide=city_wide)
    return OutageList(tuple(notices.spoken(notice, at) for notice in active[:MAX_OUTAGES]))


def _appeal_of(session: Session, number: str, at: datetime) -> Appeal | None:
    """By receipt (eight digits) or by the end of the public number, which starts anew every year."""
    if not (number.isascii() and number.isdigit()):
        return None
    if len(number) == DIGITS:
        return _by_receipt(session, number, at)
    if len(number) > PUBLIC_DIGITS:
        return None
    year = in_kyiv(at).year
    numbers = [f"15-80/{y}/{int(number):06}" for y in (year, year - 1)]
    found = session.scalars(select(Appeal).where(Appeal.public_no.in_(numbers)).order_by(Appeal.id.desc()))
    return found.first()


def _by_receipt(session: Session, number: str, at: datetime) -> Appeal | None:
    if not is_receipt(number):
        return None
    found = (
        select(Appeal)
        .join(Call, Call.id == Appeal.call_id)
        .where(Call.receipt == number, Call.started_at > at - RECEIPT_LASTS)
        .order_by(Call.started_at.desc())
    )
    return session.scalars(found).first()


def _status(appeal: Appeal | None, at: datetime) -> AppealStatus:
    if appeal is None:
        return AppealStatus("unknown")
    stage = STAGES.get(appeal.status, "closed")
    if appeal.status in CLOSED or stage in ("draft", "done"):
        return AppealStatus(stage)
    late = overdue(appeal, at)
    due = notices.moment(appeal.due_operational, at) if appeal.due_operational and not late else None
    return AppealStatus(stage, due=due, overdue=late, body=_body(appeal) if stage in WITH_BODY else None)


def _body(appeal: Appeal) -> str | None:
    """The voice knows the bodies of a new installation; one that staff added is «the responsible service»."""
    if appeal.executor is None:
        return None
    return appeal.executor.code if appeal.executor.code in EXECUTORS else "other"


def _subject(attempt: CallbackAttempt | None) -> FeedbackSubject | None:
    if attempt is None:
        return None
    appeal = attempt.callback.appeal
    number = appeal.call.receipt or (appeal.public_no or "")[-PUBLIC_DIGITS:]
    day = in_kyiv(appeal.received_at)
    return FeedbackSubject(number, day.day, day.month) if number else None
