"""The street register of a large city: ``python bench/register.py``. 5,000 invented streets, in SQLite.

How long a process needs to read the register, an operator to find a street, an administrator to compare a file and to
check the whole. Each is done several times, the middle one is printed. Takes about a minute.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice, product
from pathlib import Path

import click
from load import machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import migrate, seed, streets
from db.engine import Records
from db.street_check import doubts
from db.street_find import find
from db.street_import import StreetImport
from db.street_reading import read
from db.street_tables import Settlement
from transcribe.understanding.phonetic import sounds

STREETS = 5_000
REPETITIONS = 5
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
_FIRST = (
    "Біло Верхньо Гай Довго Зелен Золото Калино Липо Мало Ново Озер Рівно Сад Сонц Старо Степ Тих Явор Ясно".split()
)
_MIDDLE = "берез бір вод гір гірськ град дуб зор камен лан лісн лук мост пол рик сад сел став тополь яр".split()
_LAST = "а ова івська ницька енська анська ецька ична ищанська инська овецька ичівська".split()
_TYPES = ("вулиця", "провулок", "проспект", "проїзд")


@click.command()
@click.option("--repetitions", type=click.IntRange(1), default=REPETITIONS, show_default=True)
def main(*, repetitions: int) -> None:
    """Measure and print."""
    for fact in machine.describe():
        click.echo(fact)
    with tempfile.TemporaryDirectory(prefix="register-") as folder:
        table = Path(folder) / "city.csv"
        table.write_text(_table(), encoding="utf-8")
        url = f"sqlite:///{folder}/records.db"
        migrate.upgrade(url)
        records = Records(url)
        with records() as session:
            seed.seed(session)
            session.commit()
        click.echo(f"\n| what, {STREETS} streets | middle, ms | all, ms |\n|---|---|---|")
        with records() as session:
            _row("a file compared and written", 1, lambda: _import(session, table, write=True))
            session.commit()
        with records() as session:
            register = streets.load(session, AT)
            assert len(register.streets) >= STREETS  # noqa: S101 - figures of an empty register would say nothing
            _row("register loaded (goal 1000)", repetitions, lambda: streets.load(session, AT))
            _row("a street found by a former name", repetitions, lambda: find(register.streets, "давня 4321"))
            _row("a misspelt street found", repetitions, lambda: find(register.streets, "Сонцдубенска"))
            _row("the same file compared again", repetitions, lambda: _import(session, table, write=False))
            _row("the register checked", repetitions, lambda: doubts(session, AT, sounds))
        records.close()


def _table() -> str:
    """Streets with a former name each; every tenth has a colloquial one too."""
    names = islice(product(_TYPES, _FIRST, _MIDDLE, _LAST), 0, 3 * STREETS, 3)
    rows = [
        f"{kind};{first}{middle}{last};Давня {n};{f'Народна {n}' if n % 10 == 0 else ''}"
        for n, (kind, first, middle, last) in enumerate(names)
    ]
    return "\n".join(("type;name;old_name;colloquial", *rows))


def _import(session: Session, table: Path, *, write: bool) -> None:
    settlements = session.scalars(select(Settlement.name)).all()
    found = read(table, settlement="Луцьк", settlements=settlements, advance=lambda _: None)
    taken = StreetImport(session, found, AT)
    if taken.report.counts["refused"]:
        raise click.ClickException("the invented register has lines that are refused")
    if write:
        taken.write(by=None, source=table.name)


def _row(what: str, repetitions: int, act: Callable[[], object]) -> None:
    taken = []
    for _ in range(repetitions):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    every = " ".join(f"{one:.0f}" for one in sorted(taken))
    click.echo(f"| {what} | {statistics.median(taken):.0f} | {every} |")


if __name__ == "__main__":
    main()
