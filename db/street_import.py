"""The streets of a file compared with the register: what is new, renamed, completed, retired; and then written.

A file takes nothing away by leaving it out, unless whoever imports it says that it is complete.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db import audit, uk
from db.city_time import day_of
from db.models import User
from db.street_edits import renamed
from db.street_entries import Key, StreetEntry, key_of, merged
from db.street_files import UNITS, FileStreets
from db.street_history import Change
from db.street_tables import District, HouseRenumbering, Settlement, Street, StreetHistory, StreetName
from db.street_words import folded, house_of

Outcome = Literal["added", "renamed", "changed", "retired", "unchanged", "refused"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
SURE = frozenset({"in_use", "decided"})
BY_FILE = {"added": "imported", "renamed": "renamed", "changed": "updated", "retired": "retired"}
"""Codes of the history (``db.uk.STREET_WHAT``)."""


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one line (0: of a street the file does not name).

    ``why`` in Ukrainian: what changes, or why not.
    """

    line: int
    outcome: Outcome
    street: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import would do; ``unit``: what the numbers of lines count («рядок», «об'єкт»)."""

    unit: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """Lines by outcome, all of them."""
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in OUTCOMES}


class _No(Exception):
    """An entry cannot go into the register (in Ukrainian)."""


class StreetImport:
    """A file compared with the register. Only :meth:`write` lets anything reach the database.

    A name that the file has as the present one and the register as a proposed one was decided: the street is renamed.
    What administrators withdrew or retired stays so, and the line says it; what was only taken back together with a
    wrong file may come again with the right one.
    """

    def __init__(self, session: Session, found: FileStreets, at: datetime, *, complete: bool = False) -> None:
        """
        Args:
            complete: the file is the whole register of the settlements it names: what it leaves out is retired.
        """
        self._session = session
        self._at = at
        self._in_file = {one.key for one in found.entries}
        self._changes: list[tuple[Street, Outcome, Change]] = []
        self._met: set[Street] = set()
        with session.no_autoflush:
            self._read_register()
            entries, lines = _merged(found)
            lines += [Line(one.line, "refused", "", one.why) for one in found.refusals]
            lines += [self._take(one) for one in entries]
            lines.sort(key=lambda line: line.line)
            left_out, notes = self._left_out({folded(one.settlement) for one in entries}), list(found.notes)
            if complete:
                lines += [self._retire(street) for street in left_out]
            elif left_out:
                notes.append(f"у реєстрі є вулиці цих населених пунктів, яких файл не називає: {len(left_out)}")
        self.report = Report(UNITS[found.form], tuple(lines), tuple(notes))

    def write(self, *, by: User | None, source: str) -> None:
        """Every change with a row of the history, one audit entry for all; the caller commits."""
        self._session.add_all(street for street, _, _ in self._changes)
        self._session.flush()
        self._session.add_all(
            change.entry(street, BY_FILE[outcome], by=by, at=self._at, why=source_text(source))
            for street, outcome, change in self._changes
        )
        self._session.flush()
        if self._changes:
            details = ", ".join(f"{outcome} {number}" for outcome, number in self.report.counts.items() if number)
            audit.record(self._session, "streets_imported", "streets", by=by, at=self._at, details=details)

    def _read_register(self) -> None:
        self._settlements = {folded(one.name): one for one in self._session.scalars(select(Settlement))}
        self._districts = {
            folded(word): one
            for one in self._session.scalars(select(District).where(District.withdrawn_at.is_(None)))
            for word in (one.name, *one.also)
        }
        self._names = {one.katottg: one.name for one in self._settlements.values()}
        self._present: dict[Key, Street] = {}
        self._retired: dict[Key, Street] = {}
        self._gone: set[Street] = set()
        self._other: dict[Key, list[tuple[Street, StreetName]]] = {}
        # Undone in nobody's name: by taking a whole import back.
        undone = self._session.scalars(
            select(StreetHistory).where(StreetHistory.what == "undone", StreetHistory.by_id.is_(None))
        )
        self._taken_back = {
            (change["row"], change["id"], change["field"]) for entry in undone for change in entry.changes
        }
        query = select(Street).options(selectinload(Street.names), selectinload(Street.renumberings))
        for street in self._session.scalars(query.order_by(Street.id)):
            if street.valid_to is not None and street.valid_to <= day_of(self._at):
                self._retired[self._key(street, street.name)] = street
                self._gone.add(street)
                continue
            self._present[self._key(street, street.name)] = street
            for name in street.names:
                if name.withdrawn_at is None:
                    self._other.setdefault(self._key(street, name.name), []).append((street, name))

    def _key(self, street: Street, name: str) -> Key:
        return key_of(self._names[street.settlement_id], street.type, name)

    def _take(self, one: StreetEntry) -> Line:
        """Compare one entry with the register."""
        try:
            settlement, district = self._settlement(one), self._district(one)
            street = self._street_of(one)
            if street is None:
                return self._new(one, settlement, district)
            _compatible(street, one, self._at)
        except _No as no:
            return Line(one.line, "refused", one.title, str(no))
        self._met.add(street)
        change, words = Change(), list[str]()
        outcome = self._name(street, one, change, words)
        self._complete(street, one, change, words)
        self._place(street, settlement, one, district, change, words)
        if self._ends(street, one, change, words):
            outcome = "retired"
        if not change.rows:
            return Line(one.line, "unchanged", one.title)
        self._changes.append((street, outcome, change))
        return Line(one.line, outcome, one.title, "; ".join(words))

    def _street_of(self, one: StreetEntry) -> Street | None:
        """The street that an entry is about; None for one that is new."""
        if street := self._present.get(one.key):
            return street
        if one.until:
            return self._retired.get(one.key)
        for other in one.others:
            key = key_of(one.settlement, one.type, other.name)
            if other.kind == "former" and key not in self._in_file and (street := self._present.get(key)):
                return street
        for street, name in self._other.get(one.key, []):
            if name.kind == "proposed" and self._key(street, street.name) not in self._in_file:
                return street
            if name.kind == "former":
                raise _No(
                    f"у реєстрі це колишня назва: {street.type} {street.name}; якщо вулиця інша, додайте її в панелі"
                )
        street = self._retired.get(one.key)
        if street is not None and not _taken_back_last(street):
            raise _No("вулицю виведено з ужитку; якщо вона є, поверніть її в панелі")
        return street

    def _new(self, one: StreetEntry, settlement: Settlement, district: District | None) -> Line:
        if one.until and one.until <= day_of(self._at):
            return Line(one.line, "unchanged", one.title, "не в ужитку, у реєстрі її немає")
        was_renamed = any(other.kind == "former" for other in one.others)
        street = Street(
            settlement=settlement, settlement_id=settlement.katottg, district=district, type=one.type, name=one.name,
            status=one.status, source=one.source, valid_from=None if was_renamed else one.since, valid_to=one.until,
        )  # fmt: skip
        change, words = Change(), list[str]()
        change.made(street)
        self._complete(street, one, Change(), words)
        self._place(street, settlement, one, district, change, words)
        self._present[one.key] = street
        self._met.add(street)
        self._changes.append((street, "added", change))
        return Line(one.line, "added", one.title, "; ".join(words))

    def _name(self, street: Street, one: StreetEntry, change: Change, words: list[str]) -> Outcome:
        """The present name, and how sure it is."""
        outcome: Outcome = "changed"
        before = street.name
        if street in self._gone and not one.until:
            change.set(street, "valid_to", None)
            self._present[one.key] = street
            words.append("повернуто до вжитку")
            outcome = "added"
        elif folded(before) != folded(one.name):
            del self._present[self._key(street, before)]
            renamed(change, street, kind=one.type, name=one.name, status=one.status, since=one.since, at=self._at)
            self._present[one.key] = street
            words.append(f"перейменовано: {before} → {one.name}")
            outcome = "renamed"
        elif street.status not in SURE and one.status in SURE and not one.until:
            change.set(street, "status", one.status)
            words.append(uk.STREET_STATUS[one.status])
        if change.rows and one.source:
            change.set(street, "source", one.source)
        return outcome

    def _complete(self, street: Street, one: StreetEntry, change: Change, words: list[str]) -> None:
        """Other names and renumbered houses. What was withdrawn counts as known: a file undoes no one's act."""
        known = {folded(other.name): other for other in street.names if self._counts(other)}
        for other in one.others:
            ended = one.since if other.kind == "former" else None
            row = known.get(folded(other.name))
            if row is None and folded(other.name) != folded(street.name):
                row = StreetName(name=other.name, kind=other.kind, note=other.note, valid_to=ended)
                street.names.append(row)
                known[folded(row.name)] = row
                change.made(row)
                words.append(f"{uk.STREET_NAME_KIND[other.kind]} назва {other.name}")
            elif row is not None and row.kind == "former" and row.valid_to is None and ended:
                change.set(row, "valid_to", ended)
                words.append(f"назва {other.name} до {ended:%d.%m.%Y}")
        houses = {house_of(row.old_house) for row in street.renumberings if self._counts(row)}
        for old, new in one.houses:
            if old not in houses:
                house = HouseRenumbering(old_house=old, new_house=new, from_date=one.since)
                street.renumberings.append(house)
                change.made(house)
                words.append(f"будинок {old} → {new}")
        if one.since and street.valid_from is None and not any(other.kind == "former" for other in street.names):
            change.set(street, "valid_from", one.since)
            words.append(f"чинна з {one.since:%d.%m.%Y}")

    def _counts(self, row: StreetName | HouseRenumbering) -> bool:
        return row.withdrawn_at is None or (row.__tablename__, row.id, "withdrawn_at") not in self._taken_back

    def _place(  # noqa: PLR0917 - the parts of a place
        self, street: Street, settlement: Settlement, one: StreetEntry, district: District | None, change: Change,
        words: list[str],
    ) -> None:  # fmt: skip
        if district is not None and street.district is not district:
            change.set(street, "district_id", district.id)
            words.append(f"район {district.name}")
        if one.starosta_district and not settlement.starosta_district:
            change.set(settlement, "starosta_district", one.starosta_district)
            words.append(f"{settlement.name}: {one.starosta_district} старостинський округ")

    def _ends(self, street: Street, one: StreetEntry, change: Change, words: list[str]) -> bool:
        """True when the street goes out of use, by the file, today or earlier."""
        if one.until is None or street in self._gone or street.valid_to == one.until:
            return False
        change.set(street, "valid_to", one.until)
        words.append(f"виведено з ужитку {one.until:%d.%m.%Y}")
        return one.until <= day_of(self._at)

    def _left_out(self, settlements: set[str]) -> list[Street]:
        return [
            street
            for street in self._present.values()
            if street not in self._met and folded(self._names[street.settlement_id]) in settlements
        ]

    def _retire(self, street: Street) -> Line:
        change = Change()
        change.set(street, "valid_to", day_of(self._at))
        self._changes.append((street, "retired", change))
        title = f"{street.type} {street.name} ({self._names[street.settlement_id]})"
        return Line(0, "retired", title, "файл її не називає")

    def _settlement(self, one: StreetEntry) -> Settlement:
        found = self._settlements.get(folded(one.settlement))
        if found is None:
            raise _No(f"немає такого населеного пункту в громаді: «{one.settlement[:40]}»")
        theirs, ours = one.starosta_district, found.starosta_district
        if theirs and ours and folded(theirs) != folded(ours):
            raise _No(f"{found.name}: у реєстрі {ours} старостинський округ, у файлі {theirs[:40]}")
        return found

    def _district(self, one: StreetEntry) -> District | None:
        if not one.district:
            return None
        found = self._districts.get(folded(one.district))
        if found is None:
            raise _No(f"немає такого мікрорайону: «{one.district[:40]}»")
        return found


