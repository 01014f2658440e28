"""The tables of the street register: settlements, streets, their names, houses, and every change of them.

Nothing is deleted: a street that is gone has ``valid_to``, a row entered by mistake has ``withdrawn_at``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models import Base, Executor, User


class Settlement(Base):
    """A settlement of the community, by its code in the Codifier (KATOTTG)."""

    __tablename__ = "settlement"

    katottg: Mapped[str] = mapped_column(String(19), primary_key=True)
    type: Mapped[str] = mapped_column(String(20))  # місто | селище | село
    name: Mapped[str] = mapped_column(String(80), index=True)
    starosta_district: Mapped[str] = mapped_column(String(80), default="")  # "" for the city, or when unknown


class District(Base):
    """A part of the city as people call it («33-й», «Вишків»). It has no official borders."""

    __tablename__ = "district"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    also: Mapped[list[Any]]  # other names, as people say them: ["тридцять третій квартал"]
    withdrawn_at: Mapped[datetime | None]


class Street(Base):
    """A street with its present name. A rename keeps the row: the old name becomes a :class:`StreetName`.

    ``status`` tells how sure the present name is: in_use, decided, in_use_then, inferred, conflict, proposed, old
    (:data:`db.uk.STREET_STATUS`). Whether the street is in use is a matter of its dates.
    """

    __tablename__ = "street"

    id: Mapped[int] = mapped_column(primary_key=True)
    settlement_id: Mapped[str] = mapped_column(ForeignKey("settlement.katottg"), index=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), index=True)
    type: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120), index=True)
    valid_from: Mapped[date | None]  # the city's day; None: always was
    valid_to: Mapped[date | None]  # the first day it is not in use any more
    status: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(200), default="")
    shipped_as: Mapped[str | None] = mapped_column(String(240), unique=True)  # its key in the shipped register
    # Two administrators on one street: the second is told, nothing is overwritten.
    version: Mapped[int] = mapped_column()

    settlement: Mapped[Settlement] = relationship()
    district: Mapped[District | None] = relationship()
    names: Mapped[list[StreetName]] = relationship(order_by="StreetName.id", back_populates="street")
    renumberings: Mapped[list[HouseRenumbering]] = relationship(order_by="HouseRenumbering.id", back_populates="street")
    managers: Mapped[list[HouseManager]] = relationship(order_by="HouseManager.id", back_populates="street")
    history: Mapped[list[StreetHistory]] = relationship(order_by="StreetHistory.id", back_populates="street")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class StreetName(Base):
    """Another name of a street. One former name may stand under several streets (a street that was split)."""

    __tablename__ = "street_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    kind: Mapped[str] = mapped_column(String(12))  # former | colloquial | spoken | proposed
    note: Mapped[str] = mapped_column(String(120), default="")  # «верхня частина»
    valid_to: Mapped[date | None]  # the first day a former name was not the official one; people go on saying it
    withdrawn_at: Mapped[datetime | None]

    street: Mapped[Street] = relationship(back_populates="names")


class HouseRenumbering(Base):
    """A house that got another number, often together with a rename (Качалова -> В'їзна)."""

    __tablename__ = "house_renumbering"

    id: Mapped[int] = mapped_column(primary_key=True)
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id"), index=True)
    old_house: Mapped[str] = mapped_column(String(20))
    new_house: Mapped[str] = mapped_column(String(20))
    from_date: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]

    street: Mapped[Street] = relationship(back_populates="renumberings")


class HouseManager(Base):
    """Who manages a house (управитель, ОСББ): an executor of the city's list."""

    __tablename__ = "house_manager"

    id: Mapped[int] = mapped_column(primary_key=True)
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id"), index=True)
    house: Mapped[str] = mapped_column(String(20))
    executor_id: Mapped[int] = mapped_column(ForeignKey("executor.id"))
    withdrawn_at: Mapped[datetime | None]

    street: Mapped[Street] = relationship(back_populates="managers")
    executor: Mapped[Executor] = relationship()


class StreetHistory(Base):
    """One change of a street: who, when, what, why, with the values before and after, so that it can be undone."""

    __tablename__ = "street_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # None: a command, the shipped register
    what: Mapped[str] = mapped_column(String(20))  # added | renamed | retired | ... (db.uk.STREET_WHAT)
    changes: Mapped[list[Any]]  # [{"row", "id", "field", "was", "became"}]
    why: Mapped[str] = mapped_column(Text, default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("street_history.id"))  # of an «undone» entry

    street: Mapped[Street] = relationship(back_populates="history")
    by: Mapped[User | None] = relationship()
