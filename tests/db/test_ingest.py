import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

import db.ingest
from db import appeal_moves
from db.engine import Records, RecordsDown
from db.ingest import Ingested, ingest
from db.models import Appeal, Call
from db.wav_length import length_of
from ivr_flows.commands import Ask, Record
from ivr_flows.replies import HungUp, Taped
from ivr_flows.run import Entry
from tests.db.city import CALL, City, Killed, asked, taped, write_wav
from tests.db.conftest import NOON


def header_line(**damaged: Any) -> bytes:
    """A first line with fields that a disk has damaged and JSON still accepts."""
    whole = {
        "is": "call",
        "at": "2026-11-23T10:00:00+00:00",
        "line": "asterisk",
        "direction": "in",
        "receipt": "32700006",
    }
    return json.dumps(whole | {"flow": "hotline_1580", "flow_version": 1, "caller": "0501112233"} | damaged).encode()


@pytest.fixture
def city(tmp_path: Path, records: Records) -> City:
    return City(tmp_path / "city", records)


def test_a_finished_call_becomes_rows_and_goes_to_the_archive(city: City) -> None:
    call = city.call()
    call.keep(asked(1, "2"), NOON)
    call.keep(taped(call, 2, 14.0, "key"), NOON + timedelta(seconds=20))
    call.finish("completed", NOON + timedelta(seconds=40))
    done = city.ingest()
    assert done.calls == 1 and len(done.new_recordings) == 1
    rows = city.rows()
    assert rows["calls"] == [
        (CALL, "hotline_1580", "0501112233", "32700006", "completed", NOON + timedelta(seconds=40), False, NOON)
    ]
    assert [entry[1] for entry in rows["entries"]] == [1, 2]
    assert rows["recordings"][0][1:5] == ("appeal", "2-appeal.wav", 14.0, "key")
    assert rows["appeals"] == [(CALL, "new_recording", "380501112233", NOON + timedelta(seconds=20), ["new_recording"])]
    assert not call.folder.exists()
    assert city.store.path(CALL, "2-appeal.wav").parent.parent.name == "2026-11"


def test_a_second_run_finds_nothing(city: City) -> None:
    call = city.call()
    call.keep(taped(call, 1, 14.0), NOON)
    call.finish("hung_up", NOON)
    city.ingest()
    before = city.rows()
    assert city.ingest() == Ingested(0, ())
    assert city.rows() == before


def test_a_running_call_is_taken_line_by_line_and_stays_in_the_spool(city: City) -> None:
    call = city.call()
    city.ingest()
    assert city.rows()["calls"][0][4] is None, "it is still running"
    call.keep(asked(1, "2"), NOON)
    with (call.folder / "journal.jsonl").open("ab") as file:
        file.write(b'{"is": "entry", "n": 2, ')
    city.ingest()
    assert [entry[1] for entry in city.rows()["entries"]] == [1]
    assert call.folder.exists()


def test_a_running_call_without_news_is_not_taken_again(city: City) -> None:
    call = city.call()
    call.keep(asked(1, "2"), NOON)
    assert city.ingest().calls == 1
    assert city.ingest().calls == 0
    assert [file.name for file in call.folder.iterdir()] == ["journal.jsonl"], "no line was taken for a broken one"


def test_a_message_is_there_before_its_caller_hangs_up(city: City) -> None:
    call = city.call()
    call.keep(taped(call, 1, 14.0, "key"), NOON)
    assert len(city.ingest().new_recordings) == 1
    assert len(city.rows()["appeals"]) == 1 and city.rows()["calls"][0][4] is None


def test_a_long_talk_with_an_operator_is_not_taken_for_a_dead_call(city: City) -> None:
    call = city.call()
    call.keep(asked(1, "0"), NOON)
    city.ingest(NOON + timedelta(hours=3))
    assert city.rows()["calls"][0][4] is None
    call.finish("completed", NOON + timedelta(hours=3))
    city.ingest(NOON + timedelta(hours=3))
    assert city.rows()["calls"][0][4] == "completed"


def test_a_line_that_dies_in_mid_recording_leaves_the_message(city: City) -> None:
    call = city.call()
    call.keep(asked(1, "2"), NOON)
    write_wav(call.recording_path(2, "appeal"), 9.0)
    call.close()
    done = city.ingest()
    rows = city.rows()
    assert rows["calls"][0][4] == "lost"
    assert rows["recordings"][0][1:5] == ("appeal", "2-appeal.wav", 9.0, "line_lost")
    assert len(done.new_recordings) == 1 and len(rows["appeals"]) == 1
    assert city.store.path(CALL, "2-appeal.wav").exists() and not call.folder.exists()


