"""Free text as it is read aloud."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sound.written import spoken

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "tn_cases.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_the_table_has_all_its_cases() -> None:
    assert len(CASES) == 55


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
        ("5-7 грудня", "п'яте сьоме грудня"),
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
    ],
)
def test_notices_as_suppliers_write_them_are_read_right(written: str, read: str) -> None:
    assert spoken(written) == read


@pytest.mark.parametrize("text", ["", "   ", "\n", "«»", "/", "1" * 400, "-" * 300, "24-А" * 200, "\x00\x07", "🙂"])
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert isinstance(spoken(text), str)
