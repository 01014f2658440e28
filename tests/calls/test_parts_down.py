"""When a part is down (DESIGN.md): whoever dials is heard, nothing said is lost, each call becomes one row."""

import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import Call, Recording
from db.transcripts import UNSETTLED
from hotline import doctor
from hotline.citizen import HangUp, Pause, Press, Speak, WaitHangUp, WaitTone
from tests.support.line import Line, alike, appeal_of, calls_of, now, running_line, transcript_of
from tests.support.postgres import database, postgres_server

pytestmark = [pytest.mark.calls, pytest.mark.speech]

SPEECH = Path(__file__).parent.parent / "data" / "speech" / "anatol-02.wav"
MESSAGE = (Pause(1.5), Press("2"), WaitTone(), Speak(SPEECH), HangUp())
SPOKEN = "Прорвало трубу біля будинку 45 на проспекті Волі, вода тече по дорозі"


@pytest.fixture(autouse=True)
def nothing_is_still_starting(request: pytest.FixtureRequest):
    """The test before may have killed a process that the supervisor is starting again."""
    if "line" in request.fixturenames:
        request.getfixturevalue("line").private.system.wait_ready(lambda words: None)


def the_only_call(line: Line, caller: str) -> str:
    """The id of the caller's one call, once every recording of it has been recognised."""

    def settled(session):
        calls = calls_of(session, caller)
        tapes = [tape for call in calls for tape in call.recordings]
        return calls if tapes and not set(UNSETTLED) & {tape.state for tape in tapes} else None

    calls = line.until(settled)
    assert len(calls) == 1
    return calls[0].id


def assert_heard(line: Line, caller: str) -> str:
    call_id = the_only_call(line, caller)
    with line.records() as session:
        assert alike(transcript_of(session, call_id).text, SPOKEN) > 0.75
        assert appeal_of(session, call_id).status == "draft"
    return call_id


def test_our_server_is_down_before_the_call_and_the_dialplan_alone_records(line: Line):
    line.supervise("stop", "line")
    try:
        with line.dial((WaitTone(), Speak(SPEECH), Pause(1.0), HangUp()), caller="0504000001") as citizen:
            assert citizen.result().ok
    finally:
        line.supervise("start", "line")
    call_id = assert_heard(line, "0504000001")
    with line.records() as session:
        assert session.get_one(Call, call_id).by_dialplan


def test_our_server_is_killed_in_the_menu_and_the_dialplan_goes_on(line: Line):
    server = line.pid("line")
    with line.dial((WaitTone(), Speak(SPEECH), Pause(1.0), HangUp()), caller="0504000002") as citizen:
        line.until(lambda session: calls_of(session, "0504000002"))
        os.kill(server, signal.SIGKILL)
        assert citizen.result().ok
    assert_heard(line, "0504000002")


def test_our_server_is_killed_while_the_citizen_speaks_and_the_message_is_kept(line: Line):
    server = line.pid("line")
    with line.dial(MESSAGE, caller="0504000003") as citizen:
        citizen.wait_for("speaking")
        os.kill(server, signal.SIGKILL)
        assert citizen.result().ok
    call_id = assert_heard(line, "0504000003")
    with line.records() as session:
        assert session.get_one(Call, call_id).result == "lost"


def test_a_worker_killed_in_mid_recognition_loses_nothing(line: Line):
    def taken(session):
        return session.scalar(select(Recording).join(Call).where(Call.caller == "0504000004", Recording.taken_by != ""))

    with line.dial(MESSAGE, caller="0504000004") as citizen:
        recording = line.until(taken)
        os.kill(int(recording.taken_by.rpartition(":")[2]), signal.SIGKILL)
        assert citizen.result().ok
    call_id = assert_heard(line, "0504000004")
    with line.records() as session:
        assert len(session.get_one(Call, call_id).recordings[0].transcripts) == 1


def test_asterisk_itself_is_killed_and_comes_back(line: Line):
    asterisk = line.pid("asterisk")
    with line.dial(MESSAGE, caller="0504000005") as citizen:
        citizen.wait_for("speaking")
        os.kill(asterisk, signal.SIGKILL)
        citizen.close()
    line.private.system.wait_ready(lambda words: None)
    line.until(lambda session: [c for c in calls_of(session, "0504000005") if c.result])
    with line.dial(MESSAGE, caller="0504000006") as citizen:
        assert citizen.result().ok
    assert_heard(line, "0504000006")


def test_the_database_stops_and_the_call_is_a_row_when_it_comes_back(tmp_path: Path):
    with (
        postgres_server() as server,
        database(server.address, "city") as url,
        running_line(tmp_path, database_url=url) as line,
    ):
        server.stop()
        with line.dial(MESSAGE, caller="0504000007") as citizen:
            assert citizen.result().ok
        assert list(line.spool.glob("ast-*/journal.jsonl"))
        assert "the records cannot be written, calls wait in the spool" in line.log("ingest")
        server.start()
        assert_heard(line, "0504000007")


def test_without_a_model_recordings_wait_and_everybody_says_so(tmp_path: Path):
    with running_line(tmp_path, recogniser="none") as line:
        with line.dial(MESSAGE, caller="0504000008") as citizen:
            assert citizen.result().ok
        tape = line.until(lambda s: s.scalar(select(Recording).join(Call).where(Call.caller == "0504000008")))
        assert tape.state == "waiting"
        model = next(check for check in doctor.examine(line.private.settings) if check.name == "Модель мовлення")
        assert not model.ok
        assert "записи чекають, нічого не втрачено" in model.words
        assert "no speech model" in line.log("recogniser")
        assert line.private.parts.line_state().recogniser == "none"


def test_a_full_disk_is_announced_and_nothing_is_half_written(tmp_path: Path):
    with running_line(tmp_path, recogniser="none", min_free_mb=10**9) as line:
        since = now()
        with line.dial((WaitHangUp(60),), caller="0504000009") as citizen:
            result = citizen.result()
        assert result.hung_up_by == "line"
        assert result.tones == ()
        call = line.until(lambda s: [c for c in calls_of(s, "0504000009") if c.ended_at and c.started_at >= since])[0]
        assert call.result == "completed"
        assert not list(line.private.settings.data_dir.rglob("*-appeal.wav"))
        disk = next(check for check in doctor.examine(line.private.settings) if check.name == "Місце на диску")
        assert "просить передзвонити" in disk.words
