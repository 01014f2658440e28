"""Where a message names streets: after a type word, after a preposition, before a house number, or by a plain name.

The weaker the surroundings, the better the name must fit: after «вулиці» nearly anything is a street, a lone «перемоги»
is none. A misheard name is looked for only where a street was announced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from transcribe.understanding.agreement import agrees, counts, describes_next
from transcribe.understanding.house_numbers import read_house
from transcribe.understanding.lemmas import analyser, parses
from transcribe.understanding.number_words import number_word
from transcribe.understanding.place_words import (
    BEFORE_A_PLACE,
    BETWEEN_CROSSING,
    BUILDING_OF,
    CORRECTIONS,
    CROSSINGS,
    DETERMINERS,
    FLAT_WORDS,
    HESITATIONS,
    HOUSE_WORDS,
    LANDMARKS,
    NAME_COMES,
    NAMED_AFTER,
    NEAR_A_HOUSE,
    SETTLEMENT_WORDS,
    STRONGLY_A_PLACE,
    is_motion,
    is_of_a_town,
)
from transcribe.understanding.street_index import Heard, Match, StreetIndex, Variant, guesses
from transcribe.understanding.street_names import TITLES
from transcribe.understanding.street_or_person import (
    is_first_name,
    is_honour,
    is_noun,
    is_only_person,
    is_somebody,
    may_be_one_person,
    may_be_surname,
)
from transcribe.understanding.street_types import TypeWord, type_words
from transcribe.understanding.tokens import Token

_AROUND_AN_ANSWER = HESITATIONS | BEFORE_A_PLACE | frozenset("алло ало так ну добре".split())

_BESIDE_HOUSE = frozenset("біля коло навпроти напроти поруч возлє напротів з із у в".split())
"""Between a street and the house beside which it happened; a bare number after «з», «у» is an hour."""

_RENAMED = frozenset("тепер зараз раніше колишня нинішня вона".split())
"""«на бородіна, тепер вона барвінкова»"""
_SAID_OF_ANYTHING = frozenset("готова готовій готову готової".split())
"""Not compared, but no name either: «вулиця готова»."""

Announced = Literal["type", "house", "place", "crossing", "name"]
"""What announced a street: its type, the house number after it, a preposition, a crossing, nothing but the name."""

MISHEARD_AFTER_TYPE = 66.0
"""Points of 100: below, what follows «вулиця» is a street the register does not have."""
OTHER_STREET = 90.0
"""Words of the dictionary after «вулиця» are heard well: below this they name another street, not this one badly."""
TORN_NAME = 86.0
"""The same for several words: recognisers tear a name they do not know into words they know («за дворецькій»)."""
MISHEARD_BEFORE_HOUSE = 82.0
MISHEARD_AFTER_PREPOSITION = 74.0
"""A word no dictionary knows, after «на», «по» and the like."""
MISHEARD_UNANNOUNCED = 82.0
MISHEARD_PHRASE = 86.0
"""A name whose first word is an ordinary one («на лесі уграїнки»)."""
UNKNOWN_LETTERS = 5
"""Of a street the register does not have and that nothing announced but its house."""
LONGEST_HOUSE = 6
"""Words of a house: «сто двадцять три дріб сорок п'ять»."""
NAME_WORDS = 6
"""Words looked at after a type word."""
FAR_CROSSING = 12
"""Words between «ріг» and the last of the streets it announces."""
MOST_MISHEARD = 40
"""Places of one message at which misheard names are looked for; more of them are no message but a reading."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A street that was named.

    Attributes:
        first, end: the tokens from its type word or name; ``end`` is the first one after.
        name: first token and the one after the name itself.
        matches: names of the register, the likeliest first; empty for a street the register does not have.
        said_type: «провулок», "" when no type was said.
        announced: what announced it.
        exact: the name was heard as the register writes it.
        other_words: it was heard as other words of the dictionary, so it may as well be another street.
    """

    first: int
    end: int
    name: tuple[int, int]
    matches: tuple[Match, ...]
    said_type: str
    announced: Announced
    exact: bool
    other_words: bool = False


def mentions(
    found: Sequence[Token],
    index: StreetIndex,
    taken: frozenset[int] = frozenset(),
    settlements: frozenset[int] = frozenset(),
) -> list[Mention]:
    """The streets of a message in the order of speech.

    Args:
        taken: tokens that mean something else already, such as telephones.
        settlements: tokens that name settlements.
    """
    reader = _Reader(found, index, set(taken | settlements), settlements)
    reader.after_types()
    reader.plain_names()
    reader.misheard()
    if not reader.found:
        reader.unannounced()
    return sorted(reader.found, key=lambda mention: mention.first)


