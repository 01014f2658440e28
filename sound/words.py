"""What a sentence says, as Ukrainian text: for speech synthesis and for people who read along.

Notices are built from fields (street, house, hour), so each field has its own rule here; only free text goes through
the guessing of :mod:`sound.written`.
"""

from __future__ import annotations

from normalize_uk import number_to_ordinal_words, number_to_words

from ivr_flows.commands import Clock, Date, Digits, House, Number, Part, Prompt, Say, Street, Words
from sound.catalogue import Catalogue
from sound.house import house_number
from sound.moments import MONTHS
from sound.written import spoken

MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MAX_NUMBER = 9999

_APOSTROPHES = str.maketrans("’ʼ‘`", "''''")


class Unspeakable(Exception):
    """A record holds what no sentence can carry: the 31st of June, 25 o'clock, a receipt number with letters."""


def text_of(say: Say, catalogue: Catalogue) -> str:
    """The whole sentence.

    Raises:
        UnknownPrompt: a prompt is not in the catalogue.
        Unspeakable: a value is out of range.
    """
    return " ".join(filter(None, (text_of_part(part, catalogue) for part in say.parts)))


def text_of_part(part: Part, catalogue: Catalogue) -> str:
    """One part of a sentence. Raises as :func:`text_of`."""
    match part:
        case Prompt(key):
            return catalogue.text(key)
        case Number(value):
            return number_to_words(in_range(value, 0, MAX_NUMBER, "number"))
        case Digits(figures):
            return " ".join(number_to_words(int(figure)) for figure in digits_only(figures))
        case Clock(hour, minute):
            return _clock(hour, minute)
        case Date(day, month):
            in_range(day, 1, MONTH_DAYS[in_range(month, 1, 12, "month") - 1], "day")
            return f"{number_to_ordinal_words(day, 'gen')} {MONTHS[month - 1]}"
        case Street(kind, name):
            return spoken(f"{kind} {plain_name(name)}")
        case House(number):
            house = house_number(number)
            return house.text() if house else spoken(number)
        case Words(text):
            return spoken(text)


def plain_name(name: str) -> str:
    """A name with the one apostrophe of the catalogue and single spaces."""
    return " ".join(name.translate(_APOSTROPHES).split())


def digits_only(text: str) -> str:
    """The figures themselves. Raises Unspeakable unless they are ASCII digits."""
    if not (text.isascii() and text.isdigit()):
        raise Unspeakable("a number to be read by figures holds something else")
    return text


def in_range(value: int, low: int, high: int, what: str) -> int:
    """The value itself. Raises Unspeakable outside of the range."""
    if not low <= value <= high:
        raise Unspeakable(f"{what} {value} is not between {low} and {high}")
    return value


def _clock(hour: int, minute: int) -> str:
    """Full hours have no minutes; 1 to 9 are said with a zero: «вісімнадцятої нуль п'ять»."""
    words = [number_to_ordinal_words(in_range(hour, 0, 23, "hour"), "gen_f")]
    if in_range(minute, 0, 59, "minute"):
        words += ["нуль"] if minute < 10 else []
        words.append(number_to_words(minute))
    return " ".join(words)
