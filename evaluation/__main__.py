"""``make eval``: how often the line understands, in tables with counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from db import streets
from db.street_register import Register
from evaluation import clips, itn, streets_noised, texts, tn
from evaluation.utterances import REPORTED, SETS
from transcribe.models import choose
from transcribe.recognizer import NoModel
from transcribe.understanding.understand import Understander

MODELS = Path(__file__).parent.parent / "var" / "models"


PARTS = ("texts", "itn", "tn", "streets", "clips")


@click.command()
@click.option("--part", "parts", type=click.Choice(PARTS), multiple=True, help="Only this part; may be repeated.")
@click.option("--set", "which", type=click.Choice(SETS), help="Of the texts, only this set.")
@click.option("--misses", is_flag=True, help="List the misses of the set that rules are tuned on.")
def main(parts: tuple[str, ...], which: str | None, misses: bool) -> None:
    """Measure understanding on everything there is to measure it on, with the shipped register."""
    started = time.perf_counter()
    register = streets.shipped()
    understander = Understander(register)
    measured: dict[str, Callable[[], object]] = {
        "texts": lambda: _texts(understander, [which] if which else SETS, misses),
        "itn": lambda: itn.report(understander),
        "tn": tn.report,
        "streets": lambda: streets_noised.report(register),
        "clips": lambda: _clips(register),
    }
    for part in parts or PARTS:
        measured[part]()
    click.echo(f"\nAll in {time.perf_counter() - started:.0f} s")


def _texts(understander: Understander, sets: Iterable[str], misses: bool) -> None:
    counted = {one: texts.report(understander, one, with_misses=misses) for one in sets}
    if counted.keys() >= set(REPORTED):
        texts.report_together({which: counted[which] for which in REPORTED})


def _clips(register: Register) -> None:
    try:
        recognizer = choose("whisper", None, MODELS)
    except NoModel as error:
        click.echo(f"\nThe street clips were left out, there is no recogniser: {error}")
        return
    for half in clips.HALVES:
        clips.report(recognizer, register, half)


if __name__ == "__main__":
    main()
