"""Words while the citizen speaks: who may write them, and what follows from them."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import growing, live, talking, transcripts
from db.backlog import backlog
from db.live_tables import LiveWords
from db.models import Appeal, Call, Recording
from tests.db.conftest import NOON

WORDS = [{"word": "немає", "start": 0.1, "end": 0.5, "conf": 0.9, "channel": 0}]
LATER = NOON + timedelta(seconds=2)
WORKER = "city:7"


@pytest.fixture
def call(session: Session) -> Call:
    call = Call(id="ast-1.1", line="asterisk", direction="in", flow="f", flow_version=1, caller="0501112233")
    call.started_at = NOON
    session.add(call)
    return call


@pytest.fixture
def recording(session: Session, call: Call) -> Recording:
    """Somebody speaks, and a worker listens."""
    row = new_recording(session, call)
    transcripts.claim(session, row.id, NOON, WORKER)
    return row


def new_recording(session: Session, call: Call, name: str = "appeal", file: str = "1-appeal.wav") -> Recording:
    row = Recording(call=call, name=name, file=file, seconds=2.0, ended_by="", made_at=NOON, state="growing")
    session.add(row)
    session.flush()
    return row


def keep(session: Session, recording: Recording, words: list[dict[str, object]], by: str = WORKER) -> bool:
    return live.keep_words(session, recording.id, words, heard_seconds=2.0, by=by, at=LATER)


def test_the_first_words_of_a_message_make_its_appeal_and_silence_does_not(
    session: Session, call: Call, recording: Recording
) -> None:
    assert keep(session, recording, [])
    assert session.scalar(select(Appeal)) is None
    assert keep(session, recording, WORDS) and keep(session, recording, WORDS * 2)
    appeal = session.scalars(select(Appeal)).one()
    assert (appeal.call_id, appeal.status, appeal.phone, appeal.received_at) == (
        call.id,
        "new_recording",
        "380501112233",
        LATER,
    )


def test_a_comment_to_a_feedback_call_makes_no_appeal(session: Session, call: Call) -> None:
    comment = new_recording(session, call, "feedback_comment", "2-feedback_comment.wav")
    transcripts.claim(session, comment.id, NOON, WORKER)
    assert keep(session, comment, WORDS)
    assert session.scalar(select(Appeal)) is None


def test_the_newest_words_take_the_place_of_the_older_ones(session: Session, recording: Recording) -> None:
    keep(session, recording, [])
    keep(session, recording, WORDS)
    shown = session.get_one(LiveWords, recording.id)
    assert (shown.words, shown.heard_seconds, shown.at) == (WORDS, 2.0, LATER)
    [talk] = talking.talking(session, LATER)
    assert (talk.text, talk.heard_at) == ("немає", LATER)


def test_a_worker_that_lost_the_recording_writes_nothing(session: Session, recording: Recording) -> None:
    assert not keep(session, recording, WORDS, by="city:8")
    assert session.get(LiveWords, recording.id) is None
    transcripts.give_back(session, lambda worker: True, NOON)
    assert not keep(session, recording, WORDS)


def test_words_are_a_sign_of_life_that_keeps_the_claim(session: Session, recording: Recording) -> None:
    almost = NOON + timedelta(seconds=transcripts.CLAIM_S - 1)
    live.keep_words(session, recording.id, WORDS, heard_seconds=2.0, by=WORKER, at=almost)
    assert transcripts.claim(session, recording.id, almost + timedelta(minutes=1), "city:8") is None


def test_words_are_kept_for_good_only_when_the_recording_is_whole(session: Session, recording: Recording) -> None:
    heard = {"engine": "vosk", "model": "uk", "state": "recognised", "text": "немає", "words": WORDS, "took_seconds": 1}
    assert transcripts.keep(session, recording.id, at=LATER, **heard) is None
    assert live.ended(session, [recording.id]) == []
    growing.complete(session, recording, seconds=9.0, ended_by="hangup", made_at=LATER, sha256="")
    assert live.ended(session, [recording.id]) == [recording.id]
    assert transcripts.keep(session, recording.id, at=LATER, **heard) is not None
    assert talking.talking(session, LATER) == []


def test_somebody_who_speaks_is_no_backlog(session: Session, recording: Recording) -> None:
    assert backlog(session).waiting == 0
    growing.complete(session, recording, seconds=9.0, ended_by="hangup", made_at=LATER, sha256="")
    assert (backlog(session).waiting, backlog(session).oldest) == (1, LATER)


def test_an_unreadable_file_that_still_grows_is_tried_again(session: Session, recording: Recording) -> None:
    transcripts.fail(session, recording.id, "запис не читається", NOON, unusable=True)
    session.refresh(recording)
    assert recording.state == "growing" and recording.next_try_at is not None
    growing.complete(session, recording, seconds=9.0, ended_by="hangup", made_at=LATER, sha256="")
    assert (recording.state, recording.next_try_at) == ("waiting", None)


def test_ten_thousand_words_are_kept_and_read(session: Session, recording: Recording) -> None:
    many = [{**WORDS[0], "start": n * 0.3, "end": n * 0.3 + 0.2} for n in range(10_000)]
    assert keep(session, recording, many)
    growing.complete(session, recording, seconds=3001.0, ended_by="limit", made_at=LATER, sha256="")
    text = " ".join("немає" for _ in many)
    heard = {"engine": "vosk", "model": "uk", "state": "recognised", "text": text, "words": many, "took_seconds": 1.0}
    transcript = transcripts.keep(session, recording.id, at=LATER, **heard)
    assert transcript is not None
    assert len(transcripts.reading(transcript)) == 10_000
    assert session.scalars(select(Appeal)).one().text == text
