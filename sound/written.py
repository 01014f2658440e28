"""Free text as it is spoken: «вул.», «буд. 24-А», «з 9:00 до 18:00» in words.

``normalize-uk`` turns numbers, dates and units into words, but reads house numbers, clock times, telephone numbers and
street abbreviations wrongly. The rules here put those into words first; their order matters and stands at the end.
Written against tests/data/tn_cases.jsonl; what still goes wrong is listed in docs/sound.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from normalize_uk import (
    normalize_ukrainian,
    number_to_ordinal_words,
    number_to_words,
    number_to_words_case,
    number_to_words_digit_by_digit,
)

from sound import moments, places
from sound.house import house_number
from sound.moments import MONTHS

_CHARACTERS = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "\u00a0": " ", "—": "–", "−": "-"})
_HOUSE_LETTER = "абвгґдеєжзиіклмнопрстфхцчш"
_ABBREVIATIONS = (
    (r"\bДКП(?=\s*[«\"])", "державне комунальне підприємство"),
    (r"\bКП(?=\s*[«\"])", "комунальне підприємство"),
    (r"\bсмт\b\.?", "селище міського типу"),
    (r"(?<!\w)(?:м-н|мкр-н|мкрн?\.)(?=[\s\d])", "мікрорайон"),
    (r"(?<!\w)кв-л(?=[\s\d])", "квартал"),
    (r"\bкорп\.", "корпус"),
    # Without a pause «буд. 5 під. 2» would be the fifth entrance.
    (r"(?<=\d)\s+(?=(?:під|пов)\.\s*\d)", ", "),
    (r"\bпід\.(?=\s*\d)", "під'їзд"),
    (r"\bпов\.(?=\s*\d)", "поверх"),
    (r"\bза тел\.", "за телефоном"),
    (r"№\s*№\s*", "номери "),
    (r"№\s*", "номер "),
    (r"\bкв\.\s*м\b\.?", "м²"),
    (r"\bкуб\.\s*м\b\.?", "м³"),
    (r"\bмоб\.(?=\s*:?\s*[(+\w])", "мобільний"),
    (r"(?<=\bгрн)\s*/\s*м(?:³|3|\s*куб\b\.?)", " за кубічний метр"),
    (r"(?<=\bгрн)\s*/\s*м(?:²|2|\s*кв\b\.?)", " за квадратний метр"),
    (r"(?<=\bгрн)\s*/\s*кВт(?:[·\s*-]*год\b\.?)?", " за кіловат-годину"),
    (r"(?<=\bгрн)\s*/\s*Гкал\b", " за гігакалорію"),
)
_PLURAL = {"номер": "номери", "квартира": "квартири", "під'їзд": "під'їзди", "поверх": "поверхи"}
_MILLIMETRES = ("міліметр", "міліметри", "міліметрів")


def spoken(written: str) -> str:
    """The text as a person would read it aloud. Never fails: what no rule knows stays as it was written."""
    text = " ".join(written.translate(_CHARACTERS).split())
    text = re.sub(r"(?<=[^\W\d]),(?=\d)", ", ", text)
    for rule in _RULES:
        text = rule(text)
    return " ".join(normalize_ukrainian(text).split())


def _abbreviations(text: str) -> str:
    for pattern, words in _ABBREVIATIONS:
        text = re.sub(pattern, words, text)
    return text


def _phones(text: str) -> str:
    """Ten figures from 0 on, with or without +38, are read figure by figure, as people write them down.

    So are five or six figures after «тел.»; the line itself is «п'ятнадцять вісімдесят».
    """
    text = re.sub(r"\b15-80/(20\d\d)/(\d{1,6})\b", _appeal, text)
    text = re.sub(r"\b15-80\b", "п'ятнадцять вісімдесят", text)
    text = re.sub(r"(?<![\d+])(?:\+?38[\s(-]*)?\(?0(?:[\s()-]{0,2}\d){9}(?![\d-])", _by_figures, text)
    of_city = r"(?<![\d-])\d{1,3}-\d{2,3}(?:-\d{2})?(?![\d-])"
    return re.sub(rf"\b(?:тел\.|телефон\w*)\s*:?\s*{of_city}", lambda m: re.sub(of_city, _by_figures, m[0]), text)


def _by_figures(match: re.Match[str]) -> str:
    plus = "плюс " if match[0].startswith("+") else ""
    return plus + number_to_words_digit_by_digit(re.sub(r"\D", "", match[0]))


def _appeal(match: re.Match[str]) -> str:
    """«15-80/2026/000123», the public number of an appeal."""
    number = number_to_words_digit_by_digit(match[2])
    return f"п'ятнадцять вісімдесят дріб {number_to_words(int(match[1]))} дріб {number}"


def _power_queues(text: str) -> str:
    """«черга 2.1» is a group of the power schedule, not a decimal."""

    def by_figures(match: re.Match[str]) -> str:
        return re.sub(r"(\d)\.(\d)", lambda m: f"{number_to_words(int(m[1]))} {number_to_words(int(m[2]))}", match[0])

    group = r"\d\.\d(?![.\d])"
    return re.sub(rf"\b(?:під)?чер(?:г\w{{1,3}}|зі)\s+{group}(?:(?:,| та| і| й)\s*{group})*", by_figures, text)


def _case_endings(text: str) -> str:
    """«5-ти під'їздів», «3-х днів»: the genitive written with a figure."""
    return re.sub(r"\b(\d{1,4})-(?:ти|и|х|ьох)\b", lambda m: number_to_words_case(int(m[1]), "gen"), text)


