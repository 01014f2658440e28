"""Which words are a street's name heard badly? «на лесі уграїнки», «кавчука сорок»: after a preposition, before a
house, or where nothing else named a street.
"""

from __future__ import annotations

import re

from transcribe.understanding.lemmas import analyser
from transcribe.understanding.mention import Mention
from transcribe.understanding.namesakes import honours_before, honours_fit, is_person
from transcribe.understanding.place_words import BEFORE_A_PLACE, HESITATIONS, HOUSE_WORDS, STRONGLY_A_PLACE
from transcribe.understanding.street_index import Match
from transcribe.understanding.street_or_person import is_somebody
from transcribe.understanding.street_search import StreetSearch
from transcribe.understanding.unknown_streets import is_unknown_after_preposition, unknown_before_house

MISHEARD_BEFORE_HOUSE = 82.0
MISHEARD_AFTER_PREPOSITION = 74.0
"""A word no dictionary knows, after «на», «по» and the like."""
MISHEARD_UNANNOUNCED = 90.0
MISHEARD_PHRASE = 86.0
"""A name whose first word is an ordinary one («на лесі уграїнки»)."""

_SURZHYK = re.compile(
    r"(?:бабуш(?:ка|ки|ку|кою|ці|кє|ке)|строй(?:ка|ки|ку|ці|ке|кі)|кольц(?:е|о|і|у)|парковк(?:а|и|у|і)|горгаз(?:і|у|е)?"
    r"|тепловік(?:і|у)?|п'?ятніц(?:а|у|і))$"
)
"""No dictionary has it, and it sounds like a street: «на стройці» like «Пластова», «бабушка» like «Бабушкіна»."""


def take_misheard(search: StreetSearch) -> None:
    """Take what sounds like a name, or can only be one, after a preposition and before a house number."""
    for at, word in enumerate(search.words):
        if at in search.used or search.is_tired:
            continue
        if word in BEFORE_A_PLACE:
            _take_after_preposition(search, at)
        elif search.starts_number(at):
            _take_before_house(search, at)


def take_unannounced(search: StreetSearch) -> None:
    """Where nothing else named a street: take a word no dictionary knows that sounds much like a name."""
    for at in range(len(search.words)):
        if search.is_tired:
            return
        stop = search.name_stops(at)
        if at in search.used or at >= stop or len(search.words[at]) < 5 or _is_common(search, at):
            continue
        matches = search.near(search.words[at:stop])
        if matches and matches[0].score >= MISHEARD_UNANNOUNCED:
            end = at + matches[0].words
            of_somebody = is_somebody(search.before(at))  # «баба яремчукова»
            if not (of_somebody or is_person(search, at, end, matches[0].variant)):
                search.take(Mention(at, end, (at, end), tuple(matches), "", "name", False))
                return


def _take_after_preposition(search: StreetSearch, at: int) -> None:
    start = search.past_hesitation(at + 1)
    stop = search.name_stops(start)
    if start >= stop:
        return
    matches = _misheard_at(search, start, stop, weakly=search.words[at] not in STRONGLY_A_PLACE)
    if matches:
        end = start + matches[0].words
        search.take(Mention(start, end, (start, end), tuple(matches), "", "place", False))
        return
    if is_unknown_after_preposition(search, at, start):
        search.take(Mention(start, start + 1, (start, start + 1), (), "", "place", False))


def _misheard_at(search: StreetSearch, start: int, stop: int, *, weakly: bool) -> list[Match]:
    """The names that may begin here, if one of them is near enough.

    Args:
        weakly: after «з», «до» and the like, which stand before anything: without a house the name must fit better.
    """
    common = _is_common(search, start)
    if common and not search.index.begins(search.words[start]):
        return []
    matches = search.near(search.words[start:stop])
    needed = MISHEARD_PHRASE if common else MISHEARD_AFTER_PREPOSITION
    if weakly and matches and not search.house_after(start + matches[0].words):
        needed = MISHEARD_PHRASE
    if not matches or matches[0].score < needed or (common and matches[0].words < 2):
        return []
    return [] if is_person(search, start, start + matches[0].words, matches[0].variant) else matches


def _take_before_house(search: StreetSearch, at: int) -> None:
    end = at
    while end > 0 and search.words[end - 1] in HOUSE_WORDS | HESITATIONS:
        end -= 1
    if search.house_at(at) is None or end == 0 or search.words[end - 1] in BEFORE_A_PLACE:
        return
    best: Mention | None = None
    for start in range(max(0, end - 3), end):
        if any(not search.may_be_in_name(place) for place in range(start, end)):
            continue
        needed = MISHEARD_BEFORE_HOUSE + (9.0 if search.is_dictionary(start, end) else 0.0)
        matches = search.whole(search.words[start:end])
        if not matches or not honours_fit(search, honours_before(search, start), start, matches[0].variant):
            continue
        if matches[0].score >= max(needed, best.matches[0].score if best else 0.0):
            best = Mention(start, end, (start, end), tuple(matches), "", "house", False)
    if best:
        search.take(best)
    elif (first := unknown_before_house(search, end)) is not None:
        search.take(Mention(first, end, (first, end), (), "", "house", False))


def _is_common(search: StreetSearch, at: int) -> bool:
    """An ordinary word of the language, so no misheard name begins here."""
    word = search.words[at]
    return search.starts_number(at) or len(word) < 4 or bool(_SURZHYK.match(word)) or analyser().word_is_known(word)
