"""The smallest FastAGI server: a test tells what it does with each call."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from io import BufferedReader
from queue import Queue


class AgiCall:
    """One call as the server sees it. ``facts`` are the ``agi_...`` values, ``script`` the last part of the URL."""

    def __init__(self, connection: socket.socket, lines: BufferedReader) -> None:
        self._lines = lines
        self._connection = connection
        self.facts: dict[str, str] = {}
        while line := self._lines.readline().decode(errors="replace").rstrip("\n"):
            name, _, value = line.partition(": ")
            self.facts[name] = value
        self.script = self.facts["agi_network_script"]

    def do(self, command: str) -> str:
        """Send one AGI command; its answer without the newline, "" when Asterisk has gone."""
        self._connection.sendall(command.encode() + b"\n")
        while (line := self._lines.readline().decode(errors="replace").strip()) == "HANGUP":
            continue
        return line


class FastAgi:
    """Listens on 127.0.0.1:``port`` while it is a context. ``behave`` runs once per call; then the connection closes.

    ``calls`` gets each call after it was carried: await it instead of sleeping.
    """

    def __init__(self, port: int, behave: Callable[[AgiCall], None]) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        self._behave = behave
        self.calls: Queue[AgiCall] = Queue()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> FastAgi:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:  # a socket closes when its last file does
                call = AgiCall(connection, lines)
                self._behave(call)
            self.calls.put(call)
