"""Feedback calls: who is owed one, when it is tried, when the line gives up (order, clause 1.5; DOMAIN 6)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import appeal_moves, phones
from db.calling_hours import CallbackPolicy, NoCallingHours, may_call, next_moment
from db.models import Appeal, Callback, CallbackAttempt, DoNotCall
from db.numbers import hold
from ivr_flows.commands import Ask
from ivr_flows.replies import Pressed
from ivr_flows.run import Entry

__all__ = [
    "AttemptNotAllowed",
    "CallbackPolicy",
    "NoCallingHours",
    "due",
    "finish_attempt",
    "is_do_not_call",
    "next_moment",
    "opt_out",
    "schedule",
    "start_attempt",
    "sweep",
    "take_answers",
]

DUE_AT_ONCE = 20
"""Callbacks handed to the dialer in one go."""

ANSWERED_LIMIT = timedelta(hours=2)
"""An answered call without an end in its journal for so long was lost with its spool."""

FAULTS = frozenset({"failed", "abandoned"})
"""Results of attempts in which no telephone may have rung: the trunk was dead, a process died."""
FAULTS_FORGIVEN = 6
"""So many do not count as attempts: two days of a dead trunk. A number that does not exist fails in the same way."""

OPTED_OUT = "заявник просив не телефонувати"
DONE_KEYS = {"1": "yes", "2": "partly", "3": "no"}

log = structlog.get_logger()


class AttemptNotAllowed(Exception):
    """Two dialers took the same callback, or two appeals of one person came up together: one of them waits."""


def schedule(session: Session, appeal: Appeal, policy: CallbackPolicy, at: datetime) -> Callback | None:
    """Owe the applicant a call about an appeal that is ``done_reported``; the appeal goes on to ``feedback_pending``.

    Whom the line may not call is not asked: the appeal becomes ``closed_unreachable`` with the reason, and the
    result is None. One callback for each time the executor reported «done».
    """
    reason = _why_not(session, appeal)
    if reason:
        appeal_moves.move(session, appeal, "closed_unreachable", by=None, at=at, why=reason)
        return None
    callback = Callback(
        appeal=appeal,
        round=appeal.returned_times,
        phone=phones.normal(appeal.phone),
        status="scheduled",
        due_at=next_moment(policy, at + policy.rest),
        created_at=at,
    )
    session.add(callback)
    appeal_moves.move(session, appeal, "feedback_pending", by=None, at=at)
    return callback


def due(session: Session, at: datetime, policy: CallbackPolicy) -> list[Callback]:
    """Callbacks to dial now, the longest due first; none outside calling hours, one for each phone."""
    if not may_call(policy, at):
        return []
    busy = set(session.scalars(select(Callback.phone).where(Callback.status == "calling")))
    waiting = session.scalars(
        select(Callback)
        .where(Callback.status == "scheduled", Callback.due_at <= at)
        .order_by(Callback.due_at, Callback.id)
    )
    chosen: dict[str, Callback] = {}
    for callback in waiting:
        if callback.phone not in busy:
            chosen.setdefault(callback.phone, callback)
        if len(chosen) == DUE_AT_ONCE:
            break
    return list(chosen.values())


def start_attempt(session: Session, callback: Callback, at: datetime) -> CallbackAttempt:
    """Write the row of an attempt. Commit it before dialling: after a crash nobody is dialled twice.

    Raises:
        AttemptNotAllowed: the callback is not waiting any more, or its phone is being dialled for another appeal.
    """
    hold(session)  # two dialers decide one after the other
    session.refresh(callback)
    if callback.status != "scheduled":
        raise AttemptNotAllowed(f"callback {callback.id} is {callback.status}")
    other = select(Callback.id).where(Callback.phone == callback.phone, Callback.status == "calling")
    if session.scalar(other.limit(1)) is not None:
        raise AttemptNotAllowed(f"the phone of callback {callback.id} is being dialled for another appeal")
    callback.status, callback.due_at = "calling", None
    attempt = CallbackAttempt(callback=callback, n=len(callback.attempts) + 1, started_at=at)
    session.add(attempt)
    session.flush()
    return attempt


def finish_attempt(session: Session, attempt_id: int, result: str, policy: CallbackPolicy, at: datetime) -> None:
    """What came of dialling: ``answered``, ``busy``, ``no_answer`` or ``failed``.

    An answered attempt stays ``calling`` until the call's journal arrives (:func:`take_answers`). The
    others are tried again, or the line gives up. A second report about the same attempt changes nothing.
    """
    attempt = open_attempt(session, attempt_id)
    if attempt is None or attempt.result is not None:
        return
    attempt.result = result
    if result == "answered":
        return
    attempt.ended_at = at
    if attempt.callback.status == "calling":  # an earlier attempt's answers may have come late, and ended it
        try_again(session, attempt.callback, policy.busy_after if result == "busy" else policy.apart, policy, at)


def take_answers(
    session: Session,
    attempt_id: int,
    entries: Iterable[Entry],
    at: datetime,
    policy: CallbackPolicy | None = None,
) -> None:
    """What the person answered, from the journal of the call that is over. May be taken twice.

    Who hung up before pressing 1 is phoned again like one who did not answer (somebody else may have answered).
    """
    attempt = session.get(CallbackAttempt, attempt_id)
    if attempt is None or attempt.result == "no_consent" or attempt.callback.status not in ("calling", "scheduled"):
        return
    journal = list(entries)
    consent = _key(journal, "feedback_intro", "19")
    attempt.ended_at = at
    if consent is None:
        attempt.result = "no_consent"
        try_again(session, attempt.callback, (policy or CallbackPolicy()).apart, policy or CallbackPolicy(), at)
        return
    attempt.result = "answered"
    callback = attempt.callback
    callback.status, callback.due_at = "done", None
    if consent == "9":
        callback.result = "opted_out"
        close_unreachable(session, callback.appeal, OPTED_OUT, at)
        opt_out(session, callback.phone, at)
        return
    callback.done = DONE_KEYS.get(_key(journal, "feedback_done", "123") or "")
    rating = _key(journal, "feedback_rate", "12345")
    callback.rating = int(rating) if rating else None
    callback.result = "completed" if callback.done and callback.rating else "partial"
    _settle(session, callback, at)


def sweep(session: Session, policy: CallbackPolicy, at: datetime) -> int:
    """Close attempts that a crash left open; returns how many. Runs at start and now and then."""
    closed = 0
    for callback in session.scalars(select(Callback).where(Callback.status == "calling")):
        attempt = callback.attempts[-1]
        patience = ANSWERED_LIMIT if attempt.result == "answered" else policy.attempt_open_at_most
        if attempt.started_at + patience > at:
            continue
        attempt.result, attempt.ended_at = "abandoned", at
        try_again(session, callback, policy.apart, policy, at)
        log.warning("closed a feedback call that a crash left open", attempt=attempt.id)
        closed += 1
    return closed


def opt_out(session: Session, phone: str, at: datetime) -> None:
    """Never call this number again; calls it is still owed are cancelled and their appeals closed."""
    phone = phones.normal(phone)
    if not is_do_not_call(session, phone):
        session.add(DoNotCall(phone_hash=_hash(phone), at=at))
        session.flush()
    for callback in session.scalars(select(Callback).where(Callback.phone == phone, Callback.status == "scheduled")):
        callback.status, callback.due_at = "cancelled", None
        close_unreachable(session, callback.appeal, OPTED_OUT, at)


def is_do_not_call(session: Session, phone: str) -> bool:
    """True for a number that asked for no more calls."""
    return session.get(DoNotCall, _hash(phones.normal(phone))) is not None


def open_attempt(session: Session, attempt_id: int) -> CallbackAttempt | None:
    """An attempt whose end is not known yet; None (and a log line) for one that nobody started."""
    attempt = session.get(CallbackAttempt, attempt_id)
    if attempt is None:
        log.error("somebody reports about a feedback attempt that does not exist", attempt=attempt_id)
        return None
    return attempt if attempt.ended_at is None else None


def try_again(session: Session, callback: Callback, after: timedelta, policy: CallbackPolicy, at: datetime) -> None:
    """Schedule the next attempt, or give up when there were enough. Busy counts as one, a fault of the line does not.

    What was settled while the telephone rang is not asked about again: by hand, or by a 9 in another call.
    """
    appeal = callback.appeal
    if appeal.status != "feedback_pending" or callback.round != appeal.returned_times:
        callback.status, callback.due_at = "cancelled", None
    elif is_do_not_call(session, callback.phone):
        callback.status, callback.due_at = "cancelled", None
        close_unreachable(session, appeal, OPTED_OUT, at)
    elif len(callback.attempts) - _forgiven(callback) >= policy.attempts:
        callback.status, callback.result, callback.due_at = "gave_up", "unreachable", None
        close_unreachable(session, callback.appeal, "не вдалося додзвонитися", at)
    else:
        callback.status, callback.due_at = "scheduled", next_moment(policy, at + after)


def _forgiven(callback: Callback) -> int:
    return min(sum(attempt.result in FAULTS for attempt in callback.attempts), FAULTS_FORGIVEN)


def close_unreachable(session: Session, appeal: Appeal, why: str, at: datetime) -> None:
    """Close an appeal that still waits for feedback; one that went another way meanwhile stays where it is."""
    if appeal.status == "feedback_pending":
        appeal_moves.move(session, appeal, "closed_unreachable", by=None, at=at, why=why)


def _key(journal: list[Entry], name: str, valid: str) -> str | None:
    """The accepted key of a question; it may have been asked several times."""
    for entry in reversed(journal):
        asked = isinstance(entry.command, Ask) and entry.command.name == name
        if asked and isinstance(entry.reply, Pressed) and entry.reply.keys in tuple(valid):
            return entry.reply.keys
    return None


def _settle(session: Session, callback: Callback, at: datetime) -> None:
    """What the answer means for the appeal; one that went another way meanwhile stays where it is."""
    appeal = callback.appeal
    if appeal.status != "feedback_pending":
        return
    match callback.done:
        case "yes":
            appeal_moves.move(session, appeal, "closed_confirmed", by=None, at=at, why="заявник підтвердив виконання")
        case "partly":
            appeal_moves.move(session, appeal, "returned", by=None, at=at, why="заявник: виконано частково")
        case "no":
            appeal_moves.move(session, appeal, "returned", by=None, at=at, why="заявник: не виконано")
        case _:
            close_unreachable(session, appeal, "заявник поклав слухавку, не відповівши", at)


def _why_not(session: Session, appeal: Appeal) -> str:
    if not appeal.phone:
        return "немає номера телефону"
    if not phones.can_be_called(appeal.phone):
        return "на цей номер лінія не телефонує"
    if is_do_not_call(session, appeal.phone):
        return OPTED_OUT
    return ""


def _hash(phone: str) -> str:
    """A slow hash: numbers are few, and a fast one could be turned back by trying them all.

    No secret is mixed in: a request to be left alone must outlive every change of secrets.
    """
    return hashlib.scrypt(phone.encode(), salt=b"15-80 do not call", n=2**14, r=8, p=1, dklen=32).hex()
