"""Telephone numbers and appeal numbers, however they are said."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import normalize_uk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.receipts import receipt
from transcribe.understanding.said import appeal_numbers, phones
from transcribe.understanding.tokens import tokens


def phones_in(text: str) -> list[str]:
    return [said.value for said in phones(tokens(text.split()))]


def appeals_in(text: str) -> list[str]:
    found = tokens(text.split())
    return [said.value for said in appeal_numbers(found, [said.span for said in phones(found)])]


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("мій телефон нуль п'ятдесят сто двадцять три сорок п'ять шістдесят сім", ["0501234567"]),
        ("нуль шістдесят сім сімсот вісімдесят дев'ять нуль один двадцять три", ["0677890123"]),
        ("плюс тридцять вісім нуль дев'яносто п'ять чотириста тридцять два десять одинадцять", ["0954321011"]),
        ("нуль шість шість один два три чотири п'ять шість сім", ["0661234567"]),
        ("нуль сімдесят три три сімки нуль два одинадцять", ["0737770211"]),
        ("телефон нуль дев'яносто вісім е-е двісті одинадцять вісімдесят вісім ну шістдесят", ["0982118860"]),
        ("нуль п'ятдесят вісім сто двадцять один сорок чотири сім", ["0508121447"]),
        ("телефон шістдесят сім двісті двадцять два тридцять три сорок чотири", ["0672223344"]),
        ("телефон сімдесят сім сімдесят дев'ять нуль чотири", ["0332777904"]),
        ("мій домашній сімсот сімдесят один нуль двадцять два", ["0332771022"]),
        ("мій телефон вісім сорок дванадцять", ["84012"]),
        ("нуль триста тридцять два сімдесят сім двадцять сорок", ["0332772040"]),
        ("Мій телефон 066 700 21 43, Юлія.", ["0667002143"]),
        ("тел.: +38 (050) 123-45-67", ["0501234567"]),
        ("+380501234567", ["0501234567"]),
        ("(0332) 77-20-40", ["0332772040"]),
        (
            "дзвоніть на нуль п'ятдесят сто двадцять три сорок п'ять шістдесят сім або на нуль шістдесят сім "
            "сто двадцять три сорок п'ять шістдесят сім",
            ["0501234567", "0671234567"],
        ),
    ],
)
def test_a_telephone_is_heard_in_every_way_of_saying_it(said: str, numbers: list[str]) -> None:
    assert phones_in(said) == numbers


@pytest.mark.parametrize(
    "said",
    [
        "сімдесят сім сімдесят дев'ять нуль чотири",
        "вулиця конякіна двадцять чотири квартира сорок п'ять",
        "телефон не відповідає два дні",
        "п'ятнадцять вісімдесят",
        "п'ятнадцять вісімдесят дріб дві тисячі двадцять шість дріб сто двадцять",
        "номер заявки сімдесят сім сімдесят дев'ять нуль чотири",
        "дзвонив на сто чотири",
        "школа номер двадцять одна",
        "нуль уваги три рази дзвонила",
        "тридцять вісім квартир",
        "15-80/2026/000412",
        "0" * 30,
        "телефон",
        "плюс",
    ],
)
def test_no_telephone_is_invented(said: str) -> None:
    assert phones_in(said) == []


@given(
    st.sampled_from("050 066 095 099 067 068 096 097 098 063 073 093".split()),
    st.integers(min_value=0, max_value=9_999_999),
    st.sampled_from([(3, 3, 2, 2), (3, 2, 2, 3), (3, 1, 3, 3), (1, 2, 3, 2, 2), (2,) * 5, (1,) * 10]),
    st.sampled_from(["мій телефон", "алло запишіть номер", "дзвоніть мені"]),
)
@settings(deadline=None)
def test_every_mobile_number_is_read_back_in_the_groups_people_use(
    code: str, rest: int, groups: tuple[int, ...], before: str
) -> None:
    digits = f"{code}{rest:07}"

    assert phones_in(f"{before} {said_in(groups, digits)} дякую") == [digits]


def said_in(groups: tuple[int, ...], digits: str) -> str:
    """A number cut into groups, each said as a number; zeros in front of a group are said one by one."""
    words, at = [], 0
    for length in groups:
        group = digits[at : at + length]
        words += ["нуль"] * (length - len(group.lstrip("0")))
        words += [normalize_uk.number_to_words(int(group))] if int(group) else []
        at += length
    return " ".join(words)


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        (
            "номер п'ятнадцять вісімдесят дріб дві тисячі двадцять шість дріб чотириста дванадцять",
            ["15-80/2026/000412"],
        ),
        (
            "звернення п'ятнадцять вісімдесят дві тисячі двадцять шість нуль нуль нуль дев'ять сімдесят три",
            ["15-80/2026/000973"],
        ),
        ("номер звернення 15-80/2026/001187.", ["15-80/2026/001187"]),
        ("п'ятнадцять вісімдесят двадцять шість сто двадцять", ["15-80/2026/000120"]),
        ("номер заявки чотири тисячі двісті сімнадцять", ["4217"]),
        ("заявка номер нуль нуль сорок два", ["0042"]),
        ("вісімсот дев'яносто перша заявка", ["891"]),
        ("номера записані двісті п'ять і двісті сорок", ["205", "240"]),
        ("За номером 1806 у вас моя заявка.", ["1806"]),
        ("за номером дев'ятсот чотири була скарга", ["904"]),
        ("Номер попереднього звернення 644.", ["644"]),
        ("моє звернення номер шістсот двадцять один від п'ятого листопада", ["621"]),
        ("перший раз номер три тисячі дев'яносто сім про батареї", ["3097"]),
        ("я в січні писала номер сімсот сорок один про бойлер", ["741"]),
        ("я заявку лишала номер чотири тисячі двісті сімнадцять", ["4217"]),
        ("звертались офіційно номер триста сім ніякої реакції", ["307"]),
        ("моє звернення минулого разу дванадцять тисяч сто п'ять так і закрили", ["12105"]),
        ("заявка від п'ятого листопада номер сімсот шість", ["706"]),
        ("звернення двісті тринадцяте закрили", ["213"]),
        ("чотири тисячі двісті дванадцять це номер моєї заявки", ["4212"]),
        ("у мене квитанція номер сорок шість дванадцять", ["4612"]),
        ("п'ятнадцять вісімдесят дріб двадцять двадцять шість дріб сто сім", ["15-80/2026/000107"]),
        ("п'ятнадцять вісімдесят за двадцять шостий рік номер триста сорок", ["15-80/2026/000340"]),
    ],
)
def test_an_earlier_appeal_is_found_by_its_number(said: str, numbers: list[str]) -> None:
    assert appeals_in(said) == numbers


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)), st.integers(min_value=1, max_value=9999))
@settings(deadline=None)
def test_a_receipt_is_known_by_its_check_digit(day: date, counter: int) -> None:
    number = receipt(day, counter)
    by_digits = " ".join(normalize_uk.number_to_words(int(digit)) for digit in number)

    assert appeals_in(f"мені сказали {by_digits}") == [number]
    assert appeals_in(f"квитанція {number}") == [number]


def test_eight_digits_with_a_wrong_check_digit_are_no_receipt() -> None:
    number = receipt(date(2026, 11, 25), 17)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    assert appeals_in(f"лічильник показує {wrong}") == []


@pytest.mark.parametrize(
    "said",
    [
        "подала заявку два дні тому",
        "друга заявка за тиждень",
        "третє звернення",
        "дзвоню на п'ятнадцять вісімдесят",
        "п'ятнадцять вісімдесят, дві заявки",
        "за номером будинку двадцять",
        "школа за номером двадцять один",
        "заявка моя вулиця шевченка двадцять",
        "прийшла квитанція на чотириста двадцять",
        "сказали номер будинку дванадцять",
        "дзвонила на номер сто чотири",
        "звернулась у школу номер двадцять п'ять",
        "звертаюсь третій раз будинок номер сорок два",
        "скарга дві тисячі двадцять п'ятого року",
        "мій телефон нуль п'ятдесят сто двадцять три сорок п'ять шістдесят сім заявка",
    ],
)
def test_no_appeal_number_is_invented(said: str) -> None:
    assert appeals_in(said) == []


@given(
    st.lists(
        st.sampled_from("нуль сто 15 80 / 2026 телефон заявка номер плюс три сімки перша за і , . 0501234567".split())
    )
)
@settings(deadline=None)
def test_any_row_of_number_words_is_read_without_trouble_and_in_order(words: list[str]) -> None:
    found = tokens(words)
    telephones = phones(found)

    spans = sorted(said.span for said in (*telephones, *appeal_numbers(found, [said.span for said in telephones])))

    assert all(0 <= first <= last < len(words) for first, last in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("row", ["і сорок", "нуль", "заявка номер двісті і", "номер номер під за"])
def test_a_message_of_nothing_but_numbers_is_read_to_its_end(row: str) -> None:
    found = tokens((row.split() * 5000)[:10_000])
    telephones = phones(found)

    assert len([*telephones, *appeal_numbers(found, [said.span for said in telephones])]) <= len(found)
