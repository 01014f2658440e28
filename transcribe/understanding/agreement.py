"""Does a word belong to the noun after it? «на садовій ділянці» is no street, «на садовій немає води» is one; «один
ліхтар» is no house.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from transcribe.understanding.lemmas import in_dictionary, parses
from transcribe.understanding.numerals import read_number
from transcribe.understanding.place_words import BUILDING_OF, FLAT_WORDS, is_unit
from transcribe.understanding.tokens import Token

if TYPE_CHECKING:
    from transcribe.understanding.house_numbers import House

_ROUTE = re.compile(r"маршрут|тролейбус|автобус|черг|рік|рок")
"""«двадцять два автобус» is a route."""
_ONE = {"один": "masc", "одна": "femn", "одне": "neut", "одно": "neut"}


def describes_next(found: Sequence[Token], at: int) -> bool:
    """Whether the word at ``at`` is an adjective that agrees with the noun right after it.

    Not in the first case, or where the fourth looks like it: what follows a street is mostly another subject then,
    «рівненська вода тече».
    """
    if at + 1 >= len(found) or found[at].pause or not in_dictionary(found[at + 1].text):
        return False
    nouns = [parse.tag for parse in parses(found[at + 1].text) if "NOUN" in parse.tag and "Name" not in parse.tag]
    adjectives = [parse.tag for parse in parses(found[at].text) if "ADJF" in parse.tag]
    cases = {one.case for one in adjectives for noun in nouns if one.case == noun.case and one.gender == noun.gender}
    return bool(cases) and "nomn" not in cases


def agrees(adjective: str, noun: str) -> bool:
    """Whether an adjective may belong to a noun by case and gender; calling on somebody («тече!») is no case here."""
    nouns = [parse.tag for parse in parses(noun) if "NOUN" in parse.tag and parse.is_known]
    adjectives = [parse.tag for parse in parses(adjective) if "ADJF" in parse.tag]
    return any(
        (one.case, one.gender) == (other.case, other.gender) and one.case != "voct"
        for one in adjectives
        for other in nouns
    )


def counts(found: Sequence[Token], at: int, house: House) -> bool:
    """Whether a «house» that begins at ``at`` counts what is said after it: «п'ять годин», «один ліхтар».

    «двадцять шість, квартири сорок і сорок один» counts no flats.
    """
    if house.end >= len(found) or found[house.end - 1].pause:
        return False
    after = found[house.end].text
    flats = after in FLAT_WORDS and read_number(found, house.end + 1) is not None
    if "/" in house.text:
        return False
    if flats:
        return _counts_one(found, at, house)
    return (is_unit(after) and not _is_another(house, after)) or _is_many(house, after) or _counts_one(found, at, house)


@lru_cache(maxsize=20_000)
def _is_in_genitive_only(noun: str) -> bool:
    """«котів», «томів»: after a number nothing but what it counts."""
    tags = [parse.tag.grammemes for parse in parses(noun) if "Name" not in parse.tag]
    genitive = [{"NOUN", "plur"} <= tag and ("gent" in tag or tag >= {"accs", "anim"}) for tag in tags]
    surname = any("Surn" in tag for tag in tags)
    return in_dictionary(noun) and not surname and (any if noun.endswith(("ів", "їв")) else all)(genitive or [False])


def _is_many(house: House, noun: str) -> bool:
    """«вісім котів»"""
    return house.text.isdigit() and not _is_few(house) and _is_in_genitive_only(noun)


def _is_few(house: House) -> bool:
    """One to four, which do not take the genitive plural: «двадцять чотири коти»."""
    return house.text[-1:] in "1234" and house.text[-2:-1] != "1"


def _is_another(house: House, noun: str) -> bool:
    """«стефаника п'ять мішки з листям», «левадна шість стовп тріснув»: five and more of them would be in the genitive,
    two to four in the plural.
    """
    cases = {(parse.tag.number, parse.tag.case) for parse in parses(noun) if "NOUN" in parse.tag}
    if (None, "nomn") in cases and house.text.isdigit() and not _ROUTE.match(noun):
        counted = {("plur", "nomn"), (None, "gent")} if _is_few(house) else {("plur", "gent")}
        return cases.isdisjoint(counted) and house.text[-1:] != "1"
    return not _is_few(house) and ("plur", "nomn") in cases and ("plur", "gent") not in cases


def _counts_one(found: Sequence[Token], at: int, house: House) -> bool:
    """«один ліхтар», «ні одна машина»"""
    gender = _ONE.get(found[at].text)
    if gender is None or house.end != at + 1:
        return False
    if found[house.end].text in BUILDING_OF or found[house.end].text in FLAT_WORDS:
        return False
    return any(
        {"NOUN", "sing", "nomn"} <= parse.tag.grammemes | {"sing"} and parse.tag.gender == gender and parse.is_known
        for parse in parses(found[house.end].text)
    )
