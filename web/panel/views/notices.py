"""Outages: what the line tells the city about, and the form for a new one."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db import lookups, notices, uk
from db.city_time import KYIV, in_kyiv
from db.models import Executor, Notice
from db.notices import NoticeRefused
from ivr_flows.questions import Outage
from web.panel.access import me, parts
from web.panel.forms import NoticeForm, PlainForm, options
from web.panel.places import read_places

PLAYED_FOR = timedelta(hours=12)
"""Proposed for a new notice."""

log = structlog.get_logger()
pages = Blueprint("notices", __name__)


@pages.get("/notices")
def listing() -> str:
    now = parts().clock()
    shown = "ended" if request.args.get("shown") == "ended" else "current"
    with parts().records() as session:
        found = notices.ended(session, now) if shown == "ended" else notices.active(session, now)
        rows = [(one, _text(notices.spoken(one, now)), notices.status_at(one, now)) for one in found]
        return render_template("notices.html", rows=rows, shown=shown)


@pages.get("/notices/new")
def new() -> str:
    now = in_kyiv(parts().clock()).replace(second=0, microsecond=0, tzinfo=None)
    with parts().records() as session:
        form = _form(session, data={"starts_at": now, "play_until": now + PLAYED_FOR, "kind": "emergency"})
        return render_template("notice_new.html", form=form)


@pages.post("/notices")
def enter() -> Response | tuple[str, int]:
    with parts().records() as session:
        form = _form(session)
        if not form.validate():
            return render_template("notice_new.html", form=form), 422
        try:
            notice = _enter(session, form)
            session.commit()
        except NoticeRefused as refused:
            session.rollback()
            return render_template("notice_new.html", form=form, problem=str(refused)), 422
    flash(f"Повідомлення {notice.public_no} озвучується.")
    return redirect(url_for("notices.listing"))


@pages.post("/notices/preview")
def preview() -> str | Response:
    """What the line would say of the form as it stands; nothing is kept."""
    with parts().records() as session:
        form = _form(session)
        if not form.validate():
            problems = [f"{field.label.text}: {problem}" for field in form for problem in field.errors]
            return render_template("_preview.html", problems=problems)
        return render_template("_preview.html", text=_text(_outage(form, parts().clock())))


@pages.post("/notices/<row:notice_id>/restore")
def restore(notice_id: int) -> Response:
    return _close(notice_id, restored=True)


@pages.post("/notices/<row:notice_id>/cancel")
def cancel(notice_id: int) -> Response:
    return _close(notice_id, restored=False)


def _close(notice_id: int, *, restored: bool) -> Response:
    if not PlainForm().validate():
        abort(400)
    with parts().records() as session:
        notice = session.get(Notice, notice_id)
        if notice is None:
            abort(404)
        end = notices.restore if restored else notices.cancel
        end(session, notice, me(session), parts().clock())
        session.commit()
        flash(f"Повідомлення {notice.public_no} більше не озвучується.")
    return redirect(url_for("notices.listing"))


def _enter(session: Session, form: NoticeForm) -> Notice:
    executor = form.executor.data or ""
    return notices.enter(
        session,
        kind=form.kind.data,
        effect=form.effect.data,
        starts_at=_aware(form.starts_at.data),
        play_until=_aware(form.play_until.data),
        by=me(session),
        at=parts().clock(),
        places=read_places(form.places.data or ""),
        city_wide=form.city_wide.data,
        ends_at=_aware(form.ends_at.data) if form.ends_at.data else None,
        ends_firm=form.ends_firm.data,
        remark=form.remark.data or "",
        executor=session.get(Executor, int(executor)) if executor else None,
    )


def _outage(form: NoticeForm, now: datetime) -> Outage:
    ends = _aware(form.ends_at.data) if form.ends_at.data else None
    return Outage(
        public_no="",
        kind=form.kind.data,
        effect=form.effect.data,
        city_wide=form.city_wide.data,
        places=read_places(form.places.data or ""),
        ends=notices.moment(ends, now) if ends and ends > now else None,
        ends_firm=form.ends_firm.data,
        remark=form.remark.data or "",
    )


def _text(outage: Outage) -> str:
    """The words of the line, "" when they cannot be told: a page of notices must open all the same."""
    try:
        return parts().preview(outage)
    except Exception:
        log.exception("The line has no words for a notice", notice=outage.public_no)
        return ""


def _form(session: Session, data: dict[str, object] | None = None) -> NoticeForm:
    form = NoticeForm(formdata=None, data=data) if data else NoticeForm()
    form.kind.choices = options((code, word.capitalize()) for code, word in uk.NOTICE_KIND.items())
    form.effect.choices = options((code, word.capitalize()) for code, word in uk.NOTICE_EFFECT.items())
    form.executor.choices = options(((str(one.id), one.title) for one in lookups.executors(session)), "не вказано")
    return form


def _aware(local: datetime) -> datetime:
    """The city's clock of a form as an aware moment."""
    return local.replace(tzinfo=KYIV)
