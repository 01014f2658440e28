"""``make eval``: how often the line understands, in tables with counts."""

from __future__ import annotations

import time
from pathlib import Path

import click

from db import streets
from db.street_register import Register
from evaluation import clips, itn, streets_noised, texts, tn
from evaluation.utterances import SETS
from transcribe.models import choose
from transcribe.recognizer import NoModel
from transcribe.understanding.understand import Understander

MODELS = Path(__file__).parent.parent / "var" / "models"


@click.command()
@click.option("--set", "which", type=click.Choice(SETS), help="Only this text set, and nothing else.")
@click.option("--misses", is_flag=True, help="List the misses of the report set too. Not for who writes the rules.")
def main(which: str | None, misses: bool) -> None:
    """Measure understanding on everything there is to measure it on, with the shipped register."""
    started = time.perf_counter()
    register = streets.shipped()
    understander = Understander(register)
    for one in [which] if which else SETS:
        texts.report(understander, one, with_misses=misses or one == "tune")
    if not which:
        itn.report(understander)
        tn.report()
        streets_noised.report(register)
        _clips(register)
    click.echo(f"\nAll in {time.perf_counter() - started:.0f} s")


def _clips(register: Register) -> None:
    try:
        clips.report(choose("whisper", None, MODELS), register)
    except NoModel as error:
        click.echo(f"\nThe street clips were left out, there is no recogniser: {error}")


if __name__ == "__main__":
    main()
