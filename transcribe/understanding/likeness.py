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
from itertools import chain

import numpy as np

from transcribe.understanding.facts import Span
from transcribe.understanding.tokens import Token, tokens
from transcribe.understanding.word_pieces import Floats, KnownPieces, loudest, pieces_of, telling

SMOOTHING = 0.3
SHARPNESS = 50.0
"""Of the counts, and of the shares made of the scores: chosen on messages that were not learnt (docs/understanding.md).
"""

LEAST_SHARE = 0.03
"""A fainter resemblance is not listed. One as faint as this only fills the second and third place."""

NO_SUBJECT = ""
"""The code of phrases that are about nothing the city does."""


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
        counted = [Counter(chain(*pieces_of(telling(tokens(text.split()))))) for _, text in phrases]
        self._known = KnownPieces(counted)
        self._weights = self._learnt([code for code, _ in phrases], counted)

    def resembled(self, heard: Sequence[Token]) -> Iterator[Resemblance]:
        """Categories that the words resemble, in no order."""
        words = telling(heard)
        by_word = pieces_of(words)
        places, values = self._known.values(Counter(chain(*by_word)))
        if not self._codes or not places.size:
            return
        scores = SHARPNESS * (values @ self._weights[places])
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        for column, code in enumerate(self._codes):
            if code != NO_SUBJECT and shares[column] >= LEAST_SHARE:
                first, last = loudest([self._speaks(pieces, column) for pieces in by_word])
                yield Resemblance(code, float(shares[column]), (words[first].word, words[last].word))

    def _learnt(self, codes: Sequence[str], counted: Sequence[Counter[str]]) -> Floats:
        """Weights by piece and code."""
        said = np.zeros((len(self._known), len(self._codes)))
        for code, pieces in zip(codes, counted, strict=True):
            places, values = self._known.values(pieces)
            said[places, self._codes.index(code)] += values
        elsewhere = said.sum(axis=1, keepdims=True) - said + SMOOTHING
        weights = -np.log(elsewhere / elsewhere.sum(axis=0))
        weights /= np.abs(weights).mean(axis=0)  # else categories with many phrases weigh more
        return np.asarray(weights - weights.mean(axis=1, keepdims=True))

    def _speaks(self, pieces: Sequence[str], column: int) -> float:
        """How much a word speaks for a category."""
        places = self._known.places(pieces)
        return float(self._known.rarity[places] @ self._weights[places, column]) if places else 0.0
