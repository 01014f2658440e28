"""The process that phones citizens back."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from threading import Event

from hotline.desks import CallbackDesk
from hotline.settings import Settings
from hotline.wiring import Parts


def serve(settings: Settings) -> None:
    """Dial due feedback calls until SIGINT or SIGTERM."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    parts = Parts(settings)
    parts.dialer().work(CallbackDesk(parts.records, parts.policy), stop, lambda: datetime.now(UTC))
