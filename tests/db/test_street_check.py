"""What somebody should look at in a register, and what is well."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.street_check import Doubt, doubts
from db.street_tables import HouseRenumbering, Settlement, Street, StreetName
from tests.db.conftest import NOON


@pytest.fixture
def empty(session: Session) -> Session:
    """A community without a single street."""
    for table in (StreetName, Street):
        session.query(table).delete()
    return session


def street(session: Session, name: str, kind: str = "вулиця", place: str = "Луцьк", **more: object) -> Street:
    settlement = session.scalars(select(Settlement).where(Settlement.name == place)).one()
    made = Street(settlement=settlement, type=kind, name=name, **{"status": "in_use", **more})
    session.add(made)
    session.flush()
    return made


def found(session: Session) -> list[Doubt]:
    return doubts(session, NOON, sounds=lambda name: name.casefold().replace("и", "і").replace(" ", ""))


def test_the_shipped_register_has_doubts_but_no_errors(session: Session) -> None:
    shown = found(session)
    assert {one.level for one in shown} == {"warning"}
    assert "спільна колишня назва Добролюбова: вулиця Долинна (Луцьк); вулиця Надставкова (Луцьк)" in {
        one.why for one in shown
    }


def test_an_orderly_register_has_no_doubts(empty: Session) -> None:
    street(empty, "Садова", names=[StreetName(name="Колгоспна", kind="former", valid_to=date(2016, 2, 1))])
    street(empty, "Тиха", "провулок")
    street(empty, "6-й Озерний")
    street(empty, "7-й Озерний")
    # The same name one after the other, and one that an import brought by mistake.
    street(empty, "Козацька", valid_to=date(2020, 1, 1))
    street(empty, "Козацька", valid_from=date(2020, 1, 1))
    street(empty, "Козацька", valid_from=date(2026, 1, 1), valid_to=date(2026, 1, 1))
    assert found(empty) == []


def test_a_street_without_type_or_with_an_unusable_name_is_an_error(empty: Session) -> None:
    street(empty, "Садова", kind="")
    street(empty, "=cmd()")
    assert [(one.level, one.code) for one in found(empty)] == [("error", "no_type"), ("error", "no_name")]


def test_one_street_twice_at_the_same_time_is_an_error(empty: Session) -> None:
    first = street(empty, "В'їзна", valid_to=date(2020, 1, 2))
    second = street(empty, "В’ЇЗНА", valid_from=date(2020, 1, 1))
    (one,) = found(empty)
    assert (one.level, one.code, one.streets) == ("error", "twice", (first.id, second.id))


def test_dates_that_contradict_each_other_are_told(empty: Session) -> None:
    street(empty, "Садова", valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1))
    old = StreetName(name="Давня", kind="former", valid_to=date(2001, 1, 1))
    street(empty, "Нова", valid_from=date(2020, 1, 1), names=[old])
    assert [(one.level, one.code) for one in found(empty)] == [("error", "dates"), ("warning", "dates")]


def test_a_house_with_two_new_numbers_is_an_error(empty: Session) -> None:
    numbers = [HouseRenumbering(old_house="5А", new_house=new) for new in ("7", "9")]
    street(empty, "Садова", renumberings=[*numbers, HouseRenumbering(old_house="6", new_house="8")])
    (one,) = found(empty)
    assert (one.code, one.why) == ("house_twice", "вулиця Садова (Луцьк): будинок 5А має кілька нових номерів: 7, 9")


def test_namesakes_are_told_here_and_in_other_settlements(empty: Session) -> None:
    street(empty, "Садова")
    street(empty, "Садова", "провулок")
    street(empty, "Садова", place="Рокині")
    assert {(one.level, one.code): len(one.streets) for one in found(empty)} == {
        ("warning", "namesake"): 2,
        ("warning", "namesake_elsewhere"): 3,
    }


def test_a_former_name_that_another_street_has_now_or_had_too_is_told(empty: Session) -> None:
    street(empty, "Козацька", names=[StreetName(name="Карбишева", kind="former")])
    street(
        empty,
        "Нова",
        names=[StreetName(name="Козацька", kind="colloquial"), StreetName(name="КАРБИШЕВА", kind="former")],
    )
    gone = StreetName(name="Тиха", kind="former", withdrawn_at=NOON)
    street(empty, "Нижня", names=[gone])
    street(empty, "Тиха")
    shown = found(empty)
    assert [one.code for one in shown] == ["former_is_present", "former_of_several"]
    assert "розмовна назва Козацька - це нинішня назва іншої вулиці: вулиця Козацька (Луцьк)" in shown[0].why


def test_names_that_sound_alike_are_told_within_one_settlement(empty: Session) -> None:
    street(empty, "Глинки")
    street(empty, "Глінки", "провулок")
    street(empty, "Гліники", place="Рокині")
    street(empty, "Володимирська")
    street(empty, "Володимирівська")
    street(empty, "Володимирка")
    assert [one.why for one in found(empty) if one.code == "sounds_alike"] == [
        "звучать схоже: вулиця Глинки (Луцьк); провулок Глінки (Луцьк)",
    ]
    street(empty, "Володимирськая")
    assert len([one for one in found(empty) if one.code == "sounds_alike"]) == 2


def test_a_retired_street_raises_no_doubts_about_its_name(empty: Session) -> None:
    street(empty, "Садова")
    street(empty, "Садова", "провулок", valid_to=date(2020, 1, 1))
    assert found(empty) == []


def test_a_name_the_sources_contradict_each_other_about_is_unsure(empty: Session) -> None:
    street(empty, "Садова", status="conflict")
    (one,) = found(empty)
    assert (one.code, one.why) == ("unsure", "вулиця Садова (Луцьк): джерела суперечать")
