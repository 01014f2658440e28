"""What are messages compared by? Pieces of their words: letters, dictionary forms, pairs of neighbours.

Letters survive a recogniser's misspelling, forms the cases of a language, pairs tell «кран сухий» from «сухе дерево».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from math import log

import numpy as np
from numpy.typing import NDArray

from transcribe.understanding.lemmas import normal_forms
from transcribe.understanding.numerals import read_number
from transcribe.understanding.tokens import Token, tokens

SHORTEST, LONGEST = 2, 4
"""Letters of a piece; a word's beginning and end count as a letter."""

PAIR_LETTERS = 4
"""Of two neighbouring words, as many letters of each: «кран сухи», «вода чорн»."""

SEEN_IN = 2
"""Phrases a piece must stand in to be learnt: one alone is chance."""

SHOWN = 4
"""Words shown as the reason, at most."""

_SAYS_NOTHING = frozenset(
    "вулиця вулиці вулицю вулицею провулок проспект проспекті бульвар будинок дім квартира квартирі корпус номер дріб"
    " добрий доброго день дня вечір ранок алло мене звати прізвище телефон запишіть пишіть ні ой тобто".split()
)
"""Words of addresses and greetings, and numbers too, are in every message: without them 2 in 100 more are right."""

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Vector = tuple[Places, Floats]
"""Where the known pieces of a text stand, and how much each counts."""


class KnownPieces:
    """The pieces that example phrases are made of; the rarer one is, the more it counts.

    Args:
        pieces, rarity: each piece, and its weight.
    """

    def __init__(self, pieces: Sequence[str], rarity: Floats) -> None:
        self.rarity = rarity
        self._place = {piece: place for place, piece in enumerate(pieces)}

    @classmethod
    def learnt(cls, phrases: Sequence[Counter[str]]) -> KnownPieces:
        """Of the counted pieces of each phrase."""
        seen = Counter(piece for pieces in phrases for piece in pieces)
        known = sorted(piece for piece, phrases_with_it in seen.items() if phrases_with_it >= SEEN_IN)
        return cls(known, np.array([log((1 + len(phrases)) / (1 + seen[piece])) + 1 for piece in known]))

    @property
    def pieces(self) -> Sequence[str]:
        """All of them, in the order of their places."""
        return tuple(self._place)

    def __len__(self) -> int:
        return len(self._place)

    def places(self, pieces: Iterable[str]) -> list[int]:
        """Where the known ones of these pieces stand."""
        return [self._place[piece] for piece in pieces if piece in self._place]

    def values(self, pieces: Counter[str]) -> Vector:
        """Places and values of the known pieces, as a vector of length 1."""
        known = {self._place[piece]: often for piece, often in pieces.items() if piece in self._place}
        places = np.fromiter(known, dtype=np.intp, count=len(known))
        often = np.fromiter(known.values(), dtype=float, count=len(known))
        values = (1 + np.log(often)) * self.rarity[places]
        length = float(np.linalg.norm(values))
        return places, np.asarray(values / length if length else values)


def loudest(speaks: Sequence[float]) -> tuple[int, int]:
    """The few neighbouring words that say most: the first and the last of them.

    Args:
        speaks: how much each word says.
    """
    return max(
        ((first, last) for first in range(len(speaks)) for last in range(first, min(first + SHOWN, len(speaks)))),
        key=lambda words: sum(speaks[words[0] : words[1] + 1]),
    )


def telling(heard: Sequence[Token]) -> list[Token]:
    """The tokens that may say what a message is about."""
    found = []
    at = 0
    while at < len(heard):
        number = read_number(heard, at)
        if number is None and len(heard[at].text) > 1 and heard[at].text not in _SAYS_NOTHING:
            found.append(heard[at])
        at = number.end if number else at + 1
    return found


def pieces_of(words: Sequence[Token]) -> list[tuple[str, ...]]:
    """For each word its letters, its dictionary forms, and the pair it makes with the word before it."""
    texts = [token.text for token in words]
    pairs = [
        f"{before[:PAIR_LETTERS]} {word[:PAIR_LETTERS]}" for before, word in zip(["", *texts], texts, strict=False)
    ]
    return [(*_pieces_of_word(word), pair) for word, pair in zip(texts, pairs, strict=True)]


def counted(phrase: str) -> Counter[str]:
    """The pieces of the telling words of an example phrase."""
    return Counter(chain(*pieces_of(telling(tokens(phrase.split())))))


@lru_cache(maxsize=20_000)
def _pieces_of_word(word: str) -> tuple[str, ...]:
    marked = f" {word} "
    letters = [
        marked[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(marked) - length + 1)
    ]
    return (*letters, *(f"={form}" for form in sorted(normal_forms(word))))
