"""A private line leaves nothing behind, except the logs of one that failed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from hotline import private
from hotline.private import private_line
from hotline.settings import Settings
from hotline.system import NotReady


class System:
    """Processes that only say what was asked of them."""

    def __init__(self, settings: Settings, trouble: BaseException | None) -> None:
        self.log_dir = settings.data_dir / "log"
        self.trouble = trouble
        self.running = False

    def start(self) -> None:
        self.running = True
        self.log_dir.mkdir()

    def wait_ready(self, _tell: Callable[[str], None]) -> None:
        if self.trouble:
            raise self.trouble

    def stop(self) -> None:
        self.running = False


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def make(monkeypatch: pytest.MonkeyPatch, trouble: BaseException | None = None) -> list[System]:
    made: list[System] = []

    def prepare(settings: Settings, _tell: Callable[[str], None]) -> System:
        made.append(System(settings, trouble))
        return made[0]

    monkeypatch.setattr(private, "prepare", prepare)
    return made


def test_a_line_that_did_its_work_leaves_nothing(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make(monkeypatch)
    with private_line(Settings(), lambda words: None):
        assert made[0].running
    assert not made[0].running
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), SystemExit(143)])
def test_an_interrupted_line_leaves_nothing(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, interruption: BaseException
) -> None:
    made = make(monkeypatch, interruption)
    with pytest.raises(type(interruption)), private_line(Settings(), lambda words: None):
        pass
    assert not made[0].running
    assert list(temporary.iterdir()) == []


def test_a_line_that_failed_leaves_its_logs_and_says_where(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make(monkeypatch, NotReady("не запустилося"))
    told: list[str] = []
    with pytest.raises(NotReady), private_line(Settings(), told.append):
        pass
    assert not made[0].running
    assert made[0].log_dir.is_dir()
    assert told == [f"Журнали приватної лінії: {made[0].log_dir}"]
