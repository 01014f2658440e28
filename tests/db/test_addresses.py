"""An address in parts, and in the one line people read."""

from __future__ import annotations

import pytest

from db.addresses import NOWHERE, Place, place_of_json, street_text


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (Place("вулиця Конякіна", "24-А", "під'їзд 2", "15"), "вулиця Конякіна, 24-А, під'їзд 2, кв. 15"),
        (Place("вулиця Конякіна", settlement="Луцьк"), "вулиця Конякіна"),
        (Place("вулиця Польова, Прилуцьке", "5", settlement="Прилуцьке"), "Прилуцьке, вулиця Польова, 5"),
        (Place("Прилуцьке", settlement="Прилуцьке"), "Прилуцьке"),
        (Place("біля п'ятої школи"), "біля п'ятої школи"),
        (Place(house="8"), "8"),
        (NOWHERE, ""),
    ],
)
def test_a_place_is_read_in_one_line(place: Place, line: str) -> None:
    assert place.line() == line


def test_the_city_need_not_be_said_and_a_village_must() -> None:
    assert street_text("вулиця", "Конякіна", "Луцьк") == "вулиця Конякіна"
    assert street_text("вулиця", "Польова", "Прилуцьке") == "вулиця Польова, Прилуцьке"


def test_the_parts_survive_being_kept() -> None:
    place = Place("вулиця Конякіна", "24", flat="3", settlement="Луцьк", street_id=2)
    assert place_of_json(place.to_json()) == place
    assert place_of_json({}) == NOWHERE
