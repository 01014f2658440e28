"""The FastAGI server: a thread for each call that Asterisk brings.

A call that ends well is hung up by us. Whatever goes wrong ends in ``failure`` or a closed socket, and the dialplan,
which goes on from there, hears the caller alone.
"""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import socketserver
import threading
from types import FrameType
from typing import Any

import structlog

from agi.calls import Calls
from agi.channel import Channel, LineDown
from agi.peer import user_of

GRACE_S = 240.0
"""How long running calls may go on after SIGTERM: a whole message and what is said after it."""
WAITING_CALLS = 128
"""Connections that the kernel holds while threads start."""

log = structlog.get_logger()


class LineServer(socketserver.ThreadingTCPServer):
    """Serves Asterisk's ``AGI(agi://host:port/<flow>)``.

    Args:
        host: a loopback address: FastAGI knows no passwords.
        port: TCP; 0 takes a free one (``server_address``).
        calls: carries each call.
        max_calls: calls carried at once; the next ones go back to the dialplan at once.
        asterisk_uid: whom Asterisk runs as, where it is neither we nor root: nobody else brings us calls.

    Raises:
        ValueError: the host is not loopback.
        OSError: the port is taken.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False  # the calls of a stopping server are waited for by stop(), with a limit
    request_queue_size = WAITING_CALLS

    def __init__(
        self,
        host: str,
        port: int,
        calls: Calls,
        *,
        max_calls: int,
        asterisk_uid: int | None = None,
    ) -> None:
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"the line serves only this machine, {host} is not loopback")
        self._calls = calls
        self._max_calls = max_calls
        self._users = {0, os.geteuid()} | ({asterisk_uid} if asterisk_uid is not None else set())
        self._running = 0
        self._changed = threading.Condition()
        super().__init__((host, port), _OneCall)

    @property
    def running(self) -> int:
        """Calls on the line now."""
        return self._running

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """False for another user of this machine, who could answer a feedback call in a citizen's place."""
        user = user_of(client_address, request.getsockname())
        if user is None:  # a port check by the health page, mostly
            return False
        if user not in self._users:
            log.warning("Somebody who is not Asterisk brings a call and is refused", user=user)
            return False
        return True

    def serve(self, channel: Channel) -> None:
        """One call, in its own thread."""
        if not self._enter():
            log.warning("All lines are taken, the dialplan hears this caller alone", calls=self._max_calls)
            channel.give_back()
            return
        try:
            self._calls.take(channel, channel.env.get("agi_network_script", ""))
        finally:
            self._leave()

    def stop(self, grace_s: float = GRACE_S) -> int:
        """Take no more calls, wait for the running ones. Returns how many were still on the line after ``grace_s``.

        Call it from another thread than ``serve_forever``. New calls find the port closed: the dialplan's own turn.
        """
        self.shutdown()
        self.server_close()
        with self._changed:
            self._changed.wait_for(lambda: self._running == 0, grace_s)
            return self._running

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - socketserver's signature
        """A thread failed outside a call; the socket closes and the dialplan goes on."""
        log.exception("A connection from Asterisk failed")

    def _enter(self) -> bool:
        with self._changed:
            if self._running >= self._max_calls:
                return False
            self._running += 1
            return True

    def _leave(self) -> None:
        with self._changed:
            self._running -= 1
            self._changed.notify_all()


class _OneCall(socketserver.StreamRequestHandler):
    server: LineServer
    connection: socket.socket
    disable_nagle_algorithm = True

    def handle(self) -> None:
        try:
            self.server.serve(Channel(self.rfile, self.wfile, patience=self.connection.settimeout))
        except LineDown as why:  # a port check by the health page, mostly
            log.debug("A connection without a call", why=str(why))


def serve_until_terminated(server: LineServer, grace_s: float = GRACE_S) -> int:
    """Serve until SIGTERM or SIGINT, then stop gracefully. From the main thread.

    Returns:
        Calls that were cut off after the grace; for those the dialplan goes on alone.
    """
    told = threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    thread = threading.Thread(target=server.serve_forever, name="accept-calls")
    thread.start()
    log.info("The line takes calls", port=server.server_address[1])
    told.wait()
    log.info("The line takes no more calls, the running ones go on", calls=server.running, grace_s=grace_s)
    left = server.stop(grace_s)
    thread.join()
    if left:
        log.warning("The grace is over, the dialplan goes on with the calls that are left", calls=left)
    return left
