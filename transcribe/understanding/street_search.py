"""What may stand at a place of a message whose streets are looked for: a name («лесі українки»), a house («сорок», not
«дві години»), or a word that belongs to a street already?
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcribe.understanding.agreement import counts
from transcribe.understanding.house_numbers import read_house
from transcribe.understanding.lemmas import analyser
from transcribe.understanding.mention import Mention
from transcribe.understanding.number_words import number_word
from transcribe.understanding.place_words import (
    BUILDING_OF,
    CORRECTIONS,
    FLAT_WORDS,
    HESITATIONS,
    HOUSE_WORDS,
    SETTLEMENT_WORDS,
)
from transcribe.understanding.street_index import Heard, Match, StreetIndex, Variant
from transcribe.understanding.street_types import type_words
from transcribe.understanding.tokens import Token

NAME_WORDS = 6
"""Words looked at after a type word."""
MOST_MISHEARD = 40
"""Places of one message at which misheard names are looked for; more of them are no message but a reading."""

_MATCHES = 12
"""Of a misheard name; each may be several streets."""
_BESIDE_HOUSE = frozenset("біля коло навпроти напроти поруч возлє напротів з із у в".split())
"""Between a street and the house beside which it happened; a bare number after «з», «у» is an hour."""


class StreetSearch:
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
        self._lookups = 0

    def take(self, mention: Mention) -> None:
        """Keep a street; nothing else is looked for in its tokens."""
        self.found.append(mention)
        self.begins.add(mention.first)
        self.ends.add(mention.end)
        self.used.update(range(mention.first, mention.end))

    # Names of the register.

    def exact_names(self, start: int) -> Iterator[tuple[int, Variant]]:
        """Ends of the names that begin at a token, the longest first."""
        for length in range(min(self.index.longest + 1, len(self.words) - start), 0, -1):
            span = range(start, start + length)
            if any(at in self.used or at in self.type_tokens for at in span):
                continue
            if any(self.tokens[at].pause for at in span[:-1]):
                continue
            variant = self.index.exact(self.words[start : start + length])
            if variant:
                yield start + length, variant

    def is_exact_name(self, start: int) -> bool:
        """Whether a name begins at a token."""
        return any(True for _ in self.exact_names(start))

    @property
    def is_tired(self) -> bool:
        """Whether misheard names were looked for at enough places."""
        return self._lookups >= MOST_MISHEARD

    def near(self, words: Sequence[str]) -> list[Match]:
        """Names that sound like the beginning of these words, the likeliest first."""
        self._lookups += 1
        return self.index.near(Heard.of(words), within=_MATCHES)

    def whole(self, words: Sequence[str]) -> list[Match]:
        """Names that sound like all of these words, the likeliest first."""
        self._lookups += 1
        return self.index.whole(Heard.of(words), within=_MATCHES)

    def name_stops(self, start: int) -> int:
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

    def may_be_in_name(self, at: int) -> bool:
        """Whether the word may be of a name and the name may go on after it."""
        word = self.words[at]
        return not (
            at in self.used
            or at in self.type_tokens
            or self.tokens[at].pause
            or self.starts_number(at)
            or word in FLAT_WORDS
            or word in BUILDING_OF
            or word in SETTLEMENT_WORDS
            or word in HOUSE_WORDS
        )

    # Words and what stands around them.

    def before(self, at: int) -> str:
        """The word right before a token, "" where none is or a pause parts them."""
        return self.words[at - 1] if at and not self.tokens[at - 1].pause else ""

    def past_hesitation(self, at: int) -> int:
        """The first token from here on that is no «е-е», «ну»."""
        while at < len(self.words) and self.words[at] in HESITATIONS:
            at += 1
        return at

    def is_dictionary(self, start: int, end: int) -> bool:
        """Whether all these words are ordinary ones, so they were heard well."""
        return all(analyser().word_is_known(word) for word in self.words[start:end])

    # Houses.

    def starts_number(self, at: int) -> bool:
        """Whether a number begins at a token, whatever it counts."""
        return self.words[at].isdigit() or number_word(self.words[at]) is not None

    def house_at(self, at: int) -> int | None:
        """The end of a house number at a token, None where none is or where it counts something («дві години»)."""
        if at >= len(self.words):
            return None
        house = read_house(self.tokens, at)
        if house is None or house.is_ordinal:
            return None
        return None if counts(self.tokens, at, house) else house.end

    def house_after(self, end: int) -> bool:
        """«барвінкова ну з дванадцятого номера», «в'їзна, біля шостого»: an ordinal too, if it is said of a house."""
        at = self.past_house_words(end)
        if self.house_at(at) is not None:
            return True
        near = at < len(self.words) and self.words[at] in _BESIDE_HOUSE
        at += near
        house = read_house(self.tokens, at) if at < len(self.words) else None
        if house is None or (not house.is_ordinal and (not near or counts(self.tokens, at, house))):
            return False
        after = self.words[house.end] if house.end < len(self.words) and not self.tokens[house.end - 1].pause else ""
        named = after in HOUSE_WORDS or not HOUSE_WORDS.isdisjoint(self.words[end:at])
        return named or (not house.is_ordinal and self.words[at - 1] not in ("з", "із", "у", "в"))

    def past_house_words(self, at: int) -> int:
        """Past «будинок», pauses and the settlement: «європейська, луцьк, сорок»."""
        while at < len(self.words) and (
            self.words[at] in HOUSE_WORDS
            or self.words[at] in HESITATIONS
            or at in self.settlements
            or (self.words[at] in ("у", "в") and at + 1 in self.settlements)
        ):
            at += 1
        return at
