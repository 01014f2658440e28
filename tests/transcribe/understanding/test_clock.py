"""Times of day, and what only sounds like one."""

from __future__ import annotations

import normalize_uk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcribe.understanding.clock import read_time
from transcribe.understanding.tokens import tokens

HOURS = st.integers(min_value=1, max_value=23)


def time_in(text: str) -> str | None:
    """The first time of day that is read anywhere in a text."""
    found = tokens(text.split())
    readings = (read_time(found, at) for at in range(len(found)))
    return next((reading.text for reading in readings if reading), None)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("о чотирнадцятій тридцять", "14:30"),
        ("о восьмій нуль п'ять", "8:05"),
        ("о дев'ятій п'ять хвилин", "9:05"),
        ("о десятій годині п'ятнадцять хвилин", "10:15"),
        ("з чотирнадцятої тридцяти", "14:30"),
        ("о восьмій тридцять вечора", "20:30"),
        ("о двадцять другій", "22:00"),
        ("о сьомій ранку", "7"),
        ("о третій дня", "3"),
        ("з другої години ночі", "2"),
        ("після двадцять третьої години", "23"),
        ("від десятої до шістнадцятої години", "10"),
        ("з восьмої до сімнадцятої", "8:00"),
        ("о нуль годин тридцять хвилин", "0:30"),
        ("пів на шосту", "5:30"),
        ("пів на шосту вечора", "17:30"),
        ("пів одинадцятої", "10:30"),
        ("пів на першу ночі", "0:30"),
        ("пів на першу", "12:30"),
        ("пів на дванадцяту дня", "11:30"),
        ("пів на дванадцяту ночі", "23:30"),
        ("чверть на другу", "1:15"),
        ("чверть по дев'ятій", "9:15"),
        ("двадцять хвилин на третю", "2:20"),
        ("за десять сьома", "6:50"),
        ("за чверть друга дня", "13:45"),
        ("за п'ять хвилин перша", "12:55"),
    ],
)
def test_a_time_is_written_as_on_a_clock(said: str, written: str) -> None:
    assert time_in(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "на шостому поверсі",
        "у другій квартирі",
        "у двадцятій школі",
        "з тринадцятої",
        "сусіди з двадцять першої",
        "о шостому будинку",
        "у другій половині дня",
        "за десять днів",
        "за п'ять перша лікарня",
        "пів години",
        "половина людей",
        "половина другої квартири",
        "чверть міста",
        "о двадцять п'ятій",
        "від другої до п'ятої квартири",
        "пів на",
        "о",
        "за",
    ],
)
def test_what_is_no_time_is_left_alone(said: str) -> None:
    assert time_in(said) is None


@given(HOURS, st.integers(min_value=10, max_value=59))
@settings(deadline=None)
def test_every_hour_and_minute_is_read_back(hour: int, minute: int) -> None:
    said = f"о {normalize_uk.number_to_ordinal_words(hour, 'loc_f')} {normalize_uk.number_to_words(minute)}"

    assert time_in(said) == f"{hour}:{minute}"


@given(HOURS, HOURS)
@settings(deadline=None)
def test_both_ends_of_a_range_are_hours(begin: int, end: int) -> None:
    first, last = (normalize_uk.number_to_ordinal_words(hour, "gen_f") for hour in (begin, end))
    found = tokens(f"з {first} до {last}".split())

    readings = [reading for at in range(len(found)) if (reading := read_time(found, at))]

    assert [reading.text for reading in readings] == [f"{begin}:00", f"{end}:00"]


@given(st.integers(min_value=1, max_value=12))
@settings(deadline=None)
def test_half_towards_an_hour_is_half_past_the_one_before(hour: int) -> None:
    said = f"о пів на {normalize_uk.number_to_ordinal_words(hour, 'acc_f')} ранку"

    assert time_in(said) == f"{(hour - 1) % 12}:30"
