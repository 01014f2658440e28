"""How did a message name a street? «на вулиці ковельській» by its type, «винниченка вісім» by nothing but its house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transcribe.understanding.street_index import Match

Announced = Literal["type", "house", "place", "crossing", "name"]
"""What announced a street: its type, the house number after it, a preposition, a crossing, nothing but the name."""


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
