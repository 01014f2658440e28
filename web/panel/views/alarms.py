"""Alarms: on every page, until somebody takes them."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from db import alarms
from db.draft_tables import Alarm
from web.panel.access import me, parts
from web.panel.words import when

pages = Blueprint("alarms", __name__)


@pages.get("/alarms")
def listing() -> str | Response:
    """The banner; 204 while the page shows it already."""
    with parts().records() as session:
        unseen = alarms.unseen(session, parts().clock())
        stamp = "-".join(_as_shown(alarm) for alarm in unseen)
        if stamp == request.args.get("seen"):
            return Response(status=204)
        return render_template("_alarms.html", alarms=unseen, stamp=stamp)


@pages.post("/alarms/<row:alarm_id>/take")
def take(alarm_id: int) -> AnyResponse:
    """«Беру»: to the card, with a name beside the alarm."""
    with parts().records() as session:
        alarm = session.get(Alarm, alarm_id)
        if alarm is None:
            abort(404)
        if not alarms.take(session, alarm_id, me(session), parts().clock()):
            session.refresh(alarm)
            by = alarm.seen_by.name if alarm.seen_by else "система"
            flash(f"Цю тривогу вже взято: {by}, {when(alarm.seen_at, parts().clock())}.")
        session.commit()
        call = alarm.recording.call
        if call.appeal:
            return redirect(url_for("card.show", appeal_id=call.appeal.id))
        return redirect(url_for("calls.show", call_id=call.id))


def _as_shown(alarm: Alarm) -> str:
    """Changes with what the banner says of an alarm."""
    call = alarm.recording.call
    return f"{alarm.id}.{'over' if call.ended_at else 'speaks'}.{call.appeal.version if call.appeal else 0}"
