import socket
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from db import migrate
from db.engine import Records, RecordsDown
from db.models import Call, Category
from tests.db.conftest import new_appeal


def test_leaving_without_commit_changes_nothing(records: Records) -> None:
    with records() as session:
        new_appeal(session)
    with records() as session:
        assert session.get(Call, "ast-1.1") is None


def test_objects_are_readable_after_the_unit_of_work(records: Records) -> None:
    with records() as session:
        category = session.get_one(Category, "ELEC")
        session.commit()
    assert category.title == "Електропостачання"


def test_an_error_names_nobody(records: Records) -> None:
    with records() as session, pytest.raises(SQLAlchemyError) as failed:
        session.execute(text("SELECT :caller FROM nowhere"), {"caller": "380501112233"})
    assert "380501112233" not in str(failed.value)


def test_a_missing_folder_is_told_as_records_down(tmp_path: Path) -> None:
    with pytest.raises(RecordsDown), Records(f"sqlite:///{tmp_path}/nowhere/records.db")():
        pass


def test_a_stopped_server_is_told_as_records_down() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"postgresql+psycopg://nobody@127.0.0.1:{nobody.getsockname()[1]}/records"
        with pytest.raises(RecordsDown), Records(url)():
            pass


def test_a_consult_never_waits_for_a_writer_longer_than_its_limit(records: Records) -> None:
    """On PostgreSQL the row is locked, on SQLite a reader does not even notice."""
    postgresql = records.engine.dialect.name == "postgresql"
    with records() as writer:
        writer.execute(text("UPDATE category SET finish_hours = 3"))
        if postgresql:
            writer.execute(text("LOCK TABLE category IN ACCESS EXCLUSIVE MODE"))
            with pytest.raises(RecordsDown), records.reading(0.2) as session:
                session.scalars(select(Category)).all()
        else:
            with records.reading(0.2) as session:
                assert session.get_one(Category, "ELEC").finish_hours == 2
    with records.reading(0.2) as session:
        assert session.get_one(Category, "ELEC").finish_hours == 2


def test_a_time_limit_ends_with_its_reading(records: Records) -> None:
    with records.reading(0.2) as session:
        session.scalars(select(Category)).all()
    question = "PRAGMA busy_timeout" if records.engine.dialect.name == "sqlite" else "SHOW statement_timeout"
    with records() as session:
        assert str(session.execute(text(question)).scalar_one()) in ("10000", "0")


def test_a_second_writer_waits_instead_of_failing(records: Records) -> None:
    waiting = threading.Event()

    def write() -> None:
        with records() as session:
            waiting.set()
            session.execute(text("UPDATE category SET finish_hours = finish_hours + 1"))
            session.commit()

    with records() as session:
        session.execute(text("UPDATE category SET finish_hours = 10"))
        second = threading.Thread(target=write)
        second.start()
        waiting.wait()
        session.commit()
    second.join()
    with records() as session:
        assert session.get_one(Category, "ELEC").finish_hours == 11


def test_sqlite_is_opened_for_many_readers_and_keeps_foreign_keys(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/records.db"
    migrate.upgrade(url)
    records = Records(url)
    with records() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert session.execute(text("SELECT lower('ЇЖАК')")).scalar_one() == "їжак"
    records.close()
