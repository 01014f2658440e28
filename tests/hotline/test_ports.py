"""Taken ports are told before anything is started."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from hotline import ports
from hotline.prepare import NotPossible
from hotline.private import private_ports
from hotline.running import run_line
from hotline.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, _env_file=None, **private_ports())


def test_free_ports_are_no_trouble(settings: Settings) -> None:
    assert [*ports.of_calls(settings), *ports.of_panel(settings)] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [("ami_port", socket.SOCK_STREAM), ("agi_port", socket.SOCK_STREAM), ("sip_port", socket.SOCK_DGRAM)],
)
def test_a_taken_port_of_the_telephone_ends_the_start_in_words(
    settings: Settings, name: str, kind: socket.SocketKind
) -> None:
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", getattr(settings, name)))
        if kind == socket.SOCK_STREAM:
            taken.listen()
        with pytest.raises(NotPossible, match=f"порт {getattr(settings, name)} зайнятий .*HOTLINE_{name.upper()}"):
            run_line(settings, lambda words: None)
    assert not (settings.data_dir / "hotline.sqlite").exists(), "nothing was begun"


def test_a_taken_port_of_the_panel_is_told_and_calls_are_answered_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun(*_: object) -> None:
        raise NotPossible("так далеко зайшло")

    monkeypatch.setattr("hotline.running.prepare", begun)
    told: list[str] = []
    taken = socket.create_server(("127.0.0.1", settings.panel_port))
    with taken, pytest.raises(NotPossible, match="так далеко зайшло"):
        run_line(settings, told.append)
    assert told == [
        f"! Панелі не буде: порт {settings.panel_port} зайнятий іншою програмою: "
        "звільніть його або змініть HOTLINE_PANEL_HOST, HOTLINE_PANEL_PORT"
    ]


def test_an_address_of_another_machine_is_told(settings: Settings) -> None:
    elsewhere = settings.model_copy(update={"sip_host": "192.0.2.1"})
    assert list(ports.of_calls(elsewhere)) == [
        "адреси 192.0.2.1 немає на цій машині: змініть HOTLINE_SIP_HOST, HOTLINE_SIP_PORT"
    ]
