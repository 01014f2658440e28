from pathlib import Path

import pytest

from hotline.citizen import (
    BadOrder,
    BadScript,
    HangUp,
    Pause,
    Press,
    Speak,
    WaitHangUp,
    WaitQuiet,
    WaitTone,
    answer,
    dial,
    script,
)
from hotline.citizen.orders import Answer, Dial, dump, load, state_of

EVERY_STEP = (
    WaitTone(30.0),
    WaitQuiet(1.0, 20.0),
    Press("12#", 0.3),
    Speak(Path("/voices/appeal.wav")),
    Pause(2.0),
    WaitHangUp(60.0),
    HangUp(),
)


def test_a_script_survives_its_way_through_json() -> None:
    assert script.from_json(script.to_json(EVERY_STEP)) == EVERY_STEP


def test_the_command_line_writes_the_same_script() -> None:
    words = ["tone:30", "quiet:1:20", "press:12#:0.3", "speak:/voices/appeal.wav", "pause:2", "wait:60", "hangup"]
    assert script.parse(words) == EVERY_STEP


@pytest.mark.parametrize(
    "word", ["dance", "press:abc", "press:1:0.1", "press", "pause:0", "pause:soon", "tone:1:2", "wait:100000"]
)
def test_a_step_no_telephone_can_do_is_refused(word: str) -> None:
    with pytest.raises(BadScript):
        script.parse([word])


def test_a_damaged_script_is_refused() -> None:
    with pytest.raises(BadScript):
        script.from_json([{"is": "Dance"}])


@pytest.mark.parametrize(
    "order",
    [
        Dial("sip:1580@127.0.0.1:5060", EVERY_STEP, Path("/heard/h.wav"), "0501234567", 'Олена "О"', 0, 45.0),
        Answer(5070, EVERY_STEP, "busy", Path("/heard/h.wav"), 30.0, 2),
    ],
)
def test_an_order_reaches_the_citizens_process_unchanged(order: Dial | Answer) -> None:
    assert load(dump(order)) == order


@pytest.mark.parametrize(
    ("uri", "caller", "name"),
    [
        ("1580", "050", ""),
        ("sip:1580@127.0.0.1>\r\nEvil: yes", "050", ""),
        ("sip:1580@127.0.0.1", "050\r\n", ""),
        ("sip:1580@127.0.0.1", "050", "a\nb"),
    ],
)
def test_an_address_that_would_break_the_message_is_refused(uri: str, caller: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(BadOrder):
        dial(uri, (), caller=caller, name=name, heard=tmp_path / "heard.wav")


def test_waiting_for_no_call_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadOrder):
        answer(0, calls=0, heard=tmp_path / "heard.wav")


@pytest.mark.parametrize(
    ("code", "was_connected", "state"),
    [
        (200, True, "answered"),
        (486, False, "busy"),
        (603, False, "declined"),
        (480, False, "no_answer"),
        (404, False, "failed"),
        (0, False, "failed"),
    ],
)
def test_the_last_sip_status_tells_how_a_call_ended(code: int, was_connected: bool, state: str) -> None:
    assert state_of(code, was_connected) == state
