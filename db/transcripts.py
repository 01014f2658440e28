"""Recordings on their way to words: who takes one, what was heard, what people corrected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, and_, case, or_, select, update
from sqlalchemy.orm import Session

from db import appeal_moves, audit
from db.models import SURENESS, Appeal, Correction, Recording, Transcript, User

CLAIM_S = 15 * 60
"""A recording taken for longer was taken by a worker that died; recognition of three minutes takes far less."""

FIRST_RETRY_S = 30
RETRY_AT_MOST_S = 30 * 60
"""After a failure: twice as long each time, up to this."""

DEATHS_IN_A_ROW = 2
"""So many workers may die over a recording before it is suspected and waits as after a failure."""

UNTOUCHED = frozenset({"new_recording", "draft"})
"""After registration the text is what an operator confirmed."""

MESSAGE = "appeal"
"""The name of a recording that says what the matter is."""

LIVE = ("growing", "followed")
"""The citizen still speaks."""
FREE = ("growing", "waiting")
TAKEN = ("followed", "taken")
UNSETTLED = (*FREE, *TAKEN)
"""Words are still to come."""


@dataclass(frozen=True)
class ReadWord:
    """A word as people read it.

    Attributes:
        start, end: seconds from the start of the file, always those of the recogniser.
        conf: 0..1; 1.0 for a person's correction.
        first_word, last_word: which of the recogniser's words it stands for, as :func:`correct` takes them.
    """

    text: str
    start: float
    end: float
    conf: float
    corrected: bool
    first_word: int
    last_word: int


class HeardWords(TypedDict):
    """What an engine made of a recording.

    Attributes:
        state: one of :data:`db.models.SURENESS`.
        words: ``{"word", "start", "end", "conf", "channel"}``, seconds from the start of the file.
    """

    engine: str
    model: str
    state: str
    text: str
    words: Iterable[Mapping[str, Any]]
    took_seconds: float


class NoSuchWords(Exception):
    """A correction names words the transcript does not have: the page was made by hand."""


def claim(session: Session, recording_id: int, at: datetime, by: str = "") -> Recording | None:
    """Take a recording; of any number of workers one gets it, the others get None. Commit before the work.

    Args:
        by: which worker, for :func:`give_back`.
    """
    taken = session.execute(
        update(Recording)
        .where(Recording.id == recording_id, free(at))
        .values(
            state=case((Recording.state.in_(LIVE), "followed"), else_="taken"),
            taken_at=at,
            taken_by=by,
            attempts=Recording.attempts + 1,
        )
        .returning(Recording.id)
    ).scalar_one_or_none()
    return None if taken is None else session.get(Recording, taken, populate_existing=True)


def give_back(session: Session, is_dead: Callable[[str], bool], at: datetime) -> int:
    """Let recordings wait again whose worker died over them; how many. ``CLAIM_S`` is only for workers nobody can see.

    At once, as a rule. A sound that kills every worker would take down with it what they do besides, again and again.

    Args:
        is_dead: whether the worker of this name is known to be gone.
    """
    taken = select(Recording.id, Recording.taken_by, Recording.attempts).where(Recording.state.in_(TAKEN))
    back = 0
    for recording_id, by, attempts in session.execute(taken).all():
        if by and is_dead(by):
            next_try_at = at + _pause(attempts) if attempts > DEATHS_IN_A_ROW else None
            back += _let_go(session, recording_id, next_try_at=next_try_at)
    return back


def keep(
    session: Session, recording_id: int, *, at: datetime, note: str = "", **heard: Unpack[HeardWords]
) -> Transcript | None:
    """Keep what was heard; the appeal becomes a draft with this text unless it was registered before.

    Only of a recording that is whole. May be called twice, or by two workers of one recording: the first result stays,
    the second returns None.

    Args:
        note: for the operator, in Ukrainian: why the text is doubtful.
    """
    if heard["state"] not in SURENESS:
        raise ValueError(f"a transcript cannot be {heard['state']}")
    if not _finish(session, recording_id, state=heard["state"], reason=note, next_try_at=None):
        return None
    transcript = add_transcript(session, recording_id, at=at, **heard)
    _draft(session, recording_id, text_for_card(transcript), at)
    return transcript


def add_transcript(session: Session, recording_id: int, *, at: datetime, **heard: Unpack[HeardWords]) -> Transcript:
    """The row of what was heard, and nothing else."""
    words = [dict(word) for word in heard["words"]]
    transcript = Transcript(recording_id=recording_id, made_at=at, **{**heard, "words": words})
    session.add(transcript)
    session.flush()
    session.expire(transcript.recording, ["transcripts"])
    return transcript


def text_for_card(transcript: Transcript) -> str:
    """What a card takes over; a doubtful text is no ground for it."""
    return transcript.text if transcript.state == "recognised" else ""


def fail(session: Session, recording_id: int, reason: str, at: datetime, *, unusable: bool = False) -> None:
    """Recognition did not work; the recording waits for another try and the reason shows in the panel.

    Args:
        reason: in Ukrainian, for the operator.
        unusable: the file is no sound. It is kept, and no one tries again.
    """
    recording = session.get(Recording, recording_id, populate_existing=True)
    if recording is None:
        return
    if unusable and recording.state not in LIVE:
        if _finish(session, recording_id, state="unusable", reason=reason, next_try_at=None):
            _draft(session, recording_id, "", at)
        return
    _let_go(session, recording_id, reason=reason, next_try_at=at + _pause(recording.attempts))


def correct(  # noqa: PLR0917 - where, what, who, when: read aloud in this order
    session: Session, transcript: Transcript, first_word: int, last_word: int, text: str, by: User, at: datetime
) -> Correction:
    """Put an operator's words in place of the words ``first_word``..``last_word`` (inclusive); "" takes them away.

    A span that cuts through an earlier correction is widened to hold all of it.

    Raises:
        NoSuchWords: see there.
    """
    if not 0 <= first_word <= last_word < len(transcript.words):
        raise NoSuchWords(f"words {first_word}..{last_word} of {len(transcript.words)}")
    touched = [word for word in reading(transcript) if word.last_word >= first_word and word.first_word <= last_word]
    correction = Correction(
        transcript_id=transcript.id,
        first_word=min(first_word, *(word.first_word for word in touched)),
        last_word=max(last_word, *(word.last_word for word in touched)),
        text=" ".join(text.split()),
        by_id=by.id,
        at=at,
    )
    transcript.corrections.append(correction)
    session.flush()
    audit.record(session, "corrected", f"recording {transcript.recording_id}", by=by, at=at)
    return correction


def reading(transcript: Transcript) -> list[ReadWord]:
    """The words people read: the recogniser's, with the latest correction of each span; timing stays as heard."""
    over: list[Correction | None] = [None] * len(transcript.words)
    for correction in transcript.corrections:
        over[correction.first_word : correction.last_word + 1] = [correction] * (
            correction.last_word - correction.first_word + 1
        )
    read: list[ReadWord] = []
    shown: set[Correction] = set()
    for n, covered in enumerate(over):
        if covered is None:
            read.append(_heard(transcript.words, n))
        elif covered not in shown:
            shown.add(covered)
            read.append(_corrected(transcript.words, covered))
    return read


