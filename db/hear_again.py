"""Old recordings heard once more by a better model: which, and what becomes of the new words.

The new transcript stands beside the old ones; :attr:`db.models.Recording.transcript` is the one people read. What a
person has corrected stays on top, and a registered card is never touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from sqlalchemy import Exists, exists, select, update
from sqlalchemy.orm import Session

from db.models import SURENESS, Recording, Transcript
from db.transcripts import UNTOUCHED, HeardWords, add_transcript, card_of, text_for_card


def to_hear_again(session: Session, engine: str, model: str, since: datetime | None) -> Sequence[Recording]:
    """Recordings this model has not heard yet, the newest first: a run that was broken off goes on where it was.

    Those without words yet are the workers' to hear.

    Args:
        since: recordings made before are left as they are (UTC); None: all.
    """
    query = select(Recording).where(Recording.state.in_(SURENESS), ~_heard(engine, model))
    if since is not None:
        query = query.where(Recording.made_at >= since)
    return session.scalars(query.order_by(Recording.made_at.desc(), Recording.id.desc())).all()


def keep_again(
    session: Session, recording_id: int, *, at: datetime, note: str = "", **heard: Unpack[HeardWords]
) -> bool:
    """Keep the words of another model. A second time, or by a second run at the same moment, changes nothing.

    Returns:
        Whether people read these words now.
    """
    mine = (Recording.id == recording_id) & Recording.state.in_(SURENESS) & ~_heard(heard["engine"], heard["model"])
    # An update that changes nothing: of two runs the other one waits here until this one has committed.
    held = session.execute(update(Recording).where(mine).values(reason=Recording.reason).returning(Recording.id))
    if held.scalar_one_or_none() is None:
        return False
    recording = session.get_one(Recording, recording_id, populate_existing=True)
    before = recording.transcript
    new = add_transcript(session, recording_id, at=at, **heard)
    if recording.transcript is not new:
        return False
    recording.state, recording.reason = new.state, note
    _put_into_card(session, recording_id, text_for_card(before) if before else "", text_for_card(new))
    session.flush()
    return True


def _heard(engine: str, model: str) -> Exists:
    return exists().where(
        Transcript.recording_id == Recording.id, Transcript.engine == engine, Transcript.model == model
    )


def _put_into_card(session: Session, recording_id: int, old: str, new: str) -> None:
    """The text of a draft follows as long as nobody has written another one."""
    appeal = card_of(session, recording_id)
    if appeal is None or appeal.status not in UNTOUCHED:
        return
    parts = appeal.text.split("\n") if appeal.text else []
    if old in parts:
        parts[parts.index(old)] = new
    elif not old and not parts:
        parts = [new]
    appeal.text = "\n".join(parts)
