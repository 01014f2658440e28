"""The group ``hotline streets``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hotline.command_line import Group


@click.group(cls=Group)
def streets() -> None:
    """Реєстр вулиць."""


@streets.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", is_flag=True, help="Записати; без цього лише показати, що змінилося б.")
@click.option("--skip-refused", is_flag=True, help="Записати решту, навіть якщо є неприйняті рядки.")
@click.option("--complete", is_flag=True, help="Файл повний: вулиці, яких у ньому немає, вивести з ужитку.")
@click.option(
    "--settlement", default="Луцьк", show_default=True, help="Населений пункт рядків, у яких його не вказано."
)
@click.option("--json", "as_json", is_flag=True, help="Об'єкт JSON з кожним рядком.")
def import_(file: Path, settlement: str, *, apply: bool, skip_refused: bool, complete: bool, as_json: bool) -> None:
    """Вулиці з CSV, GeoJSON або витягу OpenStreetMap: спершу показати, потім записати.

    Код виходу 1, якщо неприйняті рядки не дають записати.
    """
    from hotline import street_desk
    from hotline.cli import settings

    wish = street_desk.Taking(settlement, apply=apply, skip_refused=skip_refused, complete=complete)
    taken = street_desk.import_file(settings(), file, wish)
    click.echo(street_desk.report_json(taken) if as_json else "\n".join(street_desk.report_lines(taken)))
    sys.exit(1 if taken.against else 0)


@streets.command("undo")
def undo() -> None:
    """Скасувати останнє завантаження з файла; ще раз - передостаннє."""
    from hotline import street_desk
    from hotline.cli import settings

    taken = street_desk.take_back(settings())
    for one in taken.left:
        click.echo(f"! {one}")
    click.echo(f"Скасовано: {taken.why}, вулиць {taken.streets}" if taken.why else "Завантажень із файла не було.")


@streets.command("check")
@click.option("--json", "as_json", is_flag=True, help="Об'єкт JSON.")
def check(*, as_json: bool) -> None:
    """Сумнівне в реєстрі: двійники, помилкові дати, схожі на слух; код виходу 1, якщо є помилки."""
    from hotline import street_desk
    from hotline.cli import settings

    found = street_desk.check(settings())
    click.echo(street_desk.doubts_json(found) if as_json else "\n".join(street_desk.doubt_lines(found)))
    sys.exit(1 if any(one.level == "error" for one in found) else 0)


@streets.command("find")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Список JSON.")
def find(text: str, *, as_json: bool) -> None:
    """Що реєстр знає за цим текстом: також колишні назви, початок назви, помилки в написанні.

    Код виходу 1, якщо нічого.
    """
    from hotline import street_desk
    from hotline.cli import settings

    found = street_desk.look_up(settings(), text)
    click.echo(street_desk.found_json(found) if as_json else "\n".join(street_desk.found_lines(found)))
    sys.exit(0 if found else 1)
