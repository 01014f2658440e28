from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from db import appeals, uk
from db.addresses import Place
from db.appeals import ALLOWED_MOVES, MoveNotAllowed
from db.engine import Records
from db.models import Appeal, Audit, Callback, Category, Consultation, Executor, User
from tests.db.conftest import NOON, new_appeal, operator


def fill(session: Session, appeal: Appeal, by: User, **changes: Any) -> tuple[str, ...]:
    card: dict[str, Any] = {
        "applicant": "Ганна Тестова",
        "phone": "050 111 22 33",
        "place": Place("вул. Кравчука", "2"),
        "text": "Немає світла",
        "category_code": "ELEC",
    }
    return appeals.edit(session, appeal, by=by, at=NOON, **{**card, **changes})


def energy(session: Session) -> Executor:
    return session.scalars(select(Executor).where(Executor.code == "energy")).one()


@pytest.fixture
def registered(session: Session, appeal: Appeal, olena: User) -> Appeal:
    fill(session, appeal, olena)
    appeals.register(session, appeal, by=olena, at=NOON)
    return appeal


def test_an_appeal_goes_its_whole_way_and_every_move_leaves_a_row(
    session: Session, registered: Appeal, olena: User
) -> None:
    appeals.forward(session, registered, energy(session), by=olena, at=NOON)
    appeals.move(session, registered, "accepted", by=olena, at=NOON)
    appeals.move(session, registered, "in_progress", by=olena, at=NOON)
    appeals.report_done(session, registered, "Замінено запобіжник", by=olena, at=NOON)
    assert registered.status == "feedback_pending"
    assert [(move.was, move.became, move.by_id) for move in registered.moves] == [
        (None, "new_recording", None),
        ("new_recording", "registered", olena.id),
        ("registered", "forwarded", olena.id),
        ("forwarded", "accepted", olena.id),
        ("accepted", "in_progress", olena.id),
        ("in_progress", "done_reported", olena.id),
        ("done_reported", "feedback_pending", None),
    ]
    callback = session.scalars(select(Callback)).one()
    assert callback.phone == "380501112233"
    assert callback.due_at == datetime(2026, 11, 23, 14, 0, tzinfo=UTC), (
        "two hours later is 14:00, the window opens at 16:00"
    )


def test_registration_gives_a_number_and_both_deadlines(registered: Appeal) -> None:
    assert registered.public_no == "15-80/2026/000001"
    assert registered.due_operational == NOON + timedelta(hours=2)
    assert registered.due_legal == datetime(2026, 12, 23, 10, 0, tzinfo=UTC)


def test_a_month_after_the_last_of_january_is_the_last_of_february(session: Session, olena: User) -> None:
    appeal = new_appeal(session, at=datetime(2027, 1, 31, 10, 0, tzinfo=UTC))
    fill(session, appeal, olena)
    appeals.register(session, appeal, by=olena, at=appeal.received_at)
    assert appeal.due_legal == datetime(2027, 2, 28, 10, 0, tzinfo=UTC)


def test_numbers_start_anew_with_the_citys_new_year(session: Session, olena: User) -> None:
    eve = datetime(2026, 12, 31, 21, 59, tzinfo=UTC)  # 23:59 in Kyiv
    numbers = []
    for n, at in enumerate((eve, eve + timedelta(minutes=1))):
        appeal = new_appeal(session, call_id=f"ast-{n}.1", at=at)
        fill(session, appeal, olena)
        numbers.append(appeals.register(session, appeal, by=olena, at=at))
    assert numbers == ["15-80/2026/000001", "15-80/2027/000001"]


@pytest.mark.parametrize(("missing", "word"), [({"text": " "}, "суть"), ({"category_code": ""}, "категорію")])
def test_registration_needs_text_and_category(
    session: Session, appeal: Appeal, olena: User, missing: dict[str, str], word: str
) -> None:
    fill(session, appeal, olena, **missing)
    with pytest.raises(MoveNotAllowed, match=word):
        appeals.register(session, appeal, by=olena, at=NOON)
    assert appeal.public_no is None and appeal.status == "new_recording"


def test_an_appeal_is_registered_once(session: Session, registered: Appeal, olena: User) -> None:
    with pytest.raises(MoveNotAllowed):
        appeals.register(session, registered, by=olena, at=NOON)
    assert registered.public_no == "15-80/2026/000001"


