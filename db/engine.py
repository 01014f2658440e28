"""How the records are reached: one unit of work at a time, on SQLite or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_S = 10.0
"""How long a writer of SQLite waits for another writer."""

CONNECT_S = 3
"""How long PostgreSQL may take to answer the door."""


class RecordsDown(Exception):
    """The database server is stopped or unreachable, the disk is full, or somebody holds the records for too long."""


class Records:
    """The city's records at a database address (``sqlite:////srv/records.db``, ``postgresql+psycopg://...``).

    ``with records() as session:`` is one unit of work. It commits nothing by itself: leave it without
    ``session.commit()`` and nothing has happened. Objects stay readable after the commit.
    """

    def __init__(self, url: str) -> None:
        self.engine = engine_of(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def __call__(self) -> Iterator[Session]:
        """A unit of work.

        Raises:
            RecordsDown: the database cannot be reached, or fails on the way.
        """
        with self._sessions() as session, told_plainly():
            session.connection()
            yield session

    @contextmanager
    def reading(self, seconds: float) -> Iterator[Session]:
        """A unit of work that only reads and must not keep a caller waiting: each statement ends in ``seconds``.

        Raises:
            RecordsDown: also when the time is over.
        """
        with self() as session:
            _limit(session, seconds)
            try:
                yield session
            finally:
                session.rollback()
                _unlimit(session)

    def close(self) -> None:
        """Give the connections back to the system."""
        self.engine.dispose()


def engine_of(url: str) -> Engine:
    """An engine with the settings both databases need here. Its errors do not name values: they end up in logs."""
    if make_url(url).get_backend_name() != "sqlite":
        patience = {"connect_timeout": CONNECT_S}
        return create_engine(url, pool_pre_ping=True, connect_args=patience, hide_parameters=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_S}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # SQLite itself lowers Latin letters only; people search in Ukrainian.
    connection.create_function(
        "lower", 1, lambda value: value if value is None else str(value).lower(), deterministic=True
    )


def _limit(session: Session, seconds: float) -> None:
    milliseconds = int(seconds * 1000)
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA busy_timeout = {milliseconds}"))
    else:
        session.execute(text(f"SET LOCAL statement_timeout = {milliseconds}"))


def _unlimit(session: Session) -> None:
    """PostgreSQL forgets a local setting with the transaction; SQLite keeps it with the connection."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA busy_timeout = {int(BUSY_S * 1000)}"))


@contextmanager
def told_plainly() -> Iterator[None]:
    """What the driver says about a database that does not answer becomes :class:`RecordsDown`."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise RecordsDown(f"the records do not answer: {error.orig}") from error
