"""Spoken numbers in digits; every piece knows its words."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import normalize_uk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import streets
from transcribe.understanding.facts import WrittenPiece
from transcribe.understanding.said import appeal_numbers, phones
from transcribe.understanding.tokens import tokens
from transcribe.understanding.understand import Understander
from transcribe.understanding.written import written_pieces

CASES = [
    json.loads(line)
    for name in ("itn_cases", "itn_own_cases")
    for line in (Path(__file__).parents[2] / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()
]
NUMBER_WORDS = (
    "нуль один два три п'ять десять двадцять сорок сто двісті тисяча тисячі перша другий третьої восьмій двадцятого "
    "грудня дріб а б бе квартира будинок вулиця номер від до о з на за пів чверть годин хвилин ранку вечора телефон "
    "заявка плюс і не , - 24-А 0501234567 15-80/2026/000123 кв.45 двадцять-три раз гривень"
).split()


@cache
def understander() -> Understander:
    return Understander(streets.shipped())


def pieces(words: list[str]) -> tuple[WrittenPiece, ...]:
    found = tokens(words)
    telephones = phones(found)
    earlier = appeal_numbers(found, [said.span for said in telephones])
    return written_pieces(words, found, phones=telephones, appeal_numbers=earlier)


def written(text: str) -> str:
    return " ".join(piece.text for piece in pieces(text.split()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["spoken"])
def test_a_message_is_written_as_a_person_would_note_it(case: dict[str, object]) -> None:
    spoken = str(case["spoken"])

    assert understander().understand(spoken.split()).written.lower() in case["accepted"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("heard", "read"),
    [
        ("Будинок двадцять чотири, квартира (сорок п'ять).", "Будинок 24, квартира (45)."),
        ("кв. сорок п’ять!", "кв. 45!"),
        ("«двадцять хвилин»", "«20 хвилин»"),
        ("Вже тридцять другого грудня", "Вже 32-го грудня"),
        ("двадцять-тридцять хвилин", "20-30 хвилин"),
        ("24-А", "24-А"),
        ("24 а", "24-А"),
        ("о 14:30, 05.12.2026", "о 14:30, 05.12.2026"),
        ("066 700 21 43", "066 700 21 43"),
        ("телефон сімдесят сім сімдесят дев'ять нуль чотири", "телефон 77 79 04"),
        ("телефон тридцять сім сімдесят дев'ять нуль чотири", "телефон 37 79 04"),
        ("телефон нуль триста тридцять два сімдесят сім сімдесят дев'ять нуль чотири", "телефон 0332 77 79 04"),
        ("5 тисяч двісті гривень", "5200 гривень"),
        ("кв.сорок п'ять", "кв.сорок п'ять"),
        ("1,5 метра і два-три дні", "1,5 метра і два-три дні"),
        ("Будинок двадцять — три квартири", "Будинок 20 — три квартири"),
    ],
)
def test_punctuation_and_what_is_written_already_stay(heard: str, read: str) -> None:
    assert written(heard) == read


def test_a_house_without_its_word_is_written_where_the_address_stands() -> None:
    words = "шевченка сім а нема води".split()

    assert [piece.text for piece in written_pieces(words, tokens(words), places=[(0, 2)])][:2] == ["шевченка", "7-А"]
    assert written(" ".join(words)) == "шевченка сім а нема води"


def test_a_piece_knows_the_words_it_stands_for() -> None:
    words = "телефон нуль п'ятдесят сто двадцять три сорок п'ять шістдесят сім, будинок двадцять чотири а.".split()

    assert pieces(words) == (
        WrittenPiece("телефон", (0, 0)),
        WrittenPiece("050 123 45 67,", (1, 9)),
        WrittenPiece("будинок", (10, 10)),
        WrittenPiece("24-А.", (11, 13)),
    )


@given(
    st.lists(st.sampled_from(NUMBER_WORDS) | st.text(min_size=1, max_size=8).filter(lambda text: not text.isspace()))
)
@settings(max_examples=400, deadline=None)
def test_the_pieces_cover_every_word_once_and_in_order(texts: list[str]) -> None:
    words = " ".join(texts).split()

    covered = [at for piece in pieces(words) for at in range(piece.span[0], piece.span[1] + 1)]

    assert covered == list(range(len(words)))


@given(st.lists(st.sampled_from(["Алло", "у", "нас", "темно,", "дякую!", "24-А", "перша", "раз", "двоє", "нулями"])))
@settings(deadline=None)
def test_words_without_a_number_to_write_stay_as_they_were_heard(words: list[str]) -> None:
    assert [piece.text for piece in pieces(words)] == words


# «тисяча людей» alone is mostly said of nobody counted.
@given(st.integers(min_value=10, max_value=999_999).filter(lambda value: value != 1000))
@settings(deadline=None)
def test_every_number_from_ten_up_is_written_back(value: int) -> None:
    said = normalize_uk.number_to_words(value)

    assert written(f"там {said} людей") == f"там {value} людей"


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=1, max_value=99))
@settings(deadline=None)
def test_every_house_with_a_fraction_is_written_back(house: int, fraction: int) -> None:
    said = f"будинок {normalize_uk.number_to_words(house)} дріб {normalize_uk.number_to_words(fraction)} нема води"

    assert written(said) == f"будинок {house}/{fraction} нема води"


@given(st.integers(min_value=1, max_value=1999))
@settings(deadline=None)
def test_every_flat_is_written_back(flat: int) -> None:
    assert written(f"квартира {normalize_uk.number_to_words(flat)} нема води") == f"квартира {flat} нема води"


def test_a_message_of_ten_thousand_number_words_is_written_too() -> None:
    words = ["двадцять", "три", "п'ятого", "о", "шостій"] * 2000

    assert pieces(words)[-1].span[1] == len(words) - 1
