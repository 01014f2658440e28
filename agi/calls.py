"""One call from the first word to the last: which flow, what is known, where its journal goes, how it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog
from structlog.contextvars import bound_contextvars

from agi.channel import Channel, LineDown
from agi.line import Line
from agi.spoken import Speak
from db.spool import CallAlreadySpooled, Spool, SpooledCall
from ivr_flows.catalogue import FlowEntry
from ivr_flows.questions import Answer, Question
from ivr_flows.run import CallFacts, Run

LINE = "asterisk"
FEEDBACK_FLOW = "feedback_call"
"""The flow of calls that we place ourselves."""
ATTEMPT_VARIABLE = "HOTLINE_ATTEMPT"
"""The channel variable with the callback attempt; the dialer sets it."""

CALLER_DIGITS = 20
UNIQUE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,47}(\.[0-9]{1,10})?", re.ASCII)
"""Asterisk's: ``1700000000.12``, ``name-1700000000.12`` with a system name, or the dialer's own."""
KYIV = ZoneInfo("Europe/Kyiv")

log = structlog.get_logger()


class UnknownFlow(Exception):
    """The dialplan asks for a flow that this version of the program does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """All that a call needs, handed over by whoever wires the program.

    Attributes:
        spool: where journals and recordings go.
        speak: the WAV of a sentence; called from several threads.
        tone: the WAV played before a recording.
        consult: answers a question at a moment; None when the records do not answer in time.
        clock: the time, aware.
        can_record: False when the disk is nearly full.
        flows: by the name the dialplan uses.
    """

    spool: Spool
    speak: Speak
    tone: Path
    consult: Callable[[Question, datetime], Answer | None]
    clock: Callable[[], datetime]
    can_record: Callable[[], bool]
    flows: Mapping[str, FlowEntry]

    def take(self, channel: Channel, flow: str) -> Literal["completed", "hung_up", "failed"]:
        """Carry one call. Never raises: after a fault of ours the dialplan hears the caller alone."""
        spooled: SpooledCall | None = None
        try:
            entry = self._flow(flow)
            facts = self._facts(channel, flow)
            facts, spooled = self._open(facts, flow, entry)
        except LineDown as why:
            log.info("The caller is gone before the call began", why=str(why))
            return "hung_up"
        except Exception:
            log.exception("A call cannot begin, the dialplan goes on alone", flow=flow)
            channel.give_back()
            return "failed"
        with bound_contextvars(call_id=facts.call_id):
            return self._carry(channel, entry, facts, spooled)

    def _carry(
        self, channel: Channel, entry: FlowEntry, facts: CallFacts, spooled: SpooledCall
    ) -> Literal["completed", "hung_up", "failed"]:
        log.info("A call begins", flow_version=entry.version)
        try:
            run = Run(entry.function, facts, self._ask_records, keep=lambda entry: spooled.keep(entry, self.clock()))
            result = Line(channel, self.speak, self.tone, spooled).play(run)
            spooled.finish(result, self.clock())
        except Exception:
            log.exception("A call failed, the dialplan goes on alone")
            channel.give_back()  # first of all: the caller is waiting
            with suppress(OSError):  # a full disk may be the reason; without an end the call counts as lost
                spooled.finish("failed", self.clock())
            return "failed"
        log.info("A call is over", result=result, replies=len(run.journal))
        return result

    def _flow(self, name: str) -> FlowEntry:
        if name not in self.flows:
            raise UnknownFlow(f"{name[:40]!r} is not one of {', '.join(self.flows)}")
        return self.flows[name]

    def _facts(self, channel: Channel, flow: str) -> CallFacts:
        outbound = flow == FEEDBACK_FLOW
        # A feedback call carries our own number as caller; whom we phoned is known to the attempt.
        caller = "" if outbound else re.sub(r"[^0-9]", "", channel.env.get("agi_callerid", ""))[:CALLER_DIGITS]
        return CallFacts(
            call_id=_call_id(channel.env.get("agi_uniqueid", "")),
            caller=caller,
            receipt="" if outbound else self.spool.next_receipt(self.clock().astimezone(KYIV).date()),
            can_record=self.can_record(),
            attempt_id=_attempt_id(channel.get_variable(ATTEMPT_VARIABLE)) if outbound else None,
        )

    def _open(self, facts: CallFacts, flow: str, entry: FlowEntry) -> tuple[CallFacts, SpooledCall]:
        direction = "out" if flow == FEEDBACK_FLOW else "in"

        def spool(facts: CallFacts) -> tuple[CallFacts, SpooledCall]:
            return facts, self.spool.open_call(
                facts, line=LINE, direction=direction, flow=flow, flow_version=entry.version, at=self.clock()
            )

        try:
            return spool(facts)
        except CallAlreadySpooled:
            other = _generated_id()
            log.warning("Asterisk's call id was used before, the call gets another", call_id=facts.call_id, other=other)
            return spool(replace(facts, call_id=other))

    def _ask_records(self, question: Question) -> Answer | None:
        try:
            return self.consult(question, self.clock())
        except Exception:
            log.exception("The records do not answer, letting the call go on without them")
            return None


def _call_id(unique_id: str) -> str:
    if UNIQUE_ID.fullmatch(unique_id):
        return f"ast-{unique_id}"
    generated = _generated_id()
    log.warning("Asterisk's call id cannot be a folder's name, the call gets another", call_id=generated)
    return generated


def _generated_id() -> str:
    return f"ast-{uuid4().hex}"


def _attempt_id(text: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,18}", text, re.ASCII):
        return int(text)
    log.warning("A feedback call came without its attempt, nobody can be named in it")
    return None
