"""The call without a server: a process of its own that Asterisk talks to over stdin and stdout."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from ivr_flows.replies import HungUp
from tests.support.caller import Caller
from tests.support.fake_asterisk import ENV, split

ONE_CALL = """
import sys
from pathlib import Path
from agi.standalone import run_once
from dataclasses import replace
from tests.agi.conftest import Office, calls_of

office = Office(Path(sys.argv[1]))
def consult(question, at):
    print("200 result=1 a stray print")
    return office.consult(question, at)
calls = replace(calls_of(office), consult=consult)
sys.exit(run_once(sys.stdin.buffer, sys.stdout.buffer, sys.argv[2], calls))
"""


def play(folder: Path, flow: str, caller: Caller, hang_up_at: int = -1) -> tuple[int, list[list[str]]]:
    """Exit code and commands of one call; before command number ``hang_up_at`` Asterisk sends SIGHUP."""
    program = [sys.executable, "-c", ONE_CALL, str(folder), flow]
    root = Path(__file__).parents[2]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(f"{name}: {value}\n" for name, value in ENV.items()) + "\n")
        process.stdin.flush()
        commands = []
        for line in process.stdout:
            commands.append(split(line.rstrip("\n")))
            if len(commands) == hang_up_at:
                process.send_signal(signal.SIGHUP)
                reply: str | None = "511 Command Not Permitted on a dead channel or intercept routine"
            else:
                reply = None if commands[-1] == ["failure"] else caller(commands[-1])
            if reply is None:
                break
            process.stdin.write(reply + "\n")
            process.stdin.flush()
        process.stdin.close()
        return process.wait(30), commands


def test_one_call_runs_over_pipes_and_a_stray_print_does_not_reach_asterisk(tmp_path):
    caller = Caller([HungUp()])
    code, commands = play(tmp_path / "spool", "hotline_1580", caller)
    assert code == 0
    assert len(caller.heard) == 4
    assert {command[0] for command in commands} == {"STREAM", "WAIT"}


def test_a_hangup_signal_does_not_kill_the_script_before_the_journal_is_written(tmp_path):
    code, _ = play(tmp_path / "spool", "hotline_1580", Caller([]), hang_up_at=2)
    assert code == 0
    journal = (tmp_path / "spool" / "ast-1700000000.12" / "journal.jsonl").read_text()
    assert '"HungUp"' in journal
    assert '"result": "hung_up"' in journal


def test_a_flow_that_does_not_exist_fails_so_that_the_dialplan_goes_on(tmp_path):
    code, commands = play(tmp_path / "spool", "nothing", Caller([]))
    assert code == 1
    assert commands == [["failure"]]
