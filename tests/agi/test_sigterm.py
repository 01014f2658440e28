"""SIGTERM at the line's process: running calls end as if nothing had happened."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TextIO

from ivr_flows.replies import HungUp
from tests.support.caller import Caller
from tests.support.fake_asterisk import Command, FakeAsterisk

SERVE = """
import sys
from pathlib import Path
from agi.server import LineServer, serve_until_terminated
from tests.agi.conftest import Office, calls_of

office = Office(Path(sys.argv[1]))
server = LineServer("127.0.0.1", 0, calls_of(office), max_calls=2)
print(server.server_address[1], flush=True)
sys.exit(serve_until_terminated(server, 30))
"""


def test_sigterm_in_mid_call_lets_the_caller_finish(tmp_path):
    root = Path(__file__).parents[2]
    program = [sys.executable, "-c", SERVE, str(tmp_path / "spool")]
    with subprocess.Popen(program, stdout=subprocess.PIPE, cwd=root, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        stopping = threading.Event()
        threading.Thread(target=_wait_for_stop, args=(process.stdout, stopping), daemon=True).start()
        caller = Caller([HungUp()])

        def act(command: Command) -> str | None:
            if not caller.heard:
                process.send_signal(signal.SIGTERM)
                assert stopping.wait(20)
            return caller(command)

        FakeAsterisk(act).call(("127.0.0.1", port))
        assert process.wait(30) == 0
    assert len(caller.heard) == 4
    assert '"hung_up"' in (tmp_path / "spool" / "ast-1700000000.12" / "journal.jsonl").read_text()


def _wait_for_stop(log: TextIO, stopping: threading.Event) -> None:
    for line in log:
        if "takes no more calls" in line:
            stopping.set()
