"""Which way an appeal may go: one table, and a row for every move."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import audit, uk
from db.models import Appeal, AppealMove, Call, Consultation, User

SIDE_EXITS = frozenset({"consultation", "duplicate", "not_ours_forwarded", "emergency_transferred", "rejected"})

ALLOWED_MOVES: dict[str, frozenset[str]] = {
    # Registration straight from a recording: an operator listens while recognition is down.
    "new_recording": frozenset({"draft", "registered"}) | SIDE_EXITS,
    "draft": frozenset({"registered"}) | SIDE_EXITS,
    "registered": frozenset({"forwarded", "duplicate", "not_ours_forwarded"}),
    "forwarded": frozenset({"forwarded", "accepted", "in_progress", "done_reported", "not_ours_forwarded"}),
    "accepted": frozenset({"forwarded", "in_progress", "done_reported"}),
    "in_progress": frozenset({"forwarded", "done_reported"}),
    "done_reported": frozenset({"feedback_pending", "closed_unreachable"}),
    "feedback_pending": frozenset({"closed_confirmed", "closed_unreachable", "returned"}),
    "returned": frozenset({"forwarded", "in_progress"}),
    # A closed case is opened again when the applicant says so.
    "closed_confirmed": frozenset({"returned"}),
    "closed_unreachable": frozenset({"returned"}),
    # An operator's slip is taken back: to draft before registration, to registered after it.
    "consultation": frozenset({"draft"}),
    "duplicate": frozenset({"draft", "registered"}),
    "not_ours_forwarded": frozenset({"draft", "registered"}),
    "emergency_transferred": frozenset({"draft"}),
    "rejected": frozenset({"draft"}),
}
"""From -> to (DOMAIN 3.1). ``forwarded`` to itself: another executor."""

CLOSED = SIDE_EXITS | {"closed_confirmed", "closed_unreachable"}
"""Nobody has to act any more."""


class MoveNotAllowed(Exception):
    """An operator pressed a button of an outdated page, or something obligatory is missing. The text is Ukrainian."""


def move(session: Session, appeal: Appeal, to: str, *, by: User | None, at: datetime, why: str = "") -> AppealMove:
    """Move an appeal and leave a row.

    Args:
        by: None for the system itself.
        why: for the history; the explanation that was given when ``to`` is ``consultation``.

    Raises:
        MoveNotAllowed: not in :data:`ALLOWED_MOVES`, or number, executor or outcome are missing.
    """
    _check(appeal, to)
    was, appeal.status = appeal.status, to
    if to == "returned":
        appeal.returned_times += 1
    if to == "consultation" and by is not None:
        _note_consultation(session, appeal, why, by, at)
    if was == "feedback_pending":
        _cancel_callbacks(appeal)
    row = _row(session, appeal, at, was=was, by=by, why=why)
    if by is not None:
        audit.record(session, "moved", f"appeal {appeal.id}", by=by, at=at, details=f"{was} -> {to}")
    return row


def begin(session: Session, call: Call, *, phone: str, at: datetime) -> Appeal:
    """The appeal of a call that left a message, with its first row. One call makes one appeal."""
    appeal = Appeal(call=call, status="new_recording", received_at=at, phone=phone, returned_times=0)
    session.add(appeal)
    session.flush()
    _row(session, appeal, at)
    return appeal


def _check(appeal: Appeal, to: str) -> None:
    if to not in ALLOWED_MOVES.get(appeal.status, frozenset()):
        raise MoveNotAllowed(
            f"Зі стану «{uk.word(uk.APPEAL_STATUS, appeal.status)}» не можна перейти "
            f"до «{uk.word(uk.APPEAL_STATUS, to)}»."
        )
    if to == "registered" and appeal.public_no is None:
        raise MoveNotAllowed("Звернення ще не має реєстраційного номера.")
    if to == "draft" and appeal.public_no is not None:
        raise MoveNotAllowed("Зареєстроване звернення не може знову стати чернеткою.")
    if to == "forwarded" and appeal.executor is None:
        raise MoveNotAllowed("Оберіть виконавця.")
    if to == "done_reported" and not appeal.outcome.strip():
        raise MoveNotAllowed("Опишіть, що зроблено: без результату звернення не закривається.")


def _note_consultation(session: Session, appeal: Appeal, why: str, by: User, at: datetime) -> None:
    text = why or appeal.text
    noted = session.scalar(select(Consultation).where(Consultation.call_id == appeal.call_id))
    if noted is None:
        session.add(Consultation(call_id=appeal.call_id, text=text, by_id=by.id, at=at))
    else:
        noted.text, noted.by_id, noted.at = text, by.id, at


def _cancel_callbacks(appeal: Appeal) -> None:
    """Nobody is phoned about what was settled another way."""
    for callback in appeal.callbacks:
        if callback.status == "scheduled":
            callback.status, callback.due_at = "cancelled", None


def _row(
    session: Session, appeal: Appeal, at: datetime, *, was: str | None = None, by: User | None = None, why: str = ""
) -> AppealMove:
    row = AppealMove(appeal=appeal, at=at, by=by, was=was, became=appeal.status, why=why)
    session.add(row)
    session.flush()
    return row
