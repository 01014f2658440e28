"""The list of appeals."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from db import appeals, talking
from db.lookups import PER_PAGE, Pageful
from web.panel.access import parts
from web.panel.news import LAG_STEP_S
from web.panel.paging import asked_page
from web.panel.statuses import ALL, OVERDUE, TABS, tab_of

pages = Blueprint("appeals", __name__)


@pages.get("/talking")
def speaking() -> str | Response:
    """Who speaks now, with the words so far; 204 while the page knows them all."""
    now = parts().clock()
    with parts().records() as session:
        talks = talking.talking(session, now)
        stamp = "-".join(
            f"{talk.recording.id}.{talk.heard_seconds}.{talk.elapsed(now) // LAG_STEP_S}" for talk in talks
        )
        if stamp == request.args.get("seen"):
            return Response(status=204)
        return render_template("_talking.html", talks=talks, stamp=stamp)


@pages.get("/")
@pages.get("/appeals")
def listing() -> str:
    now = parts().clock()
    tab = tab_of(request.args.get("tab", ""))
    query = request.args.get("q", "").strip()[:100]
    page = asked_page()
    with parts().records() as session:
        listed = appeals.listing(session, status=tab.key or None, query=query, page=page, per_page=PER_PAGE, at=now)
        counters = appeals.counters(session)
        counters[ALL.key] = sum(counters.values())
        counters[OVERDUE.key] = appeals.listing(session, status=OVERDUE.key, per_page=1, at=now).total
        return render_template(
            "appeals.html",
            found=Pageful(listed.items, listed.total, page),
            late={appeal.id for appeal in listed.items if appeals.overdue(appeal, now)},
            counters=counters,
            tabs=TABS,
            tab=tab,
            query=query,
        )
