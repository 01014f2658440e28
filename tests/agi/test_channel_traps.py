"""The traps of pyst2 0.5.1 on a socket thread, each one against a fake Asterisk on a real socket."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from asterisk.agi import AGIInvalidCommand, AGIUsageError

from agi.channel import (
    MAX_COMMAND_BYTES,
    CannotRecord,
    Channel,
    CommandTooLong,
    Keys,
    LineDown,
    RecordEnd,
    Unplayable,
)
from tests.support.fake_asterisk import FakeAsterisk

T = TypeVar("T")


def on_a_line(
    act: Callable[[Channel], T], replies: Iterable[str | None], **env: str
) -> tuple[T | LineDown, FakeAsterisk]:
    """Let ``act`` use a channel in a thread that serves a socket, as the line server does."""
    ours, theirs = socket.socketpair()
    asterisk = FakeAsterisk(replies, env)

    def serve() -> T | LineDown:
        with ours, ours.makefile("rb") as reader, ours.makefile("wb", buffering=0) as writer:
            try:
                return act(Channel(reader, writer, patience=ours.settimeout))
            except LineDown as down:
                return down

    with ThreadPoolExecutor(1) as threads, theirs:
        outcome = threads.submit(serve)
        asterisk.serve(theirs)
        theirs.close()
        return outcome.result(20), asterisk


def record(channel: Channel) -> RecordEnd:
    return channel.record_file("/spool/ast-1/3-appeal", at_most_s=180, silence_s=8)


# ---- 1. the constructor sets a signal handler, which only a main thread may


def test_a_channel_opens_in_a_thread_and_knows_its_call():
    env, _ = on_a_line(lambda channel: channel.env, [])
    assert env["agi_uniqueid"] == "1700000000.12"
    assert env["agi_network_script"] == "hotline_1580"


def test_broken_utf8_in_a_callers_name_does_not_break_the_call():
    env, _ = on_a_line(lambda channel: channel.env, [], agi_calleridname="\udcd0Ол\udcff")
    assert "Ол" in env["agi_calleridname"]


def test_a_greeting_without_an_end_is_cut_off():
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as reader, ours.makefile("wb") as writer:
        theirs.sendall(b"agi_arg: x\n" * 500)
        with pytest.raises(LineDown, match="do not end"):
            Channel(reader, writer)


def test_a_caller_cannot_change_the_call_id_through_a_second_line_of_the_same_name():
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as reader, ours.makefile("wb") as writer:
        theirs.sendall(b"agi_uniqueid: 1.1\nagi_calleridname: x\nagi_uniqueid: 2.2\n\n")
        assert Channel(reader, writer).env["agi_uniqueid"] == "1.1"


# ---- 2. sockets want bytes


def test_commands_go_out_as_utf8_bytes():
    _, asterisk = on_a_line(lambda channel: channel.verbose("Луцьк"), ["200 result=1"])
    assert asterisk.commands == [["VERBOSE", "Луцьк", "1"]]


# ---- 3. HANGUP lines, the end of the socket, 511, -1 and time-outs are one thing: LineDown


def test_a_hangup_line_is_not_taken_for_a_reply():
    end, _ = on_a_line(record, ["HANGUP\n200 result=-1 (hangup) endpos=16000"])
    assert end == RecordEnd("hangup", 16000)


@pytest.mark.parametrize(
    "reply",
    [None, "511 Command Not Permitted on a dead channel or intercept routine", "200 result=-1", "HANGUP\n511 dead"],
    ids=["socket closed", "511", "minus one", "hangup line, then 511"],
)
def test_whatever_ends_the_line_is_linedown_and_nothing_is_sent_after_it(reply):
    def act(channel: Channel) -> tuple[bool, bool]:
        with pytest.raises(LineDown):
            channel.wait_for_digit(1000)
        with pytest.raises(LineDown):
            channel.stream_file("welcome", "#")
        channel.hangup()
        channel.give_back()
        return channel.down, True

    outcome, asterisk = on_a_line(act, [reply])
    assert outcome == (True, True)
    assert asterisk.commands == [["WAIT", "FOR", "DIGIT", "1000"]]
    assert asterisk.ended == "closed"


def test_a_silent_asterisk_is_linedown_after_the_patience():
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as reader, ours.makefile("wb", buffering=0) as writer:
        theirs.sendall(b"agi_uniqueid: 1.1\n\n")
        channel = Channel(reader, writer, patience=lambda seconds: ours.settimeout(0.05 if seconds > 5 else 5))
        with pytest.raises(LineDown):
            channel.wait_for_digit(10)


def test_a_hangup_in_a_sentence_is_linedown_and_a_missing_file_is_not():
    down, _ = on_a_line(lambda channel: channel.stream_file("a", ""), ["200 result=-1 endpos=12000"])
    assert isinstance(down, LineDown)

    at_once, _ = on_a_line(lambda channel: channel.stream_file("a", ""), ["200 result=-1 endpos=0", "HANGUP\n511 dead"])
    assert isinstance(at_once, LineDown)

    def act(channel: Channel) -> str:
        with pytest.raises(Unplayable):
            channel.stream_file("a", "")
        return channel.stream_file("b", "12")

    key, _ = on_a_line(act, ["200 result=-1 endpos=0", "200 result=0", "200 result=50 endpos=800"])
    assert key == "2"


def test_our_own_mistakes_are_not_hangups():
    def act(channel: Channel) -> str:
        with pytest.raises(AGIInvalidCommand):
            channel.execute("BOGUS")
        with pytest.raises(AGIUsageError):
            channel.execute("WAIT FOR DIGIT")
        return channel.wait_for_digit(1)

    usage = "520-Invalid command syntax.  Proper usage follows:\nWaits up to...\n520 End of proper usage."
    key, _ = on_a_line(act, ["510 Invalid or unknown command", usage, "200 result=42"])
    assert key == "*"


# ---- 4. quotation marks and line breaks


@pytest.mark.parametrize(
    "name",
    ['Eve" EXEC System "id', "Eve\nEXEC System id", "Eve\r\nHANGUP", "back\\", 'back\\" "x', "zero\0byte", '"'],
)
def test_a_callers_name_cannot_begin_a_second_command(name):
    _, asterisk = on_a_line(lambda channel: channel.set_variable("NAME", name), ["200 result=1"])
    [[set_, variable, key, value]] = asterisk.commands
    assert (set_, variable, key) == ("SET", "VARIABLE", "NAME")
    assert value == name.replace("\r", " ").replace("\n", " ").replace("\0", " ")


def test_arguments_that_pyst2_leaves_bare_are_quoted_too():
    _, asterisk = on_a_line(
        lambda channel: channel.set_callerid("Eve\nEXEC System id"), ["200 result=1"]
    )  # pyst2 sends SET CALLERID without quotes
    assert asterisk.commands == [["SET", "CALLERID", "Eve EXEC System id"]]


def test_a_command_that_asterisk_would_cut_in_two_is_not_sent():
    def act(channel: Channel) -> None:
        with pytest.raises(CommandTooLong):
            channel.set_variable("NAME", "x" * MAX_COMMAND_BYTES)

    _, asterisk = on_a_line(act, [])
    assert asterisk.commands == []


def test_a_value_with_brackets_is_read_whole():
    value, _ = on_a_line(lambda channel: channel.get_variable("X"), ["200 result=1 (a (b) endpos=3)"])
    assert value == "a (b) endpos=3"


# ---- 5. why a recording ended, and how long it is


@pytest.mark.parametrize(
    ("reply", "end"),
    [
        ("200 result=35 (dtmf) endpos=80000", RecordEnd("dtmf", 80000)),
        ("200 result=0 (timeout) endpos=1440000", RecordEnd("timeout", 1440000)),
        ("200 result=-1 (hangup) endpos=40000", RecordEnd("hangup", 40000)),
        ("200 result=-1 (hangup)", RecordEnd("hangup", None)),
    ],
)
def test_the_end_of_a_recording_is_told(reply, end):
    told, asterisk = on_a_line(record, [reply])
    assert told == end
    assert asterisk.commands == [["RECORD", "FILE", "/spool/ast-1/3-appeal", "wav", "#", "180000", "0", "s=8"]]


def test_a_recording_that_cannot_be_written_is_not_a_hangup():
    def act(channel: Channel) -> str:
        with pytest.raises(CannotRecord, match="writefile"):
            record(channel)
        return channel.wait_for_digit(1)

    key, _ = on_a_line(act, ["200 result=-1 (writefile)", "200 result=0", "200 result=49"])
    assert key == "1"


# ---- 6. keys that stopped coming


@pytest.mark.parametrize(
    ("reply", "keys"),
    [
        ("200 result=12 (timeout)", Keys("12", timed_out=True)),
        ("200 result= (timeout)", Keys("", timed_out=True)),
        ("200 result=1234", Keys("1234", timed_out=False)),
    ],
)
def test_get_data_tells_whether_the_caller_stopped_typing(reply, keys):
    told, _ = on_a_line(lambda channel: channel.get_data("number", 2000, 8), [reply])
    assert told == keys


# ---- 7. `import asterisk.fastagi` fails on Python 3: the server is ours (tests/agi/test_line_server.py)


def test_two_channels_live_in_two_threads_at_once():
    both = threading.Barrier(2, timeout=20)

    def act(channel: Channel) -> str:
        both.wait()
        return channel.wait_for_digit(1)

    with ThreadPoolExecutor(2) as calls:
        first, second = (calls.submit(on_a_line, act, [f"200 result={key}"]) for key in (49, 50))
        assert (first.result(20)[0], second.result(20)[0]) == ("1", "2")


# ---- queues


def test_a_conversation_that_the_caller_ended_counts_as_answered():
    status, asterisk = on_a_line(
        lambda channel: channel.queue("operators", 40), ["200 result=-1", "HANGUP\n200 result=1 (CONTINUE)"]
    )
    assert status == "CONTINUE"
    assert asterisk.commands[0] == ["EXEC", "Queue", "operators,cr,,,40"]


def test_a_caller_who_gives_up_waiting_is_gone_whatever_an_earlier_queue_said():
    down, _ = on_a_line(
        lambda channel: channel.queue("operators", 40), ["200 result=-1", "HANGUP\n200 result=1 (TIMEOUT)"]
    )
    assert isinstance(down, LineDown)
