"""Every change of a street as a row: values before and after, so that people see who did what, and can undo it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from db import audit
from db.city_time import day_of
from db.models import User
from db.street_tables import HouseManager, HouseRenumbering, Settlement, Street, StreetHistory, StreetName

Row = Street | StreetName | HouseRenumbering | HouseManager | Settlement
CREATED = "created"
"""Stands as the field of a row that the change made."""
_DATES = frozenset({"valid_from", "valid_to", "from_date"})
_TABLES: dict[str, type[Row]] = {
    "street": Street,
    "street_name": StreetName,
    "house_renumbering": HouseRenumbering,
    "house_manager": HouseManager,
    "settlement": Settlement,
}


class NothingToUndo(Exception):
    """Every change of the street is undone already, or it never changed."""


@dataclass
class Change:
    """One change in the making: each value is set through it."""

    rows: list[tuple[Row, str, Any]] = field(default_factory=list)

    def set(self, row: Row, name: str, value: Any) -> None:
        """Give a field of a row another value; the same value is no change."""
        was = getattr(row, name)
        if was != value:
            setattr(row, name, value)
            self.rows.append((row, name, was))

    def made(self, row: Row) -> None:
        """A row is new."""
        self.rows.append((row, CREATED, None))

    def entry(self, street: Street, what: str, *, by: User | None, at: datetime, why: str) -> StreetHistory:
        """The row of the history; rows that are new must have been flushed, for their ids."""
        return StreetHistory(
            street=street, at=at, by_id=by.id if by else None, what=what, changes=self._changes(), why=why
        )

    def _changes(self) -> list[dict[str, Any]]:
        return [
            {
                "row": row.__tablename__,
                "id": row.katottg if isinstance(row, Settlement) else row.id,
                "field": name,
                "was": _plain(was),
                "became": None if name == CREATED else _plain(getattr(row, name)),
            }
            for row, name, was in self.rows
        ]


@contextmanager
def change(
    session: Session, street: Street, what: str, *, by: User | None, at: datetime, why: str = ""
) -> Iterator[Change]:
    """A change of a street; on leaving the block it becomes a row of the history and an audit entry.

    Nothing is kept when no value changed.
    """
    made = Change()
    yield made
    if not made.rows:
        return
    session.flush()
    session.add(made.entry(street, what, by=by, at=at, why=why))
    session.flush()
    code = "street_added" if what == "added" else "street_changed"
    audit.record(session, code, f"street {street.id}", by=by, at=at, details=what)


def last_undoable(street: Street) -> StreetHistory | None:
    """The newest change that nobody undid yet."""
    undone = {entry.undoes_id for entry in street.history}
    return next((one for one in reversed(street.history) if one.what != "undone" and one.id not in undone), None)


def undo(session: Session, street: Street, expected: int, *, by: User | None, at: datetime) -> StreetHistory:
    """Take the newest change back: values return, rows that it made are withdrawn. The undoing is a change itself.

    Args:
        expected: id of the change that the person saw as the newest one.

    Raises:
        NothingToUndo: there is none, or somebody undid it (or changed something else) in the meantime.
    """
    entry = last_undoable(street)
    if entry is None or entry.id != expected:
        raise NothingToUndo
    with change(session, street, "undone", by=by, at=at) as made:
        for one in entry.changes:
            row: Any = session.get_one(_TABLES[one["row"]], one["id"])
            if one["field"] != CREATED:
                made.set(row, one["field"], _value(one["field"], one["was"]))
            elif isinstance(row, Street):
                # A street that would only come into use never was.
                made.set(row, "valid_to", max(day_of(at), row.valid_from or day_of(at)))
            else:
                made.set(row, "withdrawn_at", at)
    undoing = street.history[-1]
    undoing.undoes_id = entry.id
    return undoing


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _value(name: str, plain: Any) -> Any:
    if plain is None:
        return None
    if name == "withdrawn_at":
        return datetime.fromisoformat(plain)
    return date.fromisoformat(plain) if name in _DATES else plain
