"""The card of an appeal: its sound and text, the form, the buttons, the history."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as AnyResponse

from db import alarms, appeals, drafts, lookups, place_lookup, uk
from db.addresses import Place
from db.appeals import MoveNotAllowed
from db.drafts import Draft
from db.models import Appeal, Executor
from web.panel import two_at_once
from web.panel.access import me, parts
from web.panel.forms import CardForm, options
from web.panel.hints import hints_of
from web.panel.news import news_of
from web.panel.statuses import SAVE, Act, acts
from web.panel.words import main_tape, when

log = structlog.get_logger()
pages = Blueprint("card", __name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was saved; the operator's own text stays in the form."""

    code: int
    text: str
    conflict: bool = False
    asks_why: bool = False


@pages.get("/appeals/<row:appeal_id>")
def show(appeal_id: int) -> str:
    with parts().records() as session:
        appeal = session.get(Appeal, appeal_id)
        if appeal is None:
            abort(404)
        return _page(session, appeal, _form(session, appeal, sent=False))


@pages.get("/appeals/<row:appeal_id>/news")
def news(appeal_id: int) -> str | Response:
    """What is being said and whether the card has changed; 204 while the page knows it all."""
    with parts().records() as session:
        appeal = session.get(Appeal, appeal_id)
        if appeal is None:
            abort(404)
        found = news_of(session, appeal, parts().clock())
        if found.stamp == request.args.get("seen"):
            return Response(status=204)
        return render_template("_news.html", appeal=appeal, news=found)


@pages.get("/appeals/streets")
def streets() -> str:
    """Streets that begin as typed, for the address; former names lead to the present one."""
    with parts().records() as session:
        register = parts().register(session, parts().clock())
    found = place_lookup.choices(register, request.args.get("street", "")[:200])
    return render_template("_streets.html", choices=found)


@pages.post("/appeals/<row:appeal_id>")
def change(appeal_id: int) -> AnyResponse | tuple[str, int]:
    """Save the card and do what the button says: both or neither."""
    with parts().records() as session:
        appeal = session.get(Appeal, appeal_id)
        if appeal is None:
            abort(404)
        form = _form(session, appeal, sent=True)
        refusal = _refused(session, appeal, form) or _carried_out(session, appeal, form)
        if refusal:
            return _page(session, appeal, form, refusal), refusal.code
    return redirect(url_for("card.show", appeal_id=appeal_id))


def _refused(session: Session, appeal: Appeal, form: CardForm) -> Refusal | None:
    if not form.validate():
        return Refusal(422, "Картку не збережено: перевірте позначені поля.")
    if form.version.data != appeal.version:
        return _conflict(session, appeal)
    act = _act(appeal, form)
    if act is None:
        return Refusal(409, "Для цього стану картки така дія вже недоступна.")
    if act.why and not form.why.data:
        return Refusal(422, f"Нічого не збережено. «{act.title}»: напишіть причину або пояснення.", asks_why=True)
    return None


def _carried_out(session: Session, appeal: Appeal, form: CardForm) -> Refusal | None:
    """Do it; on a refusal nothing of it stays."""
    try:
        told = _carry_out(session, appeal, form)
        session.commit()
    except MoveNotAllowed as error:
        session.rollback()
        return Refusal(409, f"Нічого не збережено. {error}")
    except StaleDataError:
        session.rollback()
        return _conflict(session, appeal)
    flash(told)
    return None


def _carry_out(session: Session, appeal: Appeal, form: CardForm) -> str:
    user, now, why = me(session), parts().clock(), form.why.data or ""
    appeals.edit(
        session,
        appeal,
        by=user,
        at=now,
        applicant=form.applicant.data or "",
        phone=form.phone.data or "",
        place=_place(session, form),
        text=form.text.data or "",
        category_code=form.category.data or None,
        urgency=form.urgency.data or "",
        earlier_no=form.earlier_no.data or "",
    )
    match form.act.data:
        case SAVE.code:
            return "Збережено."
        case "register":
            number = appeals.register(session, appeal, by=user, at=now)
            return f"Зареєстровано під номером {number}."
        case "forward":
            executor = _executor(session, form)
            appeals.forward(session, appeal, executor, by=user, at=now, why=why)
            return f"Передано: {executor.title}."
        case "done":
            appeals.report_done(session, appeal, form.outcome.data or "", by=user, at=now, policy=parts().policy)
            return _after_done(appeal)
    act = _act(appeal, form)
    if act is None:
        raise MoveNotAllowed("Для цього стану картки така дія вже недоступна.")
    appeals.decide(session, appeal, act.to, by=user, at=now, why=why)
    return f"Тепер: {uk.word(uk.APPEAL_STATUS, appeal.status)}."


