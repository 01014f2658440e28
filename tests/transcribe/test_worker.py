"""The worker: words while the citizen speaks, the shortest wait first, and nothing is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from nobody_speaks import pcm_wav
from numpy.typing import NDArray

from db.engine import RecordsDown
from transcribe import worker
from transcribe.recognizer import Heard, Word
from transcribe.worker import Claimed, Worker

MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
RATE = 8000


class FakeDesk:
    """Recordings by id with their files: finished ones and those that have begun; the rest tells what was asked."""

    def __init__(self) -> None:
        self.finished_ones: dict[int, Path] = {}
        self.begun: dict[int, Path] = {}
        self.taken: set[int] = set()
        self.lost: set[int] = set()
        self.whole: set[int] = set()
        self.kept: dict[int, Heard] = {}
        self.shown: dict[int, list[str]] = {}
        self.failed: list[tuple[int, str, bool]] = []
        self.down = 0

    def growing(self, _at: datetime) -> int | None:
        return next((each for each in self.begun if each not in self.taken), None)

    def finished(self, held: Collection[int], _at: datetime, *, more: bool, oldest: bool) -> int | None:
        waiting = [n for n in self.finished_ones if n in held or (more and n not in self.taken)]
        return min(waiting, key=lambda n: n if oldest else self.finished_ones[n].stat().st_size, default=None)

    def claim(self, recording_id: int, at: datetime) -> Claimed | None:
        assert at == MORNING
        if recording_id in self.taken:
            return None
        self.taken.add(recording_id)
        return Claimed(self.begun.get(recording_id) or self.finished_ones[recording_id])

    def show(self, recording_id: int, words: Sequence[Word], _heard_seconds: float, _at: datetime) -> bool:
        self._down()
        self.shown.setdefault(recording_id, []).append(" ".join(word.word for word in words))
        return recording_id not in self.lost

    def ended(self, held: Collection[int]) -> Collection[int]:
        return self.whole & set(held)

    def keep(self, recording_id: int, heard: Heard, _at: datetime) -> None:
        self._down()
        assert recording_id not in self.kept
        self.kept[recording_id] = heard
        self.finished_ones.pop(recording_id, None)

    def fail(self, recording_id: int, reason: str, _at: datetime, *, again: bool) -> None:
        self.failed.append((recording_id, reason, again))
        self.finished_ones.pop(recording_id, None)

    def _down(self) -> None:
        if self.down:
            self.down -= 1
            raise RecordsDown("the disk is full")


class FakeRecognizer:
    """Hears one word a second and says which recording (by its rate) was fed when; or breaks."""

    engine, model, block_seconds = "fake", "fake-uk", 2.0

    def __init__(self, breaks_at: int = 0) -> None:
        self.fed: list[int] = []
        self._breaks_at = breaks_at

    def prepare(self) -> None:
        pass

    def listen(self, rate: int) -> FakeListening:
        return FakeListening(self, rate, self._breaks_at)


class FakeListening:
    def __init__(self, recognizer: FakeRecognizer, rate: int, breaks_at: int) -> None:
        self._recognizer, self._rate, self._breaks_at = recognizer, rate, breaks_at
        self._samples = 0

    def feed(self, samples: NDArray[np.int16]) -> Sequence[Word]:
        if self._rate == self._breaks_at:
            raise RuntimeError("Failed to process waveform")
        self._recognizer.fed.append(self._rate)
        self._samples += len(samples)
        return [Word(f"слово{n}", n, n + 0.5, 0.9) for n in range(self._samples // self._rate)]

    def finish(self) -> Heard:
        words = tuple(self.feed(np.zeros(0, np.int16)))
        self._recognizer.fed.pop()
        text = " ".join(word.word for word in words)
        return Heard("fake", "fake-uk", text, words, "recognised", self._samples / self._rate, 0.01)


class Story:
    """Something happens whenever the worker has nothing to do; after the last event it is stopped."""

    def __init__(self, *events: Callable[[], object]) -> None:
        self._events = list(events)

    def wait(self, timeout: float) -> bool:
        if not timeout:
            return False
        if not self._events:
            return True
        self._events.pop(0)()
        return False


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events follow one another without a pause here."""
    monkeypatch.setattr(worker, "LOOK_EVERY_S", 0.0)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


def work(desk: FakeDesk, recognizer: FakeRecognizer | None = None, *events: Callable[[], object]) -> FakeRecognizer:
    recognizer = recognizer or FakeRecognizer()
    Worker(desk, recognizer, lambda: MORNING).work(Story(*events))
    return recognizer


