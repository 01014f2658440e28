"""A number that can hardly be anything but a flat: «світла нема тільки в нашій сорок третій», «дим із сорок шостої».

Flats are feminine, houses masculine, days neuter. What else is feminine and has a number is told by its noun («двадцята
школа») or is an hour, so that a small number counts only where hours are not told so: «у п'ятій», not «о п'ятій».
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from transcribe.understanding.address_parts import Piece
from transcribe.understanding.agreement import agrees
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.part_words import floor_end
from transcribe.understanding.place_words import AND_ALSO, BUILDING_OF, FLAT_WORDS, NUMBER_WORDS
from transcribe.understanding.street_or_person import is_somebody
from transcribe.understanding.tokens import Token
from transcribe.understanding.told_flats import MOST_FLATS, told_as_flat
from transcribe.understanding.told_houses import HOURS

_OF_AN_HOUR = frozenset("ранку вечора ночі дня години".split())
DOOR_BEFORE = 7
_WRITTEN = frozenset("написано висить прибито намальовано".split())
FLAT_BEFORE = 5
"""Words between «квартиру» and its number: «квартиру ми дали двадцять другу»."""


def unnamed_flat(found: Sequence[Token], busy: Collection[int]) -> Piece | None:
    """The first number that is told as flats are.

    Args:
        busy: tokens that are something else: streets, houses, telephones.
    """
    at = 0
    while at < len(found):
        number = read_number(found, at)
        if number and not any(one in busy for one in range(at, number.end)) and _is_flat(found, at, number, busy):
            return Piece("flat", str(number.value), at, number.end, named=True)
        at = number.end if number else at + 1
    return None


def _is_flat(found: Sequence[Token], at: int, number: Number, busy: Collection[int]) -> bool:
    if not 0 < number.value < MOST_FLATS:
        return False
    if _is_on_a_door(found, at, number):
        return True
    if not told_as_flat(found, at, number):
        return False
    if _is_of_a_noun(found, at, number, busy):
        return False
    return number.value > HOURS or _is_no_hour(found, at, number)


def _is_on_a_door(found: Sequence[Token], at: int, number: Number) -> bool:
    """«двері зліва, номер шість», «шістнадцять там на дверях висить», «двері в мене тринадцяті»"""
    before = [token.text for token in found[max(0, at - DOOR_BEFORE) : at]]
    after = [token.text for token in found[number.end : number.end + 3]]
    named = bool(before) and before[-1] in NUMBER_WORDS
    behind = "двері" in before and (named or number.ending in ("і", "а") or not _WRITTEN.isdisjoint(after[:1]))
    return behind or ("дверях" in after and "на" in after) or ("дверях" in before and named)


def _is_of_a_noun(found: Sequence[Token], at: int, number: Number, busy: Collection[int]) -> bool:
    """«у двадцять п'ятій школі», «стаття тридцять перша», «хата двадцять шоста»"""
    last = found[number.end - 1]
    after = found[number.end].text if number.end < len(found) and not last.pause and number.end not in busy else ""
    before = found[at - 1].text if at and not found[at - 1].pause and at - 1 not in busy else ""
    if after in _OF_AN_HOUR or after in BUILDING_OF or before in BUILDING_OF:
        return True
    return any(word and agrees(last.text, word) for word in (before, after))


def _is_no_hour(found: Sequence[Token], at: int, number: Number) -> bool:
    also, somebody, before = (["", "", ""] + [token.text for token in found[max(0, at - 3) : at]])[-3:]
    inside = found[number.end - 1].text.endswith("ій") and before in ("у", "в", "нашій", "моїй")
    of_somebody = number.ending == "ої" and before in ("з", "із", "зі") and is_somebody(somebody)
    of_a_flat = any(token.text in FLAT_WORDS for token in found[max(0, at - FLAT_BEFORE) : at])
    adds = also in AND_ALSO  # «і сусіди з сьомої теж»
    told = number.ending == "а" and (before in ("то", "це") or floor_end(found, number.end) is not None)
    return inside or told or of_a_flat or (of_somebody and not adds)
