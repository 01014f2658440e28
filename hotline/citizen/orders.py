"""What is asked of a citizen's process, and what it reports: the wire form between the two processes."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from hotline.citizen import script as scripts
from hotline.citizen.script import Script

How = Literal["answer", "busy", "ring"]
CallState = Literal["answered", "busy", "declined", "no_answer", "failed"]
HungUpBy = Literal["citizen", "line", "limit", "stopped", "nobody"]

_CALLER = re.compile(r"[0-9A-Za-z+*#._-]{0,32}")
_URI = re.compile(r"sip:(?P<user>[^@\s<>]*)@(?P<host>[A-Za-z0-9.-]+)(:(?P<port>[0-9]{1,5}))?")
_BUSY = (486, 600)
_NO_ANSWER = (408, 480, 487)
_DECLINED = (403, 603)


class BadOrder(ValueError):
    """Somebody asked for a call that cannot be made: a broken address, a name with a line break."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Call ``uri`` (``sip:1580@127.0.0.1:5060``) as ``caller``; ``caller=""`` withholds the number."""

    uri: str
    script: Script
    heard: Path
    caller: str
    name: str
    port: int
    ring_s: float

    def __post_init__(self) -> None:
        if not _URI.fullmatch(self.uri):
            raise BadOrder(f"an address looks like sip:1580@127.0.0.1:5060, not {self.uri!r}")
        if not _CALLER.fullmatch(self.caller):
            raise BadOrder(f"a caller's number has up to 32 digits and letters, not {self.caller!r}")
        if not self.name.isprintable():
            raise BadOrder("a caller's name has no line breaks and control characters")

    @property
    def host(self) -> str:
        """The address's host, which decides whether the citizen stays on loopback."""
        match = _URI.fullmatch(self.uri)
        return match["host"] if match else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Wait ``at_most_s`` for each of ``calls`` calls on a loopback port and treat them so."""

    port: int
    script: Script
    how: How
    heard: Path
    at_most_s: float
    calls: int

    def __post_init__(self) -> None:
        if self.calls < 1:
            raise BadOrder("at least one call must be waited for")


Order = Dial | Answer


@dataclass(frozen=True, slots=True)
class StepResult:
    """A step of the script (its class name), when it ended and whether it did what it says."""

    step: str
    at_s: float
    ok: bool


@dataclass(frozen=True, slots=True)
class CallResult:
    """What became of a call.

    Attributes:
        state: answered means that both sides were connected.
        code: the last SIP status (200, 486 ...); 0 when nobody ever called, or nothing listens at the address.
        seconds: from the connection to the end; 0.0 when not answered.
        steps: the steps begun, in order; times count from the start of ``heard``, as all others here.
        heard: the received sound, PCM16 mono 8 kHz WAV; None when there was none.
        tones: when each recording tone began.
        digits: keys the other side pressed.
        hung_up_by: citizen; line (the other side); limit (the citizen's longest life); stopped (SIGTERM, or the
            process that wanted the call is gone); nobody (not answered).
    """

    state: CallState
    code: int
    seconds: float
    steps: tuple[StepResult, ...]
    heard: Path | None
    tones: tuple[float, ...]
    digits: str
    hung_up_by: HungUpBy

    @property
    def ok(self) -> bool:
        """Answered, and every step of the script that was begun did what it says."""
        return self.state == "answered" and all(step.ok for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        """A JSON object with the fields of the class."""
        return {**dataclasses.asdict(self), "heard": str(self.heard) if self.heard else None}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CallResult:
        """The result that :meth:`to_json` wrote."""
        steps = tuple(StepResult(**step) for step in data["steps"])
        heard = Path(data["heard"]) if data["heard"] else None
        return cls(**{**data, "steps": steps, "heard": heard, "tones": tuple(data["tones"])})


def state_of(code: int, was_connected: bool) -> CallState:
    """How a call ended, from its last SIP status."""
    if was_connected:
        return "answered"
    if code in _BUSY:
        return "busy"
    if code in _DECLINED:
        return "declined"
    return "no_answer" if code in _NO_ANSWER else "failed"


def dump(order: Order) -> str:
    """The order as one line of JSON."""
    fields = {field.name: getattr(order, field.name) for field in dataclasses.fields(order)}
    fields |= {"is": type(order).__name__, "script": scripts.to_json(order.script), "heard": str(order.heard)}
    return json.dumps(fields)


def load(line: str) -> Order:
    """The order that :func:`dump` wrote.

    Raises:
        BadOrder: not such a line.
    """
    try:
        fields = json.loads(line)
        kind: type[Order] = {"Dial": Dial, "Answer": Answer}[fields.pop("is")]
        fields |= {"script": scripts.from_json(fields["script"]), "heard": Path(fields["heard"])}
        return kind(**fields)
    except (KeyError, TypeError, ValueError) as error:
        raise BadOrder(f"not an order: {error}") from error
