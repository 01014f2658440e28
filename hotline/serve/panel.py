"""The process of the operators' panel."""

from __future__ import annotations

import waitress

from hotline.settings import Settings
from hotline.wiring import Parts
from web.panel import create_app

THREADS = 8


def serve(settings: Settings) -> None:
    """Serve the panel until SIGINT or SIGTERM."""
    app = create_app(Parts(settings).panel())
    waitress.serve(app, host=settings.panel_host, port=settings.panel_port, threads=THREADS, ident="15-80")
