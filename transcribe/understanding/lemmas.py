"""Which dictionary forms may a word come from?

The Ukrainian dictionary gives parses no weights («води» comes out as «водити» first), so a word stands for the set of
all its normal forms: of 60 inflected words of calls the first parse was right for 54, some parse for all 60.
"""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from typing import Any

import pymorphy3

LONGEST_WORD = 60
"""Letters. Nobody says a longer word; a recogniser's rubbish is not worth an analysis."""

KNOWN_WORDS = 50_000
"""Analyses kept in memory (some 10 MB): a year of calls uses fewer."""

_loading = threading.Lock()


@lru_cache(maxsize=KNOWN_WORDS)
def normal_forms(word: str) -> frozenset[str]:
    """All dictionary forms a word (small letters, «'») may come from; an unknown word also stands for itself.

    Example:
        >>> sorted(normal_forms("води"))
        ['вод', 'вода', 'водити']
    """
    if not word or len(word) > LONGEST_WORD:
        return frozenset({word})
    forms = {parse.normal_form for parse in parses(word)}
    return frozenset(forms if any(parse.is_known for parse in parses(word)) else forms | {word})


@lru_cache(maxsize=KNOWN_WORDS)
def parses(word: str) -> tuple[Any, ...]:
    """All parses of a word, kept: the same few thousand words make up most messages."""
    return tuple(analyser().parse(word))


def in_dictionary(word: str) -> bool:
    """Whether the dictionary knows the form."""
    return analyser().word_is_known(word)


class Analyser:
    """The dictionary, safe for any word a caller or a file may hold."""

    def __init__(self) -> None:
        self._dictionary = pymorphy3.MorphAnalyzer(lang="uk")

    def parse(self, word: str) -> list[Any]:
        """All parses of a word. pymorphy asks for the Unicode names of letters; where there is none (Tangut): none."""
        try:
            return list(self._dictionary.parse(word))
        except ValueError:
            return []

    def word_is_known(self, word: str) -> bool:
        """Whether the dictionary has the form."""
        return bool(self._dictionary.word_is_known(word))


def analyser() -> Analyser:
    """The one analyser of this process (28 MB, 0.1 s to load)."""
    with _loading:
        return _load()


@cache
def _load() -> Analyser:
    return Analyser()
