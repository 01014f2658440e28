"""Is a name that the register has a street here, and what announces it? «на перемоги» is one, «день перемоги» is none.

The more a name may mean besides, the more must announce it: a surname needs only to be nobody's, an adjective must
stand alone («тепер вона барвінкова»), an ordinary word needs a place or a house.
"""

from __future__ import annotations

from transcribe.understanding.house_numbers import LONGEST_HOUSE, read_house
from transcribe.understanding.lemmas import parses
from transcribe.understanding.mention import Announced, Mention
from transcribe.understanding.namesakes import honours_before, honours_fit, is_person, past_first_name
from transcribe.understanding.place_words import (
    BEFORE_A_PLACE,
    BETWEEN_CROSSING,
    CORRECTIONS,
    CROSSINGS,
    DETERMINERS,
    HESITATIONS,
    LANDMARKS,
    NAMED_AFTER,
    STRONGLY_A_PLACE,
)
from transcribe.understanding.street_adjectives import (
    describes_after,
    is_named_so,
    is_said_of_after,
    is_way,
    stands_alone,
)
from transcribe.understanding.street_index import Match, Variant
from transcribe.understanding.street_or_person import is_of_a_street
from transcribe.understanding.street_search import StreetSearch

FAR_CROSSING = 12
"""Words between «ріг» and the last of the streets it announces."""

_AROUND_AN_ANSWER = HESITATIONS | BEFORE_A_PLACE | frozenset("алло ало так ну добре".split())
_RATHER_THINGS = frozenset(["могили"])
"""«коло могили батька», «вітер несе на могили»: told of oftener than the street of Петро Могила."""
_RENAMED = frozenset("тепер зараз раніше колишня нинішня вона".split())
"""«на бородіна, тепер вона барвінкова»"""


def take_plain_names(search: StreetSearch) -> None:
    """Take the names as the register writes them, anywhere."""
    at = 0
    while at < len(search.words):
        mention = next(
            (found for end, variant in search.exact_names(at) if (found := _in_place(search, at, end, variant))), None
        )
        if mention:
            search.take(mention)
        at = mention.end if mention else at + 1


def _in_place(search: StreetSearch, start: int, end: int, variant: Variant) -> Mention | None:
    first = honours_before(search, start) if variant.sort in ("surname", "adjective") else start
    if not honours_fit(search, first, start, variant):
        return None
    stop = past_first_name(search, end, variant)
    announced: Announced | None = "house" if stop > end else _announced(search, first, start, end, variant)
    if announced is None:
        return None
    return Mention(first, stop, (start, end), (Match(variant, 100.0, end - start),), "", announced, True)


def _announced(search: StreetSearch, first: int, start: int, end: int, variant: Variant) -> Announced | None:
    """What announces a name; ``first`` is the first of the names and titles before it."""
    before = search.before(first)
    if before in DETERMINERS:
        first -= 1
        before = search.before(first)
        if variant.sort == "adjective" and is_named_so(search, end - 1) and not describes_after(search, end):
            return "place"
    if first < start and _is_answer(search, first, end):
        return "name"  # «в'ячеслава чорновола»: who says his own name says it in the first case
    placed = before in (BEFORE_A_PLACE if first < start else STRONGLY_A_PLACE)
    if not placed and is_person(search, start, end, variant):
        return None
    if search.house_after(end):
        return "house"
    if LANDMARKS.match(before) or before in NAMED_AFTER:
        return None
    if variant.sort == "adjective" and _is_after_fraction(search, first) and not is_said_of_after(search, end):
        return "house"
    listed = _continues_list(search, start, variant) or _begins_crossing(search, start, end)
    if listed and not describes_after(search, end):
        return "crossing"
    if end - start > 1 and variant.sort == "phrase" and not variant.short:
        return "place" if before in BEFORE_A_PLACE else "name"
    if before in BEFORE_A_PLACE and _fits_preposition(search, before, end, variant):
        return "place"
    if variant.sort == "adjective":
        return _announced_adjective(search, before, first, end)
    if variant.sort == "surname" and not _is_ordinary_too(variant) and is_of_a_street(search.words[end - 1]):
        return "name"
    return "name" if _is_phrase(search, first, end) or _is_answer(search, start, end) else None


def _announced_adjective(search: StreetSearch, before: str, first: int, end: int) -> Announced | None:
    """The same of a name that may as well say what something else is like."""
    if before in CORRECTIONS or is_way(search, first, end):
        return "place"
    if first - 1 in search.settlements and is_named_so(search, end - 1) and not is_said_of_after(search, end):
        return "place"  # «забороль хортицька»
    if before in _RENAMED and is_named_so(search, end - 1) and not is_said_of_after(search, end):
        return "place"
    alone = is_named_so(search, end - 1) and (_is_phrase(search, first, end) or stands_alone(search, first, end))
    return "name" if alone or _is_answer(search, first, end) else None


def _is_after_fraction(search: StreetSearch, first: int) -> bool:
    """«сто один дріб два | ківерцівська», «двадцять один бе | рівненська»: nothing but a house is told so."""
    for start in range(max(0, first - LONGEST_HOUSE), first):
        house = read_house(search.tokens, start)
        if house and house.end == first:
            return not house.text.isdigit()
    return False


def _continues_list(search: StreetSearch, start: int, variant: Variant) -> bool:
    """«на розі чорновола та стефаника», «тополева з садовою»: a street, a small word, and another street."""
    if start < 2 or search.words[start - 1] not in BETWEEN_CROSSING:
        return False
    if variant.sort == "ordinary" and not _is_crossing_near(search, start):
        return False
    return start - 1 in search.ends


def _begins_crossing(search: StreetSearch, start: int, end: int) -> bool:
    """«світлофор ... перемоги лесі українки», «на світлофорі перемоги і відродження»"""
    if not _is_crossing_near(search, start) or end >= len(search.words):
        return False
    other = end + (search.words[end] in BETWEEN_CROSSING)
    return other < len(search.words) and search.is_exact_name(other)


def _is_crossing_near(search: StreetSearch, start: int) -> bool:
    return not CROSSINGS.isdisjoint(search.words[max(0, start - FAR_CROSSING) : start])


def _fits_preposition(search: StreetSearch, before: str, end: int, variant: Variant) -> bool:
    if variant.sort == "adjective":
        return not describes_after(search, end) and before not in ("за", "над", "перед", "через")
    if variant.sort == "ordinary":
        return before in STRONGLY_A_PLACE
    if _is_ordinary_too(variant):
        return before == "по" or (before in STRONGLY_A_PLACE and variant.words[-1] not in _RATHER_THINGS)
    return True


def _is_ordinary_too(variant: Variant) -> bool:
    word = variant.words[-1]
    return variant.short and any(
        ("NOUN" in parse.tag or "ADJF" in parse.tag) and not {"Surn", "Name", "Patr", "Geox"} & parse.tag.grammemes
        for parse in parses(word)
        if parse.is_known
    )


def _is_phrase(search: StreetSearch, first: int, end: int) -> bool:
    """«Окружна, за мостом», «Чия вода? Глушець, навпроти мосту»: nothing else between two pauses."""
    begins = first == 0 or search.tokens[first - 1].pause
    return begins and search.tokens[end - 1].pause and end < len(search.words)


def _is_answer(search: StreetSearch, start: int, end: int) -> bool:
    """The answer to «назвіть вулицю»."""
    return all(word in _AROUND_AN_ANSWER for word in (*search.words[:start], *search.words[end:]))
