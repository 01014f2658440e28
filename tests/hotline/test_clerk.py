"""The ingest process: one round after another, whatever goes wrong in one of its parts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import hotline.serve.ingest
from db import migrate
from db.engine import RecordsDown
from db.ingest import ingest
from db.models import Recording
from hotline.serve.ingest import Clerk
from hotline.settings import Settings
from hotline.wiring import Parts
from ivr_flows.commands import Record
from ivr_flows.replies import Taped
from ivr_flows.run import CallFacts, Entry
from tests.db.city import write_wav

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


class Announcement:
    """Counts how often it was looked at; its folder cannot be written."""

    def __init__(self) -> None:
        self.looks = 0

    def expire(self, _at: datetime) -> None:
        self.looks += 1
        raise PermissionError("announcement.wav")

    def keep(self, _outages: object, _until: object) -> None:
        raise PermissionError("announcement.wav")


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    settings = Settings(data_dir=tmp_path, _env_file=None)
    migrate.upgrade(settings.database)
    return Parts(settings)


def leave_a_message(parts: Parts) -> None:
    facts = CallFacts("ast-1.1", caller="0501112233", receipt="32700011")
    call = parts.spool.open_call(facts, line="asterisk", direction="in", flow="hotline_1580", flow_version=1, at=AT)
    write_wav(call.recording_path(1, "appeal"), 9.0)
    call.keep(Entry(1, (), Record("appeal"), Taped("1-appeal.wav", 9.0, "key")), AT)
    call.finish("completed", AT)


def test_an_announcement_that_cannot_be_removed_stops_no_message(parts: Parts):
    parts.announcement = Announcement()
    clerk = Clerk(parts.settings, parts)
    leave_a_message(parts)
    with pytest.raises(PermissionError):
        clerk.round(AT)
    with parts.records() as session:
        assert session.scalar(select(Recording.state)) == "waiting"
    assert clerk._queue.pending_count() == 1


def test_a_worker_is_woken_while_the_citizen_still_speaks(parts: Parts):
    clerk = Clerk(parts.settings, parts)
    facts = CallFacts("ast-1.1", caller="0501112233", receipt="32700011")
    call = parts.spool.open_call(facts, line="asterisk", direction="in", flow="hotline_1580", flow_version=1, at=AT)
    clerk.round(AT)
    assert clerk._queue.pending_count() == 0
    write_wav(call.recording_path(1, "appeal"), 2.0, final=False)
    clerk.round(AT)
    assert clerk._queue.pending_count() == 1


def test_what_a_crash_left_behind_wakes_every_worker_once(parts: Parts):
    parts.settings = parts.settings.model_copy(update={"recogniser_workers": 3})
    leave_a_message(parts)
    ingest(parts.records, parts.spool, parts.store, AT)  # whoever did that died before it woke anybody
    clerk = Clerk(parts.settings, parts)
    for seconds in (0, 5, 10):
        clerk.round(AT + timedelta(seconds=seconds))
    assert clerk._queue.pending_count() == 3


def test_records_that_are_down_do_not_keep_a_past_announcement(parts: Parts, tmp_path: Path):
    parts.announcement = Announcement()
    leave_a_message(parts)
    parts.settings = parts.settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/nowhere/records.db"})
    clerk = Clerk(parts.settings, parts)
    with pytest.raises((RecordsDown, PermissionError)):
        clerk.round(AT)
    assert parts.announcement.looks == 1


def test_the_sweep_goes_on_when_the_clock_is_set_back(parts: Parts, monkeypatch: pytest.MonkeyPatch):
    swept: list[datetime] = []
    monkeypatch.setattr(hotline.serve.ingest, "refresh", lambda parts, at: swept.append(at))
    clerk = Clerk(parts.settings, parts)
    rounds = [AT, AT + timedelta(seconds=1), AT - timedelta(days=1), AT - timedelta(days=1) + timedelta(seconds=5)]
    for at in rounds:
        clerk.round(at)
    assert swept == [rounds[0], *rounds[2:]]
