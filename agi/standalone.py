"""One call as an AGI script of its own, for those who cannot run the line server.

Slower (a Python start for each call: about 30 calls a second on two cores, the server takes ten times as many), else
the same: same flows, same journal, same recordings. Over pipes Asterisk tells a hang-up by SIGHUP and not by a
``HANGUP`` line; the signal is ignored, since the running command returns and the next one is refused.
"""

from __future__ import annotations

import signal
import sys
from contextlib import redirect_stdout
from typing import BinaryIO

import structlog

from agi.calls import Calls
from agi.channel import Channel, LineDown

log = structlog.get_logger()


def run_once(stdin: BinaryIO, stdout: BinaryIO, flow: str, calls: Calls) -> int:
    """Carry the one call that Asterisk started this process for. From the main thread.

    Args:
        stdin, stdout: Asterisk's pipes (``sys.stdin.buffer``, ``sys.stdout.buffer``); nothing else may write there.
        flow: the script's first argument: ``AGI(hotline.agi,hotline_1580)``.

    Returns:
        The exit code: 1 makes AGISTATUS FAILURE, so that the dialplan hears the caller alone.
    """
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with redirect_stdout(sys.stderr):  # a stray print would be taken for a command
        try:
            channel = Channel(stdin, stdout)
        except LineDown as why:
            log.info("No call: this program is started by Asterisk", why=str(why))
            return 1
        return 1 if calls.take(channel, flow) == "failed" else 0
