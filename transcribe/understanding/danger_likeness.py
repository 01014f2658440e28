"""Does a message resemble known emergencies, though no rule knows its words? A net under the rules of danger.

A frightened caller names what he sees and not what it is («двері не відкриваються я всередині темно»); no list of words
holds that. Logistic regression over the pieces of a thousand emergencies, as many near misses, and all other known
phrases, learnt in seconds when the rules are read, in the same order every time. It only adds alarms: what a rule has
found stands whatever this says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from math import exp

import numpy as np

from transcribe.understanding.facts import Span
from transcribe.understanding.tokens import Token, tokens
from transcribe.understanding.word_pieces import KnownPieces, loudest, pieces_of, telling

ROUNDS = 5
FIRST_STEP = 2.0
SLOWER_EACH_ROUND = 0.5
"""Of stochastic gradient descent: three times as many rounds changed nothing."""

ORDER = 1580
"""Seed of the order in which the phrases are learnt: the same phrases always make the same alarms."""

ALARM_FROM = 0.5
"""Log odds. See docs/understanding.md for how many alarms are then needless."""

FEWEST_WORDS = 5
"""Words that tell something: fewer are the beginning of anything."""


class DangerLikeness:
    """What was learnt from phrases.

    Args:
        phrases: whether somebody's life is in danger, and what was said.
    """

    def __init__(self, phrases: Sequence[tuple[bool, str]]) -> None:
        counted = [Counter(chain(*pieces_of(telling(tokens(text.split()))))) for _, text in phrases]
        self._known = KnownPieces(counted)
        self._weights = np.zeros(len(self._known))
        self._beforehand = 0.0
        self._learn([danger for danger, _ in phrases], counted)

    def resembled(self, heard: Sequence[Token]) -> Span | None:
        """The words that resemble an emergency most, when the message does; None when it does not."""
        words = telling(heard)
        if len(words) < FEWEST_WORDS or self.log_odds(words) < ALARM_FROM:
            return None
        first, last = loudest([self._speaks(pieces) for pieces in pieces_of(words)])
        return words[first].word, words[last].word

    def log_odds(self, words: Sequence[Token]) -> float:
        """How much more likely an emergency is than not, of the telling words of a message."""
        places, values = self._known.values(Counter(chain(*pieces_of(words))))
        return float(values @ self._weights[places]) + self._beforehand

    def _learn(self, dangers: Sequence[bool], counted: Sequence[Counter[str]]) -> None:
        examples = [self._known.values(pieces) for pieces in counted]
        order = np.random.default_rng(ORDER)
        for turn in range(ROUNDS):
            step = FIRST_STEP / (1 + turn * SLOWER_EACH_ROUND)
            for at in order.permutation(len(examples)):
                places, values = examples[at]
                odds = float(values @ self._weights[places]) + self._beforehand
                wrong = 1 / (1 + exp(-odds)) - dangers[at]
                self._weights[places] -= step * wrong * values
                self._beforehand -= step * wrong / 10

    def _speaks(self, pieces: Sequence[str]) -> float:
        """How much a word speaks for an emergency."""
        places = self._known.places(pieces)
        return float(self._known.rarity[places] @ self._weights[places]) if places else 0.0
