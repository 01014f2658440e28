"""Which recorded pieces say a sentence: parts become keys of the catalogue.

The key scheme is the catalogue's: ``number.45``, ``hour.gen.18`` and ``minute.05``, ``day.gen.23`` and
``month.gen.11``, ``letter.а`` and ``letter.slash``, ``street.вулиця.Винниченка``.
"""

from __future__ import annotations

from ivr_flows.commands import Clock, Date, Digits, House, Number, Part, Prompt, Street, Words
from sound.catalogue import Catalogue
from sound.house import HouseNumber, house_number
from sound.words import MAX_NUMBER, MONTH_DAYS, digits_only, in_range, plain_name


def keys_of(part: Part, catalogue: Catalogue) -> tuple[str, ...] | None:
    """The pieces that say ``part`` one after another, or None when the catalogue lacks one of them.

    Raises:
        UnknownPrompt: a prompt is not in the catalogue.
        Unspeakable: a value is out of range.
    """
    if isinstance(part, Prompt):
        return (catalogue.entry(part.key).key,)
    keys = _wanted(part)
    return keys if keys and all(key in catalogue for key in keys) else None


def _wanted(part: Part) -> tuple[str, ...] | None:
    match part:
        case Number(value):
            return _number(in_range(value, 0, MAX_NUMBER, "number"))
        case Digits(figures):
            return tuple(f"number.{figure}" for figure in digits_only(figures))
        case Clock(hour, minute):
            return _clock(in_range(hour, 0, 23, "hour"), in_range(minute, 0, 59, "minute"))
        case Date(day, month):
            in_range(day, 1, MONTH_DAYS[in_range(month, 1, 12, "month") - 1], "day")
            return f"day.gen.{day}", f"month.gen.{month}"
        case Street(kind, name):
            return (f"street.{kind}.{plain_name(name)}",)
        case House(number):
            return _house(house_number(number))
        case Words() | Prompt():
            return None


def _number(value: int) -> tuple[str, ...]:
    """Thousands, hundreds and the rest up to 100: 1234 is ``number.1000 number.200 number.34``."""
    rest = value % 100
    steps = (value // 1000 * 1000, value % 1000 // 100 * 100, rest)
    return tuple(f"number.{step}" for step in steps if step) or ("number.0",)


def _clock(hour: int, minute: int) -> tuple[str, ...]:
    if minute == 0:
        return (f"hour.gen.{hour}",)
    return f"hour.gen.{hour}", f"minute.{minute:02}" if minute < 10 else f"number.{minute}"


def _house(house: HouseNumber | None) -> tuple[str, ...] | None:
    if house is None:
        return None
    if house.last is not None:
        return "notice.from_house", *_number(house.first), "notice.to_house", *_number(house.last)
    keys = list(_number(house.first))
    if house.slash is not None:
        keys += ["letter.slash", *_number(house.slash)]
    if house.letter:
        keys.append(f"letter.{house.letter}")
    if house.corpus is not None:
        keys += ["letter.corpus", *_number(house.corpus)]
    return tuple(keys)
