"""Plays the turns of a flow on a channel, until the call is over."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import structlog

from agi.channel import RATE, Channel, LineDown, RecordEnd, Unplayable
from agi.spoken import Speak, files_of
from ivr_flows.commands import Ask, Record, Say, Transfer, Turn
from ivr_flows.replies import EndedBy, HungUp, Pressed, Reply, Silence, Taped, Transferred, TransferResult
from ivr_flows.run import Run

INTERDIGIT_S = 4.0
"""Silence that ends an answer of several digits."""

KEYS = "0123456789*"
END_KEY = "#"

WAV_HEADER_BYTES = 44
BYTES_A_SECOND = RATE * 2

QUEUE_RESULTS: dict[str, TransferResult] = {
    "CONTINUE": "answered",
    "FULL": "busy",
    "TIMEOUT": "no_answer",
    "JOINEMPTY": "no_answer",
    "JOINUNAVAIL": "no_answer",
    "LEAVEEMPTY": "no_answer",
    "LEAVEUNAVAIL": "no_answer",
}
"""Asterisk's QUEUESTATUS; anything else (``UNKNOWN``: no such queue) is a failure of ours."""

Ended = Literal["completed", "hung_up"]

log = structlog.get_logger()


class Recordings(Protocol):
    """Where a call's recordings go: :class:`db.spool.SpooledCall`."""

    def recording_path(self, n: int, name: str) -> Path:
        """The WAV for journal entry ``n``."""


@dataclass(frozen=True, slots=True)
class Line:
    """A channel and what it needs to speak.

    Attributes:
        tone: WAV played right before a recording.
        recordings: of this call.
    """

    channel: Channel
    speak: Speak
    tone: Path
    recordings: Recordings

    def play(self, run: Run) -> Ended:
        """The whole call; its journal is the run's.

        Raises:
            CannotRecord: Asterisk cannot write the recording: the dialplan should try on its own.
            FlowChanged, UnexpectedReply: a fault of ours.
        """
        turn = run.turn()
        while turn.wait is not None:
            turn = run.resume(self._carry_out(turn, len(run.journal) + 1))
        try:
            self._say(turn.say, "")
        except LineDown:
            return "hung_up"
        if self.channel.down:  # nothing was left to say to a caller who is gone
            return "hung_up"
        self.channel.hangup()
        return "completed"

    def _carry_out(self, turn: Turn, n: int) -> Reply:
        try:
            match turn.wait:
                case Ask() as ask:
                    return self._ask(turn.say, ask)
                case Record() as record:
                    return self._record(turn.say, record, n)
                case Transfer() as transfer:
                    self._say(turn.say, "")
                    status = self.channel.queue(transfer.to, transfer.seconds)
                    return Transferred(QUEUE_RESULTS.get(status, "failed"))
        except LineDown as why:
            log.info("The caller is gone", why=str(why))
        return HungUp()

    def _ask(self, sentences: Sequence[Say], ask: Ask) -> Reply:
        """A key pressed in mid sentence is the answer's first; ``#`` alone only cuts the speech short."""
        typed = self._say(sentences, KEYS + END_KEY).removesuffix(END_KEY)
        while len(typed) < ask.digits:
            key = self.channel.wait_for_digit(round((INTERDIGIT_S if typed else ask.seconds) * 1000))
            if not key or key not in KEYS:
                break
            typed += key
        return Pressed(typed) if typed else Silence()

    def _record(self, sentences: Sequence[Say], record: Record, n: int) -> Reply:
        self._say(sentences, END_KEY)
        self._stream(self.tone, "")
        path = self.recordings.recording_path(n, record.name)
        target = str(path.with_suffix(""))
        try:
            end = self.channel.record_file(target, at_most_s=record.at_most_s, silence_s=record.silence_s)
        except LineDown:
            if not path.exists():  # the caller hung up between the tone and the recording
                raise
            end = RecordEnd("hangup", None)
        seconds = _seconds_on_disk(path) if end.samples is None else end.samples / RATE
        return Taped(path.name, round(seconds, 2), _ended_by(end, seconds, record))

    def _say(self, sentences: Sequence[Say], keys: str) -> str:
        """Say it all, or until one of ``keys``: returns that key, or ""."""
        with closing(files_of(sentences, self.speak)) as files:
            for file in files:
                if key := self._stream(file, keys):
                    return key
        return ""

    def _stream(self, file: Path, keys: str) -> str:
        try:
            return self.channel.stream_file(str(file.with_suffix("")), keys)
        except Unplayable:
            log.warning("Asterisk cannot play a file, the call goes on without it", file=file.name)
            return ""


def _ended_by(end: RecordEnd, seconds: float, record: Record) -> EndedBy:
    """Asterisk calls silence and the limit alike ``timeout``.

    Silence ends a recording ``silence_s`` before the limit at the latest, and all but a second of it is cut off; so
    a tape that comes near the limit reached it, even when packets were lost on the way.
    """
    match end.reason:
        case "dtmf":
            return "key"
        case "hangup":
            return "hangup"
    return "limit" if seconds >= record.at_most_s - record.silence_s / 2 else "silence"


def _seconds_on_disk(path: Path) -> float:
    """By the size of the file: the header of a recording that was cut off is wrong."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return 0.0
    return max(0, size - WAV_HEADER_BYTES) / BYTES_A_SECOND
