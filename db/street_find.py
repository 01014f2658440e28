"""What does the register know by this text? Present and other names; whole, begun, in the middle, or misspelt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from db import uk
from db.street_entries import CITY
from db.street_register import NameKind, RegisterStreet
from db.street_words import folded, settlement_of, split_type

AT_MOST = 20
LONGEST = 200
"""Letters of a text that are looked at."""
ALIKE = 72.0
"""Of 100: less has hardly anything in common with what was written."""

BEGUN = 5
"""Letters from which a misspelt beginning of a name tells anything."""

Match = Literal["whole", "beginning", "part", "alike"]
_BEST_FIRST: tuple[Match, ...] = ("whole", "beginning", "part", "alike")


@dataclass(frozen=True, slots=True)
class Found:
    """A street, and why it is here.

    Attributes:
        name: the name that fits.
        kind: present, or the kind of the other name.
        match: how it fits; ``alike`` when it is spelt otherwise.
        score: 100 when it fits, else how much alike.
    """

    street: RegisterStreet
    name: str
    kind: NameKind | Literal["present"]
    match: Match
    score: float = 100.0


def find(streets: Iterable[RegisterStreet], text: str, at_most: int = AT_MOST) -> list[Found]:
    """Streets by a text such as «гордіюк», «вул. Садова, Жидичин», «захісників украйни»; the best first.

    Names spelt otherwise are only offered when nothing is spelt so.
    """
    written, _, place = text[:LONGEST].partition(",")
    kind, name = split_type(written)
    wanted, settlement = folded(name), folded(settlement_of(place))
    if not wanted:
        return []
    here = [one for one in streets if folded(one.settlement).startswith(settlement)]
    hits = [hit for one in here if (hit := _best(_spelt(one, wanted)))]
    hits = hits or [hit for one in here if (hit := _best(_alike(one, wanted)))]
    hits.sort(
        key=lambda hit: (
            _BEST_FIRST.index(hit.match),
            -hit.score,
            kind not in ("", hit.street.type),
            hit.kind != "present",
            hit.street.settlement != CITY,
            uk.alphabetical(hit.street.name),
        )
    )
    return hits[:at_most]


def _names(street: RegisterStreet) -> Iterator[tuple[str, NameKind | Literal["present"]]]:
    yield street.name, "present"
    for other in street.others:
        yield other.name, other.kind


def _spelt(street: RegisterStreet, wanted: str) -> Iterator[Found]:
    for name, kind in _names(street):
        known = folded(name)
        if known == wanted:
            yield Found(street, name, kind, "whole")
        elif known.startswith(wanted):
            yield Found(street, name, kind, "beginning")
        elif f" {wanted}" in known:
            yield Found(street, name, kind, "part")


def _alike(street: RegisterStreet, wanted: str) -> Iterator[Found]:
    for name, kind in _names(street):
        score = _likeness(folded(name), wanted)
        if score >= ALIKE:
            yield Found(street, name, kind, "alike", round(score, 1))


def _likeness(known: str, wanted: str) -> float:
    """Of the whole name, its words in any order, or of the beginning of a word («карбіш» of «карбишева»)."""
    whole = fuzz.token_sort_ratio(known, wanted, score_cutoff=ALIKE)
    if len(wanted) < BEGUN:
        return whole
    begun = (known[start : start + len(wanted)] for start in _words_of(known))
    return max(whole, *(fuzz.ratio(one, wanted, score_cutoff=ALIKE) for one in begun))


def _words_of(known: str) -> Iterator[int]:
    """Where each word of a folded name starts."""
    yield 0
    yield from (at + 1 for at, sign in enumerate(known) if sign == " ")


def _best(found: Iterator[Found]) -> Found | None:
    return min(found, key=lambda one: (_BEST_FIRST.index(one.match), -one.score), default=None)
