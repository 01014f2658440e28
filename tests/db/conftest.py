"""Every test of the records runs on both databases."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from db import appeal_moves, migrate, seed, users
from db.engine import Records
from db.models import Appeal, Call, User
from tests.support.postgres import database, postgres

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday, twelve o'clock in Kyiv."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/records.db"
        return
    with database(request.getfixturevalue("postgres_server"), f"t{uuid.uuid4().hex}") as url:
        yield url


@pytest.fixture
def url(empty_url: str) -> str:
    """The address of a database with tables."""
    migrate.upgrade(empty_url)
    return empty_url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with tables and reference data; copying it is quicker than a hundred migrations."""
    path = tmp_path_factory.mktemp("template") / "records.db"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    with database(postgres_server, "template") as url:
        prepare(url)
        yield "template"


def prepare(url: str) -> None:
    migrate.upgrade(url)
    records = Records(url)
    with records() as session:
        seed.seed(session)
        session.commit()
    records.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    """Records with reference data, on either database."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            shutil.copyfile(request.getfixturevalue("sqlite_template"), tmp_path / "records.db")
            url = f"sqlite:///{tmp_path}/records.db"
        else:
            server, template = (request.getfixturevalue(name) for name in ("postgres_server", "postgres_template"))
            url = stack.enter_context(database(server, f"t{uuid.uuid4().hex}", template=template))
        opened = Records(url)
        stack.callback(opened.close)
        yield opened


@pytest.fixture
def session(records: Records) -> Iterator[Session]:
    with records() as opened:
        yield opened


@pytest.fixture
def olena(session: Session) -> User:
    return operator(session)


@pytest.fixture
def appeal(session: Session) -> Appeal:
    return new_appeal(session)


def operator(session: Session, login: str = "olena") -> User:
    return users.create(session, login, "Олена Нічна", "operator", "кава о четвертій", NOON)


def new_appeal(
    session: Session, *, phone: str = "380501112233", call_id: str = "ast-1.1", at: datetime = NOON
) -> Appeal:
    call = Call(
        id=call_id,
        line="asterisk",
        direction="in",
        flow="hotline_1580",
        flow_version=1,
        caller=phone,
        receipt="32700011",
        started_at=at,
        ended_at=at + timedelta(minutes=1),
        result="completed",
    )
    session.add(call)
    return appeal_moves.begin(session, call, phone=phone, at=at)
