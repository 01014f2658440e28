"""A private PostgreSQL on a free port of the loopback, in a folder that goes away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

DEBIAN = "/usr/lib/postgresql"
USER = "postgres"


class PostgresMissing(Exception):
    """The machine has no PostgreSQL: ``apt-get install postgresql``."""


class Postgres:
    """A running server that can be stopped and started again, as a broken database is."""

    def __init__(self, folder: Path) -> None:
        self._programs = _programs()
        self._folder, self._port = folder, _free_port()
        self._data = str(folder / "data")
        # A UTF-8 locale: without one PostgreSQL takes Ukrainian capitals and small letters for different ones.
        options = ("-U", USER, "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
        _run(self._programs / "initdb", "-D", self._data, *options)

    @property
    def address(self) -> str:
        """``postgresql+psycopg://...``, without a database name."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self._port}"

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self._port} -k {self._folder} -F -c max_connections=60"
        log = str(self._folder / "log")
        _run(self._programs / "pg_ctl", "-D", self._data, "-l", log, "-o", options, "-w", "start")

    def stop(self) -> None:
        """At once, as in a power cut."""
        _run(self._programs / "pg_ctl", "-D", self._data, "-m", "immediate", "stop")


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A started server in a folder that goes away."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, USER)
        server = Postgres(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a running server."""
    with postgres_server() as server:
        yield server.address


@contextmanager
def database(server: str, name: str, *, template: str = "template0") -> Iterator[str]:
    """The address of a database of this server: an empty one, or a copy of ``template`` (nobody may be using it)."""
    plain = server.replace("+psycopg", "") + "/postgres"
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _programs() -> Path:
    if (found := shutil.which("initdb")) is not None:
        return Path(found).resolve().parent
    # Debian keeps them out of PATH, one folder for each version.
    for folder in sorted(Path(DEBIAN).glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    raise PostgresMissing("apt-get install postgresql")


def _run(program: Path, *words: str) -> None:
    as_user = ["runuser", "-u", USER, "--"] if os.getuid() == 0 else []  # PostgreSQL refuses to run as root
    subprocess.run([*as_user, str(program), *words], check=True, cwd="/", stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
