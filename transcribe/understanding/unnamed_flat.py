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
from transcribe.understanding.place_words import AND_ALSO, BUILDING_OF, FEW, FLAT_WORDS, NUMBER_WORDS
from transcribe.understanding.street_or_person import is_somebody
from transcribe.understanding.tokens import Token
from transcribe.understanding.told_flats import MOST_FLATS, told_as_flat
from transcribe.understanding.told_houses import HOURS

_OF_AN_HOUR = frozenset("ранку вечора ночі дня години".split())
DOOR_BEFORE = 7
"""Words between «двері» and the number on them."""
_BESIDE_A_DOOR = NUMBER_WORDS | frozenset("зліва справа ліворуч праворуч прямо в у мене нас мої наші це то з".split())
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
    """«двері зліва, номер шість», «двері в мене тринадцяті», «двері від ліфта, на них сорок чотири написано»,
    «шістнадцять там на дверях висить»; not «лавка номер три» or «п'ять оголошень на дверях».
    """
    before = [token.text for token in found[max(0, at - DOOR_BEFORE) : at]]
    after = [token.text for token in found[number.end : number.end + 4]]
    since = before[::-1].index("двері") if "двері" in before else DOOR_BEFORE
    between = set(before[len(before) - since :]) if since < DOOR_BEFORE else set()
    if "двері" in before and between <= _BESIDE_A_DOOR and number.value > FEW:
        return bool(between & NUMBER_WORDS) or number.ending == "і"
    written = not _WRITTEN.isdisjoint(after[:1]) and "двері" in before
    on_it = [word for word in after if word not in ("там", "тут")][:2] == ["на", "дверях"]
    return written or (on_it and not number.is_ordinal)


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
    on_floor = floor_end(found, number.end) is not None
    told = number.ending == "а" and (on_floor or (before in ("то", "це") and number.value > FEW))
    return inside or told or of_a_flat or (of_somebody and not adds)