def reading_text(transcript: Transcript) -> str:
    """The corrected text in one line."""
    return " ".join(word.text for word in reading(transcript) if word.text)


def _heard(words: list[Any], n: int) -> ReadWord:
    word = words[n]
    conf = float(word.get("conf", 1.0))
    return ReadWord(str(word["word"]), float(word["start"]), float(word["end"]), conf, False, n, n)


def _corrected(words: list[Any], correction: Correction) -> ReadWord:
    first, last = correction.first_word, correction.last_word
    start, end = float(words[first]["start"]), float(words[last]["end"])
    return ReadWord(correction.text, start, end, 1.0, True, first, last)


def free(at: datetime) -> ColumnElement[bool]:
    """A recording that may be claimed now."""
    due = or_(Recording.next_try_at.is_(None), Recording.next_try_at <= at)
    stale = and_(Recording.state.in_(TAKEN), Recording.taken_at <= at - timedelta(seconds=CLAIM_S))
    return or_(and_(Recording.state.in_(FREE), due), stale)


def _pause(attempts: int) -> timedelta:
    return timedelta(seconds=min(FIRST_RETRY_S * 2 ** min(max(attempts - 1, 0), 10), RETRY_AT_MOST_S))


def _let_go(session: Session, recording_id: int, **values: Any) -> bool:
    """Give a taken recording back to those that wait; False when somebody did so before."""
    waits = case((Recording.state == "followed", "growing"), else_="waiting")
    return _leave(session, recording_id, TAKEN, state=waits, **values)


def _finish(session: Session, recording_id: int, **values: Any) -> bool:
    """Leave ``taken`` for good; False when somebody did so before, or when the recording still grows."""
    return _leave(session, recording_id, ("taken",), **values)


def _leave(session: Session, recording_id: int, states: tuple[str, ...], **values: Any) -> bool:
    left = session.execute(
        update(Recording)
        .where(Recording.id == recording_id, Recording.state.in_(states))
        .values(**values, taken_at=None, taken_by="")
        .returning(Recording.id)
    )
    return left.scalar_one_or_none() is not None


def _draft(session: Session, recording_id: int, text: str, at: datetime) -> None:
    appeal = card_of(session, recording_id)
    if appeal is None:
        return
    # Two messages of one call (the line died, the caller spoke again) stand one below the other.
    if appeal.status in UNTOUCHED:
        appeal.text = "\n".join(part for part in (appeal.text, text) if part)
    if appeal.status == "new_recording":
        appeal_moves.move(session, appeal, "draft", by=None, at=at)


def card_of(session: Session, recording_id: int, names: Collection[str] = (MESSAGE,)) -> Appeal | None:
    """The card of a message. An operator may save it at this very moment: the row is read again and held.

    Args:
        names: recordings of other names (answers to questions) have no card here.
    """
    return session.scalar(
        select(Appeal)
        .join(Recording, Recording.call_id == Appeal.call_id)
        .where(Recording.id == recording_id, Recording.name.in_(names))
        .with_for_update(of=Appeal)
        .execution_options(populate_existing=True)
    )
