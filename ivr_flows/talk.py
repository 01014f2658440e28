"""The words a flow is written in. The only bare ``yield`` of the project stands here."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from ivr_flows.commands import Ask, Command, Consult, Part, Prompt, Record, Say, Transfer
from ivr_flows.questions import (
    Answer,
    AppealStatus,
    CityOutages,
    FeedbackAbout,
    FeedbackSubject,
    OutageList,
    StatusOf,
    StreetOutages,
)
from ivr_flows.replies import HungUp, Pressed, Reply, Silence, Taped, Told, Transferred, TransferResult

T = TypeVar("T")
Flow = Generator[Command, Reply | None, T]

TRIES = 3
"""How often a question is asked before the line goes on without an answer."""


class CallerGone(Exception):
    """The caller hung up while the line waited for something."""


class UnexpectedReply(Exception):
    """A line answered a command with a reply of another command: a fault of the line, not of the caller."""


def say(*parts: Part | str) -> Flow[None]:
    """Say one sentence; a plain string is a catalogue key."""
    yield Say(tuple(Prompt(part) if isinstance(part, str) else part for part in parts))


def ask(
    name: str,
    *,
    keys: str,
    prompt: str | None = None,
    again: str | None = None,
    tries: int = TRIES,
    seconds: float = 6.0,
) -> Flow[str | None]:
    """Ask for one of ``keys``; wrong keys and silence are told and asked again.

    Args:
        name: the question in the journal.
        keys: the accepted keys.
        prompt: catalogue key, ``name`` when not given.
        again: a shorter prompt for the second and third time.

    Returns:
        The key, or None after ``tries`` without a valid one.

    Raises:
        CallerGone: the caller hung up.
    """
    for attempt in range(tries):
        yield from say(prompt or name if attempt == 0 else again or prompt or name)
        reply = yield from _wait(Ask(name, seconds=seconds))
        if isinstance(reply, Pressed) and len(reply.keys) == 1 and reply.keys in keys:
            return reply.keys
        if not isinstance(reply, Pressed | Silence):
            raise UnexpectedReply(f"{reply} to the question {name}")
        if attempt < tries - 1:
            yield from say("invalid_key" if isinstance(reply, Pressed) else "nothing_pressed")
    return None


def ask_number(name: str, *, prompt: str, digits: int, tries: int = TRIES) -> Flow[str | None]:
    """Ask for several digits, ended with ``#`` or a pause. Returns the digits, or None after ``tries``."""
    for _ in range(tries):
        yield from say(prompt)
        reply = yield from _wait(Ask(name, digits=digits))
        if isinstance(reply, Pressed) and reply.keys.isascii() and reply.keys.isdigit():
            return reply.keys
        if not isinstance(reply, Pressed | Silence):
            raise UnexpectedReply(f"{reply} to the question {name}")
    return None


def tape(name: str, *, prompt: str, at_most_s: int = 180, silence_s: int = 8) -> Flow[Taped]:
    """Record the caller. A hang-up inside the recording still delivers the tape.

    Args:
        at_most_s, silence_s: seconds of speech, and of silence, that end the recording.

    Raises:
        CallerGone: the caller hung up before the tone.
    """
    yield from say(prompt)
    reply = yield from _wait(Record(name, at_most_s, silence_s))
    if not isinstance(reply, Taped):
        raise UnexpectedReply(f"{reply} to the recording {name}")
    return reply


def transfer(to: str, seconds: int = 40) -> Flow[TransferResult]:
    """Connect the caller with people; returns how that ended."""
    yield from say("transfer")
    reply = yield from _wait(Transfer(to, seconds))
    if not isinstance(reply, Transferred):
        raise UnexpectedReply(f"{reply} to the transfer to {to}")
    return reply.result


def city_outages() -> Flow[OutageList | None]:
    """Notices for the whole city; None when the records do not answer."""
    return _expect(OutageList, (yield from _consult(CityOutages())))


def street_outages() -> Flow[OutageList | None]:
    """The other active notices; None when the records do not answer."""
    return _expect(OutageList, (yield from _consult(StreetOutages())))


def status_of(number: str) -> Flow[AppealStatus | None]:
    """What became of an appeal; None when the records do not answer."""
    return _expect(AppealStatus, (yield from _consult(StatusOf(number))))


def feedback_about(attempt_id: int) -> Flow[FeedbackSubject | None]:
    """The appeal of a feedback call; None when the records do not answer."""
    return _expect(FeedbackSubject, (yield from _consult(FeedbackAbout(attempt_id))))


def _consult(question: CityOutages | StreetOutages | StatusOf | FeedbackAbout) -> Flow[Answer | None]:
    reply = yield Consult(question)
    if not isinstance(reply, Told):
        raise UnexpectedReply(f"{reply} to the consultation {question}")
    return reply.answer


def _expect(kind: type[T], answer: object) -> T | None:
    if answer is None or isinstance(answer, kind):
        return answer
    raise UnexpectedReply(f"{answer} where {kind.__name__} was asked for")


def _wait(command: Ask | Record | Transfer) -> Flow[Reply]:
    reply = yield command
    if reply is None:
        raise UnexpectedReply(f"no reply to {command}")
    if isinstance(reply, HungUp):
        raise CallerGone
    return reply
