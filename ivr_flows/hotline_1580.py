"""The inbound call: a citizen dials 15-80."""

from __future__ import annotations

from ivr_flows.commands import Clock, Date, Digits, Part, Prompt
from ivr_flows.outage_sentences import outage_sentences
from ivr_flows.questions import AppealStatus, OutageList
from ivr_flows.replies import Taped
from ivr_flows.run import CallFacts
from ivr_flows.talk import TRIES, Flow, ask, ask_number, city_outages, say, status_of, street_outages, tape, transfer

MAX_CITY_OUTAGES = 2
"""City-wide notices read to everyone before the menu (DOMAIN 5.3: at most two, newest first)."""

MAX_STREET_OUTAGES = 8
"""Other notices read on request; the menu can be asked for them again."""

MENU_ROUNDS = 5
NUMBER_REPEATS = 3
RECEIPT_DIGITS = 8

ADDRESS_S = 20
ADDRESS_SILENCE_S = 3
"""Seconds. Whoever has named the address already just waits, so the wait is short."""

MIN_MESSAGE_S = 1.5
"""Shorter tapes hold no message: Asterisk leaves about one second of a recording that was only silence."""


def hotline_1580(facts: CallFacts) -> Flow[None]:
    """Greeting, what is known for the whole city, then the menu; whoever presses nothing still gets to speak."""
    yield from say("welcome")
    yield from say("emergency")
    yield from say("recording_notice")
    yield from _read_city_outages()
    if not facts.can_record:
        yield from say("call_again_later")
        return
    yield from _main_menu(facts)


def _read_city_outages() -> Flow[None]:
    answer = yield from city_outages()
    if answer is None or not answer.outages:
        return
    yield from say("notices_intro")
    yield from _read(answer, MAX_CITY_OUTAGES)


def _read(answer: OutageList, at_most: int) -> Flow[None]:
    for outage in answer.outages[:at_most]:
        for sentence in outage_sentences(outage):
            yield from say(*sentence.parts)


def _main_menu(facts: CallFacts) -> Flow[None]:
    for visit in range(MENU_ROUNDS):
        prompt = "main_menu" if visit == 0 else "main_menu_short"
        match (yield from ask("main_menu", keys="1230", prompt=prompt, again="main_menu_short", tries=2, seconds=5)):
            case "1":
                yield from _read_street_outages()
            case "3":
                yield from _tell_status()
            case "0":
                if (yield from transfer("operators")) == "answered":
                    return
                yield from say("operators_closed")
                break
            case _:
                break
    yield from _leave_appeal(facts)


def _read_street_outages() -> Flow[None]:
    answer = yield from street_outages()
    if answer is None:
        yield from say("records_unavailable")
    elif not answer.outages:
        yield from say("no_notices_city")
    else:
        yield from _read(answer, MAX_STREET_OUTAGES)


def _leave_appeal(facts: CallFacts) -> Flow[None]:
    for attempt in range(TRIES):
        taped = yield from tape("appeal", prompt="leave_message" if attempt == 0 else "too_short")
        if taped.ended_by == "hangup":
            return
        if taped.seconds >= MIN_MESSAGE_S:
            yield from _accept(facts, taped)
            return
    yield from say("goodbye")


def _accept(facts: CallFacts, taped: Taped) -> Flow[None]:
    if taped.ended_by == "limit":
        yield from say("recording_full")
    # A place said by itself is understood better than one in the middle of a story; silence is an answer too.
    address = yield from tape("address", prompt="ask_address", at_most_s=ADDRESS_S, silence_s=ADDRESS_SILENCE_S)
    if address.ended_by == "hangup":
        return
    yield from say("appeal_accepted")
    for _ in range(NUMBER_REPEATS):
        yield from say("appeal_number", Digits(facts.receipt))
        if (yield from ask("repeat_number", keys="1", tries=1, seconds=4)) != "1":
            break
    yield from say("goodbye")


def _tell_status() -> Flow[None]:
    number = yield from ask_number("status_number", prompt="status_ask", digits=RECEIPT_DIGITS)
    if number is None:
        return
    status = yield from status_of(number)
    if status is None:
        yield from say("records_unavailable")
        return
    yield from say(f"status_{status.stage}")
    if status.body is not None:
        yield from say(f"body.{status.body}")
    yield from _tell_due(status)


def _tell_due(status: AppealStatus) -> Flow[None]:
    if status.overdue:
        yield from say("status_overdue")
    elif status.due is not None:
        due: list[Part] = [Prompt("status_due"), Date(status.due.day, status.due.month)]
        if status.due.is_day == "today":
            due = [Prompt("status_due"), Clock(status.due.hour, status.due.minute), Prompt("notice.today")]
        yield from say(*due)