def recording(folder: Path, n: int, seconds: float, rate: int = RATE) -> Path:
    path = folder / f"{n}-appeal.wav"
    path.write_bytes(pcm_wav(np.ones(round(seconds * rate), np.int16), rate))
    return path


class Growing:
    """A file as Asterisk writes it: its header is right only at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.write_bytes(pcm_wav(np.zeros(0, np.int16), RATE))

    def speak(self, seconds: float) -> None:
        with self.path.open("ab") as file:
            file.write(np.ones(round(seconds * RATE), "<i2").tobytes())

    def hang_up(self) -> None:
        data = self.path.read_bytes()[44:]
        self.path.write_bytes(pcm_wav(np.frombuffer(data, "<i2"), RATE))


def test_a_waiting_recording_gets_its_words(desk, tmp_path):
    desk.finished_ones[15] = recording(tmp_path, 1, 2.0)
    work(desk)
    assert desk.kept[15].text == "слово0 слово1"


def test_a_second_hint_does_nothing(desk, tmp_path):
    desk.finished_ones[15] = recording(tmp_path, 1, 2.0)
    work(desk)
    assert work(desk).fed == []


def test_a_broken_recognizer_gives_the_recording_back_and_goes_on_with_the_others(desk, tmp_path):
    desk.finished_ones = {15: recording(tmp_path, 1, 2.0, rate=16000), 16: recording(tmp_path, 2, 9.0)}
    work(desk, FakeRecognizer(breaks_at=16000))
    assert desk.failed == [(15, "розпізнавач відмовив: RuntimeError", True)]
    assert list(desk.kept) == [16]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"ID3\x04 this is an MP3", "це не WAV"),
        (b"", "порожній"),
        (pcm_wav(np.ones(80, np.int16), RATE)[:30], "обірвано"),
        (pcm_wav(np.zeros(0, np.int16), RATE), "немає звуку"),
        (pcm_wav(np.ones(80, np.int16), RATE).replace(b"fmt \x10\0\0\0\x01", b"fmt \x10\0\0\0\x55"), "не читається"),
        (None, "немає"),
    ],
)
def test_a_recording_nobody_can_read_is_not_tried_again_and_says_why(desk, tmp_path, content, why):
    path = recording(tmp_path, 1, 1.0)
    desk.finished_ones[15] = path
    desk.claim = lambda recording_id, at: Claimed(path) if not desk.failed else None
    path.write_bytes(content or b"")
    if content is None:
        desk.finished = lambda *_, **__: None if desk.failed else 15
        path.unlink()
    work(desk)
    [(failed, reason, again)] = desk.failed
    assert (failed, again) == (15, False)
    assert reason.startswith("запис не читається: 1-appeal.wav") and why in reason


def test_a_recording_broken_off_by_a_crash_is_heard_as_far_as_it_goes(desk, tmp_path):
    desk.finished_ones[15] = recording(tmp_path, 1, 3.0)
    desk.finished_ones[15].write_bytes(desk.finished_ones[15].read_bytes()[: 44 + 2 * RATE * 2 + 1])
    work(desk)
    assert desk.kept[15].text == "слово0 слово1"


def test_records_that_go_down_lose_no_word_and_nothing_is_recognised_twice(desk, tmp_path):
    desk.finished_ones[15] = recording(tmp_path, 1, 4.0)
    desk.down = 3
    recognizer = work(desk, None, *[lambda: None] * 3)
    assert desk.kept[15].text.split() == ["слово0", "слово1", "слово2", "слово3"]
    assert len(recognizer.fed) == 2
    assert desk.failed == []


def test_words_are_shown_while_the_citizen_speaks_and_the_end_takes_only_the_rest(desk, tmp_path):
    tape = Growing(tmp_path / "1-appeal.wav")
    desk.begun[15] = tape.path
    seen: list[list[str]] = []

    def end() -> None:
        seen.append(list(desk.shown[15]))
        tape.speak(1)
        tape.hang_up()
        desk.whole.add(15)

    recognizer = work(desk, None, lambda: tape.speak(2), lambda: tape.speak(2), end, lambda: None)
    assert seen == [["слово0 слово1", "слово0 слово1 слово2 слово3"]]
    assert desk.kept[15].text.split() == ["слово0", "слово1", "слово2", "слово3", "слово4"]
    assert len(recognizer.fed) == 3, "each piece was decoded once"


def test_the_final_words_wait_for_the_row_to_have_its_end(desk, tmp_path):
    tape = Growing(tmp_path / "1-appeal.wav")
    tape.speak(3)
    tape.hang_up()
    desk.begun[15] = tape.path
    kept_before: list[bool] = []

    def the_journal_is_ingested() -> None:
        kept_before.append(15 in desk.kept)
        desk.whole.add(15)

    work(desk, None, the_journal_is_ingested, lambda: None)
    assert kept_before == [False]
    assert desk.shown[15][-1] == "слово0 слово1 слово2", "the operator does not have to wait"
    assert list(desk.kept) == [15]


def test_a_line_that_died_is_heard_as_far_as_it_goes_when_the_row_has_its_end(desk, tmp_path):
    tape = Growing(tmp_path / "1-appeal.wav")
    desk.begun[15] = tape.path
    work(desk, None, lambda: tape.speak(1.2), lambda: desk.whole.add(15), lambda: None)
    assert desk.kept[15].text == "слово0"


def test_a_short_message_overtakes_a_long_one_that_came_before(desk, tmp_path, monkeypatch):
    desk.finished_ones = {15: recording(tmp_path, 1, 60.0, rate=8000), 16: recording(tmp_path, 2, 4.0, rate=16000)}
    late = recording(tmp_path, 3, 2.0, rate=11025)
    recognizer = FakeRecognizer()
    show = desk.show

    def show_and_bring_another(*args) -> bool:
        if len(recognizer.fed) == 5:
            desk.finished_ones[17] = late
        return show(*args)

    desk.show = show_and_bring_another
    monkeypatch.setattr(worker, "SHOW_FINISHED_EVERY_S", 0.0)
    work(desk, recognizer)
    assert list(desk.kept) == [16, 17, 15]
    assert len(recognizer.fed) == 30 + 2 + 1, "what was put aside was not begun anew"


def test_a_long_message_gets_its_turns_however_many_short_ones_come(desk, tmp_path):
    desk.finished_ones = {15: recording(tmp_path, 1, 20.0, rate=8000)}
    desk.finished_ones |= {n: recording(tmp_path, n, 4.0, rate=16000) for n in range(16, 46)}
    work(desk)
    assert len(desk.kept) == 31
    assert list(desk.kept)[-1] != 15


def test_somebody_who_speaks_is_heard_between_two_blocks_of_a_long_recording(desk, tmp_path):
    long, tape = recording(tmp_path, 1, 40.0, rate=16000), Growing(tmp_path / "2-appeal.wav")
    desk.finished_ones[15] = long
    recognizer = FakeRecognizer()
    finished = desk.finished

    def finished_while_somebody_dials(*args, **kwargs) -> int | None:
        if len(recognizer.fed) == 3:
            desk.begun[16] = tape.path
            tape.speak(2)
        return finished(*args, **kwargs)

    desk.finished = finished_while_somebody_dials
    work(desk, recognizer, tape.hang_up, lambda: desk.whole.add(16), lambda: None)
    assert RATE in recognizer.fed[3:6]
    assert sorted(desk.kept) == [15, 16]


def test_whoever_has_hung_up_is_finished_before_others_are_followed_further(desk, tmp_path):
    speaking, gone = Growing(tmp_path / "1-appeal.wav"), Growing(tmp_path / "2-appeal.wav")
    speaking.speak(20)
    gone.speak(4)
    gone.hang_up()
    desk.begun = {15: speaking.path, 16: gone.path}
    desk.whole.add(16)
    order: list[int] = []
    keep, show = desk.keep, desk.show
    desk.keep = lambda n, heard, at: (order.append(n), keep(n, heard, at))
    desk.show = lambda n, *rest: (order.append(n), show(n, *rest))[1]
    work(desk, None, lambda: desk.whole.add(15), lambda: None)
    assert order[:2] == [16, 16], "shown and kept, before the first words of the one who speaks on"
    assert sorted(desk.kept) == [15, 16]


def test_a_worker_whose_claim_was_lost_keeps_nothing(desk, tmp_path):
    tape = Growing(tmp_path / "1-appeal.wav")
    desk.begun[15] = tape.path
    desk.lost.add(15)
    tape.speak(2)
    recognizer = work(desk, None, lambda: tape.speak(2), tape.hang_up, lambda: desk.whole.add(15))
    assert desk.kept == {} and len(recognizer.fed) == 1


def test_a_worker_that_is_stopped_leaves_in_mid_recording(desk, tmp_path):
    desk.finished_ones[15] = recording(tmp_path, 1, 600.0)
    recognizer = FakeRecognizer()

    class Signal:
        def wait(self, _timeout: float) -> bool:
            return len(recognizer.fed) >= 3

    Worker(desk, recognizer, lambda: MORNING).work(Signal())
    assert len(recognizer.fed) == 3 and desk.kept == {} and desk.failed == []
