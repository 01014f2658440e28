"""What may be said of a place beside its street: houses, a flat, an entrance; and the pieces that tell them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["house", "flat", "building", "correction", "and", "filler", "other"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the stretch beside a street; ``named`` when its word was said («будинок», «квартира»)."""

    kind: Kind
    text: str
    first: int
    end: int
    named: bool = False


@dataclass(slots=True)
class Parts:
    """What belongs to one street: pieces, in the order of speech."""

    houses: list[Piece] = field(default_factory=list)
    flat: Piece | None = None
    building: Piece | None = None

    @property
    def pieces(self) -> list[Piece]:
        return [*self.houses, *(piece for piece in (self.building, self.flat) if piece)]
