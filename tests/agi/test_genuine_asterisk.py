"""What :mod:`agi.channel` takes for granted, asked of a genuine Asterisk with a telephone on the wire."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from agi.channel import MAX_COMMAND_BYTES, CannotRecord, Channel, LineDown, RecordEnd, Unplayable
from tests.support.asterisk import (
    RunningAsterisk,
    folder_for_everybody,
    installation_or_skip,
    private_site,
    short_sounds,
)
from tests.support.caller import RATE, write_tape
from tests.support.sip import Call, Telephone

pytestmark = pytest.mark.calls

SENTENCE_S = 5.0


@pytest.fixture(scope="module")
def asterisk() -> Iterator[RunningAsterisk]:
    with folder_for_everybody() as base:
        short_sounds(base / "sounds")
        write_tape(base / "sounds" / "sentence.wav", SENTENCE_S)
        running = RunningAsterisk(private_site(base, installation_or_skip()))
        yield running
        running.stop()


@pytest.fixture
def tapes(asterisk: RunningAsterisk) -> Path:
    folder = asterisk.site.spool / "tapes"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    return folder


@contextmanager
def calling(asterisk: RunningAsterisk, act: Callable[[Channel], object]) -> Iterator[tuple[Call, Future[object]]]:
    """A telephone dials 1580 and ``act`` carries the call; its outcome is the future's."""

    def carry(listener: socket.socket) -> object:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as reader, connection.makefile("wb", buffering=0) as writer:
            return act(Channel(reader, writer, patience=connection.settimeout))

    with (
        socket.create_server(("127.0.0.1", asterisk.site.agi_port)) as listener,
        ThreadPoolExecutor(1) as threads,
        Telephone(asterisk.sip) as telephone,
    ):
        listener.settimeout(20)
        outcome = threads.submit(carry, listener)
        call = telephone.call("1580")
        assert call.code == 200
        yield call, outcome


def test_a_missing_file_is_no_hangup_and_the_next_one_plays(asterisk):
    def act(channel: Channel) -> str:
        with pytest.raises(Unplayable):
            channel.stream_file("/nowhere/at-all")
        key = channel.stream_file(str(asterisk.site.sounds / "tone"), "0123456789*#")
        channel.hangup()
        return key

    with calling(asterisk, act) as (call, outcome):
        assert outcome.result(20) == ""
        call.wait_hang_up()


def test_a_hangup_in_mid_sentence_is_linedown(asterisk):
    def act(channel: Channel) -> None:
        channel.stream_file(str(asterisk.site.sounds / "sentence"), "0123456789*#")

    with calling(asterisk, act) as (call, outcome):
        call.speak(0.5)
        call.hang_up()
        assert isinstance(outcome.exception(20), LineDown)


def test_a_hangup_in_mid_recording_tells_the_length_and_keeps_the_file(asterisk, tapes):
    def act(channel: Channel) -> RecordEnd:
        return channel.record_file(str(tapes / "1-appeal"), at_most_s=60, silence_s=8)

    with calling(asterisk, act) as (call, outcome):
        call.speak(2.0)
        call.hang_up()
        end = outcome.result(20)
    assert isinstance(end, RecordEnd)
    assert end.reason == "hangup"
    assert end.samples is not None
    assert 1.0 < end.samples / RATE < 2.5
    assert (tapes / "1-appeal.wav").stat().st_size == 44 + 2 * end.samples


def test_the_limit_of_a_recording_is_a_timeout_of_about_that_length(asterisk, tapes):
    def act(channel: Channel) -> RecordEnd:
        end = channel.record_file(str(tapes / "2-appeal"), at_most_s=2, silence_s=8)
        channel.hangup()
        return end

    with calling(asterisk, act) as (call, outcome):
        call.speak(2.5)
        end = outcome.result(20)
    assert isinstance(end, RecordEnd)
    assert end.reason == "timeout"
    assert end.samples is not None
    assert end.samples / RATE == pytest.approx(2.0, abs=0.5)


def test_a_folder_asterisk_cannot_write_is_no_hangup(asterisk):
    def act(channel: Channel) -> str:
        with pytest.raises(CannotRecord, match="writefile"):
            channel.record_file("/nowhere/at-all", at_most_s=60, silence_s=8)
        key = channel.wait_for_digit(10)
        channel.hangup()
        return key

    with calling(asterisk, act) as (call, outcome):
        assert outcome.result(20) == ""
        call.wait_hang_up()


def test_awkward_values_come_back_as_they_went(asterisk):
    awkward = ['say "hi"', "back\\slash", "${CHANNEL}; $[1+1], (2)", "Луцьк, вул. Кравчука", "x" * 900]

    def act(channel: Channel) -> list[str]:
        channel.verbose("x" * (MAX_COMMAND_BYTES - 20))  # one command, not two: the next replies would be late
        back = []
        for value in awkward:
            channel.set_variable("X", value)
            back.append(channel.get_variable("X"))
        channel.hangup()
        return back

    with calling(asterisk, act) as (_, outcome):
        assert outcome.result(20) == awkward


def test_a_queue_with_nobody_in_it_sends_the_caller_back(asterisk):
    def act(channel: Channel) -> str:
        status = channel.queue("operators", 5)
        channel.hangup()
        return status

    with calling(asterisk, act) as (_, outcome):
        assert outcome.result(20) in ("JOINEMPTY", "JOINUNAVAIL")


def test_nothing_but_a_dead_channel_is_found_after_the_caller_left(asterisk):
    begun = threading.Event()

    def act(channel: Channel) -> None:
        begun.set()
        with pytest.raises(LineDown):
            channel.wait_for_digit(20_000)
        channel.down = False  # what Asterisk itself would say
        channel.stream_file(str(asterisk.site.sounds / "tone"))

    with calling(asterisk, act) as (call, outcome):
        assert begun.wait(20)
        call.hang_up()
        assert isinstance(outcome.exception(20), LineDown)
