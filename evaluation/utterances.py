"""The labelled messages: sets to write rules by, and three only to count on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TUNED_ON = ("tune", "more_a", "more_b", "more_c", "more_d", "places", "houses")
REPORTED = ("report", "places_report", "places_report_b")
SETS = (*TUNED_ON, *REPORTED)


@dataclass(frozen=True, slots=True)
class Place:
    """An address as a person labelled it.

    Attributes:
        streets: present names any of which is right; empty when no street of the register was said.
        unknown_street: what was said instead of a street of the register.
        flats: numbers any of which is right; empty when none was said.
        house, building, settlement: "" when not said.
    """

    streets: frozenset[str]
    unknown_street: str
    house: str
    building: str
    flats: frozenset[str]
    settlement: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message and what a person understood.

    Attributes:
        kind: "" where only the places were labelled; the fields after it but ``places`` say nothing then.
    """

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
        kind=row.get("kind", ""),
        category=row.get("category"),
        also=tuple(row.get("also") or ()),
        urgency=row.get("urgency", ""),
        places=tuple(map(_place, row["addresses"])),
        phones=tuple(row.get("phones", ())),
        appeal_numbers=tuple(row.get("appeal_numbers", ())),
        name=row.get("name"),
        traits=tuple(row["traits"]),
    )


def _place(row: dict[str, Any]) -> Place:
    return Place(
        streets=_any_of(row.get("street")),
        unknown_street=row.get("street_said") or "",
        house=row.get("house") or "",
        building=row.get("building") or "",
        flats=_any_of(row.get("flat")),
        settlement=row.get("settlement") or "",
    )


def _any_of(label: str | list[str] | None) -> frozenset[str]:
    return frozenset([label] if isinstance(label, str) else label or []) - {""}
