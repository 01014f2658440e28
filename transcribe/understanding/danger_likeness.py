"""Does a message resemble known emergencies, though no rule knows its words? A net under the rules of danger.

A frightened caller names what he sees and not what it is («двері не відкриваються я всередині темно»); no list of words
holds that. Regression over the pieces of known emergencies, near misses, and all other known phrases. It only adds
alarms: what a rule has found stands whatever this says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from transcribe.understanding.facts import Span
from transcribe.understanding.regression import Regression
from transcribe.understanding.tokens import Token
from transcribe.understanding.word_pieces import KnownPieces, loudest, pieces_of, telling

ALARM_FROM = 0.5
WHILE_SPOKEN_FROM = 2.0
"""Log odds. Every new word asks again, so a message that is being spoken has many chances of a needless alarm:
docs/understanding.md tells how many there are at either.
"""

FEWEST_WORDS = 5
"""Words that tell something: fewer are the beginning of anything."""


class DangerLikeness:
    """What was learnt from phrases.

    Args:
        known: the pieces.
        regression: of two labels: no danger, danger.
    """

    def __init__(self, known: KnownPieces, regression: Regression) -> None:
        self.known, self.regression = known, regression

    @classmethod
    def learnt(cls, dangers: Sequence[bool], phrases: Sequence[Counter[str]]) -> DangerLikeness:
        """Learn from the counted pieces of phrases: whether somebody's life was in danger in each."""
        known = KnownPieces.learnt(phrases)
        examples = [known.values(pieces) for pieces in phrases]
        return cls(known, Regression.learnt(examples, [int(danger) for danger in dangers], pieces=len(known), kinds=2))

    def resembled(self, heard: Sequence[Token], *, whole: bool = True) -> Span | None:
        """The words that resemble an emergency most, when the message does; None when it does not.

        Args:
            whole: nothing more will be said.
        """
        words = telling(heard)
        if len(words) < FEWEST_WORDS or self.log_odds(words) < (ALARM_FROM if whole else WHILE_SPOKEN_FROM):
            return None
        first, last = loudest([self._speaks(pieces) for pieces in pieces_of(words)])
        return words[first].word, words[last].word

    def log_odds(self, words: Sequence[Token]) -> float:
        """How much more likely an emergency is than not, of the telling words of a message."""
        no, yes = self.regression.odds(self.known.values(Counter(chain(*pieces_of(words)))))
        return float(yes - no)

    def _speaks(self, pieces: Sequence[str]) -> float:
        """How much a word speaks for an emergency."""
        places = self.known.places(pieces)
        no, yes = self.regression.weights[places].T
        return float(self.known.rarity[places] @ (yes - no)) if places else 0.0
