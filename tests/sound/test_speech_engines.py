"""Speech engines: one class of tests for all of them, and what happens when one misbehaves."""

from __future__ import annotations

import json
import os
import stat
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from fake_synthesiser import FakeSynthesiser

from sound import synthesis, wav
from sound.synthesis import EspeakNg, Piper, RHVoice, Synthesiser, SynthesisFailed

PIPER_VOICE = Path(os.environ.get("PIPER_VOICE", "no-voice-set.onnx"))
ENGINES = [EspeakNg(), RHVoice(), Piper(PIPER_VOICE), FakeSynthesiser()]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
class TestEveryEngine:
    @pytest.fixture(autouse=True)
    def only_where_installed(self, engine: Synthesiser) -> None:
        if not engine.available():
            pytest.skip(f"{engine.name} is not installed here")

    def test_it_leaves_a_file_asterisk_plays(self, engine: Synthesiser, tmp_path: Path) -> None:
        engine.speak("Немає електропостачання.", tmp_path / "said.wav")
        assert 0.3 < wav.check(tmp_path / "said.wav").seconds < 10
        assert np.abs(wav.read_pcm(tmp_path / "said.wav")[0].astype(int)).max() > 1000
        assert [path.name for path in tmp_path.iterdir()] == ["said.wav"]

    def test_hostile_text_is_only_text(self, engine: Synthesiser, tmp_path: Path) -> None:
        hostile = f'-w {tmp_path}/a.wav "; touch {tmp_path}/b; <speak><audio src="x"/> $(id) --help\nдругий рядок'
        engine.speak(hostile, tmp_path / "said.wav")
        assert [path.name for path in tmp_path.iterdir()] == ["said.wav"]

    def test_an_unwritable_place_is_an_os_error(self, engine: Synthesiser, tmp_path: Path) -> None:
        with pytest.raises(OSError, match="No such file"):
            engine.speak("Доброго дня.", tmp_path / "nowhere" / "said.wav")


def program(folder: Path, name: str, body: str) -> None:
    """An executable stand-in for an engine."""
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{textwrap.dedent(body)}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("import sys; sys.exit('no such voice')", "no such voice"),
        ("import os; os.abort()", "ended with -6"),
        ("import time; time.sleep(60)", "said nothing for 0.5 s"),
        ("", "такого файлу немає"),
        ("import sys; open(sys.argv[-1], 'wb').write(b'not a wav')", "це не WAV"),
    ],
)
def test_an_engine_that_fails_is_told_and_leaves_nothing(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, told: str
) -> None:
    monkeypatch.setattr(synthesis, "TIMEOUT_S", 0.5)
    program(tools, "espeak-ng", body)
    said = tmp_path / "said.wav"
    with pytest.raises(SynthesisFailed, match=told):
        EspeakNg().speak("Доброго дня.", said)
    assert not said.exists()


def test_an_engine_that_is_not_installed_says_so(tools: Path, tmp_path: Path) -> None:
    assert not EspeakNg().available()
    with pytest.raises(SynthesisFailed, match="cannot be started"):
        EspeakNg().speak("Доброго дня.", tmp_path / "said.wav")


@pytest.mark.parametrize("text", ["", "  \n ", "—", "слово " * 1000])
def test_what_cannot_be_spoken_never_reaches_an_engine(tools: Path, tmp_path: Path, text: str) -> None:
    with pytest.raises(SynthesisFailed, match="cannot be spoken"):
        EspeakNg().speak(text, tmp_path / "said.wav")


SPEAKS = """
    import json, pathlib, sys, wave
    out = sys.argv[sys.argv.index("--output_file") + 1]
    heard = pathlib.Path(__file__).with_name("heard.json")
    heard.write_text(json.dumps([sys.argv[1:-1], sys.stdin.read()]))
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 22050, 0, "NONE", ""))
        file.writeframes(b"\\1\\2" * 22050)
"""


@pytest.mark.skipif(synthesis.find_spec("piper") is not None, reason="the real piper is installed")
def test_piper_gets_its_voice_as_argument_and_the_text_on_standard_input(tools: Path, tmp_path: Path) -> None:
    voice = tmp_path / "uk_UA-lada.onnx"
    assert not Piper(voice).available()
    voice.touch()
    assert not Piper(voice).available()
    program(tools, "piper", SPEAKS)
    engine = Piper(voice)
    assert engine.available()
    assert engine.name == "piper:uk_UA-lada"
    engine.speak("Перший рядок.\nДругий.", tmp_path / "said.wav")
    arguments, text = json.loads((tools / "heard.json").read_text())
    assert arguments == ["--model", str(voice), "--output_file"]
    assert text == "Перший рядок. Другий."
    assert wav.check(tmp_path / "said.wav").frames == 8000


WRAPPER = """
    import wave
    class TTS:
        voices = ("Anatol", "Natalia")
        def __init__(self, threads, quiet): ...
        def join(self): ...
        def to_file(self, filename, text, voice, format_):
            assert (text, voice, format_) == ("Добрий день.", "anatol", "wav")
            with wave.open(filename, "wb") as file:
                file.setparams((1, 2, 24000, 0, "NONE", ""))
                file.writeframes(b"\\1\\2" * 24000)
"""


def test_rhvoice_speaks_through_its_wrapper_in_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rhvoice_wrapper.py").write_text(textwrap.dedent(WRAPPER))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    RHVoice("anatol").speak("Добрий день.", tmp_path / "said.wav")
    assert wav.check(tmp_path / "said.wav").frames == 8000
    with pytest.raises(SynthesisFailed, match="no voice marianna, installed are Anatol, Natalia"):
        RHVoice("marianna").speak("Добрий день.", tmp_path / "other.wav")


def test_rhvoice_without_its_wrapper_is_not_available(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synthesis, "find_spec", lambda name: None)
    assert not RHVoice().available()
