"""Our server is down: the dialplan alone answers, records and leaves a marker."""

import time
import wave
from array import array
from pathlib import Path

import pytest

from tests.support.asterisk import (
    RunningAsterisk,
    folder_for_everybody,
    installation_or_skip,
    private_site,
    short_sounds,
)
from tests.support.fastagi import AgiCall, FastAgi
from tests.support.sip import Call, Telephone

pytestmark = pytest.mark.calls

SPEECH_S = 2.0
LOUD = 20_000


def test_a_citizen_is_recorded_while_our_server_is_down(asterisk: RunningAsterisk, telephone: Telephone) -> None:
    before = _markers(asterisk)
    call = _call_and_speak(telephone)
    assert call.hang_up() == 200
    tape, caller = _marked_tape(asterisk, before)
    assert caller == "0501234567"
    assert _loud_seconds(tape) > 0.5


def test_a_withheld_number_leaves_an_empty_marker(asterisk: RunningAsterisk, telephone: Telephone) -> None:
    before = _markers(asterisk)
    _call_and_speak(telephone, number="anonymous").hang_up()
    assert _marked_tape(asterisk, before)[1] == ""


@pytest.mark.parametrize("number", ["050%24%7BSHELL%28id%29%7D1", "%2Fetc%2Fpasswd7", "+380501234567", "1" * 60])
def test_the_marker_holds_at_most_fifteen_digits(asterisk: RunningAsterisk, telephone: Telephone, number: str) -> None:
    before = _markers(asterisk)
    _call_and_speak(telephone, number=number).hang_up()
    caller = _marked_tape(asterisk, before)[1]
    assert caller == "" or (caller.isascii() and caller.isdigit() and len(caller) <= 15)


def test_who_hangs_up_before_the_tone_leaves_nothing(asterisk: RunningAsterisk, telephone: Telephone) -> None:
    before = set(_fallback(asterisk).iterdir())
    call = telephone.call("1580")
    call.hang_up()
    # A second call is recorded and marked after the first one ended: by then the first would have left its files.
    _call_and_speak(telephone).hang_up()
    tape, _ = _marked_tape(asterisk, _markers_of(before))
    assert set(_fallback(asterisk).iterdir()) - before == {tape, tape.with_suffix(".caller")}


def test_the_citizen_is_recorded_when_our_server_dies_in_the_middle(
    asterisk: RunningAsterisk, telephone: Telephone
) -> None:
    before = _markers(asterisk)
    with FastAgi(asterisk.site.agi_port, lambda call: None) as server:
        call = telephone.call("1580")
        server.calls.get(timeout=10)
    call.speak(SPEECH_S)
    assert call.hang_up() == 200
    assert _loud_seconds(_marked_tape(asterisk, before)[0]) > 0.5


def test_nothing_is_recorded_twice_when_our_server_has_carried_the_call(
    asterisk: RunningAsterisk, telephone: Telephone
) -> None:
    before = set(_fallback(asterisk).iterdir())

    def behave(call: AgiCall) -> None:
        call.do("SET VARIABLE HOTLINE_DONE 1")

    with FastAgi(asterisk.site.agi_port, behave):
        call = telephone.call("1580")
        call.wait_hang_up()
    assert set(_fallback(asterisk).iterdir()) == before


def test_a_caller_above_the_limit_is_recorded_by_the_dialplan() -> None:
    with folder_for_everybody() as base:
        short_sounds(base / "sounds")
        running = RunningAsterisk(private_site(base, installation_or_skip(), call_limit=1))
        try:
            carried: list[str] = []

            def behave(call: AgiCall) -> None:
                carried.append(call.facts["agi_uniqueid"])
                call.do("WAIT FOR DIGIT 60000")

            with FastAgi(running.site.agi_port, behave), Telephone(running.sip) as a, Telephone(running.sip) as b:
                first = a.call("1580")
                second = _call_and_speak(b)
                assert (first.code, second.code) == (200, 200)
                second.hang_up()
                tape, _ = _marked_tape(running, before=set())
                first.hang_up()
            assert len(carried) == 1
            assert tape.stem != carried[0]
            assert _loud_seconds(tape) > 0.5
        finally:
            running.stop()


def _call_and_speak(telephone: Telephone, number: str = "0501234567") -> Call:
    call = telephone.call("1580", number=number)
    assert call.code == 200
    call.speak(SPEECH_S)
    return call


def _fallback(asterisk: RunningAsterisk) -> Path:
    return asterisk.site.spool / "fallback"


def _markers(asterisk: RunningAsterisk) -> set[Path]:
    return _markers_of(set(_fallback(asterisk).iterdir()))


def _markers_of(files: set[Path]) -> set[Path]:
    return {path for path in files if path.suffix == ".caller"}


def _marked_tape(asterisk: RunningAsterisk, before: set[Path]) -> tuple[Path, str]:
    """The new recording and what its marker says. Asterisk writes the marker just after the hang-up: bounded look."""
    until = time.monotonic() + 10
    while not (new := _markers(asterisk) - before) and time.monotonic() < until:
        time.sleep(0.02)
    assert len(new) == 1, f"{len(new)} new markers"
    marker = new.pop()
    return marker.with_suffix(".wav"), marker.read_text()


def _loud_seconds(tape: Path) -> float:
    """Seconds of our tone in a complete plain WAV."""
    with wave.open(str(tape), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 8000)
        samples = array("h", sound.readframes(sound.getnframes()))
        assert len(samples) == sound.getnframes()
    assert tape.stat().st_size == 44 + 2 * len(samples)
    return sum(abs(sample) > LOUD for sample in samples) / 8000
