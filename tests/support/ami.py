"""A manager session as lines on a socket, for tests that look at Asterisk from outside."""

from __future__ import annotations

import socket

from asterisk_conf.site import Site

ANSWER_SECONDS = 10.0


class Manager:
    """Logged in (or refused) at once; ``answer`` is the answer to the login."""

    def __init__(self, site: Site, secret: str | None = None, host: str = "127.0.0.1") -> None:
        self._socket = socket.create_connection((host, site.ami_port), timeout=ANSWER_SECONDS)
        self._lines = self._socket.makefile("r", encoding="utf-8", errors="replace", newline="\r\n")
        self._lines.readline()  # the banner
        self.answer = self.ask(Action="Login", Username=site.ami_user, Secret=secret or site.ami_secret)

    def __enter__(self) -> Manager:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._socket.close()

    def ask(self, **action: str) -> dict[str, str]:
        """Send an action (``Variable`` and the like as keywords); its response, events before it are skipped."""
        text = "".join(f"{name}: {value}\r\n" for name, value in action.items())
        self._socket.sendall(f"{text}\r\n".encode())
        while "Response" not in (block := self.next_block()):
            continue
        return block

    def event(self, name: str) -> dict[str, str]:
        """The next event of that name. Raises TimeoutError."""
        while (block := self.next_block()).get("Event") != name:
            continue
        return block

    def next_block(self) -> dict[str, str]:
        block: dict[str, str] = {}
        while line := self._lines.readline().strip():
            key, _, value = line.partition(": ")
            block[key] = value
        if not block:
            raise ConnectionError("Asterisk closed the manager session")
        return block
