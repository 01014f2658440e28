from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import notices
from db.models import Audit, Notice, User
from db.notices import NoticeRefused
from ivr_flows.questions import Moment, Outage, Place
from tests.db.conftest import NOON

STREET = Place("вулиця", "Кравчука", ("2", " 22а ", ""))


def enter(session: Session, at: datetime = NOON, **facts: Any) -> Notice:
    given = {
        "kind": "emergency",
        "effect": "no_power",
        "starts_at": NOON,
        "play_until": NOON + timedelta(hours=8),
        "by": None,
        "places": (STREET,),
    }
    return notices.enter(session, at=at, **{**given, **facts})


def test_a_notice_is_spoken_with_its_houses_and_its_end(session: Session, olena: User) -> None:
    notice = enter(session, by=olena, ends_at=NOON + timedelta(hours=6, minutes=30), remark=" Працює бригада ")
    assert notices.spoken(notice, NOON) == Outage(
        public_no="В-2026-00001",
        kind="emergency",
        effect="no_power",
        city_wide=False,
        places=(Place("вулиця", "Кравчука", ("2", "22а")),),
        ends=Moment(23, 11, 18, 30, "today"),
        ends_firm=False,
        remark="Працює бригада",
    )
    assert session.scalars(select(Audit.what).where(Audit.about == f"notice {notice.id}")).all() == ["notice_entered"]


def test_a_past_hour_is_never_promised(session: Session) -> None:
    notice = enter(session, ends_at=NOON + timedelta(hours=1))
    assert notices.spoken(notice, NOON + timedelta(hours=1)).ends is None


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(11, Moment(23, 11, 23, 0, "today")), (12, Moment(24, 11, 0, 0, "tomorrow")), (36, Moment(25, 11, 0, 0, "other"))],
)
def test_today_and_tomorrow_are_those_of_the_city(hours: int, expected: Moment) -> None:
    assert notices.moment(NOON + timedelta(hours=hours), NOON) == expected


def test_only_active_notices_of_now_are_read_newest_first(session: Session) -> None:
    street = enter(session)
    city = enter(session, at=NOON + timedelta(minutes=1), city_wide=True, places=())
    enter(session, draft=True)
    gone = enter(session)
    notices.restore(session, gone, None, NOON)
    notices.cancel(session, enter(session), None, NOON)
    assert notices.active(session, NOON) == [city, street]
    assert notices.active(session, NOON, city_wide=True) == [city]
    assert notices.active(session, NOON, city_wide=False) == [street]
    later = NOON + timedelta(hours=8)
    assert notices.active(session, later) == [], "expired, whether anybody swept or not"
    assert notices.status_at(street, later) == "expired" and notices.status_at(gone, later) == "restored"
    assert len(notices.ended(session, NOON)) == 2 and len(notices.ended(session, later)) == 5


def test_closing_twice_is_closing_once(session: Session, olena: User) -> None:
    notice = enter(session)
    notices.restore(session, notice, olena, NOON)
    notices.cancel(session, notice, olena, NOON + timedelta(hours=1))
    assert (notice.status, notice.closed_at) == ("restored", NOON)
    assert len(session.scalars(select(Audit).where(Audit.what == "notice_closed")).all()) == 1


def test_a_draft_is_published_once_and_in_time(session: Session, olena: User) -> None:
    notice = enter(session, draft=True)
    notices.publish(session, notice, olena, NOON)
    assert notices.active(session, NOON) == [notice]
    with pytest.raises(NoticeRefused):
        notices.publish(session, notice, olena, NOON)
    with pytest.raises(NoticeRefused):
        notices.publish(session, enter(session, draft=True), olena, NOON + timedelta(days=1))


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"places": ()}, "вулиці"),
        ({"effect": "no_beer"}, "no_beer"),
        ({"kind": "party"}, "party"),
        ({"ends_at": NOON - timedelta(hours=1)}, "пізніше"),
        ({"play_until": NOON}, "минув"),
        ({"play_until": NOON + timedelta(days=15)}, "14"),
    ],
)
def test_a_notice_that_cannot_be_read_out_is_refused(session: Session, wrong: dict[str, Any], word: str) -> None:
    with pytest.raises(NoticeRefused, match=word):
        enter(session, **wrong)
