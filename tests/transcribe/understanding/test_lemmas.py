"""Dictionary forms of words, whatever the words are."""

from __future__ import annotations

import pytest

from transcribe.understanding.lemmas import analyser, normal_forms


@pytest.mark.parametrize("word", ["\U00017000", "a\U00017000", "\ue000", "", "ъ" * 500, "'"])
def test_a_word_no_dictionary_can_know_stands_for_itself(word: str) -> None:
    assert word in normal_forms(word)


def test_a_letter_without_a_unicode_name_has_no_parses() -> None:
    assert analyser().parse("a\U00017000") == []
