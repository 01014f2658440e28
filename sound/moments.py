"""Hours and dates of a written text, in words and in the case their preposition asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from normalize_uk import number_to_ordinal_words, number_to_words

MONTHS = (
    *("січня", "лютого", "березня", "квітня", "травня", "червня"),
    *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
)
"""In the genitive, January first."""

_MONTHS = f"(?:{'|'.join(MONTHS)})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DAY_AND_MONTH = (
    r"(?<![\d.,])(?P<day>0[1-9]|[12]\d|3[01])\.(?P<month>0[1-9]|1[0-2])"
    r"(?!\.?\d|\s*(?:%|грн|°|м\b|см\b|мм\b|км\b|годин))"
)
_CLOCK = r"(?P<h>[01]?\d|2[0-4])"
_MINUTE = r"(?P<m>[0-5]\d)"
_END = r"(?![.:]?\d)"
"""A full stop may close the sentence; a figure after it would make another number of it."""
_HOUR = r"(?:год\b\.?|години\b)"

_Form = Literal["nom_f", "gen_f", "acc_f", "loc_f", "gen", "nom_n"]


def in_words(text: str) -> str:
    """Every hour and date that can be told from other numbers."""
    for rule in _RULES:
        text = rule(text)
    return text


def _dates_after_hours(text: str) -> str:
    """«з 10:00 24.11»: right after an hour it is a date."""
    return re.sub(rf"(?<=\d:\d\d\s){_DAY_AND_MONTH}", lambda m: _date(m["day"], m["month"], "gen"), text)


def _hours_named(text: str) -> str:
    """«о 10:30 год.»: the hands of a clock need no unit."""
    return re.sub(r"\b(\d{1,2}[:.]\d\d)\s*год\b\.?", r"\1", text)


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
    text = _times_after(rf"(?:на|через|за|по)\s+{_CLOCK}:{_MINUTE}", "acc_f", text)
    return re.sub(rf"(?<![\d:.]){_CLOCK}:{_MINUTE}{_END}", lambda m: _time(m["h"], m["m"], "nom_f"), text)


def _times_after(pattern: str, form: _Form, text: str) -> str:
    def with_preposition(match: re.Match[str]) -> str:
        return f"{match[0].split()[0]} {_time(match['h'], match['m'], form)}"

    return re.sub(rf"\b{pattern}{_END}", with_preposition, text, flags=re.IGNORECASE)


def _hours_alone(text: str) -> str:
    """«о 7-й ранку», «до 18 год.», «з 10 до 12 год.»."""
    text = re.sub(r"\b(об?)\s+(\d{1,2})-й\b", lambda m: f"{m[1]} {_ordinal(m[2], 'loc_f')}", text, flags=re.IGNORECASE)
    text = re.sub(
        r"\b(об?)\s+(\d{1,2})\s*год(?:ині\b|\b\.?)",
        lambda m: f"{m[1]} {_ordinal(m[2], 'loc_f')} годині",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        rf"\b(з|із|від)\s+(\d{{1,2}})\s+до\s+(\d{{1,2}})\s*{_HOUR}",
        lambda m: f"{m[1]} {_ordinal(m[2], 'gen_f')} до {_ordinal(m[3], 'gen_f')} години",
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(
        rf"\b(з|із|до|від|після)\s+(\d{{1,2}})\s*{_HOUR}",
        lambda m: f"{m[1]} {_ordinal(m[2], 'gen_f')} години",
        text,
        flags=re.IGNORECASE,
    )


def _one_and_a_half(text: str) -> str:
    """«через 1,5 год»."""
    text = re.sub(r"(?<![\d,.])1[,.]5\s*год(?:ин[аиу]?|\b\.?)", "півтори години", text)
    text = re.sub(r"(?<![\d,.])1[,.]5\s*км\b\.?", "півтора кілометра", text)
    return re.sub(r"(?<![\d,.])1[,.]5\s*м\b(?!\.?\s*кв|²|³)\.?", "півтора метра", text)


def _days_to_days(text: str) -> str:
    """«з 5 по 9 грудня», «5–7 грудня»: genitive, then accusative."""
    text = re.sub(rf"(?<![\d.,/-])({_DAY})\s*[-–]\s*({_DAY})(?=\s+{_MONTHS})", r"з \1 по \2", text)
    text = re.sub(r"\bз\s+з\s+(?=\d)", "з ", text)
    return re.sub(
        rf"\bз\s+({_DAY})\s+(по|до)\s+({_DAY})(?=\s+{_MONTHS})",
        lambda m: f"з {_ordinal(m[1], 'gen')} {m[2]} {_ordinal(m[3], 'nom_n' if m[2] == 'по' else 'gen')}",
        text,
    )


def _days_together(text: str) -> str:
    """«3, 4 та 5 грудня»: the month stands once for all of them."""

    def in_genitive(match: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda day: _ordinal(day[0], "gen"), match[0])

    several = rf"(?<![\d.,/-]){_DAY}(?:,\s*{_DAY})*\s+(?:та|і|й)\s+{_DAY}(?=\s+{_MONTHS})"
    return re.sub(several, in_genitive, text)


def _days_until(text: str) -> str:
    """«по 2 грудня», «на 15 листопада»: accusative. «вул. 8 Березня» has a capital letter and is a name."""
    return re.sub(rf"\b(по|на|за)\s+({_DAY})(?=\s+{_MONTHS})", lambda m: f"{m[1]} {_ordinal(m[2], 'nom_n')}", text)


def _dates(text: str) -> str:
    """«24.11.2026» is when something happens, so genitive; after «по», «на», «за» the library is right."""

    def with_year(match: re.Match[str]) -> str:
        day, month = int(match[1]), int(match[2])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match[0]
        return f"{_ordinal(match[1], 'gen')} {MONTHS[month - 1]} {_ordinal(match[3], 'gen')} року"

    date = r"(?<![\d.])(\d{1,2})\.(\d\d)\.(20\d\d)(?![\d.]\d)(?:\s*(?:р\.|року\b))?"
    return re.sub(rf"(?<!\bпо )(?<!\bна )(?<!\bза ){date}", with_year, text, flags=re.IGNORECASE)


def _dates_without_year(text: str) -> str:
    """«05.12», «до 10.12»: decimals have a comma; without a zero in front or a preposition it may be an hour."""

    def in_case(match: re.Match[str]) -> str:
        before, day, month = match["before"] or "", match["day"], match["month"]
        if not before and "0" not in (day[0], month[0]):
            return match[0]
        return before + _date(day, month, "nom_n" if before.strip().lower() in ("по", "на") else "gen")

    before = r"(?<![\d.,])(?P<before>\b(?:з|із|до|від|по|на)\s+)?"
    return re.sub(before + _DAY_AND_MONTH, in_case, text, flags=re.IGNORECASE)


def _days_in_names(text: str) -> str:
    """«вул. 8 Березня»: the capital letter hides the date from the library."""
    return re.sub(
        rf"\b(\d{{1,2}})\s+({_MONTHS})",
        lambda m: f"{_ordinal(m[1], 'gen')} {m[2]}" if m[2][0].isupper() else m[0],
        text,
        flags=re.IGNORECASE,
    )


def _time(hour: str, minute: str, form: _Form) -> str:
    """«дев'ятої», «чотирнадцятій тридцять», «восьмій нуль п'ять»."""
    words = [_ordinal(hour, form)]
    if int(minute):
        words += ["нуль"] * (int(minute) < 10) + [number_to_words(int(minute))]
    return " ".join(words)


def _date(day: str, month: str, form: _Form) -> str:
    return f"{_ordinal(day, form)} {MONTHS[int(month) - 1]}"


def _ordinal(figures: str, form: _Form) -> str:
    return number_to_ordinal_words(int(figures), form)


_RULES: tuple[Callable[[str], str], ...] = (
    _dates_after_hours,
    _hours_named,
    _clock_ranges,
    _clock_times,
    _hours_alone,
    _one_and_a_half,
    _days_to_days,
    _days_together,
    _days_until,
    _dates,
    _dates_without_year,
    _days_in_names,
)
"""The order matters: a range holds single times, a date with its year one without."""
