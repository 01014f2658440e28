"""What sort of call is it: an appeal, a question, thanks, abuse, an emergency, or nothing said?"""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.facts import Kind
from transcribe.understanding.patterns import Message
from transcribe.understanding.rules import Clue, RuleBook
from transcribe.understanding.urgency import ORDINARY

SUBJECT = 1.0
"""Weight of "an appeal" when any subject of the city is named: most such calls are."""

NAMED_FROM = 2.0
"""Weight of a clue that names a subject; a fainter resemblance to known phrases does not."""

RESEMBLED_FROM = 3
"""Words with content from which on a resemblance names a subject: «ой вибачте помилився» resembles something too."""

TROUBLE = 1.0
"""What an accident adds to it: of a burst pipe people complain, they seldom only ask."""

TOLD_FIRST = 2.0
"""What a tale before the first question adds: who tells a trouble and ends with «хто це має зняти» wants it mended."""

TALE = 10
"""Words from which on it is a tale: in fewer there are only a greeting, a name and an address."""

CLOSING = 3
"""Last words in which thanks close a request («..., щиро дякую») and are no thanks for a deed."""

NOTHING_NAMED = 2.0
"""Weight of "nothing said" when no subject is named in few words."""

FEW_WORDS = 15
"""Words with content. In more of them our rules may have missed a subject: somebody should listen."""

HURRIED: frozenset[Kind] = frozenset({"appeal", "emergency"})
"""Kinds that ask for work, and so have an urgency."""

WITHOUT_SUBJECT: frozenset[Kind] = frozenset({"abuse", "none"})
"""Kinds that are about nothing the city does, whatever words they used."""

_KINDS: tuple[Kind, ...] = ("appeal", "consultation", "thanks", "abuse", "none")
_FILLERS = "fillers"


def kind_of(message: Message, rules: RuleBook, in_danger: Sequence[Clue], subjects: Sequence[Clue]) -> Kind:
    """The kind of call; of two equally likely ones the one that makes somebody act.

    Args:
        in_danger: the clues of a danger to life.
        subjects: the clues of all categories.
    """
    if in_danger:
        return "emergency"
    weights = {kind: _weight(message, rules, kind) for kind in _KINDS}
    content = _content_words(message, rules)
    if content and any(_names(clue, content) for clue in subjects):
        weights["appeal"] += SUBJECT
        weights["appeal"] += TROUBLE * any(clue.rule.urgency != ORDINARY for clue in subjects)
        weights["appeal"] += TOLD_FIRST * (_first(message, rules, "consultation") >= TALE)
        if _first(message, rules, "thanks") >= max(TALE, len(message.tokens) - CLOSING):
            weights["thanks"] = 0
    elif content <= FEW_WORDS:
        weights["none"] += NOTHING_NAMED
    return max(_KINDS, key=lambda one: weights[one])


def _names(clue: Clue, content: int) -> bool:
    return clue.rule.weight >= NAMED_FROM and (bool(clue.rule.patterns) or content >= RESEMBLED_FROM)


def _weight(message: Message, rules: RuleBook, kind: Kind) -> float:
    return sum(rule.weight for rule in rules.kinds.get(kind, ()) if rule.reason(message))


def _first(message: Message, rules: RuleBook, kind: Kind) -> int:
    """Where the words of a kind begin, counted from 0; -1 when there are none."""
    spoken_for = (rule for rule in rules.kinds.get(kind, ()) if rule.reason(message))
    return min((match[0] for rule in spoken_for for match in rule.matches(message)), default=-1)


def _content_words(message: Message, rules: RuleBook) -> int:
    fillers = {place for rule in rules.kinds.get(_FILLERS, ()) for match in rule.matches(message) for place in match}
    return len(message.tokens) - len(fillers)
