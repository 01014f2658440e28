"""One recording from block to block: two voices apart, hours without hours of memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nobody_speaks import pcm_wav
from numpy.typing import NDArray

from sound.wav import UnusableSound, resample
from transcribe.follow import Following, recognise_file
from transcribe.recognizer import Heard, Sound, Word
from transcribe.vosk_engine import VoskListening

RATE = 8000


class Listening:
    """Hears a word at every loud sample of its channel."""

    def __init__(self, state: str, rate: int) -> None:
        self._rate, self._heard = rate, 0
        self._words: list[Word] = []
        self._heard_state = state

    def feed(self, samples: NDArray[np.int16]) -> Sequence[Word]:
        for at in np.flatnonzero(samples):
            start = (self._heard + at) / self._rate
            self._words.append(Word(f"w{samples[at]}", start, start, 1.0))
        self._heard += len(samples)
        return self._words

    def finish(self) -> Heard:
        words = tuple(self._words)
        text = " ".join(word.word for word in words)
        note = "ненадійно: шум" if self._heard_state == "doubtful" else ""
        return Heard("fake", "fake-uk", text, words, self._heard_state, self._heard / self._rate, 0.25, note)


class Recognizer:
    engine, model, block_seconds = "fake", "fake-uk", 2.0

    def __init__(self, *states: str) -> None:
        self._states = list(states or ("recognised",))

    def listen(self, rate: int) -> Listening:
        return Listening(self._states.pop(0), rate)


def recording(path: Path, *channels: list[int] | NDArray[np.int16], rate: int = RATE) -> Path:
    frames = np.array(channels, np.int16).T
    data = bytearray(pcm_wav(frames.ravel(), rate))
    data[22] = len(channels)
    data[28:34] = (rate * 2 * len(channels)).to_bytes(4, "little") + (2 * len(channels)).to_bytes(2, "little")
    path.write_bytes(data)
    return path


def loud(seconds: float, **at: float) -> NDArray[np.int16]:
    """Silence with one loud sample of each value (its name without the first letter) at its second."""
    samples = np.zeros(round(seconds * RATE), np.int16)
    for value, second in at.items():
        samples[round(second * RATE)] = int(value[1:])
    return samples


def test_two_channels_are_heard_apart_and_merged_by_time(tmp_path):
    left, right = loud(6, w1=0.5, w3=5.0), loud(6, w2=2.5)
    heard = recognise_file(Recognizer("recognised", "recognised"), recording(tmp_path / "a.wav", left, right))
    assert heard.text == "w1 w2 w3"
    assert [(word.word, word.channel, word.start) for word in heard.words] == [
        ("w1", 0, 0.5),
        ("w2", 1, 2.5),
        ("w3", 0, 5.0),
    ]
    assert (heard.audio_seconds, heard.took_seconds) == (6.0, 0.5)


@pytest.mark.parametrize(
    ("left", "right", "together", "note"),
    [
        ("recognised", "no_speech", "recognised", ""),
        ("no_speech", "no_speech", "no_speech", ""),
        ("recognised", "doubtful", "doubtful", "правий канал: ненадійно: шум"),
    ],
)
def test_a_person_should_listen_when_one_of_two_channels_is_doubtful(tmp_path, left, right, together, note):
    heard = recognise_file(Recognizer(left, right), recording(tmp_path / "a.wav", loud(2), loud(2)))
    assert (heard.state, heard.note) == (together, note)


def test_more_than_two_channels_are_mixed(tmp_path):
    path = recording(tmp_path / "a.wav", loud(2, w90=1.0), loud(2), loud(2))
    assert recognise_file(Recognizer(), path).text == "w30"


def test_words_so_far_are_told_with_how_much_they_stand_for(tmp_path):
    following = Following(Recognizer(), recording(tmp_path / "a.wav", loud(5, w1=1.0, w2=3.0)))
    following.step()
    assert ([word.word for word in following.words], following.heard_seconds) == (["w1"], 2.0)
    assert following.left() == 3.0 and following.whole()
    following.step()
    following.step()
    assert ([word.word for word in following.words], following.left()) == (["w1", "w2"], 0.0)
    following.close()


def test_a_file_without_a_sample_is_refused(tmp_path):
    with pytest.raises(UnusableSound, match="немає звуку"):
        recognise_file(Recognizer(), recording(tmp_path / "a.wav", []))


class DeafKaldi:
    """Vosk's own recogniser without its model: hears nothing. What is around it is ours, and is real."""

    def AcceptWaveform(self, _data: bytes) -> bool:
        return False

    def answer(self) -> str:
        return json.dumps({"text": ""})

    PartialResult = Result = FinalResult = answer


