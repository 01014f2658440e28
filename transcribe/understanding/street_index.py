"""Every name of every street, ready to be found in what was heard: exactly, or by how it sounds.

Built once for a register (5,000 streets in under a second) and then only read. A misheard name is first narrowed to a
few dozen candidates by the letter pairs it shares with them, and only those are compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz.distance import Indel

from db.street_register import Register, RegisterStreet
from transcribe.understanding.facts import StreetGuess
from transcribe.understanding.phonetic import letters, sounds
from transcribe.understanding.place_words import AROUND_A_NAME, SAME_SORT, street_type
from transcribe.understanding.street_names import TITLES, Sort, SpokenName, sort_of, spoken_names
from transcribe.understanding.tokens import tokens

SHORT_NAME_LOSS = 3.0
"""Points of 100 a part of a name loses, so that «Данила Галицького» heard badly is not «Галицького» heard well."""

CANDIDATES = 80
"""Names compared letter by letter; the right one was among them in all noised names of the tuning seed."""

HEARD_WELL = 99.0
"""Points of 100 from which a name counts as heard letter by letter."""

SLACK = 3
"""Letters by which a heard name may be longer or shorter than the name."""

HOME = "Луцьк"

SHARES = (0.6, 0.4)
"""Weight of the sounds and of the letters in a score."""


@dataclass(frozen=True, slots=True)
class Named:
    """A street as one of its names means it.

    Attributes:
        said_name: that name when it is not the present one.
        in_part: only a part of the street was called so («Станіславського (частина)»).
    """

    street: RegisterStreet
    said_name: str = ""
    in_part: bool = False


@dataclass(slots=True)
class Variant:
    """One way to say the name of one or several streets."""

    words: tuple[str, ...]
    letters: str
    sounds: str
    short: bool
    named: list[Named] = field(default_factory=list)

    @property
    def sort(self) -> Sort:
        """What the name is made of; asked of the few names a message may mean, not of all of them beforehand."""
        return sort_of(self.words)

    @property
    def has_only_a_title(self) -> bool:
        """Whether the register has no first name that another one would contradict: «Генерала Шухевича»."""
        names = [tuple((named.said_name or named.street.name).casefold().split()) for named in self.named]
        return any(name[0] in TITLES and len(name) == 1 + len(self.words) for name in names)


@dataclass(frozen=True, slots=True)
class Heard:
    """A stretch of a message as the index compares it.

    Attributes:
        letters, sounds: of its words, one after another without spaces.
        ends: for the end of each word, its place in ``letters`` and in ``sounds``.
    """

    letters: str
    sounds: str
    ends: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, words: Iterable[str]) -> Heard:
        """The stretch of these words."""
        heard_letters, heard_sounds, ends = "", "", []
        for word in words:
            heard_letters += letters(word)
            heard_sounds += sounds(word)
            ends.append((len(heard_letters), len(heard_sounds)))
        return cls(heard_letters, heard_sounds, tuple(ends))


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a stretch: ``score`` of 100, ``words`` taken from the stretch's beginning."""

    variant: Variant
    score: float
    words: int