def test_a_recording_asterisk_still_writes_waits_until_it_is_quiet(city: City) -> None:
    call = city.call()
    write_wav(call.recording_path(1, "appeal"), 6.0, final=False)
    call.close()
    city.ingest(NOON + timedelta(minutes=1))
    assert city.rows()["recordings"] == [] and call.folder.exists()
    city.ingest(NOON + timedelta(minutes=5))
    assert city.rows()["recordings"][0][3:5] == (6.0, "line_lost") and not call.folder.exists()


def test_a_recording_that_has_only_begun_when_the_line_dies_is_waited_for(city: City) -> None:
    """Asterisk's header stands two seconds before the first sound, and its sizes fit the empty file."""
    call = city.call()
    path = call.recording_path(1, "appeal")
    write_wav(path, 0.0)
    call.close()
    city.ingest(NOON + timedelta(seconds=1))
    assert call.folder.exists()
    write_wav(path, 6.0)
    city.ingest(NOON + timedelta(seconds=8))
    assert city.rows()["recordings"][0][3:5] == (6.0, "line_lost") and not call.folder.exists()


def test_a_recording_without_sound_is_no_recording(city: City) -> None:
    call = city.call()
    call.keep(taped(call, 1, 0.0), NOON)
    call.recording_path(2, "appeal").touch()
    os.utime(call.recording_path(2, "appeal"), (NOON.timestamp(), NOON.timestamp()))
    call.finish("hung_up", NOON)
    city.ingest(NOON + timedelta(hours=1))
    assert city.rows()["recordings"] == [] and city.rows()["appeals"] == [] and not call.folder.exists()


def test_a_short_noise_is_kept_but_makes_no_appeal(city: City) -> None:
    call = city.call()
    call.keep(taped(call, 1, 1.0, "silence"), NOON)
    call.keep(taped(call, 2, 8.0, "key"), NOON)
    call.keep(taped(call, 3, 30.0, "key", name="feedback_comment"), NOON)
    call.finish("completed", NOON)
    city.ingest()
    assert len(city.rows()["recordings"]) == 3 and len(city.rows()["appeals"]) == 1


def test_a_message_whose_file_is_gone_is_still_shown(city: City) -> None:
    call = city.call()
    entry = taped(call, 1, 14.0)
    call.keep(entry, NOON)
    call.recording_path(1, "appeal").unlink()
    call.finish("hung_up", NOON)
    city.ingest()
    assert city.rows()["recordings"][0][3] == 14.0 and city.rows()["recordings"][0][6] is None


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"not json",
        b"\xff\xfe\x00",
        b"[]",
        b'{"is": "entry"}',
        b'{"is": "dance", "at": "2026-11-23T10:00:00+00:00"}',
        b'{"is": "end", "result": "eaten", "at": "2026-11-23T10:00:00+00:00"}',
        b'{"is": "end", "result": "completed", "at": "2026-11-23T10:00:00"}',
        b'{"is": "end", "result": "completed", "at": "0001-01-01T00:00:00+14:00"}',
        b'{"is": "end", "result": "completed", "at": "2026-11-23T10:00:00+00:00", "more": NaN}',
        header_line(line="\ud800"),
        header_line(line="\0"),
        header_line(flow_version=10**30),
        header_line(attempt_id=10**30),
        json.dumps(
            {"is": "entry", "at": "2026-11-23T10:00:00+00:00"}
            | Entry(7, (), Record("appeal"), Taped("../../etc/passwd.wav", 3.0, "key")).to_json()
        ).encode(),
    ],
)
def test_a_broken_line_is_kept_aside_and_the_call_goes_on(city: City, line: bytes) -> None:
    call = city.call()
    call.keep(asked(1, "2"), NOON)
    with (call.folder / "journal.jsonl").open("ab") as file:
        file.write(line + b"\n")
    call.keep(taped(call, 2, 14.0), NOON)
    call.finish("hung_up", NOON)
    city.ingest()
    rows = city.rows()
    assert [entry[1] for entry in rows["entries"]] == [1, 2] and rows["calls"][0][4] == "hung_up"
    archived = city.store.folder(CALL)
    assert archived is not None and (archived / "broken-line-3.txt").read_bytes() == line


