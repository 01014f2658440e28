"""How urgent is it? Rules decide, because a wrong "not urgent" may cost a life and must be explainable.

Under the rules of danger lies a net: words that no rule knows but that resemble known emergencies raise an alarm too.

Works on the words heard so far: the panel raises its alarm while the caller still speaks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transcribe.understanding.facts import Reason, Urgency
from transcribe.understanding.patterns import Match, Message
from transcribe.understanding.rules import Clue, Rule, RuleBook

DANGER: Urgency = "E0"
ORDINARY: Urgency = "N1"

USUAL: Mapping[str, Urgency] = {
    "ELEC": "E1",
    "WATER": "E1",
    "SEWER": "E2",
    "HEAT": "E2",
    "HOTW": "E2",
    "GAS": "E2",
    "LIFT": "E2",
    "SHELT": "E2",
}
"""What most complaints of a category are (DOMAIN 3.2), for words that no rule knew. The others are ordinary."""

RESEMBLES = Rule("схоже на відомі випадки небезпеки", 1.0, patterns=(), unless=(), urgency="N1", call="112")
RESEMBLES_IN = "OTHER"
"""The category of what no rule knows: most such emergencies belong to no utility. Its weight is that of a mere hint."""

_NOT = frozenset({"не", "ні", "нє", "ані"})
_STILL_YES = frozenset({"чи", "або", "якби", "щоб", "аби"})
"""«Чи не пахне газом» asks, it does not deny."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A class, and the words that ask for it (none for the ordinary class)."""

    urgency: Urgency
    reasons: tuple[Reason, ...] = ()


def dangers(message: Message, rules: RuleBook, *, whole: bool = True) -> tuple[Clue, ...]:
    """What in the words is a danger to life, in the order it was said; each reason says whom to telephone.

    Args:
        whole: nothing more will be said. A message that has only begun must resemble an emergency more.
    """
    known: dict[int, Clue] = {}
    denied: set[int] = set()
    for code, rule in ((code, rule) for code, its_rules in rules.dangers.items() for rule in its_rules):
        for match, guarded in rule.found(message):
            if _denied(message, match):
                denied.update(match)
            elif not guarded:
                known.setdefault(id(rule), Clue(code, rule, Reason(message.span(match), _advice(rule))))
    in_order = tuple(sorted(known.values(), key=lambda clue: clue.reason.span))
    return in_order or tuple(_resembling(message, rules, denied, whole=whole))


def judge(in_danger: Sequence[Clue], others: Iterable[Clue], category: str | None) -> Judged:
    """The most urgent class that anything in the message asks for.

    Args:
        in_danger: of :func:`dangers`.
        others: what speaks for the categories of the message.
        category: the one suggested; when only its resemblance to known phrases speaks for it, its usual class holds.
    """
    if in_danger:
        return Judged(DANGER, tuple(clue.reason for clue in in_danger))
    others = tuple(others)
    most_urgent = min((clue.rule.urgency for clue in others), default=ORDINARY)
    if most_urgent == ORDINARY:
        by_rule = any(clue.rule.patterns for clue in others if clue.code == category)
        return Judged(ORDINARY if by_rule or category is None else USUAL.get(category, ORDINARY))
    return Judged(most_urgent, tuple(clue.reason for clue in others if clue.rule.urgency == most_urgent))


def _resembling(message: Message, rules: RuleBook, denied: Collection[int], *, whole: bool) -> Iterator[Clue]:
    """What no rule knows, in the words that were not denied: likeness hardly hears a «не»."""
    words = [token for place, token in enumerate(message.tokens) if place not in denied]
    span = rules.learnt.dangers.resembled(words, whole=whole)
    if span is not None:
        yield Clue(RESEMBLES_IN, RESEMBLES, Reason(span, _advice(RESEMBLES)))


def _denied(message: Message, match: Match) -> bool:
    """Whether a word of the match has a «не» before it which the pattern itself did not ask for."""
    return any(
        place > 0
        and place - 1 not in match
        and message.tokens[place - 1].text in _NOT
        and not (place > 1 and message.tokens[place - 2].text in _STILL_YES)
        for place in match
    )


def _advice(rule: Rule) -> str:
    return f"{rule.why}: телефонуйте {rule.call}" if rule.call else rule.why
