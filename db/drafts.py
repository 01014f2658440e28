"""The draft of a card: what is suggested for its fields, and which of them the machine fills in itself.

A suggestion is never a decision: registration is an act of a person (law on appeals, art. 5).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import addresses, phones
from db.draft_tables import Suggestion
from db.models import Appeal, Audit, Category, Recording, Transcript
from db.transcripts import MESSAGE, UNTOUCHED, card_of

TEXT = "text"
"""The message for reading; kept with the suggestions, so that a better transcript finds it in the card."""

FIELDS = ("applicant", "phone", "address", "category", "urgency", "executor", "kind", "earlier_no")

ADDRESS = "address"
"""Name of the recording that answers the line's question «вулицю і будинок»."""

TOLD_BY = {MESSAGE: FIELDS, ADDRESS: ("address",)}
"""Name of a recording -> the fields it speaks to. An answer to «вулицю і будинок» says nothing about the matter."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """One value for one field, before it is a row; the attributes are those of :class:`db.draft_tables.Suggestion`.

    Several of one field stand in the order of their likelihood. Only the first may be ``sure``.
    """

    field: str
    value: str
    shown: str
    confidence: float
    sure: bool
    spans: Sequence[tuple[int, int]] = ()
    why: str = ""
    parts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


Suggestions = Mapping[str, Sequence[Suggestion]]
"""Field -> its suggestions, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a card shows beside its fields.

    Attributes:
        of_machine: fields, and the text, that hold what the machine wrote and nobody has confirmed yet.
    """

    suggestions: Suggestions
    of_machine: frozenset[str]


def make_draft(
    session: Session, recording_id: int, suggested: Iterable[Suggested], *, written: str, rules: str, at: datetime
) -> bool:
    """Keep the suggestions for the words of a recording and fill what is empty and sure.

    A person's words are never overwritten, a registered card is never touched. What the machine itself filled before
    and nobody changed follows a better transcript. May run twice: the second time nothing happens.

    Args:
        written: the words for reading, numbers as digits; the text of the card as long as nobody has touched it.
        rules: which understanding made them.

    Returns:
        False when there is nothing to do: no words, no card, or done before.

    Raises:
        StaleDataError: an operator saved the card at this very moment; try again.
    """
    transcript = _words_of(session, recording_id)
    appeal = card_of(session, recording_id, TOLD_BY)
    if transcript is None or appeal is None or _made_before(session, transcript.id):
        return False
    told = TOLD_BY[transcript.recording.name]
    suggested = [one for one in suggested if one.field in told]
    mine = _of_machine(session, appeal)
    may_fill = appeal.status in UNTOUCHED
    rewritten = may_fill and transcript.state == "recognised" and _rewrite(session, appeal, transcript, written)
    text = Suggested(TEXT, written, written, 1.0, True, parts={"written": written})
    session.add(_row(transcript.id, 0, text, sure=True, filled=rewritten, rules=rules, at=at))
    for _, of_field in groupby(sorted(suggested, key=lambda one: FIELDS.index(one.field)), lambda one: one.field):
        for rank, one in enumerate(of_field):
            # A doubtful transcript is no ground for filling a card without asking.
            sure = one.sure and rank == 0 and transcript.state == "recognised"
            fills = may_fill and sure and _fill(session, appeal, one, mine)
            session.add(_row(transcript.id, rank, one, sure=sure, filled=fills, rules=rules, at=at))
    session.flush()
    return True


def draft_of(session: Session, appeal: Appeal) -> Draft:
    """The suggestions of a card, of the latest words of each of its messages and answers."""
    rows = _latest(session, appeal)
    by_field = {name: [row for row in rows if row.field == name] for name in FIELDS}
    unconfirmed = appeal.public_no is None and appeal.status in UNTOUCHED
    return Draft(
        suggestions={name: found for name, found in by_field.items() if found},
        of_machine=_of_machine(session, appeal) | _text_of_machine(session, appeal) if unconfirmed else frozenset(),
    )


def heard(session: Session, recording_id: int) -> list[str]:
    """The words of the transcript people read, as they were recognised."""
    transcript = _words_of(session, recording_id)
    return [str(word["word"]) for word in transcript.words] if transcript else []


def value_in(appeal: Appeal, name: str) -> str:
    """What stands in a field of a card, in the form suggestions have it."""
    return _READ[name](appeal)


def _words_of(session: Session, recording_id: int) -> Transcript | None:
    recording = session.get(Recording, recording_id)
    return recording.transcript if recording else None


def _latest(session: Session, appeal: Appeal) -> list[Suggestion]:
    """Suggestions of the latest words of each recording of a card: what is sure first, then what was asked for, then
    the longest message.
    """
    recordings = session.scalars(
        select(Recording)
        .where(Recording.call_id == appeal.call_id, Recording.name.in_(TOLD_BY))
        .order_by(Recording.name == MESSAGE, Recording.seconds.desc(), Recording.id)
    )
    transcripts = [found.id for recording in recordings if (found := _words_of(session, recording.id))]
    rows = session.scalars(select(Suggestion).where(Suggestion.transcript_id.in_(transcripts)))
    return sorted(rows, key=lambda row: (not row.sure, transcripts.index(row.transcript_id), row.rank))


def _of_machine(session: Session, appeal: Appeal) -> frozenset[str]:
    """The fields that still hold what the machine once wrote into them."""
    filled = session.scalars(
        select(Suggestion)
        .join(Suggestion.transcript)
        .join(Transcript.recording)
        .where(Recording.call_id == appeal.call_id, Suggestion.filled, Suggestion.field != TEXT)
    )
    return frozenset(row.field for row in filled if row.value == value_in(appeal, row.field))


def _text_of_machine(session: Session, appeal: Appeal) -> frozenset[str]:
    """``{"text"}`` while no person has changed the text of a card."""
    rewritten = select(Audit.id).where(
        Audit.what == "edited", Audit.about == f"appeal {appeal.id}", Audit.details.contains("text")
    )
    return frozenset({"text"} if appeal.text and session.scalar(rewritten.limit(1)) is None else ())


def _rewrite(session: Session, appeal: Appeal, transcript: Transcript, written: str) -> bool:
    """Put the message for reading in place of it as it was heard, or as another model's words once were written.

    Returns:
        False when the card does not have it: somebody has written another text.
    """
    earlier = session.scalars(
        select(Suggestion)
        .join(Suggestion.transcript)
        .where(Transcript.recording_id == transcript.recording_id, Suggestion.field == TEXT, Suggestion.filled)
    )
    ours = {transcript.text, *(row.parts["written"] for row in earlier)}
    lines = appeal.text.split("\n")
    place = next((n for n, line in enumerate(lines) if line and line in ours), None)
    if place is None or not written:
        return False
    lines[place] = written
    appeal.text = "\n".join(lines)
    return True


def _made_before(session: Session, transcript_id: int) -> bool:
    made = select(Suggestion.id).where(Suggestion.transcript_id == transcript_id)
    return session.scalar(made.limit(1)) is not None


def _fill(session: Session, appeal: Appeal, one: Suggested, mine: frozenset[str]) -> bool:
    if value_in(appeal, one.field) and one.field not in mine:
        return False
    if one.field == "category" and session.get(Category, one.value) is None:
        return False  # the city has taken this category out of its list
    return _WRITE[one.field](appeal, one)


def _row(
    transcript_id: int, rank: int, one: Suggested, *, sure: bool, filled: bool, rules: str, at: datetime
) -> Suggestion:
    return Suggestion(
        transcript_id=transcript_id,
        field=one.field,
        rank=rank,
        value=one.value[:300],
        shown=one.shown[:300],
        parts=dict(one.parts),
        confidence=one.confidence,
        sure=sure,
        filled=filled,
        spans=[list(span) for span in one.spans],
        why=one.why,
        rules=rules,
        made_at=at,
    )


def _write_phone(appeal: Appeal, one: Suggested) -> bool:
    appeal.phone = phones.normal(one.value)
    return True


def _write_address(appeal: Appeal, one: Suggested) -> bool:
    addresses.write(appeal, addresses.place_of_json(one.parts))
    return True


def _write_text(column: str) -> Callable[[Appeal, Suggested], bool]:
    def write(appeal: Appeal, one: Suggested) -> bool:
        setattr(appeal, column, one.value)
        return True

    return write


_READ: dict[str, Callable[[Appeal], str]] = {
    "applicant": lambda appeal: appeal.applicant,
    "phone": lambda appeal: phones.local(appeal.phone) if appeal.phone else "",
    "address": lambda appeal: appeal.address,
    "category": lambda appeal: appeal.category_code or "",
    "urgency": lambda appeal: appeal.urgency,
    "executor": lambda appeal: appeal.executor.code if appeal.executor else "",
    "kind": lambda appeal: appeal.kind,
    "earlier_no": lambda appeal: appeal.earlier_no,
}

_WRITE: dict[str, Callable[[Appeal, Suggested], bool]] = {
    "applicant": _write_text("applicant"),
    "phone": _write_phone,
    "address": _write_address,
    "category": _write_text("category_code"),
    "urgency": _write_text("urgency"),
    "executor": lambda _appeal, _one: False,  # the form proposes it; an executor stands in a card that was handed over
    "kind": _write_text("kind"),
    "earlier_no": _write_text("earlier_no"),
}
