"""Phones citizens back: takes due attempts, places each call through Asterisk's manager interface, tells how it went.

The attempt's row is written before anyone dials and its result after; what a crash leaves in between is closed by the
sweep of the records. So an attempt is dialled once at most.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import uuid4

import structlog

from agi.calls import ATTEMPT_VARIABLE
from agi.manager import AmiDown, AmiLogin, Wire, header
from agi.throttle import Throttle

__all__ = ["AmiDown", "AmiLogin", "CallbackDesk", "Dialed", "Dialer"]

Dialed = Literal["answered", "busy", "no_answer", "failed"]

AT_ONCE = 2
PER_HOUR = 60
LOOK_S = 5.0
"""Between two looks at what is due: due times are rows, and rows tell nobody when their hour comes."""
BACK_OFF_S = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Pauses between attempts to reach an Asterisk that is down; the last one repeats."""
ANSWER_MARGIN_S = 10.0
"""After the ringing time Asterisk must have said how the call went."""
CAUSE_S = 2.0
"""The Hangup event comes some 10 ms before or after the response to Originate; a channel never made has none."""

NUMBER = re.compile(r"\+?[0-9]{5,15}", re.ASCII)
"""Five digits at least: 101, 102, 103, 104 and 112 are never dialled by a machine."""

REASONS: dict[str, Dialed] = {"3": "no_answer", "5": "busy"}
"""Of OriginateResponse. Asterisk 22 says 3 when the ringing time is over and 0 for all the rest."""
CAUSES: dict[str, Dialed] = {
    "17": "busy",
    "18": "no_answer",  # the telephone does not respond
    "19": "no_answer",
    "20": "no_answer",  # switched off
    "21": "no_answer",  # declined by hand: not to be bothered again in twenty minutes, as a busy one is
}
"""Of the Hangup event (Q.850); the others are failures of numbers and networks."""

log = structlog.get_logger()


class CallbackDesk(Protocol):
    """Where due calls come from and results go to; ``hotline`` hands it over."""

    def due(self, at: datetime, at_most: int) -> list[tuple[int, str]]:
        """(attempt id, number) of at most so many calls to place now; the attempts' rows are written already."""

    def finished(self, attempt_id: int, result: Dialed, at: datetime) -> None:
        """An attempt is over."""


@dataclass(slots=True)
class _Call:
    """What Asterisk has told about a call of ours."""

    response: str = ""
    reason: str = ""
    cause: str = ""


