"""The register that is shipped: read from its files, as they are; see register/SOURCE.md for what they are worth."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from db.street_entries import EntryName, Key, StreetEntry, entry, key_of, merge
from db.street_register import NameKind, Register, RegisterDistrict, RegisterSettlement, RegisterStreet

FILES = Path(__file__).parent / "register"
KINDS: dict[str, NameKind] = {"former": "former", "colloquial": "colloquial", "spoken": "spoken"}


@lru_cache(maxsize=1)
def entries() -> tuple[StreetEntry, ...]:
    """The streets, one entry for each, in the order of the file."""
    streets = merge(entry(line, **row) for line, row in _rows("lutsk_streets.csv"))
    for _, row in _rows("other_names.csv"):
        key: Key = key_of(row["settlement"], row["type"], row["name"])
        other = EntryName(row["other"], KINDS[row["kind"]], row["note"])
        streets[key] = replace(streets[key], others=(*streets[key].others, other))
    return tuple(streets.values())


@lru_cache(maxsize=1)
def settlements() -> tuple[RegisterSettlement, ...]:
    """The settlements of the community. A starosta district that the source doubts («Княгининівський?») is left out."""
    found = []
    for _, row in _rows("lutsk_settlements.csv"):
        doubted = row["starosta_district"].endswith("?")
        found.append(RegisterSettlement(**{**row, "starosta_district": "" if doubted else row["starosta_district"]}))
    return tuple(found)


@lru_cache(maxsize=1)
def districts() -> tuple[RegisterDistrict, ...]:
    """Parts of the city that have a name of their own in speech."""
    rows = _rows("microdistricts.csv")
    return tuple(RegisterDistrict(row["name"], tuple(filter(None, row["also"].split("|")))) for _, row in rows)


@lru_cache(maxsize=1)
def register() -> Register:
    """The shipped register without a database; a street's id is its line in lutsk_streets.csv."""
    starosta = {one.name: one.starosta_district for one in settlements()}
    streets = tuple(
        RegisterStreet(
            id=one.line,
            type=one.type,
            name=one.name,
            settlement=one.settlement,
            others=tuple(other.plain() for other in one.others),
            district=one.district,
            starosta_district=starosta[one.settlement],
        )
        for one in entries()
    )
    return Register(streets, settlements(), districts=districts())


def _rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)
