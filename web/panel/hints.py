"""Suggestions as the card shows them: beside their field, with their words, ready to be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.addresses import place_of_json
from db.draft_tables import Suggestion
from db.drafts import Draft
from db.models import Recording

SHOWN = 4
"""Candidates of one field; more are no help to somebody who listens."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One suggestion.

    Attributes:
        shown: the value as people read it.
        words: what was said, in the caller's words; "" when it follows from other things.
        spans: first and last word of each piece, among the words of ``transcript_id``.
        pieces: seconds of the recording where they are said, [start, end] each; none when the card plays another one.
        puts: field of the form -> value, all of what taking it writes.
    """

    shown: str
    sure: bool
    why: str
    words: str
    spans: list[list[int]]
    transcript_id: int
    pieces: list[list[float]]
    puts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Hints:
    """Everything beside the fields of one card; ``of_machine``: filled in and not confirmed yet."""

    by_field: Mapping[str, Sequence[Hint]]
    of_machine: frozenset[str]

    def of(self, field: str) -> Sequence[Hint]:
        return self.by_field.get(field, ())


def hints_of(draft: Draft, executors: Mapping[str, int], tape: Recording | None) -> Hints:
    """The suggestions of a card.

    Args:
        executors: code to id, as the form knows them.
        tape: the recording that the card plays.
    """
    by_field = {
        field: [_hint(row, executors, tape) for row in rows[:SHOWN]] for field, rows in draft.suggestions.items()
    }
    return Hints(by_field, draft.of_machine)


def _hint(row: Suggestion, executors: Mapping[str, int], tape: Recording | None) -> Hint:
    words = row.transcript.words
    spans = [[first, last] for first, last in row.spans if 0 <= first <= last < len(words)]
    return Hint(
        shown=row.shown,
        sure=row.sure,
        why=row.why,
        words=" … ".join(_said(words, first, last) for first, last in spans),
        spans=spans,
        transcript_id=row.transcript_id,
        pieces=[
            [words[first]["start"], words[last]["end"]] for first, last in spans if row.transcript.recording is tape
        ],
        puts=_puts(row, executors),
    )


def _said(words: Sequence[Any], first: int, last: int) -> str:
    return " ".join(str(word["word"]) for word in words[first : last + 1])


def _puts(row: Suggestion, executors: Mapping[str, int]) -> dict[str, str]:
    if row.field == "address":
        place = place_of_json(row.parts)
        return {"street": place.street, "house": place.house, "building": place.building, "flat": place.flat}
    if row.field == "executor":
        return {"executor": str(executors.get(row.value, ""))}
    return {row.field: row.value}
