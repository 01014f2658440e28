"""What the panel is given by whoever starts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from db.callbacks import CallbackPolicy
from db.engine import Records
from db.recordings import RecordingStore
from db.register_now import RegisterNow
from ivr_flows.commands import Say
from ivr_flows.questions import Outage


@dataclass(frozen=True, slots=True)
class LineState:
    """What is known of the telephone line at one moment.

    Attributes:
        asterisk_up: Asterisk answers, so citizens get through.
        line_up: our call server answers; without it the dialplan alone records.
        recogniser: «none» when no model is installed: recordings wait, nothing is lost.
        recogniser_name: engine and model, "" when there is none.
        advice: Ukrainian, what the administrator should do about recognition; "" when nothing.
        waiting: recordings that wait for recognition.
        oldest_waiting: when the oldest of them was made (UTC), None when none waits.
        lag_seconds: how far recognition is behind.
        disk_ok: there is room for new recordings.
        disk_free_mb: megabytes.
    """

    asterisk_up: bool
    line_up: bool
    recogniser: Literal["ready", "none"]
    recogniser_name: str
    advice: str
    waiting: int
    oldest_waiting: datetime | None
    lag_seconds: float
    disk_ok: bool
    disk_free_mb: int


@dataclass(frozen=True, slots=True)
class PanelParts:
    """Everything the panel works with.

    Attributes:
        secret_key: signs session cookies; changing it ends every session.
        clock: the present moment, aware.
        line_state: cheap enough to be asked on every page; a failure of it never breaks a page.
        policy: when feedback calls are made.
        preview: the Ukrainian text the line will say about an outage.
        text_of: the Ukrainian text of one sentence of a call.
        register: the streets of the city.
        phone_shown: the number citizens dial, as shown in the header.
        https: the panel stands behind one TLS proxy: cookies are secure, the proxy's X-Forwarded-* are believed.
    """

    records: Records
    store: RecordingStore
    secret_key: str
    clock: Callable[[], datetime]
    line_state: Callable[[], LineState]
    policy: CallbackPolicy
    preview: Callable[[Outage], str]
    text_of: Callable[[Say], str]
    register: RegisterNow = field(default_factory=RegisterNow)
    phone_shown: str = "15-80"
    https: bool = False
