"""The tables of the city's records.

Every time is UTC. Nothing is deleted: moves, corrections, attempts and audit entries are rows of their own.
Status words are English codes; :mod:`db.uk` holds what people read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on both databases (SQLite forgets time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables share one naming of constraints, so that migrations can name them on both databases."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012 - SQLAlchemy reads it


class Call(Base):
    """One telephone call on any line, in or out. A third of them need no forwarding (DOMAIN 1.2)."""

    __tablename__ = "call"

    id: Mapped[str] = mapped_column(
        String(80), primary_key=True
    )  # the line's own id: a call is one row however often it is ingested
    line: Mapped[str] = mapped_column(String(20))  # asterisk | twilio
    direction: Mapped[str] = mapped_column(String(3))  # in | out
    flow: Mapped[str] = mapped_column(String(40))
    flow_version: Mapped[int]
    caller: Mapped[str] = mapped_column(String(32), default="")  # digits; "" when withheld
    receipt: Mapped[str | None] = mapped_column(String(16))
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(20))  # completed | hung_up | failed | lost; None: still running
    by_dialplan: Mapped[bool] = mapped_column(default=False)  # the dialplan alone answered: our server was down
    lines_ingested: Mapped[int] = mapped_column(default=0)

    entries: Mapped[list[JournalEntry]] = relationship(order_by="JournalEntry.n", back_populates="call")
    recordings: Mapped[list[Recording]] = relationship(order_by="Recording.id", back_populates="call")
    appeal: Mapped[Appeal | None] = relationship(back_populates="call")

    # A receipt is unique within a year; its first three digits are the day of the year.
    __table_args__ = (Index("ix_call_receipt", "receipt"),)


class JournalEntry(Base):
    """One reply of a call with the command it answers; the JSON of :class:`ivr_flows.run.Entry`."""

    __tablename__ = "journal_entry"

    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    entry: Mapped[dict[str, Any]]

    call: Mapped[Call] = relationship(back_populates="entries")


class Recording(Base):
    """One sound file of a call and where its recognition stands.

    ``state``: growing, followed; waiting, taken; recognised, no_speech, doubtful, unusable. The first two while the
    citizen still speaks (``ended_by`` is "" then), the next two when the file is whole; of either pair the second has
    a worker. A failure goes back with a later ``next_try_at``; only a file that is no sound becomes unusable (and is
    kept).
    """

    __tablename__ = "recording"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))  # appeal | feedback_comment
    file: Mapped[str] = mapped_column(String(120))  # file name inside the call's folder
    seconds: Mapped[float]
    ended_by: Mapped[str] = mapped_column(String(20))  # hangup | key | silence | limit | line_lost; "": still recording
    made_at: Mapped[datetime]  # when it ended; while it grows: when it began
    sha256: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20), default="waiting", index=True)
    reason: Mapped[str] = mapped_column(Text, default="")  # why it waits, is doubtful or unusable, for the operator
    attempts: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[str] = mapped_column(
        String(120), default=""
    )  # "host:pid", so that a dead worker is noticed at once
    next_try_at: Mapped[datetime | None]

    call: Mapped[Call] = relationship(back_populates="recordings")
    transcripts: Mapped[list[Transcript]] = relationship(order_by="Transcript.id", back_populates="recording")

    __table_args__ = (UniqueConstraint("call_id", "file"),)

    @property
    def transcript(self) -> Transcript | None:
        """The one people read: what somebody has corrected stays, then what is surest goes before what is newest."""
        return max(
            self.transcripts,
            key=lambda one: (bool(one.corrections), SURENESS.index(one.state), one.id),
            default=None,
        )


SURENESS = ("no_speech", "doubtful", "recognised")
"""A newer model that hears nothing does not take away the words of an older one."""


class Transcript(Base):
    """What one engine heard in one recording. Immutable: corrections are rows over its words."""

    __tablename__ = "transcript"

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(ForeignKey("recording.id"), index=True)
    engine: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(20))  # recognised | no_speech | doubtful
    text: Mapped[str] = mapped_column(Text)
    # [{"word", "start", "end", "conf", "channel"}], seconds from the start of the file; older rows have no channel (0)
    words: Mapped[list[Any]]
    took_seconds: Mapped[float]
    made_at: Mapped[datetime]

    recording: Mapped[Recording] = relationship(back_populates="transcripts")
    corrections: Mapped[list[Correction]] = relationship(order_by="Correction.id")


class Correction(Base):
    """An operator's words in place of the words ``first_word``..``last_word`` (inclusive) of a transcript."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcript.id"), index=True)
    first_word: Mapped[int]
    last_word: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class Category(Base):
    """What appeals are about (DOMAIN 1.3): editable reference data."""

    __tablename__ = "category"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    executor_id: Mapped[int | None] = mapped_column(ForeignKey("executor.id"))  # who usually acts
    finish_hours: Mapped[int]  # the operational deadline class in hours (DOMAIN 3.2)
    active: Mapped[bool] = mapped_column(default=True)

    executor: Mapped[Executor | None] = relationship()


