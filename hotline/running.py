"""``hotline run``: set the line up, start it, say how to reach it, stop it on Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Event, Thread

from hotline import health, ports, processes
from hotline.prepare import NotPossible, make_folders, prepare
from hotline.settings import Settings
from hotline.speech_model import ensure_model
from hotline.system import NotReady, System

ENDED = 1.0


def run_line(settings: Settings, tell: Callable[[str], None]) -> None:
    """Run until Ctrl-C, SIGTERM or the end of the terminal.

    Raises:
        AlreadyRunning, NotPossible, NotReady: the line cannot be set up or does not come up.
    """
    stop = Event()
    make_folders(settings)
    with processes.alone(settings):
        if processes.serving(settings):
            tell("Зупиняємо процеси, які залишив попередній запуск")
            processes.end(settings)
        for trouble in ports.of_calls(settings):
            raise NotPossible(trouble)
        for trouble in ports.of_panel(settings):
            tell(f"! Панелі не буде: {trouble}")
        system = prepare(settings, tell)  # Ctrl-C ends it at once: nothing runs yet
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup: the terminal may end
                signal.signal(number, lambda *_: stop.set())
        tell("Запуск")
        try:
            _start(system, tell, stop)
            # Beside the line: a download may take a quarter of an hour, and callers need no model.
            Thread(target=ensure_model, args=(settings, tell), name="speech-model", daemon=True).start()
            while not stop.wait(ENDED):
                if system.ended():
                    tell("Супервізор зупинився, запускаємо лінію знову")
                    system.stop()
                    _start(system, tell, stop)
        finally:
            tell("Зупиняємо лінію")
            system.stop()
    tell("Лінію зупинено")


def _start(system: System, tell: Callable[[str], None], stop: Event) -> None:
    """Without a panel or a recogniser callers are heard all the same; the supervisor goes on trying."""
    system.start()
    try:
        system.wait_ready(tell, given_up=stop.is_set)
    except NotReady as trouble:
        if system.ended() or not health.asterisk(system.settings).ok:
            raise
        tell(f"! {trouble}")
    if not stop.is_set():
        _tell_how_to_reach(system.settings, tell)


def _tell_how_to_reach(settings: Settings, tell: Callable[[str], None]) -> None:
    tell("")
    tell("Лінія 15-80 працює.")
    tell(f"  Панель оператора: http://{settings.panel_host}:{settings.panel_port}/")
    tell(f"  Подзвонити з SIP-телефона: sip:1580@{settings.sip_host}:{settings.sip_port} (без реєстрації)")
    tell("  Подзвонити віртуальним громадянином: make call")
    tell(f"  Журнали: {settings.data_dir / 'log'}")
    tell("  Зупинити: Ctrl-C")
