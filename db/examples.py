"""Labelled examples: what people made of the suggestions, and how often these were right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db import drafts, phones
from db.addresses import Place, place_of, place_of_json
from db.city_time import in_kyiv
from db.draft_tables import LabelledExample, Suggestion
from db.models import Appeal, Transcript, User

ADDRESS_PARTS = ("street", "house", "flat")
"""An address is judged by its parts: the right street with a wrong house is not all wrong."""

OF_THE_CARD = ("applicant", "phone", *ADDRESS_PARTS, "category", "urgency", "earlier_no")
"""What a person confirms with the card itself; the executor by handing it over, the kind by what becomes of it."""

JUDGED = (*OF_THE_CARD, "executor", "kind")

FINAL_KIND = {
    "registered": "appeal",
    "consultation": "consultation",
    "emergency_transferred": "emergency",
    "rejected": "none",
}
"""What a person's decision says about the kind of the call. Other decisions say nothing about it."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One field in one month («2026-11»).

    Attributes:
        suggested: how often a value was suggested.
        right: how often the first suggestion was what the person kept.
        among: how often it was among the suggestions.
        sure, sure_right: the same of those that were filled in without asking.
        missed: how often a person filled the field and nothing had been suggested.
    """

    month: str
    field: str
    suggested: int
    right: int
    among: int
    sure: int
    sure_right: int
    missed: int


def note(session: Session, appeal: Appeal, *, by: User, at: datetime, fields: Sequence[str]) -> None:
    """Compare a card a person has decided about with what was suggested for it. A later look replaces the earlier.

    Args:
        fields: those of :data:`JUDGED` the person has just decided about.
    """
    suggestions = drafts.draft_of(session, appeal).suggestions
    known = {row.field: row for row in session.scalars(select(LabelledExample).where(_of(appeal)))}
    for name in fields:
        candidates = _candidates(suggestions, name)
        final = _final(appeal, name)
        if not final and (not candidates or name == "kind"):
            continue
        row = known.get(name) or LabelledExample(appeal_id=appeal.id, field=name)
        _fill_in(row, candidates, final)
        row.by_id, row.at = by.id, at
        session.add(row)
    session.flush()


def rates(session: Session, since: datetime | None = None) -> list[Rate]:
    """Hit rates by month and field, the latest month first."""
    found: dict[tuple[str, str], list[LabelledExample]] = {}
    for row in examples(session, since):
        found.setdefault((f"{in_kyiv(row.at):%Y-%m}", row.field), []).append(row)
    by_field = sorted(found, key=lambda key: JUDGED.index(key[1]))
    latest_first = sorted(by_field, key=lambda key: key[0], reverse=True)
    return [_rate(month, name, found[month, name]) for month, name in latest_first]


def examples(session: Session, since: datetime | None = None) -> Iterator[LabelledExample]:
    """All examples, the oldest first."""
    query = select(LabelledExample).order_by(LabelledExample.at, LabelledExample.id)
    if since is not None:
        query = query.where(LabelledExample.at >= since)
    yield from session.scalars(query.execution_options(yield_per=500))


@dataclass(frozen=True, slots=True)
class Message:
    """The words of a message with what people decided about it."""

    transcript: Transcript
    suggestions: Sequence[Suggestion]
    labels: Sequence[LabelledExample]

    def words_of(self, field: str) -> set[int]:
        """Which words (from 0) any suggestion for a field came from."""
        spans = [span for row in self.suggestions if row.field == field for span in row.spans]
        return {n for first, last in spans for n in range(first, last + 1) if n < len(self.transcript.words)}

    def final(self, field: str) -> str:
        """What stands in the card; "" when nobody decided about the field."""
        return next((label.final for label in self.labels if label.field == field), "")


def messages(session: Session) -> Iterator[Message]:
    """Every message that somebody has decided about and that has words, the oldest decision first.

    A field nobody suggested anything for is a label of the message that the others are about.
    """
    of_appeal: dict[int, list[LabelledExample]] = {}
    for row in examples(session):
        of_appeal.setdefault(row.appeal_id, []).append(row)
    for labels in of_appeal.values():
        about = next((label.transcript_id for label in labels if label.transcript_id is not None), None)
        transcript = session.get(Transcript, about) if about is not None else None
        if transcript is None:
            continue
        rows = session.scalars(select(Suggestion).where(Suggestion.transcript_id == transcript.id))
        yield Message(transcript, list(rows), [one for one in labels if one.transcript_id in (None, transcript.id)])


@dataclass(frozen=True, slots=True)
class _Candidate:
    value: str
    row: Suggestion


def _of(appeal: Appeal) -> ColumnElement[bool]:
    return LabelledExample.appeal_id == appeal.id


def _candidates(suggestions: drafts.Suggestions, name: str) -> list[_Candidate]:
    """The different values that were suggested for a field, the likeliest first."""
    if name in ADDRESS_PARTS:
        rows = suggestions.get("address", ())
        values = [_part(place_of_json(row.parts), name) for row in rows]
    else:
        rows = suggestions.get(name, ())
        values = [row.value for row in rows]
    found: dict[str, _Candidate] = {}
    for value, row in zip(values, rows, strict=True):
        if value:
            found.setdefault(_same(value), _Candidate(value, row))
    return list(found.values())


def _part(place: Place, name: str) -> str:
    return str(getattr(place, name))


def _final(appeal: Appeal, name: str) -> str:
    if name in ADDRESS_PARTS:
        return _part(place_of(appeal), name)
    if name == "kind":
        return _final_kind(appeal)
    value = drafts.value_in(appeal, name)
    # The number the call came from stands in the card by itself: nobody chose it.
    return "" if name == "phone" and appeal.phone == phones.normal(appeal.call.caller) else value


def _final_kind(appeal: Appeal) -> str:
    if appeal.status == "registered" and appeal.urgency == "E0":
        return "emergency"
    return FINAL_KIND.get(appeal.status, "")


def _fill_in(row: LabelledExample, candidates: Sequence[_Candidate], final: str) -> None:
    first = candidates[0] if candidates else None
    rank = next((n for n, one in enumerate(candidates) if _same(one.value) == _same(final)), None)
    row.transcript_id = first.row.transcript_id if first else None
    row.suggested = first.value if first else ""
    row.confidence = first.row.confidence if first else None
    row.sure = bool(first and first.row.sure)
    row.spans = first.row.spans if first else []
    row.rules = first.row.rules if first else ""
    row.final, row.final_rank = final, rank
    if first is None:
        row.outcome = "added"
    elif rank == 0:
        row.outcome = "confirmed"
    else:
        row.outcome = "changed" if final else "emptied"


def _same(text: str) -> str:
    """Capitals and spaces make no other answer."""
    return " ".join(text.split()).casefold()


def _rate(month: str, name: str, rows: Sequence[LabelledExample]) -> Rate:
    suggested = [row for row in rows if row.outcome != "added"]
    sure = [row for row in suggested if row.sure]
    return Rate(
        month=month,
        field=name,
        suggested=len(suggested),
        right=sum(row.outcome == "confirmed" for row in suggested),
        among=sum(row.final_rank is not None for row in suggested),
        sure=len(sure),
        sure_right=sum(row.outcome == "confirmed" for row in sure),
        missed=len(rows) - len(suggested),
    )
