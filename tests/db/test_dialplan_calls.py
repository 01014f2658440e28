from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db.engine import Records
from db.ingest import Ingested
from db.wav_length import length_of
from tests.db.city import CALL, City, Killed, asked, fallback
from tests.db.conftest import NOON


@pytest.fixture
def city(tmp_path: Path, records: Records) -> City:
    return City(tmp_path / "city", records)


def test_a_call_of_the_dialplan_alone_becomes_an_appeal(city: City) -> None:
    fallback(city)
    done = city.ingest()
    rows = city.rows()
    assert rows["calls"][0][:3] == (CALL, "dialplan", "0501112233") and rows["calls"][0][6] is True
    assert rows["appeals"][0][2] == "380501112233" and len(done.new_recordings) == 1
    assert city.store.path(CALL, "fallback.wav").exists()
    assert list(city.spool.fallback.iterdir()) == []
    assert city.ingest() == Ingested(0, ())


def test_a_fallback_recording_waits_for_its_mark_but_not_for_ever(city: City) -> None:
    fallback(city, caller=None)
    assert city.ingest(NOON + timedelta(minutes=4)).calls == 0
    assert city.ingest(NOON + timedelta(minutes=6)).calls == 1
    assert city.rows()["appeals"][0][2] == ""


@pytest.mark.parametrize("fallback_first", [True, False])
def test_both_halves_of_a_call_are_one_row(city: City, fallback_first: bool) -> None:
    call = city.call()
    call.keep(asked(1, "2"), NOON)
    if fallback_first:
        fallback(city)
        city.ingest()
        call.close()
    else:
        call.close()
        city.ingest()
        fallback(city)
    city.ingest()
    city.ingest()
    rows = city.rows()
    assert len(rows["calls"]) == 1 and len(rows["appeals"]) == 1 and len(rows["entries"]) == 1
    assert rows["calls"][0][1] == "hotline_1580" and rows["calls"][0][4] == "lost" and rows["calls"][0][6] is True
    assert city.store.path(CALL, "fallback.wav").exists()
    assert list(city.spool.fallback.iterdir()) == []


def test_a_fallback_call_killed_between_rows_and_files_is_completed(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    fallback(city)

    def killed(*_: Any) -> None:
        raise Killed

    monkeypatch.setattr("db.dialplan_calls.clear", killed)
    with pytest.raises(Killed):
        city.ingest()
    monkeypatch.undo()
    assert city.ingest().new_recordings == ()
    rows = city.rows()
    assert len(rows["calls"]) == len(rows["recordings"]) == len(rows["appeals"]) == 1
    assert list(city.spool.fallback.iterdir()) == []


def test_who_hung_up_before_the_tone_is_counted_as_a_call(city: City) -> None:
    (city.spool.fallback / "1763892000.12.caller").write_text("анонім; rm -rf")
    city.ingest()
    assert city.rows()["calls"][0][2] == "" and city.rows()["recordings"] == []


def test_a_recording_with_the_id_of_an_older_one_is_not_thrown_away(city: City) -> None:
    fallback(city)
    city.ingest()
    fallback(city, seconds=9.0)
    city.ingest()
    assert length_of(city.store.path(CALL, "fallback.wav")).seconds == 12.0
    assert length_of(city.spool.fallback / "1763892000.12.wav").seconds == 9.0
