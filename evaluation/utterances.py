"""The labelled messages: sets to write rules by, and ``utterances_report.jsonl`` only to count on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TUNED_ON = ("tune", "more_a", "more_b", "more_c", "more_d")
SETS = (*TUNED_ON, "report")


@dataclass(frozen=True, slots=True)
class Place:
    """An address as a person labelled it.

    Attributes:
        streets: present names any of which is right; empty when no street of the register was said.
        unknown_street: what was said instead of a street of the register.
        house, building, flat, settlement: "" when not said.
    """

    streets: frozenset[str]
    unknown_street: str
    house: str
    building: str
    flat: str
    settlement: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message and what a person understood."""

    id: str
    text: str
    kind: str
    category: str | None
    also: tuple[str, ...]
    urgency: str
    places: tuple[Place, ...]
    phones: tuple[str, ...]
    appeal_numbers: tuple[str, ...]
    name: str | None
    traits: tuple[str, ...]


def utterances(which: str) -> list[Utterance]:
    """The messages of a set."""
    lines = (FOLDER / f"utterances_{which}.jsonl").read_text("utf-8").splitlines()
    return [_utterance(json.loads(line)) for line in lines if line]


def _utterance(row: dict[str, Any]) -> Utterance:
    return Utterance(
        id=row["id"],
        text=row["text"],
        kind=row["kind"],
        category=row["category"],
        also=tuple(row.get("also") or ()),
        urgency=row["urgency"],
        places=tuple(map(_place, row["addresses"])),
        phones=tuple(row["phones"]),
        appeal_numbers=tuple(row["appeal_numbers"]),
        name=row["name"],
        traits=tuple(row["traits"]),
    )


def _place(row: dict[str, Any]) -> Place:
    street = row.get("street") or []
    return Place(
        streets=frozenset([street] if isinstance(street, str) else street),
        unknown_street=row.get("street_said") or "",
        house=row.get("house") or "",
        building=row.get("building") or "",
        flat=row.get("flat") or "",
        settlement=row.get("settlement") or "",
    )
