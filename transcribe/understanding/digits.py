"""Which spoken numbers are written in digits, and how: «квартира сорок п'ять» -> 45, «тридцять третій» -> 33-й.

Numbers from ten up are. Small ones are where they number or measure something («квартира сім», «корпус два», «п'ять
градусів»), and stay words where they are words of the sentence: «один раз», «перша допомога», «нуль роботи».
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcribe.understanding.house_numbers import read_house
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.place_words import BUILDING_OF, FLAT_WORDS, HOUSE_WORDS, is_unit, street_type
from transcribe.understanding.reading import Reading
from transcribe.understanding.tokens import Token

TEN = 10
LINE = ("15", "80")
"""The name of the line is written «15-80»."""

_NUMBERED = re.compile(
    r"^(?:поверх|офіс|кабінет|школ|гімназі|ліце|дитсад|садок|садоч|поліклін|лікарн|маршрут|тролейбус|автобус|підчерг|черг"
    r"|опор|стовп|код$|палат|дільниц|літер|номер|№|контейнер|лічильник|договор|догов|рахун)"
)
"""What has a number, besides houses and their parts."""
_BEFORE_RANGE = frozenset({"від", "з", "із"})
_RANGE = frozenset({"до", "по"})
_MEASURED = re.compile(
    r"^(?:градус|вольт|ват|кіловат|ампер|літр|метр|сантиметр|міліметр|кілометр|кілограм|тонн|відсотк|процент|гривен|гривн"
    r"|копій|атмосфер|кубометр|куб$|куби$|кубів$)"
)
_NOT_NUMBERS = frozenset("одна одне одні дві одного одної одному одну одним одною двох двом двома".split())
"""A house is «один» and «два» and nothing else: «у квартирі дві кімнати»."""
_EXAGGERATED = frozenset({100, 1000})
_TIMES = ("раз", "рок", "літ")
"""«сто разів дзвонила», «сто років не ремонтували»: nobody has counted."""
_BIRD = "сорока"


def read_digits(found: Sequence[Token], at: int, *, numbers: bool) -> Reading | None:
    """The number at token ``at`` if it is one that is written in digits.

    Args:
        numbers: the numbers here are those of houses, flats and the like: in an address, or going on with a list.
    """
    numbers = numbers or is_numbered(found, at)
    house = _house(found, at, numbers=numbers)
    if house:
        return house
    number = read_number(found, at)
    if number is None:
        return None
    if number.is_ordinal:
        return _ordinal(found, at, number)
    return _row(found, at) or _alone(found, at, number, numbers=numbers)


def is_numbered(found: Sequence[Token], at: int) -> bool:
    """A noun that has a number stands before: «квартира (сім)», «будинки від (п'яти) до»."""
    before = at - 1
    if before > 0 and found[before].text in _BEFORE_RANGE and _goes_to(found, at):
        before -= 1
    return before >= 0 and _has_number(found[before].text)


def _has_number(word: str) -> bool:
    parts = word in HOUSE_WORDS or word in FLAT_WORDS or word in BUILDING_OF
    return parts or bool(_NUMBERED.match(word) or street_type(word))


def _goes_to(found: Sequence[Token], at: int) -> bool:
    number = read_number(found, at)
    return number is not None and _text(found, number.end) in _RANGE and read_number(found, number.end + 1) is not None


def _house(found: Sequence[Token], at: int, *, numbers: bool) -> Reading | None:
    """A number with a letter or a fraction."""
    house = read_house(found, at)
    if house is None or house.is_ordinal or house.text.isdecimal():
        return None
    after = _text(found, house.end)
    ends = not after or found[house.end - 1].pause or _has_number(after)
    return Reading(house.text, house.end) if numbers or "/" in house.text or ends else None


def _ordinal(found: Sequence[Token], at: int, number: Number) -> Reading | None:
    """«тридцять третій» is 33-й; «третій» stays, and so do «в десятий раз», «в десяте (дзвоню)»."""
    again = _text(found, number.end).startswith("раз") or (
        number.ending == "е" and number.end == at + 1 and at > 0 and found[at - 1].text in ("в", "у")
    )
    if number.value < TEN or again:
        return None
    return Reading(f"{number.value}-{_tail(found[number.end - 1].text)}", number.end)


def _tail(word: str) -> str:
    """One letter, or two when a consonant stands before the last vowel: «33-й», «33-го», «21-ша»."""
    return word[-2:] if re.search(r"[^аеєиіїоуюя][аеєиіїоуюя]$", word) else word[-1:]


def _row(found: Sequence[Token], at: int) -> Reading | None:
    """Numbers that follow one another: «сімдесят сім сімдесят дев'ять нуль чотири», «десять-п'ятнадцять»."""
    groups: list[str] = []
    signs: list[str] = []
    values: list[int] = []
    end = at
    while (number := read_number(found, end)) and not number.is_ordinal:
        if number.value < TEN and is_unit(_text(found, number.end)):
            break
        if groups and groups[-1] == "0" and number.value < TEN:
            groups[-1] += number.digits
        else:
            groups.append(number.digits)
            signs.append("-" if found[end].joined == "-" else " ")
        values.append(number.value)
        end = number.end
        if found[end - 1].pause:
            break
    if len(values) < 2 or (len(values) == 2 and 0 < max(values) < TEN):
        return None
    if tuple(groups) == LINE:
        return Reading("-".join(LINE), end)
    return Reading("".join(sign + group for sign, group in zip(signs, groups, strict=True)).strip(), end)


def _alone(found: Sequence[Token], at: int, number: Number, *, numbers: bool) -> Reading | None:
    after = _text(found, number.end)
    measured = bool(_MEASURED.match(after))
    one_word = number.end == at + 1
    if one_word and not found[at].is_digits and not (numbers or measured):
        if number.value < TEN or found[at].text == _BIRD:
            return None
        if number.value in _EXAGGERATED and (not after or after.startswith(_TIMES) or number.value > 100):
            return None
    if one_word and numbers and not measured and (found[at].text in _NOT_NUMBERS or _counts(found, number)):
        return None
    return Reading(number.digits, number.end)


def _counts(found: Sequence[Token], number: Number) -> bool:
    """«будинок два дні без світла»; in «під'їзд три поверх дев'ять» the floor has a number of its own."""
    after = number.end
    numbered = read_number(found, after + 1) is not None and is_numbered(found, after + 1)
    return number.value < TEN and is_unit(_text(found, after)) and not numbered


def _text(found: Sequence[Token], at: int) -> str:
    return found[at].text if at < len(found) else ""
