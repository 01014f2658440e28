"""A street is found by any name it has or had, exactly or by its sound, alone or at the beginning of other words."""

from __future__ import annotations

import pytest

from db import streets
from db.street_register import OtherName, Register, RegisterStreet
from transcribe.understanding.street_index import StreetIndex

SHIPPED = StreetIndex(streets.shipped())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("вул. Конякіна", "Конякіна"),
        ("на рівненскій", "Рівненська"),
        ("коняки на", "Конякіна"),
        ("сенатор киливчанівської", "Сенаторки Левчанівської"),
        ("по вулиці задворєцькій", "Задворецька"),
        ("гордіюк", "Захисників України"),
        ("шостий малоомелянівський", "6-й Малоомелянівський"),
        ("у пе а героїв", "Героїв УПА"),
    ],
)
def test_a_short_text_finds_its_street(text: str, name: str) -> None:
    assert SHIPPED.find(text)[0].name == name


def test_the_type_that_was_said_decides_between_two_streets_of_one_name() -> None:
    assert [guess.type for guess in SHIPPED.find("провулок героїв упа")][:2] == ["провулок", "вулиця"]
    assert [guess.type for guess in SHIPPED.find("вулиця героїв упа")][:2] == ["вулиця", "провулок"]


def test_a_present_name_comes_before_the_same_name_of_former_times() -> None:
    register = Register(
        (
            RegisterStreet(1, "вулиця", "Сумська", "Луцьк", (OtherName("Ковпака", "former"),)),
            RegisterStreet(2, "вулиця", "Ковпака", "Луцьк"),
        ),
        (),
    )
    assert [guess.name for guess in StreetIndex(register).find("ковпака")] == ["Ковпака", "Сумська"]


def test_a_street_that_had_the_name_only_in_part_comes_after_the_one_that_had_it_whole() -> None:
    register = Register(
        (
            RegisterStreet(1, "вулиця", "Леся Танюка", "Луцьк", (OtherName("Нікішева (частина)", "former"),)),
            RegisterStreet(2, "вулиця", "Михайла Вербицького", "Луцьк", (OtherName("Нікішева", "former"),)),
        ),
        (),
    )
    guesses = StreetIndex(register).find("нікішева")
    assert [guess.name for guess in guesses] == ["Михайла Вербицького", "Леся Танюка"]
    assert {guess.said_name for guess in guesses} == {"Нікішева"}


@pytest.mark.parametrize("text", ["", "вулиця", "на", "12", "☎☎☎"])
def test_a_text_without_a_name_finds_nothing_that_is_like_it(text: str) -> None:
    assert all(guess.score < 0.5 for guess in SHIPPED.find(text))


def test_an_empty_register_finds_nothing() -> None:
    assert StreetIndex(Register((), ())).find("шевченка") == []