class DeafVosk:
    engine, model, block_seconds = "vosk", "none", 2.0

    def listen(self, rate: int) -> VoskListening:
        kaldi: Any = DeafKaldi()
        return VoskListening(kaldi, self.model, rate)


def test_three_hours_are_heard_in_little_memory(tmp_path):
    path = tmp_path / "three-hours.wav"
    seconds = 3 * 3600
    size = seconds * RATE * 2
    header = pcm_wav(np.zeros(0, np.int16), RATE)
    with path.open("wb") as file:  # a file of holes: silence that takes no room on the disk
        file.write(header[:4] + (36 + size).to_bytes(4, "little") + header[8:40] + size.to_bytes(4, "little"))
        file.truncate(44 + size)
    tracemalloc.start()
    heard = recognise_file(DeafVosk(), path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (heard.state, heard.audio_seconds) == ("no_speech", seconds)
    assert peak < 20_000_000, "the file has 173 MB"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 47), value=st.binary(min_size=1, max_size=8), cut=st.integers(0, 4044))
def test_a_damaged_header_is_refused_or_heard_and_never_breaks_the_worker(tmp_path, at, value, cut):
    data = pcm_wav(np.full(2000, 900, np.int16), RATE)[:cut]
    path = tmp_path / "damaged.wav"
    path.write_bytes(data[:at] + value + data[at + len(value) :])
    try:
        heard = recognise_file(DeafVosk(), path)
    except UnusableSound as refused:
        assert "damaged.wav" in str(refused)
    else:
        assert heard.state == "no_speech"


GRAMMAR = ("물이", "나오지", "않습니다", "도로에", "학교", "вулиця")


@pytest.mark.speech
def test_an_answer_is_heard_a_second_time_within_its_grammar(vosk_recognizer, korean, capfd):
    """«The water does not come», which the model alone takes for everyday words that sound alike."""
    heard = recognise_file(vosk_recognizer, korean("물이 나오지 않습니다"), GRAMMAR)
    assert [word.word for word in heard.narrow] == ["물이", "나오지", "않습니다"]
    assert heard.text != "물이 나오지 않습니다"
    assert "вулиця" not in capfd.readouterr().err, "a word the model does not know is not told to the log each time"


@pytest.mark.speech
def test_the_free_words_stay_as_they_are_beside_those_of_the_grammar(steady_vosk, korean):
    answer = korean("물이 나오지 않습니다")
    assert recognise_file(steady_vosk, answer, GRAMMAR).text == recognise_file(steady_vosk, answer).text != ""


@pytest.mark.speech
def test_a_grammar_of_words_the_model_does_not_know_leaves_the_free_words(vosk_recognizer, korean_speech):
    """Vosk itself would break the process."""
    heard = recognise_file(vosk_recognizer, korean_speech[0], ("вулиця", "рівненська"))
    assert heard.words and heard.narrow == ()
    assert vosk_recognizer.listen(8000, ("вулиця",)).finish().state == "no_speech"


@pytest.mark.speech
def test_whisper_knows_no_grammar_and_hears_an_answer_once(whisper_recognizer, clips):
    clip = min(clips, key=lambda path: path.stat().st_size)
    heard = recognise_file(whisper_recognizer, clip, ("вулиця",))
    assert heard.words and heard.narrow == ()


@pytest.mark.speech
def test_two_speakers_on_two_channels_of_a_studio_recording_are_told_apart(vosk_recognizer, korean_speech, tmp_path):
    """44.1 kHz, stereo, as a sound editor exports it."""
    first, second = (_at_44100(Sound.read(path)) for path in korean_speech[:2])
    silence = np.zeros_like(first), np.zeros_like(second)
    left, right = np.concatenate([first, silence[1]]), np.concatenate([silence[0], second])
    heard = recognise_file(vosk_recognizer, recording(tmp_path / "a.wav", left, right, rate=44100))
    channels = [word.channel for word in heard.words]
    assert set(channels) == {0, 1} and channels == sorted(channels), "one spoke after the other"
    starts = [word.start for word in heard.words]
    assert starts == sorted(starts)
    assert heard.words[-1].end <= heard.audio_seconds == pytest.approx(len(left) / 44100)


def _at_44100(sound: Sound) -> NDArray[np.int16]:
    return resample(sound.samples, sound.rate, 44100)
