"""What a caller at the FastAGI server meets when people and machines do not behave."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from agi.peer import user_of
from agi.server import LineServer
from agi.spoken import files_of
from ivr_flows.commands import Prompt, Say
from ivr_flows.questions import Answer, Question
from ivr_flows.replies import HungUp, Pressed, Reply, Silence, Taped
from tests.agi.conftest import TONE, Office, call, calls_of, running
from tests.support.caller import Caller, write_tape
from tests.support.fake_asterisk import Command, FakeAsterisk

GREETING = ["welcome", "emergency", "recording_notice", "main_menu"]


class Barger(Caller):
    """Presses ``key`` while the file number ``during`` plays, then goes on as the replies say."""

    def __init__(self, key: str, during: int, replies: list[Reply], then: list[str] | None = None) -> None:
        super().__init__(replies)
        self._key_code, self._during, self._then = ord(key), during, then or []

    def __call__(self, command: Command) -> str | None:
        if command[:2] == ["STREAM", "FILE"] and len(self.heard) == self._during:
            self.heard.append(command[2])
            return f"200 result={self._key_code} endpos=800" if chr(self._key_code) in command[3] else "200 result=0"
        if command[:3] == ["WAIT", "FOR", "DIGIT"] and self._then:
            return f"200 result={ord(self._then.pop(0))}"
        return super().__call__(command)


def replies_of(office: Office) -> list[dict[str, object]]:
    return [line["reply"] for line in office.journal() if line["is"] == "entry" and line["command"]["is"] != "Consult"]


# ---- keys


@pytest.mark.parametrize("during", [0, 1, 2, 3])
def test_a_key_pressed_in_any_sentence_stops_the_speech_and_is_the_answer(server, office, during):
    caller = Barger("2", during, [Taped("", 9.0, "hangup")])
    call(server, caller)
    heard = office.words(caller.heard)
    assert heard[: during + 1] == GREETING[: during + 1]
    assert heard[during + 1] == "leave_message"
    assert replies_of(office)[0] == {"is": "Pressed", "keys": "2"}


def test_a_hash_cuts_the_speech_short_and_the_question_stays_open(server, office):
    caller = Barger("#", 0, [Pressed("2"), HungUp()])
    call(server, caller)
    assert office.words(caller.heard)[:2] == ["welcome", "leave_message"]


def test_a_number_may_begin_in_the_speech_and_ends_with_hash(server, office):
    caller = Barger("3", 4, [Pressed("3"), HungUp()], then=[])
    asterisk = call(server, caller)
    assert office.words(caller.heard)[4] == "status_ask"
    assert asterisk.seen("WAIT", "FOR", "DIGIT")[0][3] == "5000", "the menu waits as long as the flow says"
    assert asterisk.seen("WAIT", "FOR", "DIGIT")[1][3] == "4000", "after the first digit the pause between digits"


def test_typing_stops_at_hash_and_the_digits_before_it_count(server, office):
    caller = Barger("3", 4, [Pressed("3"), Silence(), HungUp()])
    keys = iter("270")

    def act(command: Command) -> str | None:
        if command[:3] == ["WAIT", "FOR", "DIGIT"] and len(caller.heard) == 5:
            return f"200 result={ord(next(keys, '#'))}"
        return caller(command)

    call(server, act)
    assert replies_of(office)[1] == {"is": "Pressed", "keys": "3270"}


def test_only_hash_skips_the_words_before_a_recording(server, office):
    caller = Barger("1", 4, [Pressed("2"), Taped("", 9.0, "hangup")])
    asterisk = call(server, caller)
    assert office.words(caller.heard)[4:] == ["leave_message", str(TONE.with_suffix(""))]
    assert asterisk.seen("STREAM", "FILE")[4][3] == "#"
    assert asterisk.seen("STREAM", "FILE")[5][3] == "", "the tone is always heard whole"


# ---- recordings


def test_each_recording_comes_right_after_our_own_tone_without_asterisks_beep(server, office):
    asterisk = call(server, Caller([Pressed("2"), Taped("", 9.0, "key"), HungUp()]))
    message, address = asterisk.seen("RECORD")
    for record in (message, address):
        assert "BEEP" not in record
        assert asterisk.commands[asterisk.commands.index(record) - 1][2] == str(TONE.with_suffix(""))
    entries = [line for line in office.journal() if line["is"] == "entry" and line["command"]["is"] == "Record"]
    assert message[2:] == [
        str(office.spool.root / "ast-1700000000.12" / f"{entries[0]['n']}-appeal"), "wav", "#", "180000", "0", "s=8",
    ]  # fmt: skip
    assert address[2].endswith("-address")
    assert address[3:] == ["wav", "#", "20000", "0", "s=3"]


def test_a_line_that_dies_in_mid_recording_still_delivers_the_tape(server, office):
    caller = Caller([Pressed("2"), Taped("", 9.0, "hangup")])

    def act(command: Command) -> str | None:
        if command[0] == "RECORD":
            write_tape(Path(f"{command[2]}.wav"), 6.5)
            return None
        return caller(command)

    call(server, act)
    tape = replies_of(office)[-1]
    assert tape == {"is": "Taped", "file": tape["file"], "seconds": 6.5, "ended_by": "hangup"}
    assert office.journal()[-1]["result"] == "hung_up"


def test_a_hangup_between_the_tone_and_the_recording_is_no_tape(server, office):
    call(server, Caller([Pressed("2"), HungUp()]))
    assert replies_of(office)[-1] == {"is": "HungUp"}


@pytest.mark.parametrize(
    ("seconds", "ended_by"), [(180.0, "limit"), (177.0, "limit"), (173.0, "silence"), (1.0, "silence")]
)
def test_silence_and_limit_are_told_apart_by_length(server, office, seconds, ended_by):
    call(server, Caller([Pressed("2"), Taped("", seconds, "limit"), HungUp(), HungUp(), HungUp()]))
    assert replies_of(office)[1]["ended_by"] == ended_by


def test_after_a_tape_that_ends_with_a_hangup_nothing_more_is_sent(server, office):
    caller = Caller([Pressed("1"), Pressed("2"), Pressed("2"), Taped("", 4.0, "hangup")], attempt_id=7)
    asterisk = call(server, caller, agi_network_script="feedback_call")
    assert asterisk.commands[-1][0] == "RECORD"


# ---- what cannot be heard


def test_a_sentence_nobody_can_speak_is_skipped(server, office):
    office.speechless = {"emergency"}
    caller = Caller([HungUp()])
    call(server, caller)
    assert office.words(caller.heard) == ["welcome", "recording_notice", "main_menu"]


def test_a_file_asterisk_cannot_play_is_skipped(server, office):
    caller = Caller([Pressed("2"), Taped("", 9.0, "hangup")])

    def act(command: Command) -> str | None:
        if command == ["ANSWER"]:
            return "200 result=0"
        if command[:2] == ["STREAM", "FILE"] and command[2] in ("/sounds/0.v1", str(TONE.with_suffix(""))):
            return "200 result=-1 endpos=0"
        return caller(command)

    call(server, act)
    assert office.words(caller.heard) == [*GREETING[1:], "leave_message"]
    assert replies_of(office)[-1]["is"] == "Taped", "without the tone the message is still recorded"


def test_the_next_sentence_is_made_while_this_one_is_heard():
    made = {"b": threading.Event()}

    def speak(say: Say) -> Path:
        part = say.parts[0]
        assert isinstance(part, Prompt)
        if part.key in made:
            made[part.key].set()
        return Path(part.key)

    with closing(files_of([Say((Prompt(key),)) for key in "abc"], speak)) as files:
        assert next(files) == Path("a")
        assert made["b"].wait(10), "b is made although nobody has asked for it yet"


# ---- the records


def test_records_that_fail_let_the_call_go_on(server, office):
    def consult(question: Question, at: datetime) -> Answer | None:
        raise ConnectionError("no database")

    office.consult = consult
    caller = Caller([Pressed("1"), HungUp()])
    call(server, caller)
    assert "records_unavailable" in office.words(caller.heard)


def test_the_records_are_asked_at_the_moment_of_the_call(server, office):
    call(server, Caller([HungUp()]))
    assert [type(question).__name__ for question in office.consulted] == ["CityOutages"]


# ---- a fault of ours: the dialplan goes on


def test_a_fault_inside_a_call_gives_the_caller_back_to_the_dialplan(server, office):
    office.consult = lambda question, at: "nonsense"
    asterisk = call(server, Caller([]))
    assert asterisk.ended == "failure"
    assert office.journal()[-1]["result"] == "failed"


def test_a_recording_asterisk_cannot_write_gives_the_caller_back(server, office):
    caller = Caller([Pressed("2")])

    def act(command: Command) -> str | None:
        if command[0] == "RECORD":
            return "200 result=-1 (writefile)"
        return "200 result=0" if command == ["ANSWER"] else caller(command)

    assert call(server, act).ended == "failure"
    assert office.journal()[-1]["result"] == "failed"


def test_an_unknown_flow_gives_the_caller_back(server, office):
    assert call(server, [], agi_network_script="hotline_1581").ended == "failure"


def test_a_spool_without_room_gives_the_caller_back(server, office, monkeypatch):
    def full(*_args: object, **_facts: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(office.spool, "open_call", full)
    assert call(server, []).ended == "failure"


def test_a_call_that_ends_well_is_hung_up_by_us_and_the_dialplan_knows(server, office):
    office.can_record = False
    asterisk = call(server, Caller([]))
    assert asterisk.ended == "hangup"
    assert asterisk.seen("SET", "VARIABLE", "HOTLINE_DONE") == [["SET", "VARIABLE", "HOTLINE_DONE", "1"]]
    assert office.journal()[-1]["result"] == "completed"


# ---- who calls


@pytest.mark.parametrize(
    ("callerid", "caller"),
    [("+380501234567", "380501234567"), ("unknown", ""), ("9" * 60, "9" * 20), ("../../etc; rm 5", "5")],
)
def test_the_caller_is_digits_and_not_too_many(server, office, callerid, caller):
    call(server, Caller([HungUp()]), agi_callerid=callerid)
    assert office.journal()[0]["caller"] == caller


@pytest.mark.parametrize("unique_id", ["../../etc/passwd", "", "1.2/3", "x" * 200, "1700000000.12\x00"])
def test_a_strange_call_id_gets_a_name_of_its_own(server, office, unique_id):
    call(server, Caller([HungUp()]), agi_uniqueid=unique_id)
    [folder] = [path for path in office.spool.root.iterdir() if path.name.startswith("ast-")]
    assert (folder / "journal.jsonl").exists()
    assert len(folder.name) == len("ast-") + 32


def test_a_call_id_that_comes_twice_keeps_both_calls(server, office):
    call(server, Caller([HungUp()]))
    call(server, Caller([HungUp()]))
    assert len([path for path in office.spool.root.iterdir() if path.name.startswith("ast-")]) == 2


def test_every_call_gets_a_receipt_of_its_own_and_a_feedback_call_none(server, office):
    for number in (1, 2):
        call(server, Caller([HungUp()]), agi_uniqueid=f"1700000000.{number}")
    call(server, Caller([HungUp()], attempt_id=7), agi_network_script="feedback_call", agi_callerid="1580")
    first, second = (office.journal(f"ast-1700000000.{number}")[0]["receipt"] for number in (1, 2))
    assert len(first) == len(second) == 8
    assert first != second
    feedback = office.journal()[0]
    assert (feedback["receipt"], feedback["caller"], feedback["attempt_id"]) == ("", "", 7)


# ---- many at once, and the end of the server


class Lingerer(Caller):
    """Stays in the first sentence until ``leave`` is set, then hangs up at the first question."""

    def __init__(self) -> None:
        super().__init__([HungUp()])
        self.inside, self.leave = threading.Event(), threading.Event()

    def __call__(self, command: Command) -> str | None:
        self.inside.set()
        assert self.leave.wait(20)
        return super().__call__(command)

    def calls(self, server: LineServer) -> threading.Thread:
        thread = threading.Thread(target=FakeAsterisk(self).call, args=(server.server_address,))
        thread.start()
        assert self.inside.wait(10)
        return thread


def test_above_the_limit_the_dialplan_hears_the_caller_alone(office):
    lingerer = Lingerer()
    with running(office, max_calls=1) as server:
        first = lingerer.calls(server)
        second = FakeAsterisk([], {"agi_uniqueid": "1700000000.13"}).call(server.server_address)
        lingerer.leave.set()
        first.join(10)
    assert second.ended == "failure"
    assert office.words(lingerer.heard) == GREETING, "the first call goes on undisturbed"


def test_a_stopping_server_takes_no_calls_and_lets_the_running_ones_end(office):
    lingerer = Lingerer()
    with running(office) as server:
        first = lingerer.calls(server)
        left: list[int] = []
        stop = threading.Thread(target=lambda: left.append(server.stop(20)))
        stop.start()
        _until_refused(server)
        assert not left
        lingerer.leave.set()
        stop.join(20)
        first.join(20)
    assert left == [0]
    assert office.words(lingerer.heard) == GREETING
    assert office.journal()[-1]["result"] == "hung_up"


def test_after_the_grace_the_server_says_how_many_calls_are_left(office):
    lingerer = Lingerer()
    with running(office) as server:
        first = lingerer.calls(server)
        assert server.stop(0.01) == 1
        lingerer.leave.set()
        first.join(20)


def _until_refused(server: LineServer) -> None:
    """stop() closes the port after the accept loop has ended: at most one poll interval later."""
    while True:
        try:
            socket.create_connection(server.server_address, 5).close()
        except ConnectionError:
            return


def test_a_port_check_is_no_call(server, office):
    with capture_logs() as told:
        socket.create_connection(server.server_address).close()
        assert call(server, Caller([HungUp()])).commands, "the server still serves"
    assert "warning" not in {line["log_level"] for line in told}
    assert len(list(office.spool.root.glob("ast-*"))) == 1


def test_only_this_machine_is_served(office):
    with pytest.raises(ValueError, match="loopback"):
        LineServer("0.0.0.0", 0, calls_of(office), max_calls=1)  # noqa: S104 - refused, that is the test


FORGED = """
import encodings.idna, os, socket, sys  # nothing of Python can be read any more after setuid
os.setgid(65534)
os.setuid(65534)
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as line:
    line.sendall(b"agi_network_script: feedback_call\\nagi_uniqueid: 1700000000.12\\n\\n")
    sys.stdout.buffer.write(line.makefile("rb").readline())
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("asterisk_uid", [None, 65534])
def test_only_asterisk_brings_calls(office, asterisk_uid):
    with running(office, asterisk_uid=asterisk_uid) as server:
        command = [sys.executable, "-c", FORGED, str(server.server_address[1])]
        asked = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    assert asked == (b"" if asterisk_uid is None else b'GET VARIABLE "HOTLINE_ATTEMPT"\n')


def test_who_hung_up_at_once_is_nobody():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        caller = socket.create_connection(listener.getsockname())
        connection, address = listener.accept()
        with connection:
            assert user_of(address, connection.getsockname()) == os.geteuid()
            caller.close()
            assert user_of(address, connection.getsockname()) is None
