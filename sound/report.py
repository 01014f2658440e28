"""What is recorded, what is synthesised, what is missing: the tables behind ``hotline prompts``."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TextIO

from sound import wav
from sound.catalogue import Catalogue, Entry
from sound.synthesis import Synthesiser

State = Literal["recorded-by-person", "recorded", "synthesised", "missing"]


@dataclass(frozen=True, slots=True)
class PromptRow:
    """One text of the line; ``seconds`` is None where nothing is recorded."""

    key: str
    file: str
    text: str
    state: State
    seconds: float | None


def rows(catalogue: Catalogue, synthesiser: Synthesiser | None) -> list[PromptRow]:
    """Every text of the catalogue in its order (``hotline prompts list``)."""
    otherwise: State = "synthesised" if synthesiser and synthesiser.available() else "missing"
    return [_row(catalogue, entry, otherwise) for entry in catalogue]


def check(catalogue: Catalogue) -> list[str]:
    """Sentences about everything that is wrong (``hotline prompts check``); empty: all is well.

    Every WAV of both folders must be one Asterisk plays, and have a text. Texts without a WAV are work to do, not a
    problem: :func:`missing` names them.
    """
    problems: list[str] = []
    if catalogue.recorded is not None and not catalogue.recorded.is_dir():
        problems.append(f"теки записів диктора немає: {catalogue.recorded}")
    known = {entry.file for entry in catalogue}
    for folder in filter(None, (catalogue.shipped, catalogue.recorded)):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix.lower() == ".csv" or path.name.startswith("."):
                continue
            if path.name not in known:
                problems.append(f"{path}: у каталозі немає тексту з таким файлом")
                continue
            try:
                wav.check(path)
            except wav.UnusableSound as error:
                problems.append(f"{path.parent}: {error}")
    return problems


def missing(catalogue: Catalogue, used: Iterable[str]) -> list[str]:
    """Keys that flows use and nobody recorded, sorted (``hotline prompts missing``); unknown keys are among them.

    Args:
        used: the keys the flows say.
    """
    return sorted(key for key in set(used) if key not in catalogue or _seconds(catalogue, key) is None)


def export(found: Iterable[PromptRow], out: TextIO) -> int:
    """Write key, file, text of all that no person has recorded yet, as CSV for the reader in the studio.

    Texts that have no sound at all come first, the shipped machine voice after them.

    Args:
        found: of :func:`rows`.
        out: opened with ``newline=""``.

    Returns:
        How many texts were written.
    """
    wanted = sorted(
        (row for row in found if row.state != "recorded-by-person"), key=lambda row: row.state == "recorded"
    )
    table = csv.writer(out)
    table.writerow(["key", "file", "text"])
    table.writerows([row.key, row.file, row.text] for row in wanted)
    return len(wanted)


def _row(catalogue: Catalogue, entry: Entry, otherwise: State) -> PromptRow:
    for path in catalogue.candidates(entry.key):
        try:
            seconds = wav.check(path).seconds
        except wav.UnusableSound:
            continue
        state: State = "recorded-by-person" if path == catalogue.file_by_person(entry.key) else "recorded"
        return PromptRow(entry.key, entry.file, entry.text, state, seconds)
    return PromptRow(entry.key, entry.file, entry.text, otherwise, None)


def _seconds(catalogue: Catalogue, key: str) -> float | None:
    return _row(catalogue, catalogue.entry(key), "missing").seconds
