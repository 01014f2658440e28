"""The whole line as one supervised set of processes: prepare, start, wait until it answers, stop.

supervisord restarts a process that dies, so a crash of one part never takes the line down.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from asterisk_conf.render import UMASK
from hotline import health, processes
from hotline.settings import Settings

READY_S = 90.0
"""How long the processes may take to come up; a speech model on a slow disk is the longest part."""
STOP_S = 30.0
OUR_PROCESSES = ("line", "ingest", "dialer", "recogniser", "panel")

CONFIG = """\
[supervisord]
nodaemon=true
logfile={log}/supervisord.log
pidfile={run}/supervisord.pid
childlogdir={log}
{user}
[unix_http_server]
file={run}/supervisor.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{run}/supervisor.sock
"""

# startsecs: a process that ends sooner is started again after a growing pause; ours need two seconds to begin.
PROGRAM = """
[program:{name}]
command={command}
directory={directory}
autorestart=true
startsecs=5
startretries=1000000
stopwaitsecs=10
umask={umask}
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={log}/{name}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=5
"""


class NotReady(Exception):
    """A process of the line does not come up; the message names it and its log."""


@dataclass
class System:
    """The processes of one installation.

    Attributes:
        settings: what they run with; handed to them through the environment.
        asterisk: the foreground command of Asterisk.
    """

    settings: Settings
    asterisk: tuple[str, ...]
    _supervisor: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the supervisor; returns at once."""
        config = self._write_config()
        self._supervisor = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-n", "-s", "-c", str(config)],
            env=os.environ | environment(self.settings) | {processes.MARK: str(self.settings.data_dir)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us alone; we stop the rest in order
        )

    def wait_ready(
        self, tell: Callable[[str], None], seconds: float = READY_S, given_up: Callable[[], bool] = lambda: False
    ) -> None:
        """Wait until calls can be answered and words recognised, or somebody gives up.

        Raises:
            NotReady: a part did not come up in time.
        """
        deadline = time.monotonic() + seconds
        waiting_for = ""
        while missing := [check for check in health.running_parts(self.settings) if not check.ok]:
            if given_up():
                return
            if self.ended():
                raise NotReady(f"супервізор зупинився; дивіться {self.log_dir / 'supervisord.log'}")
            if time.monotonic() > deadline:
                raise NotReady(f"не запустилося: {missing[0].name} ({missing[0].words}); журнали: {self.log_dir}")
            if missing[0].name != waiting_for:
                waiting_for = missing[0].name
                tell(f"  чекаємо: {waiting_for}")
            time.sleep(0.2)  # the parts are other programs; there is no common event to await

    def ended(self) -> bool:
        """Whether the supervisor is gone (it never should be)."""
        return self._supervisor is None or self._supervisor.poll() is not None

    def stop(self) -> None:
        """Stop every process, also those that a killed supervisor has left; returns when all are gone."""
        if self._supervisor is None:
            return
        self._supervisor.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._supervisor.wait(STOP_S)
        processes.end(self.settings)
        self._supervisor.wait()

    @property
    def log_dir(self) -> Path:
        """Where each process writes its log."""
        return self.settings.data_dir / "log"

    def _write_config(self) -> Path:
        run, log = self.settings.run_dir, self.log_dir
        text = CONFIG.format(run=_plain(run), log=_plain(log), user="user=root\n" if os.geteuid() == 0 else "")
        commands = {"asterisk": self.asterisk}
        commands |= {name: (sys.executable, "-m", "hotline", "serve", name) for name in OUR_PROCESSES}
        for name, command in commands.items():
            text += PROGRAM.format(
                umask=f"{UMASK:03o}",
                name=name,
                command=_plain(shlex.join(command)),
                directory=_plain(self.settings.data_dir),
                log=_plain(log),
            )
        config = run / "supervisord.conf"
        if not config.exists() or config.read_text() != text:  # the disk may be full
            config.write_text(text)
        return config


def environment(settings: Settings) -> dict[str, str]:
    """The settings as environment variables, for child processes."""
    return {f"HOTLINE_{name.upper()}": str(value) for name, value in settings.model_dump().items() if value is not None}


def _plain(text: object) -> str:
    """Supervisor expands ``%``; paths with one must stay as they are."""
    return str(text).replace("%", "%%")