class Executor(Base):
    """A body that must act: utility, department, starosta."""

    __tablename__ = "executor"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)  # catalogue key after "body."
    title: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)


class Appeal(Base):
    """The card of an appeal (DOMAIN 8): a draft from the first spoken word, registered by an operator (law, art. 5)."""

    __tablename__ = "appeal"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), unique=True)  # one call makes one appeal
    public_no: Mapped[str | None] = mapped_column(String(24), unique=True)  # 15-80/2026/000123, given at registration
    status: Mapped[str] = mapped_column(String(24), index=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
    applicant: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(32), default="")
    address: Mapped[str] = mapped_column(String(300), default="")  # in one line, made of the parts below
    street: Mapped[str] = mapped_column(String(200), default="")  # as the register writes it, or any place in words
    street_id: Mapped[int | None]  # of the register, whose rows stay for ever; None: no street it knows
    house: Mapped[str] = mapped_column(String(20), default="")
    building: Mapped[str] = mapped_column(String(60), default="")  # корпус, секція, під'їзд
    flat: Mapped[str] = mapped_column(String(20), default="")
    settlement: Mapped[str] = mapped_column(String(80), default="")
    text: Mapped[str] = mapped_column(Text, default="")  # the operator's words; the transcript stays beside it
    category_code: Mapped[str | None] = mapped_column(ForeignKey("category.code"))
    urgency: Mapped[str] = mapped_column(String(2), default="")  # E0 | E1 | E2 | N1 (DOMAIN 3.2), "" not said yet
    kind: Mapped[str] = mapped_column(String(16), default="")  # what the machine takes the call for (db.uk.CALL_KIND)
    earlier_no: Mapped[str] = mapped_column(String(24), default="")  # the appeal this one repeats
    executor_id: Mapped[int | None] = mapped_column(ForeignKey("executor.id"))
    due_operational: Mapped[datetime | None]
    due_legal: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text, default="")  # what the executor reported (order, clause 2.3)
    returned_times: Mapped[int] = mapped_column(default=0)
    # Two operators on one card: the second is told, nothing is overwritten.
    version: Mapped[int] = mapped_column()

    call: Mapped[Call] = relationship(back_populates="appeal")
    category: Mapped[Category | None] = relationship()
    executor: Mapped[Executor | None] = relationship()
    moves: Mapped[list[AppealMove]] = relationship(order_by="AppealMove.id", back_populates="appeal")
    callbacks: Mapped[list[Callback]] = relationship(order_by="Callback.id", back_populates="appeal")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class AppealMove(Base):
    """One move of an appeal: who, when, from, to, why."""

    __tablename__ = "appeal_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # None: the system (ingest, feedback call)
    was: Mapped[str | None] = mapped_column(String(24))
    became: Mapped[str] = mapped_column(String(24))
    why: Mapped[str] = mapped_column(Text, default="")

    appeal: Mapped[Appeal] = relationship(back_populates="moves")
    by: Mapped[User | None] = relationship()


