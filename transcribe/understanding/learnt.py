"""What was learnt from the example phrases, and where it is kept: learning takes ten to thirty seconds, reading one.

Every process learns or reads the same: the file belongs to these phrases, this code and these dictionaries. Of several
that start together one learns and the others wait for it.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
KEPT_FILES = 3
"""Of 25 MB each: two installations, or a city's rules and ours, share a folder without learning in turns."""
LOCK = "learnt.lock"
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
    if found is not None:
        return found
    with _one_at_a_time(kept_in):
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
    except Exception as error:  # numpy and zipfile raise anything over a damaged file, and the phrases are at hand
        log.warning("what was learnt from phrases cannot be read and is learnt anew", reason=type(error).__name__)
        return None


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; without one where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("w")
    except OSError:
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(found: Learnt, path: Path) -> None:
    """Put the file in place at once; of those of earlier phrases, and of other rules, the newest stay."""
    fresh = path.with_name(f".{LOCK}.part")  # ours alone: we hold the lock
    try:
        with fresh.open("wb") as file:
            np.savez(file, allow_pickle=False, **dict(_packed(found)))
        fresh.replace(path)
        for old in sorted(path.parent.glob(KEPT), key=lambda one: one.stat().st_mtime)[:-KEPT_FILES]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("what was learnt from phrases cannot be kept", reason=error.strerror)


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
