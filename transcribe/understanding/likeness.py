"""Which known phrases do the words resemble? A second opinion for what no rule foresaw.

Callers find words that nobody wrote a rule for («зуб на зуб не попадає»), and recognisers misspell those somebody did.
The pieces of example phrases are weighed twice: by complement naive Bayes (Rennie and others, 2003), where a piece
speaks for a category as far as the phrases of all the others lack it, and by regression. They err differently, so the
mean of both is better than either. An answer is a sum over pieces: the words that decided can be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from transcribe.understanding.facts import Span
from transcribe.understanding.regression import Regression, shares
from transcribe.understanding.tokens import Token
from transcribe.understanding.word_pieces import Floats, KnownPieces, Vector, loudest, pieces_of, telling

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
        codes: the categories, :data:`NO_SUBJECT` among them.
        known: the pieces.
        bayes: weights of naive Bayes, by piece and category.
        regression: the same of the regression.
    """

    def __init__(self, codes: Sequence[str], known: KnownPieces, bayes: Floats, regression: Regression) -> None:
        self.codes, self.known, self.bayes, self.regression = codes, known, bayes, regression

    @classmethod
    def learnt(cls, codes: Sequence[str], phrases: Sequence[Counter[str]]) -> Likeness:
        """Learn from the counted pieces of phrases, each with its code: :data:`NO_SUBJECT` for those about nothing."""
        known = KnownPieces.learnt(phrases)
        kinds = sorted(set(codes))
        labels = [kinds.index(code) for code in codes]
        examples = [known.values(pieces) for pieces in phrases]
        bayes = _bayes(examples, labels, pieces=len(known), kinds=len(kinds))
        regression = Regression.learnt(examples, labels, pieces=len(known), kinds=len(kinds))
        return cls(kinds, known, bayes, regression)

    def resembled(self, heard: Sequence[Token]) -> Iterator[Resemblance]:
        """Categories that the words resemble, in no order."""
        words = telling(heard)
        by_word = pieces_of(words)
        places, values = self.known.values(Counter(chain(*by_word)))
        if not self.codes or not places.size:
            return
        of_bayes = shares(SHARPNESS * (values @ self.bayes[places]))
        of_both = (of_bayes + shares(self.regression.odds((places, values)))) / 2
        for column, code in enumerate(self.codes):
            if code != NO_SUBJECT and of_both[column] >= LEAST_SHARE:
                first, last = loudest([self._speaks(pieces, column) for pieces in by_word])
                yield Resemblance(code, float(of_both[column]), (words[first].word, words[last].word))

    def _speaks(self, pieces: Sequence[str], column: int) -> float:
        """How much a word speaks for a category."""
        places = self.known.places(pieces)
        weights = SHARPNESS * self.bayes[places, column] + self.regression.weights[places, column]
        return float(self.known.rarity[places] @ weights) if places else 0.0


def _bayes(examples: Sequence[Vector], labels: Sequence[int], *, pieces: int, kinds: int) -> Floats:
    said = np.zeros((pieces, kinds))
    for (places, values), label in zip(examples, labels, strict=True):
        said[places, label] += values
    elsewhere = said.sum(axis=1, keepdims=True) - said + SMOOTHING
    weights = -np.log(elsewhere / elsewhere.sum(axis=0))
    weights /= np.abs(weights).mean(axis=0)  # else categories with many phrases weigh more
    return np.asarray(weights - weights.mean(axis=1, keepdims=True))
