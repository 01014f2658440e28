"""Free text as it is spoken: «вул.», «буд. 24-А», «з 9:00 до 18:00» in words.

``normalize-uk`` turns numbers, dates and units into words, but reads house numbers, clock times, telephone numbers and
street abbreviations wrongly. The rules here put those into words first; their order matters and stands at the end.
Written against tests/data/tn_cases.jsonl; what still goes wrong is listed in docs/sound.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from normalize_uk import (
    normalize_ukrainian,
    number_to_ordinal_words,
    number_to_words,
    number_to_words_case,
    number_to_words_digit_by_digit,
)

from sound import places
from sound.house import house_number

_CHARACTERS = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "\u00a0": " ", "—": "–", "−": "-"})
MONTHS = (
    *("січня", "лютого", "березня", "квітня", "травня", "червня"),
    *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
)
"""In the genitive, January first."""

_MONTHS = f"(?:{'|'.join(MONTHS)})"
_HOUSE_LETTER = "абвгґдеєжзиіклмнопрстфхцчш"
_CLOCK = r"(?P<h>[01]?\d|2[0-4])"
_MINUTE = r"(?P<m>[0-5]\d)"
_END = r"(?![.:]?\d)"
"""A full stop may close the sentence; a figure after it would make another number of it."""

_ABBREVIATIONS = (
    (r"\bДКП(?=\s*[«\"])", "державне комунальне підприємство"),
    (r"\bКП(?=\s*[«\"])", "комунальне підприємство"),
    (r"\bсмт\b\.?", "селище міського типу"),
    (r"(?<!\w)(?:м-н|мкр-н|мкрн?\.)(?=[\s\d])", "мікрорайон"),
    (r"(?<!\w)кв-л(?=[\s\d])", "квартал"),
    (r"\bкорп\.", "корпус"),
    (r"\bпід\.(?=\s*\d)", "під'їзд"),
    (r"\bпов\.(?=\s*\d)", "поверх"),
    (r"\bза тел\.", "за телефоном"),
    (r"№\s*№\s*", "номери "),
    (r"№\s*", "номер "),
)
_Form = Literal["nom_f", "gen_f", "acc_f", "loc_f", "gen", "nom_n"]
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
    """Ten figures from 0 on, with or without +38, are read figure by figure, as people write them down."""

    def by_figures(match: re.Match[str]) -> str:
        plus = "плюс " if match[0].startswith("+") else ""
        return plus + number_to_words_digit_by_digit(re.sub(r"\D", "", match[0]))

    text = re.sub(r"\b15-80\b", "п'ятнадцять вісімдесят", text)
    return re.sub(r"(?<![\d+])(?:\+?38[\s(-]*)?\(?0(?:[\s()-]{0,2}\d){9}(?![\d-])", by_figures, text)


def _power_queues(text: str) -> str:
    """«черга 2.1» is a group of the power schedule, not a decimal."""

    def by_figures(match: re.Match[str]) -> str:
        return re.sub(r"(\d)\.(\d)", lambda m: f"{number_to_words(int(m[1]))} {number_to_words(int(m[2]))}", match[0])

    group = r"\d\.\d(?![.\d])"
    return re.sub(rf"\b(?:під)?чер(?:г\w{{1,3}}|зі)\s+{group}(?:(?:,| та| і| й)\s*{group})*", by_figures, text)


def _clock_ranges(text: str) -> str:
    """«9:00-18:00», «з 9.00 до 18.00»: from and until, both in the genitive."""
    return re.sub(
        r"(?<![\d.:])(?:з\s+)?([01]?\d|2[0-4])([:.])([0-5]\d)\s*(?:[-–]|\bдо\b)\s*([01]?\d|2[0-4])\2([0-5]\d)" + _END,
        lambda m: f"з {_time(m[1], m[3], 'gen_f')} до {_time(m[4], m[5], 'gen_f')}",
        text,
    )


def _clock_times(text: str) -> str:
    """One time of day in the case of its preposition; «10.15» only after «о», elsewhere it may be a date."""
    text = _times_after(rf"об?\s+{_CLOCK}[:.]{_MINUTE}", "loc_f", text)
    text = _times_after(rf"(?:з|із|зі|до|від|після|близько)\s+{_CLOCK}:{_MINUTE}", "gen_f", text)
    text = _times_after(rf"(?:на|через|за)\s+{_CLOCK}:{_MINUTE}", "acc_f", text)
    return re.sub(rf"(?<![\d:.]){_CLOCK}:{_MINUTE}{_END}", lambda m: _time(m["h"], m["m"], "nom_f"), text)


def _times_after(pattern: str, form: _Form, text: str) -> str:
    def in_words(match: re.Match[str]) -> str:
        return f"{match[0].split()[0]} {_time(match['h'], match['m'], form)}"

    return re.sub(rf"\b{pattern}{_END}", in_words, text, flags=re.IGNORECASE)


def _hours_alone(text: str) -> str:
    """«о 7-й ранку», «до 18 год.»."""
    text = re.sub(r"\b(об?)\s+(\d{1,2})-й\b", lambda m: f"{m[1]} {_ordinal(m[2], 'loc_f')}", text, flags=re.IGNORECASE)
    text = re.sub(
        r"\b(об?)\s+(\d{1,2})\s*год\b\.?",
        lambda m: f"{m[1]} {_ordinal(m[2], 'loc_f')} годині",
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(
        r"\b(з|до|від|після)\s+(\d{1,2})\s*год\b\.?", lambda m: f"{m[1]} {_ordinal(m[2], 'gen_f')} години", text
    )


def _case_endings(text: str) -> str:
    """«5-ти під'їздів», «3-х днів»: the genitive written with a figure."""
    return re.sub(r"\b(\d{1,4})-(?:ти|и|х|ьох)\b", lambda m: number_to_words_case(int(m[1]), "gen"), text)


