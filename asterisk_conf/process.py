"""Asterisk as a process: how it is started, whom it runs as, and whether it is up."""

from __future__ import annotations

import fcntl
import grp
import os
import pwd
import socket
import subprocess
import time
from pathlib import Path

import structlog

from asterisk_conf.site import Site, UnusableSite

USERADD_SECONDS = 30
USERADD_LOCK = Path("/run/hotline-1580-user.lock")
"""Two lines started side by side on a new machine must not both make the user."""
LINE_BYTES = 8192
"""The longest answer of the manager interface that is read at once."""

log = structlog.get_logger()


def argv(site: Site) -> list[str]:
    """The command of Asterisk in the foreground; the started process is Asterisk itself, and SIGTERM ends it.

    Start it with the file creation mask ``render.UMASK``. As root it takes ``site.user`` before it reads any call.

    Raises:
        UnusableSite: root would run Asterisk as root.
    """
    if os.geteuid() == 0 and (not site.user or pwd.getpwnam(site.user).pw_uid == 0):
        raise UnusableSite("Asterisk не має працювати від імені root: назвіть іншого користувача")
    return [*site.installation.program, "-f", "-n", "-C", str(site.etc / "asterisk.conf")]


def is_up(site: Site, seconds: float = 2.0) -> bool:
    """Whether Asterisk is fully started and takes commands, asked through the manager interface.

    Args:
        seconds: how long the whole answer may take.
    """
    until = time.monotonic() + seconds
    login = f"Action: Login\r\nUsername: {site.ami_user}\r\nSecret: {site.ami_secret}\r\nEvents: on\r\n\r\n"
    seen = b""
    try:
        with socket.create_connection(("127.0.0.1", site.ami_port), timeout=seconds) as ami:
            ami.sendall(login.encode())
            # FullyBooted comes at once after the login, or as soon as Asterisk has loaded everything.
            while b"Event: FullyBooted" not in seen and b"Response: Error" not in seen:
                ami.settimeout(max(until - time.monotonic(), 0.001))
                part = ami.recv(LINE_BYTES)
                if not part:
                    return False
                seen = seen[-LINE_BYTES:] + part
    except OSError:
        return False
    return b"Event: FullyBooted" in seen


def ensure_user(name: str) -> None:
    """Make the system user that Asterisk runs as, with a group of the same name and no way to log in, if missing.

    Raises:
        UnusableSite: it is missing and we are not root, or ``useradd`` refuses.
    """
    if _known(name):
        return
    if os.geteuid() != 0:
        raise UnusableSite(f"немає користувача {name}: нехай його створить root (useradd --system {name})")
    with USERADD_LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _known(name):  # another line may have made it meanwhile
            _make_user(name)


def _known(name: str) -> bool:
    """Whether user and group are both there: ``useradd`` writes the one a moment before the other."""
    try:
        grp.getgrgid(pwd.getpwnam(name).pw_gid)
    except KeyError:
        return False
    return True


def _make_user(name: str) -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=USERADD_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnusableSite(f"користувача {name} не вдалося створити: {error}") from error
    if done.returncode != 0:
        raise UnusableSite(f"користувача {name} не вдалося створити: {done.stderr.strip()}")
    log.info("A system user was made for Asterisk.", user=name)
