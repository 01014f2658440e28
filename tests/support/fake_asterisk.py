"""A fake Asterisk over a real socket: brings one call to a FastAGI server and remembers every command it was sent.

It reads commands as Asterisk 22.10.1 does (quotes, backslashes, one line each, ``failure``), so a name that broke out
of its quotes would show up here as a command of its own.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Literal

Command = list[str]
Answering = Callable[[Command], str | None]
"""What Asterisk says to a command; None: the line dies without a word."""

ENV = {
    "agi_network": "yes",
    "agi_network_script": "hotline_1580",
    "agi_request": "agi://127.0.0.1/hotline_1580",
    "agi_channel": "PJSIP/anonymous-00000001",
    "agi_uniqueid": "1700000000.12",
    "agi_callerid": "+380501234567",
    "agi_calleridname": "unknown",
}


@dataclass
class FakeAsterisk:
    """One call.

    Attributes:
        answering: a function of the command's words, or replies in order.
        env: ``agi_`` lines beside the usual ones.
        commands: every command seen, split into words.
        ended: how our server left: it hung up, it said ``failure``, or it closed the socket.
    """

    answering: Answering | Iterable[str | None]
    env: Mapping[str, str] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)
    ended: Literal["hangup", "failure", "closed"] = "closed"

    def call(self, address: tuple[str, int]) -> FakeAsterisk:
        """Bring the call to a server and play it to the end."""
        with socket.create_connection(address, 10) as connection:
            return self.serve(connection)

    def serve(self, connection: socket.socket) -> FakeAsterisk:
        """Play the call on a connected socket until our side leaves."""
        connection.settimeout(20)
        answer = self.answering if callable(self.answering) else _in_order(self.answering)
        with connection.makefile("rb") as reader:
            self._write(connection, "".join(f"{name}: {value}\n" for name, value in {**ENV, **self.env}.items()) + "\n")
            while line := _readline(reader):
                if line.lower().startswith(b"failure"):
                    self.ended = "failure"
                    return self
                words = split(line.decode(errors="replace").rstrip("\n"))
                self.commands.append(words)
                if words[0] == "HANGUP":
                    self.ended = "hangup"
                    self._write(connection, "200 result=1\nHANGUP\n")
                elif words[:3] == ["SET", "VARIABLE", "HOTLINE_DONE"]:
                    self._write(connection, "200 result=1\n")
                elif (reply := answer(words)) is None:
                    return self
                else:
                    self._write(connection, reply + "\n")
        return self

    def seen(self, *beginning: str) -> list[Command]:
        """Commands that begin with these words."""
        return [command for command in self.commands if command[: len(beginning)] == list(beginning)]

    @staticmethod
    def _write(connection: socket.socket, text: str) -> None:
        # Names may hold any bytes: surrogates stand for broken UTF-8.
        connection.sendall(text.encode("utf-8", "surrogateescape"))


def split(line: str) -> Command:
    """A command's words, as ``parse_args`` of res_agi.c splits them."""
    words: list[str] = []
    word: list[str] | None = None
    quoted = escaped = False
    for character in line:
        if escaped:
            word, escaped = [*(word or []), character], False
        elif character == "\\":
            escaped = True
        elif character == '"':
            quoted, word = not quoted, word or []
        elif character in " \t" and not quoted:
            if word is not None:
                words.append("".join(word))
            word = None
        else:
            word = [*(word or []), character]
    return words if word is None else [*words, "".join(word)]


def _readline(reader: BufferedReader) -> bytes:
    try:
        return reader.readline()
    except OSError:
        return b""


def _in_order(replies: Iterable[str | None]) -> Answering:
    left = iter(replies)

    def answer(words: Command) -> str | None:
        reply = next(left, "out of replies")
        assert reply != "out of replies", f"the script has no reply left for {words}"
        return reply

    return answer
