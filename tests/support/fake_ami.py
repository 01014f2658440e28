"""A fake manager interface of Asterisk on a real socket. Messages are those of a genuine 22.10.1."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Literal

Action = dict[str, str]
Outcome = Literal["answered", "busy", "rings", "declined", "off", "wrong", "congestion", "no channel", "silent", "dies"]
SECRET = "manager-secret"
CAUSES = {"busy": "17", "declined": "21", "off": "20", "wrong": "1", "congestion": "34"}


class FakeAmi:
    """Serves dialers on loopback until :meth:`close`.

    Attributes:
        actions: every action seen.
        outcome: how the next calls go, by number; ``answered`` without an entry.
        refuses: what Originate is refused with, or "".
        frozen: True: connections are accepted and never answered.
    """

    def __init__(self) -> None:
        self.actions: list[Action] = []
        self.outcome: dict[str, Outcome] = {}
        self.refuses = ""
        self.frozen = False
        self._connections: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def placed(self) -> list[Action]:
        return [action for action in self.actions if action["Action"] == "Originate"]

    def hang_up(self, name: str) -> None:
        """An answered call is over."""
        for connection in self._connections:
            self._send(connection, {"Event": "Hangup", "Uniqueid": name, "Cause": "16"})

    def drop(self) -> None:
        """Every connection ends, as when Asterisk is restarted."""
        for connection in self._connections:
            with suppress(OSError):  # the dialer may have left before
                connection.shutdown(socket.SHUT_RDWR)
        self._connections.clear()

    def close(self) -> None:
        """Nobody listens any more; once more is no fault."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes accept(); close alone leaves it waiting
        self._listener.close()
        self.drop()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            if not self.frozen:
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.sendall(b"Asterisk Call Manager/11.0.0\r\n")
        action: Action = {}
        with connection, connection.makefile("r", newline="\r\n") as lines:
            for line in lines:
                name, _, value = line.rstrip("\r\n").partition(": ")
                if name:
                    action[name] = value
                    continue
                self._act(connection, action)
                action = {}

    def _act(self, connection: socket.socket, action: Action) -> None:
        self.actions.append(action)
        refused = {"Response": "Error", "Message": self.refuses or "Authentication failed"}
        match action["Action"]:
            case "Login" if action["Secret"] != SECRET:
                self._send(connection, refused)
            case "Originate" if self.refuses:
                self._send(connection, refused)
            case "Originate":
                self._send(connection, {"Response": "Success", "Message": "Originate successfully queued"})
                number = action["Channel"].removeprefix("PJSIP/").removesuffix("@trunk")
                self._place(connection, action["ActionID"], self.outcome.get(number, "answered"))
            case _:
                self._send(connection, {"Response": "Success", "Message": "fine"})

    def _place(self, connection: socket.socket, name: str, outcome: Outcome) -> None:
        response = {"Event": "OriginateResponse", "ActionID": name, "Uniqueid": name}
        hangup = {"Event": "Hangup", "Uniqueid": name, "Cause": CAUSES.get(outcome, "19")}
        match outcome:
            case "answered":
                self._send(connection, {**response, "Response": "Success", "Reason": "4"})
            case "rings":  # Asterisk tells the hang-up first, here and on congestion
                self._send(connection, hangup)
                self._send(connection, {**response, "Response": "Failure", "Reason": "3"})
            case "congestion":
                self._send(connection, hangup)
                self._send(connection, {**response, "Response": "Failure", "Reason": "0"})
            case "no channel":
                self._send(connection, {**response, "Uniqueid": "<null>", "Response": "Failure", "Reason": "0"})
            case "silent":
                pass
            case "dies":
                connection.shutdown(socket.SHUT_RDWR)
            case _:
                self._send(connection, {**response, "Response": "Failure", "Reason": "0"})
                self._send(connection, hangup)

    def _send(self, connection: socket.socket, message: Mapping[str, str]) -> None:
        text = "".join(f"{name}: {value}\r\n" for name, value in message.items()) + "\r\n"
        connection.sendall(text.encode())
