"""Whose job it is follows from the category and the place."""

from __future__ import annotations

import pytest

from db.street_register import Register, RegisterSettlement, RegisterStreet
from transcribe.understanding.executor import executor_of
from transcribe.understanding.facts import Address, StreetGuess
from transcribe.understanding.understand import Understander

REGISTER = Register(
    streets=(
        RegisterStreet(1, "вулиця", "Шевченка", "Луцьк"),
        RegisterStreet(2, "вулиця", "Травнева", "Прилуцьке", starosta_district="Прилуцький"),
    ),
    settlements=(
        RegisterSettlement("UA1", "місто", "Луцьк", ""),
        RegisterSettlement("UA2", "село", "Прилуцьке", "Прилуцький"),
        RegisterSettlement("UA3", "село", "Боголюби", "Боголюбський"),
    ),
    managers={(1, "24-А"): "mzk"},
)


def at(settlement: str, house: str = "", street: StreetGuess | None = None) -> Address:
    guesses = (street,) if street else ()
    return Address(guesses, "", house, "", "", settlement, "", 1.0, True, ())


SHEVCHENKA = StreetGuess(1, "вулиця", "Шевченка", "Луцьк", 1.0)


@pytest.mark.parametrize(
    ("category", "place", "executor"),
    [
        ("WATER", None, "water"),
        (None, at("Луцьк"), ""),
        ("HOUSE", at("Луцьк", "24-А", SHEVCHENKA), "mzk"),
        ("LIFT", at("Луцьк", "24-а", SHEVCHENKA), "mzk"),
        ("HOUSE", at("Луцьк", "26", SHEVCHENKA), "housing"),
        ("HOUSE", None, "housing"),
        ("WATER", at("Луцьк", "24-А", SHEVCHENKA), "water"),
        ("ROAD", at("Прилуцьке"), "starosta"),
        ("ELEC", at("Прилуцьке"), "energy"),
        ("ROAD", at("Боголюби"), "roads"),
        ("OWN", at("Луцьк"), ""),
    ],
)
def test_the_executor_follows_from_category_and_place(
    category: str | None, place: Address | None, executor: str
) -> None:
    assert executor_of(category, place, REGISTER) == executor


@pytest.mark.parametrize(
    ("text", "executor"),
    [
        ("яма на дорозі у прилуцькому вулиця травнева чотири", "starosta"),
        ("яма на дорозі вулиця шевченка чотири", "roads"),
        ("ліфт не працює шевченка двадцять чотири а", "mzk"),
    ],
)
def test_the_first_place_of_a_message_decides_whose_job_it_is(text: str, executor: str) -> None:
    assert Understander(REGISTER).understand(text.split()).executor == executor