def test_no_move_outside_the_table_is_possible(session: Session, appeal: Appeal, olena: User) -> None:
    appeal.public_no, appeal.outcome, appeal.executor = "15-80/2026/000001", "зроблено", energy(session)
    for was, allowed in ALLOWED_MOVES.items():
        for to in ALLOWED_MOVES.keys() - allowed:
            appeal.status = was
            with pytest.raises(MoveNotAllowed) as refused:
                appeals.move(session, appeal, to, by=olena, at=NOON)
            assert uk.APPEAL_STATUS[to] in str(refused.value)
            assert appeal.status == was


def test_every_status_has_a_ukrainian_word_and_is_reachable() -> None:
    assert uk.APPEAL_STATUS.keys() == ALLOWED_MOVES.keys()
    assert frozenset().union(*ALLOWED_MOVES.values()) | {"new_recording"} == ALLOWED_MOVES.keys()


def test_obligatory_things_are_asked_for(session: Session, registered: Appeal, olena: User) -> None:
    with pytest.raises(MoveNotAllowed, match="виконавця"):
        appeals.move(session, registered, "forwarded", by=olena, at=NOON)
    appeals.forward(session, registered, energy(session), by=olena, at=NOON)
    with pytest.raises(MoveNotAllowed, match="що зроблено"):
        appeals.report_done(session, registered, "  ", by=olena, at=NOON)
    assert registered.status == "forwarded"


def test_a_slip_is_taken_back(session: Session, appeal: Appeal, registered: Appeal, olena: User) -> None:
    appeals.move(session, registered, "duplicate", by=olena, at=NOON, why="15-80/2026/000007")
    with pytest.raises(MoveNotAllowed, match="чернеткою"):
        appeals.move(session, registered, "draft", by=olena, at=NOON)
    appeals.move(session, registered, "registered", by=olena, at=NOON)
    other = new_appeal(session, call_id="ast-2.2")
    appeals.move(session, other, "rejected", by=olena, at=NOON)
    with pytest.raises(MoveNotAllowed):
        appeals.move(session, other, "registered", by=olena, at=NOON)
    appeals.move(session, other, "draft", by=olena, at=NOON)
    assert (registered.status, other.status) == ("registered", "draft")


def test_a_consultation_keeps_what_was_explained(session: Session, appeal: Appeal, olena: User) -> None:
    for text in ("Графік на сайті", "Графік на сайті обленерго"):
        appeals.move(session, appeal, "consultation", by=olena, at=NOON, why=text)
        appeals.move(session, appeal, "draft", by=olena, at=NOON)
    kept = session.scalars(select(Consultation)).one()
    assert kept.text == "Графік на сайті обленерго" and kept.call_id == appeal.call_id


@pytest.mark.parametrize("phone", ["", "anonymous", "+48600123456", "0900123456", "101"])
def test_whom_the_line_may_not_phone_is_closed_with_the_reason(
    session: Session, registered: Appeal, olena: User, phone: str
) -> None:
    registered.phone = phone
    appeals.forward(session, registered, energy(session), by=olena, at=NOON)
    appeals.report_done(session, registered, "Замінено", by=olena, at=NOON)
    assert registered.status == "closed_unreachable" and registered.moves[-1].why
    assert session.scalars(select(Callback)).all() == []


def test_the_audit_names_changed_fields_and_never_their_values(session: Session, appeal: Appeal, olena: User) -> None:
    assert fill(session, appeal, olena) == ("applicant", "address", "text", "category")
    assert fill(session, appeal, olena) == ()
    edits = session.scalars(select(Audit).where(Audit.what == "edited")).all()
    assert [edit.details for edit in edits] == ["applicant, address, text, category"]


def test_a_category_that_does_not_exist_is_refused(session: Session, appeal: Appeal, olena: User) -> None:
    with pytest.raises(MoveNotAllowed, match="NOPE"):
        fill(session, appeal, olena, category_code="NOPE")


def test_the_second_of_two_operators_overwrites_nothing(records: Records) -> None:
    with records() as session:
        appeal_id = new_appeal(session).id
        olena = operator(session)
        session.commit()
    with records() as first, records() as second:
        ours, theirs = first.get_one(Appeal, appeal_id), second.get_one(Appeal, appeal_id)
        first.commit()
        fill(second, theirs, olena, text="друга")
        second.commit()
        ours.text = "перша"
        with pytest.raises(StaleDataError):
            first.flush()
    with records() as session:
        assert session.get_one(Appeal, appeal_id).text == "друга"


