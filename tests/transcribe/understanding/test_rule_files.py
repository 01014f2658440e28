"""What an administrator may write into a file of rules, and what it then means."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcribe.understanding.rules import CATEGORIES, DANGERS, RuleBook, UnusableRules
from transcribe.understanding.topic import clues
from transcribe.understanding.urgency import dangers

WHY = "немає води"


def book(folder: Path, pattern: str, unless: str = "") -> RuleBook:
    """Rules of a city that knows one category with one pattern."""
    guard = f"\n    unless:\n      - {unless}" if unless else ""
    (folder / CATEGORIES).write_text(f"WATER:\n  - why: {WHY}\n    words:\n      - {pattern}{guard}\n", "utf-8")
    return RuleBook(folder)


def words_found(rules: RuleBook, text: str) -> str | None:
    """The words for which the one rule holds, or None."""
    words = text.split()
    for clue in clues(rules.message(words), rules):
        return " ".join(words[clue.reason.span[0] : clue.reason.span[1] + 1])
    return None


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("вода", "у крані Води, немає", "Води,"),
        ("вода", "я водій", None),
        ("=вода", "води немає", None),
        ("водоп*", "без водопостачання сидимо", "водопостачання"),
        ("не працювати", "він не дуже працює", "не дуже працює"),
        ("не працювати", "він не хоче бо працює", None),
        ("працювати не", "не працює", None),
        ("вода + немає", "немає другий день води", "немає другий день води"),
        ("вода + немає", "вода раз два три чотири п'ять шість сім вісім немає", None),
        ("п'ятий поверх", "п’ятий  поверх", "п’ятий поверх"),
        ("$нема + вода", "нема води", "нема води"),
    ],
)
def test_a_pattern_means_forms_order_and_nearness(
    tmp_path: Path, pattern: str, text: str, expected: str | None
) -> None:
    assert words_found(book(tmp_path, pattern), text) == expected


def test_unless_takes_a_match_back_only_where_it_stands_near(tmp_path: Path) -> None:
    rules = book(tmp_path, "пожежа|пожежний", unless="=пожежна машина")
    assert words_found(rules, "стоїть пожежна машина") is None
    far = "стоїть пожежна машина і ще раз кажу що в сусідньому дворі справжня пожежа"
    assert words_found(rules, far) == "пожежа"


def test_a_danger_is_not_raised_by_words_that_deny_it(tmp_path: Path) -> None:
    (tmp_path / DANGERS).write_text(
        'GAS:\n  - why: запах газу\n    call: "104"\n    words:\n      - пахнути + газ\n', "utf-8"
    )
    rules = RuleBook(tmp_path)

    def raised(text: str) -> bool:
        return bool(dangers(rules.message(text.split()), rules))

    assert raised("сильно пахне газом")
    assert not raised("газом не пахне")
    assert raised("чи не пахне це газом")


def test_a_danger_says_whom_to_telephone(tmp_path: Path) -> None:
    (tmp_path / DANGERS).write_text('GAS:\n  - why: запах газу\n    call: "104"\n    words:\n      - газ\n', "utf-8")
    rules = RuleBook(tmp_path)
    assert dangers(rules.message(["газ"]), rules)[0].reason.why == "запах газу: телефонуйте 104"


def test_a_city_without_a_file_of_its_own_uses_the_shipped_one(tmp_path: Path) -> None:
    own = book(tmp_path, "вода")
    assert set(own.categories) == {"WATER"}
    assert own.dangers.keys() == RuleBook().dangers.keys()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("WATER:\n  - words: [вода]\n", "WATER, правило 1: немає пояснення «why»"),
        ("WATER:\n  - why: вода\n", "WATER, правило 1 («вода»), «words»: має бути списком шаблонів"),
        ("WATER:\n  - why: вода\n    words: []\n", "немає жодного шаблону"),
        ("WATER:\n  - why: вода\n    words: [води]\n", "«води» не є словниковою формою"),
        ("WATER:\n  - why: вода\n    words: [во*]\n", "закороткий"),
        ("WATER:\n  - why: вода\n    words: [$ніде]\n", "немає переліку слів «$ніде»"),
        ("WATER:\n  - why: вода\n    words: ['вода + ']\n", "порожнє місце біля «+»"),
        ("WATER:\n  - why: вода\n    words: [вода]\n    weight: багато\n", "«weight» має бути числом"),
        ("WATER:\n  - why: вода\n    words: [вода]\n    urgency: E7\n", "«urgency» має бути одним із"),
        ("WATER:\n  - why: вода\n    words: [вода]\n    слова: [вода]\n", "невідоме поле «слова»"),
        ("WATER: вода\n", "«WATER» має містити список правил"),
        ("- вода\n", "«код:»"),
        ("WATER:\n  - why: 'вода\n", "рядок 3: це не YAML"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / CATEGORIES).write_text(content, "utf-8")
    with pytest.raises(UnusableRules) as refused:
        RuleBook(tmp_path)
    assert said in str(refused.value)
    assert CATEGORIES in str(refused.value)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / CATEGORIES).write_bytes(b"WATER: []" + "вода".encode("cp1251"))
    with pytest.raises(UnusableRules, match="UTF-8"):
        RuleBook(tmp_path)
