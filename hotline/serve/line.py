"""The process that answers: our FastAGI server."""

from __future__ import annotations

from agi.server import serve_until_terminated
from hotline.settings import Settings
from hotline.wiring import Parts

GRACE_S = 8.0
"""How long running calls may go on when the line is stopped: Asterisk stops with it and ends them anyway."""


def serve(settings: Settings) -> None:
    """Answer calls until SIGINT or SIGTERM."""
    serve_until_terminated(Parts(settings).line_server(), GRACE_S)
