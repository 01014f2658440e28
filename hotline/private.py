"""A private line: the whole system in a folder of its own, on free ports, gone when it is no longer needed."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hotline.prepare import prepare
from hotline.settings import Settings
from hotline.system import System
from hotline.wiring import Parts

CALLS = 10
RTP_PORTS = 4 * CALLS
"""Ports for sound: what Asterisk's configuration asks for so many calls at once."""
RTP_FROM = 20000
RTP_TO = 32000


@dataclass(frozen=True, slots=True)
class PrivateLine:
    """A running private line."""

    settings: Settings
    parts: Parts
    system: System


@contextmanager
def private_line(settings: Settings, tell: Callable[[str], None], **changes: Any) -> Iterator[PrivateLine]:
    """Start a private line and stop it at the end.

    Args:
        settings: what is not changed comes from here (models, cache).
        changes: further settings of the private line.

    Raises:
        NotPossible, NotReady: it cannot be set up or does not come up.
    """
    with ExitStack() as stack:
        data = Path(tempfile.mkdtemp(prefix="hotline-1580-"))
        leftovers = stack.enter_context(ExitStack())
        leftovers.callback(shutil.rmtree, data, ignore_errors=True)
        ports = private_ports()
        own = settings.model_copy(
            update={"data_dir": data, "database_url": "", "operators": "", "max_calls": CALLS, **ports, **changes}
        )
        system = prepare(own, tell)
        stack.callback(system.stop)
        try:
            system.start()
            system.wait_ready(tell)
            yield PrivateLine(own, Parts(own), system)
        except Exception:  # not Ctrl-C: then nobody wants to know why
            leftovers.pop_all()
            tell(f"Журнали приватної лінії: {system.log_dir}")
            raise


def private_ports() -> dict[str, int]:
    """Free ports on loopback for every listener of the line."""
    names = ("panel_port", "ami_port", "agi_port")
    with ExitStack() as stack:
        ports = {name: _free_port(stack, socket.SOCK_STREAM) for name in names}
        ports |= {name: _free_port(stack, socket.SOCK_DGRAM) for name in ("sip_port", "trunk_port")}
        ports["rtp_start"] = _free_range(stack)
        ports["rtp_end"] = ports["rtp_start"] + RTP_PORTS - 1
    return ports


def _free_port(stack: ExitStack, kind: socket.SocketKind) -> int:
    held = stack.enter_context(socket.socket(socket.AF_INET, kind))
    held.bind(("127.0.0.1", 0))
    port: int = held.getsockname()[1]
    return port


def _free_range(stack: ExitStack) -> int:
    """The first port of a range of which the first and last are free; Asterisk passes over single taken ones.

    Asterisk takes the ports only when a call comes, so lines that start side by side begin to look at different places.
    """
    firsts = range(RTP_FROM, RTP_TO, RTP_PORTS)
    for n in range(len(firsts)):
        first = firsts[(os.getpid() + n) % len(firsts)]
        try:
            for port in (first, first + RTP_PORTS - 1):
                held = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                held.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise OSError("no free range of UDP ports on loopback")
