"""A small city with a spool: calls are played into it and read back as rows."""

from __future__ import annotations

import os
import wave
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import Records
from db.ingest import Ingested, ingest
from db.models import Appeal, Call, JournalEntry, Recording
from db.recordings import RecordingStore
from db.spool import Spool, SpooledCall
from ivr_flows.commands import Ask, Prompt, Record, Say
from ivr_flows.replies import EndedBy, Pressed, Taped
from ivr_flows.run import CallFacts, Entry
from tests.db.conftest import NOON

CALL = "ast-1763892000.12"


class City:
    """The folders of a small city."""

    def __init__(self, root: Path, records: Records) -> None:
        self.records = records
        self.spool = Spool(root / "spool")
        self.store = RecordingStore(root)

    def ingest(self, at: datetime = NOON, refused: dict[str, datetime] | None = None) -> Ingested:
        return ingest(self.records, self.spool, self.store, at, refused=refused)

    def call(self, call_id: str = CALL, *, caller: str = "0501112233", attempt_id: int | None = None) -> SpooledCall:
        facts = CallFacts(call_id, caller=caller, receipt="32700006", attempt_id=attempt_id)
        return self.spool.open_call(
            facts, line="asterisk", direction="in", flow="hotline_1580", flow_version=1, at=NOON
        )

    def rows(self) -> dict[str, Any]:
        with self.records() as session:
            return rows_of(session)


def write_wav(path: Path, seconds: float, *, final: bool = True, touched: datetime = NOON) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\1\0" * int(seconds * 8000))
    if not final:
        data = bytearray(path.read_bytes())
        data[4:8] = data[40:44] = b"\0\0\0\0"
        path.write_bytes(data)
    os.utime(path, (touched.timestamp(), touched.timestamp()))


def asked(n: int, keys: str) -> Entry:
    return Entry(n, (Say((Prompt("main_menu"),)),), Ask("main_menu"), Pressed(keys))


def taped(call: SpooledCall, n: int, seconds: float, ended_by: EndedBy = "hangup", name: str = "appeal") -> Entry:
    path = call.recording_path(n, name)
    write_wav(path, seconds)
    return Entry(n, (), Record(name), Taped(path.name, seconds, ended_by))


def rows_of(session: Session) -> dict[str, Any]:
    """Everything a call became, without what depends on when it was ingested."""
    return {
        "calls": [
            (c.id, c.flow, c.caller, c.receipt, c.result, c.ended_at, c.by_dialplan, c.started_at)
            for c in session.scalars(select(Call).order_by(Call.id))
        ],
        "entries": [
            (e.call_id, e.n, e.at, e.entry)
            for e in session.scalars(select(JournalEntry).order_by(JournalEntry.call_id, JournalEntry.n))
        ],
        "recordings": [
            (r.call_id, r.name, r.file, r.seconds, r.ended_by, r.made_at, r.sha256, r.state)
            for r in session.scalars(select(Recording).order_by(Recording.call_id, Recording.file))
        ],
        "appeals": [
            (a.call_id, a.status, a.phone, a.received_at, [m.became for m in a.moves])
            for a in session.scalars(select(Appeal).order_by(Appeal.call_id))
        ],
    }


def fallback(
    city: City, *, seconds: float = 12.0, caller: str | None = "0501112233", uid: str = "1763892000.12"
) -> None:
    write_wav(city.spool.fallback / f"{uid}.wav", seconds)
    if caller is not None:
        (city.spool.fallback / f"{uid}.caller").write_text(caller)


class Killed(BaseException):
    """The process is gone: no handler of ours runs on."""
