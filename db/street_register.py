"""The street register as plain values: what understanding, notices and the line look streets up in.

Former names matter because callers say them and recognisers hear them (DOMAIN 1.4): a street has one present name and
any number of others, and one former name may belong to several streets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NameKind = Literal["former", "colloquial", "spoken", "proposed"]


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name people also use: former («Гордіюк»), colloquial («Тридцять третій»), spoken (how it sounds), or proposed
    (a rename that was discussed, and that we do not know to be decided).
    """

    name: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class RegisterStreet:
    """A street in use.

    Attributes:
        id: the row's id; of the shipped register without a database, its line number.
        type: «вулиця», «проспект», «бульвар», «провулок», «майдан», ...
        name: the present name, without the type.
        settlement: «Луцьк», or a village of the community.
        others: other names.
        district: microdistrict of the city, "" when unknown.
        starosta_district: старостинський округ, "" for the city.
    """

    id: int
    type: str
    name: str
    settlement: str
    others: tuple[OtherName, ...] = ()
    district: str = ""
    starosta_district: str = ""


@dataclass(frozen=True, slots=True)
class RegisterSettlement:
    """A settlement of the community, with its code in the Codifier (KATOTTG)."""

    katottg: str
    type: str
    name: str
    starosta_district: str


@dataclass(frozen=True, slots=True)
class RegisterDistrict:
    """A part of the city as people call it («33-й»), with other ways to say it («тридцять третій квартал»)."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """All streets and settlements at one moment.

    Attributes:
        districts: parts of the city that have a name of their own in speech.
        managers: (street id, house in upper case) to the executor code of the management company, where known.
        renumbered: (street id, former house) to the present house, where the numbering changed (Качалова → В'їзна).
    """

    streets: tuple[RegisterStreet, ...]
    settlements: tuple[RegisterSettlement, ...]
    managers: Mapping[tuple[int, str], str] = field(default_factory=dict)
    renumbered: Mapping[tuple[int, str], str] = field(default_factory=dict)
    districts: tuple[RegisterDistrict, ...] = ()
