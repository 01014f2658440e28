"""Phoning back: what each end of a call is called, what may be dialled, and what happens when Asterisk is not there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from agi import dialer as dialer_module
from agi import manager
from agi.dialer import AmiDown, AmiLogin, Dialed, Dialer
from agi.throttle import Throttle
from tests.agi.conftest import NOON
from tests.support.fake_ami import SECRET, FakeAmi

NUMBER = "0501234567"


@pytest.fixture
def ami() -> Iterator[FakeAmi]:
    fake = FakeAmi()
    yield fake
    fake.close()


@pytest.fixture
def dialer(ami: FakeAmi) -> Iterator[Dialer]:
    made = make(ami)
    yield made
    made.close()


def make(ami: FakeAmi, secret: str = SECRET, **limits: int) -> Dialer:
    login = AmiLogin("127.0.0.1", ami.port, "hotline", secret)
    return Dialer(login, caller_id="1580", ring_seconds=30, **limits)


class Desk:
    """Attempts of a list; what came of them stands in ``results``."""

    def __init__(self, *numbers: str) -> None:
        self.waiting = list(enumerate(numbers, start=1))
        self.results: dict[int, Dialed] = {}
        self.broken = False
        self.looked = 0
        self._changed = threading.Condition()

    def due(self, _at: datetime, at_most: int) -> list[tuple[int, str]]:
        with self._changed:
            self.looked += 1
            self._changed.notify_all()
        if self.broken:
            raise ConnectionError("no database")
        taken, self.waiting = self.waiting[:at_most], self.waiting[at_most:]
        return taken

    def finished(self, attempt_id: int, result: Dialed, _at: datetime) -> None:
        with self._changed:
            self.results[attempt_id] = result
            self._changed.notify_all()

    def wait_for(self, results: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.results) >= results, 20), self.results

    def wait_for_looks(self, more: int) -> None:
        with self._changed:
            goal = self.looked + more
            assert self._changed.wait_for(lambda: self.looked >= goal, 20)


@contextmanager
def working(dialer: Dialer, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A dialer at work that looks at its desk a hundred times a second."""
    monkeypatch.setattr(dialer_module, "LOOK_S", 0.01)
    monkeypatch.setattr(dialer_module, "BACK_OFF_S", (0.01,))
    stop = threading.Event()
    thread = threading.Thread(target=dialer.work, args=(desk, stop, lambda: NOON))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


# ---- how a call went


@pytest.mark.parametrize(
    ("outcome", "result"),
    [
        ("answered", "answered"),
        ("busy", "busy"),
        ("rings", "no_answer"),
        ("declined", "no_answer"),
        ("off", "no_answer"),
        ("wrong", "failed"),
        ("congestion", "failed"),
    ],
)
def test_each_end_of_a_call_has_its_name(ami, dialer, outcome, result):
    ami.outcome[NUMBER] = outcome
    assert dialer.dial(NUMBER, 7) == result


def test_a_call_that_got_no_channel_has_failed(ami, dialer, monkeypatch):
    monkeypatch.setattr(dialer_module, "CAUSE_S", 0.01)
    ami.outcome[NUMBER] = "no channel"
    assert dialer.dial(NUMBER, 7) == "failed"


def test_two_calls_at_once_keep_their_results_apart(ami, dialer):
    ami.outcome = {"0500000001": "busy", "0500000002": "answered"}
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(dialer.dial, ["0500000001", "0500000002"] * 20, range(40))
    assert list(results) == ["busy", "answered"] * 20


def test_the_call_carries_its_attempt_and_the_citys_number(ami, dialer):
    dialer.dial(NUMBER, 7)
    [placed] = ami.placed()
    assert placed["Channel"] == f"PJSIP/{NUMBER}@trunk"
    assert (placed["Context"], placed["Exten"], placed["Priority"]) == ("feedback", "s", "1")
    assert (placed["CallerID"], placed["Variable"], placed["Timeout"]) == ("1580", "HOTLINE_ATTEMPT=7", "30000")
    assert placed["ActionID"] == placed["ChannelId"]
    assert placed["ActionID"].startswith("feedback-7-")


def test_the_name_of_a_placed_call_is_a_call_id_the_line_accepts(ami, dialer):
    from agi.calls import UNIQUE_ID

    dialer.dial(NUMBER, 7)
    assert UNIQUE_ID.fullmatch(ami.placed()[0]["ActionID"])


# ---- what is never dialled


@pytest.mark.parametrize(
    "number",
    ["112", "", "0501234567\r\nAction: Command", "0501234567@evil", "050 123", "*72", "٠٥٠١٢٣٤٥٦٧", "1" * 16, "+"],
)
def test_what_is_no_citizens_number_is_never_dialled(ami, dialer, number):
    assert dialer.dial(number, 7) == "failed"
    assert ami.placed() == []


@pytest.mark.parametrize("value", ["x\r\nAction: Command", "x\n", "x\0"])
def test_settings_cannot_hold_a_second_header(value):
    with pytest.raises(ValueError, match="line break"):
        AmiLogin("127.0.0.1", 5038, "hotline", value)
    with pytest.raises(ValueError, match="line break"):
        Dialer(AmiLogin("127.0.0.1", 5038, "hotline", "x"), caller_id=value, ring_seconds=30)


