from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import appeals, callbacks
from db.addresses import NOWHERE
from db.callbacks import AttemptNotAllowed, CallbackPolicy, NoCallingHours, next_moment
from db.engine import Records
from db.models import Appeal, Callback, CallbackAttempt, DoNotCall, Executor, User
from ivr_flows.commands import Ask, Record
from ivr_flows.replies import HungUp, Pressed, Silence, Taped
from ivr_flows.run import CallFacts, Entry
from tests.db.city import City
from tests.db.conftest import NOON, new_appeal, operator

POLICY = CallbackPolicy()
KYIV = ZoneInfo("Europe/Kyiv")
FOUR = datetime(2026, 11, 23, 16, 0, tzinfo=KYIV).astimezone(UTC)
"""When the first call about an appeal done at noon may be made."""


def kyiv(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=KYIV)


def make_done(session: Session, appeal: Appeal, by: User) -> None:
    appeals.edit(
        session,
        appeal,
        by=by,
        at=NOON,
        applicant="",
        phone=appeal.phone,
        place=NOWHERE,
        text="Темно",
        category_code="LIGHT",
    )
    if appeal.public_no is None:
        appeals.register(session, appeal, by=by, at=NOON)
    executor = session.scalars(select(Executor).where(Executor.code == "light")).one()
    appeals.forward(session, appeal, executor, by=by, at=NOON)
    appeals.report_done(session, appeal, "Замінено лампу", by=by, at=NOON)


@pytest.fixture
def callback(session: Session, appeal: Appeal, olena: User) -> Callback:
    make_done(session, appeal, olena)
    return session.scalars(select(Callback)).one()


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (kyiv(23, 9), kyiv(23, 10)),
        (kyiv(23, 10), kyiv(23, 10)),
        (kyiv(23, 12, 59), kyiv(23, 12, 59)),
        (kyiv(23, 13), kyiv(23, 16)),
        (kyiv(23, 19, 30), kyiv(24, 10)),
        (kyiv(27, 23), kyiv(28, 11)),  # Friday night -> Saturday
        (kyiv(28, 17), kyiv(30, 10)),  # Saturday evening -> Monday
        (kyiv(29, 12), kyiv(30, 10)),  # Sunday
        (kyiv(24, 20, month=12), kyiv(26, 11, month=12)),  # Christmas, a Friday
        (kyiv(23, 20, month=8), kyiv(25, 10, month=8)),  # Independence Day
        (kyiv(24, 23, month=10), kyiv(26, 10, month=10)),  # clocks change on Sunday night
    ],
)
def test_citizens_are_phoned_in_calling_hours_only(after: datetime, expected: datetime) -> None:
    assert next_moment(POLICY, after) == expected


def test_a_policy_without_hours_is_told() -> None:
    with pytest.raises(NoCallingHours):
        next_moment(CallbackPolicy(windows={}), NOON)
    assert next_moment(CallbackPolicy(windows={6: ((time(0), time(23)),)}), NOON).astimezone(KYIV).date() == date(
        2026, 11, 29
    )


def test_a_callback_is_due_in_the_next_window_and_not_at_night(session: Session, callback: Callback) -> None:
    assert callbacks.due(session, NOON + timedelta(hours=1), POLICY) == []
    assert callbacks.due(session, FOUR, POLICY) == [callback]
    assert callbacks.due(session, kyiv(23, 21), POLICY) == []


def test_three_attempts_nobody_answers_close_the_appeal(session: Session, callback: Callback) -> None:
    moments, at = [], FOUR
    while callback.status == "scheduled":
        attempt = callbacks.start_attempt(session, callback, at)
        callbacks.finish_attempt(session, attempt.id, "no_answer", POLICY, at + timedelta(seconds=30))
        moments.append(at.astimezone(KYIV).strftime("%d %H:%M"))
        at = callback.due_at or at
    assert moments == ["23 16:00", "24 10:00", "24 16:00"]
    assert (callback.status, callback.result) == ("gave_up", "unreachable")
    assert callback.appeal.status == "closed_unreachable"
    assert callback.appeal.moves[-1].why == "не вдалося додзвонитися"


