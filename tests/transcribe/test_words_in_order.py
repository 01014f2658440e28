"""Words a recogniser places outside the recording or backwards are put right before anyone stores them."""

from __future__ import annotations

import json

import numpy as np

from transcribe.recognizer import Word, in_order


def test_a_word_behind_the_end_is_brought_back_to_it():
    assert in_order([Word("води", 4.9, 5.4, 0.9), Word("немає", 5.3, 5.8, 0.9)], 5.0) == (
        Word("води", 4.9, 5.0, 0.9),
        Word("немає", 5.0, 5.0, 0.9),
    )


def test_times_never_run_backwards():
    words = in_order([Word("два", 2.0, 2.5, 1.0), Word("три", 1.5, 1.8, 1.0)], 5.0)
    assert [(word.start, word.end) for word in words] == [(2.0, 2.5), (2.0, 2.0)]


def test_confidence_stays_between_zero_and_one():
    assert [word.conf for word in in_order([Word("а", 0, 1, 1.0000002), Word("б", 1, 2, -0.1)], 5.0)] == [1.0, 0.0]


def test_numbers_of_numpy_become_numbers_of_json():
    [word] = in_order([Word("так", np.float32(0.5), np.float32(1.0), np.float32(0.9))], 5.0)
    assert json.dumps([word.start, word.end, word.conf]) == "[0.5, 1.0, 0.9]"
