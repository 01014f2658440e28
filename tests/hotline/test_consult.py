"""Consultations: an answer in time, or the call goes on without it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import text

from db import answers, migrate
from db.engine import Records, RecordsDown
from hotline.consult import READERS, Consultant
from ivr_flows.questions import AppealStatus, CityOutages, OutageList, StatusOf
from tests.support.postgres import database, postgres

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
LAST_KNOWN = OutageList(())


class NoRecords:
    @contextmanager
    def reading(self, _seconds):
        yield None


class RecordsAreDown:
    @contextmanager
    def reading(self, _seconds):
        raise RecordsDown("connection refused")
        yield


@pytest.fixture
def told(monkeypatch):
    def tell(answer):
        monkeypatch.setattr(answers, "answer", lambda session, question, at: answer() if callable(answer) else answer)

    return tell


def test_the_records_answer(told):
    told(AppealStatus("draft"))
    assert Consultant(NoRecords(), lambda at: None, 5)(StatusOf("1"), AT) == AppealStatus("draft")


def test_records_that_are_down_give_the_last_known_announcement():
    consult = Consultant(RecordsAreDown(), lambda at: LAST_KNOWN, 5)
    assert consult(CityOutages(), AT) == LAST_KNOWN
    assert consult(StatusOf("1"), AT) is None


def test_records_that_hang_do_not_hold_the_caller(told):
    let_go = Event()
    told(lambda: let_go.wait(30))
    try:
        assert Consultant(NoRecords(), lambda at: LAST_KNOWN, 0.05)(CityOutages(), AT) == LAST_KNOWN
    finally:
        let_go.set()


def test_a_locked_table_leaves_readers_for_the_other_questions():
    with postgres() as server, database(server, "city") as url:
        migrate.upgrade(url)
        records = Records(url)
        consult = Consultant(records, lambda at: None, 0.5)
        with records() as writer:
            writer.execute(text("LOCK TABLE appeal IN ACCESS EXCLUSIVE MODE"))
            with ThreadPoolExecutor(READERS) as callers:
                assert set(callers.map(lambda _: consult(StatusOf("000001"), AT), range(READERS))) == {None}
            assert consult(CityOutages(), AT) == OutageList(())
        records.close()


def test_questions_that_found_no_reader_are_not_asked_later(told):
    let_go, asked = Event(), []
    told(lambda: asked.append(let_go.wait(30)))
    consult = Consultant(NoRecords(), lambda at: None, 0.05)
    with ThreadPoolExecutor(READERS) as callers:
        list(callers.map(lambda _: consult(StatusOf("1"), AT), range(2 * READERS)))
    let_go.set()
    consult._readers.shutdown()
    assert len(asked) == READERS
