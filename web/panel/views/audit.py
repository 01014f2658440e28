"""Who did what: for the administrator."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from db import audit, lookups
from web.panel.access import parts
from web.panel.paging import asked_page

pages = Blueprint("audit", __name__)


@pages.get("/audit")
def listing() -> str:
    with parts().records() as session:
        found = lookups.audit(session, asked_page())
        # The whole chain is read again, so only when asked for.
        checked = "check" in request.args
        broken = audit.verify(session) if checked else None
        return render_template("audit.html", found=found, checked=checked, broken=broken)
