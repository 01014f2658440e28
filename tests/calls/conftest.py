"""Real calls: a genuine Asterisk, a real SIP client, real recognition."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.line import Line, running_line
from transcribe.models import whisper_base


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """One line for all tests that break nothing."""
    with running_line(tmp_path_factory.mktemp("calls")) as running:
        yield running


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
