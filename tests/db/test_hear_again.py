"""A better model hears old recordings once more."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from db import transcripts
from db.hear_again import keep_again, to_hear_again
from db.models import Appeal, Recording, Transcript, User
from tests.db.conftest import NOON
from tests.db.test_transcripts import HEARD, new_recording

LATER = NOON + timedelta(days=30)
TEXT = "на вулиці кравчука немає світла у під'їзді"
BETTER = {
    "engine": "vosk",
    "model": "uk-big",
    "state": "recognised",
    "text": TEXT,
    "words": [{"word": word, "start": n * 0.4, "end": n * 0.4 + 0.3, "conf": 1} for n, word in enumerate(TEXT.split())],
    "took_seconds": 9.0,
}


@pytest.fixture
def recording(session: Session, appeal: Appeal) -> Recording:
    return recognised(session, appeal)


def recognised(session: Session, appeal: Appeal, state: str = "recognised", file: str = "3-appeal.wav") -> Recording:
    recording = new_recording(session, appeal, file)
    transcripts.claim(session, recording.id, NOON)
    transcripts.keep(session, recording.id, **HEARD, state=state, at=NOON)
    session.refresh(recording)
    return recording


def hear(session: Session, recording: Recording, **changed: object) -> bool:
    better = keep_again(session, recording.id, at=LATER, **{**BETTER, **changed})
    session.refresh(recording)
    return better


def ids(session: Session, since: datetime | None = None) -> list[int]:
    return [recording.id for recording in to_hear_again(session, "vosk", "uk-big", since)]


def read_text(recording: Recording) -> str:
    assert recording.transcript is not None
    return transcripts.reading_text(recording.transcript)


def test_the_new_words_are_read_and_the_old_ones_stay_beside(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    assert hear(session, recording)
    assert [row.model for row in recording.transcripts] == ["uk", "uk-big"]
    assert read_text(recording) == TEXT
    assert appeal.text == TEXT and appeal.status == "draft"


def test_what_a_person_corrected_stays_on_top(
    session: Session, appeal: Appeal, recording: Recording, olena: User
) -> None:
    transcripts.correct(session, recording.transcripts[0], 2, 2, "Кравчука", olena, NOON)
    assert not hear(session, recording)
    assert read_text(recording) == "на вулиці Кравчука немає світла"
    assert appeal.text == HEARD["text"]
    assert len(recording.transcripts) == 2


def test_a_text_that_somebody_wrote_into_the_card_is_not_replaced(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    appeal.text = "Немає світла"
    assert hear(session, recording)
    assert appeal.text == "Немає світла" and read_text(recording) == TEXT


@pytest.mark.parametrize("status", ["registered", "closed_confirmed", "consultation"])
def test_a_card_that_is_settled_is_never_touched(
    session: Session, appeal: Appeal, recording: Recording, status: str
) -> None:
    appeal.status = status
    session.flush()
    assert hear(session, recording)
    assert (appeal.status, appeal.text) == (status, HEARD["text"])


def test_of_two_messages_in_one_card_each_text_is_replaced_by_its_own(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    second = recognised(session, appeal, file="5-appeal.wav")
    appeal.text = f"{HEARD['text']}\nінше повідомлення"
    assert hear(session, recording)
    assert appeal.text == f"{TEXT}\nінше повідомлення"
    assert ids(session) == [second.id]


@pytest.mark.parametrize("worse", ["no_speech", "doubtful"])
def test_a_model_that_is_less_sure_takes_no_words_away(
    session: Session, appeal: Appeal, recording: Recording, worse: str
) -> None:
    assert not hear(session, recording, state=worse, text="", words=[])
    assert recording.state == "recognised" and read_text(recording) == HEARD["text"]
    assert appeal.text == HEARD["text"]


def test_a_doubtful_recording_becomes_a_sure_one_and_its_text_a_draft(session: Session, appeal: Appeal) -> None:
    doubtful = recognised(session, appeal, "doubtful")
    assert appeal.text == ""
    assert hear(session, doubtful)
    assert (doubtful.state, doubtful.reason, appeal.text) == ("recognised", "", TEXT)


def test_what_was_heard_is_not_heard_again_and_kept_once(session: Session, recording: Recording) -> None:
    assert ids(session) == [recording.id]
    hear(session, recording)
    assert ids(session) == []
    assert not hear(session, recording)
    assert len(recording.transcripts) == 2


def test_only_recordings_with_words_and_only_since_a_day_are_heard(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    new_recording(session, appeal, "7-appeal.wav")  # it waits: the worker's to hear
    assert ids(session, NOON) == [recording.id]
    assert ids(session, NOON + timedelta(seconds=1)) == []


def test_words_are_those_of_the_engine_that_heard_them(session: Session, recording: Recording) -> None:
    hear(session, recording)
    new: Transcript = recording.transcripts[1]
    assert (new.engine, new.model, new.made_at, new.took_seconds) == ("vosk", "uk-big", LATER, 9.0)
    assert [word["word"] for word in new.words] == TEXT.split()
