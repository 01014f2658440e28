"""The shipped register as rows: what a new installation starts with."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import street_shipped
from db.street_entries import StreetEntry, key_of
from db.street_tables import District, Settlement, Street, StreetName


def seed_streets(session: Session) -> None:
    """Add what is missing; may run at every start.

    A street that is there in any state (renamed, retired, entered by hand) is left as it is.
    """
    settlements = {one.katottg: one for one in session.scalars(select(Settlement))}
    for place in street_shipped.settlements():
        if place.katottg not in settlements:
            settlements[place.katottg] = Settlement(
                katottg=place.katottg, type=place.type, name=place.name, starosta_district=place.starosta_district
            )
            session.add(settlements[place.katottg])
    known = set(session.scalars(select(District.name)))
    session.add_all(
        District(name=one.name, also=list(one.also)) for one in street_shipped.districts() if one.name not in known
    )
    by_name = {one.name: settlements[one.katottg] for one in street_shipped.settlements()}
    taken = set(session.scalars(select(Street.shipped_as)))
    entered = {
        key_of(settlement, kind, name)
        for settlement, kind, name in session.execute(
            select(Settlement.name, Street.type, Street.name).join(Street.settlement)
        )
    }
    session.add_all(
        _street(one, by_name[one.settlement])
        for one in street_shipped.entries()
        if shipped_as(one) not in taken and one.key not in entered
    )
    session.flush()


def shipped_as(one: StreetEntry) -> str:
    """The key by which a street is known to come from the shipped register, whatever it is called by now."""
    return "|".join((one.settlement, one.type, one.name))


def _street(one: StreetEntry, settlement: Settlement) -> Street:
    return Street(
        settlement=settlement,
        type=one.type,
        name=one.name,
        status=one.status,
        source=one.source,
        shipped_as=shipped_as(one),
        names=[StreetName(name=other.name, kind=other.kind, note=other.note) for other in one.others],
    )
