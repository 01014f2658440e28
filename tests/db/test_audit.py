from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db import audit
from db.engine import Records
from db.models import Audit, User
from tests.db.conftest import NOON


@pytest.fixture
def chain(session: Session, olena: User) -> list[Audit]:
    """Five entries, the creation of Olena first."""
    for n in range(4):
        audit.record(session, "listened", f"recording {n}", by=olena if n else None, at=NOON, details="Ґанок")
    session.commit()
    return list(session.scalars(select(Audit).order_by(Audit.id)))


def test_an_untouched_chain_is_whole(session: Session, chain: list[Audit]) -> None:
    assert [entry.id for entry in chain] == [1, 2, 3, 4, 5]
    session.expire_all()
    assert audit.verify(session) is None


def test_an_empty_chain_is_whole(session: Session) -> None:
    assert audit.verify(session) is None


@pytest.mark.parametrize("field", ["what", "about", "details", "hash", "previous_hash"])
def test_a_changed_entry_shows(session: Session, chain: list[Audit], field: str) -> None:
    session.execute(update(Audit).where(Audit.id == 3).values({field: "x" * 12}))
    session.expire_all()
    assert audit.verify(session) == 3


@pytest.mark.parametrize("gone", [1, 3, 5])
def test_a_removed_entry_shows_also_the_last_one(session: Session, chain: list[Audit], gone: int) -> None:
    session.execute(delete(Audit).where(Audit.id == gone))
    session.expire_all()
    assert audit.verify(session) == gone


def test_a_changed_author_shows(session: Session, chain: list[Audit]) -> None:
    session.execute(update(Audit).where(Audit.id == 4).values(by_id=None))
    session.expire_all()
    assert audit.verify(session) == 4


def test_many_writers_make_one_chain(records: Records) -> None:
    def write(n: int) -> None:
        with records() as session:
            audit.record(session, "listened", f"recording {n}", by=None, at=NOON)
            audit.record(session, "moved", f"appeal {n}", by=None, at=NOON)
            if n % 5:
                session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(20)))
    with records() as session:
        assert audit.verify(session) is None
        assert list(session.scalars(select(Audit.id).order_by(Audit.id))) == list(range(1, 33))
