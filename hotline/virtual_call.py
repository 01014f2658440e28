"""One call from end to end: a virtual citizen dials, speaks, and is phoned back; what became of it, as one object."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import addresses, appeals, callbacks, phones, transcripts
from db.models import Appeal, Call, Callback, Category, Executor, Recording, Transcript, User
from hotline import health
from hotline.citizen import (
    Citizen,
    HangUp,
    Pause,
    Press,
    Script,
    Speak,
    Step,
    WaitHangUp,
    WaitQuiet,
    WaitTone,
    answer,
    dial,
)
from hotline.wiring import Parts

T = TypeVar("T")

CallbackAnswer = Literal["1", "2", "3", "busy", "none"]

BARGE_IN_S = 1.5
"""When the citizen presses the first key: in the middle of the greeting, as people who know the line do."""
CALL_S = 300.0
DRAFT_S = 240.0
"""How long the recognition of a three-minute message may take on a slow machine."""
FEEDBACK_S = 120.0
LOOK_S = 0.05


class CallFailed(Exception):
    """The virtual citizen did not get through, or the call left no trace in the records in time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the virtual citizen is to do.

    Attributes:
        speech: the message, or None to say nothing.
        keys: keys to press; groups after commas are pressed when the line falls silent.
        caller: the citizen's number.
        answer_callback: also confirm, forward and report the appeal done, and take the feedback call so.
    """

    speech: Path | None
    keys: str
    caller: str
    answer_callback: CallbackAnswer | None = None


def virtual_call(parts: Parts, wish: Wish, tell: Callable[[str], None]) -> dict[str, Any]:
    """Make the call; the keys of the result are those of ``hotline call --json``.

    Raises:
        CallFailed: see there.
    """
    with tempfile.TemporaryDirectory(prefix="citizen-") as folder:
        began = health.now()
        tell(f"Громадянин телефонує на 1580 (порт {parts.settings.sip_port})")
        _dial(parts, wish, Path(folder))
        tell("Чекаємо на запис і розпізнавання")
        call_id = wait_for_call(parts, wish.caller, began)
        wait_for_words(parts, call_id)
        if wish.answer_callback is not None:
            tell("Оператор підтверджує, виконавець звітує, лінія телефонує громадянину")
            callback_id = finish_work(parts, call_id, health.now())
            take_callback(parts, callback_id, wish.answer_callback, Path(folder), health.now())
    with parts.records() as session:
        return describe(session, call_id)


def script_of(wish: Wish) -> Script:
    """The citizen's steps."""
    steps: list[Step] = []
    for n, keys in enumerate(filter(None, wish.keys.split(","))):
        steps += [Pause(BARGE_IN_S) if n == 0 else WaitQuiet(1.0), Press(keys)]
    if wish.speech is None:
        return (*steps, WaitHangUp(CALL_S))
    return (*steps, WaitTone(CALL_S), Pause(0.3), Speak(wish.speech), Pause(0.5), HangUp())


def wait_for_call(parts: Parts, caller: str, since: datetime, seconds: float = 30.0) -> str:
    """The id of the caller's latest finished call.

    Raises:
        CallFailed: the call is not in the records in time.
    """

    def finished(session: Session) -> str | None:
        query = select(Call.id).where(Call.direction == "in", Call.started_at >= since - timedelta(seconds=1))
        query = query.where(Call.caller == _digits(caller), Call.ended_at.is_not(None))
        return session.scalar(query.order_by(Call.started_at.desc()))

    return _until(parts, finished, seconds, "дзвінка немає в базі")


def wait_for_words(parts: Parts, call_id: str, seconds: float = DRAFT_S) -> None:
    """Wait until every recording of the call is recognised; at once when there is no model here.

    Raises:
        CallFailed: recognition takes too long.
    """

    def settled(session: Session) -> bool:
        states = session.scalars(select(Recording.state).where(Recording.call_id == call_id)).all()
        return not set(transcripts.UNSETTLED) & set(states) or not health.model(parts.settings).ok

    _until(parts, settled, seconds, "розпізнавання не встигло")


def finish_work(parts: Parts, call_id: str, at: datetime) -> int:
    """Play operator and executor: register, forward, report done. Returns the id of the feedback call owed.

    Raises:
        CallFailed: the call left no appeal.
    """
    with parts.records() as session:
        appeal = session.scalar(select(Appeal).where(Appeal.call_id == call_id))
        if appeal is None:
            raise CallFailed("дзвінок не залишив звернення: передзвонювати нема з приводу чого")
        by = session.scalars(select(User).order_by(User.id)).first()
        category = appeal.category or session.get_one(Category, "OTHER")
        executor = category.executor or session.scalars(select(Executor)).first()
        if by is None or executor is None:
            raise CallFailed("у базі немає користувача або виконавця; виконайте hotline db upgrade")
        text = appeal.text or "Без тексту (перевірка лінії)"
        appeals.edit(
            session,
            appeal,
            by=by,
            at=at,
            applicant=appeal.applicant,
            phone=appeal.phone,
            place=addresses.place_of(appeal),
            text=text,
            category_code=category.code,
            urgency=appeal.urgency,
            earlier_no=appeal.earlier_no,
        )
        appeals.register(session, appeal, by=by, at=at)
        appeals.forward(session, appeal, executor, by=by, at=at)
        appeals.report_done(session, appeal, "Виконано (перевірка лінії)", by=by, at=at, policy=parts.policy)
        callback = session.scalar(
            select(Callback).where(Callback.appeal_id == appeal.id, Callback.status == "scheduled")
        )
        session.commit()
        if callback is None:
            raise CallFailed("зворотного дзвінка не заплановано: номер прихований або відмовився від дзвінків")
        return callback.id