def test_a_journal_without_its_first_line_still_gives_the_message(city: City) -> None:
    call = city.call()
    (call.folder / "journal.jsonl").write_bytes(b'{"is": "ca\0\0\0\0\n')
    call.keep(taped(call, 1, 14.0), NOON)
    call.finish("hung_up", NOON)
    city.ingest()
    assert len(city.rows()["appeals"]) == 1 and city.rows()["calls"][0][1] == "unknown"


def test_a_strange_folder_and_a_poisoned_call_do_not_stop_the_others(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    (city.spool.root / "два слова").mkdir()
    for call_id in ("ast-1.1", "ast-2.2", "ast-3.3"):
        call = city.call(call_id)
        call.keep(taped(call, 1, 14.0), NOON)
        call.finish("hung_up", NOON)
    begin = appeal_moves.begin

    def poisoned(session: Session, call: Call, **facts: Any) -> Appeal:
        if call.id == "ast-2.2":
            raise RuntimeError("poison")
        return begin(session, call, **facts)

    monkeypatch.setattr(appeal_moves, "begin", poisoned)
    city.ingest()
    assert [appeal[0] for appeal in city.rows()["appeals"]] == ["ast-1.1", "ast-3.3"]
    monkeypatch.undo()
    city.ingest()
    assert [appeal[0] for appeal in city.rows()["appeals"]] == ["ast-1.1", "ast-2.2", "ast-3.3"]


def test_a_call_that_cannot_be_taken_is_told_once_a_minute(city: City) -> None:
    (city.spool.root / "два слова").mkdir()
    refused: dict[str, datetime] = {}
    with capture_logs() as told:
        for seconds in (0, 1, 59, 60, 61, -3600):  # at last the clock is set back
            city.ingest(NOON + timedelta(seconds=seconds), refused)
    assert [line["call"] for line in told] == ["два слова"] * 3


def test_a_line_that_died_is_told_once(city: City) -> None:
    call = city.call()
    write_wav(call.recording_path(1, "appeal"), 6.0, final=False)
    call.close()
    with capture_logs() as told:
        for seconds in range(3):
            city.ingest(NOON + timedelta(seconds=seconds))
    assert [line["event"] for line in told] == ["a line died in mid call, what it kept is taken"]


@pytest.mark.parametrize("moment", ["take_line", "take_leftovers", "move_folder"])
def test_a_run_killed_half_way_is_completed_by_the_next(
    city: City, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    for call_id in ("ast-1.1", "ast-2.2"):
        call = city.call(call_id)
        call.keep(asked(1, "2"), NOON)
        call.keep(taped(call, 2, 14.0), NOON)
        call.finish("hung_up", NOON)
    step, times = getattr(db.ingest, moment), []

    def killed(*facts: Any) -> Any:
        times.append(moment)
        if len(times) == 2:
            raise Killed
        return step(*facts)

    monkeypatch.setattr(db.ingest, moment, killed)
    with pytest.raises(Killed):
        city.ingest()
    monkeypatch.undo()
    city.ingest()
    rows = city.rows()
    assert [len(rows[name]) for name in ("calls", "entries", "recordings", "appeals")] == [2, 4, 2, 2]
    assert [appeal[4] for appeal in rows["appeals"]] == [["new_recording"], ["new_recording"]]
    for call_id in ("ast-1.1", "ast-2.2"):
        assert city.store.path(call_id, "2-appeal.wav").exists()


def test_a_call_with_the_id_of_an_older_one_overwrites_nothing_and_is_not_thrown_away(city: City) -> None:
    for seconds in (14.0, 9.0):
        call = city.call()
        call.keep(taped(call, 1, seconds), NOON)
        call.finish("hung_up", NOON)
        city.ingest()
    assert length_of(city.store.archived(CALL, NOON) / "1-appeal.wav").seconds == 14.0
    assert length_of(city.spool.root / CALL / "1-appeal.wav").seconds == 9.0


def test_without_a_database_the_spool_waits(city: City, tmp_path: Path) -> None:
    call = city.call()
    call.keep(taped(call, 1, 14.0), NOON)
    call.finish("hung_up", NOON)
    away = Records(f"sqlite:///{tmp_path}/nowhere/records.db")
    with pytest.raises(RecordsDown):
        ingest(away, city.spool, city.store, NOON)
    city.ingest()
    assert len(city.rows()["appeals"]) == 1


def test_a_hang_up_in_the_greeting_leaves_only_the_call(city: City) -> None:
    call = city.call()
    call.keep(Entry(1, (), Ask("main_menu"), HungUp()), NOON)
    call.finish("hung_up", NOON)
    city.ingest()
    assert city.rows()["calls"][0][4] == "hung_up" and city.rows()["appeals"] == []
