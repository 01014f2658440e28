"""Making the last known announcement anew from the registry of notices."""

from __future__ import annotations

from datetime import datetime

import structlog

from db import notices
from db.models import Notice
from hotline.wiring import Parts
from ivr_flows.hotline_1580 import MAX_CITY_OUTAGES
from ivr_flows.questions import OutageList
from sound.voice import CannotSay

log = structlog.get_logger()


def refresh(parts: Parts, at: datetime) -> None:
    """Keep what the line would announce now, until the first of its notices is over."""
    with parts.records() as session:
        active = notices.active(session, at, city_wide=True)[:MAX_CITY_OUTAGES]
        outages = OutageList(tuple(notices.spoken(notice, at) for notice in active))
        until = min((_valid_until(notice, at) for notice in active), default=None)
    try:
        parts.announcement.keep(outages, until)
    except (CannotSay, OSError) as error:
        log.warning("the announcement cannot be kept for bad days", error=str(error))


def _valid_until(notice: Notice, at: datetime) -> datetime:
    """After the promised end the sentence would be a lie, even where the notice is played on."""
    if notice.ends_at is not None and notice.ends_at > at:
        return min(notice.play_until, notice.ends_at)
    return notice.play_until
