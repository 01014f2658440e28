"""A recording is a row from its first sound on, and complete once, when its end is known."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from db import transcripts
from db.engine import Records
from db.models import Recording
from db.spool import SpooledCall
from tests.db.city import CALL, City, taped, write_wav
from tests.db.conftest import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def city(tmp_path: Path, records: Records) -> City:
    return City(tmp_path / "city", records)


def speak(call: SpooledCall, seconds: float, n: int = 1) -> Path:
    path = call.recording_path(n, "appeal")
    write_wav(path, seconds, final=False)
    return path


def recording(city: City) -> Recording:
    with city.records() as session:
        return session.scalars(select(Recording)).one()


def test_a_recording_that_has_begun_is_a_row_and_told_to_the_worker(city: City) -> None:
    call = city.call()
    speak(call, 2.0)
    done = city.ingest(NOON + 2 * SECOND)
    row = recording(city)
    assert done.new_recordings == (row.id,)
    assert (row.name, row.file, row.state, row.ended_by) == ("appeal", "1-appeal.wav", "growing", "")
    assert row.made_at == NOON, "while it grows: when it began"
    assert city.rows()["appeals"] == [], "whoever is silent for two seconds has not appealed"
    assert city.ingest(NOON + 4 * SECOND).new_recordings == ()


def test_a_file_without_sound_has_not_begun(city: City) -> None:
    call = city.call()
    write_wav(call.recording_path(1, "appeal"), 0.0)
    city.ingest()
    assert city.rows()["recordings"] == []


def test_its_end_completes_the_row_and_is_told_again(city: City) -> None:
    call = city.call()
    speak(call, 2.0)
    city.ingest()
    call.keep(taped(call, 1, 14.0), NOON + 14 * SECOND)
    done = city.ingest(NOON + 14 * SECOND)
    row = recording(city)
    assert done.new_recordings == (row.id,)
    assert (row.state, row.seconds, row.ended_by) == ("waiting", 14.0, "hangup")
    assert row.made_at == NOON + 14 * SECOND and row.sha256
    assert len(city.rows()["appeals"]) == 1


def test_a_worker_that_follows_it_keeps_it_when_it_ends(city: City) -> None:
    call = city.call()
    speak(call, 2.0)
    city.ingest()
    with city.records() as session:
        transcripts.claim(session, recording(city).id, NOON, "city:7")
        session.commit()
    assert recording(city).state == "followed"
    call.keep(taped(call, 1, 14.0), NOON)
    city.ingest()
    assert (recording(city).state, recording(city).taken_by) == ("taken", "city:7")


def test_a_line_that_dies_in_mid_recording_ends_it_when_the_file_is_quiet(city: City) -> None:
    call = city.call()
    speak(call, 4.0)
    city.ingest()
    call.close()
    city.ingest(NOON + SECOND)
    assert recording(city).state == "growing", "Asterisk may still be writing"
    city.ingest(NOON + timedelta(minutes=5))
    row = recording(city)
    assert (row.state, row.seconds, row.ended_by) == ("waiting", 4.0, "line_lost")
    assert city.store.path(CALL, row.file).is_file()


def test_a_growing_file_that_somebody_deleted_still_shows_what_was_lost(city: City) -> None:
    call = city.call()
    path = speak(call, 4.0)
    city.ingest()
    path.unlink()
    call.close()
    city.ingest(NOON + SECOND)
    row = recording(city)
    assert (row.state, row.seconds, row.ended_by, row.sha256) == ("waiting", 0.0, "line_lost", None)


def test_a_link_and_a_strange_file_are_no_recordings(city: City, tmp_path: Path) -> None:
    call = city.call()
    speak(call, 2.0).rename(tmp_path / "elsewhere.wav")
    call.recording_path(2, "appeal").symlink_to(tmp_path / "elsewhere.wav")
    write_wav(call.folder / "notes.wav", 2.0, final=False)
    city.ingest()
    assert city.rows()["recordings"] == []
