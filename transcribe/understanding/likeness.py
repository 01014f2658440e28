"""Which known phrases do the words resemble? A second opinion for what no rule foresaw.

Callers find words that nobody wrote a rule for («зуб на зуб не попадає»), and recognisers misspell those somebody did.
Pieces of words (2 to 4 letters) of example phrases are weighed by ridge regression: solved at once when the phrases are
read, the same every time, and a sum over pieces, so that the words that decided can be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from transcribe.understanding.facts import Span
from transcribe.understanding.numerals import read_number
from transcribe.understanding.tokens import Token, tokens

SHORTEST, LONGEST = 2, 4
"""Letters of a piece; a word's beginning and end count as a letter."""

SEEN_IN = 3
"""Phrases a piece must stand in to be learnt: fewer are chance, and learning them takes longer."""

RIDGE = 0.7
"""Penalty of large weights; 0.5 to 1 made no difference on held-out phrases."""

SHARPNESS = 10.0
"""Turns the regression's flat scores into shares: chosen with :data:`LEAST_SHARE` on messages it had not learnt."""

LEAST_SHARE = 0.06
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

_Floats = NDArray[np.float32]


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
        counted = [_counted(_telling(tokens(text.split()))) for _, text in phrases]
        seen = Counter(piece for pieces in counted for piece in pieces)
        known = sorted(piece for piece, phrases_with_it in seen.items() if phrases_with_it >= SEEN_IN)
        self._place = {piece: place for place, piece in enumerate(known)}
        self._rarity = np.array([_rarity(seen[piece], len(phrases)) for piece in known], dtype=np.float32)
        self._unknown = _rarity(0, len(phrases))
        self._weights = self._learnt([code for code, _ in phrases], counted)

    def resembled(self, heard: Sequence[Token]) -> Iterator[Resemblance]:
        """Categories that the words resemble, in no order."""
        telling = _telling(heard)
        places, values = self._values(_counted(telling))
        if not self._codes or not places.size:
            return
        scores = SHARPNESS * (values @ self._weights[places])
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        for column, code in enumerate(self._codes):
            if code != NO_SUBJECT and shares[column] >= LEAST_SHARE:
                yield Resemblance(code, float(shares[column]), self._deciding(telling, column))

    def _learnt(self, codes: Sequence[str], counted: Sequence[Counter[str]]) -> _Floats:
        """Weights by piece and code. Solved for phrases, not for pieces: there are ten times fewer of them."""
        phrases = np.zeros((len(counted), len(self._place)), dtype=np.float32)
        for row, pieces in enumerate(counted):
            places, values = self._values(pieces)
            phrases[row, places] = values
        wanted = np.array([[code == column for column in self._codes] for code in codes], dtype=np.float32)
        rarer_counts_more = np.array([codes.count(code) for code in codes]) * len(self._codes) / max(len(codes), 1)
        alike = phrases @ phrases.T + np.diag(RIDGE * rarer_counts_more).astype(np.float32)
        centred = wanted - 1 / max(len(self._codes), 1)
        return np.asarray(phrases.T @ np.linalg.solve(alike, centred), dtype=np.float32)

    def _values(self, pieces: Counter[str]) -> tuple[NDArray[np.intp], _Floats]:
        """Places and values of the known pieces, of a vector of length 1 that has the unknown ones too."""
        known = {self._place[piece]: often for piece, often in pieces.items() if piece in self._place}
        places = np.fromiter(known, dtype=np.intp, count=len(known))
        often = np.fromiter(known.values(), dtype=np.float32, count=len(known))
        values = (1 + np.log(often)) * self._rarity[places]
        strange = (len(pieces) - len(known)) * self._unknown**2
        length = sqrt(float(values @ values) + strange)
        return places, np.asarray(values / length if length else values, dtype=np.float32)

    def _deciding(self, heard: Sequence[Token], column: int) -> Span:
        """The few neighbouring words that speak most for a category."""
        speaks = [0.0] * len(heard)
        for at, token in enumerate(heard):
            places = [self._place[piece] for piece in _pieces(token.text) if piece in self._place]
            speaks[at] = float(self._rarity[places] @ self._weights[places, column]) if places else 0.0
        first, last = max(
            ((first, last) for first in range(len(heard)) for last in range(first, min(first + SHOWN, len(heard)))),
            key=lambda words: sum(speaks[words[0] : words[1] + 1]),
        )
        return heard[first].word, heard[last].word


def _rarity(phrases_with_it: int, phrases: int) -> float:
    return log((1 + phrases) / (1 + phrases_with_it)) + 1


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


def _counted(heard: Sequence[Token]) -> Counter[str]:
    return Counter(piece for token in heard for piece in _pieces(token.text))


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    marked = f" {word} "
    return tuple(
        marked[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(marked) - length + 1)
    )
