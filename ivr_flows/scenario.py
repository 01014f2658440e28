"""A call as a text file that a person can read, write and keep as a test.

::

    call: hotline_1580 caller=0501234567 receipt=32700154
    robot: welcome
    records: CityOutages {}
    records tell: OutageList {"outages": []}
    robot: main_menu
    line waits: main_menu
    caller: presses 2
    robot: leave_message
    line records: appeal
    caller: speaks 14.0 s, hangs up
    end

Only ``call:``, ``caller:``, ``queue:`` and ``records tell:`` lines are read; the rest is what the flow does with them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from ivr_flows import codec
from ivr_flows.catalogue import FLOWS
from ivr_flows.commands import (
    Ask,
    Clock,
    Consult,
    Date,
    Digits,
    House,
    Number,
    Part,
    Prompt,
    Record,
    Say,
    Street,
    Transfer,
    Wait,
    Words,
)
from ivr_flows.questions import Answer, Question
from ivr_flows.replies import HungUp, Pressed, Reply, Silence, Taped, Told, Transferred, TransferResult
from ivr_flows.run import CallFacts, Entry, Run

ENDED = {"hangs up": "hangup", "presses #": "key", "falls silent": "silence", "reaches the limit": "limit"}
ENDED_WORDS = {code: words for words, code in ENDED.items()}


class UnreadableScenario(Exception):
    """Somebody wrote a line into a scenario file that says nothing we know."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A flow's name, its facts, and all replies in order (answers of the records among them)."""

    flow: str
    facts: CallFacts
    replies: tuple[Reply, ...]


def read(text: str) -> Scenario:
    """The scenario of a file.

    Raises:
        UnreadableScenario: an unknown line, or no ``call:`` line first.
    """
    flow, facts = "", None
    replies: list[Reply] = []
    for line in text.splitlines():
        head, _, rest = line.partition(":")
        match head.strip(), rest.strip():
            case "call", words:
                flow, facts = _read_call(words)
            case "caller", words:
                replies.append(read_reply(words, len(replies) + 1))
            case "queue", words:
                replies.append(read_transfer(words))
            case "records tell", words:
                replies.append(Told(_read_value(words)))
            case (("robot" | "records" | "line waits" | "line records" | "line transfers" | "end" | ""), _):
                pass
            case _:
                raise UnreadableScenario(f"what is «{line}»?")
    if facts is None:
        raise UnreadableScenario("no «call:» line")
    return Scenario(flow, facts, tuple(replies))


def read_reply(words: str, n: int) -> Reply:
    """What a caller did: ``presses 2``, ``is silent``, ``hangs up``, ``speaks 14 s, hangs up``.

    Raises:
        UnreadableScenario: other words.
    """
    if words == "is silent":
        return Silence()
    if words == "hangs up":
        return HungUp()
    if pressed := re.fullmatch(r"presses ([0-9*]+)", words):
        return Pressed(pressed[1])
    spoken = re.fullmatch(r"speaks ([0-9.]+) s, (.+)", words)
    if spoken and spoken[2] in ENDED:
        return _taped(f"{n}.wav", float(spoken[1]), ENDED[spoken[2]])
    raise UnreadableScenario(f"what does a caller do who «{words}»?")


def read_transfer(words: str) -> Transferred:
    """How a transfer ended: ``answered``, ``busy``, ``no_answer``, ``failed``.

    Raises:
        UnreadableScenario: other words.
    """
    for result in get_args(TransferResult):
        if words == result:
            return Transferred(result)
    raise UnreadableScenario(f"a transfer does not end as «{words}»")


def play(scenario: Scenario) -> Run:
    """The run of a scenario: every reply used up, every consultation answered from the file.

    Raises:
        UnreadableScenario: the file has too few or too many replies for the flow.
    """
    replies = iter(scenario.replies)
    run = Run(FLOWS[scenario.flow].function, scenario.facts, consult=lambda question: _told(replies, question))
    turn = run.turn()
    while turn.wait is not None:
        reply = next(replies, None)
        if reply is None:
            raise UnreadableScenario(f"the file ends while the line waits at {turn.wait}")
        turn = run.resume(reply)
    if (left := next(replies, None)) is not None:
        raise UnreadableScenario(f"the call is over and {left} is left")
    return run


