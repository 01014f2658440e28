"""A telephone number at a place of the message, in any of the ways people say one.

«нуль п'ятдесят сто двадцять три сорок п'ять шістдесят сім», digit by digit, in pairs, «плюс тридцять вісім нуль ...»,
«три сімки», with «е-е» between the groups, or already in digits («066 700 21 43»).

The groups of a number may be heard joined («п'ятдесят» and «вісім» as 58): when the digits do not come out as a
telephone number, one group is tried apart. phonenumbers knows which numbers exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from transcribe.understanding.numerals import read_number
from transcribe.understanding.tokens import Token

HOME = "UA"
NATIONAL = 10
"""Digits of a whole number as it is dialled at home: «0501234567»."""
CITY = "0332"
"""The code of Lutsk: people leave it out when they tell a number of the city, «77-79-04»."""
IN_THE_CITY = (5, 6)
"""Digits of such a number; the five of a village have another code, which nobody says."""

_WHOLE = re.compile(r"(?:38|8)?(0\d{9})")
_HIGHEST_GROUP = 999
HESITATIONS_IN_NUMBERS = frozenset("е ее ем м мм ну так тире дефіс далі потім".split())
_NAMES_OF_DIGITS = {
    **dict.fromkeys("нулі нуля нулів".split(), "0"),
    **dict.fromkeys("одиниці одинички".split(), "1"),
    **dict.fromkeys("двійки двоєчки".split(), "2"),
    **dict.fromkeys("трійки троєчки".split(), "3"),
    **dict.fromkeys("четвірки четвірочки".split(), "4"),
    **dict.fromkeys("п'ятірки п'ятірочки".split(), "5"),
    **dict.fromkeys("шістки шестірки".split(), "6"),
    **dict.fromkeys("сімки сімочки сьомірки".split(), "7"),
    **dict.fromkeys("вісімки".split(), "8"),
    **dict.fromkeys("дев'ятки".split(), "9"),
}


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number that was read.

    Attributes:
        digits: as it is dialled, «0501234567», «0332777904»; five digits as they were said.
        end: index of the first token after it.
    """

    digits: str
    end: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits from token ``first`` to ``end`` (exclusive); ``words`` that could have been said apart."""

    digits: str
    first: int
    end: int
    words: int = 1


def read_phone(found: Sequence[Token], at: int, *, announced: bool) -> Phone | None:
    """The telephone number that begins at token ``at``; None when none begins there.

    Args:
        announced: «мій телефон», «номер» stands before: then a number of a right length is taken even if no operator
            owns its range (a misheard digit is better than none), without its zero, or with the city's five or six.
    """
    if not _may_begin(found[at], announced):
        return None
    readings = list(_readings(found, at))
    for groups in readings:
        phone = _whole(groups, _exists)
        if phone:
            return phone
    if not announced:
        return None
    return next((phone for groups in readings if (phone := _whole(groups, _is_long_enough))), None) or _city(found, at)


def _may_begin(token: Token, announced: bool) -> bool:
    if token.is_digits:
        return token.joined in (None, "") and (announced or token.text[0] in "0378")
    return announced or token.text in ("плюс", "нуль", "ноль", "тридцять", "триста", "вісім", "вісімдесят")


def _readings(found: Sequence[Token], at: int) -> Iterator[list[_Group]]:
    """The groups as they are heard, then the same with one of them said apart: «триста | дев'яносто сім»."""
    heard = list(_groups(found, at))
    yield heard
    for cut in heard:
        for words in range(cut.words - 1, 0, -1):
            yield list(_groups(found, at, cut.first, words))


def _groups(found: Sequence[Token], at: int, cut: int = -1, words: int = 0) -> Iterator[_Group]:
    """Groups of digits from ``at`` on, at most as many digits as a number with its country has.

    Args:
        cut, words: the group that begins at token ``cut`` is read no further than so many words.
    """
    count = total = 0
    while at < len(found) and total < NATIONAL + 2:
        if count and found[at].text in HESITATIONS_IN_NUMBERS:
            at += 1
            continue
        if not count and found[at].text == "плюс":
            at += 1
            continue
        group = _group(found if at != cut else found[: at + words], at)
        if group is None:
            return
        yield group
        at, count, total = group.end, count + 1, total + len(group.digits)


def _group(found: Sequence[Token], at: int) -> _Group | None:
    number = read_number(found, at)
    if number is None or number.is_ordinal:
        return None
    if found[at].is_digits:
        return _Group(found[at].text, at, at + 1)
    if number.value > _HIGHEST_GROUP:
        return None
    name = _NAMES_OF_DIGITS.get(found[number.end].text) if number.end < len(found) else None
    if name and 1 < number.value <= NATIONAL:
        return _Group(name * number.value, at, number.end + 1)
    return _Group(number.digits, at, number.end, words=number.end - at)


def _whole(groups: Sequence[_Group], accepts: Callable[[str], bool]) -> Phone | None:
    digits = ""
    for group in groups:
        digits += group.digits
        match = _WHOLE.fullmatch(digits)
        if match and accepts(match[1]):
            return Phone(match[1], group.end)
    return None


def _city(found: Sequence[Token], at: int) -> Phone | None:
    """A number without its zero, or inside the city: all the digits that follow one another, no more and no fewer."""
    if at and read_number(found, at - 1):
        return None
    groups = list(_groups(found, at))
    digits = "".join(group.digits for group in groups)
    if len(digits) == NATIONAL - 1 and _exists(f"0{digits}"):
        return Phone(f"0{digits}", groups[-1].end)
    if len(digits) in IN_THE_CITY and digits[0] not in "01":
        whole = f"{CITY}{digits}"
        return Phone(whole if len(whole) == NATIONAL else digits, groups[-1].end)
    return None


@lru_cache(maxsize=1024)
def _exists(national: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(national, HOME))
    except phonenumbers.NumberParseException:
        return False


def _is_long_enough(national: str) -> bool:
    return len(national) == NATIONAL and national[1] != "0"
