"""What stands near a place: «біля школи номер п'ять», «навпроти автовокзалу», «на тридцять третьому кварталі».

A landmark alone is no address; beside a street it helps the crew to find the spot.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from db.street_register import RegisterDistrict
from transcribe.understanding.facts import Span
from transcribe.understanding.lemmas import normal_forms
from transcribe.understanding.numerals import read_number
from transcribe.understanding.place_words import HOUSE_WORDS, LANDMARKS, NEAR_A_HOUSE
from transcribe.understanding.tokens import Token, tokens

WITHIN = 8
"""Words before and after a street in which its landmark is looked for."""
DESCRIBED = 3
"""Words from «біля» to the landmark itself: «біля старого дитячого садка»."""


def landmark_near(
    found: Sequence[Token], first: int, end: int, districts: Sequence[RegisterDistrict]
) -> tuple[str, Span] | None:
    """The landmark nearest after a street, else before it, and its words."""
    for start, stop in ((end, min(end + WITHIN, len(found))), (max(0, first - WITHIN), first)):
        for at in range(start, stop):
            landmark_end = _landmark_at(found, at, stop)
            if landmark_end:
                return _words(found, at, landmark_end), (found[at].word, found[landmark_end - 1].word)
    return _district(found, end, min(end + WITHIN, len(found)), districts) or _district(
        found, max(0, first - WITHIN), first, districts
    )


def _landmark_at(found: Sequence[Token], at: int, stop: int) -> int | None:
    """The token after a landmark that «біля» or the like at ``at`` announces."""
    if found[at].text not in NEAR_A_HOUSE:
        return None
    for place in range(at + 1, min(at + 1 + DESCRIBED, stop)):
        if LANDMARKS.match(found[place].text):
            return _past_number(found, place + 1)
        if found[place].pause or found[place].text in HOUSE_WORDS or read_number(found, place):
            return None
    return None


def _past_number(found: Sequence[Token], at: int) -> int:
    """«школи номер п'ять», «садка тридцять два»."""
    start = at + 1 if at < len(found) and found[at].text == "номер" else at
    number = read_number(found, start) if start > at else None
    return number.end if number else at


def _district(
    found: Sequence[Token], start: int, stop: int, districts: Sequence[RegisterDistrict]
) -> tuple[str, Span] | None:
    words = tuple(token.text for token in found[start:stop])
    for district in districts:
        for said in _ways_to_say(district):
            for at in range(len(words) - len(said) + 1):
                if words[at : at + len(said)] == said or (len(said) == 1 and said[0] in normal_forms(words[at])):
                    return district.name, (found[start + at].word, found[start + at + len(said) - 1].word)
    return None


@lru_cache(maxsize=1_000)
def _ways_to_say(district: RegisterDistrict) -> tuple[tuple[str, ...], ...]:
    names = (district.name, *district.also)
    return tuple(tuple(token.text for token in tokens(name.split())) for name in names)


def _words(found: Sequence[Token], first: int, end: int) -> str:
    return " ".join(token.text for token in found[first:end])
