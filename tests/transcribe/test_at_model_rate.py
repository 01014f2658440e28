"""A recording brought to the rate of the models."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from transcribe.at_model_rate import MODEL_RATE, AtModelRate

SECOND_OF_NOISE = np.random.default_rng(1580).integers(-20_000, 20_000, 8000).astype(np.int16)


def brought_up(samples, rate, ends):
    stream = AtModelRate(rate)
    pieces = [stream.more(samples[start:end]) for start, end in pairwise([0, *ends, len(samples)])]
    return np.concatenate([*pieces, stream.rest()])


@pytest.mark.parametrize("ends", [[1, 8, 807], [160 * n for n in range(1, 50)]], ids=["odd pieces", "packets of 20 ms"])
def test_pieces_give_the_very_samples_of_the_whole(ends):
    assert np.array_equal(brought_up(SECOND_OF_NOISE, 8000, ends), brought_up(SECOND_OF_NOISE, 8000, []))


@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000])
def test_a_recording_keeps_its_length_at_any_rate(rate):
    assert len(brought_up(np.zeros(rate, np.int16), rate, [])) == pytest.approx(MODEL_RATE, abs=2)


def test_the_loudest_sound_does_not_fold_over():
    square = np.where(np.arange(8000) // 20 % 2, 32_767, -32_768).astype(np.int16)
    up = brought_up(square, 8000, [])
    assert np.array_equal(np.sign(up[1000:-1000:2].astype(int)), np.sign(square[500:-500].astype(int)))


def test_an_empty_recording_stays_empty():
    assert len(brought_up(np.zeros(0, np.int16), 8000, [])) == 0
