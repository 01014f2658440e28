"""Was another number told as houses are, which may be the right one? «кравчука сім ... зараз двадцять один», «кравчука
сім, ой, ще буква там», «а прорвало ж не в п'ятому, а в сьомому».

Who corrects himself in his own words is not always understood; he must at least not be noted down as sure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from transcribe.understanding.address_parts import Piece
from transcribe.understanding.agreement import agrees, counts
from transcribe.understanding.house_numbers import House, is_letter_or_word, read_house
from transcribe.understanding.numerals import read_number
from transcribe.understanding.part_words import floor_end, word_after
from transcribe.understanding.place_words import BUILDING_OF, CORRECTIONS, FLAT_WORDS, is_numbered, is_unit
from transcribe.understanding.tokens import Token

CORRECTED_WITHIN = 3
"""Words between «ні», «зараз» and the number they announce."""
_CORRECTS = CORRECTIONS | frozenset("не зараз тепер теперечки таки насправді просто раніше".split())
_LETTER = frozenset("буква букви букву буквою літера літери літеру літерою".split())
_YEARS = range(45, 100)
_INSIDE = frozenset("у в під наш мій нашому".split())


def other_house(found: Sequence[Token], house: Piece, busy: Collection[int]) -> str:
    """What was told besides the house and may be the right one; "" where nothing was.

    Args:
        busy: tokens that are something else: streets, parts of addresses, telephones.
    """
    flat = next((at for at, token in enumerate(found) if token.text in FLAT_WORDS and at >= house.end), len(found))
    at = 0
    while at < len(found):
        other = None if at in busy else read_house(found, at)
        free = other is not None and not any(one in busy for one in range(at, other.end))
        if (
            other
            and free
            and other.text != house.text
            and _is_told(found, at, other, after_house=house.end <= at < flat)
        ):
            return other.text
        at = other.end if other else at + 1
    return ""


def letter_missed(found: Sequence[Token], house: Piece, busy: Collection[int]) -> bool:
    """«вісім ... ще буква там, забув яка»: a letter is spoken of, and the house has none."""
    return house.text.isdigit() and any(token.text in _LETTER and at not in busy for at, token in enumerate(found))


def _is_told(found: Sequence[Token], at: int, other: House, *, after_house: bool) -> bool:
    """Whether a number is told as a house, or corrects one; after «квартира» it would correct the flat."""
    before = found[at - 1].text if at else ""
    if other.is_ordinal:
        return before in _INSIDE and _is_of_a_house(found, at, other)
    if not after_house or is_numbered(before) or found[at].joined is not None:
        return False
    after = word_after(found, other.end)
    goes_on = other.end < len(found) and (found[other.end].joined is not None or read_number(found, other.end))
    if goes_on or counts(found, at, other) or is_unit(after) or after in FLAT_WORDS or after in BUILDING_OF:
        return False
    if not other.text.isdigit():
        return not is_letter_or_word(found, other.end)
    return not _CORRECTS.isdisjoint(token.text for token in found[max(0, at - CORRECTED_WITHIN) : at])


def _is_of_a_house(found: Sequence[Token], at: int, other: House) -> bool:
    """«у дев'ятому», «наш одинадцятий», not «у дев'ятому класі», «на п'ятому поверсі» or «у вісімдесят третьому» of the
    years.
    """
    number = read_number(found, at)
    after = word_after(found, other.end)
    described = bool(after) and agrees(found[other.end - 1].text, after)
    endings = ("ий",) if found[at - 1].text in ("наш", "мій") else ("ому", "им", "ім")
    told = number is not None and number.ending in endings and number.value not in _YEARS
    return told and not described and floor_end(found, at) is None and after not in BUILDING_OF
