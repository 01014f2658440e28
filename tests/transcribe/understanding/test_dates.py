"""Dates and years, and what only sounds like one."""

from __future__ import annotations

from datetime import date

import normalize_uk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcribe.understanding.dates import read_date
from transcribe.understanding.tokens import tokens

MONTHS = "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня".split()


def date_in(text: str) -> str | None:
    """The first date that is read anywhere in a text."""
    found = tokens(text.split())
    readings = (read_date(found, at) for at in range(len(found)))
    return next((reading.text for reading in readings if reading), None)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("з двадцять третього листопада", "23 листопада"),
        ("по дев'яте грудня", "9 грудня"),
        ("з п'ятого по дев'яте грудня", "5"),
        ("третього і четвертого липня", "3"),
        ("п'ятого дванадцятого", "05.12"),
        ("третього одинадцятого двадцять шостого року", "03.11"),
        ("п'ятого грудня дві тисячі двадцять п'ятого року", "5 грудня 2025"),
        ("тридцять першого грудня дві тисячі двадцять шостого", "31 грудня 2026"),
        ("п'ятого дванадцятого дві тисячі двадцять шостого року", "05.12.2026"),
        ("у дві тисячі дев'ятнадцятому році", "2019"),
        ("тисяча дев'ятсот сімдесят другого року", "1972"),
        ("вулиця двадцять восьмого червня", "28 червня"),
    ],
)
def test_a_date_is_written_in_digits(said: str, written: str) -> None:
    assert date_in(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "п'ятого дванадцятого будинку",
        "біля п'ятого будинку",
        "другого під'їзду",
        "п'ять грудня",
        "першого і другого поверху",
        "п'ятого тринадцятого",
        "тисячного року",
        "грудня",
    ],
)
def test_what_is_no_date_is_left_alone(said: str) -> None:
    assert date_in(said) is None


@given(st.dates(min_value=date(2024, 1, 1), max_value=date(2024, 12, 31)))
@settings(deadline=None)
def test_every_day_of_a_leap_year_is_read_back(day: date) -> None:
    said = f"{normalize_uk.number_to_ordinal_words(day.day, 'gen')} {MONTHS[day.month - 1]}"

    assert date_in(said) == f"{day.day} {MONTHS[day.month - 1]}"


@given(st.integers(min_value=1901, max_value=2099).filter(lambda year: year % 100))
@settings(deadline=None)
def test_every_year_is_read_back(year: int) -> None:
    assert date_in(f"{normalize_uk.number_to_ordinal_words(year, 'gen')} року") == str(year)
