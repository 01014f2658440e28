from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from db import audit, recognition_queue, transcripts
from db.engine import Records
from db.models import Appeal, Recording, Transcript, User
from tests.db.conftest import NOON, new_appeal

WORDS = [
    {"word": word, "start": n * 0.5, "end": n * 0.5 + 0.4, "conf": 0.9}
    for n, word in enumerate(["на", "вулиці", "кравчука", "немає", "світла"])
]
HEARD = {
    "engine": "vosk",
    "model": "uk",
    "text": "на вулиці кравчука немає світла",
    "words": WORDS,
    "took_seconds": 1.0,
}


@pytest.fixture
def recording(session: Session, appeal: Appeal) -> Recording:
    return new_recording(session, appeal)


def new_recording(session: Session, appeal: Appeal, file: str = "3-appeal.wav") -> Recording:
    recording = Recording(
        call_id=appeal.call_id, name="appeal", file=file, seconds=14.0, ended_by="hangup", made_at=NOON
    )
    session.add(recording)
    session.flush()
    return recording


def waiting(session: Session, at: datetime) -> int | None:
    """The recording a worker would take now."""
    return recognition_queue.finished(session, at)


def test_a_heard_message_becomes_a_draft_with_its_text(session: Session, appeal: Appeal, recording: Recording) -> None:
    assert waiting(session, NOON) == recording.id
    assert transcripts.claim(session, recording.id, NOON) is recording
    assert waiting(session, NOON) is None
    transcripts.keep(session, recording.id, **HEARD, state="recognised", at=NOON)
    assert recording.state == "recognised"
    assert appeal.status == "draft" and appeal.text == HEARD["text"]
    assert [move.became for move in appeal.moves] == ["new_recording", "draft"]


