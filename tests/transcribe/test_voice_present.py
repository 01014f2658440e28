"""Whoever speaks is told from music, however the recording comes in."""

from __future__ import annotations

import numpy as np
import pytest
from nobody_speaks import RATE, WITHOUT_SPEECH, without_speech

from transcribe import voice_present
from transcribe.recognizer import Sound
from transcribe.voice_present import Voice


@pytest.fixture(scope="module")
def spoken(clips) -> list[Sound]:
    return [Sound.read(path) for path in clips]


def heard(sound: Sound, block_s: float) -> bool:
    voice = Voice(sound.rate)
    block = int(sound.rate * block_s)
    for start in range(0, len(sound.samples), block):
        voice.hear(sound.samples[start : start + block])
    return voice.present


@pytest.mark.parametrize("name", WITHOUT_SPEECH)
def test_nobody_speaks_in_music_noise_and_tones(name: str) -> None:
    assert not heard(without_speech(name), 1.0)


@pytest.mark.parametrize("block_s", [0.02, 0.25, 2.0])
def test_somebody_speaks_in_every_clip_in_pieces_of_any_length(spoken, block_s: float) -> None:
    assert all(heard(sound, block_s) for sound in spoken)


def test_a_voice_over_music_is_a_voice(spoken) -> None:
    speech = spoken[0]
    tune = without_speech("a melody").samples // 8
    over = np.resize(tune, len(speech.samples)) + speech.samples // 2
    assert heard(Sound(over.astype(np.int16), speech.rate), 1.0)


def test_a_caller_forty_decibels_too_quiet_is_heard(spoken) -> None:
    assert all(heard(Sound((sound.samples * 0.01).astype(np.int16), sound.rate), 1.0) for sound in spoken)


def test_a_caller_at_a_noisy_street_is_heard(spoken) -> None:
    for sound in spoken:
        level = np.sqrt(np.mean(sound.samples.astype(float) ** 2))
        noise = np.random.default_rng(1580).standard_normal(len(sound.samples)) * level
        over = np.clip(sound.samples + noise, -32768, 32767).astype(np.int16)
        assert heard(Sound(over, sound.rate), 1.0)


def test_after_ten_minutes_without_a_voice_nobody_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_present, "MOST_ASKED", 30)
    assert heard(without_speech("white noise"), 1.0)
    assert not heard(Sound(np.zeros(RATE * 60, np.int16), RATE), 1.0)
