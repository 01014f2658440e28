"""Which street of the register does an operator mean? Former names lead to the present one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from db.addresses import HOME, Place, street_text
from db.street_register import Register, RegisterStreet
from db.street_words import folded as fold
from db.street_words import split_type

CHOICES = 8
"""More lines are not read, they are typed away."""

folded = lru_cache(maxsize=50_000)(fold)
"""Every key that is pressed compares the same names of thousands of streets again."""


@dataclass(frozen=True, slots=True)
class StreetChoice:
    """A street to choose: ``shown`` goes into the field, ``note`` says why it is here («раніше Гордіюк»)."""

    street_id: int
    shown: str
    settlement: str
    note: str = ""


def choices(register: Register, typed: str, at_most: int = CHOICES) -> list[StreetChoice]:
    """Streets whose present or other name has a word that begins as typed; the city before the villages."""
    _, name = split_type(typed.partition(",")[0])
    wanted = folded(name)
    if not wanted:
        return []
    found = [(rank, choice) for street in register.streets if (hit := _hit(street, wanted)) for rank, choice in (hit,)]
    found.sort(key=lambda one: (one[0], one[1].settlement != HOME, one[1].shown))
    return [choice for _, choice in found[:at_most]]


def settled(register: Register, place: Place) -> Place:
    """The place with the street the register knows by exactly this text, under its present name.

    A text that fits several streets, or none, stays as it was written and belongs to no street of the register.
    """
    meant = list(_meant(register, place.street))
    if len(meant) != 1:
        known = next((one.name for one in register.settlements if folded(one.name) == folded(place.street)), "")
        return replace(place, street_id=None, settlement=known)
    street = meant[0]
    return replace(
        place,
        street=street_text(street.type, street.name, street.settlement),
        street_id=street.id,
        settlement=street.settlement,
    )


def _hit(street: RegisterStreet, wanted: str) -> tuple[int, StreetChoice] | None:
    """How well a street fits (0 best), and the choice it makes."""
    shown = street_text(street.type, street.name, street.settlement)
    choice = StreetChoice(street.id, shown, street.settlement)
    present = folded(street.name)
    if present.startswith(wanted):
        return 0, choice
    if f" {wanted}" in f" {present}":
        return 1, choice
    for other in street.others:
        if f" {wanted}" in f" {folded(other.name)}":
            note = {"former": "раніше", "proposed": "пропонували"}.get(other.kind, "кажуть")
            return 2, replace(choice, note=f"{note} {other.name}")
    return None


def _meant(register: Register, text: str) -> Iterator[RegisterStreet]:
    """Streets whose full text is written here; failing that, whose name with or without type is."""
    wanted = folded(text)
    exact = [one for one in register.streets if folded(street_text(one.type, one.name, one.settlement)) == wanted]
    if exact:
        yield from exact
        return
    written, _, village = text.partition(",")
    type_, name = split_type(written)
    for street in register.streets:
        names = {folded(street.name), *(folded(one.name) for one in street.others if one.kind == "former")}
        in_place = folded(village) in ("", folded(street.settlement))
        if folded(name) in names and type_ in ("", street.type) and in_place:
            yield street