@pytest.mark.parametrize("fault", ["failed", "abandoned"])
def test_a_dead_trunk_closes_no_appeal_on_its_first_days(session: Session, callback: Callback, fault: str) -> None:
    results = [fault] * 6 + ["no_answer"] * 3
    for result in results:
        assert callback.status == "scheduled"
        at = callback.due_at or FOUR
        attempt = callbacks.start_attempt(session, callback, at)
        if result == "abandoned":
            callbacks.sweep(session, POLICY, at + timedelta(hours=1))
        else:
            callbacks.finish_attempt(session, attempt.id, result, POLICY, at)
    assert [attempt.result for attempt in callback.attempts] == results
    assert (callback.status, callback.appeal.status) == ("gave_up", "closed_unreachable")


def test_a_number_that_always_fails_is_given_up_in_the_end(session: Session, callback: Callback) -> None:
    while callback.status == "scheduled":
        attempt = callbacks.start_attempt(session, callback, callback.due_at or FOUR)
        callbacks.finish_attempt(session, attempt.id, "failed", POLICY, attempt.started_at)
    assert (callback.status, len(callback.attempts)) == ("gave_up", 9)


def test_a_busy_phone_is_tried_again_soon_and_counts(session: Session, callback: Callback) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    callbacks.finish_attempt(session, attempt.id, "busy", POLICY, FOUR)
    assert callback.due_at == FOUR + timedelta(minutes=20) and len(callback.attempts) == 1


def test_a_second_report_about_an_attempt_changes_nothing(session: Session, callback: Callback) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    callbacks.finish_attempt(session, attempt.id, "busy", POLICY, FOUR)
    callbacks.finish_attempt(session, attempt.id, "failed", POLICY, FOUR + timedelta(hours=1))
    assert attempt.result == "busy" and callback.due_at == FOUR + timedelta(minutes=20)
    callbacks.finish_attempt(session, 4711, "busy", POLICY, FOUR)


def test_one_callback_has_one_open_attempt(session: Session, callback: Callback) -> None:
    callbacks.start_attempt(session, callback, FOUR)
    with pytest.raises(AttemptNotAllowed):
        callbacks.start_attempt(session, callback, FOUR)
    assert callbacks.due(session, FOUR, POLICY) == []


def test_a_person_with_two_appeals_is_not_called_twice_at_once(
    session: Session, callback: Callback, olena: User
) -> None:
    make_done(session, new_appeal(session, call_id="ast-2.2"), olena)
    both = session.scalars(select(Callback).order_by(Callback.id)).all()
    assert callbacks.due(session, FOUR, POLICY) == [both[0]]
    attempt = callbacks.start_attempt(session, both[0], FOUR)
    assert callbacks.due(session, FOUR, POLICY) == []
    with pytest.raises(AttemptNotAllowed):
        callbacks.start_attempt(session, both[1], FOUR)
    callbacks.finish_attempt(session, attempt.id, "busy", POLICY, FOUR)
    assert callbacks.due(session, FOUR, POLICY) == [both[1]]


def test_of_many_dialers_one_dials_a_person(records: Records) -> None:
    with records() as session:
        olena = operator(session)
        for n in range(2):
            make_done(session, new_appeal(session, call_id=f"ast-{n}.1"), olena)
        ids = list(session.scalars(select(Callback.id)))
        session.commit()

    def dial(callback_id: int) -> bool:
        with records() as session:
            try:
                callbacks.start_attempt(session, session.get_one(Callback, callback_id), FOUR)
            except AttemptNotAllowed:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(dial, ids * 2)) == [False, False, False, True]


def test_an_attempt_a_crash_left_open_is_closed_and_tried_again(session: Session, callback: Callback) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    assert callbacks.sweep(session, POLICY, FOUR + timedelta(minutes=14)) == 0
    assert callbacks.sweep(session, POLICY, FOUR + timedelta(minutes=15)) == 1
    assert attempt.result == "abandoned" and callback.status == "scheduled"
    assert callbacks.sweep(session, POLICY, FOUR + timedelta(minutes=15)) == 0


def test_an_answered_call_whose_journal_never_comes_is_swept_too(session: Session, callback: Callback) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    callbacks.finish_attempt(session, attempt.id, "answered", POLICY, FOUR)
    assert callback.status == "calling"
    assert callbacks.sweep(session, POLICY, FOUR + timedelta(hours=1)) == 0
    assert callbacks.sweep(session, POLICY, FOUR + timedelta(hours=2)) == 1


