"""A fresh city for every test; its empty tables are made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import migrate, seed, users
from db.engine import Records
from db.recordings import RecordingStore
from tests.web.city import NOON, PASSWORD, City, Staff


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with reference data and two members of staff."""
    path = tmp_path_factory.mktemp("founded") / "records.db"
    migrate.upgrade(f"sqlite:///{path}")
    records = Records(f"sqlite:///{path}")
    with records() as session:
        seed.seed(session)
        users.create(session, "olena", "Олена Ткач", "operator", PASSWORD, NOON)
        users.create(session, "admin", "Ірина Мельник", "admin", PASSWORD, NOON)
        session.commit()
    records.close()
    return path


@pytest.fixture
def city(founded: Path, tmp_path: Path) -> Iterator[City]:
    path = tmp_path / "records.db"
    shutil.copy(founded, path)
    records = Records(f"sqlite:///{path}")
    yield City(records, RecordingStore(tmp_path / "data"))
    records.close()


@pytest.fixture
def visitor(city: City) -> Staff:
    """Somebody who has not logged in."""
    return Staff(city.app().test_client())


@pytest.fixture
def operator(visitor: Staff) -> Staff:
    visitor.log_in()
    return visitor


@pytest.fixture
def admin(city: City) -> Staff:
    staff = Staff(city.app().test_client())
    staff.log_in("admin")
    return staff
