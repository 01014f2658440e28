"""``hotline run``: one for each data folder, no process outlives it, a killed supervisor is replaced."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

import hotline.running
import hotline.system
from hotline import health, processes
from hotline.prepare import make_folders
from hotline.private import private_ports
from hotline.processes import AlreadyRunning
from hotline.running import run_line
from hotline.settings import Settings
from hotline.system import NotReady, System

SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")
STUBBORN = (
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)",
)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings(data_dir=tmp_path, _env_file=None, **private_ports())
    make_folders(settings)
    yield settings
    processes.end(settings)


@pytest.fixture
def system(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> System:
    """A real supervisor with one process that only sleeps."""
    monkeypatch.setattr(hotline.system, "OUR_PROCESSES", ())
    monkeypatch.setattr(health, "running_parts", lambda settings: [health.Check("Asterisk", sleeps(settings), "")])
    return System(settings, SLEEPER)


def sleeps(settings: Settings) -> bool:
    """The supervisor and its process run."""
    return len(processes.serving(settings)) == 2


def left_behind(settings: Settings, command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """A process as a killed supervisor leaves it."""
    environment = os.environ | {processes.MARK: str(settings.data_dir)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)


def test_nothing_is_left_of_a_supervisor_that_was_killed(settings: Settings, system: System):
    system.start()
    system.wait_ready(lambda words: None)
    system._supervisor.kill()
    system._supervisor.wait()
    assert len(processes.serving(settings)) == 1
    system.stop()
    assert processes.serving(settings) == []


def test_who_does_not_listen_is_killed(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processes, "END_S", ((signal.SIGTERM, 0.1), (signal.SIGKILL, 10.0)))
    with left_behind(settings, STUBBORN) as stubborn:
        stubborn.stdout.readline()
        processes.end(settings)
        assert stubborn.wait() == -signal.SIGKILL


def test_the_processes_of_another_line_are_left_alone(settings: Settings, tmp_path: Path):
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    with left_behind(other, SLEEPER) as process:
        assert processes.serving(settings) == []
        processes.end(other)
        assert process.wait() == -signal.SIGTERM


def test_a_second_run_with_the_same_folder_is_refused(settings: Settings):
    with processes.alone(settings), pytest.raises(AlreadyRunning, match="вже запущено"):
        run_line(settings, lambda words: None)
    with processes.alone(settings):
        pass


@pytest.fixture
def our_signals() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    kept = [signal.getsignal(number) for number in numbers]
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests under nohup ignores the end of the terminal
    yield
    for number, handler in zip(numbers, kept, strict=True):
        signal.signal(number, handler)


@pytest.mark.usefixtures("our_signals")
def test_the_line_survives_its_supervisor_and_ends_with_the_terminal(
    settings: Settings, system: System, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hotline.running, "prepare", lambda settings, tell: system)
    monkeypatch.setattr(hotline.running, "ensure_model", lambda settings, tell: None)
    read: list[str] = []

    def tell(words: str) -> None:
        read.append(words)
        if words == "Лінія 15-80 працює." and read.count(words) == 1:
            system._supervisor.kill()
        elif words == "Лінія 15-80 працює.":
            os.kill(os.getpid(), signal.SIGHUP)

    with left_behind(settings, SLEEPER) as orphan:
        run_line(settings, tell)
        assert orphan.wait() == -signal.SIGTERM
    assert "Супервізор зупинився, запускаємо лінію знову" in read
    assert read[0] == "Зупиняємо процеси, які залишив попередній запуск"
    assert read[-1] == "Лінію зупинено"
    assert processes.serving(settings) == []


@pytest.mark.usefixtures("our_signals")
def test_callers_do_not_wait_for_the_download_of_a_speech_model(
    settings: Settings, system: System, monkeypatch: pytest.MonkeyPatch
):
    read: list[str] = []

    def offline(_settings: Settings, tell: Callable[[str], None]) -> None:
        tell("download")
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(hotline.running, "prepare", lambda settings, tell: system)
    monkeypatch.setattr(hotline.running, "ensure_model", offline)
    run_line(settings, read.append)
    assert read.index("Лінія 15-80 працює.") < read.index("download")


@pytest.mark.usefixtures("our_signals")
@pytest.mark.parametrize(("asterisk", "ends"), [(True, "Лінію зупинено"), (False, "Зупиняємо лінію")])
def test_a_line_without_its_panel_takes_calls_and_one_without_asterisk_gives_up(
    settings: Settings, system: System, monkeypatch: pytest.MonkeyPatch, asterisk: bool, ends: str
):
    def tell(words: str) -> None:
        read.append(words)
        if words == "Лінія 15-80 працює.":
            os.kill(os.getpid(), signal.SIGTERM)

    def not_ready(*_: object, **__: object) -> None:
        raise NotReady("не запустилося: Панель оператора")

    read: list[str] = []
    monkeypatch.setattr(hotline.running, "prepare", lambda settings, tell: system)
    monkeypatch.setattr(hotline.running, "ensure_model", lambda settings, tell: None)
    monkeypatch.setattr(System, "wait_ready", not_ready)
    monkeypatch.setattr(health, "asterisk", lambda settings: health.Check("Asterisk", asterisk, ""))
    with nullcontext() if asterisk else pytest.raises(NotReady):
        run_line(settings, tell)
    assert ("! не запустилося: Панель оператора" in read) == asterisk
    assert read[-1] == ends
