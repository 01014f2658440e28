"""The message for reading: spoken numbers, times, dates and telephones in digits, every other word as it was heard.

The heard words stay what they are: every written piece knows which of them it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcribe.understanding.clock import read_time
from transcribe.understanding.dates import read_date
from transcribe.understanding.digits import is_numbered, read_digits
from transcribe.understanding.facts import Said, Span, WrittenPiece
from transcribe.understanding.numerals import read_number
from transcribe.understanding.phone_numbers import CITY, IN_THE_CITY, NATIONAL
from transcribe.understanding.reading import Reading
from transcribe.understanding.tokens import Token

_AND = frozenset("і й та або чи до по".split())
"""Between two numbers of a list or range."""
_AROUND = re.compile(r"""(?P<before>[\s.,;:!?…—–()«»"-]*).*?(?P<after>[\s.,;:!?…—–()«»"-]*)""", re.DOTALL)
_GROUPS = {5: (1, 2, 2), 6: (2, 2, 2), 7: (3, 2, 2)}
"""How the digits of a telephone stand, after its code."""
_OPERATOR = 3
"""Digits of a mobile operator, «050»."""


def written_pieces(
    words: Sequence[str],
    found: Sequence[Token],
    *,
    phones: Sequence[Said] = (),
    appeal_numbers: Sequence[Said] = (),
    places: Sequence[Span] = (),
) -> tuple[WrittenPiece, ...]:
    """The pieces of the message in order; together they cover every word once.

    Args:
        found: the tokens of the words.
        phones, appeal_numbers: as they were found.
        places: where addresses stand: «шевченка сім» has a house there.
    """
    known = {said.span[0]: (_grouped(said, found), said.span[1]) for said in phones}
    known |= {said.span[0]: (said.value, said.span[1]) for said in appeal_numbers}
    readings = _readings(words, found, known, places)
    pieces: list[WrittenPiece] = []
    word = 0
    while word < len(words):
        text, last = readings.get(word, (words[word], word))
        pieces.append(WrittenPiece(text, (word, last)))
        word = last + 1
    return tuple(pieces)


def _readings(
    words: Sequence[str], found: Sequence[Token], known: dict[int, tuple[str, int]], places: Sequence[Span]
) -> dict[int, tuple[str, int]]:
    """First word -> what is written instead, and the last word it stands for."""
    readings: dict[int, tuple[str, int]] = {}
    at = list_end = 0
    while at < len(found):
        word = found[at].word
        if word in known:
            text, last = known[word]
            at = _after_word(found, at, last)
            readings |= _instead(words, text, (word, last))
            continue
        goes_on = list_end > 0 and (at == list_end or (at == list_end + 1 and found[list_end].text in _AND))
        numbers = goes_on or _in(word, places)
        reading = _reading(found, at, numbers=numbers)
        if reading is None or not _is_whole(found, at, reading.end):
            at += 1
            continue
        list_end = reading.end if numbers or is_numbered(found, at) else 0
        readings |= _instead(words, reading.text, (word, found[reading.end - 1].word))
        at = reading.end
    return readings


def _reading(found: Sequence[Token], at: int, *, numbers: bool) -> Reading | None:
    return read_date(found, at) or read_time(found, at) or read_digits(found, at, numbers=numbers)


def _is_whole(found: Sequence[Token], at: int, end: int) -> bool:
    """Only whole words are written otherwise."""
    return found[at].joined is None and (end == len(found) or found[end].joined is None)


def _instead(words: Sequence[str], text: str, span: Span) -> dict[int, tuple[str, int]]:
    """A written text with the punctuation of its words. What has digits already stays as the recogniser wrote it."""
    heard = words[span[0] : span[1] + 1]
    if all(any(sign.isdecimal() for sign in word) for word in heard):
        return {}
    return {span[0]: (_around(heard[0])[0] + text + _around(heard[-1])[1], span[1])}


def _around(word: str) -> tuple[str, str]:
    match = _AROUND.fullmatch(word)
    return (match["before"], match["after"]) if match else ("", "")


def _after_word(found: Sequence[Token], at: int, word: int) -> int:
    while at < len(found) and found[at].word <= word:
        at += 1
    return at


def _grouped(phone: Said, found: Sequence[Token]) -> str:
    """«050 123 45 67», «0332 77 79 04», «77 79 04» as it was said, with «+38» when that was said."""
    said = [token for token in found if phone.span[0] <= token.word <= phone.span[1]]
    rest = phone.value
    groups: list[str] = ["+38"] if said and said[0].text == "плюс" else []
    if rest.startswith(CITY) and len(rest) == NATIONAL:
        rest = rest[len(CITY) :]
        groups += [CITY] if _says_code(said) else []
    elif len(rest) == NATIONAL:
        groups, rest = [*groups, rest[:_OPERATOR]], rest[_OPERATOR:]
    for length in _GROUPS.get(len(rest), (len(rest),)):
        groups.append(rest[:length])
        rest = rest[length:]
    return " ".join(groups)


def _says_code(said: Sequence[Token]) -> bool:
    """More digits were said than a number has inside the city."""
    count = at = 0
    while at < len(said):
        number = read_number(said, at)
        count += len(number.digits) if number else 0
        at = number.end if number else at + 1
    return count > max(IN_THE_CITY)


def _in(word: int, spans: Sequence[Span]) -> bool:
    return any(first <= word <= last for first, last in spans)
