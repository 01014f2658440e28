"""The same model (by symbolic links) with another configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def without_upsampling(model: Path, target: Path) -> Path:
    """As many published models are."""
    return _copy(model, target, lambda lines: [line for line in lines if "upsample" not in line])


def without_dither(model: Path, target: Path) -> Path:
    """Kaldi adds random noise to every sound; without it the same samples always give the same words."""
    return _copy(model, target, lambda lines: [*lines, "--dither=0"], only="mfcc.conf")


def _copy(model: Path, target: Path, change: Callable[[list[str]], list[str]], only: str = "") -> Path:
    (target / "conf").mkdir(parents=True)
    for entry in model.iterdir():
        if entry.name != "conf":
            (target / entry.name).symlink_to(entry)
    for entry in (model / "conf").iterdir():
        lines = entry.read_text().splitlines()
        changed = change(lines) if only in ("", entry.name) else lines
        (target / "conf" / entry.name).write_text("\n".join(changed) + "\n")
    return target
