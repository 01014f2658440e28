"""Of several flats, which one is the caller's? «винен сусід з дев'ятої квартири, я в восьмій»"""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.agreement import agrees
from transcribe.understanding.house_parts import Piece
from transcribe.understanding.numerals import read_number
from transcribe.understanding.place_words import BUILDING_OF, FLAT_WORDS, is_unit
from transcribe.understanding.tokens import Token

_LIVE = frozenset("живу живемо мешкаю мешкаємо проживаю проживаємо сиджу сидимо сама сам самі же ж".split())
MOST_FLATS = 2000
"""Of one house."""
_MINE = frozenset("моя наша моїй нашій мою нашу моєї нашої".split())
_OF_A_FLAT = ("а", "ій", "ої", "у")
"""«восьма», «у восьмій», «із восьмої»: a house would be masculine."""
_SINCE_THEN = frozenset("ранку вечора ночі години ранок вечір на до по й і".split())
"""«я з шостої ранку на ногах», «з п'ятої до восьмої» tell the hour."""


def own_flat(found: Sequence[Token], start: int, stop: int) -> Piece | None:
    """The flat of which it is said «я в восьмій», «ми живемо в квартирі чотири», «моя квартира шоста»."""
    for at in range(start, stop):
        piece = _after_me(found, at, stop) or _mine(found, at, stop)
        if piece:
            return piece
    return None


def _after_me(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    if found[at].text not in ("я", "ми"):
        return None
    at += 1
    while at < stop and found[at].text in _LIVE:
        at += 1
    if at >= stop or found[at].text not in ("у", "в", "з", "із", "зі"):
        return None
    named = at + 1 < stop and found[at + 1].text in FLAT_WORDS
    return _flat_at(found, at + 1 + named, stop, named=named)


def _mine(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    """«моя квартира шоста», «моя двадцять дев'ята», «в мене тридцять сьома», «у нашій сорок третій»"""
    words = [token.text for token in found[at : min(at + 2, stop)]]
    if words[:1] and words[0] in _MINE:
        named = words[1:] and words[1] in FLAT_WORDS
        return _flat_at(found, at + 1 + bool(named), stop, named=bool(named))
    if len(words) == 2 and words[0] in ("у", "в") and words[1] in ("мене", "нас"):
        return _flat_at(found, at + 2, stop, named=False)
    return None


def _flat_at(found: Sequence[Token], at: int, stop: int, *, named: bool) -> Piece | None:
    if at < stop and found[at].text == "номер":
        at += 1
    number = read_number(found, at)
    if number is None or number.end > stop or not 0 < number.value < MOST_FLATS:
        return None
    after = found[number.end].text if number.end < stop and not found[number.end - 1].pause else ""
    flat_after = after in FLAT_WORDS
    if not (named or flat_after):
        described = bool(after) and agrees(found[number.end - 1].text, after)
        other = described or is_unit(after) or after in BUILDING_OF or after in _SINCE_THEN
        if number.ending not in _OF_A_FLAT or other:
            return None
    return Piece("flat", str(number.value), at, number.end + flat_after, named=True)
