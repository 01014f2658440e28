"""Spoken to written: tests/data/itn_cases.jsonl and itn_own_cases.jsonl through what an operator reads."""

from __future__ import annotations

from db import streets
from evaluation import cases
from transcribe.understanding.understand import Understander

FILES = {"itn_cases": "Spoken to written, given cases", "itn_own_cases": "Spoken to written, own cases"}


def report(understander: Understander) -> None:
    """Print how many cases come out as one of their accepted forms, and the misses."""

    def written(spoken: str) -> str:
        return understander.understand(spoken.split()).written

    for name, title in FILES.items():
        cases.report(title, cases.count(cases.cases(name, "spoken"), written))


if __name__ == "__main__":
    report(Understander(streets.shipped()))
