"""Whose job is it? A table of categories, and the house: never a guess from the words (LANGUAGE.md, section 5)."""

from __future__ import annotations

from collections.abc import Mapping

from db.seed import CATEGORIES
from db.street_register import Register
from transcribe.understanding.facts import Address

USUAL = {code: executor for code, (_, executor, _) in CATEGORIES.items()}
"""Category to its usual executor."""

OF_THE_HOUSE = frozenset({"HOUSE", "YARD", "LIFT"})
"""What the management company of the house answers for, where it is known."""

OF_THE_VILLAGE = frozenset({"ROAD", "LIGHT", "YARD", "WASTE", "ORDER", "ANIM", "NOISE", "ECO", "SHELT", "VILL"})
"""What a village takes to its starosta; pipes and wires have the same owner as in the city."""

STAROSTAS: Mapping[str, str] = {"Прилуцький": "starosta"}
"""Starosta district to the executor's code. The order names only this one; others are added with their executor."""


def executor_of(category: str | None, address: Address | None, register: Register) -> str:
    """Code of the executor (``db.seed.EXECUTORS``); "" when the category is not known."""
    if category is None:
        return ""
    if category in OF_THE_VILLAGE and (starosta := STAROSTAS.get(_district(address, register))):
        return starosta
    if category in OF_THE_HOUSE and (manager := _manager(address, register)):
        return manager
    return USUAL.get(category, "")


def _district(address: Address | None, register: Register) -> str:
    if address is None:
        return ""
    return next((place.starosta_district for place in register.settlements if place.name == address.settlement), "")


def _manager(address: Address | None, register: Register) -> str | None:
    if address is None or address.street is None or not address.house:
        return None
    return register.managers.get((address.street.street_id, address.house.upper()))
