"""Are the line's ports free? A taken one is told at once and with its setting, not after a minute and a half."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator

from hotline.settings import Settings

_CANNOT = {
    errno.EADDRINUSE: "порт {port} зайнятий іншою програмою: звільніть його або змініть {setting}",
    errno.EADDRNOTAVAIL: "адреси {host} немає на цій машині: змініть {setting}",
}


def of_calls(settings: Settings) -> Iterator[str]:
    """What keeps telephones from being answered, in words for the administrator; nothing when all is well."""
    yield from _trouble("127.0.0.1", settings.ami_port, socket.SOCK_STREAM, "HOTLINE_AMI_PORT")
    yield from _trouble("127.0.0.1", settings.agi_port, socket.SOCK_STREAM, "HOTLINE_AGI_PORT")
    yield from _trouble(settings.sip_host, settings.sip_port, socket.SOCK_DGRAM, "HOTLINE_SIP_HOST, HOTLINE_SIP_PORT")


def of_panel(settings: Settings) -> Iterator[str]:
    """The same of the panel."""
    setting = "HOTLINE_PANEL_HOST, HOTLINE_PANEL_PORT"
    yield from _trouble(settings.panel_host, settings.panel_port, socket.SOCK_STREAM, setting)


def _trouble(host: str, port: int, kind: socket.SocketKind, setting: str) -> Iterator[str]:
    """Whatever else is wrong with the port, the program that opens it will tell."""
    with socket.socket(socket.AF_INET, kind) as tried:
        if kind == socket.SOCK_STREAM:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that just ended do not count
        try:
            tried.bind((host, port))
        except OSError as error:
            if error.errno in _CANNOT:
                yield _CANNOT[error.errno].format(host=host, port=port, setting=setting)