class StreetIndex:
    """The streets of a register by all their names.

    Args:
        register: what the city's register says now.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        self._exact: dict[str, Variant] = {}
        self._compared: list[Variant] = []
        for street in register.streets:
            self._learn(street, street.name, "")
            for other in street.others:
                self._learn(street, other.name, other.name)
        self.longest = max((len(variant.words) for variant in self._exact.values()), default=1)
        self._first_words = {letters(name.words[0]) for name in self._exact.values() if len(name.words) > 1}
        self._pairs = _Pairs([variant.sounds for variant in self._compared])

    def exact(self, words: Sequence[str]) -> Variant | None:
        """The name that these words say, letter by letter; spaces do not count («коняки на»), but «на тих | а лампа» is
        no «тиха».
        """
        variant = self._exact.get("".join(map(letters, words)))
        torn = variant is not None and len(words) > len(variant.words) and len(words[-1]) == 1
        return None if torn else variant

    def begins(self, word: str) -> bool:
        """Whether a name of several words begins with this one."""
        return letters(word) in self._first_words

    def near(self, heard: Heard, within: int = 8) -> list[Match]:
        """Names that the beginning of a stretch may be, the likeliest first, each street's best name only."""
        found = [
            self._compare(heard, self._compared[number])
            for number in self._pairs.likeliest(heard.sounds[:40], CANDIDATES)
        ]
        return sorted(found, key=lambda match: -match.score)[:within]

    def whole(self, heard: Heard, within: int = 8) -> list[Match]:
        """Names that a whole stretch may be, the likeliest first."""
        found = [
            Match(variant, _alike(heard.letters, heard.sounds, variant), len(heard.ends))
            for variant in (self._compared[number] for number in self._pairs.likeliest(heard.sounds, CANDIDATES))
        ]
        return sorted(found, key=lambda match: -match.score)[:within]

    def find(self, text: str, limit: int = 5) -> list[StreetGuess]:
        """Streets that a short text names («вул. Конякіна», «на рівненскій»), the likeliest first."""
        words = [token.text for token in tokens(text.split())]
        said_type = next((type_ for word in words if (type_ := street_type(word))), "")
        name = [word for word in words if word not in AROUND_A_NAME and not street_type(word)]
        if not name:
            return []
        exact = self.exact(name)
        matches = [Match(exact, 100.0, len(name))] if exact else []
        matches += self.whole(Heard.of(name), within=4 * limit)
        return guesses(matches, said_type)[:limit]

    def _learn(self, street: RegisterStreet, name: str, said_name: str) -> None:
        for spoken in spoken_names(name, street.type):
            variant = self._variant(spoken)
            named = Named(street, said_name.split("(", maxsplit=1)[0].strip(), in_part="(" in said_name)
            if all(known.street.id != street.id for known in variant.named):
                variant.named.append(named)

    def _variant(self, spoken: SpokenName) -> Variant:
        key = "".join(map(letters, spoken.words))
        variant = self._exact.get(key)
        if variant is None:
            heard = Heard.of(spoken.words)
            variant = Variant(spoken.words, heard.letters, heard.sounds, spoken.short)
            self._exact[key] = variant
            if spoken.heard_often and variant.sounds:
                self._compared.append(variant)
        variant.short = variant.short and spoken.short
        return variant

    def _compare(self, heard: Heard, variant: Variant) -> Match:
        """The best beginning of the stretch; ends of words are preferred, but a name may end inside one."""
        best_score, best_words = 0.0, 1
        for words, (in_letters, in_sounds) in enumerate(_endings(heard, len(variant.letters)), start=1):
            if not in_letters:
                continue
            score = _alike(heard.letters[:in_letters], heard.sounds[:in_sounds], variant)
            if score > best_score:
                best_score, best_words = score, words
        inside = _alike_inside(heard, variant)
        if inside > best_score:
            best_score, best_words = inside, _words_at(heard, len(variant.letters))
        return Match(variant, best_score, best_words)


def guesses(matches: Sequence[Match], said_type: str = "", settlement: str = "") -> list[StreetGuess]:
    """Streets of the matches, the likeliest first, with scores of 0 to 1.

    A street of the type and settlement that were said comes before its namesakes; where no settlement was said, the
    city comes before villages.
    """
    best: dict[int, StreetGuess] = {}
    order: dict[int, tuple[float, bool, bool, bool, bool, int]] = {}
    for match in matches:
        for named in match.variant.named:
            street = named.street
            points = match.score + _fits(street, said_type, settlement, heard_well=match.score >= HEARD_WELL)
            rank = (
                points,
                street.type == said_type,
                street.settlement == (settlement or HOME),
                not named.said_name,
                not named.in_part,
                -street.id,
            )
            if street.id not in order or rank > order[street.id]:
                order[street.id] = rank
                best[street.id] = StreetGuess(
                    street_id=street.id,
                    type=street.type,
                    name=street.name,
                    settlement=street.settlement,
                    score=max(0.0, min(points, 100.0)) / 100,
                    said_name=named.said_name,
                )
    return [best[street_id] for street_id in sorted(best, key=lambda street_id: order[street_id], reverse=True)]


