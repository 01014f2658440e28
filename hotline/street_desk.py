"""``hotline streets``: the city's register brought in from a file, checked, and looked through."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from db import uk
from db.street_check import Code, Doubt, doubts
from db.street_edits import StreetRefused
from db.street_entries import CITY
from db.street_files import Advance
from db.street_find import Found, find
from db.street_import import Outcome, Report, StreetImport
from db.street_import_undo import TakenBack, take_back_import
from db.street_reading import read
from db.street_register import RegisterStreet
from db.street_tables import Settlement
from db.street_words import folded
from hotline import health
from hotline.settings import Settings
from hotline.understanding import city_of
from hotline.wiring import Parts
from transcribe.understanding.phonetic import sounds

SIGNS: dict[Outcome, str] = {"added": "+", "renamed": "~", "changed": "~", "retired": "-", "refused": "!"}
"""What a line begins with; one without change is not shown."""

DOUBTS: dict[Code, str] = {
    "no_type": "Немає типу",
    "no_settlement": "Немає населеного пункту",
    "no_name": "Непридатна назва",
    "twice": "Внесено двічі",
    "dates": "Дати не сходяться",
    "house_twice": "Один старий номер будинку, кілька нових",
    "namesake": "Однакові назви, різні типи",
    "namesake_elsewhere": "Однакові назви в різних населених пунктах",
    "former_is_present": "Інша назва збігається з нинішньою назвою іншої вулиці",
    "former_of_several": "Спільна колишня назва",
    "sounds_alike": "Схожі на слух",
    "unsure": "Непевна назва",
}
MATCHES = {"whole": "точно", "beginning": "початок назви", "part": "слово в назві", "alike": "схоже написання"}


@dataclass(frozen=True, slots=True)
class Taking:
    """What whoever imports wants (the options of ``hotline streets import``)."""

    settlement: str = CITY
    apply: bool = False
    skip_refused: bool = False
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What changes by a file, whether it was written, and what stands against writing it ("" when nothing)."""

    report: Report
    written: bool
    against: str


def import_file(settings: Settings, file: Path, wish: Taking) -> Taken:
    """Compare a file with the register, and write it when that is wished and nothing stands against it.

    Raises:
        StreetsFileRefused: it is no list of streets.
        StreetRefused: the community has no such settlement.
    """
    with Parts(settings).records() as session:
        names = list(session.scalars(select(Settlement.name)))
        if folded(wish.settlement) not in {folded(name) for name in names}:
            raise StreetRefused(f"у громаді немає населеного пункту «{wish.settlement[:60]}»")
        with _progress(file) as advance:
            found = read(file, settlement=wish.settlement, settlements=names, advance=advance)
        taken = StreetImport(session, found, health.now(), complete=wish.complete)
        against = _against(taken.report, wish)
        written = wish.apply and not against
        if written:
            taken.write(by=None, source=file.name)
            session.commit()
        return Taken(taken.report, written, against)


def take_back(settings: Settings) -> TakenBack:
    """Undo the last import."""
    with Parts(settings).records() as session:
        taken = take_back_import(session, health.now())
        session.commit()
        return taken


def check(settings: Settings) -> list[Doubt]:
    """What is doubtful in the register of this installation."""
    with Parts(settings).records() as session:
        return doubts(session, health.now(), sounds)


def look_up(settings: Settings, text: str) -> list[Found]:
    """What the register knows by a text; without a database the shipped one."""
    return find(city_of(settings).register.streets, text)


def report_lines(taken: Taken) -> Iterator[str]:
    """The report of an import as a person reads it."""
    report = taken.report
    for line in report.lines:
        if sign := SIGNS.get(line.outcome):
            word = uk.STREET_OUTCOME[line.outcome]
            place = f"{report.unit} {line.line}: " if line.line else ""
            told = (line.street, "" if word in line.why else word, line.why)
            yield _harmless(f"{sign} {place}{' - '.join(filter(None, told))}")
    for note in report.notes:
        yield f"Зауважте: {note}."
    yield "Разом: " + ", ".join(f"{uk.STREET_OUTCOME[outcome]} {count}" for outcome, count in report.counts.items())
    if taken.written:
        yield "Записано. Скасувати все: hotline streets undo"
    else:
        why = taken.against or "Це перевірка. Щоб записати, додайте --apply."
        yield f"Нічого не записано. {why}"


def report_json(taken: Taken) -> str:
    """The same as an object."""
    report = taken.report
    return _json(
        {
            "written": taken.written,
            "against": taken.against,
            "unit": report.unit,
            "counts": report.counts,
            "lines": [asdict(line) for line in report.lines],
            "notes": report.notes,
        }
    )


def doubt_lines(found: list[Doubt]) -> Iterator[str]:
    """Doubts in groups, errors first."""
    for code, title in DOUBTS.items():
        group = [one for one in found if one.code == code]
        if group:
            yield f"{title}: {len(group)}"
            yield from (f"  {'!' if one.level == 'error' else '?'} {one.why}" for one in group)
    errors = sum(one.level == "error" for one in found)
    yield f"Помилок: {errors}, сумнівів: {len(found) - errors}" if found else "Сумнівного немає."


def doubts_json(found: list[Doubt]) -> str:
    """The same as an object."""
    errors = sum(one.level == "error" for one in found)
    return _json({"errors": errors, "warnings": len(found) - errors, "doubts": [asdict(one) for one in found]})


def found_lines(found: list[Found]) -> Iterator[str]:
    """Streets with the names that led to them."""
    for one in found:
        street = one.street
        by = "" if one.kind == "present" else f"{uk.STREET_NAME_KIND[one.kind]} назва {one.name}, "
        alike = f" {one.score:.0f} %" if one.match == "alike" else ""
        yield f"{street.type} {street.name}, {_place(street)} ({by}{MATCHES[one.match]}{alike})"
        for other in street.others:
            yield f"    {uk.STREET_NAME_KIND[other.kind]}: {other.name}"
    if not found:
        yield "Реєстр такої вулиці не знає."


def found_json(found: list[Found]) -> str:
    """The same as a list."""
    return _json(
        [
            {
                "street": asdict(one.street),
                "by": {"name": one.name, "kind": one.kind, "match": one.match, "score": one.score},
            }
            for one in found
        ]
    )


def _against(report: Report, wish: Taking) -> str:
    refused = report.counts["refused"]
    if refused and wish.complete:
        return f"Є неприйняті рядки ({refused}), а з --complete їхні вулиці було б виведено з ужитку. Виправте файл."
    if refused and not wish.skip_refused:
        return f"Є неприйняті рядки ({refused}). Виправте їх або додайте --skip-refused."
    return ""


@contextmanager
def _progress(file: Path) -> Iterator[Advance]:
    """A bar on the terminal; whoever reads the output elsewhere gets one line on standard error."""
    with click.progressbar(length=file.stat().st_size, label="Читаю файл", file=sys.stderr) as bar:
        yield bar.update


def _place(street: RegisterStreet) -> str:
    district = f"{street.starosta_district} старостинський округ" if street.starosta_district else street.district
    return ", ".join(filter(None, (street.settlement, district)))


def _harmless(line: str) -> str:
    """A stranger's file may hold signs that would steer the terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