def test_public_numbers_are_unique_and_without_gaps_under_threads(records: Records) -> None:
    many = 12
    with records() as session:
        olena = operator(session)
        ids = [new_appeal(session, call_id=f"ast-{n}.1").id for n in range(many)]
        session.commit()

    def register(appeal_id: int) -> str:
        with records() as session:
            appeal = session.get_one(Appeal, appeal_id)
            by = session.get_one(User, olena.id)
            fill(session, appeal, by)
            number = appeals.register(session, appeal, by=by, at=NOON)
            session.commit()
            return number

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(register, ids))
    assert sorted(numbers) == [f"15-80/2026/{n:06}" for n in range(1, many + 1)]


def test_a_rolled_back_registration_gives_its_number_back(records: Records) -> None:
    with records() as session:
        olena, appeal = operator(session), new_appeal(session)
        session.commit()
    for commit in (False, True):
        with records() as session:
            ours = session.get_one(Appeal, appeal.id)
            by = session.get_one(User, olena.id)
            fill(session, ours, by)
            assert appeals.register(session, ours, by=by, at=NOON) == "15-80/2026/000001"
            if commit:
                session.commit()


def test_overdue_is_told_by_either_deadline_and_only_while_somebody_must_act(
    session: Session, registered: Appeal, olena: User
) -> None:
    late = NOON + timedelta(hours=3)
    assert not appeals.overdue(registered, NOON) and appeals.overdue(registered, late)
    assert [item.id for item in appeals.listing(session, status="overdue", at=late).items] == [registered.id]
    appeals.forward(session, registered, energy(session), by=olena, at=NOON)
    appeals.report_done(session, registered, "Замінено", by=olena, at=NOON)
    assert not appeals.overdue(registered, late), "the applicant is being asked"
    assert appeals.listing(session, status="overdue", at=late).total == 0
    month = NOON + timedelta(days=31)
    assert appeals.overdue(registered, month) and appeals.listing(session, status="overdue", at=month).total == 1
    appeals.move(session, registered, "closed_confirmed", by=olena, at=NOON)
    assert not appeals.overdue(registered, month) and appeals.listing(session, status="overdue", at=month).total == 0


@pytest.mark.parametrize(
    "query", ["000001", "КРАВЧУКА", "кравчука, 2", "ганна", "світла", "0501112233", "050 111-22", "32700011", "%", ""]
)
def test_an_appeal_is_found_by_what_an_operator_remembers(session: Session, registered: Appeal, query: str) -> None:
    new_appeal(session, call_id="ast-2.2", phone="380997777777").call.receipt = "12300045"
    found = appeals.listing(session, query=query, at=NOON)
    expected = {"%": 0, "": 2}.get(query, 1)
    assert found.total == expected and len(found.items) == expected


def test_the_list_has_pages_and_the_newest_first(session: Session) -> None:
    for n in range(5):
        new_appeal(session, call_id=f"ast-{n}.1", at=NOON + timedelta(minutes=n))
    pages = [appeals.listing(session, page=page, per_page=2, at=NOON) for page in (1, 2, 3, 4)]
    assert [[item.call_id for item in page.items] for page in pages] == [
        ["ast-4.1", "ast-3.1"],
        ["ast-2.1", "ast-1.1"],
        ["ast-0.1"],
        [],
    ]
    assert {page.total for page in pages} == {5}


def test_counters_name_every_status(session: Session, registered: Appeal) -> None:
    new_appeal(session, call_id="ast-2.2")
    counted = appeals.counters(session)
    assert counted.keys() == ALLOWED_MOVES.keys()
    assert (counted["registered"], counted["new_recording"], counted["draft"]) == (1, 1, 0)


def test_seeding_again_keeps_what_staff_changed(session: Session) -> None:
    from db.seed import CATEGORIES, EXECUTORS, seed

    session.get_one(Category, "ELEC").finish_hours = 5
    energy(session).title = "Обленерго"
    session.flush()
    seed(session)
    assert session.get_one(Category, "ELEC").finish_hours == 5 and energy(session).title == "Обленерго"
    assert len(session.scalars(select(Category)).all()) == len(CATEGORIES)
    assert len(session.scalars(select(Executor)).all()) == len(EXECUTORS)