def test_a_second_result_of_the_same_recording_is_ignored(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    transcripts.claim(session, recording.id, NOON)
    transcripts.keep(session, recording.id, **HEARD, state="recognised", at=NOON)
    assert transcripts.keep(session, recording.id, **HEARD, state="recognised", at=NOON) is None
    session.expire_all()
    assert len(recording.transcripts) == 1
    assert appeal.text == HEARD["text"]


def test_a_doubtful_text_is_kept_but_not_put_into_the_card(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    transcripts.claim(session, recording.id, NOON)
    transcripts.keep(session, recording.id, **HEARD, state="doubtful", at=NOON)
    assert appeal.status == "draft" and appeal.text == ""
    assert recording.transcripts[0].text == HEARD["text"]


def test_a_registered_appeal_keeps_the_operators_words(session: Session, appeal: Appeal, recording: Recording) -> None:
    appeal.status, appeal.text = "registered", "Немає світла, Кравчука 2"
    session.flush()
    transcripts.claim(session, recording.id, NOON)
    transcripts.keep(session, recording.id, **HEARD, state="recognised", at=NOON)
    assert appeal.text == "Немає світла, Кравчука 2" and appeal.status == "registered"


def test_two_messages_of_one_call_stand_one_below_the_other(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    second = new_recording(session, appeal, "fallback.wav")
    for heard, text in ((recording, "перше"), (second, "друге")):
        transcripts.claim(session, heard.id, NOON)
        transcripts.keep(session, heard.id, **{**HEARD, "text": text}, state="recognised", at=NOON)
    assert appeal.text == "перше\nдруге"


def test_a_failure_waits_longer_each_time_and_tells_why(session: Session, recording: Recording) -> None:
    pauses = []
    at = NOON
    for _ in range(9):
        transcripts.claim(session, recording.id, at)
        transcripts.fail(session, recording.id, "немає моделі", at)
        session.refresh(recording)
        assert recording.state == "waiting" and recording.reason == "немає моделі"
        assert recording.next_try_at is not None
        pauses.append((recording.next_try_at - at).total_seconds())
        assert waiting(session, at) is None
        at = recording.next_try_at
        assert waiting(session, at) == recording.id
    assert pauses[:3] == [30, 60, 120] and pauses[-1] == transcripts.RETRY_AT_MOST_S


def test_an_unusable_file_is_kept_and_not_tried_again(session: Session, appeal: Appeal, recording: Recording) -> None:
    transcripts.claim(session, recording.id, NOON)
    transcripts.fail(session, recording.id, "файл порожній", NOON, unusable=True)
    session.refresh(recording)
    assert recording.state == "unusable" and waiting(session, NOON + timedelta(days=9)) is None
    assert appeal.status == "draft"


def test_a_recording_of_a_dead_worker_is_free_again(session: Session, recording: Recording) -> None:
    transcripts.claim(session, recording.id, NOON)
    later = NOON + timedelta(seconds=transcripts.CLAIM_S)
    assert waiting(session, later - timedelta(seconds=1)) is None
    assert waiting(session, later) == recording.id
    assert transcripts.claim(session, recording.id, later) is not None


def test_of_many_workers_one_gets_the_recording(records: Records) -> None:
    with records() as session:
        recording_id = new_recording(session, new_appeal(session)).id
        session.commit()
    workers = 4
    together = Barrier(workers)

    def work(_: int) -> bool:
        with records() as session:
            together.wait()
            taken = transcripts.claim(session, recording_id, NOON)
            session.commit()
            return taken is not None

    with ThreadPoolExecutor(workers) as pool:
        assert sorted(pool.map(work, range(workers))) == [False, False, False, True]


@pytest.fixture
def transcript(session: Session, recording: Recording) -> Transcript:
    transcripts.claim(session, recording.id, NOON)
    kept = transcripts.keep(session, recording.id, **HEARD, state="recognised", at=NOON)
    assert kept is not None
    return kept


def test_a_correction_is_read_in_place_and_keeps_the_timing(
    session: Session, transcript: Transcript, olena: User
) -> None:
    transcripts.correct(session, transcript, 1, 2, "вул. Кравчука", olena, NOON)
    read = transcripts.reading(transcript)
    assert [word.text for word in read] == ["на", "вул. Кравчука", "немає", "світла"]
    assert (read[1].start, read[1].end, read[1].corrected, read[1].conf) == (0.5, 1.4, True, 1.0)
    assert [word["word"] for word in transcript.words] == HEARD["text"].split()
    assert transcripts.reading_text(transcript) == "на вул. Кравчука немає світла"
    assert audit.verify(session) is None


def test_a_correction_that_cuts_an_earlier_one_takes_all_of_it(
    session: Session, transcript: Transcript, olena: User
) -> None:
    transcripts.correct(session, transcript, 1, 3, "три слова", olena, NOON)
    transcripts.correct(session, transcript, 3, 4, "темно", olena, NOON)
    assert transcripts.reading_text(transcript) == "на темно"
    transcripts.correct(session, transcript, 0, 0, "", olena, NOON)
    assert transcripts.reading_text(transcript) == "темно"
    assert len(transcript.corrections) == 3


@pytest.mark.parametrize("span", [(-1, 0), (3, 2), (0, 5)])
def test_words_that_do_not_exist_cannot_be_corrected(
    session: Session, transcript: Transcript, olena: User, span: tuple[int, int]
) -> None:
    with pytest.raises(transcripts.NoSuchWords):
        transcripts.correct(session, transcript, *span, "x", olena, NOON)


def test_a_dead_workers_recording_waits_again_and_a_living_ones_does_not(session: Session, appeal: Appeal) -> None:
    dead, living = new_recording(session, appeal, "1.wav"), new_recording(session, appeal, "2.wav")
    transcripts.claim(session, dead.id, NOON, "city:1")
    transcripts.claim(session, living.id, NOON, "city:2")
    assert transcripts.give_back(session, lambda worker: worker == "city:1", NOON) == 1
    assert waiting(session, NOON) == dead.id
    assert transcripts.claim(session, dead.id, NOON, "city:3") is not None
    assert transcripts.give_back(session, lambda worker: worker == "city:1", NOON) == 0