def take_callback(parts: Parts, callback_id: int, how: CallbackAnswer, folder: Path, at: datetime) -> None:
    """Phone the citizen now, whatever the hour, and let the citizen react as ``how`` says.

    Raises:
        CallFailed: the feedback call was answered and left no answers in time.
    """
    with _citizen_at_home(parts, how, folder / "feedback.wav") as citizen:
        citizen.ready()
        with parts.records() as session:
            callback = session.get_one(Callback, callback_id)
            attempt_id = callbacks.start_attempt(session, callback, at).id
            number = phones.local(callback.phone)
            session.commit()
        result = parts.dialer().dial(number, attempt_id)
        with parts.records() as session:
            callbacks.finish_attempt(session, attempt_id, result, parts.policy, health.now())
            session.commit()
        if result == "answered":
            _until(parts, lambda session: _answers_kept(session, callback_id), FEEDBACK_S, "відповіді не надійшли")


def describe(session: Session, call_id: str) -> dict[str, Any]:
    """What the records hold about a call."""
    call = session.get_one(Call, call_id)
    recording = next((tape for tape in call.recordings if tape.name == "appeal"), None)
    transcript = recording.transcript if recording else None
    appeal = call.appeal
    callback = appeal.callbacks[-1] if appeal and appeal.callbacks else None
    return {
        "call": {
            "id": call.id,
            "result": call.result,
            "seconds": round(((call.ended_at or call.started_at) - call.started_at).total_seconds(), 1),
            "turns": sum(1 for entry in call.entries if entry.entry["command"]["is"] != "Consult"),
        },
        "recording": {"seconds": recording.seconds, "ended_by": recording.ended_by} if recording else None,
        "transcript": describe_transcript(transcript) if transcript else None,
        "appeal": {"id": appeal.id, "public_no": appeal.public_no, "status": appeal.status} if appeal else None,
        "callback": describe_callback(callback) if callback else None,
        "timings": {"hangup_to_draft_s": _hangup_to_draft(call, transcript) if appeal else None},
    }


def describe_transcript(transcript: Transcript) -> dict[str, Any]:
    """The ``transcript`` object of ``hotline call`` and ``hotline transcribe``."""
    return {
        "engine": transcript.engine,
        "model": transcript.model,
        "state": transcript.state,
        "text": transcript.text,
        "words": transcript.words,
    }


def describe_callback(callback: Callback) -> dict[str, Any]:
    """The ``callback`` object: how each attempt ended and what the citizen answered."""
    answered = callback.result in ("completed", "partial")
    return {
        "status": callback.status,
        "result": callback.result,
        "attempts": [{"result": attempt.result} for attempt in callback.attempts],
        "answers": {"done": callback.done, "rating": callback.rating} if answered else None,
    }


def _dial(parts: Parts, wish: Wish, folder: Path) -> None:
    uri = f"sip:1580@{parts.settings.sip_host}:{parts.settings.sip_port}"
    with dial(uri, script_of(wish), caller=wish.caller, heard=folder / "heard.wav") as citizen:
        result = citizen.result(CALL_S)
    if not result.ok:
        unmet = next((step.step for step in result.steps if not step.ok), "")
        raise CallFailed(f"громадянин не додзвонився: {result.state} {result.code} {unmet}".strip())


def _citizen_at_home(parts: Parts, how: CallbackAnswer, heard: Path) -> Citizen:
    port = parts.settings.trunk_port
    ring_s = parts.settings.ring_seconds + 15.0
    if how == "busy":
        return answer(port, how="busy", heard=heard, at_most_s=ring_s)
    if how == "none":
        return answer(port, how="ring", heard=heard, at_most_s=ring_s)
    steps: list[Step] = [
        Pause(BARGE_IN_S),
        Press("1"),
        WaitQuiet(1.0),
        Press(how),
        WaitQuiet(1.0),
        Press("5" if how == "1" else "2"),
    ]
    if how != "1":
        steps += [WaitTone(), Pause(1.5), HangUp()]
    return answer(port, (*steps, WaitHangUp()), how="answer", heard=heard, at_most_s=ring_s)


def _answers_kept(session: Session, callback_id: int) -> bool:
    return session.get_one(Callback, callback_id).status == "done"


def _digits(caller: str) -> str:
    """The number as the line keeps it."""
    return "".join(sign for sign in caller if sign in "0123456789")


def _hangup_to_draft(call: Call, transcript: Transcript | None) -> float | None:
    if transcript is None or call.ended_at is None:
        return None
    return round((transcript.made_at - call.ended_at).total_seconds(), 2)


def _until(parts: Parts, look: Callable[[Session], T | None], seconds: float, otherwise: str) -> T:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with parts.records() as session:
            seen = look(session)
        if seen:
            return seen
        time.sleep(LOOK_S)  # another process writes the row; SQLite tells nobody
    raise CallFailed(f"{otherwise} (за {seconds:.0f} с)")
