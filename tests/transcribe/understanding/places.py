"""The places of a message as an operator writes them, found in the shipped register."""

from __future__ import annotations

from db import streets
from transcribe.understanding.addresses import Places
from transcribe.understanding.facts import Address
from transcribe.understanding.tokens import tokens

SHIPPED = Places(streets.shipped())


def said(text: str, places: Places = SHIPPED) -> list[Address]:
    return list(places.said(tokens(text.split())))


def noted(text: str, places: Places = SHIPPED) -> list[str]:
    """The places as an operator writes them: «Шевченка 15 корпус 2 кв. 3»; the village stands first."""
    return [as_noted(address) for address in said(text, places)]


def as_noted(address: Address) -> str:
    village = address.settlement if address.settlement != "Луцьк" else ""
    street = address.street.name if address.street else address.street_said and f"«{address.street_said}»"
    flat = f"кв. {address.flat}" if address.flat else ""
    return " ".join(part for part in (village, street, address.house, address.building, flat) if part)
