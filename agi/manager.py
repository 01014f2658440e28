"""pyst2's manager interface (AMI) with an end to every wait.

pyst2 0.5.1 waits for ever when Asterisk accepts a connection and then stands still, reads one byte per system call,
and tells nobody that the connection ended.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from asterisk.manager import EOL, Manager, ManagerException, ManagerSocketException

ANSWER_S = 5.0
"""How long Asterisk may take to connect, or to answer an action."""


class AmiDown(Exception):
    """Asterisk is stopped, restarting or frozen, or it does not let us in: nothing can be dialled now."""


@dataclass(frozen=True, slots=True)
class AmiLogin:
    """Where the manager interface is and who we are there.

    Raises:
        ValueError: a line break in a value would begin another header.
    """

    host: str
    port: int
    user: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        for value in (self.host, self.user, self.secret):
            header(value)


def header(value: str) -> str:
    """The value itself, when it is one header's.

    Raises:
        ValueError: it holds a line break.
    """
    if any(character in value for character in "\r\n\0"):
        raise ValueError("a line break in a value for the manager interface")
    return value


class Wire(Manager):  # type: ignore[misc]  # pyst2 ships no types
    """One logged-in connection. Every action is answered within ANSWER_S or raises :class:`AmiDown`.

    Args:
        on_event: called with the name and headers of each event, from one thread.
        on_end: called once when the connection ends, from that thread.

    Raises:
        AmiDown: nobody listens, or the login is refused.
    """

    def __init__(
        self,
        login: AmiLogin,
        *,
        on_event: Callable[[str, Mapping[str, str]], None],
        on_end: Callable[[], None],
    ) -> None:
        super().__init__()
        self._socket: socket.socket | None = None
        self._in_turn = threading.Lock()
        self._on_end = on_end
        self.register_event("*", lambda event, _manager: on_event(event.name, event.headers))
        try:
            self.connect(login.host, login.port)
            self.login(login.user, login.secret)
            self.send_action({"Action": "Events", "EventMask": "call"})
        except (OSError, ManagerException) as error:
            self.close()
            raise AmiDown(f"no manager interface at {login.host}:{login.port}: {error}") from error

    def connect(self, host: str, port: int = 5038) -> None:
        """Connect and read the greeting."""
        self._socket = socket.create_connection((host, port), ANSWER_S)
        self._socket.settimeout(None)  # events come when they come; a dead peer is found by the next action
        self._sock = self._socket.makefile("rwb")
        self._connected.set()
        self._running.set()
        self.message_thread.start()
        self.event_dispatch_thread.start()
        self._response()

    def send_action(self, cdict: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        """Send an action; pyst2's own actions come through here. Returns pyst2's message.

        Raises:
            AmiDown: the connection is gone.
        """
        with self._in_turn:  # responses come in the order of the actions
            if not self.connected():
                raise AmiDown("the connection to the manager interface is gone")
            fields = {**(cdict or {}), **kwargs}
            try:
                self._sock.write(
                    "".join(f"{name}: {header(str(value))}{EOL}" for name, value in fields.items()).encode()
                )
                self._sock.write(EOL.encode())
                self._sock.flush()
                return self._response()
            except (OSError, ManagerException) as error:
                self.close()  # a late response would be taken for the next action's
                raise AmiDown(str(error)) from error

    def event_dispatch(self) -> None:
        """pyst2's loop over events, and then the news that there will be no more."""
        try:
            super().event_dispatch()
        finally:
            self._connected.clear()
            self._on_end()

    def close(self) -> None:
        """Leave. The reading threads end by themselves when the socket does; nobody waits for them."""
        self._connected.clear()
        if self._socket is not None:
            with suppress(OSError):  # Asterisk may have closed it
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()

    def _response(self) -> Any:
        self._reswaiting.append(1)
        try:
            response = self._response_queue.get(timeout=ANSWER_S)
        except queue.Empty:
            raise ManagerSocketException(0, f"no answer within {ANSWER_S:g} s") from None
        finally:
            self._reswaiting.pop()
        if response is None:
            raise ManagerSocketException(0, "the connection ended")
        return response
