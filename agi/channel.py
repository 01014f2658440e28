"""One caller's channel: pyst2's AGI made safe for a thread that serves a socket.

pyst2 0.5.1 sets a signal handler (threads may not), writes text to byte sockets, takes a ``HANGUP`` line for a reply,
forgets why a recording ended, and puts a caller's name into a command as it is. Here every argument is quoted, every
wait is bounded, and whatever ends the line is one exception, :class:`LineDown`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, Protocol

from asterisk.agi import AGI, AGIInvalidCommand, AGIUnknownError, AGIUsageError

PATIENCE_S = 300.0
"""How much longer than its own length a command may take before Asterisk counts as gone."""
GREETING_S = 5.0
"""For the ``agi_`` lines that open a call."""
TALK_S = 7200.0
"""A conversation with an operator after a transfer."""

MAX_LINE_BYTES = 8192
MAX_GREETING_LINES = 100
MAX_REPLY_LINES = 100
"""``HANGUP``, then the reply; only a usage text is longer."""
MAX_COMMAND_BYTES = 2000
"""Asterisk cuts what is longer (22.10.1: at 8191 bytes, older ones at 2048) and runs the rest as a second command."""

RATE = 8000
"""Samples a second of every recording."""
DONE_VARIABLE = "HOTLINE_DONE"
"""Tells the dialplan that the call came to its end; without it the dialplan hears the caller alone."""

_ANSWER = re.compile(r"200 result=([^ ]*)(?: \((.*)\))?(?: endpos=(\d+))?")
_CONTROL = dict.fromkeys([*range(32), 127], " ")


class LineDown(Exception):
    """The caller hung up, or Asterisk is gone: nothing can be said to this caller any more."""


class Unplayable(Exception):
    """Somebody deleted a sound file, or put one there that Asterisk cannot play (stereo, MP3, WAVE_EXTENSIBLE)."""


class CannotRecord(Exception):
    """Asterisk may not write into the call's folder, or the disk is full."""


class CommandTooLong(ValueError):
    """An argument is so long that Asterisk would take its end for another command."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A ``200`` line: ``result=``, what stood in brackets, ``endpos=`` in samples."""

    result: str
    data: str = ""
    endpos: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """What GET DATA gathered; ``timed_out``: the caller stopped typing, ``#`` was not pressed."""

    digits: str
    timed_out: bool


@dataclass(frozen=True, slots=True)
class RecordEnd:
    """Why RECORD FILE returned, and the length in samples (None when Asterisk did not say)."""

    reason: Literal["dtmf", "timeout", "hangup"]
    samples: int | None


class Reader(Protocol):
    """Bytes from Asterisk: a socket's file or a pipe."""

    def readline(self, size: int, /) -> bytes: ...


class Writer(Protocol):
    """Bytes to Asterisk."""

    def write(self, data: bytes, /) -> object: ...

    def flush(self) -> None: ...


class Quoted(str):
    """An argument that is quoted already."""

    __slots__ = ()


