"""What is doubtful in the register: what it must not hold, and what operators and callers will confuse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Literal, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db import uk
from db.city_time import day_of
from db.street_tables import Settlement, Street
from db.street_words import TYPES, NotAName, folded, house_of, name_of

T = TypeVar("T")
K = TypeVar("K")
LONG = 8
"""Sounds of a name from which on one sound more or less is not heard."""

Level = Literal["error", "warning"]
Code = Literal[
    "no_type", "no_settlement", "no_name", "twice", "dates", "house_twice", "namesake", "namesake_elsewhere",
    "former_is_present", "former_of_several", "sounds_alike", "unsure",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing somebody should look at; ``why`` in Ukrainian. An error makes wrong addresses, a warning questions."""

    level: Level
    code: Code
    streets: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A street with its settlement's name, "" when it has none."""

    row: Street
    settlement: str

    @property
    def title(self) -> str:
        return f"{self.row.type or 'без типу'} {self.row.name or 'без назви'} ({self.settlement or '?'})"

    @property
    def name(self) -> str:
        return folded(self.row.name)


def doubts(session: Session, at: datetime, sounds: Callable[[str], str]) -> list[Doubt]:
    """Everything doubtful, errors first.

    Args:
        sounds: a key for how a name sounds: alike on the telephone, equal or nearly equal here.
    """
    query = select(Street, Settlement.name).outerjoin(Settlement, Settlement.katottg == Street.settlement_id)
    query = query.options(selectinload(Street.names), selectinload(Street.renumberings)).order_by(Street.id)
    known = [_Known(street, settlement or "") for street, settlement in session.execute(query)]
    today = day_of(at)
    in_use = [one for one in known if _overlap((one.row.valid_from, one.row.valid_to), (today, date.max))]
    found = [*_unusable(in_use), *_twice(known), *_dates(known), *_houses(in_use), *_namesakes(in_use)]
    found += [*_former(in_use), *_alike(in_use, sounds), *_unsure(in_use)]
    return sorted(found, key=lambda one: one.level)


def _unusable(streets: Iterable[_Known]) -> Iterator[Doubt]:
    for one in streets:
        if one.row.type not in TYPES:
            yield Doubt("error", "no_type", (one.row.id,), f"{one.title}: немає типу або він невідомий")
        if not one.settlement:
            yield Doubt("error", "no_settlement", (one.row.id,), f"{one.title}: немає населеного пункту")
        try:
            name_of(one.row.name)
        except NotAName as error:
            yield Doubt("error", "no_name", (one.row.id,), f"{one.title}: {error}")


def _twice(streets: Iterable[_Known]) -> Iterator[Doubt]:
    for same in _grouped(streets, lambda one: (one.row.settlement_id, one.row.type, one.name)).values():
        for first, second in combinations(same, 2):
            if _overlap((first.row.valid_from, first.row.valid_to), (second.row.valid_from, second.row.valid_to)):
                why = f"{first.title}: внесено двічі, і в той самий час (записи {first.row.id} і {second.row.id})"
                yield Doubt("error", "twice", (first.row.id, second.row.id), why)


def _dates(streets: Iterable[_Known]) -> Iterator[Doubt]:
    for one in streets:
        begins, ends = one.row.valid_from, one.row.valid_to
        if begins and ends and ends < begins:
            why = f"{one.title}: чинна з {begins:%d.%m.%Y}, а виведена з ужитку {ends:%d.%m.%Y}"
            yield Doubt("error", "dates", (one.row.id,), why)
        for other in one.row.names:
            if other.withdrawn_at is None and other.valid_to and begins and other.valid_to < begins:
                until = f"назва {other.name} діяла до {other.valid_to:%d.%m.%Y}"
                why = f"{one.title}: {until}, а вулиця є лише з {begins:%d.%m.%Y}"
                yield Doubt("warning", "dates", (one.row.id,), why)


