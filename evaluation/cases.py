"""Cases of one text in and one text out, each with all the answers that are right."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.tables import Tally, show, show_misses

FOLDER = Path(__file__).parent.parent / "tests" / "data"


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what may come of it.

    Attributes:
        kind: what is hard about it («house», «time»); "words" where nothing must change.
        accepted: small letters.
    """

    kind: str
    given: str
    accepted: tuple[str, ...]


@dataclass
class Counted:
    """What a file of cases came to."""

    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[str] = field(default_factory=list)

    @property
    def all(self) -> Tally:
        """Over all kinds."""
        return Tally(sum(kind.right for kind in self.kinds.values()), sum(kind.count for kind in self.kinds.values()))


def cases(name: str, given: str) -> list[Case]:
    """The cases of ``tests/data/<name>.jsonl``.

    Args:
        given: the field that goes in: «spoken» or «written».
    """
    rows = map(json.loads, (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines())
    return [Case(row["kind"], row[given], tuple(row["accepted"])) for row in rows]


def count(given: Iterable[Case], answer: Callable[[str], str]) -> Counted:
    """Answer every case; large and small letters are not told apart."""
    counted = Counted()
    for case in given:
        got = answer(case.given).lower()
        right = got in case.accepted
        counted.kinds[case.kind].add(right)
        if not right:
            counted.misses.append(f"{case.kind}: «{case.given}» expected «{case.accepted[0]}», got «{got}»")
    return counted


def report(title: str, counted: Counted) -> None:
    """Print the tables of one file."""
    show(title, {**{kind: counted.kinds[kind] for kind in sorted(counted.kinds)}, "all": counted.all})
    if counted.misses:
        show_misses(f"{title}: misses ({len(counted.misses)})", counted.misses)
