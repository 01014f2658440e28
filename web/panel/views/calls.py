"""All telephone calls, also those that made no appeal, and what was said in each."""

from __future__ import annotations

from typing import cast, get_args

from flask import Blueprint, abort, render_template, request

from db import lookups
from db.models import Call
from web.panel import journal
from web.panel.access import parts
from web.panel.paging import asked_page

pages = Blueprint("calls", __name__)


@pages.get("/calls")
def listing() -> str:
    shown = request.args.get("shown", "all")
    if shown not in get_args(lookups.CallsShown):
        shown = "all"
    digits = "".join(filter(str.isdigit, request.args.get("q", "")))[:20]
    with parts().records() as session:
        found = lookups.calls(session, shown=cast(lookups.CallsShown, shown), phone=digits, page=asked_page())
        return render_template(
            "calls.html",
            found=found,
            feedback=lookups.feedback(session, found.items),
            shown=shown,
            query=digits,
            pressed_keys=journal.pressed_keys,
        )


@pages.get("/calls/<call_id>")
def show(call_id: str) -> str:
    with parts().records() as session:
        call = session.get(Call, call_id)
        if call is None:
            abort(404)
        lines = journal.conversation(call, parts().text_of)
        tapes = {recording.file: recording for recording in call.recordings}
        feedback = lookups.feedback(session, [call]).get(call.id)
        return render_template("call.html", call=call, feedback=feedback, lines=lines, tapes=tapes)
