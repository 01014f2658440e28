"""From the words of a message to everything a card can be filled with."""

from __future__ import annotations

from collections.abc import Sequence

from db.street_register import Register
from transcribe.understanding.addresses import Places
from transcribe.understanding.executor import executor_of
from transcribe.understanding.facts import Reason, Understanding
from transcribe.understanding.kind import HURRIED, WITHOUT_SUBJECT, kind_of
from transcribe.understanding.names import applicant
from transcribe.understanding.rules import RuleBook
from transcribe.understanding.said import appeal_numbers, phones
from transcribe.understanding.tokens import tokens
from transcribe.understanding.topic import clues, guesses, resemblances, suggested
from transcribe.understanding.urgency import ORDINARY, Judged, dangers, judge
from transcribe.understanding.written import written_pieces


class Understander:
    """Understands messages against one register of streets and one book of rules; may be shared by threads.

    Args:
        register: the streets and settlements of the city.
        rules: the rules in force; the shipped ones when not given.
    """

    def __init__(self, register: Register, rules: RuleBook | None = None) -> None:
        self._register = register
        self._rules = rules or RuleBook()
        self._places = Places(register)

    def alarms(self, words: Sequence[str], *, whole: bool = False) -> tuple[Reason, ...]:
        """Dangers to life in what was said so far, each with whom to telephone; cheap enough for every new word.

        Args:
            whole: nothing more will be said.
        """
        return tuple(clue.reason for clue in dangers(self._rules.message(words), self._rules, whole=whole))

    def understand(self, words: Sequence[str]) -> Understanding:
        """All suggestions for one message. Whatever the words are, there is an answer."""
        message = self._rules.message(words)
        in_danger = dangers(message, self._rules)
        subjects = (*in_danger, *clues(message, self._rules), *resemblances(message, self._rules))
        kind = kind_of(message, self._rules, in_danger, subjects)
        categories = () if kind in WITHOUT_SUBJECT else guesses(subjects)
        category = suggested(categories)
        found = tokens(words)
        telephones = phones(found)
        earlier = appeal_numbers(found, [said.span for said in telephones])
        busy = {at for said in (*telephones, *earlier) for at in range(said.span[0], said.span[1] + 1)}
        addresses = self._places.said(found, busy)
        places = [span for address in addresses for span in address.spans]
        judged = judge(in_danger, subjects, category) if kind in HURRIED else Judged(ORDINARY)
        return Understanding(
            words=tuple(words),
            pieces=written_pieces(words, found, phones=telephones, appeal_numbers=earlier, places=places),
            kind=kind,
            category=category,
            categories=categories,
            urgency=judged.urgency,
            alarms=judged.reasons,
            executor=executor_of(category, addresses[0] if addresses else None, self._register),
            addresses=addresses,
            name=applicant(words, found, places),
            phones=telephones,
            appeal_numbers=earlier,
        )
