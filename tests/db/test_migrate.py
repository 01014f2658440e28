from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from db import migrate, seed
from db.engine import Records, engine_of
from db.models import Base, Call, Category
from tests.db.conftest import NOON, new_appeal


def test_models_and_migrations_make_the_same_tables(url: str) -> None:
    engine = engine_of(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_a_new_database_is_not_current_until_upgraded(empty_url: str) -> None:
    assert not migrate.is_current(empty_url)
    migrate.upgrade(empty_url)
    assert migrate.is_current(empty_url)


def test_upgrading_twice_changes_nothing_and_keeps_the_rows(url: str) -> None:
    records = Records(url)
    with records() as session:
        new_appeal(session)
        session.commit()
    migrate.upgrade(url)
    with records() as session:
        assert session.get(Call, "ast-1.1") is not None
    records.close()


def test_tables_with_data_go_down_to_nothing_and_up_again(url: str) -> None:
    records = Records(url)
    with records() as session:
        new_appeal(session)
        session.commit()
    records.close()
    migrate.downgrade(url, "base")
    assert not migrate.is_current(url)
    migrate.upgrade(url)
    with records() as session:
        assert session.scalars(select(Call)).all() == []
        seed.seed(session)
        assert session.get(Category, "ELEC") is not None
    records.close()


def test_times_come_back_in_utc_on_both_databases(records: Records) -> None:
    with records() as session:
        new_appeal(session)
        session.commit()
    with records() as session:
        call = session.get(Call, "ast-1.1")
        assert call is not None and call.started_at == NOON and call.started_at.utcoffset() == NOON.utcoffset()
