"""What is the message about? Three categories at most, each with the words that speak for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from transcribe.understanding.facts import CategoryGuess, Reason
from transcribe.understanding.patterns import Message
from transcribe.understanding.rules import Clue, Rule, RuleBook

GUESSES = 3

DOUBT = 1.0
"""Weight of "something else": one weak word alone does not make a sure guess."""

SAID_FIRST = 1.0
"""Weight of being named first, when several subjects are: callers begin with what they call for."""

RESEMBLES = 16.0
"""Weight of resembling known phrases, with a share of 1: as eight plain rules; chosen on messages not learnt."""

SUGGEST_FROM = 0.4
"""The score below which no category is filled in. A single plain rule against nothing else has 0.67."""


def clues(message: Message, rules: RuleBook) -> tuple[Clue, ...]:
    """Everything in the words that speaks for a category."""
    return tuple(
        Clue(code, rule, reason)
        for code, its_rules in rules.categories.items()
        for rule in its_rules
        if (reason := rule.reason(message))
    )


def resemblances(message: Message, rules: RuleBook) -> tuple[Clue, ...]:
    """The categories whose known phrases the words resemble. They hurry nobody: urgency is for rules alone."""
    return tuple(
        Clue(
            found.code,
            Rule("схоже на відомі фрази", RESEMBLES * found.share, patterns=(), unless=(), urgency="N1", call=""),
            Reason(found.span, "схоже на відомі фрази"),
        )
        for found in rules.learnt.topics.resembled(message.tokens)
    )


def guesses(found: Iterable[Clue]) -> tuple[CategoryGuess, ...]:
    """The likeliest categories first; of two equal ones the one spoken of earlier."""
    ordered = sorted(found, key=lambda clue: (clue.code, clue.reason.span))
    by_code = {code: tuple(its) for code, its in groupby(ordered, key=lambda clue: clue.code)}
    weights = {code: sum(clue.rule.weight for clue in its) for code, its in by_code.items()}
    in_order = sorted(by_code, key=lambda code: by_code[code][0].reason.span)
    named = [code for code in in_order if any(clue.rule.patterns for clue in by_code[code])]
    if len(named) > 1:
        weights[named[0]] += SAID_FIRST
    whole = sum(weights.values()) + DOUBT
    ranked = sorted(in_order, key=lambda code: -weights[code])
    return tuple(CategoryGuess(code, weights[code] / whole, _reasons(by_code[code])) for code in ranked[:GUESSES])


def _reasons(found: Sequence[Clue]) -> tuple[Reason, ...]:
    """The words that rules found; what only resembles is a vaguer quote, for want of a better."""
    return tuple(clue.reason for clue in found if clue.rule.patterns) or tuple(clue.reason for clue in found)


def suggested(ranked: Sequence[CategoryGuess]) -> str | None:
    """The category an operator finds filled in, or None when the words do not say enough."""
    return ranked[0].code if ranked and ranked[0].score >= SUGGEST_FROM else None
