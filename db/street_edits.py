"""What an administrator does with the register. Every function keeps history and audit; none commits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.city_time import day_of
from db.models import Executor, User
from db.street_entries import MAX_HOUSE, key_of
from db.street_history import Change, change, undo
from db.street_register import NameKind
from db.street_tables import HouseManager, HouseRenumbering, Settlement, Street, StreetName
from db.street_words import TYPES, NotAName, folded, house_of, name_of, spelled

MAX_WHY = 500


class StreetRefused(Exception):
    """An administrator gave what the register cannot hold, or what it holds already (in Ukrainian)."""


def add(
    session: Session,
    *,
    kind: str,
    name: str,
    settlement: Settlement,
    by: User | None,
    at: datetime,
    district_id: int | None = None,
    source: str = "",
    why: str = "",
) -> Street:
    """A new street, in use from today.

    Raises:
        StreetRefused: no such type, no name, or there is such a street.
    """
    kind, name = _typed(kind, name)
    _free(session, settlement.katottg, kind, name, at)
    street = Street(
        settlement=settlement, district_id=district_id, type=kind, name=name, valid_from=day_of(at), status="in_use",
        source=spelled(source)[:200],
    )  # fmt: skip
    session.add(street)
    with change(session, street, "added", by=by, at=at, why=why[:MAX_WHY]) as made:
        made.made(street)
    return street


def rename(
    session: Session,
    street: Street,
    name: str,
    *,
    by: User | None,
    at: datetime,
    kind: str = "",
    since: date | None = None,
    why: str = "",
) -> None:
    """Another present name; the old one becomes a former name, so that whoever still says it is understood.

    Args:
        kind: another type, "" to leave it.
        since: the first day of the new name, for the record.

    Raises:
        StreetRefused: the name is the present one already, no name, or another street has it; the day is still to come.
    """
    kind, name = _typed(kind or street.type, name)
    if since and since > day_of(at):
        raise StreetRefused(f"Нова назва діятиме з {since:%d.%m.%Y}: внесіть її того дня.")
    if (kind, name) == (street.type, street.name):
        raise StreetRefused("Вулиця вже має цю назву.")
    _free(session, street.settlement_id, kind, name, at, but=street)
    with change(session, street, "renamed", by=by, at=at, why=why[:MAX_WHY]) as made:
        renamed(made, street, kind=kind, name=name, status="decided", since=since or day_of(at), at=at)


def renamed(
    made: Change, street: Street, kind: str, name: str, *, status: str, since: date | None, at: datetime
) -> None:
    """What a rename changes. A name that stood among the other ones becomes the present one and leaves them."""
    old = street.name
    for other in street.names:
        if other.withdrawn_at is None and folded(other.name) == folded(name):
            made.set(other, "withdrawn_at", at)
    if folded(old) != folded(name):
        other = StreetName(name=old, kind="former", valid_to=since)
        street.names.append(other)
        made.made(other)
    made.set(street, "type", kind)
    made.set(street, "name", name)
    made.set(street, "status", status)


def correct(
    session: Session,
    street: Street,
    *,
    kind: str,
    name: str,
    district_id: int | None,
    status: str,
    by: User | None,
    at: datetime,
    why: str = "",
) -> None:
    """Mend a slip of the pen: the old writing does not become a former name.

    Raises:
        StreetRefused: no such type, no name, or another street has it.
    """
    kind, name = _typed(kind, name)
    _free(session, street.settlement_id, kind, name, at, but=street)
    with change(session, street, "corrected", by=by, at=at, why=why[:MAX_WHY]) as made:
        for column, value in (("type", kind), ("name", name), ("district_id", district_id), ("status", status)):
            made.set(street, column, value)


def retire(session: Session, street: Street, *, by: User | None, at: datetime, why: str = "") -> None:
    """The street is not in use from today; its history stays."""
    with change(session, street, "retired", by=by, at=at, why=why[:MAX_WHY]) as made:
        if in_use(street, at):
            made.set(street, "valid_to", day_of(at))


def restore(session: Session, street: Street, *, by: User | None, at: datetime, why: str = "") -> None:
    """The street is in use again.

    Raises:
        StreetRefused: another street has its name by now.
    """
    _free(session, street.settlement_id, street.type, street.name, at, but=street)
    with change(session, street, "restored", by=by, at=at, why=why[:MAX_WHY]) as made:
        made.set(street, "valid_to", None)


def add_name(
    session: Session, street: Street, name: str, kind: NameKind, *, by: User | None, at: datetime, note: str = ""
) -> StreetName:
    """Another name that people say.

    Raises:
        StreetRefused: no name, or the street has it already.
    """
    _, name = _typed(street.type, name)
    known = {folded(street.name)} | {folded(one.name) for one in street.names if one.withdrawn_at is None}
    if folded(name) in known:
        raise StreetRefused(f"Вулиця вже має назву «{name}».")
    other = StreetName(name=name, kind=kind, note=spelled(note)[:120])
    with change(session, street, "name_added", by=by, at=at) as made:
        street.names.append(other)
        made.made(other)
    return other


def renumber(
    session: Session,
    street: Street,
    old_house: str,
    new_house: str,
    *,
    by: User | None,
    at: datetime,
    from_date: date | None = None,
) -> HouseRenumbering:
    """A house got another number.

    Raises:
        StreetRefused: a number is missing, or the former number has its present one already.
    """
    old_house, new_house = _house(old_house), _house(new_house)
    if old_house == new_house:
        raise StreetRefused("Старий і новий номер однакові.")
    if any(one.withdrawn_at is None and house_of(one.old_house) == old_house for one in street.renumberings):
        raise StreetRefused(f"Новий номер будинку {old_house} уже внесено.")
    row = HouseRenumbering(old_house=old_house, new_house=new_house, from_date=from_date)
    with change(session, street, "house_renumbered", by=by, at=at) as made:
        street.renumberings.append(row)
        made.made(row)
    return row


def set_manager(
    session: Session, street: Street, house: str, executor: Executor, *, by: User | None, at: datetime
) -> HouseManager:
    """Who manages a house from now on; whoever did before stays in the history.

    Raises:
        StreetRefused: no house number.
    """
    house = _house(house)
    row = HouseManager(house=house, executor=executor)
    with change(session, street, "manager_set", by=by, at=at) as made:
        for one in street.managers:
            if one.withdrawn_at is None and house_of(one.house) == house:
                made.set(one, "withdrawn_at", at)
        street.managers.append(row)
        made.made(row)
    return row


def withdraw(
    session: Session, row: StreetName | HouseRenumbering | HouseManager, *, by: User | None, at: datetime
) -> None:
    """A name, a renumbering or a manager was entered by mistake, or holds no longer. A second click changes nothing."""
    whats = {StreetName: "name_withdrawn", HouseRenumbering: "house_withdrawn", HouseManager: "manager_withdrawn"}
    with change(session, row.street, whats[type(row)], by=by, at=at) as made:
        if row.withdrawn_at is None:
            made.set(row, "withdrawn_at", at)


def take_back(session: Session, street: Street, expected: int, *, by: User | None, at: datetime) -> None:
    """Undo the newest change of a street (:func:`db.street_history.undo`).

    Raises:
        NothingToUndo: see there.
        StreetRefused: another street has the old name by now; the caller must not commit.
    """
    undo(session, street, expected, by=by, at=at)
    if in_use(street, at):
        _free(session, street.settlement_id, street.type, street.name, at, but=street)


def in_use(street: Street, at: datetime) -> bool:
    """True when the street's dates hold today."""
    today = day_of(at)
    return (street.valid_from is None or street.valid_from <= today) and (
        street.valid_to is None or street.valid_to > today
    )


def _free(  # noqa: PLR0917 - the parts of a name in the order people say them
    session: Session, katottg: str, kind: str, name: str, at: datetime, but: Street | None = None
) -> None:
    """Names are compared here, not in the database: it does not know that «В’їзна» is «В'їзна»."""
    query = select(Street).where(Street.settlement_id == katottg, Street.type == kind)
    for other in session.scalars(query):
        if other is not but and in_use(other, at) and key_of("", kind, other.name) == key_of("", kind, name):
            raise StreetRefused(f"Така вулиця вже є: {other.type} {other.name}.")


def _typed(kind: str, name: str) -> tuple[str, str]:
    if kind not in TYPES:
        raise StreetRefused(f"Немає такого типу: «{kind}».")
    try:
        return kind, name_of(name)
    except NotAName as error:
        raise StreetRefused(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error


def _house(text: str) -> str:
    house = house_of(text)
    if not house or len(house) > MAX_HOUSE or not house[0].isdigit():
        raise StreetRefused("Вкажіть номер будинку, наприклад 24-А.")
    return house
