"""Which street stands beside a type word: after it («вулиця тараса шевченка»), before it («театральний майдан»),
misheard after it, or unknown to the register?
"""

from __future__ import annotations

from transcribe.understanding.mention import Mention
from transcribe.understanding.namesakes import honours_fit, past_first_name, past_honours
from transcribe.understanding.street_index import Match, guesses
from transcribe.understanding.street_search import StreetSearch
from transcribe.understanding.street_types import TypeWord
from transcribe.understanding.unknown_streets import unknown_after_type

MISHEARD_AFTER_TYPE = 66.0
"""Points of 100: below, what follows «вулиця» is a street the register does not have."""
OTHER_STREET = 90.0
"""Words of the dictionary after «вулиця» are heard well: below this they name another street, not this one badly."""
TORN_NAME = 86.0
"""The same for several words: recognisers tear a name they do not know into words they know («за дворецькій»)."""


def take_typed(search: StreetSearch) -> None:
    """Take the street of every type word."""
    for type_ in search.types:
        mention = _exact_after(search, type_) or _exact_before(search, type_)
        if mention is None:
            mention = _misheard_after(search, type_)
        if mention is not None:
            search.take(mention)


def _exact_after(search: StreetSearch, type_: TypeWord) -> Mention | None:
    if type_.rest:
        return None
    for start in dict.fromkeys(
        (type_.end, search.past_hesitation(type_.end), past_honours(search, type_.end, type_.end + 2))
    ):
        for end, variant in search.exact_names(start):
            if honours_fit(search, type_.end, start, variant):
                match = Match(variant, 100.0, end - start)
                stop = past_first_name(search, end, variant)
                return Mention(type_.first, stop, (start, end), (match,), type_.type, "type", True)
    return None


def _exact_before(search: StreetSearch, type_: TypeWord) -> Mention | None:
    for length in range(min(search.index.longest, type_.first), 0, -1):
        start = type_.first - length
        if any(
            at in search.used or at in search.type_tokens or search.tokens[at].pause for at in range(start, type_.first)
        ):
            continue
        variant = search.index.exact(search.words[start : type_.first])
        if variant and (variant.sort == "adjective" or not search.is_exact_name(type_.end)):
            if variant.sort == "ordinary" and search.house_at(type_.end) is None:
                continue
            return Mention(
                start, type_.end, (start, type_.first), (Match(variant, 100.0, length),), type_.type, "type", True
            )
    return None


def _misheard_after(search: StreetSearch, type_: TypeWord) -> Mention | None:
    """What sounds like a name, else a street the register does not have."""
    start = type_.end if type_.rest else search.past_hesitation(type_.end)
    stop = search.name_stops(start)
    heard_words = ([type_.rest] if type_.rest else []) + search.words[start:stop]
    if not heard_words or search.is_tired:
        return None
    matches = search.near(heard_words)
    extra = 1 if type_.rest else 0
    best = guesses(matches, type_.type)[:1]
    if best and 100 * best[0].score >= MISHEARD_AFTER_TYPE:
        end = max(start + matches[0].words - extra, type_.end)
        heard_well = type_.heard_well and search.is_dictionary(start, end)
        needed = OTHER_STREET if end - start == 1 else TORN_NAME
        if not heard_well or 100 * best[0].score >= needed:
            name = (start - extra, end)
            doubtful = heard_well and 100 * best[0].score < OTHER_STREET
            return Mention(type_.first, end, name, tuple(matches), type_.type, "type", False, doubtful)
    return unknown_after_type(search, type_, start, stop)
