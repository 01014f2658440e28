"""The street register as others see it: plain values at one moment, from the records or from the shipped files."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import get_args

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db import street_shipped, uk
from db.city_time import day_of
from db.models import Executor
from db.street_register import (
    NameKind,
    OtherName,
    Register,
    RegisterDistrict,
    RegisterSettlement,
    RegisterStreet,
)
from db.street_tables import District, HouseManager, HouseRenumbering, Settlement, Street, StreetName
from db.street_words import house_of

KINDS: dict[str, NameKind] = {kind: kind for kind in get_args(NameKind)}


def shipped() -> Register:
    """The register that comes with the program, without a database. Partial and not official (register/SOURCE.md)."""
    return street_shipped.register()


def load(session: Session, at: datetime) -> Register:
    """The register as it is in use at ``at``: some milliseconds for hundreds of streets, a fraction of a second for
    thousands (columns are read, not objects).
    """
    today = day_of(at)
    streets = _streets(
        session,
        or_(Street.valid_from.is_(None), Street.valid_from <= today),
        or_(Street.valid_to.is_(None), Street.valid_to > today),
    )
    settlements = session.execute(
        select(Settlement.katottg, Settlement.type, Settlement.name, Settlement.starosta_district).order_by(
            Settlement.katottg
        )
    )
    districts = session.execute(select(District.name, District.also).where(District.withdrawn_at.is_(None)))
    return Register(
        streets=streets,
        settlements=tuple(RegisterSettlement(*row) for row in settlements),
        managers=_managers(session),
        renumbered=_renumbered(session, at),
        districts=tuple(RegisterDistrict(name, tuple(also)) for name, also in districts),
    )


def not_in_use(session: Session, at: datetime) -> tuple[RegisterStreet, ...]:
    """Streets that are out of use at ``at``, or come into use later."""
    today = day_of(at)
    return _streets(session, or_(Street.valid_to <= today, Street.valid_from > today))


def districts(session: Session) -> list[District]:
    """Parts of the city that a street can be put into."""
    found = session.scalars(select(District).where(District.withdrawn_at.is_(None)))
    return sorted(found, key=lambda one: uk.alphabetical(one.name))


def _streets(session: Session, *which: ColumnElement[bool]) -> tuple[RegisterStreet, ...]:
    others = _others(session)
    query = (
        select(Street.id, Street.type, Street.name, Settlement.name, Settlement.starosta_district, District.name)
        .join(Street.settlement)
        .outerjoin(Street.district)
        .where(*which)
        .order_by(Street.id)
    )
    return tuple(
        RegisterStreet(number, kind, name, settlement, tuple(others[number]), district or "", starosta)
        for number, kind, name, settlement, starosta, district in session.execute(query)
    )


def _others(session: Session) -> dict[int, list[OtherName]]:
    found: dict[int, list[OtherName]] = defaultdict(list)
    query = (
        select(StreetName.street_id, StreetName.name, StreetName.kind)
        .where(StreetName.withdrawn_at.is_(None))
        .order_by(StreetName.id)
    )
    for number, name, kind in session.execute(query):
        found[number].append(OtherName(name, KINDS[kind]))
    return found


def _managers(session: Session) -> dict[tuple[int, str], str]:
    query = (
        select(HouseManager.street_id, HouseManager.house, Executor.code)
        .join(HouseManager.executor)
        .where(HouseManager.withdrawn_at.is_(None))
        .order_by(HouseManager.id)
    )
    return {(number, house_of(house)): code for number, house, code in session.execute(query)}


def _renumbered(session: Session, at: datetime) -> dict[tuple[int, str], str]:
    query = (
        select(HouseRenumbering.street_id, HouseRenumbering.old_house, HouseRenumbering.new_house)
        .where(HouseRenumbering.withdrawn_at.is_(None))
        .where(or_(HouseRenumbering.from_date.is_(None), HouseRenumbering.from_date <= day_of(at)))
        .order_by(HouseRenumbering.id)
    )
    return {(number, house_of(old)): new for number, old, new in session.execute(query)}
