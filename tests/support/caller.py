"""A citizen at the fake Asterisk: the replies of a scenario, acted out command by command."""

from __future__ import annotations

import wave
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from ivr_flows.replies import HungUp, Pressed, Reply, Silence, Taped, Transferred
from tests.support.fake_asterisk import Command

RATE = 8000
QUEUE_STATUS = {"answered": "CONTINUE", "busy": "FULL", "no_answer": "TIMEOUT", "failed": "UNKNOWN"}


class Caller:
    """Listens to every sentence to its end, then does what the next reply says.

    Attributes:
        heard: files played, in order.
        left: replies not acted yet.
    """

    def __init__(self, replies: Iterable[Reply], attempt_id: int | None = None) -> None:
        self.left = deque(replies)
        self.heard: list[str] = []
        self._attempt_id = attempt_id
        self._typing: deque[str] | None = None
        self._queue_status = ""

    def __call__(self, command: Command) -> str | None:
        match command:
            case ["STREAM", "FILE", file, *_]:
                self._typing = None
                self.heard.append(file)
                return "200 result=0 endpos=8000"
            case ["WAIT", "FOR", "DIGIT", _]:
                return self._key()
            case ["RECORD", "FILE", file, *_]:
                return self._record(Path(f"{file}.wav"))
            case ["EXEC", "Queue", _]:
                return self._queue()
            case ["GET", "VARIABLE", "QUEUESTATUS"]:
                return f"200 result=1 ({self._queue_status})"
            case ["GET", "VARIABLE", "HOTLINE_ATTEMPT"]:
                return "200 result=0" if self._attempt_id is None else f"200 result=1 ({self._attempt_id})"
        raise AssertionError(f"a call needs no {command}")

    def _key(self) -> str:
        if self._typing is None:
            match self.left.popleft():
                case Pressed(keys):
                    self._typing = deque(keys)
                case Silence():
                    self._typing = deque()
                case HungUp():
                    return "200 result=-1"
                case reply:
                    raise AssertionError(f"the line waits for a key, the script says {reply}")
        return f"200 result={ord(self._typing.popleft()) if self._typing else 0}"

    def _record(self, file: Path) -> str:
        reply = self.left.popleft()
        if isinstance(reply, HungUp):
            return "HANGUP\n511 Command Not Permitted on a dead channel or intercept routine"
        assert isinstance(reply, Taped)
        write_tape(file, reply.seconds)
        samples = round(reply.seconds * RATE)
        result, how = {"key": (35, "dtmf"), "hangup": (-1, "hangup")}.get(reply.ended_by, (0, "timeout"))
        return f"200 result={result} ({how}) endpos={samples}"

    def _queue(self) -> str:
        reply = self.left.popleft()
        if isinstance(reply, HungUp):
            return "200 result=-1"
        assert isinstance(reply, Transferred)
        self._queue_status = QUEUE_STATUS[reply.result]
        return "200 result=0"


def write_tape(file: Path, seconds: float) -> None:
    """What Asterisk leaves behind: a plain WAV of so many seconds."""
    with wave.open(str(file), "wb") as tape:
        tape.setparams((1, 2, RATE, 0, "NONE", ""))
        tape.writeframes(bytes(round(seconds * RATE) * 2))
