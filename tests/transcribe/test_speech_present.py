"""The gate before every recogniser: nobody who speaks may be turned away."""

from __future__ import annotations

import numpy as np
import pytest
from nobody_speaks import MUSIC, WITHOUT_SPEECH, without_speech

from transcribe.recognizer import Sound
from transcribe.speech_present import Levels, speech_present


@pytest.fixture(scope="module")
def spoken(clips) -> list[Sound]:
    return [Sound.read(path) for path in clips]


def _changed(sound: Sound, samples) -> Sound:
    return Sound(np.clip(samples, -32768, 32767).astype(np.int16), sound.rate)


@pytest.mark.parametrize("name", sorted({*WITHOUT_SPEECH} - {*MUSIC}))
def test_nobody_speaks_in_silence_noise_and_tones(name):
    assert not speech_present(without_speech(name))


def test_every_clip_of_speech_passes(spoken):
    assert all(speech_present(sound) for sound in spoken)


def test_a_single_short_word_passes(spoken):
    sound = spoken[0]
    start = int(0.3 * sound.rate)
    assert speech_present(Sound(sound.samples[start : start + int(0.25 * sound.rate)], sound.rate))


def test_a_caller_forty_decibels_too_quiet_passes(spoken):
    assert all(speech_present(_changed(sound, sound.samples * 0.01)) for sound in spoken)


def test_a_caller_at_a_noisy_street_passes(spoken):
    for sound in spoken:
        level = np.sqrt(np.mean(sound.samples.astype(float) ** 2))
        noise = np.random.default_rng(1580).standard_normal(len(sound.samples)) * level
        assert speech_present(_changed(sound, sound.samples + noise))


def test_a_quiet_caller_after_a_loud_beep_passes(spoken):
    for sound in spoken:
        beep = 32000 * np.sin(2 * np.pi * 1000 * np.arange(sound.rate // 2) / sound.rate)
        assert speech_present(_changed(sound, np.concatenate([beep, sound.samples * 0.02])))


def test_a_quiet_caller_over_a_loud_click_passes(spoken):
    for sound in spoken:
        samples = sound.samples * 0.03
        samples[1000:1004] = 32000
        assert speech_present(_changed(sound, samples))


def test_one_word_in_a_minute_of_noise_passes(spoken):
    sound = spoken[0]
    noise = np.random.default_rng(1580).standard_normal(60 * sound.rate) * 30
    start = int(0.3 * sound.rate)
    word = sound.samples[start : start + sound.rate // 2]
    noise[: len(word)] += word
    assert speech_present(_changed(sound, noise))


def test_the_rate_does_not_matter(spoken):
    sound = spoken[0]
    assert speech_present(Sound(np.repeat(sound.samples, 2), sound.rate * 2))
    assert not speech_present(Sound(np.repeat(without_speech("pink noise").samples, 2), 16000))


def test_a_recording_shorter_than_a_word_is_nobody():
    assert not speech_present(Sound(np.array([9000, -9000] * 100, np.int16), 8000))


def test_a_phrase_is_believed_only_where_somebody_speaks(spoken):
    sound = spoken[0]
    waiting = _changed(sound, np.concatenate([sound.samples, np.zeros(10 * sound.rate)]))
    levels = Levels(waiting.rate)
    levels.hear(waiting.samples)
    assert levels.phrase_is_speech(0.5, 3)
    assert not levels.phrase_is_speech(sound.seconds + 2, sound.seconds + 4)
    assert not levels.phrase_is_speech(1000, 1001)
