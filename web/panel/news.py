"""What an open card must follow: words that are being said, and changes of the card itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db import alarms, drafts, lookups, talking
from db.models import Appeal
from db.talking import Talk

LAG_STEP_S = 5
"""The lag is told anew when it has grown by so much."""


@dataclass(frozen=True, slots=True)
class News:
    """One look.

    Attributes:
        talk: the message that is being spoken, None when nobody speaks.
        card: changes whenever the card, its words or its suggestions do.
        people: how often people changed the card.
        behind: by how many seconds the words lag behind the voice.
        stamp: changes with any of it.
    """

    talk: Talk | None
    card: str
    people: int
    behind: float
    stamp: str


def news_of(session: Session, appeal: Appeal, at: datetime) -> News:
    """The state of a card this moment."""
    tapes = [recording for recording in appeal.call.recordings if recording.name == "appeal"]
    talk = next((found for tape in tapes if (found := talking.talk_of(session, tape))), None)
    draft = drafts.draft_of(session, appeal)
    facts = [
        appeal.version,
        *(f"{tape.id}{'live' if talk and talk.recording is tape else tape.state}" for tape in tapes),
        sum(len(rows) for rows in draft.suggestions.values()),
        len(alarms.of_call(session, appeal.call_id)),
    ]
    card = "-".join(str(fact) for fact in facts)
    people = lookups.people_changes(session, appeal)
    behind = talk.behind(at) if talk else 0.0
    heard = f"{talk.heard_seconds}-{int(behind / LAG_STEP_S)}" if talk else ""
    return News(talk, card, people, behind, f"{card}-{people}-{heard}")