def _place(session: Session, form: CardForm) -> Place:
    """What was typed as an address, with the street of the register that it names."""
    written = Place(form.street.data or "", form.house.data or "", form.building.data or "", form.flat.data or "")
    return place_lookup.settled(parts().register(session, parts().clock()), written)


def _after_done(appeal: Appeal) -> str:
    callback = appeal.callbacks[-1] if appeal.callbacks else None
    if appeal.status != "feedback_pending" or callback is None or callback.due_at is None:
        return f"Виконано. Зворотного дзвінка не буде: {appeal.moves[-1].why}."
    return f"Виконано. Заявнику зателефонуємо {when(callback.due_at, parts().clock())}."


def _executor(session: Session, form: CardForm) -> Executor:
    chosen = form.executor.data or ""
    executor = session.get(Executor, int(chosen)) if chosen.isascii() and chosen.isdigit() else None
    if executor is None:
        raise MoveNotAllowed("Оберіть виконавця.")
    return executor


def _act(appeal: Appeal, form: CardForm) -> Act | None:
    return next((act for act in (SAVE, *acts(appeal)) if act.code == form.act.data), None)


def _conflict(session: Session, appeal: Appeal) -> Refusal:
    session.refresh(appeal)
    session.expire(appeal, ["moves"])
    changed = lookups.last_change(session, appeal)
    by = f"{changed[0]}, {when(changed[1], parts().clock())}" if changed else "щойно"
    log.info("Two people work on one card, the second is told", appeal=appeal.id)
    return Refusal(
        409,
        f"Не збережено: поки картка була відкрита, її змінено ({by}). Ваші зміни залишилися у формі, "
        "решта полів - як зараз у картці. Перегляньте і збережіть ще раз.",
        conflict=True,
    )


def _form(session: Session, appeal: Appeal, *, sent: bool) -> CardForm:
    values = two_at_once.shown(appeal, _usual(session, drafts.draft_of(session, appeal)))
    kept = {**values, "version": appeal.version, "began": two_at_once.written(values)}
    form = CardForm(data=kept) if sent else CardForm(formdata=None, data=kept)
    form.category.choices = options(((one.code, one.title) for one in lookups.categories(session)), "оберіть")
    form.executor.choices = options(((str(one.id), one.title) for one in lookups.executors(session)), "оберіть")
    return form


def _usual(session: Session, draft: Draft) -> dict[str, int]:
    """Category -> who usually acts; for the suggested category it is whom its address suggests."""
    usual = {one.code: one.executor_id for one in lookups.categories(session) if one.executor_id}
    category, executor = (draft.suggestions.get(name, ()) for name in ("category", "executor"))
    if category and executor:
        usual[category[0].value] = next(
            (one.id for one in lookups.executors(session) if one.code == executor[0].value),
            usual.get(category[0].value, 0),
        )
    return usual


def _page(session: Session, appeal: Appeal, form: CardForm, refusal: Refusal | None = None) -> str:
    now = parts().clock()
    draft = drafts.draft_of(session, appeal)
    usual = _usual(session, draft)
    tape = main_tape(appeal.call)
    others = two_at_once.merge(form, two_at_once.shown(appeal, usual)) if refusal and refusal.conflict else {}
    return render_template(
        "card.html",
        appeal=appeal,
        form=form,
        refusal=refusal,
        others=others,
        acts=acts(appeal),
        tape=tape,
        late=appeals.overdue(appeal, now),
        usual=usual,
        titles={one.code: one.title for one in lookups.categories(session)} | uk.URGENCY,
        hints=hints_of(draft, {one.code: one.id for one in lookups.executors(session)}, tape),
        earlier=appeals.by_number(session, appeal.earlier_no),
        alarms=alarms.of_call(session, appeal.call_id),
        news=news_of(session, appeal, now),
    )
