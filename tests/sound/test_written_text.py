"""Free text as it is read aloud."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sound.written import spoken

CASES = [
    json.loads(line)
    for name in ("tn_cases", "tn_own_cases")
    for line in (Path(__file__).parents[1] / "data" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_the_tables_have_all_their_cases() -> None:
    assert len(CASES) == 55 + 104


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["written"])
def test_written_ukrainian_is_read_as_a_person_reads_it(case: dict[str, object]) -> None:
    assert spoken(str(case["written"])).lower() in case["accepted"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("вул. Львівська, 1-15", "вулиця Львівська, від одного до п'ятнадцяти"),
        ("о 7-й ранку", "о сьомій ранку"),
        ("з 5 по 9 грудня", "з п'ятого по дев'яте грудня"),
        ("черги 3.2 та 4.1", "черги три два та чотири один"),
        ("0 800 500 335", "нуль вісім нуль нуль п'ять нуль нуль три три п'ять"),
        ("звернення № 15-2025", "звернення номер п'ятнадцять дві тисячі двадцять п'ять"),
        ("з 8.00 до 17.00", "з восьмої до сімнадцятої"),
        ("9:00-18:00", "з дев'ятої до вісімнадцятої"),
        ("о 14:30.", "о чотирнадцятій тридцять."),
        ("до 24:00", "до двадцять четвертої"),
        ("5 г на день", "п'ять грамів на день"),
        ("5-7 грудня", "з п'ятого по сьоме грудня"),
        ("вул.Шевченка,5", "вулиця Шевченка, п'ять"),
        ("між вул. Ковельською та вул. Рівненською", "між вулицею Ковельською та вулицею Рівненською"),
        ("буд. 1, 3, 5-А", "будинки один, три, п'ять а"),
        ("ремонт 5-ти під'їздів", "ремонт п'яти під'їздів"),
        ("за тел. 104 або 15-80", "за телефоном сто чотири або п'ятнадцять вісімдесят"),
        ("з 22:00 25 листопада", "з двадцять другої двадцять п'ятого листопада"),
        (
            "Роботи 24.11.2026 з 08:30",
            "Роботи двадцять четвертого листопада дві тисячі двадцять шостого року з восьмої тридцять",
        ),
        ("по 24.11.2026", "по двадцять четверте листопада дві тисячі двадцять шостого року"),
        ("12:75", "12:75"),
        ("45.12", "сорок п'ять цілих і дванадцять сотих"),
        ("вул. С. Бандери", "вулиця С. Бандери"),
        ("на вул. Львівську", "на вулицю Львівську"),
        ("з вул. Тихої. На вул. Ясній темно", "з вулиці Тихої. На вулиці Ясній темно"),
        ("поверхи 1–9", "поверхи від одного до дев'яти"),
        ("кв. 1-36", "квартири від одного до тридцяти шести"),
        ("о 10:30 год.", "о десятій тридцять"),
        ("буд. 5 під. 2", "будинок п'ять, під'їзд два"),
        ("5 куб. м", "п'ять кубічних метрів"),
        (
            "з 10:00 24.11 до 16:00 25.11",
            "з десятої двадцять четвертого листопада до шістнадцятої двадцять п'ятого листопада",
        ),
        ("15 кв. м", "п'ятнадцять квадратних метрів"),
    ],
)
def test_notices_as_suppliers_write_them_are_read_right(written: str, read: str) -> None:
    assert spoken(written) == read


@pytest.mark.parametrize("text", ["", "   ", "\n", "«»", "/", "1" * 400, "-" * 300, "24-А" * 200, "\x00\x07", "🙂"])
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert isinstance(spoken(text), str)


@given(st.text(max_size=60) | st.text("0123456789.:-–/№ звдопонакврмсгульбд'«»,", max_size=60))
@settings(deadline=None)
def test_any_text_at_all_is_read(text: str) -> None:
    assert isinstance(spoken(text), str)