def test_the_secret_is_not_printed():
    assert "manager-secret" not in repr(AmiLogin("127.0.0.1", 5038, "hotline", "manager-secret"))


# ---- Asterisk is not there


def test_nobody_listens(ami, dialer):
    ami.close()
    with pytest.raises(AmiDown):
        dialer.dial(NUMBER, 7)


def test_a_wrong_secret_is_told_as_such(ami):
    with pytest.raises(AmiDown, match="Authentication failed"):
        make(ami, secret="wrong").dial(NUMBER, 7)


def test_a_frozen_asterisk_does_not_hold_the_dialer_for_ever(ami, dialer, monkeypatch):
    monkeypatch.setattr(manager, "ANSWER_S", 0.05)
    ami.frozen = True
    with pytest.raises(AmiDown, match="no answer"):
        dialer.dial(NUMBER, 7)


def test_an_asterisk_that_dies_while_it_rings_leaves_the_attempt_open(ami, dialer):
    ami.outcome[NUMBER] = "dies"
    with pytest.raises(AmiDown):
        dialer.dial(NUMBER, 7)
    ami.outcome[NUMBER] = "busy"
    assert dialer.dial(NUMBER, 8) == "busy", "the next call connects again"


def test_a_call_nobody_tells_about_is_given_up(ami, monkeypatch):
    monkeypatch.setattr(dialer_module, "ANSWER_MARGIN_S", -29.95)
    ami.outcome[NUMBER] = "silent"
    with pytest.raises(AmiDown, match="did not tell"):
        make(ami).dial(NUMBER, 7)


def test_a_refusal_is_not_taken_for_a_citizen_who_does_not_answer(ami, dialer):
    ami.refuses = "Permission denied"
    with pytest.raises(AmiDown, match="Permission denied"):
        dialer.dial(NUMBER, 7)


# ---- at work


def test_due_calls_are_placed_and_their_results_kept(ami, dialer, monkeypatch):
    ami.outcome = {"0500000001": "busy", "0500000002": "rings"}
    desk = Desk("0500000001", "0500000002", "0500000003")
    with working(dialer, desk, monkeypatch):
        desk.wait_for(3)
    assert desk.results == {1: "busy", 2: "no_answer", 3: "answered"}


def test_no_more_calls_at_once_than_allowed_conversations_included(ami, monkeypatch):
    desk = Desk("0500000001", "0500000002", "0500000003")
    with working(make(ami, at_once=2), desk, monkeypatch):
        desk.wait_for(2)
        assert len(ami.placed()) == 2, "two people are talking"
        assert len(desk.waiting) == 1
        ami.hang_up(ami.placed()[0]["ActionID"])
        desk.wait_for(3)


def test_no_more_calls_in_an_hour_than_allowed(ami, monkeypatch):
    desk = Desk(*(f"050000000{n}" for n in range(5)))
    ami.outcome = dict.fromkeys((f"050000000{n}" for n in range(5)), "busy")
    with working(make(ami, per_hour=3), desk, monkeypatch):
        desk.wait_for(3)
    assert len(ami.placed()) == 3
    assert len(desk.waiting) == 2


def test_an_hour_later_the_next_calls_may_begin():
    throttle = Throttle(at_once=9, per_hour=2)
    for name in "ab":
        throttle.begin(name, NOON)
        throttle.end(name)
    assert throttle.free(NOON + timedelta(minutes=59)) == 0
    assert throttle.free(NOON + timedelta(minutes=60)) == 2


def test_a_clock_that_is_set_back_does_not_stop_the_calls_for_ever():
    throttle = Throttle(at_once=9, per_hour=1)
    throttle.begin("a", NOON + timedelta(days=365))
    throttle.end("a")
    assert throttle.free(NOON) == 1


def test_no_attempt_is_taken_while_asterisk_is_down(ami, dialer, monkeypatch):
    ami.close()
    desk = Desk(NUMBER)
    with working(dialer, desk, monkeypatch):
        pass
    assert desk.looked == 0
    assert desk.results == {}


def test_a_dialer_survives_a_restart_of_asterisk(ami, dialer, monkeypatch):
    desk = Desk()
    with working(dialer, desk, monkeypatch):
        desk.wait_for_looks(1)
        ami.drop()
        desk.waiting = [(1, NUMBER)]
        desk.wait_for(1)
    assert desk.results == {1: "answered"}


def test_conversations_cut_off_by_a_restart_make_room_for_the_next_calls(ami, monkeypatch):
    desk = Desk("0500000001", "0500000002")
    with working(make(ami, at_once=1), desk, monkeypatch):
        desk.wait_for(1)
        assert len(desk.waiting) == 1
        ami.drop()
        desk.wait_for(2)


def test_records_that_fail_do_not_end_the_dialer(ami, dialer, monkeypatch):
    desk = Desk(NUMBER)
    desk.broken = True
    with working(dialer, desk, monkeypatch):
        desk.wait_for_looks(2)
        desk.broken = False
        desk.wait_for(1)
    assert desk.results == {1: "answered"}
