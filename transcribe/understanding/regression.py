"""Which label do the pieces of a text speak for? Softmax regression, learnt by stochastic gradient descent.

The plain tool of the field. In numpy, because scikit-learn with all it brings (150 MB) would be here for these lines
alone; its solver took seven times as long and came to the same figures (docs/understanding.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from transcribe.understanding.word_pieces import Floats, Vector

ROUNDS = 6
FIRST_STEP = 2.0
SLOWER_EACH_ROUND = 0.5
BEFOREHAND_SLOWER = 10
"""By how much less the odds without any words learn: they would follow the examples that happen to come last."""

ORDER = 1580
"""Seed of the order in which examples are learnt: the same examples always make the same weights."""


@dataclass(frozen=True, slots=True)
class Regression:
    """What was learnt.

    Attributes:
        weights: log odds by piece and label.
        beforehand: log odds of each label before a word is heard.
    """

    weights: Floats
    beforehand: Floats

    @classmethod
    def learnt(cls, examples: Sequence[Vector], labels: Sequence[int], *, pieces: int, kinds: int) -> Regression:
        """Learn from examples, each with the number of its label (below ``kinds``); its places are below ``pieces``."""
        weights, beforehand = np.zeros((pieces, kinds)), np.zeros(kinds)
        order = np.random.default_rng(ORDER)
        for turn in range(ROUNDS):
            step = FIRST_STEP / (1 + turn * SLOWER_EACH_ROUND)
            for at in order.permutation(len(examples)):
                places, values = examples[at]
                wrong = shares(values @ weights[places] + beforehand)
                wrong[labels[at]] -= 1
                weights[places] -= step * np.outer(values, wrong)
                beforehand -= step * wrong / BEFOREHAND_SLOWER
        return cls(weights, beforehand)

    def odds(self, text: Vector) -> Floats:
        """Log odds of every label."""
        places, values = text
        return np.asarray(values @ self.weights[places] + self.beforehand)


def shares(odds: Floats) -> Floats:
    """Log odds as shares of 1."""
    powers = np.exp(odds - odds.max())
    return np.asarray(powers / powers.sum())
