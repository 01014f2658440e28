"""``make eval``: how often the line understands, in tables with counts."""

from __future__ import annotations

import time

import click

from db import streets
from evaluation import itn, texts, tn
from evaluation.utterances import SETS
from transcribe.understanding.understand import Understander


@click.command()
@click.option("--set", "which", type=click.Choice(SETS), help="Only this text set, and nothing else.")
@click.option("--misses", is_flag=True, help="List the misses of the report set too. Not for who writes the rules.")
def main(which: str | None, misses: bool) -> None:
    """Measure understanding on everything there is to measure it on, with the shipped register."""
    started = time.perf_counter()
    understander = Understander(streets.shipped())
    for one in [which] if which else SETS:
        texts.report(understander, one, with_misses=misses or one == "tune")
    if not which:
        itn.report(understander)
        tn.report()
    click.echo(f"\nAll in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
