"""A citizen leaves no process behind, whoever dies first."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from hotline.citizen import Citizen, CitizenFailed, EventMissing, Pause, WaitHangUp, answer, dial
from hotline.citizen.__main__ import main
from sound import wav

FORGETFUL_PARENT = """
import sys, time
from pathlib import Path
from hotline.citizen import answer
citizen = answer(0, heard=Path(sys.argv[1]))
citizen.ready()
print(citizen.pid, flush=True)
sys.stdin.read()
"""


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def talk(tmp_path: Path, citizens: ExitStack) -> tuple[Citizen, Citizen]:
    """Two citizens in the middle of a call: (who dialled, who answered)."""
    called = citizens.enter_context(answer(0, (WaitHangUp(60),), heard=tmp_path / "called.wav"))
    uri = f"sip:1580@127.0.0.1:{called.ready()}"
    script = (Pause(0.5), WaitHangUp(60))
    caller = citizens.enter_context(dial(uri, script, caller="0501234567", heard=tmp_path / "caller.wav"))
    caller.wait_for("step")
    return caller, called


def test_closing_leaves_no_process_and_no_zombie(tmp_path: Path) -> None:
    with answer(0, heard=tmp_path / "heard.wav") as citizen:
        citizen.ready()
        assert exists(citizen.pid)
    assert not exists(citizen.pid)


def test_sigterm_hangs_up_and_the_recording_is_whole(tmp_path: Path, is_gone: Callable[[int], bool]) -> None:
    with ExitStack() as citizens:
        caller, called = talk(tmp_path, citizens)
        os.kill(caller.pid, signal.SIGTERM)
        result = caller.result()
        assert (result.state, result.hung_up_by) == ("answered", "stopped")
        assert result.heard is not None
        assert wav.check(result.heard).seconds > 0
        assert called.result().hung_up_by == "line"
        assert is_gone(caller.pid)


def test_a_stopped_citizen_ends_without_a_complaint(tmp_path: Path) -> None:
    with ExitStack() as citizens:
        caller, called = talk(tmp_path, citizens)
        caller.hang_up()
        for citizen in (caller, called):
            citizen.result()
            while citizen.next_event():
                pass
            assert "ssert" not in citizen.log.read_text(errors="replace")


def test_a_killed_citizen_vanishes_and_the_wait_for_it_ends(tmp_path: Path) -> None:
    with ExitStack() as citizens:
        caller, _ = talk(tmp_path, citizens)
        caller.kill()
        assert not exists(caller.pid)
        with pytest.raises(CitizenFailed):
            caller.result()


def test_an_event_that_does_not_come_is_told_with_what_came_instead(tmp_path: Path) -> None:
    with answer(0, heard=tmp_path / "heard.wav") as citizen:
        citizen.ready()
        with pytest.raises(EventMissing, match="ready"):
            citizen.wait_for("connected", timeout=0.1)


def test_the_command_line_dials_and_tells_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with answer(0, (WaitHangUp(30),), heard=tmp_path / "called.wav") as called:
        uri = f"sip:1580@127.0.0.1:{called.ready()}"
        code = main(["dial", uri, "press:5", "pause:0.3", "--json", "--heard", str(tmp_path / "caller.wav")])
        assert called.result().digits == "5"
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert [event["event"] for event in events] == ["connected", "pressed", "step", "step", "done"]


def test_the_command_line_says_what_is_wrong_with_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["dial", "sip:1580@127.0.0.1", "dance"])
    assert "'dance'" in capsys.readouterr().err


def test_a_citizen_dies_with_the_process_that_wanted_it(tmp_path: Path, is_gone: Callable[[int], bool]) -> None:
    command = [sys.executable, "-c", FORGETFUL_PARENT, str(tmp_path / "heard.wav")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    assert is_gone(pid)