def _fits(street: RegisterStreet, said_type: str, settlement: str, *, heard_well: bool) -> float:
    """Points of 100 for what was said beside the name.

    People call a lane a street and a square a market, but a name that was not heard well and a type that does not
    fit are more likely another street.
    """
    points = 0.0
    if said_type and street.type not in (said_type, SAME_SORT.get(said_type)):
        points -= 4.0 if heard_well or said_type == "вулиця" else 10.0
    if settlement and street.settlement != settlement:
        points -= 12.0
    elif not settlement and street.settlement != HOME:
        points -= 2.0
    return points


def _alike(heard_letters: str, heard_sounds: str, variant: Variant) -> float:
    by_sound, by_letter = SHARES
    score = by_sound * Indel.normalized_similarity(heard_sounds, variant.sounds) + (
        by_letter * Indel.normalized_similarity(heard_letters, variant.letters)
    )
    return 100 * score - (SHORT_NAME_LOSS if variant.short else 0.0)


def _alike_inside(heard: Heard, variant: Variant) -> float:
    """The best score of a beginning that ends inside a word («королюване має» is «Корольова не має»).

    The more of that word is left over, the less it is believed: «незнайомська» does not begin with «В'їзна».
    """
    length = len(variant.sounds)
    by_sound, by_letter = SHARES
    sound = max(
        Indel.normalized_similarity(heard.sounds[:end], variant.sounds)
        for end in range(max(1, length - 2), length + SLACK)
    )
    length = len(variant.letters)
    letter = max(
        Indel.normalized_similarity(heard.letters[:end], variant.letters)
        for end in range(max(1, length - 2), length + SLACK)
    )
    left_over = min((end - length for end, _ in heard.ends if end >= length), default=0)
    loss = 2.0 + 3.0 * max(0, left_over - SLACK) + (SHORT_NAME_LOSS if variant.short else 0.0)
    return 100 * (by_sound * sound + by_letter * letter) - loss


def _endings(heard: Heard, length: int) -> list[tuple[int, int]]:
    """Ends of words near a length, others as (0, 0)."""
    return [
        end if length - SLACK <= end[0] <= length + SLACK else (0, 0) for end in heard.ends if end[0] <= length + SLACK
    ]


def _words_at(heard: Heard, length: int) -> int:
    """How many words hold the first letters, not counting one of which only the first letter or two are needed."""
    before = 0
    for number, (end, _) in enumerate(heard.ends, start=1):
        if end >= length - 1:
            return number if length - before > 1 or number == 1 else number - 1
        before = end
    return len(heard.ends)


class _Pairs:
    """Which names share how many pairs of sounds with a stretch: postings of letter pairs, as numpy arrays."""

    def __init__(self, names: Sequence[str]) -> None:
        self._sizes = np.array([len(name) + 1 for name in names], dtype=np.float32)
        postings: dict[str, list[int]] = {}
        for number, name in enumerate(names):
            for pair in _pairs(name):
                postings.setdefault(pair, []).append(number)
        self._postings = {pair: np.array(numbers, dtype=np.int32) for pair, numbers in postings.items()}

    def likeliest(self, heard: str, count: int) -> list[int]:
        """Numbers of the names of which most pairs are in the stretch."""
        lists = [self._postings[pair] for pair in _pairs(heard) if pair in self._postings]
        if not lists:
            return []
        shared = np.bincount(np.concatenate(lists), minlength=len(self._sizes)).astype(np.float32)
        share = shared / (self._sizes + np.float32(3.0))
        if len(share) <= count:
            return [int(number) for number in np.flatnonzero(shared)]
        return [int(number) for number in np.argpartition(share, -count)[-count:]]


def _pairs(name: str) -> set[str]:
    padded = f"^{name}"
    return {padded[at : at + 2] for at in range(len(name))} | {
        f"{padded[at]}{padded[at + 2]}_" for at in range(len(name) - 1)
    }
