"""Words of a message without what tells who spoke: names, numbers to call, flats.

A place, a category and the words for them stay, for they are what the rules learn from. So a masked message is still
personal data in the sense of the law: an address and a voice's own words may tell a person. It is only less of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from transcribe.understanding.lemmas import analyser
from transcribe.understanding.number_words import number_word
from transcribe.understanding.place_words import FLAT_WORDS
from transcribe.understanding.tokens import tokens

NAME, NUMBER = "<ім'я>", "<номер>"

_NAMES = ("Name", "Patr", "Surn")
_NEVER_NAMES = ("VERB", "PREP", "CONJ", "NPRO", "ADVB", "PRCL", "PRED", "NUMR")
_LIKE_SURNAME = re.compile(r"[сц]ьк(?:ий|а|ого|ої|ому|ій|им|ою|у)$")
_LONG_NUMBER = 3
"""So many words of numbers in a row are a telephone, a date of birth, an account."""
_STEM = 4
"""Letters in which «Ковальчук» and «Ковальчука» are the same."""


def masked(
    words: Sequence[str],
    *,
    names: Collection[int],
    numbers: Collection[int],
    places: Collection[int],
    applicant: str = "",
) -> list[str]:
    """The words with a mark in place of each that tells a person: as many as before, so that spans still fit.

    Args:
        names, numbers: places of words (from 0) known to be the applicant's name, or a telephone or the like.
        places: words of an address; names there are those of streets, and only a flat is masked.
        applicant: the name in the card; whoever said it is masked, in any case form.
    """
    kept = list(words)
    for n in {*numbers, *_flats(words), *_long_numbers(words, places)}:
        kept[n] = NUMBER
    for n in {*names, *_people(words, places), *_said(words, applicant)}:
        kept[n] = NAME
    return kept


def _flats(words: Sequence[str]) -> Iterator[int]:
    """The number after «квартира»."""
    after = False
    for n, word in enumerate(words):
        if after and _is_number(word):
            yield n
        else:
            after = any(token.text in FLAT_WORDS for token in tokens([word]))
            if after and any(token.is_digits for token in tokens([word])):
                yield n  # «кв.45»


def _long_numbers(words: Sequence[str], places: Collection[int]) -> Iterator[int]:
    for is_number, run in groupby(range(len(words)), lambda n: n not in places and _is_number(words[n])):
        found = list(run)
        if is_number and (
            len(found) >= _LONG_NUMBER or any(len(words[n]) > _STEM for n in found if words[n].isdigit())
        ):
            yield from found


def _people(words: Sequence[str], places: Collection[int]) -> Iterator[int]:
    """What can only be a name; what may be one, beside another that may."""
    likely = {n for n, word in enumerate(words) if n not in places and _may_be_name(word)}
    return (n for n in likely if {n - 1, n + 1} & likely or _is_name(words[n]))


def _said(words: Sequence[str], applicant: str) -> Iterator[int]:
    stems = {part.casefold()[:_STEM] for part in applicant.split() if len(part) >= _STEM}
    return (n for n, word in enumerate(words) if word.casefold()[:_STEM] in stems)


def _may_be_name(word: str) -> bool:
    """In the dictionary also as a name, not in it at all, or built like a surname."""
    plain = word.casefold().strip(".,!?")
    parses = analyser().parse(plain)
    if not any(parse.is_known for parse in parses) or _LIKE_SURNAME.search(plain):
        return plain.isalpha()
    return any(mark in parse.tag for parse in parses for mark in _NAMES) and not any(
        mark in parse.tag for parse in parses for mark in _NEVER_NAMES
    )


def _is_name(word: str) -> bool:
    parses = analyser().parse(word.casefold().strip(".,!?"))
    return all(any(mark in parse.tag for mark in _NAMES) for parse in parses)


def _is_number(word: str) -> bool:
    found = tokens([word])
    return bool(found) and all(token.is_digits or number_word(token.text) for token in found)
