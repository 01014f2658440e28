"""Numbers and house numbers, however they are said, misheard or written by a recogniser."""

from __future__ import annotations

from typing import Literal

import normalize_uk
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from transcribe.understanding.house_numbers import House, read_house
from transcribe.understanding.number_words import number_word
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.tokens import tokens

Case = Literal["gen", "dat", "instr", "prep"]
CASES: list[Case] = ["gen", "dat", "instr", "prep"]
TEN_THOUSAND = st.integers(min_value=0, max_value=9999)
ORDINAL_FORMS = "nom_m nom_f nom_n gen gen_f acc_f dat loc loc_f ins ins_f".split()


def number(text: str) -> Number | None:
    return read_number(tokens(text.split()), 0)


def house(text: str) -> str | None:
    found = read_house(tokens(text.split()), 0)
    return found.text if found else None


@given(TEN_THOUSAND)
def test_every_number_said_in_words_is_read_back(value: int) -> None:
    said = normalize_uk.number_to_words(value)

    read = number(said)

    assert read is not None
    assert (read.value, read.end) == (value, len(said.split()))
    assert not read.is_ordinal


@given(TEN_THOUSAND, st.sampled_from(CASES))
def test_every_case_form_is_read_back(value: int, case: Case) -> None:
    said = normalize_uk.number_to_words_case(value, case)
    assume(not said.startswith("тисяч"))  # «тисячі» without a number before it are many thousands, not 1000
    assume("сьома тисяч" not in said)  # «сьома» is first of all «7-ма»

    read = number(said)

    assert read is not None and read.value == value


@given(st.integers(min_value=1, max_value=99) | st.integers(min_value=2000, max_value=2099), st.data())
def test_every_ordinal_is_read_back_and_known_as_one(value: int, data: st.DataObject) -> None:
    said = normalize_uk.number_to_ordinal_words(value, data.draw(st.sampled_from(ORDINAL_FORMS)))
    assume(value != 2000)  # «двотисячний» is one word nobody says on the telephone
    assume(not said.endswith("дев'яноста"))  # «90-та» sounds like the case form of 90

    read = number(said)

    assert read is not None
    assert read.value == value
    assert read.is_ordinal


@given(TEN_THOUSAND)
def test_without_apostrophes_and_soft_signs_the_number_is_the_same(value: int) -> None:
    said = normalize_uk.number_to_words(value).replace("'", "").replace("ь", "")

    read = number(said)

    assert read is not None and read.value == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("пятьдесят шесть", 56),
        ("двадцать", 20),
        ("двацять три", 23),
        ("двадцять-чотири", 24),
        ("п’ятнадцять", 15),
        ("шісят три", 63),
        ("шісдесят", 60),
        ("вісімнацять", 18),
        ("штири", 4),
        ("тисяча двісті тридцять чотири", 1234),
        ("5 тисяч двісті", 5200),
        ("2 тисячі 26", 2026),
    ],
)
def test_colloquial_and_misheard_numbers_are_understood(said: str, value: int) -> None:
    read = number(said)

    assert read is not None and read.value == value


@pytest.mark.parametrize("said", ["сто ста", "двадцять, два", "двадцять двадцять два", "п'ять сто", "десять один"])
def test_two_numbers_are_not_added_up(said: str) -> None:
    read = number(said)

    assert read is not None and read.end == 1


@pytest.mark.parametrize("word", ["семеро", "сімʼя", "сорочка", "стати", "стань", "тисяч", "третина", "двір", "дітей"])
def test_words_that_only_look_like_numbers_are_none(word: str) -> None:
    assert number(word) is None


@given(st.text(min_size=1, max_size=200))
def test_any_text_at_all_can_be_read(text: str) -> None:
    words = text.split()
    found = tokens(words)

    assert all(0 <= token.word < len(words) for token in found)
    for at in range(len(found)):
        read_house(found, at)


@given(
    st.integers(min_value=1, max_value=250),
    st.sampled_from([("", ""), ("а", "-А"), ("б", "-Б"), ("бе", "-Б"), ("ве", "-В"), ("вэ", "-В"), ("ге", "-Г")]),
    st.sampled_from(["", "квартира сім", "корпус два"]),
)
def test_every_house_with_its_letter_is_read_back(value: int, letter: tuple[str, str], more: str) -> None:
    said = " ".join(filter(None, [normalize_uk.number_to_words(value), letter[0], more]))

    assert house(said) == f"{value}{letter[1]}"


@given(st.integers(min_value=1, max_value=250), st.integers(min_value=1, max_value=99))
def test_every_fraction_is_read_back_spoken_or_written(first: int, second: int) -> None:
    said = f"{normalize_uk.number_to_words(first)} дріб {normalize_uk.number_to_words(second)} квартира три"

    assert house(said) == f"{first}/{second}"
    assert house(f"{first}/{second}, кв. 3") == f"{first}/{second}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("24-А", "24-А"),
        ("24 а", "24-А"),
        ("24А,", "24-А"),
        ("24A", "24-А"),
        ("24B", "24-В"),
        ("24b", "24-Б"),
        ("12/3-б", "12/3-Б"),
        ("100-102", "100-102"),
        ("двадцять чотири літера ге", "24-Г"),
        ("двадцять чотири дріб бе", "24-Б"),
        ("двадцять чотири а квартира сім", "24-А"),
        ("двадцять чотири а немає світла", "24-А"),
        ("двадцять чотири а", "24-А"),
        ("двадцять чотири а у нас немає світла", "24"),
        ("двадцять чотири, а в сусідньому є", "24"),
        ("двадцять чотири в квартирі холодно", "24"),
        ("двадцять чотири в квартира п'ять", "24-В"),
        ("двадцять чотири в немає води", "24-В"),
        ("вісім а не десять", "8"),
        ("сорок п'ять а шептицького тепер", "45"),
        ("дванадцять б живу", "12-Б"),
        ("двадцять два е корпус один", "22"),
        ("22-Е, корпус 1", "22-Е"),
        ("двадцять чотири де не горить ліхтар", "24"),
        ("вісім з другої години", "8"),
        ("сорок п'ятий", "45"),
    ],
)
def test_a_letter_is_told_from_a_small_word(said: str, expected: str) -> None:
    assert house(said) == expected


def test_an_ordinal_house_says_that_it_is_one() -> None:
    assert read_house(tokens(["сорок", "п'ятого", "будинку"]), 0) == House("45", 2, is_ordinal=True)


def test_a_year_is_no_house() -> None:
    assert house("дві тисячі двадцять шість") is None


def test_tokens_know_their_words_and_pauses() -> None:
    found = tokens("На вул. Конякіна, буд. 24-А — кв.45!".split())

    assert [(token.text, token.word, token.pause) for token in found] == [
        ("на", 0, False),
        ("вул", 1, False),
        ("конякіна", 2, True),
        ("буд", 3, False),
        ("24", 4, False),
        ("а", 4, True),
        ("кв", 6, False),
        ("45", 6, True),
    ]


def test_a_stressed_and_a_latin_letter_make_no_other_word() -> None:
    assert [token.text for token in tokens(["Кра́вчука", "Kравчука", "П’ять"])] == ["кравчука", "кравчука", "п'ять"]


def test_the_spellings_of_different_numbers_never_meet() -> None:
    for value in range(1, 1000):
        for word in normalize_uk.number_to_words(value).split():
            entry = number_word(word)
            assert entry is not None and normalize_uk.number_to_words(entry.value) == word
