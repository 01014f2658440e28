"""The small language of the rules: which words, in which forms, how near to one another.

    немає|нема + світло|електр*

- ``світло`` is a dictionary form and stands for all its forms; ``=світла`` is only this form; ``електр*`` is the
  beginning of a word; ``$нема`` is a named list of such words.
- ``|`` separates words of which any will do.
- Words with a space between them come in this order, with at most one other word between two of them.
- ``+`` joins parts that may come in any order, all within :data:`NEAR` words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transcribe.understanding.facts import Span
from transcribe.understanding.lemmas import KNOWN_WORDS, in_dictionary, normal_forms
from transcribe.understanding.tokens import tokens

NEAR = 9
"""Words from the first to the last that a pattern with ``+`` may cover: one thought of spoken language."""

BETWEEN = 1
"""Other words allowed between two words of a part: «не дуже працює»."""

SHORTEST_STEM = 3
"""A shorter beginning of a word would match half the language."""

Match = tuple[int, ...]
"""Positions of the tokens that matched, in rising order."""


class UnusablePattern(Exception):
    """An administrator wrote a pattern that cannot be read; the message says in Ukrainian what is wrong."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, as numbers of the :class:`Vocabulary`'s terms.

    Attributes:
        parts: terms, in order within a part.
        text: as the administrator wrote it.
        terms: all of them; without any one of them in a message the pattern cannot match.
    """

    parts: tuple[tuple[int, ...], ...]
    text: str
    terms: frozenset[int]

    def matches(self, message: Message) -> Iterator[Match]:
        """Where the pattern stands in the message, in the order of its first part."""
        first, *others = self.parts
        for found in message.part(first):
            together = found
            for part in others:
                nearest = message.nearest(part, together)
                if nearest is None:
                    break
                together = tuple(sorted({*together, *nearest}))
            else:
                yield together


class Vocabulary:
    """All terms of all patterns, and which of them a word meets: worked out once for a word, then remembered."""

    def __init__(self, lists: Mapping[str, Sequence[str]] | None = None) -> None:
        self._lists = lists or {}
        self._terms: dict[str, int] = {}
        self._forms: dict[str, set[int]] = {}
        self._lemmas: dict[str, set[int]] = {}
        self._stems: dict[str, set[int]] = {}
        self.met_by = lru_cache(maxsize=KNOWN_WORDS)(self._met_by)

    def pattern(self, text: str) -> Pattern:
        """Read a pattern.

        Raises:
            UnusablePattern: see there.
        """
        parts = tuple(tuple(self._term(term) for term in part.split()) for part in text.split("+"))
        if not all(parts):
            raise UnusablePattern("порожній шаблон або порожнє місце біля «+»")
        return Pattern(parts, text, frozenset(term for part in parts for term in part))

    def _term(self, text: str) -> int:
        if text not in self._terms:
            number = self._terms[text] = len(self._terms)
            for word in text.split("|"):
                self._learn(word, number)
        return self._terms[text]

    def _learn(self, word: str, number: int) -> None:
        if word.startswith("$"):
            if word[1:] not in self._lists:
                raise UnusablePattern(f"немає переліку слів «{word}»")
            for listed in self._lists[word[1:]]:
                self._learn(listed, number)
        elif word.endswith("*"):
            stem = _written(word[:-1])
            if len(stem) < SHORTEST_STEM:
                raise UnusablePattern(f"початок слова «{word}» закороткий: потрібно щонайменше {SHORTEST_STEM} літери")
            self._stems.setdefault(stem, set()).add(number)
        elif word.startswith("="):
            self._forms.setdefault(_written(word[1:]), set()).add(number)
        else:
            self._lemmas.setdefault(_dictionary_form(word), set()).add(number)

    def _met_by(self, word: str) -> frozenset[int]:
        met = set(self._forms.get(word, ()))
        for lemma in normal_forms(word):
            met |= self._lemmas.get(lemma, set())
        for length in range(SHORTEST_STEM, len(word) + 1):
            met |= self._stems.get(word[:length], set())
        return frozenset(met)


class Message:
    """The tokens of a message and where each term of a vocabulary is met. Positions count tokens from 0."""

    def __init__(self, words: Sequence[str], vocabulary: Vocabulary) -> None:
        self.tokens = tokens(words)
        self._at: dict[int, list[int]] = {}
        for position, token in enumerate(self.tokens):
            for term in vocabulary.met_by(token.text):
                self._at.setdefault(term, []).append(position)

    def span(self, match: Match) -> Span:
        """First and last heard word of a match."""
        return self.tokens[match[0]].word, self.tokens[match[-1]].word

    def possible(self, patterns: Iterable[Pattern]) -> list[Pattern]:
        """Those of the patterns all of whose terms are met: a few of thousands."""
        met = self._at.keys()
        return [pattern for pattern in patterns if pattern.terms <= met]

    def part(self, terms: Sequence[int]) -> Iterator[Match]:
        """Where the terms stand in this order, with at most :data:`BETWEEN` words between two."""
        for start in self._at.get(terms[0], ()):
            if (found := self._continued(start, terms)) is not None:
                yield found

    def nearest(self, terms: Sequence[int], to: Match) -> Match | None:
        """The nearest place of the terms that shares no word with ``to`` and lies within :data:`NEAR` of all of it."""
        starts = self._at.get(terms[0], ())
        lowest, highest = to[-1] - NEAR + 1, to[0] + NEAR - 1
        best: Match | None = None
        for start in starts[bisect_right(starts, lowest - 1) : bisect_right(starts, highest)]:
            found = self._continued(start, terms)
            if found is None or found[-1] > highest or set(found) & set(to):
                continue
            if best is None or _apart(found, to) < _apart(best, to):
                best = found
        return best

    def _continued(self, start: int, terms: Sequence[int]) -> Match | None:
        found = [start]
        for term in terms[1:]:
            places = self._at.get(term, ())
            after = bisect_right(places, found[-1])
            if after == len(places) or places[after] > found[-1] + 1 + BETWEEN:
                return None
            found.append(places[after])
        return tuple(found)


def _apart(one: Match, other: Match) -> int:
    return max(one[0] - other[-1], other[0] - one[-1])


def _written(word: str) -> str:
    pieces = tokens([word])
    if len(pieces) != 1:
        raise UnusablePattern(f"«{word}» має бути одним словом; між словами ставте пробіл, між варіантами - «|»")
    return pieces[0].text


def _dictionary_form(word: str) -> str:
    form = _written(word)
    if in_dictionary(form) and form not in normal_forms(form):
        forms = ", ".join(sorted(normal_forms(form)))
        raise UnusablePattern(
            f"«{word}» не є словниковою формою: напишіть «{forms}», або «={word}», або початок із «*»"
        )
    return form