class Dialer:
    """Places calls; each answered one goes to the dialplan's ``feedback`` and from there to our line server.

    Args:
        ami: the manager interface; connected when the first call is placed, and again whenever it was lost.
        caller_id: the number citizens see.
        ring_seconds: how long their telephone rings.
        at_once, per_hour: see :class:`agi.throttle.Throttle`; they bind :meth:`work`, not :meth:`dial`.
    """

    def __init__(
        self,
        ami: AmiLogin,
        *,
        caller_id: str,
        ring_seconds: int,
        at_once: int = AT_ONCE,
        per_hour: int = PER_HOUR,
    ) -> None:
        self._login = ami
        self._caller_id = header(caller_id)
        self._ring_seconds = ring_seconds
        self._at_once = at_once
        self._throttle = Throttle(at_once=at_once, per_hour=per_hour)
        self._wire: Wire | None = None
        self._connecting = threading.Lock()
        self._calls: dict[str, _Call] = {}
        self._news = threading.Condition()

    def dial(self, number: str, attempt_id: int) -> Dialed:
        """Place one call and wait until it is answered or will not be.

        Raises:
            AmiDown: whether it rang is not known; the attempt stays open for the sweep.
        """
        return self._dial(_name(attempt_id), number, attempt_id)

    def work(self, desk: CallbackDesk, stop: threading.Event, clock: Callable[[], datetime]) -> None:
        """Place due calls until ``stop``; then wait for telephones that still ring, not for conversations."""
        failures = 0
        with ThreadPoolExecutor(self._at_once, "dial") as pool:
            while not stop.is_set():
                try:
                    self._connected()
                except AmiDown as why:
                    pause = BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)]
                    failures += 1
                    log.warning("Asterisk cannot be asked to dial, the calls wait", why=str(why), pause_s=pause)
                else:
                    failures = 0
                    pause = LOOK_S
                    self._place_due(desk, pool, clock)
                stop.wait(pause)
        self.close()

    def close(self) -> None:
        """Leave the manager interface; calls that run go on."""
        with self._connecting:
            if self._wire is not None:
                self._wire.close()

    def _place_due(self, desk: CallbackDesk, pool: ThreadPoolExecutor, clock: Callable[[], datetime]) -> None:
        at = clock()
        free = self._throttle.free(at)
        if not free:
            return
        try:
            due = desk.due(at, free)
        except Exception:
            log.exception("The records do not tell which calls are due, the next look will")
            return
        for attempt_id, number in due:
            name = _name(attempt_id)
            self._throttle.begin(name, at)
            pool.submit(self._attempt, desk, name, number, attempt_id, clock)

    def _attempt(
        self, desk: CallbackDesk, name: str, number: str, attempt_id: int, clock: Callable[[], datetime]
    ) -> None:
        try:
            result = self._dial(name, number, attempt_id)
            if result != "answered":  # an answered call runs until Asterisk tells its end
                self._throttle.end(name)
            desk.finished(attempt_id, result, clock())
        except AmiDown as why:
            self._throttle.end(name)
            log.warning("How a call went is not known, its attempt waits for the sweep", why=str(why))
        except Exception:
            self._throttle.end(name)
            log.exception("How a call went cannot be kept, its attempt waits for the sweep")

    def _dial(self, name: str, number: str, attempt_id: int) -> Dialed:
        if not NUMBER.fullmatch(number):
            log.warning("Not a telephone number, nobody is dialled", attempt_id=attempt_id)
            return "failed"
        wire = self._connected()
        call = _Call()
        with self._news:
            self._calls[name] = call
        try:
            response = wire.send_action(self._originate(name, number, attempt_id))
            if response.get_header("Response") != "Success":
                raise AmiDown(f"Asterisk refuses to dial: {response.get_header('Message')}")
            result = self._outcome(wire, call)
        finally:
            with self._news:
                del self._calls[name]
        log.info("A call was placed", attempt_id=attempt_id, to=f"...{number[-2:]}", result=result)
        return result

    def _originate(self, name: str, number: str, attempt_id: int) -> dict[str, str | int]:
        return {
            "Action": "Originate",
            "ActionID": name,
            "ChannelId": name,  # the Hangup event names the channel, not the action
            "Channel": f"PJSIP/{number}@trunk",
            "Context": "feedback",
            "Exten": "s",
            "Priority": 1,
            "Timeout": self._ring_seconds * 1000,
            "CallerID": self._caller_id,
            "Variable": f"{ATTEMPT_VARIABLE}={int(attempt_id)}",
            "Async": "true",
        }

    def _outcome(self, wire: Wire, call: _Call) -> Dialed:
        def told_or_lost() -> bool:
            return bool(call.response) or not wire.connected()

        with self._news:
            self._news.wait_for(told_or_lost, self._ring_seconds + ANSWER_MARGIN_S)
            if not call.response:
                raise AmiDown("Asterisk did not tell how the call went")
            if call.response == "Success":
                return "answered"
            if call.reason in REASONS:
                return REASONS[call.reason]
            self._news.wait_for(lambda: call.cause, CAUSE_S)
            return CAUSES.get(call.cause, "failed")

    def _connected(self) -> Wire:
        with self._connecting:
            if self._wire is None or not self._wire.connected():
                self._wire = Wire(self._login, on_event=self._on_event, on_end=self._on_end)
            return self._wire

    def _on_event(self, name: str, headers: Mapping[str, str]) -> None:
        with self._news:
            if name == "OriginateResponse" and (call := self._calls.get(headers.get("ActionID", ""))):
                call.reason = headers.get("Reason", "")
                call.response = headers.get("Response", "")
            elif name == "Hangup":
                self._throttle.end(headers.get("Uniqueid", ""))
                if call := self._calls.get(headers.get("Uniqueid", "")):
                    call.cause = headers.get("Cause", "")
            self._news.notify_all()

    def _on_end(self) -> None:
        self._throttle.end_all()
        with self._news:
            self._news.notify_all()


def _name(attempt_id: int) -> str:
    """One name for the action, the channel and (behind ``ast-``) the call."""
    return f"feedback-{attempt_id}-{uuid4().hex[:8]}"