def test_who_settles_an_appeal_by_hand_stops_its_callback(session: Session, callback: Callback, olena: User) -> None:
    appeals.move(session, callback.appeal, "closed_confirmed", by=olena, at=NOON, why="заявник зателефонував сам")
    assert callback.status == "cancelled" and callbacks.due(session, FOUR, POLICY) == []


@pytest.mark.parametrize("result", ["busy", "no_answer", "failed"])
def test_who_settles_an_appeal_while_its_telephone_rings_stops_its_callback(
    session: Session, callback: Callback, olena: User, result: str
) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    appeals.move(session, callback.appeal, "closed_confirmed", by=olena, at=FOUR, why="заявник зателефонував сам")
    callbacks.finish_attempt(session, attempt.id, result, POLICY, FOUR)
    assert (callback.status, callback.due_at, callback.appeal.status) == ("cancelled", None, "closed_confirmed")


def test_who_asks_for_no_more_calls_while_the_telephone_rings_gets_none(session: Session, callback: Callback) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    callbacks.opt_out(session, callback.phone, FOUR)
    callbacks.finish_attempt(session, attempt.id, "no_answer", POLICY, FOUR)
    assert (callback.status, callback.appeal.status) == ("cancelled", "closed_unreachable")


# --- what the person said


def keys(**pressed: str) -> list[Entry]:
    """The journal of a feedback call; "" is silence, "-" a hang-up."""
    replies = {"": Silence(), "-": HungUp()}
    return [
        Entry(n, (), Ask(f"feedback_{name}"), replies.get(key, Pressed(key)))
        for n, (name, key) in enumerate(pressed.items(), 1)
    ]


@pytest.mark.parametrize(
    ("journal", "status", "result", "done", "rating"),
    [
        (keys(intro="1", done="1", rate="5"), "closed_confirmed", "completed", "yes", 5),
        (keys(intro="1", done="2", rate="3"), "returned", "completed", "partly", 3),
        (keys(intro="1", done="3", rate="1"), "returned", "completed", "no", 1),
        (keys(intro="1", done="3", rate="-"), "returned", "partial", "no", None),
        (keys(intro="1", done="1", rate=""), "closed_confirmed", "partial", "yes", None),
        (keys(intro="1", done="-"), "closed_unreachable", "partial", None, None),
        (keys(intro="9"), "closed_unreachable", "opted_out", None, None),
        (
            keys(intro="7") + keys(intro="1", done="12") + keys(done="1", rate="0"),
            "closed_confirmed",
            "partial",
            "yes",
            None,
        ),
    ],
)
def test_what_the_person_pressed_decides_about_the_appeal(
    session: Session,
    callback: Callback,
    journal: list[Entry],
    status: str,
    result: str,
    done: str | None,
    rating: int | None,
) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    callbacks.finish_attempt(session, attempt.id, "answered", POLICY, FOUR)
    for _ in range(2):  # a second ingest takes the same answers again
        callbacks.take_answers(session, attempt.id, journal, FOUR)
        assert callback.appeal.status == status
        assert (callback.status, callback.result, callback.done, callback.rating) == ("done", result, done, rating)
        assert callback.appeal.returned_times == (1 if status == "returned" else 0)
    callbacks.finish_attempt(session, attempt.id, "answered", POLICY, FOUR)  # the dialer was slower than the journal
    assert callback.status == "done"


@pytest.mark.parametrize("journal", [keys(intro="-"), keys(intro=""), []])
def test_who_hangs_up_before_consent_is_phoned_again(
    session: Session, callback: Callback, journal: list[Entry]
) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    callbacks.finish_attempt(session, attempt.id, "answered", POLICY, FOUR)
    for _ in range(2):
        callbacks.take_answers(session, attempt.id, journal, FOUR)
    assert (attempt.result, callback.status) == ("no_consent", "scheduled")
    assert callback.due_at == kyiv(24, 10)