class _Reader:
    """One pass over a message; ``used`` are the tokens already spoken for, ``begins`` and ``ends`` where the found
    streets do.
    """

    def __init__(
        self, tokens: Sequence[Token], index: StreetIndex, used: set[int], settlements: frozenset[int]
    ) -> None:
        self.tokens = tokens
        self.words = [token.text for token in tokens]
        self.index = index
        self.used = used
        self.settlements = settlements
        self.found: list[Mention] = []
        self.begins: set[int] = set()
        self.ends: set[int] = set()
        self.types = list(type_words(self.words))
        self.type_tokens = {at for type_ in self.types for at in range(type_.first, type_.end)}
        self.lookups = 0

    # After a type word, or before it («театральний майдан»).

    def after_types(self) -> None:
        for type_ in self.types:
            mention = self._exact_after(type_) or self._exact_before(type_)
            if mention is None:
                mention = self._misheard_after(type_)
            if mention is not None:
                self._take(mention)

    def _exact_after(self, type_: TypeWord) -> Mention | None:
        if type_.rest:
            return None
        for start in dict.fromkeys(
            (type_.end, self._past_hesitation(type_.end), self._past_honours(type_.end, type_.end + 2))
        ):
            for end, variant in self._exact_windows(start):
                if self._honours_fit(type_.end, start, variant):
                    match = Match(variant, 100.0, end - start)
                    stop = self._past_first_name(end, variant)
                    return Mention(type_.first, stop, (start, end), (match,), type_.type, "type", True)
        return None

    def _past_honours(self, at: int, stop: int) -> int:
        """The token after first names in the genitive and titles: «тараса | шевченка», «генерала | шухевича»."""
        stop = min(stop, len(self.words) - 1)
        while at < stop and at not in self.used and not self.tokens[at].pause and is_honour(self.words[at]):
            at += 1
        return at

    def _honours_before(self, start: int) -> int:
        """The first of the names and titles that stand before a name; at most two of them."""
        first = start
        while first > max(0, start - 2) and self._past_honours(first - 1, first) == first:
            first -= 1
        return first

    def _honours_fit(self, first: int, start: int, variant: Variant) -> bool:
        """Whether the street may have what stands before its name: «вулиця тараса шевченка» is «Шевченка», but
        «миколи гончара» is not «Олеся Гончара».
        """
        if not variant.short or variant.has_only_a_title:
            return True
        return all(self.words[at] in TITLES or self.words[at] in HESITATIONS for at in range(first, start))

    def _exact_before(self, type_: TypeWord) -> Mention | None:
        for length in range(min(self.index.longest, type_.first), 0, -1):
            start = type_.first - length
            if any(
                at in self.used or at in self.type_tokens or self.tokens[at].pause for at in range(start, type_.first)
            ):
                continue
            variant = self.index.exact(self.words[start : type_.first])
            if variant and (variant.sort == "adjective" or not self._is_name_later(type_)):
                if variant.sort == "ordinary" and self._house_at(type_.end) is None:
                    continue
                return Mention(
                    start, type_.end, (start, type_.first), (Match(variant, 100.0, length),), type_.type, "type", True
                )
        return None

    def _is_name_later(self, type_: TypeWord) -> bool:
        return any(True for _ in self._exact_windows(type_.end))

    def _misheard_after(self, type_: TypeWord) -> Mention | None:
        start = type_.end if type_.rest else self._past_hesitation(type_.end)
        stop = self._name_stops(start)
        heard_words = ([type_.rest] if type_.rest else []) + self.words[start:stop]
        if not heard_words or self.lookups >= MOST_MISHEARD:
            return None
        self.lookups += 1
        matches = self.index.near(Heard.of(heard_words), within=12)
        extra = 1 if type_.rest else 0
        best = guesses(matches, type_.type)[:1]
        if best and 100 * best[0].score >= MISHEARD_AFTER_TYPE:
            end = max(start + matches[0].words - extra, type_.end)
            heard_well = type_.heard_well and self._is_dictionary(start, end)
            needed = OTHER_STREET if end - start == 1 else TORN_NAME
            if not heard_well or 100 * best[0].score >= needed:
                name = (start - extra, end)
                doubtful = heard_well and 100 * best[0].score < OTHER_STREET
                return Mention(type_.first, end, name, tuple(matches), type_.type, "type", False, doubtful)
        return self._unknown_after(type_, start, stop)

    def _unknown_after(self, type_: TypeWord, start: int, stop: int) -> Mention | None:
        """A street outside the register: «вулиця горобина сім», «на вулиці горобиній»."""
        if type_.rest or start >= stop or self.words[start] in ("а", "але"):
            return None
        for end in range(start + 1, min(stop, start + 3) + 1):
            if self._house_at(end) is not None and self._may_be_name(start, end):
                return Mention(type_.first, end, (start, end), (), type_.type, "type", False)
        end = self._past_person(start, stop)
        if end == start and self._is_adjective_of(type_, start):
            end = start + 1
        return Mention(type_.first, end, (start, end), (), type_.type, "type", False) if end > start else None

    def _past_person(self, start: int, stop: int) -> int:
        """The end of a person's name in the genitive («вулиця леся курбаса»); ``start`` when none begins there."""
        if not (self._may_be_in_name(start) and is_only_person(self.words[start])):
            return start
        if not is_first_name(self.words[start]):
            return start + 1
        second = start + 1
        in_name = second < stop and self._may_be_in_name(second) and may_be_surname(self.words[second])
        return second + 1 if in_name else start

    # Names as the register writes them, anywhere.

    def plain_names(self) -> None:
        at = 0
        while at < len(self.words):
            mention = next(
                (found for end, variant in self._exact_windows(at) if (found := self._in_place(at, end, variant))), None
            )
            if mention:
                self._take(mention)
            at = mention.end if mention else at + 1

    def _in_place(self, start: int, end: int, variant: Variant) -> Mention | None:
        first = self._honours_before(start) if variant.sort in ("surname", "adjective") else start
        if not self._honours_fit(first, start, variant):
            return None
        stop = self._past_first_name(end, variant)
        announced: Announced | None = "house" if stop > end else self._announced(first, start, end, variant)
        if announced is None:
            return None
        return Mention(first, stop, (start, end), (Match(variant, 100.0, end - start),), "", announced, True)

    def _past_first_name(self, end: int, variant: Variant) -> int:
        """«шевченка | тараса п'ять»: past the first name of the person the street has its name of."""
        if variant.short or variant.sort != "surname" or end >= len(self.words) or self.words[end] in TITLES:
            return end
        past = self._past_honours(end, end + 1)
        return past if self._house_at(self._past_house_words(past)) is not None else end

    def _announced(self, first: int, start: int, end: int, variant: Variant) -> Announced | None:
        """What announces a name; ``first`` is the first of the names and titles before it."""
        before = self.words[first - 1] if first and not self.tokens[first - 1].pause else ""
        if before in DETERMINERS:
            first -= 1
            before = self.words[first - 1] if first and not self.tokens[first - 1].pause else ""
            if variant.sort == "adjective" and self._is_named_so(end - 1) and not self._describes_next(end):
                return "place"
        if first < start and self._is_answer(first, end):
            return "name"  # «в'ячеслава чорновола»: who says his own name says it in the first case
        placed = before in (BEFORE_A_PLACE if first < start else STRONGLY_A_PLACE)
        if not placed and self._is_person(start, end, variant):
            return None
        if self._house_after(end):
            return "house"
        if LANDMARKS.match(before) or before in NAMED_AFTER:
            return None
        if variant.sort == "adjective" and self._is_after_fraction(first) and not self._is_of_next(end):
            return "house"
        listed = self._continues_list(start, variant) or self._begins_crossing(start, end)
        if listed and not self._describes_next(end):
            return "crossing"
        if end - start > 1 and variant.sort == "phrase" and not variant.short:
            return "place" if before in BEFORE_A_PLACE else "name"
        if before in BEFORE_A_PLACE and self._fits_preposition(before, end, variant):
            return "place"
        if variant.sort == "adjective":
            return self._announced_adjective(before, first, end)
        if variant.sort == "surname" and not self._is_ordinary_too(variant):
            return "name"
        return "name" if self._is_phrase(first, end) or self._is_answer(start, end) else None

    def _is_after_fraction(self, first: int) -> bool:
        """«сто один дріб два | ківерцівська», «двадцять один бе | рівненська»: nothing but a house is told so."""
        for start in range(max(0, first - LONGEST_HOUSE), first):
            house = read_house(self.tokens, start)
            if house and house.end == first:
                return not house.text.isdigit()
        return False

    def _announced_adjective(self, before: str, first: int, end: int) -> Announced | None:
        """The same of a name that may as well say what something else is like."""
        if before in CORRECTIONS or self._is_way(first, end):
            return "place"
        if first - 1 in self.settlements and self._is_named_so(end - 1) and not self._is_of_next(end):
            return "place"  # «забороль хортицька»
        if before in _RENAMED and self._is_named_so(end - 1) and not self._is_of_next(end):
            return "place"
        alone = self._is_named_so(end - 1) and (self._is_phrase(first, end) or self._stands_alone(first, end))
        return "name" if alone or self._is_answer(first, end) else None

    def _is_of_next(self, end: int) -> bool:
        """«тепер шкільна їдальня»"""
        return end < len(self.words) and not self.tokens[end - 1].pause and agrees(*self.words[end - 1 : end + 1])

    def _is_answer(self, start: int, end: int) -> bool:
        """The answer to «назвіть вулицю»."""
        return all(word in _AROUND_AN_ANSWER for word in (*self.words[:start], *self.words[end:]))

    def _continues_list(self, start: int, variant: Variant) -> bool:
        """«на розі чорновола та стефаника», «тополева з садовою»: a street, a small word, and another street."""
        if start < 2 or self.words[start - 1] not in BETWEEN_CROSSING:
            return False
        if variant.sort == "ordinary" and CROSSINGS.isdisjoint(self.words[max(0, start - FAR_CROSSING) : start]):
            return False
        return start - 1 in self.ends

    def _begins_crossing(self, start: int, end: int) -> bool:
        """«світлофор ... перемоги лесі українки», «на світлофорі перемоги і відродження»"""
        if CROSSINGS.isdisjoint(self.words[max(0, start - FAR_CROSSING) : start]) or end >= len(self.words):
            return False
        other = end + (self.words[end] in BETWEEN_CROSSING)
        return other < len(self.words) and any(True for _ in self._exact_windows(other))

    def _is_way(self, first: int, end: int) -> bool:
        """«їхати окружною», «їду щодня старосільською»"""
        moving = any(map(is_motion, self.words[max(0, first - 2) : first]))
        return moving and self.words[end - 1].endswith("ою") and not self._describes_next(end)

    def _is_phrase(self, first: int, end: int) -> bool:
        """«Окружна, за мостом», «Чия вода? Глушець, навпроти мосту»: nothing else between two pauses."""
        begins = first == 0 or self.tokens[first - 1].pause
        return begins and self.tokens[end - 1].pause and end < len(self.words)

    def _stands_alone(self, start: int, end: int) -> bool:
        """«ківерцівська навпроти п'ятдесят шостого», «набережна коло моста», «привокзальна і вулиця єршова»: no noun
        before or after that it describes, and what follows is said of places.
        """
        if self._is_said_of(start):
            return False
        if end >= len(self.words):
            return is_of_a_town(self.words[end - 1])
        if end in self.settlements or (self.words[end] in ("у", "в") and end + 1 in self.settlements):
            return True
        if self.tokens[end - 1].pause:
            return is_of_a_town(self.words[end - 1])
        after = self.words[end]
        until = after in BEFORE_A_PLACE and end + 1 < len(self.words) and self._starts_number(end + 1)
        if until or after in ("вся", "уся", "парна", "непарна"):
            return True
        joined = after in BETWEEN_CROSSING and (
            end + 1 in self.type_tokens or end + 1 in self.begins or self._is_town_pair(end - 1, end + 1)
        )
        return joined or after in NEAR_A_HOUSE or after in CROSSINGS

    def _is_town_pair(self, at: int, other: int) -> bool:
        """«ківерцівська і стрілецька», not «волинська і рівненська області»."""
        if other >= len(self.words) or not (is_of_a_town(self.words[at]) and is_of_a_town(self.words[other])):
            return False
        after = self.words[other + 1] if other + 1 < len(self.words) else ""
        both = agrees(self.words[at], self.words[other]) or self.words[at][-2:] == self.words[other][-2:]
        return both and self.index.exact([self.words[other]]) is not None and not agrees(self.words[other], after)

    def _is_named_so(self, at: int) -> bool:
        """An adjective as streets have it («бузкова», «ковельська»), not one that only tells what a street is like."""
        adjectives = [parse.tag for parse in parses(self.words[at]) if "ADJF" in parse.tag]
        compared = any("compb" in tag for tag in adjectives) or self.words[at] in _SAID_OF_ANYTHING
        return not compared and (is_of_a_town(self.words[at]) or any("femn" in tag for tag in adjectives))

    def _is_said_of(self, start: int) -> bool:
        """«дорога шкільна»: the noun before, in the same case and gender."""
        return start > 0 and not self.tokens[start - 1].pause and agrees(self.words[start], self.words[start - 1])

    def _fits_preposition(self, before: str, end: int, variant: Variant) -> bool:
        if variant.sort == "adjective":
            return not self._describes_next(end) and before not in ("за", "над", "перед", "через")
        if variant.sort == "ordinary" or self._is_ordinary_too(variant):
            return before in STRONGLY_A_PLACE
        return True

    def _describes_next(self, end: int) -> bool:
        if end >= len(self.words) or self.words[end] in BEFORE_A_PLACE or self._starts_number(end):
            return False
        return describes_next(self.tokens, end - 1)

    def _is_person(self, start: int, end: int, variant: Variant) -> bool:
        """«мене звати марія павлова»: a surname beside a first name or after «прізвище»."""
        if variant.sort not in ("surname", "adjective") or end - start > 1:
            return bool(set(self.words[max(0, start - 2) : start]) & NAME_COMES)
        if set(self.words[max(0, start - 3) : start]) & NAME_COMES:
            return True
        before = self.words[start - 1] if start and not self.tokens[start - 1].pause else ""
        if is_somebody(before) and not self.index.exact([before]):
            return True
        around = [self.words[at] for at in (start - 1, end) if 0 <= at < len(self.words)]
        names = [word for word in around if word not in BEFORE_A_PLACE and is_first_name(word)]
        if not self._house_after(end):
            return bool(names)
        return any(may_be_one_person(word, self.words[start]) for word in names)

    def _is_ordinary_too(self, variant: Variant) -> bool:
        word = variant.words[-1]
        return variant.short and any(
            ("NOUN" in parse.tag or "ADJF" in parse.tag) and not {"Surn", "Name", "Patr", "Geox"} & parse.tag.grammemes
            for parse in parses(word)
            if parse.is_known
        )

    # Names misheard after a preposition or before a house number.

    def misheard(self) -> None:
        for at, word in enumerate(self.words):
            if at in self.used or self.lookups >= MOST_MISHEARD:
                continue
            if word in BEFORE_A_PLACE:
                self._misheard_after_preposition(at)
            elif self._starts_number(at):
                self._misheard_before_house(at)

    def unannounced(self) -> None:
        """Where nothing else named a street: a word no dictionary knows that sounds much like a name."""
        for at in range(len(self.words)):
            if self.lookups >= MOST_MISHEARD:
                return
            stop = self._name_stops(at)
            if at in self.used or at >= stop or len(self.words[at]) < 5 or self._is_common(at):
                continue
            self.lookups += 1
            matches = self.index.near(Heard.of(self.words[at:stop]), within=12)
            if matches and matches[0].score >= MISHEARD_UNANNOUNCED:
                end = at + matches[0].words
                if not self._is_person(at, end, matches[0].variant):
                    self._take(Mention(at, end, (at, end), tuple(matches), "", "name", False))
                    return

    def _misheard_after_preposition(self, at: int) -> None:
        start = self._past_hesitation(at + 1)
        stop = self._name_stops(start)
        if start >= stop:
            return
        matches = self._misheard_at(start, stop)
        if matches:
            end = start + matches[0].words
            self._take(Mention(start, end, (start, end), tuple(matches), "", "place", False))
            return
        if self._is_unknown(at, start):
            self._take(Mention(start, start + 1, (start, start + 1), (), "", "place", False))

    def _misheard_at(self, start: int, stop: int) -> list[Match]:
        """The names that may begin here, if one of them is near enough."""
        common = self._is_common(start)
        if common and not self.index.begins(self.words[start]):
            return []
        self.lookups += 1
        matches = self.index.near(Heard.of(self.words[start:stop]), within=12)
        needed = MISHEARD_PHRASE if common else MISHEARD_AFTER_PREPOSITION
        if not matches or matches[0].score < needed or (common and matches[0].words < 2):
            return []
        return [] if self._is_person(start, start + matches[0].words, matches[0].variant) else matches

    def _is_unknown(self, at: int, start: int) -> bool:
        """«на акваріумній, 29», «на франка сорок»: named as streets are, and a house right after it.

        «по леваневського» needs no house: «по» never stands before a genitive but where «вулиці» was left out.
        """
        if self.words[at] not in ("на", "по") or self._starts_number(start):
            return False
        if self.index.exact(self.words[start : start + 1]):
            return False
        tags: list[frozenset[str]] = [parse.tag.grammemes for parse in parses(self.words[start])]
        surname = any(tag >= {"Surn", "gent"} for tag in tags)
        if self.words[at] == "по" and surname and all("loct" not in tag for tag in tags):
            return True
        named_so = any(tag >= {"femn", "loct"} and ("ADJF" in tag or "Surn" in tag) for tag in tags)
        if self._house_at(self._past_house_words(start + 1)) is not None:
            return surname or named_so
        return named_so and self._is_only_street(start, way=self.words[at] == "по")

    def _is_only_street(self, at: int, *, way: bool) -> bool:
        """«на лісовій ані одної лампочки» in a village, «на дворецькій немає води»: an adjective of streets."""
        word = self.words[at]
        if self._describes_next(at + 1):
            return False
        relative = any("ADJF" in parse.tag for parse in parses(word)) and self._is_named_so(at)
        ends = at + 1 == len(self.words) or self.tokens[at].pause
        return is_of_a_town(word) or (relative and (bool(self.settlements) or (way and ends)))

    def _misheard_before_house(self, at: int) -> None:
        end = at
        while end > 0 and self.words[end - 1] in HOUSE_WORDS | HESITATIONS:
            end -= 1
        if self._house_at(at) is None or end == 0 or self.words[end - 1] in BEFORE_A_PLACE:
            return
        best: Mention | None = None
        for start in range(max(0, end - 3), end):
            if any(not self._may_be_in_name(place) for place in range(start, end)):
                continue
            needed = MISHEARD_BEFORE_HOUSE + (9.0 if self._is_dictionary(start, end) else 0.0)
            self.lookups += 1
            matches = self.index.whole(Heard.of(self.words[start:end]), within=12)
            if not matches or not self._honours_fit(self._honours_before(start), start, matches[0].variant):
                continue
            if matches[0].score >= max(needed, best.matches[0].score if best else 0.0):
                best = Mention(start, end, (start, end), tuple(matches), "", "house", False)
        if best:
            self._take(best)
        elif (first := self._unknown_before_house(end)) is not None:
            self._take(Mention(first, end, (first, end), (), "", "house", False))

    def _unknown_before_house(self, end: int) -> int | None:
        """Where a name that only a street has begins: «Замкова, 18.», «дворецька тридцять вісім», «федора кричевського
        три», «конопніцької сім»; None where the words before a house are no such name.
        """
        at = end - 1
        word, before = self.words[at], self.words[at - 1] if at and not self.tokens[at - 1].pause else ""
        if not self._may_be_unknown(at) or (self.tokens[at].pause and before):
            return None
        tags: list[frozenset[str]] = [parse.tag.grammemes for parse in parses(word)]
        if any(tag >= {"ADJF", "femn", "nomn"} for tag in tags):
            alone = not before or at - 1 in self.settlements or (is_of_a_town(word) and not self._is_said_of(at))
            return at if alone and self._is_named_so(at) else None
        if before and is_honour(before) and may_be_surname(word):
            return at - 1
        lone = not before or not is_noun(before) or (is_first_name(before) and not may_be_one_person(before, word))
        return at if lone and is_only_person(word) and not is_first_name(word) else None

    def _may_be_unknown(self, at: int) -> bool:
        word = self.words[at]
        free = at not in self.used and at not in self.type_tokens and not self._starts_number(at)
        return free and len(word) >= UNKNOWN_LETTERS and self.index.exact([word]) is None

    # Small questions about a place of the message.

    def _take(self, mention: Mention) -> None:
        self.found.append(mention)
        self.begins.add(mention.first)
        self.ends.add(mention.end)
        self.used.update(range(mention.first, mention.end))

    def _exact_windows(self, start: int) -> Iterator[tuple[int, Variant]]:
        """Names that begin at a token, the longest first."""
        for length in range(min(self.index.longest + 1, len(self.words) - start), 0, -1):
            span = range(start, start + length)
            if any(at in self.used or at in self.type_tokens for at in span):
                continue
            if any(self.tokens[at].pause for at in span[:-1]):
                continue
            variant = self.index.exact(self.words[start : start + length])
            if variant:
                yield start + length, variant

    def _past_hesitation(self, at: int) -> int:
        while at < len(self.words) and self.words[at] in HESITATIONS:
            at += 1
        return at

    def _past_house_words(self, at: int) -> int:
        """Past «будинок», pauses and the settlement: «європейська, луцьк, сорок»."""
        while at < len(self.words) and (
            self.words[at] in HOUSE_WORDS
            or self.words[at] in HESITATIONS
            or at in self.settlements
            or (self.words[at] in ("у", "в") and at + 1 in self.settlements)
        ):
            at += 1
        return at

    def _name_stops(self, start: int) -> int:
        """The end of the stretch in which a name may stand."""
        for at in range(start, min(start + NAME_WORDS, len(self.words))):
            if at in self.used or at in self.type_tokens or self.words[at].isdigit():
                return at
            number = number_word(self.words[at])
            if number and (at > start or not number.ending):
                return at
            if self.words[at] in FLAT_WORDS or self.words[at] in BUILDING_OF or self.words[at] in CORRECTIONS - {"да"}:
                return at
        return min(start + NAME_WORDS, len(self.words))

    def _starts_number(self, at: int) -> bool:
        return self.words[at].isdigit() or number_word(self.words[at]) is not None

    def _house_at(self, at: int) -> int | None:
        """The end of a house number at a token, None where none is or where it counts something («дві години»)."""
        if at >= len(self.words):
            return None
        house = read_house(self.tokens, at)
        if house is None or house.is_ordinal:
            return None
        return None if counts(self.tokens, at, house) else house.end

    def _house_after(self, end: int) -> bool:
        """«барвінкова ну з дванадцятого номера», «в'їзна, біля шостого»: an ordinal too, if it is said of a house."""
        at = self._past_house_words(end)
        if self._house_at(at) is not None:
            return True
        near = at < len(self.words) and self.words[at] in _BESIDE_HOUSE
        at += near
        house = read_house(self.tokens, at) if at < len(self.words) else None
        if house is None or (not house.is_ordinal and (not near or counts(self.tokens, at, house))):
            return False
        after = self.words[house.end] if house.end < len(self.words) and not self.tokens[house.end - 1].pause else ""
        named = after in HOUSE_WORDS or not HOUSE_WORDS.isdisjoint(self.words[end:at])
        return named or (not house.is_ordinal and self.words[at - 1] not in ("з", "із", "у", "в"))

    def _may_be_in_name(self, at: int) -> bool:
        word = self.words[at]
        return not (
            at in self.used
            or at in self.type_tokens
            or self.tokens[at].pause
            or self._starts_number(at)
            or word in FLAT_WORDS
            or word in BUILDING_OF
            or word in SETTLEMENT_WORDS
            or word in HOUSE_WORDS
        )

    def _may_be_name(self, start: int, end: int) -> bool:
        return all(self._may_be_in_name(at) and self.words[at] not in BEFORE_A_PLACE for at in range(start, end))

    def _is_adjective_of(self, type_: TypeWord, at: int) -> bool:
        """«на вулиці горобиній»: an adjective in the case and gender of its type, with nothing to describe after it.

        In the first case it may be said of the street («вулиця вузька»), unless it is made of another town's name or
        of a thing's («вулиця польова»), or a village follows.
        """
        if self._describes_next(at + 1) or self._starts_number(at):
            return False
        types = [parse.tag for parse in parses(self.words[type_.end - 1]) if "NOUN" in parse.tag]
        names = [parse.tag for parse in parses(self.words[at]) if "ADJF" in parse.tag]
        cases = {one.case for one in types for other in names if (one.case, one.gender) == (other.case, other.gender)}
        if "nomn" in cases:
            word, settled = self.words[at], {at + 1, at + 2} & self.settlements
            return self._is_named_so(at) and (bool(settled) or is_of_a_town(word) or word.endswith(("ова", "ева")))
        return bool(cases & {"gent", "datv", "loct"})

    def _is_dictionary(self, start: int, end: int) -> bool:
        return all(analyser().word_is_known(word) for word in self.words[start:end])

    def _is_common(self, at: int) -> bool:
        """An ordinary word of the language, so no misheard name begins here."""
        word = self.words[at]
        return self._starts_number(at) or len(word) < 4 or analyser().word_is_known(word)
