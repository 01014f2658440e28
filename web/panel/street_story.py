"""What happened to a street, in the words of a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from db import uk
from db.street_history import CREATED, last_undoable
from db.street_tables import HouseManager, HouseRenumbering, Street, StreetHistory, StreetName

Part = StreetName | HouseRenumbering | HouseManager
FIELDS = {
    "type": "тип",
    "name": "назва",
    "status": "певність",
    "source": "джерело",
    "valid_from": "чинна з",
    "valid_to": "не в ужитку з",
    "district_id": "мікрорайон",
    "starosta_district": "старостинський округ",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One change; ``told``: what it did, line by line. Only the newest one that stands can be undone."""

    entry: StreetHistory
    who: str
    told: tuple[str, ...]
    undoable: bool


def steps(street: Street, districts: dict[int, str]) -> list[Step]:
    """The history of a street, newest first."""
    newest = last_undoable(street)
    parts: list[Part] = [*street.names, *street.renumberings, *street.managers]
    rows = {(row.__tablename__, row.id): row for row in parts}
    return [
        Step(
            entry,
            entry.by.name if entry.by else "файл або команда",
            tuple(told for change in entry.changes for told in _told(change, rows, districts)),
            undoable=entry is newest,
        )
        for entry in reversed(street.history)
    ]


def _told(change: dict[str, Any], rows: dict[tuple[str, int], Part], districts: dict[int, str]) -> Iterator[str]:
    field, was, became = change["field"], change["was"], change["became"]
    if row := rows.get((change["row"], change["id"])):
        thing = _thing(row)
        if field == CREATED:
            yield f"додано: {thing}"
        elif field == "withdrawn_at":
            yield f"{'прибрано' if became else 'повернуто'}: {thing}"
        else:
            yield f"{thing}: до {_shown(field, became, districts)}"
    elif field != CREATED:
        title = FIELDS.get(field, field)
        yield f"{title}: {_shown(field, was, districts)} → {_shown(field, became, districts)}"


def _thing(row: Part) -> str:
    match row:
        case StreetName():
            return f"{uk.STREET_NAME_KIND[row.kind]} назва {row.name}"
        case HouseRenumbering():
            return f"будинок {row.old_house} тепер {row.new_house}"
        case HouseManager():
            return f"управитель будинку {row.house} - {row.executor.title}"


def _shown(field: str, value: Any, districts: dict[int, str]) -> str:
    if value is None or value == "":
        return "не вказано"
    if field == "status":
        return uk.word(uk.STREET_STATUS, value)
    if field == "district_id":
        return districts.get(value, "інший")
    if field in ("valid_from", "valid_to"):
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    return str(value)