def source_text(source: str) -> str:
    """Why a street changed, as its history says it."""
    return f"файл {source}"[:500]


def _merged(found: FileStreets) -> tuple[list[StreetEntry], list[Line]]:
    """One entry for each street, and the lines that only repeat an earlier one."""
    streets: dict[Key, StreetEntry] = {}
    repeats = []
    for one in found.entries:
        before = streets.get(one.key)
        together = merged(before, one) if before else one
        if before == together:
            repeats.append(Line(one.line, "unchanged", one.title, f"повтор: {UNITS[found.form]} {before.line}"))
        # A line that adds to an earlier one is reported with it.
        streets[one.key] = replace(together, line=before.line) if before else together
    return list(streets.values()), repeats


def _compatible(street: Street, one: StreetEntry, at: datetime) -> None:
    """Nothing in the register contradicts what the file says."""
    if one.since and one.since > day_of(at) and folded(street.name) != folded(one.name):
        raise _No(f"перейменування набуде чинності {one.since:%d.%m.%Y}: завантажте тоді")
    known = {house_of(row.old_house): row.new_house for row in street.renumberings if row.withdrawn_at is None}
    for old, new in one.houses:
        if house_of(known.get(old, new)) != new:
            raise _No(f"у реєстрі будинок {old} тепер {known[old]}, у файлі {new}")


def _taken_back_last(street: Street) -> bool:
    """The last thing that happened to a street was that its import was taken back."""
    return bool(street.history) and street.history[-1].what == "undone" and street.history[-1].by_id is None
