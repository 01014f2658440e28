"""Does an adjective name a street («ківерцівська навпроти п'ятдесят шостого») or only tell what something is like
(«дорога шкільна», «волинська і рівненська області»)?
"""

from __future__ import annotations

from transcribe.understanding.agreement import agrees, describes_next
from transcribe.understanding.lemmas import parses
from transcribe.understanding.place_words import (
    BEFORE_A_PLACE,
    BETWEEN_CROSSING,
    CROSSINGS,
    NEAR_A_HOUSE,
    is_motion,
    is_of_a_town,
)
from transcribe.understanding.street_search import StreetSearch

_SAID_OF_ANYTHING = frozenset("готова готовій готову готової".split())
"""Not compared, but no name either: «вулиця готова»."""


def is_named_so(search: StreetSearch, at: int) -> bool:
    """An adjective as streets have it («бузкова», «ковельська»), not one that only tells what a street is like."""
    word = search.words[at]
    adjectives = [parse.tag for parse in parses(word) if "ADJF" in parse.tag]
    compared = any("compb" in tag for tag in adjectives) or word in _SAID_OF_ANYTHING
    return not compared and (is_of_a_town(word) or any("femn" in tag for tag in adjectives))


def is_said_of_before(search: StreetSearch, start: int) -> bool:
    """«дорога шкільна»: the noun before, in the same case and gender."""
    return start > 0 and not search.tokens[start - 1].pause and agrees(search.words[start], search.words[start - 1])


def is_said_of_after(search: StreetSearch, end: int) -> bool:
    """«тепер шкільна їдальня»: the word right after, in the same case and gender."""
    return end < len(search.words) and not search.tokens[end - 1].pause and agrees(*search.words[end - 1 : end + 1])


def describes_after(search: StreetSearch, end: int) -> bool:
    """«на рівненській трасі»: the noun right after, but not in the first case, where another subject mostly begins:
    «рівненська вода тече».
    """
    if end >= len(search.words) or search.words[end] in BEFORE_A_PLACE or search.starts_number(end):
        return False
    return describes_next(search.tokens, end - 1)


def is_way(search: StreetSearch, first: int, end: int) -> bool:
    """«їхати окружною», «їду щодня старосільською»"""
    moving = any(map(is_motion, search.words[max(0, first - 2) : first]))
    return moving and search.words[end - 1].endswith("ою") and not describes_after(search, end)


def stands_alone(search: StreetSearch, start: int, end: int) -> bool:
    """«ківерцівська навпроти п'ятдесят шостого», «набережна коло моста», «привокзальна і вулиця єршова»: no noun
    before or after that it describes, and what follows is said of places.
    """
    words = search.words
    if is_said_of_before(search, start):
        return False
    if end >= len(words):
        return is_of_a_town(words[end - 1])
    if end in search.settlements or (words[end] in ("у", "в") and end + 1 in search.settlements):
        return True
    if search.tokens[end - 1].pause:
        return is_of_a_town(words[end - 1])
    after = words[end]
    until = after in BEFORE_A_PLACE and end + 1 < len(words) and search.starts_number(end + 1)
    if until or after in ("вся", "уся", "парна", "непарна"):
        return True
    joined = after in BETWEEN_CROSSING and (
        end + 1 in search.type_tokens or end + 1 in search.begins or _is_town_pair(search, end - 1, end + 1)
    )
    return joined or after in NEAR_A_HOUSE or after in CROSSINGS


def _is_town_pair(search: StreetSearch, at: int, other: int) -> bool:
    """«ківерцівська і стрілецька», not «волинська і рівненська області»."""
    words = search.words
    if other >= len(words) or not (is_of_a_town(words[at]) and is_of_a_town(words[other])):
        return False
    after = words[other + 1] if other + 1 < len(words) else ""
    both = agrees(words[at], words[other]) or words[at][-2:] == words[other][-2:]
    return both and search.index.exact([words[other]]) is not None and not agrees(words[other], after)
