"""Which known phrases do the words resemble? A second opinion for what no rule foresaw.

Callers find words that nobody wrote a rule for («зуб на зуб не попадає»), and recognisers misspell those somebody did.
The pieces of example phrases are weighed by complement naive Bayes (Rennie and others, 2003): a piece speaks for a
category as far as the phrases of all the others lack it. Learning is counting, so it takes a second and comes out the
same every time; an answer is a sum over pieces, so the words that decided can be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log

import numpy as np
from numpy.typing import NDArray

from transcribe.understanding.facts import Span
from transcribe.understanding.lemmas import normal_forms
from transcribe.understanding.numerals import read_number
from transcribe.understanding.tokens import Token, tokens

SHORTEST, LONGEST = 2, 4
"""Letters of a piece; a word's beginning and end count as a letter."""

PAIR_LETTERS = 4
"""Of two neighbouring words, as many letters of each: «кран сухи», «вода чорн»."""

SEEN_IN = 2
"""Phrases a piece must stand in to be learnt: one alone is chance."""

SMOOTHING = 0.3
SHARPNESS = 50.0
"""Of the counts, and of the shares made of the scores: chosen on messages that were not learnt (docs/understanding.md).
"""

LEAST_SHARE = 0.03
"""A fainter resemblance is not listed. One as faint as this only fills the second and third place."""

SHOWN = 4
"""Words shown as the reason, at most."""

NO_SUBJECT = ""
"""The code of phrases that are about nothing the city does."""

_SAYS_NOTHING = frozenset(
    "вулиця вулиці вулицю вулицею провулок проспект проспекті бульвар будинок дім квартира квартирі корпус номер дріб"
    " добрий доброго день дня вечір ранок алло мене звати прізвище телефон запишіть пишіть ні ой тобто".split()
)
"""Words of addresses and greetings, and numbers too, are in every message: without them 2 in 100 more are right."""

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A category whose phrases the message resembles, its share of all (0 to 1), and the words that decided."""

    code: str
    share: float
    span: Span


class Likeness:
    """What was learnt from phrases.

    Args:
        phrases: code and phrase; the code :data:`NO_SUBJECT` for phrases that are about nothing.
    """

    def __init__(self, phrases: Sequence[tuple[str, str]]) -> None:
        self._codes = sorted({code for code, _ in phrases})
        counted = [Counter(chain(*_pieces(_telling(tokens(text.split()))))) for _, text in phrases]
        seen = Counter(piece for pieces in counted for piece in pieces)
        known = sorted(piece for piece, phrases_with_it in seen.items() if phrases_with_it >= SEEN_IN)
        self._place = {piece: place for place, piece in enumerate(known)}
        self._rarity = np.array([log((1 + len(phrases)) / (1 + seen[piece])) + 1 for piece in known])
        self._weights = self._learnt([code for code, _ in phrases], counted)

    def resembled(self, heard: Sequence[Token]) -> Iterator[Resemblance]:
        """Categories that the words resemble, in no order."""
        telling = _telling(heard)
        by_word = _pieces(telling)
        places, values = self._values(Counter(chain(*by_word)))
        if not self._codes or not places.size:
            return
        scores = SHARPNESS * (values @ self._weights[places])
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        for column, code in enumerate(self._codes):
            if code != NO_SUBJECT and shares[column] >= LEAST_SHARE:
                first, last = self._deciding(by_word, column)
                yield Resemblance(code, float(shares[column]), (telling[first].word, telling[last].word))

    def _learnt(self, codes: Sequence[str], counted: Sequence[Counter[str]]) -> _Floats:
        """Weights by piece and code."""
        said = np.zeros((len(self._place), len(self._codes)))
        for code, pieces in zip(codes, counted, strict=True):
            places, values = self._values(pieces)
            said[places, self._codes.index(code)] += values
        elsewhere = said.sum(axis=1, keepdims=True) - said + SMOOTHING
        weights = -np.log(elsewhere / elsewhere.sum(axis=0))
        weights /= np.abs(weights).mean(axis=0)  # else categories with many phrases weigh more
        return np.asarray(weights - weights.mean(axis=1, keepdims=True))

    def _values(self, pieces: Counter[str]) -> tuple[NDArray[np.intp], _Floats]:
        """Places and values of the known pieces, as a vector of length 1."""
        known = {self._place[piece]: often for piece, often in pieces.items() if piece in self._place}
        places = np.fromiter(known, dtype=np.intp, count=len(known))
        often = np.fromiter(known.values(), dtype=float, count=len(known))
        values = (1 + np.log(often)) * self._rarity[places]
        length = float(np.linalg.norm(values))
        return places, np.asarray(values / length if length else values)

    def _deciding(self, by_word: Sequence[Sequence[str]], column: int) -> tuple[int, int]:
        """The few neighbouring words that speak most for a category: the first and the last of them."""
        speaks = []
        for pieces in by_word:
            places = [self._place[piece] for piece in pieces if piece in self._place]
            speaks.append(float(self._rarity[places] @ self._weights[places, column]) if places else 0.0)
        return max(
            ((first, last) for first in range(len(speaks)) for last in range(first, min(first + SHOWN, len(speaks)))),
            key=lambda words: sum(speaks[words[0] : words[1] + 1]),
        )


def _telling(heard: Sequence[Token]) -> list[Token]:
    """The tokens that may say what a message is about."""
    telling = []
    at = 0
    while at < len(heard):
        number = read_number(heard, at)
        if number is None and len(heard[at].text) > 1 and heard[at].text not in _SAYS_NOTHING:
            telling.append(heard[at])
        at = number.end if number else at + 1
    return telling


def _pieces(telling: Sequence[Token]) -> list[tuple[str, ...]]:
    """For each word its letters, its dictionary forms, and the pair it makes with the word before it."""
    words = [token.text for token in telling]
    pairs = [
        f"{before[:PAIR_LETTERS]} {word[:PAIR_LETTERS]}" for before, word in zip(["", *words], words, strict=False)
    ]
    return [(*_pieces_of_word(word), pair) for word, pair in zip(words, pairs, strict=True)]


@lru_cache(maxsize=20_000)
def _pieces_of_word(word: str) -> tuple[str, ...]:
    marked = f" {word} "
    letters = [
        marked[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(marked) - length + 1)
    ]
    return (*letters, *(f"={form}" for form in sorted(normal_forms(word))))
