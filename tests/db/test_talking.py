"""Who is speaking now."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from db import talking
from db.live_tables import LiveWords
from db.models import Appeal, Recording
from db.talking import FORGOTTEN
from tests.db.conftest import NOON, new_appeal


def speaks(session: Session, appeal: Appeal, at: datetime, *, state: str = "growing", words: str = "") -> Recording:
    recording = Recording(
        call=appeal.call, name="appeal", file="2-appeal.wav", seconds=2, ended_by="", made_at=at, state=state
    )
    session.add(recording)
    session.flush()
    if words:
        heard = [{"word": word, "start": 0.0, "end": 1.0, "conf": 0.9, "channel": 0} for word in words.split()]
        session.add(LiveWords(recording_id=recording.id, words=heard, heard_seconds=4.0, at=at))
        session.flush()
    return recording


def test_whoever_began_first_stands_first_with_the_words_so_far(session: Session) -> None:
    later = speaks(session, new_appeal(session, call_id="ast-1.2"), NOON, words="немає світла")
    earlier = speaks(session, new_appeal(session), NOON - timedelta(seconds=20), state="followed")
    now = NOON + timedelta(seconds=10)
    assert [talk.recording for talk in talking.talking(session, now)] == [earlier, later]
    second = talking.talking(session, now)[1]
    assert (second.text, second.elapsed(now), second.behind(now)) == ("немає світла", 10.0, 6.0)


def test_a_message_that_is_over_is_no_talk(session: Session, appeal: Appeal) -> None:
    recording = speaks(session, appeal, NOON, words="немає світла")
    assert talking.talk_of(session, recording) is not None
    recording.state = "waiting"
    session.flush()
    assert talking.talking(session, NOON) == []
    assert talking.talk_of(session, recording) is None


@pytest.mark.parametrize(("gone", "shown"), [(FORGOTTEN - timedelta(seconds=1), 1), (FORGOTTEN, 0)])
def test_a_recording_left_behind_by_a_crash_does_not_speak_for_ever(
    session: Session, appeal: Appeal, gone: timedelta, shown: int
) -> None:
    speaks(session, appeal, NOON)
    assert len(talking.talking(session, NOON + gone)) == shown
