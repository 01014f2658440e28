"""Counts as tables on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import click


@dataclass
class Tally:
    """Right answers of so many."""

    right: int = 0
    count: int = 0

    def add(self, right: bool) -> None:
        """Count one more answer."""
        self.right += right
        self.count += 1

    @property
    def share(self) -> float:
        """0 to 1; 1 for nothing counted."""
        return self.right / self.count if self.count else 1.0

    def __str__(self) -> str:
        return f"{self.right:>4} of {self.count:<4} {100 * self.share:6.1f} %" if self.count else "   -"


def show(title: str, rows: Mapping[str, Tally]) -> None:
    """One tally a line."""
    click.echo(f"\n{title}")
    for name, tally in rows.items():
        click.echo(f"  {name:<34}{tally}")


def show_columns(title: str, columns: Sequence[str], rows: Mapping[str, Mapping[str, Tally]]) -> None:
    """Several tallies a line; a line for each category or trait."""
    click.echo(f"\n{title}")
    click.echo(f"  {'':<22}" + "".join(f"{column:>24}" for column in columns))
    for name in sorted(rows):
        click.echo(f"  {name:<22}" + "".join(f"{rows[name].get(column, Tally())!s:>24}" for column in columns))


def show_misses(title: str, misses: Iterable[str]) -> None:
    """One miss a line."""
    click.echo(f"\n{title}")
    for miss in misses:
        click.echo(f"  {miss}")
