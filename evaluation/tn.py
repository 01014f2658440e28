"""Written to spoken: tests/data/tn_cases.jsonl and tn_own_cases.jsonl through what the line says."""

from __future__ import annotations

from evaluation import cases
from sound.written import spoken

FILES = {"tn_cases": "Written to spoken, given cases", "tn_own_cases": "Written to spoken, own cases"}


def report() -> None:
    """Print how many cases come out as one of their accepted readings, and the misses."""
    for name, title in FILES.items():
        cases.report(title, cases.count(cases.cases(name, "written"), spoken))


if __name__ == "__main__":
    report()
