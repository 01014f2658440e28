"""Dates as people say them: «двадцять третього листопада», «п'ятого дванадцятого», «у дві тисячі п'ятому році»."""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.reading import Reading
from transcribe.understanding.tokens import Token

_MONTHS = frozenset("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня".split())
_OF_DAY = frozenset({"ого", "е", "им"})
_AND_DAY = frozenset("по до і й та або чи".split())
_YEAR = frozenset("року рік році роком".split())
_COUNTED = ("будин", "поверх", "під'їзд", "квартал", "мікрорайон", "номер", "маршрут", "тролейбус", "клас", "разу")


def read_date(found: Sequence[Token], at: int) -> Reading | None:
    """The date or year that begins at token ``at``."""
    day = read_number(found, at)
    if day is None or not day.is_ordinal:
        return None
    if day.value >= 1900 and _text(found, day.end) in _YEAR:
        return Reading(str(day.value), day.end)
    if day.ending not in _OF_DAY or not 0 < day.value <= 31:
        return None
    if _text(found, day.end) in _MONTHS:
        return _with_year(found, f"{day.value} {found[day.end].text}", " ", day.end + 1)
    if _text(found, day.end) in _AND_DAY and _has_month(found, day.end + 1):
        return Reading(str(day.value), day.end)
    month = _numbered_month(found, day)
    return _with_year(found, f"{day.value:02}.{month.value:02}", ".", month.end) if month else None


def _has_month(found: Sequence[Token], at: int) -> bool:
    """«(з п'ятого по) дев'яте грудня»: the month stands once for both days."""
    day = read_number(found, at)
    return day is not None and day.ending in _OF_DAY and day.value <= 31 and _text(found, day.end) in _MONTHS


def _numbered_month(found: Sequence[Token], day: Number) -> Number | None:
    """«(п'ятого) дванадцятого», but not «п'ятого дванадцятого будинку»."""
    month = read_number(found, day.end)
    if month is None or day.ending != "ого" or month.ending != "ого" or not 0 < month.value <= 12:
        return None
    return None if _text(found, month.end).startswith(_COUNTED) else month


def _with_year(found: Sequence[Token], text: str, sign: str, end: int) -> Reading:
    year = read_number(found, end)
    if year and 1900 <= year.value < 2100 and (year.is_ordinal or _text(found, year.end) in _YEAR):
        text, end = f"{text}{sign}{year.value}", year.end
    return Reading(text, end)


def _text(found: Sequence[Token], at: int) -> str:
    return found[at].text if at < len(found) else ""
