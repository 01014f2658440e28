"""The text sets: every field counted, per category and per trait."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import click

from evaluation.judging import Verdict, verdicts
from evaluation.tables import Tally, show, show_columns, show_misses
from evaluation.utterances import TUNED_ON, Utterance, utterances
from transcribe.understanding.facts import Understanding
from transcribe.understanding.understand import Understander

FIELDS = (
    "category first",
    "category first, or a fair second",
    "category within three",
    "category where filled",
    "no category where there is none",
    "kind",
    "urgency",
    "emergency raised",
    "no false alarm",
    "street",
    "street within three",
    "street, former name",
    "street, case form",
    "street where sure",
    "street and house where sure",
    "sure coverage",
    "unknown street left as text",
    "settlement",
    "house",
    "no house invented",
    "flat",
    "no flat invented",
    "building",
    "no building invented",
    "nothing invented",
    "nothing invented as sure",
    "no further street as sure",
    "phone",
    "no phone invented",
    "appeal number",
    "no appeal number invented",
    "name",
    "no name invented",
)
BY_CATEGORY = ("category first", "category within three", "kind", "urgency")
BY_TRAIT = ("category first", "street", "house", "flat")
REPEATED = frozenset({"category where filled", "street within three", "street, former name", "street, case form"})
"""Fields whose misses are listed under another field already."""


@dataclass
class Counted:
    """What a set came to."""

    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    categories: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    traits: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    misses: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def count(understander: Understander, labelled: list[Utterance]) -> Counted:
    """Understand every message and judge it."""
    counted = Counted()
    understander.understand(["розігрів"])  # lazy loading is no part of a message's time
    for one in labelled:
        started = time.perf_counter()
        got = understander.understand(one.text.split())
        counted.milliseconds.append(1000 * (time.perf_counter() - started))
        for verdict in verdicts(one, got):
            _enter(counted, one, got, verdict)
    return counted


def report(understander: Understander, which: str, with_misses: bool) -> Counted:
    """Count a set and print its tables; texts and misses only of the set that rules are tuned on."""
    labelled = utterances(which)
    counted = count(understander, labelled)
    fields = [name for name in FIELDS if counted.fields[name].count]
    show(f"Text set «{which}», {len(labelled)} messages", {name: counted.fields[name] for name in fields})
    if counted.categories:
        show_columns(f"«{which}» by category", BY_CATEGORY, counted.categories)
    show_columns(f"«{which}» by trait", BY_TRAIT, counted.traits)
    times = sorted(counted.milliseconds)
    p95 = times[int(0.95 * (len(times) - 1))]
    click.echo(
        f"\n«{which}»: understanding a message takes {statistics.median(times):.1f} ms in the median, "
        f"{p95:.1f} ms at p95, {times[-1]:.1f} ms at most"
    )
    if with_misses and which in TUNED_ON:
        show_misses(f"«{which}» misses ({len(counted.misses)})", counted.misses)
    return counted


def report_together(sets: Mapping[str, Counted]) -> None:
    """Count the fields that all of several sets have as one, since a place is labelled alike in them."""
    shared = [name for name in FIELDS if all(counted.fields[name].count for counted in sets.values())]
    tallies = {name: [counted.fields[name] for counted in sets.values()] for name in shared}
    show(
        f"{' and '.join(f'«{which}»' for which in sets)} together",
        {name: Tally(sum(one.right for one in each), sum(one.count for one in each)) for name, each in tallies.items()},
    )


def _enter(counted: Counted, one: Utterance, got: Understanding, verdict: Verdict) -> None:
    counted.fields[verdict.field].add(verdict.right)
    if verdict.field in BY_CATEGORY:
        counted.categories[one.category or "(none)"][verdict.field].add(verdict.right)
    if verdict.field in BY_TRAIT:
        for trait in one.traits:
            counted.traits[trait][verdict.field].add(verdict.right)
    if not verdict.right and verdict.field not in REPEATED:
        clues = "; ".join(
            f"{guess.code}: {', '.join(got.text_of(reason.span) for reason in guess.reasons)}"
            for guess in got.categories
        )
        about = f" [{clues}]" if verdict.field.startswith("category") else ""
        counted.misses.append(
            f"{verdict.field}: {one.id} expected {verdict.expected}, got {verdict.got}{about} | {one.text}"
        )