def test_answers_that_come_after_the_sweep_are_still_taken(session: Session, callback: Callback) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    callbacks.sweep(session, POLICY, FOUR + timedelta(hours=1))
    callbacks.take_answers(session, attempt.id, keys(intro="1", done="1", rate="4"), FOUR + timedelta(hours=1))
    assert callback.appeal.status == "closed_confirmed" and callback.status == "done"


@pytest.mark.parametrize("answers", [{"intro": "1", "done": "1", "rate": "4"}, {"intro": "9"}])
def test_answers_that_come_during_the_next_attempt_end_it(
    session: Session, callback: Callback, answers: dict[str, str]
) -> None:
    first = callbacks.start_attempt(session, callback, FOUR)
    callbacks.sweep(session, POLICY, FOUR + timedelta(hours=1))
    second = callbacks.start_attempt(session, callback, kyiv(24, 10))
    callbacks.take_answers(session, first.id, keys(**answers), kyiv(24, 10))
    callbacks.finish_attempt(session, second.id, "no_answer", POLICY, kyiv(24, 10, 1))
    assert (callback.status, callback.due_at) == ("done", None)


def test_nine_is_for_ever_and_for_every_appeal_of_the_phone(session: Session, callback: Callback, olena: User) -> None:
    other = new_appeal(session, call_id="ast-2.2", phone="050 111-22-33")
    make_done(session, other, olena)
    attempt = callbacks.start_attempt(session, callback, FOUR)
    callbacks.take_answers(session, attempt.id, keys(intro="9"), FOUR)
    assert {callback.appeal.status, other.status} == {"closed_unreachable"}
    assert session.scalars(select(Callback.status).where(Callback.appeal_id == other.id)).all() == ["cancelled"]
    third = new_appeal(session, call_id="ast-3.3")
    make_done(session, third, olena)
    assert third.status == "closed_unreachable"
    kept = session.scalars(select(DoNotCall)).one()
    assert "501112233" not in kept.phone_hash and callbacks.is_do_not_call(session, "+380501112233")


def test_work_that_was_not_done_is_asked_about_again_after_the_next_report(
    session: Session, callback: Callback, olena: User
) -> None:
    attempt = callbacks.start_attempt(session, callback, FOUR)
    callbacks.take_answers(session, attempt.id, keys(intro="1", done="3", rate="1"), FOUR)
    make_done(session, callback.appeal, olena)
    assert [again.round for again in callback.appeal.callbacks] == [0, 1]
    assert callback.appeal.status == "feedback_pending"


def test_the_journal_of_a_feedback_call_reaches_its_callback(records: Records, tmp_path: Path) -> None:
    city = City(tmp_path / "city", records)
    with records() as session:
        olena = operator(session)
        make_done(session, new_appeal(session), olena)
        callback = session.scalars(select(Callback)).one()
        attempt = callbacks.start_attempt(session, callback, FOUR)
        session.commit()
    facts = CallFacts("ast-9.9", caller="", receipt="", attempt_id=attempt.id)
    call = city.spool.open_call(facts, line="asterisk", direction="out", flow="feedback_call", flow_version=1, at=FOUR)
    for entry in keys(intro="1", done="2", rate="2"):
        call.keep(entry, FOUR)
    city.ingest(FOUR)
    with records() as session:
        assert session.get_one(CallbackAttempt, attempt.id).call_id == "ast-9.9"
        assert session.get_one(Callback, callback.id).status == "calling", "the call is not over"
    call.keep(Entry(4, (), Record("feedback_comment"), Taped("4-feedback_comment.wav", 7.0, "hangup")), FOUR)
    call.finish("hung_up", FOUR)
    city.ingest(FOUR)
    with records() as session:
        callback = session.get_one(Callback, callback.id)
        assert (callback.done, callback.rating, callback.appeal.status) == ("partly", 2, "returned")
        assert len(session.scalars(select(Appeal)).all()) == 1, "a comment is no new appeal"


@pytest.mark.parametrize("attempt_id", [4711, 0])
def test_a_feedback_call_without_its_attempt_is_kept_as_a_call(
    records: Records, tmp_path: Path, attempt_id: int
) -> None:
    city = City(tmp_path / "city", records)
    call = city.call("ast-9.9", attempt_id=attempt_id)
    call.finish("completed", NOON)
    city.ingest()
    assert city.rows()["calls"][0][4] == "completed"