def _feminine_endings(text: str) -> str:
    """«з 8-ї до 17-ї», «29-ю», and «у 21-й школі», which the library reads as masculine."""
    text = re.sub(r"\b(\d{1,4})-ї\b", lambda m: number_to_ordinal_words(int(m[1]), "gen_f"), text)
    text = re.sub(r"\b(\d{1,4})-ю\b", lambda m: number_to_ordinal_words(int(m[1]), "ins_f"), text)
    return re.sub(
        r"\b(у|в|на|по|при)\s+(\d{1,4})-й(?=\s+\w+[ії]\b)",
        lambda m: f"{m[1]} {number_to_ordinal_words(int(m[2]), 'loc_f')}",
        text,
        flags=re.IGNORECASE,
    )


def _pipes(text: str) -> str:
    """«труба Д-600 мм», «Ду-300 мм», «Ø 100 мм»: a diameter, not a house."""
    text = re.sub(r"\b[ДD](у?)\s*-?\s*(?=\d+\s*мм\b)", r"д\1 ", text)
    text = re.sub(r"[Øø⌀]\s*(?=\d)", "діаметром ", text)
    return re.sub(r"\b(\d+)\s*мм\b\.?", lambda m: f"{number_to_words(int(m[1]))} {_millimetres(int(m[1]))}", text)


def _house_ranges(text: str) -> str:
    """«буд. 1-15», «№ 2–24», «вул. Львівська, 1–15». Dates and request numbers («15-2025») are none."""

    def from_to(match: re.Match[str]) -> str:
        first, last = int(match["first"]), int(match["last"])
        if first >= last:
            return match[0]
        lead = _PLURAL.get(match["lead"].lower(), match["lead"])
        return f"{lead} від {number_to_words_case(first, 'gen')} до {number_to_words_case(last, 'gen')}"

    return re.sub(
        r"(?P<lead>\bбудин\w+(?: номери?)?|\bномери?|\bквартир\w+|\bпід'їзд\w*|\bповерх\w*|(?<=\w),)\s*"
        rf"(?P<first>\d{{1,3}})\s*[-–]\s*(?P<last>\d{{1,3}})(?![\d/-]|\s*(?:{'|'.join(MONTHS)}|\w*%|°))",
        from_to,
        text,
    )


def _house_numbers(text: str) -> str:
    """«24-А», «9а», «12/3»: an attached single letter is a letter, a slash is «дріб»."""

    def in_words(match: re.Match[str]) -> str:
        house = house_number(match[0])
        return house.text() if house else match[0]

    letter = rf"(?:\s?-\s?)?[{_HOUSE_LETTER}]"
    form = rf"(?<![\w/.,-])\d{{1,4}}(?:/\d{{1,4}}(?:{letter})?|{letter})(?![\w/'-])"
    return re.sub(form, in_words, text, flags=re.IGNORECASE)


def _millimetres(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return _MILLIMETRES[0]
    return _MILLIMETRES[1] if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else _MILLIMETRES[2]


_RULES: tuple[Callable[[str], str], ...] = (
    _phones,
    places.in_full,
    _abbreviations,
    _power_queues,
    moments.in_words,
    _case_endings,
    _feminine_endings,
    _pipes,
    _house_ranges,
    _house_numbers,
)
