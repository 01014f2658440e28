"""What the recognition worker tells the panel and the doctor."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from transcribe.ready import Readiness, announce, read

LOADED = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def test_what_was_announced_is_read_back(tmp_path):
    state = Readiness("vosk", "vosk-model-small-uk-v3-small", LOADED, os.getpid())
    announce(tmp_path / "var" / "recognition.json", state)
    assert read(tmp_path / "var" / "recognition.json") == state
    assert state.ready


def test_no_model_is_announced_with_advice(tmp_path):
    announce(tmp_path / "state.json", Readiness("", "", LOADED, 1, "Завантажте модель."))
    state = read(tmp_path / "state.json")
    assert state is not None
    assert not state.ready
    assert state.advice == "Завантажте модель."


def test_the_file_can_be_read_by_another_user_and_nothing_is_left_beside_it(tmp_path):
    announce(tmp_path / "state.json", Readiness("", "", LOADED, 1))
    assert (tmp_path / "state.json").stat().st_mode & 0o777 == 0o644
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"engine": "vosk"}', '{"engine": "", "model": "", "since": 5}'])
def test_a_damaged_file_is_no_state(tmp_path, content):
    (tmp_path / "state.json").write_text(content)
    assert read(tmp_path / "state.json") is None


def test_before_the_first_announcement_there_is_no_state(tmp_path):
    assert read(tmp_path / "state.json") is None
