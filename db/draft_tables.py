"""The tables of the draft: what was suggested for a card, what people made of it, and alarms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models import Base, Recording, Transcript, User

MAX_DIAL = 80


class Suggestion(Base):
    """One value for one field of a card, with the words that led to it. Suggestions of a transcript never change.

    ``rank`` 0 is the likeliest of its field; the others are for choosing. ``filled``: the machine wrote the value into
    the card; it is the machine's until a person registers or rewrites it.
    """

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcript.id"), index=True)
    field: Mapped[str] = mapped_column(String(20))  # db.drafts.FIELDS
    rank: Mapped[int]
    value: Mapped[str] = mapped_column(String(300))  # a code, a telephone in digits, an address in one line
    shown: Mapped[str] = mapped_column(String(300))  # the same as people read it
    parts: Mapped[dict[str, Any]]  # of an address: {"street", "street_id", "house", "building", "flat", "settlement"}
    confidence: Mapped[float]
    sure: Mapped[bool]
    filled: Mapped[bool] = mapped_column(default=False)
    spans: Mapped[list[Any]]  # [[first, last], ...]: words of the transcript, counted from 0, inclusive
    why: Mapped[str] = mapped_column(Text, default="")  # in Ukrainian, for the operator
    rules: Mapped[str] = mapped_column(String(40))  # which understanding made it
    made_at: Mapped[datetime]

    transcript: Mapped[Transcript] = relationship()

    __table_args__ = (UniqueConstraint("transcript_id", "field", "rank"),)


class LabelledExample(Base):
    """What a person made of one field: the city's own measure of how often the suggestions are right."""

    __tablename__ = "labelled_example"

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    transcript_id: Mapped[int | None] = mapped_column(ForeignKey("transcript.id"))  # whose words; None: none suggested
    field: Mapped[str] = mapped_column(String(20))
    suggested: Mapped[str] = mapped_column(String(300), default="")
    confidence: Mapped[float | None]
    sure: Mapped[bool] = mapped_column(default=False)
    spans: Mapped[list[Any]]
    final: Mapped[str] = mapped_column(String(300), default="")
    final_rank: Mapped[int | None]  # which of the candidates it was, from 0; None: none of them
    outcome: Mapped[str] = mapped_column(String(12))  # confirmed | changed | emptied | added
    rules: Mapped[str] = mapped_column(String(40), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(index=True)

    # A later edit of a registered card tells the truth better: it takes the place of the first answer.
    __table_args__ = (UniqueConstraint("appeal_id", "field"),)


class Alarm(Base):
    """Danger to life in a message, raised while the citizen still speaks or when the message is understood."""

    __tablename__ = "alarm"

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(ForeignKey("recording.id"), index=True)
    dial: Mapped[str] = mapped_column(String(MAX_DIAL))  # whom to telephone: «104», «101 і аварійну обленерго»
    words: Mapped[str] = mapped_column(Text)  # what was said, as heard when it was raised
    why: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime] = mapped_column(index=True)
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    seen_at: Mapped[datetime | None]

    recording: Mapped[Recording] = relationship()
    seen_by: Mapped[User | None] = relationship()

    # Partial words come again every second or two; one danger of one message is one alarm.
    __table_args__ = (UniqueConstraint("recording_id", "dial"),)