def write(scenario_flow: str, facts: CallFacts, run: Run) -> str:
    """The text of a call that is over (or stands at a wait): what the robot said, what the caller did."""
    lines = [f"call: {scenario_flow} {_write_call(facts)}"]
    for entry in run.journal:
        lines.extend(f"robot: {words_of(say)}" for say in entry.said)
        lines.extend(_write_entry(entry))
    last = run.turn()
    lines.extend(f"robot: {words_of(say)}" for say in last.say)
    lines.append("end" if last.wait is None else _write_wait(last.wait))
    return "\n".join(lines) + "\n"


def words_of(say: Say) -> str:
    """A sentence in the words of a scenario file."""
    return " + ".join(_part(part) for part in say.parts)


def _part(part: Part) -> str:
    match part:
        case Prompt(key):
            return key
        case Number(value):
            return f"number {value}"
        case Digits(text):
            return f"digits {text}"
        case Clock(hour, minute):
            return f"clock {hour}:{minute:02}"
        case Date(day, month):
            return f"date {day:02}.{month:02}"
        case Street(kind, name):
            return f"street {kind} {name}"
        case House(number):
            return f"house {number}"
        case Words(text):
            return f"words {json.dumps(text, ensure_ascii=False)}"


def _write_entry(entry: Entry) -> Iterator[str]:
    yield _write_wait(entry.command)
    match entry.reply:
        case Told(answer):
            yield f"records tell: {_write_value(answer)}"
        case Transferred(result):
            yield f"queue: {result}"
        case Pressed(keys):
            yield f"caller: presses {keys}"
        case Silence():
            yield "caller: is silent"
        case HungUp():
            yield "caller: hangs up"
        case Taped(_, seconds, ended_by):
            yield f"caller: speaks {seconds} s, {ENDED_WORDS[ended_by]}"


def _write_wait(command: Wait | Consult) -> str:
    match command:
        case Consult(question):
            return f"records: {_write_value(question)}"
        case Ask(name=name):
            return f"line waits: {name}"
        case Record(name=name):
            return f"line records: {name}"
        case Transfer(to=to):
            return f"line transfers: {to}"


def _told(replies: Iterator[Reply], question: Question) -> Answer | None:
    reply = next(replies, None)
    if not isinstance(reply, Told):
        raise UnreadableScenario(f"the flow asks {question}, the file says {reply}")
    return reply.answer


def _read_call(words: str) -> tuple[str, CallFacts]:
    flow, *pairs = words.split()
    given = dict(pair.split("=", 1) for pair in pairs)
    if flow not in FLOWS:
        raise UnreadableScenario(f"there is no flow «{flow}»")
    attempt = given.get("attempt")
    return flow, CallFacts(
        call_id="scenario",
        caller=given.get("caller", ""),
        receipt=given.get("receipt", ""),
        can_record=given.get("can_record", "yes") == "yes",
        attempt_id=int(attempt) if attempt else None,
    )


def _write_call(facts: CallFacts) -> str:
    pairs = {"caller": facts.caller, "receipt": facts.receipt, "attempt": facts.attempt_id}
    words = [f"{name}={value}" for name, value in pairs.items() if value]
    return " ".join(words if facts.can_record else [*words, "can_record=no"])


def _read_value(words: str) -> Any:
    name, _, fields = words.partition(" ")
    if name == "nothing":
        return None
    try:
        return codec.from_json({"is": name, **json.loads(fields or "{}")})
    except (ValueError, codec.UnreadableJournal) as error:
        raise UnreadableScenario(f"the records cannot tell «{words}»: {error}") from error


def _write_value(value: Question | Answer | None) -> str:
    if value is None:
        return "nothing"
    fields = codec.to_json(value)
    name = fields.pop("is")
    return f"{name} {json.dumps(fields, ensure_ascii=False)}"


def _taped(file: str, seconds: float, ended_by: str) -> Taped:
    taped: Taped = codec.from_json({"is": "Taped", "file": file, "seconds": seconds, "ended_by": ended_by})
    return taped
