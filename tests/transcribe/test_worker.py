"""The job: a recording is never lost, whatever happens to the worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from nobody_speaks import pcm_wav

from transcribe.recognizer import Heard, Sound, Word
from transcribe.worker import Outcome, recognise_recording

MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
RETRY = MORNING + timedelta(minutes=10)


class FakeDesk:
    """Recordings by id; says in ``happened`` what was asked of it."""

    def __init__(self, waiting: dict[int, Path], database_down_after_claim: bool = False) -> None:
        self.waiting = dict(waiting)
        self.kept: dict[int, Heard] = {}
        self.failed: list[tuple[int, str, bool]] = []
        self.times: list[datetime] = []
        self._down = database_down_after_claim

    def claim(self, recording_id: int, at: datetime) -> Path | None:
        self.times.append(at)
        return self.waiting.pop(recording_id, None)

    def keep(self, recording_id: int, heard: Heard, at: datetime) -> None:
        self.times.append(at)
        if self._down:
            raise ConnectionError("the database is down")
        self.kept.setdefault(recording_id, heard)

    def fail(self, recording_id: int, reason: str, at: datetime, *, again: bool) -> datetime | None:
        self.times.append(at)
        self.failed.append((recording_id, reason, again))
        return RETRY if again else None


class FakeRecognizer:
    """Hears «немає води» in everything, or breaks."""

    engine = "fake"
    model = "fake-uk"

    def __init__(self, breaks: Exception | None = None) -> None:
        self.sounds: list[Sound] = []
        self._breaks = breaks

    def recognise(self, sound: Sound) -> Heard:
        self.sounds.append(sound)
        if self._breaks:
            raise self._breaks
        words = (Word("немає", 0.1, 0.4, 0.9), Word("води", 0.4, 0.8, 0.8))
        return Heard(self.engine, self.model, "немає води", words, "recognised", sound.seconds, 0.01)


@pytest.fixture
def recording(tmp_path) -> Path:
    path = tmp_path / "appeal.wav"
    path.write_bytes(pcm_wav(np.ones(8000, np.int16), 8000))
    return path


def test_a_waiting_recording_gets_its_words(recording):
    desk, recognizer = FakeDesk({15: recording}), FakeRecognizer()
    assert recognise_recording(desk, 15, recognizer, MORNING) == Outcome("kept")
    assert desk.kept[15].text == "немає води"
    assert recognizer.sounds[0].seconds == 1.0


def test_a_second_run_of_the_job_does_nothing(recording):
    desk, recognizer = FakeDesk({15: recording}), FakeRecognizer()
    recognise_recording(desk, 15, recognizer, MORNING)
    assert recognise_recording(desk, 15, recognizer, MORNING) == Outcome("not_ours")
    assert len(recognizer.sounds) == 1


def test_a_broken_recognizer_gives_the_recording_back(recording):
    desk = FakeDesk({15: recording})
    outcome = recognise_recording(desk, 15, FakeRecognizer(RuntimeError("Failed to process waveform")), MORNING)
    assert outcome == Outcome("failed", RETRY)
    assert desk.failed == [(15, "розпізнавач відмовив: RuntimeError", True)]
    assert desk.kept == {}


def test_a_recording_nobody_can_read_is_not_tried_again(tmp_path):
    (tmp_path / "appeal.wav").write_bytes(b"ID3 this is an MP3")
    desk, recognizer = FakeDesk({15: tmp_path / "appeal.wav"}), FakeRecognizer()
    assert recognise_recording(desk, 15, recognizer, MORNING) == Outcome("failed", None)
    [(_, reason, again)] = desk.failed
    assert reason.startswith("запис не читається: appeal.wav")
    assert not again
    assert recognizer.sounds == []


def test_a_file_deleted_by_hand_is_told_to_the_operator(tmp_path):
    desk = FakeDesk({15: tmp_path / "appeal.wav"})
    assert recognise_recording(desk, 15, FakeRecognizer(), MORNING).result == "failed"
    assert desk.failed[0][2] is False


def test_records_that_go_down_leave_the_claim_to_lapse(recording):
    desk = FakeDesk({15: recording}, database_down_after_claim=True)
    with pytest.raises(ConnectionError):
        recognise_recording(desk, 15, FakeRecognizer(), MORNING)
    assert desk.failed == []


def test_times_are_aware_and_begin_with_the_start_of_the_job(recording):
    desk = FakeDesk({15: recording})
    recognise_recording(desk, 15, FakeRecognizer(), MORNING)
    claimed, kept = desk.times
    assert claimed == MORNING
    assert kept >= MORNING
    assert kept.tzinfo is not None
