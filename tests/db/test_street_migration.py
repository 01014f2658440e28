from sqlalchemy import inspect, select, text

from db import migrate
from db.engine import Records
from db.models import Appeal
from db.street_tables import Settlement, Street, StreetHistory, StreetName
from tests.db.conftest import NOON, new_appeal


def test_the_register_comes_to_a_city_that_already_has_appeals(url: str) -> None:
    records = filled(url)
    migrate.downgrade(url, "0001")
    migrate.upgrade(url)
    with records() as session:
        assert session.scalars(select(Street)).all() == []
        assert session.scalar(select(Appeal.call_id)) == "ast-1.1"
    records.close()


def test_a_register_with_rows_goes_down_and_leaves_the_appeals(url: str) -> None:
    records = filled(url)
    migrate.downgrade(url, "0001")
    tables = inspect(records.engine).get_table_names()
    assert not {"street", "street_name", "settlement", "district", "street_history"} & set(tables)
    with records() as session:
        assert session.scalar(text("SELECT call_id FROM appeal")) == "ast-1.1"
    records.close()


def filled(url: str) -> Records:
    records = Records(url)
    with records() as session:
        new_appeal(session)
        session.add(a_street())
        session.commit()
    records.close()
    return records


def a_street() -> Street:
    return Street(
        settlement=Settlement(katottg="UA07080170010083384", type="місто", name="Луцьк"),
        type="вулиця",
        name="Захисників України",
        status="decided",
        names=[StreetName(name="Гордіюк", kind="former")],
        history=[StreetHistory(at=NOON, what="added", changes=[])],
    )
