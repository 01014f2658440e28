"""``hotline call``: on the running line, or on a private one that starts and stops with the call."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

from hotline import health
from hotline.prepare import NotPossible
from hotline.private import private_line
from hotline.settings import Settings
from hotline.speech_model import ensure_model
from hotline.virtual_call import Wish, virtual_call
from hotline.wiring import Parts
from transcribe.recognizer import Sound


def call_the_line(settings: Settings, wish: Wish, tell: Callable[[str], None]) -> dict[str, Any]:
    """Make the virtual call and return what became of it.

    Raises:
        CallFailed, NotPossible, NotReady, UnusableSound: see there.
    """
    if wish.speech is not None:
        Sound.read(wish.speech)  # the citizen would notice only when it is time to speak
    if all(check.ok for check in health.running_parts(settings)):
        if wish.answer_callback and settings.trunk_host not in ("127.0.0.1", "localhost"):
            raise NotPossible("лінія має справжній транк: зворотний дзвінок пішов би до живої людини")
        tell("Лінія працює, телефонуємо на неї")
        return virtual_call(Parts(settings), wish, tell)
    tell("Лінію не запущено, запускаємо приватну")
    ensure_model(settings, tell)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _leave)  # as with Ctrl-C: the private line must not outlive us
    with private_line(settings, tell) as line:
        return virtual_call(line.parts, wish, tell)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
