"""An operator types a street; the register knows which one is meant."""

from __future__ import annotations

import pytest

from db.addresses import Place
from db.place_lookup import choices, settled
from db.street_register import OtherName, Register, RegisterSettlement, RegisterStreet

REGISTER = Register(
    streets=(
        RegisterStreet(1, "вулиця", "Захисників України", "Луцьк", (OtherName("Гордіюк", "former"),)),
        RegisterStreet(2, "вулиця", "Конякіна", "Луцьк"),
        RegisterStreet(3, "вулиця", "Польова", "Прилуцьке"),
        RegisterStreet(4, "вулиця", "Польова", "Жидичин"),
        RegisterStreet(5, "вулиця", "Княгині Ольги", "Луцьк"),
    ),
    settlements=(RegisterSettlement("UA1", "село", "Прилуцьке", "Прилуцький"),),
)


def test_a_former_name_leads_to_the_present_street() -> None:
    (found,) = choices(REGISTER, "горд")
    assert (found.shown, found.note) == ("вулиця Захисників України", "раніше Гордіюк")
    place = settled(REGISTER, Place("вул. Гордіюк", "37"))
    assert (place.street_id, place.line()) == (1, "вулиця Захисників України, 37")


@pytest.mark.parametrize("typed", ["Коня", "вул. коня", "вулиця Конякіна"])
def test_a_street_is_found_by_its_beginning_with_or_without_type(typed: str) -> None:
    assert [one.street_id for one in choices(REGISTER, typed)] == [2]


def test_any_word_of_a_name_will_do_and_a_beginning_is_better() -> None:
    assert [one.street_id for one in choices(REGISTER, "украї")] == [1]
    assert [one.street_id for one in choices(REGISTER, "ольг")] == [5]


def test_streets_of_one_name_are_told_apart_by_their_village() -> None:
    assert {one.shown for one in choices(REGISTER, "польова")} == {
        "вулиця Польова, Прилуцьке",
        "вулиця Польова, Жидичин",
    }
    place = settled(REGISTER, Place("вулиця Польова, Прилуцьке", "5"))
    assert (place.street_id, place.settlement, place.line()) == (3, "Прилуцьке", "Прилуцьке, вулиця Польова, 5")


@pytest.mark.parametrize("written", ["вулиця Польова", "біля п'ятої школи", "<b>", ""])
def test_a_text_that_is_not_one_street_stays_as_it_was_written(written: str) -> None:
    place = settled(REGISTER, Place(written, "5"))
    assert (place.street_id, place.street) == (None, written)


def test_a_village_alone_is_a_place() -> None:
    assert settled(REGISTER, Place("Прилуцьке")).settlement == "Прилуцьке"


def test_nothing_typed_finds_nothing() -> None:
    assert choices(REGISTER, "") == choices(REGISTER, "вулиця ") == []
