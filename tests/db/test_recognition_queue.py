"""Whose turn is it? Alarms, then the shortest, and now and then the one that has waited longest."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from db import transcripts
from db.draft_tables import Alarm
from db.models import Appeal, Recording
from db.recognition_queue import finished, growing
from tests.db.conftest import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def long_and_old(session: Session, appeal: Appeal) -> Recording:
    return recording(session, appeal, 170.0, 9)


def recording(session: Session, appeal: Appeal, seconds: float, minutes_ago: int, state: str = "waiting") -> Recording:
    ended_by = "" if state in transcripts.LIVE else "hangup"
    made_at = NOON - minutes_ago * MINUTE
    row = Recording(
        call_id=appeal.call_id, name="appeal", file=f"{minutes_ago}-appeal.wav", seconds=seconds, ended_by=ended_by
    )
    row.made_at, row.state = made_at, state
    session.add(row)
    session.flush()
    return row


def test_the_shortest_goes_first_and_of_equals_the_oldest(
    session: Session, appeal: Appeal, long_and_old: Recording
) -> None:
    recording(session, appeal, 5.0, 1)
    old = recording(session, appeal, 5.0, 3)
    assert finished(session, NOON) == old.id
    assert finished(session, NOON, oldest=True) == long_and_old.id


def test_danger_goes_before_everything(session: Session, appeal: Appeal, long_and_old: Recording) -> None:
    recording(session, appeal, 5.0, 1)
    session.add(Alarm(recording=long_and_old, dial="104", words="газ", why="запах газу", raised_at=NOON))
    session.flush()
    assert finished(session, NOON) == long_and_old.id


def test_what_a_worker_holds_takes_its_turns_with_what_waits(
    session: Session, appeal: Appeal, long_and_old: Recording
) -> None:
    transcripts.claim(session, long_and_old.id, NOON, "city:1")
    assert finished(session, NOON) is None, "another worker has it"
    assert finished(session, NOON, [long_and_old.id]) == long_and_old.id
    short = recording(session, appeal, 5.0, 1)
    assert finished(session, NOON, [long_and_old.id]) == short.id
    assert finished(session, NOON, [long_and_old.id], more=False) == long_and_old.id


def test_who_speaks_is_not_among_the_finished_and_the_first_who_began_is_followed_first(
    session: Session, appeal: Appeal
) -> None:
    recording(session, appeal, 4.0, 1, "growing")
    first = recording(session, appeal, 8.0, 2, "growing")
    assert finished(session, NOON) is None
    assert growing(session, NOON) == first.id
    transcripts.claim(session, first.id, NOON, "city:1")
    assert growing(session, NOON) != first.id


def test_a_sound_that_kills_its_workers_waits_longer_each_time(session: Session, long_and_old: Recording) -> None:
    at, waited = NOON, []
    for _ in range(5):
        assert transcripts.claim(session, long_and_old.id, at, "city:1") is not None
        transcripts.give_back(session, lambda worker: True, at)
        session.refresh(long_and_old)
        next_try_at = long_and_old.next_try_at or at
        waited.append((next_try_at - at).total_seconds())
        at = next_try_at
    assert waited == [0, 0, 120, 240, 480]
