"""The last import taken back as a whole, for whoever took the wrong file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.street_edits import StreetRefused, take_back
from db.street_history import NothingToUndo
from db.street_tables import StreetHistory


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of the last import.

    Attributes:
        why: which one it was, in the words of its history («файл register.csv»); "" when there is none.
        streets: how many streets are as they were before.
        left: streets that stay as they are, with the reason (in Ukrainian).
    """

    why: str
    streets: int
    left: tuple[str, ...] = ()


def take_back_import(session: Session, at: datetime) -> TakenBack:
    """Undo every change of the last import that nobody undid yet; the caller commits.

    A street that somebody changed since then is left alone. Called again it takes back the import before.
    """
    undoing = aliased(StreetHistory)
    # Only an import changes streets in nobody's name; its rows share one moment.
    standing = (
        select(StreetHistory)
        .where(StreetHistory.by_id.is_(None), StreetHistory.what != "undone")
        .where(~select(undoing.id).where(undoing.undoes_id == StreetHistory.id).exists())
    )
    moment = session.scalar(select(func.max(standing.subquery().c.at)))
    if moment is None:
        return TakenBack("", 0)
    # Newest first: a name that wandered from street to street wanders back.
    entries = session.scalars(standing.where(StreetHistory.at == moment).order_by(StreetHistory.id.desc())).all()
    done, left = 0, []
    for entry in entries:
        title = f"{entry.street.type} {entry.street.name}"
        try:
            with session.begin_nested():
                take_back(session, entry.street, entry.id, by=None, at=at)
            done += 1
        except NothingToUndo:
            left.append(f"{title}: змінено після завантаження")
        except StreetRefused as refused:
            left.append(f"{title}: {refused}")
    return TakenBack(entries[0].why, done, tuple(left))
