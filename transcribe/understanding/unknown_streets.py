"""Is it a street the register does not have? «вулиця горобина сім», «на акваріумній, 29», «федора кричевського три»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcribe.understanding.lemmas import parses
from transcribe.understanding.mention import Mention
from transcribe.understanding.place_words import BEFORE_A_PLACE, BUILDING_OF, FLAT_WORDS, is_numbered, is_of_a_town
from transcribe.understanding.street_adjectives import describes_after, is_named_so, is_said_of_before
from transcribe.understanding.street_or_person import (
    is_first_name,
    is_honour,
    is_noun,
    is_only_person,
    is_small,
    is_somebody,
    may_be_one_person,
    may_be_surname,
)
from transcribe.understanding.street_search import StreetSearch
from transcribe.understanding.street_types import TypeWord

_DEGREES = frozenset("мінус плюс градусів нуль".split())
_SAID_OF_WAYS = re.compile(
    r"кінцев|сусідн|проїжд|проїзн|пішохідн|бічн|бокові|головн|паралельн|протилежн|останн|наступн|попередн|зустрічн"
    r"|верхн|нижн|середн|крайн|дальн|ближн|земл|автобусн|дитяч|спортивн"
)
"""«на кінцевій», «по проїжджій», «на сусідній»: which one of several, not its name."""
UNKNOWN_LETTERS = 5
"""Of a street the register does not have and that nothing announced but its house."""


def unknown_after_type(search: StreetSearch, type_: TypeWord, start: int, stop: int) -> Mention | None:
    """A street outside the register: «вулиця горобина сім», «на вулиці горобиній»."""
    if type_.rest or start >= stop or search.words[start] in ("а", "але"):
        return None
    for end in range(start + 1, min(stop, start + 3) + 1):
        if search.house_at(end) is not None and _may_be_name(search, start, end):
            return Mention(type_.first, end, (start, end), (), type_.type, "type", False)
    end = _past_person(search, start, stop)
    if end == start and _is_adjective_of(search, type_, start):
        end = start + 1
    return Mention(type_.first, end, (start, end), (), type_.type, "type", False) if end > start else None


def _may_be_name(search: StreetSearch, start: int, end: int) -> bool:
    """«на вулиці мінус вісім», «на вулицю все одно»: what no street is called."""
    words = search.words[start:end]
    if not all(search.may_be_in_name(at) and search.words[at] not in BEFORE_A_PLACE for at in range(start, end)):
        return False
    return _DEGREES.isdisjoint(words) and not any(map(is_small, words))


def _past_person(search: StreetSearch, start: int, stop: int) -> int:
    """The end of a person's name in the genitive («вулиця леся курбаса»); ``start`` when none begins there."""
    if not (search.may_be_in_name(start) and is_only_person(search.words[start])):
        return start
    if not is_first_name(search.words[start]):
        return start + 1
    second = start + 1
    in_name = second < stop and search.may_be_in_name(second) and may_be_surname(search.words[second])
    return second + 1 if in_name else start


def _is_adjective_of(search: StreetSearch, type_: TypeWord, at: int) -> bool:
    """«на вулиці горобиній»: an adjective in the case and gender of its type, with nothing to describe after it.

    In the first case it may be said of the street («вулиця вузька»), unless it is made of another town's name or
    of a thing's («вулиця польова»), or a village follows.
    """
    if describes_after(search, at + 1) or search.starts_number(at):
        return False
    types = [parse.tag for parse in parses(search.words[type_.end - 1]) if "NOUN" in parse.tag]
    names = [parse.tag for parse in parses(search.words[at]) if "ADJF" in parse.tag]
    cases = {one.case for one in types for other in names if (one.case, one.gender) == (other.case, other.gender)}
    if "nomn" in cases:
        word, settled = search.words[at], {at + 1, at + 2} & search.settlements
        return is_named_so(search, at) and (bool(settled) or is_of_a_town(word) or word.endswith(("ова", "ева")))
    return bool(cases & {"gent", "datv", "loct"})


def is_unknown_after_preposition(search: StreetSearch, at: int, start: int) -> bool:
    """«на акваріумній, 29», «на франка сорок»: named as streets are, and a house right after it.

    «по леваневського» needs no house: «по» never stands before a genitive but where «вулиці» was left out.
    """
    if search.words[at] not in ("на", "по") or search.starts_number(start):
        return False
    if search.index.exact(search.words[start : start + 1]):
        return False
    tags: list[frozenset[str]] = [parse.tag.grammemes for parse in parses(search.words[start])]
    surname = any(tag >= {"Surn", "gent"} for tag in tags) and not is_somebody(search.words[start])
    if search.words[at] == "по" and surname and all("loct" not in tag for tag in tags):
        return True
    named_so = any(tag >= {"femn", "loct"} and ("ADJF" in tag or "Surn" in tag) for tag in tags)
    if search.house_at(search.past_house_words(start + 1)) is not None:
        return surname or named_so
    return named_so and _is_only_street(search, start, way=search.words[at] == "по")


def _is_only_street(search: StreetSearch, at: int, *, way: bool) -> bool:
    """«на лісовій ані одної лампочки» in a village, «на дворецькій немає води»: an adjective of streets."""
    word = search.words[at]
    if describes_after(search, at + 1):
        return False
    relative = any("ADJF" in parse.tag for parse in parses(word)) and is_named_so(search, at)
    relative = relative and not _SAID_OF_WAYS.match(word)
    ends = at + 1 == len(search.words) or search.tokens[at].pause
    return is_of_a_town(word) or (relative and (bool(search.settlements) or (way and ends)))


def unknown_before_house(search: StreetSearch, end: int) -> int | None:
    """Where a name that only a street has begins: «Замкова, 18.», «дворецька тридцять вісім», «федора кричевського
    три», «конопніцької сім»; None where the words before a house are no such name.
    """
    at = end - 1
    word, before = search.words[at], search.before(at)
    if not _may_be_unknown(search, at) or (search.tokens[at].pause and before):
        return None
    tags: list[frozenset[str]] = [parse.tag.grammemes for parse in parses(word)]
    if not search.found and _has_flat(search, end) and _may_name_any(search, at, tags):
        return at
    if any(tag >= {"ADJF", "femn", "nomn"} for tag in tags):
        alone = not before or at - 1 in search.settlements or (is_of_a_town(word) and not is_said_of_before(search, at))
        return at if alone and is_named_so(search, at) else None
    if before and is_honour(before) and may_be_surname(word):
        return at - 1
    lone = not before or not is_noun(before) or (is_first_name(before) and not may_be_one_person(before, word))
    return at if lone and is_only_person(word) and not is_first_name(word) else None


def _may_name_any(search: StreetSearch, at: int, tags: Sequence[frozenset[str]]) -> bool:
    """«кооперативна п'ять квартира вісім», «ветеранів чотири квартира тридцять»: what else has a house and a flat? Not
    «вода холодна вісім квартира десять».
    """
    word = search.words[at]
    if is_numbered(word) or word in BUILDING_OF or is_said_of_before(search, at):
        return False
    return any(tag >= {"ADJF", "femn", "nomn"} or tag >= {"NOUN", "anim", "plur", "gent"} for tag in tags)


def _has_flat(search: StreetSearch, at: int) -> bool:
    house = search.house_at(at)
    return house is not None and house < len(search.words) and search.words[house] in FLAT_WORDS


def _may_be_unknown(search: StreetSearch, at: int) -> bool:
    word = search.words[at]
    free = at not in search.used and at not in search.type_tokens and not search.starts_number(at)
    return free and len(word) >= UNKNOWN_LETTERS and search.index.exact([word]) is None
