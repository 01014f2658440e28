"""From which flat does the gas come? «газом несе з п'ятнадцятої», whoever calls. It is where somebody must go."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from transcribe.understanding.address_parts import Piece
from transcribe.understanding.agreement import agrees
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.part_words import word_after
from transcribe.understanding.place_words import BUILDING_OF, FLAT_WORDS, is_unit
from transcribe.understanding.street_or_person import is_somebody
from transcribe.understanding.tokens import Token
from transcribe.understanding.told_flats import MOST_FLATS, told_as_flat

SMELLS_WITHIN = 4
"""Words between «тхне» and the flat."""
_GAS = re.compile(r"газ(?:ом|у)?$")
_SMELLS = re.compile(r"т(?:я|й)гне|тхне|пахне|несе$|чути|чую|смерд|воня|сморід|запах")
_FROM = frozenset("з із зі коло біля сусідньої сусідній".split())
_INSIDE = frozenset("у в від під".split())
_OWN = frozenset("я ми мене нас мій моя наша сам сама живу живемо сиджу сидимо дзвоню".split())


def gas_flat(found: Sequence[Token], busy: Collection[int]) -> Piece | None:
    """The flat whose gas is smelt; None where gas is only missing, or no flat is told of it.

    Args:
        busy: tokens that are something else: streets, houses, telephones.
    """
    if not any(_GAS.match(token.text) for token in found):
        return None
    for at in range(1, len(found)):
        number = read_number(found, at)
        if number and at not in busy and told_as_flat(found, at, number) and 0 < number.value < MOST_FLATS:
            named = word_after(found, number.end) in FLAT_WORDS
            if _is_from(found, at, number, named=named) and not _is_own(found, at):
                return Piece("flat", str(number.value), at, number.end + named, named=True)
    return None


def _is_from(found: Sequence[Token], at: int, number: Number, *, named: bool) -> bool:
    """«тхне з п'ятнадцятої», «у сороковій квартирі газом тхне»; not «горить з восьмої» or «від шостої»."""
    last, after = found[number.end - 1].text, word_after(found, number.end)
    if not named and (is_unit(after) or after in BUILDING_OF or (after and agrees(last, after))):
        return False
    before = found[at - 1].text
    near = [*found[max(0, at - SMELLS_WITHIN) : at], *found[number.end : number.end + SMELLS_WITHIN - 1]]
    smells = any(_SMELLS.match(token.text) or _GAS.match(token.text) for token in near)
    told = any(_SMELLS.match(token.text) for token in found)
    return told and smells and (before in _FROM or (named and before in _INSIDE))


def _is_own(found: Sequence[Token], at: int) -> bool:
    """«я сусідка з двадцятої, тхне з двадцять першої»: the twentieth only calls."""
    for token in reversed(found[max(0, at - SMELLS_WITHIN) : at]):
        if _SMELLS.match(token.text):
            return False
        if token.text in _OWN or is_somebody(token.text):
            return True
    return False
