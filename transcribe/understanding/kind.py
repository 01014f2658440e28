"""What sort of call is it: an appeal, a question, thanks, abuse, an emergency, or nothing said?"""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.facts import Kind
from transcribe.understanding.patterns import Message
from transcribe.understanding.rules import Clue, RuleBook

UNLESS_ASKED = 1.0
"""Weight of "an appeal" when nothing speaks for it: most calls with a subject are."""

_KINDS: tuple[Kind, ...] = ("appeal", "consultation", "thanks", "abuse")


def kind_of(message: Message, rules: RuleBook, in_danger: Sequence[Clue], subjects: Sequence[Clue]) -> Kind:
    """The kind of call; of two equally likely ones the one that makes somebody act.

    Args:
        in_danger: the clues of a danger to life.
        subjects: the clues of all categories.
    """
    if in_danger:
        return "emergency"
    weights = {kind: _weight(message, rules, kind) for kind in _KINDS}
    if subjects:
        weights["appeal"] += UNLESS_ASKED
    kind = max(_KINDS, key=lambda one: weights[one])
    return kind if weights[kind] > 0 else _unclear(message, rules)


def _weight(message: Message, rules: RuleBook, kind: Kind) -> float:
    return sum(rule.weight for rule in rules.kinds.get(kind, ()) if rule.reason(message))


def _unclear(message: Message, rules: RuleBook) -> Kind:
    """Words without a subject are still somebody's appeal; greetings and fillers alone are nothing said."""
    empty = {place for rule in rules.kinds.get("none", ()) for match in rule.matches(message) for place in match}
    return "appeal" if len(message.tokens) > len(empty) else "none"
