"""The small words around the parts of an address: «номер», «зараз гляну», «на третьому поверсі»."""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.numerals import read_number
from transcribe.understanding.place_words import HESITATIONS, HOUSE_WORDS
from transcribe.understanding.tokens import Token

WAITS = frozenset("почекайте зачекайте чекайте стійте стривайте".split())
LOOKS_IT_UP = WAITS | frozenset("гляну подивлюсь подивлюся зараз секунду секундочку хвилинку".split())
MOST_BEFORE = 8
"""Small words between «будинок» and its number."""
_BEFORE_A_NUMBER = HOUSE_WORDS | HESITATIONS | LOOKS_IT_UP | {"наш", "мій"}


def floor_end(found: Sequence[Token], at: int) -> int | None:
    """The token after «п'ятий поверх», «на третьому поверсі»; None where no floor is said."""
    at += at < len(found) and found[at].text == "на"
    number = read_number(found, at)
    if number is None or not number.is_ordinal or not word_after(found, number.end).startswith("поверх"):
        return None
    return number.end + 1


def word_after(found: Sequence[Token], end: int) -> str:
    """The next word of the same phrase."""
    return found[end].text if end < len(found) and not found[end - 1].pause else ""


def past_number_word(found: Sequence[Token], at: int) -> int:
    """Past «номер», pauses and «почекайте гляну»; a few of them."""
    stop = min(len(found), at + MOST_BEFORE)
    while at < stop and found[at].text in _BEFORE_A_NUMBER:
        at += 1
    return at
