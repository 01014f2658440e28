"""A street of another city is no place of this one."""

from __future__ import annotations

import pytest

from tests.transcribe.understanding.places import noted


@pytest.mark.parametrize(
    "text",
    [
        "у харкові ми жили на сумській біля метро а тут не знаю куди йти за гуманітаркою",
        "сестра у львові на городоцькій живе то їй сміття щодня вивозять",
        "у варшаві на маршалковській ліхтарі вдень не горять",
        "У Києві, на вулиці Шевченка, таке нікому не снилося.",
    ],
)
def test_a_street_of_another_city_is_no_address(text: str) -> None:
    assert noted(text) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ми жили у харкові тепер на кравчука вісім немає води", ["Кравчука 8"]),
        ("ми з харкова живемо на кравчука вісім немає води", ["Кравчука 8"]),
        ("дзвонила у києві сказали а ви на кравчука вісім самі розбирайтесь", ["Кравчука 8"]),
        ("на кравчука вісім гірше ніж у харкові", ["Кравчука 8"]),
    ],
)
def test_who_came_from_another_city_calls_about_a_street_here(text: str, places: list[str]) -> None:
    assert noted(text) == places
