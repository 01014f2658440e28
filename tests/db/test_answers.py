from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import appeals, callbacks
from db.addresses import NOWHERE
from db.answers import answer
from db.appeal_moves import ALLOWED_MOVES
from db.models import Appeal, Callback, Executor, User
from db.receipts import receipt
from ivr_flows.questions import (
    AppealStatus,
    CityOutages,
    FeedbackAbout,
    FeedbackSubject,
    Moment,
    OutageList,
    StatusOf,
    StreetOutages,
)
from tests.db.conftest import NOON, new_appeal
from tests.db.test_callbacks import FOUR, make_done
from tests.db.test_notices import enter

RECEIPT = receipt(NOON.date(), 1)


@pytest.fixture
def known(session: Session, appeal: Appeal) -> Appeal:
    appeal.call.receipt = RECEIPT
    return appeal


def test_city_and_street_outages_are_told_apart(session: Session) -> None:
    enter(session)
    enter(session, city_wide=True, places=())
    city, streets = answer(session, CityOutages(), NOON), answer(session, StreetOutages(), NOON)
    assert isinstance(city, OutageList) and [outage.city_wide for outage in city.outages] == [True]
    assert isinstance(streets, OutageList) and [outage.city_wide for outage in streets.outages] == [False]


@pytest.mark.parametrize("status", ALLOWED_MOVES)
def test_every_status_has_a_stage_the_line_can_say(session: Session, known: Appeal, status: str) -> None:
    known.status = status
    told = answer(session, StatusOf(RECEIPT), NOON)
    assert isinstance(told, AppealStatus)
    assert told.stage in ("draft", "registered", "forwarded", "in_progress", "done", "returned", "closed")


def test_the_caller_hears_who_acts_and_until_when(session: Session, known: Appeal, olena: User) -> None:
    appeals.edit(
        session, known, by=olena, at=NOON, applicant="", phone="", place=NOWHERE, text="Темно", category_code="ELEC"
    )
    number = appeals.register(session, known, by=olena, at=NOON)
    energy = session.scalars(select(Executor).where(Executor.code == "energy")).one()
    appeals.forward(session, known, energy, by=olena, at=NOON)
    expected = AppealStatus("forwarded", due=Moment(23, 11, 14, 0, "today"), body="energy")
    assert answer(session, StatusOf(RECEIPT), NOON) == expected
    assert answer(session, StatusOf(number[-6:]), NOON) == expected
    assert answer(session, StatusOf("1"), NOON + timedelta(days=60)) == AppealStatus(
        "forwarded", overdue=True, body="energy"
    ), "in January the numbers of the old year are still known"
    energy.code = "new_body"
    told = answer(session, StatusOf(RECEIPT), NOON)
    assert isinstance(told, AppealStatus) and told.body == "other"


@pytest.mark.parametrize(
    "number", ["", "0", "99999999", RECEIPT[:-1] + str((int(RECEIPT[-1]) + 1) % 10), "٣", "1" * 40]
)
def test_an_unknown_number_is_unknown(session: Session, known: Appeal, number: str) -> None:
    assert answer(session, StatusOf(number), NOON) == AppealStatus("unknown")


def test_the_receipt_of_last_year_is_not_mixed_up_with_this_years(session: Session, known: Appeal) -> None:
    known.status = "rejected"
    again = new_appeal(session, call_id="ast-2.2", at=NOON + timedelta(days=365))
    again.call.receipt = RECEIPT
    assert answer(session, StatusOf(RECEIPT), NOON + timedelta(days=366)) == AppealStatus("draft")
    assert answer(session, StatusOf(RECEIPT), NOON + timedelta(days=731)) == AppealStatus("unknown")


def test_a_feedback_call_knows_its_appeal_by_number_and_day(session: Session, known: Appeal, olena: User) -> None:
    make_done(session, known, olena)
    callback = session.scalars(select(Callback)).one()
    attempt = callbacks.start_attempt(session, callback, FOUR)
    assert answer(session, FeedbackAbout(attempt.id), FOUR) == FeedbackSubject(RECEIPT, 23, 11)
    known.call.receipt = None
    assert answer(session, FeedbackAbout(attempt.id), FOUR) == FeedbackSubject("000001", 23, 11)
    assert answer(session, FeedbackAbout(4711), FOUR) is None
