"""Ten messages at once and a worker that dies: the real processes, Vosk; the messages come through the spool."""

import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.live_tables import LiveWords
from db.models import Appeal, Recording, Transcript
from db.spool import SpooledCall
from db.transcripts import UNSETTLED
from hotline.wiring import Parts
from ivr_flows.commands import Record
from ivr_flows.replies import Taped
from ivr_flows.run import CallFacts, Entry
from sound import wav
from tests.support.line import Line, now

pytestmark = [pytest.mark.calls, pytest.mark.speech]

STEP_BYTES = 32_768
"""What Asterisk writes at once."""
HEADER_BYTES = 44


@pytest.fixture
def line(vosk_line: Line):
    """The recogniser runs again when the test is over."""
    yield vosk_line
    vosk_line.private.system.wait_ready(lambda words: None)


class Message:
    """A call that leaves a message: opened by the line, its file written by Asterisk, its end told by the line."""

    def __init__(self, line: Line, call_id: str, speech: Path) -> None:
        facts = CallFacts(call_id, caller="0506000003", receipt="")
        flow = {"line": "asterisk", "direction": "in", "flow": "hotline_1580", "flow_version": 1}
        self.call: SpooledCall = line.private.parts.spool.open_call(facts, **flow, at=now())
        self.seconds = wav.check(speech).seconds
        self._sound = speech.read_bytes()
        self._path = self.call.recording_path(1, "appeal")
        wav.write(self._path, wav.silence(0))

    def steps(self) -> Iterable[None]:
        """Two seconds more each time."""
        for start in range(HEADER_BYTES, len(self._sound), STEP_BYTES):
            with self._path.open("ab") as file:
                file.write(self._sound[start : start + STEP_BYTES])
            yield

    def hang_up(self) -> None:
        self._path.write_bytes(self._sound)
        self.call.keep(Entry(1, (), Record("appeal"), Taped(self._path.name, self.seconds, "hangup")), now())
        self.call.finish("hung_up", now())


def leave(line: Line, call_id: str, speech: Path) -> None:
    message = Message(line, call_id, speech)
    for _ in message.steps():
        pass
    message.hang_up()


def recordings(session: Session, call_ids: Iterable[str]) -> list[Recording]:
    return list(session.scalars(select(Recording).where(Recording.call_id.in_(call_ids)).order_by(Recording.id)))


def settled(line: Line, call_ids: list[str]) -> None:
    def all_have_words(session: Session) -> bool:
        found = recordings(session, call_ids)
        return len(found) == len(call_ids) and not {each.state for each in found} & set(UNSETTLED)

    line.until(all_have_words)


def assert_complete(line: Line, call_ids: list[str]) -> None:
    """Each message was recognised once, to its end, and is one appeal."""
    with line.records() as session:
        for recording in recordings(session, call_ids):
            [transcript] = recording.transcripts
            assert transcript.state in ("recognised", "doubtful") and recording.state == transcript.state
            assert transcript.words[-1]["end"] > recording.seconds - 3
        appeals = session.scalars(select(Appeal).where(Appeal.call_id.in_(call_ids))).all()
        assert sorted(appeal.call_id for appeal in appeals) == sorted(call_ids)
        assert {appeal.status for appeal in appeals} == {"draft"}


def test_ten_messages_that_waited_are_recognised_the_shortest_first_and_the_lag_is_shown(
    line: Line, korean: Callable[[float], Path]
):
    lengths = [9.0, 4.0, 12.0, 5.0, 3.0, 8.0, 10.0, 6.0, 11.0, 7.0]
    call_ids = [f"ten-{n}.1" for n in range(len(lengths))]
    line.supervise("stop", "recogniser")
    for call_id, seconds in zip(call_ids, lengths, strict=True):
        leave(line, call_id, korean(seconds))
    line.until(lambda session: len(recordings(session, call_ids)) == len(call_ids))
    state = Parts(line.private.settings).line_state()
    assert state.waiting == len(call_ids) and state.oldest_waiting is not None

    line.supervise("start", "recogniser")
    settled(line, call_ids)
    assert_complete(line, call_ids)
    with line.records() as session:
        order = (
            select(Recording.seconds).join(Transcript).where(Recording.call_id.in_(call_ids)).order_by(Transcript.id)
        )
        heard = list(session.scalars(order))
    # Every fourth block goes to the one that has waited longest: the first that came need not keep its place.
    assert [seconds for seconds in heard if seconds != lengths[0]] == sorted(set(lengths) - {lengths[0]})
    assert Parts(line.private.settings).line_state().waiting == 0


def test_ten_citizens_who_speak_at_once_are_all_followed_and_heard_to_the_end(
    line: Line, korean: Callable[[float], Path]
):
    call_ids = [f"together-{n}.1" for n in range(10)]
    messages = [Message(line, call_id, korean(6.0)) for call_id in call_ids]
    for _ in zip(*(message.steps() for message in messages), strict=True):
        pass

    def everybody_is_followed(session: Session) -> bool:
        followed = select(LiveWords).join(Recording).where(Recording.call_id.in_(call_ids), Recording.ended_by == "")
        return len(session.scalars(followed).all()) == len(call_ids)

    line.until(everybody_is_followed)
    for message in messages:
        message.hang_up()
    settled(line, call_ids)
    assert_complete(line, call_ids)


def test_a_worker_killed_in_the_middle_is_replaced_and_nothing_is_there_twice(
    line: Line, korean: Callable[[float], Path]
):
    call_ids = ["killed-1.1", "killed-2.1"]
    speaking = Message(line, call_ids[0], korean(60.0))
    steps = iter(speaking.steps())
    for _ in range(10):
        next(steps)

    def half_heard(session: Session) -> Recording | None:
        heard = select(Recording).join(LiveWords, LiveWords.recording_id == Recording.id)
        return session.scalar(heard.where(Recording.call_id == call_ids[0], LiveWords.heard_seconds > 5))

    victim = line.until(half_heard)
    os.kill(int(victim.taken_by.rpartition(":")[2]), signal.SIGKILL)
    leave(line, call_ids[1], korean(4.0))
    for _ in steps:
        pass
    speaking.hang_up()
    settled(line, call_ids)
    assert_complete(line, call_ids)
    with line.records() as session:
        assert [recording.attempts for recording in recordings(session, call_ids)] == [2, 1]
