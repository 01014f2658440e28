"""The address of a card: parts an operator fills in, one line people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from db.models import Appeal

HOME = "Луцьк"
"""The settlement that need not be said."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is the matter.

    Attributes:
        street: as the register writes it («вулиця Конякіна», outside the city «вулиця Польова, Прилуцьке»), or any
            place in words («біля п'ятої школи»).
        house, building, flat: «24-А», «під'їзд 2», «15»; "" when unknown.
        settlement: "" when unknown.
        street_id: of the register; None for a place in words.
    """

    street: str = ""
    house: str = ""
    building: str = ""
    flat: str = ""
    settlement: str = ""
    street_id: int | None = None

    def line(self) -> str:
        """«вулиця Конякіна, 24-А, під'їзд 2, кв. 15»; a village stands first."""
        street, village = self.street, ""
        if self.settlement and self.settlement != HOME:
            village, street = self.settlement, street.removesuffix(self.settlement).rstrip(", ")
        flat = f"кв. {self.flat}" if self.flat else ""
        return ", ".join(part for part in (village, street, self.house, self.building, flat) if part)

    def to_json(self) -> dict[str, Any]:
        """The parts by name; :func:`place_of_json` reads them back."""
        return asdict(self)


NOWHERE = Place()


def street_text(type_: str, name: str, settlement: str) -> str:
    """A street of the register in the one form that the panel shows and reads back."""
    street = f"{type_} {name}"
    return street if settlement in ("", HOME) else f"{street}, {settlement}"


def place_of(appeal: Appeal) -> Place:
    """The parts of a card's address."""
    return Place(**{part.name: getattr(appeal, part.name) for part in fields(Place)})


def place_of_json(parts: Mapping[str, Any]) -> Place:
    """The parts that :meth:`Place.to_json` gave."""
    return Place(**parts) if parts else NOWHERE


def write(appeal: Appeal, place: Place) -> None:
    """Put an address into a card, its parts and its line."""
    for part in fields(Place):
        setattr(appeal, part.name, getattr(place, part.name))
    appeal.address = place.line()[:300]
