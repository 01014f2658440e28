"""What was learnt from the example phrases, and where it is kept: learning takes ten seconds, reading it a fraction.

Every process learns or reads the same: the file belongs to these phrases, this code and these dictionaries.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
import structlog

from transcribe.understanding.danger_likeness import DangerLikeness
from transcribe.understanding.likeness import Likeness
from transcribe.understanding.regression import Regression
from transcribe.understanding.word_pieces import Floats, KnownPieces, counted

Phrases = tuple[tuple[str, str], ...]
"""Code of a category, and what was said."""
Dangers = tuple[tuple[bool, str], ...]
"""Whether somebody's life was in danger, and what was said."""

KEPT = "learnt-*.npz"
DICTIONARIES = ("pymorphy3", "pymorphy3-dicts-uk", "numpy")
"""Packages whose other versions may cut words into other pieces, or learn otherwise."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Learnt:
    """Likeness to phrases about the city's matters, and to emergencies."""

    topics: Likeness
    dangers: DangerLikeness


def learnt(phrases: Phrases, dangers: Dangers, kept_in: Path | None) -> Learnt:
    """Learn, or read what was learnt from the same examples before.

    Args:
        kept_in: a folder that outlives the process; None to keep nothing. One that cannot be written is told in the
            log and costs only the time.
    """
    if kept_in is None:
        return _learn(phrases, dangers)
    path = kept_in / KEPT.replace("*", _fingerprint(phrases, dangers))
    found = _read(path)
    if found is None:
        log.info("example phrases are being learnt, once until they change", phrases=len(phrases) + len(dangers))
        found = _learn(phrases, dangers)
        _keep(found, path)
    return found


def _learn(phrases: Phrases, dangers: Dangers) -> Learnt:
    cut = {phrase: counted(phrase) for _, phrase in (*phrases, *dangers)}
    topics = Likeness.learnt([code for code, _ in phrases], [cut[phrase] for _, phrase in phrases])
    return Learnt(
        topics, DangerLikeness.learnt([danger for danger, _ in dangers], [cut[phrase] for _, phrase in dangers])
    )


def _fingerprint(phrases: Phrases, dangers: Dangers) -> str:
    known = hashlib.sha256(repr((phrases, dangers)).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        known.update(module.read_bytes())
    known.update(" ".join(map(metadata.version, DICTIONARIES)).encode())
    return known.hexdigest()[:20]


def _read(path: Path) -> Learnt | None:
    """What is kept there; None when nothing is, or a damaged file."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return _unpacked(file)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        log.warning("what was learnt from phrases is damaged and is learnt anew", reason=type(error).__name__)
        return None


def _keep(found: Learnt, path: Path) -> None:
    """Put the file in place at once, and take away those of earlier phrases."""
    fresh = path.with_name(f".learnt-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            np.savez(file, allow_pickle=False, **dict(_packed(found)))
        fresh.replace(path)
        for old in path.parent.glob(KEPT):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("what was learnt from phrases cannot be kept", reason=error.strerror)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _packed(found: Learnt) -> Iterator[tuple[str, Floats]]:
    yield "codes", np.array(found.topics.codes)
    yield "bayes", found.topics.bayes
    for name, likeness in (("topics", found.topics), ("dangers", found.dangers)):
        yield f"{name}_pieces", np.array(likeness.known.pieces)
        yield f"{name}_rarity", likeness.known.rarity
        yield f"{name}_weights", likeness.regression.weights
        yield f"{name}_beforehand", likeness.regression.beforehand


def _unpacked(file: Mapping[str, Floats]) -> Learnt:
    known, regression = {}, {}
    for name in ("topics", "dangers"):
        known[name] = KnownPieces(file[f"{name}_pieces"].tolist(), file[f"{name}_rarity"])
        regression[name] = Regression(file[f"{name}_weights"], file[f"{name}_beforehand"])
    topics = Likeness(file["codes"].tolist(), known["topics"], file["bayes"], regression["topics"])
    return Learnt(topics, DangerLikeness(known["dangers"], regression["dangers"]))
