"""A private Asterisk for tests: free ports, folders of its own, gone when the test is over."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asterisk_conf.installer import Installation, NoAsterisk, default_cache, find_or_install
from asterisk_conf.process import argv
from asterisk_conf.render import UMASK, write
from asterisk_conf.site import Site, Trunk

START_SECONDS = 60
STOP_SECONDS = 20
RTP_PORTS = 200
PROMPTS = ("storm", "limited_service", "tone", "appeal_accepted", "goodbye")


class RunningAsterisk:
    """Asterisk with the configuration of ``site``; ``log`` is every line it has printed.

    Args:
        as_shipped: with the shipped logger, which keeps warnings to itself; tests want to see them.
    """

    def __init__(self, site: Site, *, as_shipped: bool = False) -> None:
        self.site = site
        self.log: list[str] = []
        self._ready = threading.Event()
        write(site)
        if not as_shipped:
            logger = site.etc / "logger.conf"
            logger.write_text(logger.read_text().replace("console => error", "console => warning,error"))
        self._process = subprocess.Popen(
            argv(site), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, umask=UMASK, cwd="/"
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self._ready.wait(START_SECONDS) or self._process.poll() is not None:
            self.stop()
            raise AssertionError("Asterisk did not start:\n" + "\n".join(self.log))

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def sip(self) -> tuple[str, int]:
        """Where a telephone finds it."""
        return self.site.sip_host, self.site.sip_port

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self.log.append(line.decode(errors="replace").rstrip())
                if "Asterisk Ready" in self.log[-1]:
                    self._ready.set()
        self._ready.set()  # it ended: nobody should wait for it


def installation_or_skip() -> Installation:
    """The Asterisk of this machine; the first test that asks installs it, as the first start of the line would."""
    try:
        return find_or_install(default_cache())
    except NoAsterisk as why:
        pytest.skip(str(why))


@contextmanager
def folder_for_everybody() -> Iterator[Path]:
    """A temporary folder that another user can reach; pytest's own belong to the tester alone."""
    folder = Path(tempfile.mkdtemp(prefix="hotline-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def private_site(base: Path, installation: Installation, **changes: Any) -> Site:
    """A site on loopback with free ports below ``base``. Its trunk is 127.0.0.2, so that citizens are not the trunk."""
    sip_port, rtp_start = free_port(socket.SOCK_DGRAM), free_port(socket.SOCK_DGRAM)
    rtp_start = min(rtp_start // 2 * 2, 65536 - RTP_PORTS)  # Asterisk wants an even one
    site = Site(
        installation=installation,
        etc=base / "etc",
        var=base / "var",
        spool=base / "spool",
        sounds=base / "sounds",
        sip_host="127.0.0.1",
        sip_port=sip_port,
        rtp_start=rtp_start,
        rtp_end=rtp_start + RTP_PORTS - 1,
        ami_port=free_port(socket.SOCK_STREAM),
        ami_user="hotline",
        ami_secret="manager-secret",
        agi_port=free_port(socket.SOCK_STREAM),
        operators=(("101", "operator-secret"),),
        trunk=Trunk("127.0.0.2", free_port(socket.SOCK_DGRAM, "127.0.0.2"), numbers=("+380332771580",)),
        call_limit=20,
        user="nobody" if os.geteuid() == 0 else "",
    )
    return replace(site, **changes)


def short_sounds(folder: Path, seconds: float = 0.2) -> None:
    """Silent stand-ins for the prompts that the dialplan plays alone."""
    folder.mkdir(exist_ok=True)
    for key in PROMPTS:
        with wave.open(str(folder / f"{key}.wav"), "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(bytes(int(8000 * seconds) * 2))


def free_port(kind: socket.SocketKind, host: str = "127.0.0.1") -> int:
    """A port that was free a moment ago."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