class Channel(AGI):  # type: ignore[misc]  # pyst2 ships no types
    """An AGI channel over any pair of byte streams.

    Args:
        reader: from Asterisk; the ``agi_`` lines are read at once.
        writer: to Asterisk.
        patience: sets how many seconds a read may take (``socket.settimeout``); pipes have none.

    Attributes:
        env: the ``agi_`` variables.
        down: the line is gone; every further command raises :class:`LineDown` without being sent.

    Raises:
        LineDown: no or endless ``agi_`` lines.
    """

    def __init__(
        self, reader: Reader, writer: Writer, patience: Callable[[float], object] = lambda _seconds: None
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._patience = patience
        self.down = False
        self.env: dict[str, str] = {}
        try:
            patience(GREETING_S)
            self._get_agi_env()
        except OSError as error:
            raise LineDown(f"Asterisk did not introduce the call: {error}") from error

    # ---- what a call does

    def stream_file(self, filename: str, escape_digits: str = "", sample_offset: int = 0) -> str:
        """Play a file (no extension). Returns the key that stopped it, or "".

        Raises:
            Unplayable: Asterisk refuses the file; the caller is still there.
            LineDown: the caller hung up.
        """
        answer = self._ask("STREAM FILE", filename, self._quote(escape_digits), sample_offset)
        if answer.result == "-1":  # a hang-up and a missing file look the same
            self._lost_unless_alive(answer)
            raise Unplayable(filename)
        return _key(answer)

    def wait_for_digit(self, timeout: int) -> str:
        """Wait ``timeout`` milliseconds for a key; "" when none came.

        Raises:
            LineDown: the caller hung up.
        """
        return _key(self._sure("WAIT FOR DIGIT", timeout, patience=timeout / 1000 + PATIENCE_S))

    def get_data(self, filename: str, timeout: int, max_digits: int = 255) -> Keys:
        """Play a file and gather keys, ended by ``#`` or by ``timeout`` milliseconds without one.

        Raises:
            LineDown: the caller hung up, or the file cannot be played.
        """
        answer = self._sure("GET DATA", filename, timeout, max_digits, patience=timeout / 1000 + PATIENCE_S)
        return Keys(answer.result, answer.data == "timeout")

    def record_file(self, filename: str, *, at_most_s: int, silence_s: int) -> RecordEnd:
        """Record a WAV (``filename`` without extension) until ``#``, silence, the limit or a hang-up; no beep.

        Raises:
            CannotRecord: not a sample was written; the caller is still there.
            LineDown: the line died and Asterisk did not say how much it recorded.
        """
        limit_ms = at_most_s * 1000
        patience = at_most_s + PATIENCE_S
        answer = self._ask("RECORD FILE", filename, "wav", "#", limit_ms, 0, f"s={silence_s}", patience=patience)
        match answer.data:
            case "dtmf" | "timeout" as reason:
                return RecordEnd(reason, answer.endpos)
            case "hangup":
                self.down = True
                return RecordEnd("hangup", answer.endpos)
        self._lost_unless_alive(answer)
        raise CannotRecord(f"{filename}: Asterisk says {answer.data or answer.result!r}")

    def queue(self, name: str, seconds: int) -> str:
        """Ring a queue of people for ``seconds``. Returns Asterisk's QUEUESTATUS; ``CONTINUE``: they talked.

        Asked even when the caller has hung up: after a conversation it is mostly the caller who does.

        Raises:
            LineDown: the caller hung up before anybody answered.
        """
        # c: a conversation ends with CONTINUE and not with the call; r: ringing, since no music is shipped
        answer = self._ask("EXEC", "Queue", f"{name},cr,,,{seconds}", patience=seconds + TALK_S)
        status: str = self.get_variable("QUEUESTATUS")
        if answer.result == "-1" and status != "CONTINUE":
            raise self._lost("hung up while it rang")
        return status

    def hangup(self, channel: str = "") -> None:
        """The normal end of a call. ``channel`` is pyst2's: there is only this one. Never raises LineDown."""
        with suppress(LineDown):
            self.set_variable(DONE_VARIABLE, "1")
            self._ask("HANGUP", channel)
        self.down = True

    def give_back(self) -> None:
        """We cannot serve this caller: AGISTATUS becomes FAILURE and the dialplan goes on alone.

        ``failure`` is the word Asterisk expects from a program that could not start. Closing the socket alone is
        reported as SUCCESS.
        """
        if not self.down:
            with suppress(OSError):
                self._writer.write(b"failure\n")
                self._writer.flush()
            self.down = True

    # ---- what pyst2's other commands are made of

    def execute(self, command: str, *args: object) -> dict[str, tuple[str, str]]:
        """Send a command and read its reply in pyst2's form; the inherited commands come through here.

        Raises:
            LineDown: the line is gone.
        """
        answer = self._sure(command, *args)
        endpos = "" if answer.endpos is None else str(answer.endpos)
        return {"result": (answer.result, answer.data), "endpos": (endpos, "")}

    def send_command(self, command: str, *args: object) -> None:
        """Write one command as exactly one line.

        Raises:
            CommandTooLong: nothing was sent.
        """
        quoted = [self._quote(argument) for argument in args if argument != ""]
        line = " ".join([command.translate(_CONTROL), *quoted]).encode(errors="replace")
        if len(line) > MAX_COMMAND_BYTES:
            raise CommandTooLong(f"{command} with {len(line)} bytes")
        self._writer.write(line + b"\n")
        self._writer.flush()

    def get_result(self) -> Answer:
        """The reply to the last command; ``HANGUP`` lines in front of it are skipped, the reply itself tells enough.

        Raises:
            LineDown: Asterisk closed the line, or the command is not allowed on a dead channel (511).
            AGIInvalidCommand, AGIUsageError, AGIUnknownError: a fault of ours.
        """
        for _ in range(MAX_REPLY_LINES):
            line = self._read_line()
            if line == "HANGUP":
                continue
            if found := _ANSWER.fullmatch(line):
                endpos = found[3]
                return Answer(found[1], found[2] or "", None if endpos is None else int(endpos))
            if line.startswith("511"):
                raise LineDown("the channel is dead")
            if line.startswith("510"):
                raise AGIInvalidCommand(line)
            if line.startswith("520"):
                self._skip_usage(line)
                raise AGIUsageError(line)
            raise AGIUnknownError(line[:80])
        raise LineDown("Asterisk talks without answering")

    def _quote(self, string: object) -> str:
        """An argument in quotes: neither a quotation mark nor a newline in it can begin anything new."""
        if isinstance(string, Quoted):
            return string
        text = str(string).translate(_CONTROL).replace("\\", "\\\\").replace('"', '\\"')
        return Quoted(f'"{text}"')

    def _get_agi_env(self) -> None:
        for _ in range(MAX_GREETING_LINES):
            line = self._read_line()
            if not line:
                return
            name, _colon, value = line.partition(":")
            self.env.setdefault(name.strip(), value.strip())  # the first one counts: names of callers come later
        raise LineDown("the agi_ lines do not end")

    # ---- below the protocol

    def _sure(self, command: str, *args: object, patience: float = PATIENCE_S) -> Answer:
        answer = self._ask(command, *args, patience=patience)
        if answer.result == "-1":
            raise self._lost(f"{command} ended with -1")
        return answer

    def _ask(self, command: str, *args: object, patience: float = PATIENCE_S) -> Answer:
        if self.down:
            raise LineDown("nothing is sent after the end of the line")
        try:
            self._patience(patience)
            self.send_command(command, *args)
            return self.get_result()
        except OSError as error:  # time-outs among them
            raise self._lost(f"{command}: {error}") from error
        except LineDown:
            self.down = True
            raise

    def _read_line(self) -> str:
        raw = self._reader.readline(MAX_LINE_BYTES)
        if not raw.endswith(b"\n"):
            raise LineDown("Asterisk closed the line" if len(raw) < MAX_LINE_BYTES else "a line without an end")
        return raw.decode(errors="replace").strip()

    def _skip_usage(self, line: str) -> None:
        for _ in range(MAX_REPLY_LINES):
            if not line.startswith("520-") and line.startswith("520"):
                return
            line = self._read_line()

    def _lost_unless_alive(self, answer: Answer) -> None:
        """Raise LineDown when the caller is gone: ANSWER does nothing to a living channel, a dead one refuses it."""
        if answer.endpos or self._ask("ANSWER").result == "-1":
            raise self._lost("the caller hung up")

    def _lost(self, why: str) -> LineDown:
        self.down = True
        return LineDown(why)


def _key(answer: Answer) -> str:
    return "" if answer.result in ("0", "") else chr(int(answer.result))