def _houses(streets: Iterable[_Known]) -> Iterator[Doubt]:
    for one in streets:
        standing = [house for house in one.row.renumberings if house.withdrawn_at is None]
        for old, rows in _grouped(standing, lambda house: house_of(house.old_house)).items():
            if len({house_of(row.new_house) for row in rows}) > 1:
                new = ", ".join(row.new_house for row in rows)
                why = f"{one.title}: будинок {old} має кілька нових номерів: {new}"
                yield Doubt("error", "house_twice", (one.row.id,), why)


def _namesakes(streets: Iterable[_Known]) -> Iterator[Doubt]:
    for same in _grouped(streets, lambda one: one.name).values():
        for here in _grouped(same, lambda one: one.row.settlement_id).values():
            if len({one.row.type for one in here}) > 1:
                yield Doubt("warning", "namesake", _ids(here), f"відрізняються лише типом: {_titles(here)}")
        places = sorted({one.settlement for one in same}, key=uk.alphabetical)
        if len(places) > 1:
            why = f"{same[0].row.name}: є в кількох населених пунктах ({', '.join(places)})"
            yield Doubt("warning", "namesake_elsewhere", _ids(same), why)


def _former(streets: list[_Known]) -> Iterator[Doubt]:
    present = _grouped(streets, lambda one: (one.row.settlement_id, one.name))
    bearers: dict[tuple[str, str], list[tuple[str, _Known]]] = defaultdict(list)
    for one in streets:
        for name in {folded(other.name): other for other in one.row.names if other.withdrawn_at is None}.values():
            key = (one.row.settlement_id, folded(name.name))
            if name.kind == "former":
                bearers[key].append((name.name, one))
            others = [street for street in present.get(key, []) if street is not one]
            if others:
                kind = uk.STREET_NAME_KIND[name.kind]
                why = f"{one.title}: {kind} назва {name.name} - це нинішня назва іншої вулиці: {_titles(others)}"
                yield Doubt("warning", "former_is_present", _ids([one, *others]), why)
    for several in bearers.values():
        if len(several) > 1:
            sharing = [one for _, one in several]
            why = f"спільна колишня назва {several[0][0]}: {_titles(sharing)}"
            yield Doubt("warning", "former_of_several", _ids(sharing), why)


def _alike(streets: Iterable[_Known], sounds: Callable[[str], str]) -> Iterator[Doubt]:
    for here in _grouped(streets, lambda one: one.row.settlement_id).values():
        names = {one.name: one for one in here}
        heard = [(key, one) for one in names.values() if (key := sounds(one.row.name))]
        keys = [key for key, _ in heard]
        near = process.cdist(keys, keys, scorer=Levenshtein.distance, score_cutoff=1, dtype="uint8")
        for first, second in zip(*(near <= 1).nonzero(), strict=True):
            (key, one), (other_key, other) = heard[first], heard[second]
            alike = key == other_key or min(len(key), len(other_key)) >= LONG
            if first < second and alike and _numbers(one.name) == _numbers(other.name):
                why = f"звучать схоже: {_titles([one, other])}"
                yield Doubt("warning", "sounds_alike", _ids([one, other]), why)


def _unsure(streets: Iterable[_Known]) -> Iterator[Doubt]:
    for one in streets:
        if one.row.status not in ("in_use", "decided", "in_use_then"):
            why = f"{one.title}: {uk.word(uk.STREET_STATUS, one.row.status)}"
            yield Doubt("warning", "unsure", (one.row.id,), why)


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans share a day; their ends are the first days after them."""
    begins = max(one[0] or date.min, other[0] or date.min)
    ends = min(one[1] or date.max, other[1] or date.max)
    return begins < ends


def _numbers(name: str) -> str:
    """«6-й» and «7-й» differ by one letter, but nobody takes one for the other."""
    return "".join(sign for sign in name if sign.isdigit())


def _titles(streets: Iterable[_Known]) -> str:
    return "; ".join(one.title for one in streets)


def _ids(streets: Iterable[_Known]) -> tuple[int, ...]:
    return tuple(one.row.id for one in streets)
