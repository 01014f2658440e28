"""Times, spans, numbers and codes as people read them."""

from __future__ import annotations

import re
import sys
from datetime import datetime, timedelta

from flask import Flask

from db import uk
from db.city_time import in_kyiv
from db.models import Appeal, Audit, Call, Recording
from db.phones import local
from db.transcripts import LIVE, reading, reading_text

GIST = 140
"""Letters of a transcript in a list."""


def when(at: datetime | None, now: datetime) -> str:
    """«сьогодні о 14:05», «23.11 о 14:05», with the year when it is another one; "" for None."""
    if at is None:
        return ""
    local, today = in_kyiv(at), in_kyiv(now)
    if local.date() == today.date():
        return f"сьогодні о {local:%H:%M}"
    if local.date() == (today - timedelta(days=1)).date():
        return f"учора о {local:%H:%M}"
    return f"{local:%d.%m} о {local:%H:%M}" if local.year == today.year else f"{local:%d.%m.%Y} о {local:%H:%M}"


def clock_time(at: datetime | None) -> str:
    """«14:05:32» in Kyiv."""
    return f"{in_kyiv(at):%H:%M:%S}" if at else ""


def span(seconds: float) -> str:
    """«45 с», «12 хв», «3 год 05 хв», «4 дн»."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} с"
    if whole < 3600:
        return f"{whole // 60} хв"
    if whole < 48 * 3600:
        return f"{whole // 3600} год {whole % 3600 // 60:02d} хв"
    return f"{whole // 86400} дн"


def ago(gone: timedelta) -> str:
    """«щойно», «12 хв тому»."""
    seconds = gone.total_seconds()
    return "щойно" if seconds < 60 else f"{span(seconds)} тому"


def length(seconds: float) -> str:
    """The length of a recording: «0:14», «2:05»."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def phone(number: str) -> str:
    """«050 123 45 67» for a Ukrainian number, anything else as it is, «номер приховано» for none."""
    if not number:
        return "номер приховано"
    dialled = local(number)
    if dialled.isascii() and dialled.isdigit() and len(dialled) == 10 and dialled.startswith("0"):
        return f"{dialled[:3]} {dialled[3:6]} {dialled[6:8]} {dialled[8:]}"
    return number


def counted(count: int, one: str, few: str, many: str) -> str:
    """«1 запис», «2 записи», «5 записів»."""
    tens, units = count % 100, count % 10
    if units == 1 and tens != 11:
        form = one
    elif units in (2, 3, 4) and tens not in (12, 13, 14):
        form = few
    else:
        form = many
    return f"{count} {form}"


def status(code: str) -> str:
    """An appeal's status."""
    return uk.word(uk.APPEAL_STATUS, code)


def call_result(call: Call) -> str:
    """How a call ended; "" is never the answer."""
    return uk.word(uk.CALL_RESULT, call.result) if call.result else uk.CALL_RUNNING


def ended_by(code: str) -> str:
    """What ended a recording."""
    return uk.word(uk.ENDED_BY, code)


def gist(appeal: Appeal) -> str:
    """What a list shows of an appeal whose text nobody has written yet."""
    tape = main_tape(appeal.call)
    if tape is None:
        return "запису немає"
    if tape.state in LIVE:
        return "говорить зараз"
    heard = reading_text(tape.transcript) if tape.transcript else ""
    if not heard:
        return f"запис {length(tape.seconds)}, {uk.word(uk.RECORDING_STATE, tape.state)}"
    return heard if len(heard) <= GIST else heard[:GIST].rstrip() + "…"


def main_tape(call: Call) -> Recording | None:
    """The recording an appeal is about: the longest message of its call."""
    told = [recording for recording in call.recordings if recording.name == "appeal"]
    return max(told, key=lambda recording: recording.seconds, default=None)


def audit(what: str) -> str:
    """What an audit entry says."""
    return uk.word(uk.AUDIT_WHAT, what)


ABOUT = {
    "appeal": "картка",
    "recording": "запис",
    "user": "користувач",
    "notice": "повідомлення",
    "panel": "панель",
    "street": "вулиця",
    "streets": "реєстр вулиць",
    "examples": "рішення операторів",
}
EXPORTED = {"masked": "без імен і телефонів", "personal": "з особистими даними"}


def about(text: str) -> str:
    """«картка 12» for ``appeal 12``."""
    kind, _, number = text.partition(" ")
    return f"{ABOUT.get(kind, kind)} {number}".strip()


FIELD = {
    "applicant": "ім'я",
    "phone": "телефон",
    "address": "адреса",
    "text": "суть",
    "category": "категорія",
    "urgency": "терміновість",
    "earlier_no": "попереднє звернення",
}
_DETAILS = {
    "moved": uk.APPEAL_STATUS,
    "edited": FIELD,
    "user_created": uk.ROLE,
    "street_added": uk.STREET_WHAT,
    "street_changed": uk.STREET_WHAT,
    "streets_imported": uk.STREET_OUTCOME,
    "examples_exported": EXPORTED,
}


def details(entry: Audit) -> str:
    """«чернетка → зареєстровано», «суть, адреса»: the codes of an audit entry in words."""
    of_kind = _DETAILS.get(entry.what, uk.NOTICE_STATUS if entry.what.startswith("notice_") else {})
    return re.sub(r"\w+", lambda code: uk.word(of_kind, code[0]), entry.details).replace("->", "→")


def teach(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(when=when, ago=ago, clock_time=clock_time, span=span, length=length, phone=phone)
    app.jinja_env.globals.update(uk=uk, reading=reading, words=sys.modules[__name__], counted=counted)
