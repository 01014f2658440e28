"""The operators' panel: appeals, calls, outages and the state of the line, in Ukrainian."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, request
from flask_login import current_user
from werkzeug.routing import IntegerConverter, Map

from web.panel import access, errors, line_words, security, words
from web.panel.parts import LineState, PanelParts
from web.panel.views import (
    account,
    alarms,
    appeals,
    audit,
    calls,
    card,
    health,
    help,
    line,
    login,
    notices,
    recordings,
    streets,
)

__all__ = ["LineState", "PanelParts", "create_app"]

PAGES = (login, health, alarms, appeals, card, recordings, calls, notices, streets, line, audit, account, help)

SECTIONS = (
    ("appeals.listing", "Звернення"),
    ("calls.listing", "Дзвінки"),
    ("notices.listing", "Відключення"),
    ("streets.listing", "Вулиці"),
    ("line.show", "Стан лінії"),
    ("help.show", "Довідка"),
)
ADMIN_SECTIONS = (("audit.listing", "Журнал дій"),)


class RowNumber(IntegerConverter):
    """A row's number in an address; a larger one than the tables can hold is simply not found."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**31 - 1)


def create_app(panel: PanelParts) -> Flask:
    """The panel as a WSGI application. It opens no connection and starts nothing by itself."""
    app = Flask(__name__)
    app.secret_key = panel.secret_key
    app.extensions["panel"] = panel
    app.url_map.converters["row"] = RowNumber
    security.protect(app, https=panel.https)
    access.guard(app)
    errors.explain_errors(app)
    words.teach(app)
    line_words.teach(app)
    for view in PAGES:
        app.register_blueprint(view.pages)
    app.context_processor(lambda: _on_every_page(panel))
    return app


def _section() -> str:
    """Which section of the menu this page belongs to."""
    page = request.blueprint or ""
    same = {endpoint.partition(".")[0]: endpoint for endpoint, _ in SECTIONS + ADMIN_SECTIONS}
    return same.get("appeals" if page == "card" else page, "")


def _on_every_page(panel: PanelParts) -> dict[str, Any]:
    staff = None if "records_down" in g else current_user
    if staff is None or not staff.is_authenticated:
        return {"now": panel.clock(), "phone_shown": panel.phone_shown, "staff": None}
    sections = SECTIONS + (ADMIN_SECTIONS if staff.is_admin else ())
    return {
        "now": panel.clock(),
        "phone_shown": panel.phone_shown,
        "staff": staff,
        "sections": sections,
        "here": _section(),
    }
