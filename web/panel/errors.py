"""What people read when something is refused or broken."""

from __future__ import annotations

import structlog
from flask import Flask, Response, flash, g, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from db.engine import RecordsDown
from web.panel.access import to_login

log = structlog.get_logger()

MESSAGES = {
    400: (
        "Запит не прийнято",
        "Форма застаріла або заповнена не так. Поверніться, оновіть сторінку і спробуйте ще раз.",
    ),
    403: ("Немає доступу", "Ця сторінка доступна лише адміністратору."),
    404: ("Не знайдено", "Такої сторінки, картки чи запису немає. Перевірте адресу або поверніться до списку."),
    405: ("Так не можна", "Цю адресу відкривають інакше: скористайтеся кнопками панелі."),
    409: ("Зараз це неможливо", "Дані вже змінилися. Поверніться до картки, щоб побачити поточний стан."),
    413: ("Забагато тексту", "Форма більша, ніж приймає панель. Скоротіть текст і надішліть ще раз."),
    416: ("Немає такої частини запису", "Оновіть сторінку і ввімкніть запис спочатку."),
    429: (
        "Забагато спроб входу",
        "Зачекайте 15 хвилин. Якщо забули пароль, зверніться до адміністратора.",
    ),
    500: (
        "Помилка панелі",
        "Дзвінки приймаються і записуються далі. Повторіть дію; не допоможе — зверніться до адміністратора.",
    ),
    503: (
        "База даних не відповідає",
        "Дзвінки приймаються і записуються далі, нічого не втрачено. Картки з'являться, щойно база запрацює. "
        "Повідомте адміністратора.",
    ),
}
"""Status code -> title and what to do."""


def explain_errors(app: Flask) -> None:
    """Every error has a page in Ukrainian."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _outdated_form)
    app.register_error_handler(RecordsDown, _records_down)
    app.register_error_handler(Exception, _failure)


def page(code: int, problem: str = "") -> tuple[str, int]:
    """The page of a status code; ``problem`` says more about this case."""
    title, advice = MESSAGES.get(code, MESSAGES[500 if code >= 500 else 400])
    return render_template("error.html", code=code, title=title, advice=problem or advice), code


def _http_error(error: HTTPException) -> Response | tuple[str, int]:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect raised by the router
    return page(error.code)


def _outdated_form(error: CSRFError) -> AnyResponse | tuple[str, int]:
    """A form without its session: nearly always the session ended while the form was open."""
    if current_user.is_authenticated:
        return page(error.code)
    if not request.headers.get("HX-Request"):
        flash("Сеанс закінчився. Увійдіть ще раз.")
    return to_login()


def _records_down(error: RecordsDown) -> tuple[str, int]:
    log.error("The records do not answer, the panel shows a page that says so", reason=type(error).__name__)
    g.records_down = True  # this page must not ask them who reads it
    return page(503)


def _failure(error: Exception) -> tuple[str, int]:
    log.error("A page of the panel failed", endpoint=request.endpoint, exc_info=error)
    return page(500)
