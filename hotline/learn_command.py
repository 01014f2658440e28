"""The group ``hotline learn``."""

from __future__ import annotations

from pathlib import Path

import click

from hotline.command_line import Group


@click.group(cls=Group)
def learn() -> None:
    """Як часто пропозиції машини вірні, за рішеннями операторів."""


@learn.command("report")
@click.option("--json", "as_json", is_flag=True, help="Список об'єктів JSON.")
def report(*, as_json: bool) -> None:
    """Частка вірних пропозицій за полями і місяцями."""
    from hotline import learn as work
    from hotline.cli import settings

    found = work.rates(settings())
    click.echo(work.report_json(found) if as_json else "\n".join(work.report_lines(found)))


@learn.command("export")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Файл, у рядку один об'єкт JSON.",
)
@click.option("--with-personal", is_flag=True, help="З іменами, телефонами і квартирами; без цього їх приховано.")
def export(output: Path, *, with_personal: bool) -> None:
    """Повідомлення з рішеннями операторів, для навчання. Вивантаження потрапляє в журнал дій."""
    from hotline import learn as work
    from hotline.cli import settings, tell

    tell(f"Записано повідомлень: {work.export(settings(), output, with_personal=with_personal)}")
    if with_personal:
        tell(
            "У файлі особисті дані заявників: зберігайте його, як самі записи, і видаліть, коли він більше не потрібен."
        )
    else:
        tell("Імена, телефони і квартири приховано; адреси і слова заявників лишилися: файл не для оприлюднення.")
