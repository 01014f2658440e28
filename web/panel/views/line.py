"""How the telephone line is doing."""

from __future__ import annotations

from flask import Blueprint, render_template

from db import lookups
from web.panel.access import parts

pages = Blueprint("line", __name__)


@pages.get("/line")
def show() -> str:
    now = parts().clock()
    with parts().records() as session:
        return render_template("line.html", calls_today=lookups.calls_today(session, now))
