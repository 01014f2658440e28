"""Does the person beside a street's name belong to it («генерала шухевича», «шевченка тараса п'ять»), or is the name
nothing but that person's («мене звати марія павлова»)?
"""

from __future__ import annotations

import re

from transcribe.understanding.place_words import BEFORE_A_PLACE, HESITATIONS, NAME_COMES
from transcribe.understanding.street_index import Variant
from transcribe.understanding.street_names import TITLES
from transcribe.understanding.street_or_person import (
    is_called_so,
    is_first_name,
    is_honour,
    is_somebody_in_genitive,
    may_be_one_person,
    may_be_subject,
)
from transcribe.understanding.street_search import StreetSearch

_TO_SOMEBODY = ("до", "від", "за")
TURNS_WITHIN = 3
"""Words between a person and the verb that says he was asked."""
BESIDE_WITHIN = 3
"""The same of one who plays a composer."""
_SOME = frozenset("якась якийсь".split())
_SPEAKS = re.compile(
    r"каже$|(?:с|по|роз|при)?каза(?:в|ла)$|обіця(?:є|в|ла)$|відпові(?:в|ла|дає)$|поясни(?:в|ла)$|відмови(?:в|ла)"
)
_PLAYS = re.compile(r"(?:за)?гра(?:є|ють|в|ла|ли|ти)$")
_INSTRUMENTS = re.compile(r"піаніно|фортеп|роял|скрип|баян|гітар|акордеон|саксоф|труб[іу]$")
_REMEMBERED = re.compile(r"честь$|бюст|погрудд|портрет|вірш[іи]|сонат")
_TURNS_TO = re.compile(r"ходи[влт]|зверта|зверну|дзвони|телефон|писа[влт]|записа|голосув|скарж")


def past_honours(search: StreetSearch, at: int, stop: int) -> int:
    """The token after first names in the genitive and titles: «тараса | шевченка», «генерала | шухевича»."""
    stop = min(stop, len(search.words) - 1)
    while at < stop and at not in search.used and not search.tokens[at].pause and is_honour(search.words[at]):
        at += 1
    return at


def honours_before(search: StreetSearch, start: int) -> int:
    """The first of the names and titles that stand before a name; at most two of them."""
    first = start
    while first > max(0, start - 2) and past_honours(search, first - 1, first) == first:
        first -= 1
    return first


def honours_fit(search: StreetSearch, first: int, start: int, variant: Variant) -> bool:
    """Whether the street may have what stands before its name: «вулиця тараса шевченка» is «Шевченка», but
    «миколи гончара» is not «Олеся Гончара».
    """
    if not variant.short or variant.has_only_a_title:
        return True
    return all(search.words[at] in TITLES or search.words[at] in HESITATIONS for at in range(first, start))


def past_first_name(search: StreetSearch, end: int, variant: Variant) -> int:
    """«шевченка | тараса п'ять»: past the first name of the person the street has its name of."""
    if variant.short or variant.sort != "surname" or end >= len(search.words) or search.words[end] in TITLES:
        return end
    past = past_honours(search, end, end + 1)
    return past if search.house_at(search.past_house_words(past)) is not None else end


def is_person(search: StreetSearch, start: int, end: int, variant: Variant) -> bool:
    """«мене звати марія павлова»: a surname beside a first name or after «прізвище»."""
    before = search.before(start)
    if variant.sort not in ("surname", "adjective") or end - start > 1:
        return bool(before and set(search.words[max(0, start - 2) : start]) & NAME_COMES)
    if before and set(search.words[max(0, start - 3) : start]) & NAME_COMES:
        return True
    is_street = search.index.exact([before]) is not None
    if is_somebody_in_genitive(before) and not is_street:
        return True
    around = [search.words[at] for at in (start - 1, end) if 0 <= at < len(search.words)]
    names = [word for word in around if word not in BEFORE_A_PLACE and is_first_name(word)]
    if not search.house_after(end):
        if _is_spoken_of(search, start, end):
            return True
        called = not is_street and is_called_so(before, search.words[start])
        return bool(names) or called or (before in _TO_SOMEBODY and _is_turned_to(search, start, end))
    return any(may_be_one_person(word, search.words[start]) for word in names)


def _is_spoken_of(search: StreetSearch, start: int, end: int) -> bool:
    """«якась корольова», «корольова каже», «грають шопена», «на честь чайковського чи горького»"""
    words, name = search.words, search.words[end - 1]
    before = words[max(0, start - BESIDE_WITHIN) : start]
    after = words[end : end + BESIDE_WITHIN] if not search.tokens[end - 1].pause else []
    if may_be_subject(name):
        some = before[-1:] and before[-1] in _SOME and "тепер" not in before
        if some or (after and _SPEAKS.match(after[0])):
            return True
    plays = any(map(_PLAYS.match, before)) and not any(
        token.pause for token in search.tokens[start - len(before) : start]
    )
    on_instrument = len(after) > 2 and after[1] == "на" and _PLAYS.match(after[0]) and _INSTRUMENTS.match(after[2])
    either = before[-1:] in (["чи"], ["або"]) and start > 1 and search.index.exact([words[start - 2]])
    first = start - 2 if either else start
    remembered = first > 0 and not search.tokens[first - 1].pause and _REMEMBERED.match(words[first - 1])
    return bool(plays or on_instrument or remembered)


def _is_turned_to(search: StreetSearch, start: int, end: int) -> bool:
    """«до шевченка ходила, того депутата»: a person whom the caller went or wrote to."""
    after = search.words[end : end + TURNS_WITHIN]
    near = (*search.words[max(0, start - TURNS_WITHIN) : start], *after)
    at_work = search.before(start) == "до" and after[:2] in (["в", "жек"], ["у", "жек"], ["в", "осбб"])
    return at_work or any(map(_TURNS_TO.match, near))  # «і до корольової в жек»
