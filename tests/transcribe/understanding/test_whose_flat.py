"""Of several flats the one the caller lives in is noted down."""

from __future__ import annotations

import pytest

from tests.transcribe.understanding.places import noted


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("сусід із дев'ятої квартири тече я в восьмій кравчука вісім", ["Кравчука 8 кв. 8"]),
        ("кравчука вісім квартира вісім прорвало ми в квартирі чотири", ["Кравчука 8 кв. 4"]),
        ("кравчука вісім у квартирі №8 прорвало, а ми в квартирі №4", ["Кравчука 8 кв. 4"]),
        ("кравчука вісім квартира п'ять шумить а я живу у шостій", ["Кравчука 8 кв. 6"]),
        ("кравчука вісім моя квартира сорок над нами тече", ["Кравчука 8 кв. 40"]),
        ("кравчука вісім я у сьомій квартирі", ["Кравчука 8 кв. 7"]),
        ("кравчука вісім я в першій черзі на облік", ["Кравчука 8"]),
        ("ми в п'ятій школі на кравчука вісім", ["Кравчука 8"]),
    ],
)
def test_the_flat_of_which_the_caller_says_i_is_the_callers(text: str, places: list[str]) -> None:
    assert noted(text) == places
