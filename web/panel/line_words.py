"""The state of the line in words: what is wrong, what it means, what to do."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from flask import Flask, g

from web.panel.access import parts
from web.panel.parts import LineState
from web.panel.words import counted, span

LAG_WORTH_TELLING_S = 300
"""Recognition that is further behind is shown: the operator then listens instead of waiting for text."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Trouble:
    """``short`` stands on every page, ``long`` on the page of the line."""

    short: str
    long: str


def troubles(state: LineState | None) -> list[Trouble]:
    """Everything that is wrong, worst first; an empty list when all is well."""
    if state is None:
        return [Trouble("Стан лінії невідомий.", "Панель не знає, чи працює лінія. Зателефонуйте на неї самі.")]
    found = [*_calls(state)]
    if not state.disk_ok:
        left = f"залишилося {state.disk_free_mb} МБ"
        found.append(
            Trouble(
                f"Закінчується місце для записів ({left}).",
                "Нові повідомлення можуть не записуватися: громадяни чують прохання зателефонувати пізніше. "
                "Негайно повідомте адміністратора.",
            )
        )
    return [*found, *_recognition(state)]


def _calls(state: LineState) -> list[Trouble]:
    if not state.asterisk_up:
        return [
            Trouble(
                "Телефонна станція не відповідає: громадяни не можуть додзвонитися.",
                "Негайно повідомте адміністратора. Картки, записи і вже прийняті звернення доступні далі.",
            )
        ]
    if not state.line_up:
        return [
            Trouble(
                "Сервер розмов не відповідає: меню немає, повідомлення записує сама станція.",
                "Громадяни додзвонюються і залишають повідомлення, нічого не втрачається; записи з'являться тут, щойно "
                "сервер запрацює. Повідомте адміністратора.",
            )
        ]
    return []


def _recognition(state: LineState) -> list[Trouble]:
    waiting = counted(state.waiting, "запис чекає", "записи чекають", "записів чекають")
    if state.recogniser == "none":
        return [
            Trouble(
                f"Розпізнавання немає ({waiting}): слухайте записи.",
                "Записи не втрачено: текст з'явиться, коли буде встановлено модель. " + state.advice,
            )
        ]
    if state.lag_seconds > LAG_WORTH_TELLING_S:
        return [
            Trouble(
                f"Розпізнавання відстає на {span(state.lag_seconds)} ({waiting}).",
                "Термінові звернення краще прослухати самим: аварія може бути серед записів, які ще чекають.",
            )
        ]
    return []


def teach(app: Flask) -> None:
    """Let every page show the line; it is asked once a request and never breaks a page."""
    app.jinja_env.globals.update(line_now=_now, troubles_of_line=lambda: troubles(_now()))


def _now() -> LineState | None:
    if "line_state" not in g:
        try:
            g.line_state = parts().line_state()
        except Exception:  # the page matters more than the strip on it
            log.exception("The state of the line is unknown, the page is shown without it")
            g.line_state = None
    state: LineState | None = g.line_state
    return state
