"""Danger to life: told once, shown until somebody takes it, taken by one person."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy.orm import Session

from db import alarms, audit
from db.alarms import SHOWN, Danger
from db.draft_tables import MAX_DIAL, Alarm
from db.engine import Records
from db.models import Appeal, Recording, User
from tests.db.conftest import NOON, new_appeal, operator

GAS = Danger("104", "пахне газом", "запах газу")


def recording_of(session: Session, appeal: Appeal) -> int:
    recording = Recording(call=appeal.call, name="appeal", file="2-appeal.wav", seconds=2, ended_by="", made_at=NOON)
    session.add(recording)
    session.flush()
    return recording.id


@pytest.fixture
def recording(session: Session, appeal: Appeal) -> int:
    return recording_of(session, appeal)


def test_words_that_come_again_and_again_raise_one_alarm(session: Session, recording: int) -> None:
    assert [alarm.dial for alarm in alarms.raise_alarms(session, recording, [GAS], NOON)] == ["104"]
    assert alarms.raise_alarms(session, recording, [GAS, GAS], NOON) == []
    fire = Danger("101", "горить", "пожежа")
    assert [alarm.dial for alarm in alarms.raise_alarms(session, recording, [GAS, fire], NOON)] == ["101"]
    assert [alarm.dial for alarm in alarms.unseen(session, NOON)] == ["101", "104"]


def test_an_alarm_that_was_taken_is_not_raised_again(session: Session, recording: int, olena: User) -> None:
    (alarm,) = alarms.raise_alarms(session, recording, [GAS], NOON)
    assert alarms.take(session, alarm.id, olena, NOON)
    assert alarms.raise_alarms(session, recording, [GAS], NOON) == []
    assert alarms.unseen(session, NOON) == []


def test_taking_it_is_an_audit_entry_and_stays_in_the_card(
    session: Session, appeal: Appeal, recording: int, olena: User
) -> None:
    (alarm,) = alarms.raise_alarms(session, recording, [GAS], NOON)
    alarms.take(session, alarm.id, olena, NOON)
    session.expire_all()
    (shown,) = alarms.of_call(session, appeal.call_id)
    assert shown.seen_by is olena and shown.seen_at == NOON
    assert audit.verify(session) is None
    assert "alarm_taken" in [entry.what for entry in session.query(audit.Audit)]


def test_nobody_takes_an_alarm_that_is_not_there(session: Session, olena: User) -> None:
    assert not alarms.take(session, 999_999, olena, NOON)


def test_of_two_people_one_gets_it(records: Records) -> None:
    with records() as session:
        recording = recording_of(session, new_appeal(session))
        (alarm,) = alarms.raise_alarms(session, recording, [GAS], NOON)
        people = [operator(session, login).id for login in ("olena", "iryna")]
        session.commit()
        alarm_id = alarm.id
    start, got = Barrier(2), []

    def take(who: int) -> None:
        with records() as session:
            by = session.get_one(User, who)
            start.wait()
            got.append(alarms.take(session, alarm_id, by, NOON))
            session.commit()

    threads = [Thread(target=take, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False, True]


def test_an_alarm_of_the_last_shift_is_no_news(session: Session, appeal: Appeal, recording: int) -> None:
    alarms.raise_alarms(session, recording, [GAS], NOON)
    assert len(alarms.unseen(session, NOON + SHOWN - timedelta(seconds=1))) == 1
    assert alarms.unseen(session, NOON + SHOWN) == []
    assert len(alarms.of_call(session, appeal.call_id)) == 1, "the card keeps it"


def test_advice_of_any_length_raises_one_alarm(session: Session, recording: int) -> None:
    long = Danger("диспетчерську ліфтів " * 9, "застряг у ліфті", "людина в ліфті")
    for _ in range(2):
        alarms.raise_alarms(session, recording, [long], NOON)
    assert [len(alarm.dial) for alarm in session.query(Alarm)] == [MAX_DIAL]