class Consultation(Base):
    """A call that was answered with an explanation: no appeal to forward (a third of all calls, DOMAIN 1.2)."""

    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class Notice(Base):
    """An outage or works, as a supplier told it (order, clause 2.1; DOMAIN 5.2)."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_no: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # planned | emergency | schedule | cascade
    effect: Mapped[str] = mapped_column(String(24))  # catalogue key after "notice."
    status: Mapped[str] = mapped_column(String(12), index=True)  # draft | active | restored | cancelled
    city_wide: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    ends_firm: Mapped[bool] = mapped_column(default=False)
    play_until: Mapped[datetime]  # obligatory: a notice expires by itself (CAP "expires")
    remark: Mapped[str] = mapped_column(Text, default="")  # approved for the public
    source: Mapped[str] = mapped_column(String(40), default="phone")
    executor_id: Mapped[int | None] = mapped_column(ForeignKey("executor.id"))
    received_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]  # restored or cancelled by a person

    places: Mapped[list[NoticePlace]] = relationship(order_by="NoticePlace.id", back_populates="notice")


class NoticePlace(Base):
    """A street of a notice; houses as text («22а», «100-102»), none: the whole street."""

    __tablename__ = "notice_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    street_kind: Mapped[str] = mapped_column(String(20))
    street: Mapped[str] = mapped_column(String(120))
    houses: Mapped[list[Any]]

    notice: Mapped[Notice] = relationship(back_populates="places")


class Callback(Base):
    """A feedback call that is owed to an applicant: one for each time the executor reported «done»."""

    __tablename__ = "callback"

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    round: Mapped[int]  # appeal.returned_times when it was scheduled
    phone: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16), index=True)  # scheduled | calling | done | gave_up | cancelled
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    result: Mapped[str | None] = mapped_column(
        String(24)
    )  # DOMAIN 6.3: completed, partial, refused, opted_out, unreachable
    done: Mapped[str | None] = mapped_column(String(8))  # yes | partly | no
    rating: Mapped[int | None]  # 1..5
    created_at: Mapped[datetime]

    appeal: Mapped[Appeal] = relationship(back_populates="callbacks")
    attempts: Mapped[list[CallbackAttempt]] = relationship(order_by="CallbackAttempt.n", back_populates="callback")

    __table_args__ = (UniqueConstraint("appeal_id", "round"),)


class CallbackAttempt(Base):
    """One dialling. The row is written before Asterisk is asked to dial, so a crash never dials twice."""

    __tablename__ = "callback_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    callback_id: Mapped[int] = mapped_column(ForeignKey("callback.id"), index=True)
    n: Mapped[int]
    call_id: Mapped[str | None] = mapped_column(ForeignKey("call.id"))  # the call it became, when answered
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(24))  # answered | busy | no_answer | failed; None: dialling

    callback: Mapped[Callback] = relationship(back_populates="attempts")

    __table_args__ = (UniqueConstraint("callback_id", "n"),)


class DoNotCall(Base):
    """A number that asked for no more feedback calls; kept as a hash, for ever (DOMAIN 6.3)."""

    __tablename__ = "do_not_call"

    phone_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


class User(Base):
    """A member of staff."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(12))  # operator | admin
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    session_key: Mapped[str] = mapped_column(String(64))  # changing it ends every open session
    created_at: Mapped[datetime]


class Audit(Base):
    """Who did what, chained by hashes so that a removed or changed row shows. Listening is an entry."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    what: Mapped[str] = mapped_column(String(40))  # login, login_refused, listened, moved, edited, ...
    about: Mapped[str] = mapped_column(String(120))  # "appeal 12", "recording 7"
    details: Mapped[str] = mapped_column(Text, default="")
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)  # unique: two writers cannot fork the chain
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Counter(Base):
    """The last number of a series: public numbers of a year, audit entries. Moved only by :mod:`db.numbers`."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int]