def _days_to_days(text: str) -> str:
    """«з 5 по 9 грудня»: genitive, then accusative."""
    return re.sub(
        rf"\bз\s+(\d{{1,2}})\s+(по|до)\s+(\d{{1,2}})(?=\s+{_MONTHS})",
        lambda m: f"з {_ordinal(m[1], 'gen')} {m[2]} {_ordinal(m[3], 'nom_n' if m[2] == 'по' else 'gen')}",
        text,
    )


def _dates(text: str) -> str:
    """«24.11.2026» is when something happens, so genitive; after «по», «на», «за» the library is right."""

    def in_words(match: re.Match[str]) -> str:
        day, month = int(match[1]), int(match[2])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match[0]
        return f"{_ordinal(match[1], 'gen')} {MONTHS[month - 1]} {_ordinal(match[3], 'gen')} року"

    date = r"(?<![\d.])(\d{1,2})\.(\d\d)\.(20\d\d)(?![\d.]\d)(?:\s*(?:р\.|року\b))?"
    return re.sub(rf"(?<!\bпо )(?<!\bна )(?<!\bза ){date}", in_words, text, flags=re.IGNORECASE)


def _days_in_names(text: str) -> str:
    """«вул. 8 Березня»: the capital letter hides the date from the library."""
    return re.sub(
        rf"\b(\d{{1,2}})\s+({_MONTHS})",
        lambda m: f"{_ordinal(m[1], 'gen')} {m[2]}" if m[2][0].isupper() else m[0],
        text,
        flags=re.IGNORECASE,
    )


def _pipes(text: str) -> str:
    """«труба Д-600 мм»: a diameter, not a house."""
    text = re.sub(r"\b[ДD]\s*-?\s*(?=\d+\s*мм\b)", "д ", text)
    return re.sub(r"\b(\d+)\s*мм\b\.?", lambda m: f"{number_to_words(int(m[1]))} {_millimetres(int(m[1]))}", text)


def _house_ranges(text: str) -> str:
    """«буд. 1-15», «вул. Львівська, 1–15». Dates («5-7 грудня») and request numbers («15-2025») are none."""

    def from_to(match: re.Match[str]) -> str:
        first, last = int(match["first"]), int(match["last"])
        if first >= last:
            return match[0]
        return f"{match['lead']} від {number_to_words_case(first, 'gen')} до {number_to_words_case(last, 'gen')}"

    return re.sub(
        r"(?P<lead>\bбудин\w+(?: номери?)?|\bномери|(?<=\w),)\s*"
        rf"(?P<first>\d{{1,3}})\s*[-–]\s*(?P<last>\d{{1,3}})(?![\d/-]|\s*(?:{_MONTHS}|\w*%|°))",
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


def _time(hour: str, minute: str, form: _Form) -> str:
    """«дев'ятої», «чотирнадцятій тридцять», «восьмій нуль п'ять»."""
    words = [_ordinal(hour, form)]
    if int(minute):
        words += ["нуль"] * (int(minute) < 10) + [number_to_words(int(minute))]
    return " ".join(words)


def _ordinal(figures: str, form: _Form) -> str:
    return number_to_ordinal_words(int(figures), form)


def _millimetres(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return _MILLIMETRES[0]
    return _MILLIMETRES[1] if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else _MILLIMETRES[2]


_RULES: tuple[Callable[[str], str], ...] = (
    _phones,
    places.in_full,
    _abbreviations,
    _power_queues,
    _clock_ranges,
    _clock_times,
    _hours_alone,
    _case_endings,
    _days_to_days,
    _dates,
    _days_in_names,
    _pipes,
    _house_ranges,
    _house_numbers,
)
