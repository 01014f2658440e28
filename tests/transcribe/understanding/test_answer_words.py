"""The words of an address: whoever answers «вулицю і будинок» in them is understood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.street_register import Register
from db.streets import shipped
from transcribe.understanding.answer_words import answer_words
from transcribe.understanding.understand import Understander


@pytest.fixture(scope="module")
def words() -> tuple[str, ...]:
    return answer_words(shipped())


def test_a_name_stands_whole_and_in_the_cases_people_say_it_in(words: tuple[str, ...]) -> None:
    assert {"сенаторки левчанівської", "левчанівської", "рівненська", "рівненській", "гордіюк"} <= set(words)


def test_every_house_number_a_letter_and_a_flat_can_be_said(words: tuple[str, ...]) -> None:
    single = set(words)
    assert set("сто двадцять чотири бе дріб квартира корпус вулиці двісті дев'яносто дев'ять".split()) <= single


def test_each_word_stands_once_in_the_writing_of_a_recogniser(words: tuple[str, ...]) -> None:
    assert len(set(words)) == len(words)
    assert not [word for word in words if word != word.casefold() or any(sign in word for sign in "0123456789.,()")]


def test_whatever_name_of_a_street_is_heard_in_the_grammar_leads_to_the_street() -> None:
    register = shipped()
    understander = Understander(register)
    without_streets = set(answer_words(replace(register, streets=())))
    for street in register.streets[::9]:
        for name in set(answer_words(Register((street,), register.settlements))) - without_streets:
            understood = understander.understand(f"{street.type} {name} двадцять чотири".split())
            guessed = {guess.street_id for address in understood.addresses for guess in address.guesses}
            assert street.id in guessed, f"{street.type} {name}"
