"""How long does it take to understand a message? ``python bench/understanding.py``, some ten seconds.

The messages are those of ``evaluation/utterances_tune.jsonl``, once with the shipped register and once with an invented
one of 5,000 streets, because a misheard name is compared with all of them. Beside it: how long a process needs to
prepare the streets for looking up. Nothing is said here about being right: ``make eval``.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from itertools import chain, islice, product
from pathlib import Path
from typing import TypeVar

import click
from load import machine

from db import streets
from db.street_register import OtherName, Register, RegisterStreet
from transcribe.understanding.addresses import Places
from transcribe.understanding.lemmas import analyser
from transcribe.understanding.understand import Understander

MESSAGES = Path(__file__).parent.parent / "evaluation" / "utterances_tune.jsonl"
STREETS = 5_000
GOAL_MESSAGE_MS = 20
GOAL_STREETS_MS = 1000
LONG_WORDS = 10_000
Given = TypeVar("Given")
_FIRST_NAMES = "Івана Олени Тараса Михайла Андрія Ольги Степана Юрія".split()
_STEMS = "Бор Кар Мельн Сав Тим Гор Лис Дуб Верб Стан Зор Крав Полон Руд Сосн Явор Лип Вин Чорн Біл Жур Мар".split()
_MIDDLE = "ов ич ан ин ун ен ар ев ець".split()
_LAST = "ська ова енка чука юка ина цького ського івна".split()


@click.command()
@click.option("--repetitions", type=click.IntRange(1), default=5, show_default=True)
def main(*, repetitions: int) -> None:
    """Measure and print."""
    for fact in machine.describe():
        click.echo(fact)
    analyser()  # 0.1 s once per process, no part of a register or a message
    messages = [json.loads(line)["text"].split() for line in MESSAGES.read_text("utf-8").splitlines()]
    large = _large_register()
    click.echo("\n| what | p50, ms | p95, ms | most, ms |\n|---|---|---|---|")
    _row(f"{STREETS} streets made ready (goal {GOAL_STREETS_MS})", [_timed(Places, large) for _ in range(repetitions)])
    for name, register in (("the shipped register", streets.shipped()), (f"{STREETS} streets", large)):
        understander = Understander(register)
        understander.understand(messages[0])  # tables that are filled on first use
        took = [_timed(understander.understand, words) for _ in range(repetitions) for words in messages]
        _row(f"a message, {name} (goal {GOAL_MESSAGE_MS} at p95)", took)
        long = (list(chain.from_iterable(messages)) * 10)[:LONG_WORDS]
        _row(f"{LONG_WORDS} words, {name}", [_timed(understander.understand, long)])


def _large_register() -> Register:
    """Invented streets as cities have them: a third with a first name, a third with a former name."""
    names = islice(product(["", *_FIRST_NAMES], _STEMS, _MIDDLE, _LAST), 0, 3 * STREETS, 3)
    return Register(
        tuple(
            RegisterStreet(
                number,
                "вулиця",
                f"{first} {stem}{middle}{last}".strip(),
                "Луцьк",
                (OtherName(f"{stem}{last}{number}", "former"),) if number % 3 == 0 else (),
            )
            for number, (first, stem, middle, last) in enumerate(names)
        ),
        streets.shipped().settlements,
    )


def _timed(act: Callable[[Given], object], given: Given) -> float:
    began = time.perf_counter()
    act(given)
    return (time.perf_counter() - began) * 1000


def _row(what: str, took: list[float]) -> None:
    p95 = sorted(took)[round(0.95 * (len(took) - 1))]
    click.echo(f"| {what} | {statistics.median(took):.1f} | {p95:.1f} | {max(took):.1f} |")


if __name__ == "__main__":
    main()
