"""Which user of this machine is at the other end of a loopback connection? FastAGI itself knows no passwords."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

TABLE = Path("/proc/net/tcp")
"""``man 5 proc_net``: addresses and states in hexadecimal digits."""
ESTABLISHED = "01"
"""In every other state the kernel may call a socket without an owner root's."""
LOOKS = 3
"""The table is read in pieces, and a row may slip through while others come and go."""


def user_of(peer: tuple[str, int], own: tuple[str, int]) -> int | None:
    """The user id of who connected from ``peer`` to ``own`` (IPv4 address, port); None: gone already."""
    wanted = [_hexadecimal(peer), _hexadecimal(own), ESTABLISHED]
    for _ in range(LOOKS):
        for row in TABLE.read_text().splitlines():
            fields = row.split()
            if fields[1:4] == wanted:
                return int(fields[7])
    return None


def _hexadecimal(address: tuple[str, int]) -> str:
    host, port = address
    return f"{int.from_bytes(socket.inet_aton(host), sys.byteorder):08X}:{port:04X}"
