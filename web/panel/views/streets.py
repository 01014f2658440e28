"""The street register: everybody looks things up, administrators change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from db import lookups, street_edits, streets, uk
from db.city_time import day_of
from db.lookups import PER_PAGE, Pageful
from db.models import Executor
from db.street_edits import StreetRefused, in_use
from db.street_entries import CITY
from db.street_find import Found, find
from db.street_history import NothingToUndo
from db.street_register import RegisterStreet
from db.street_tables import HouseManager, HouseRenumbering, Settlement, Street, StreetName
from web.panel.access import me, parts
from web.panel.forms import PlainForm, options
from web.panel.paging import asked_page
from web.panel.street_forms import (
    CorrectForm,
    HouseForm,
    ManagerForm,
    NameForm,
    NewStreetForm,
    RenameForm,
    UndoForm,
    WhyForm,
)
from web.panel.street_story import steps

CHANGED = "Хтось щойно змінив цю вулицю. Подивіться, що змінилося, і повторіть, якщо треба."
Row = StreetName | HouseRenumbering | HouseManager

pages = Blueprint("streets", __name__)
Answer = Response | tuple[str, int]


class _Stale(Exception):
    """Somebody changed the street since the page was opened."""


@pages.get("/streets")
def listing() -> str:
    now, page = parts().clock(), asked_page()
    query = request.args.get("q", "").strip()[:100]
    gone = request.args.get("shown") == "gone"
    with parts().records() as session:
        known = streets.not_in_use(session, now) if gone else parts().register(session, now).streets
        if query:
            rows: list[tuple[RegisterStreet, Found | None]] = [
                (hit.street, hit) for hit in find(known, query, at_most=len(known))
            ]
        else:
            ordered = sorted(known, key=lambda one: (one.settlement != CITY, uk.alphabetical(one.name)))
            rows = [(one, None) for one in ordered]
        shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
        return render_template("streets.html", found=Pageful(shown, len(rows), page), query=query, gone=gone)


@pages.get("/streets/<row:street_id>")
def show(street_id: int) -> str:
    with parts().records() as session:
        return _page(session, _street(session, street_id))


@pages.get("/streets/new")
def new() -> str:
    with parts().records() as session:
        return render_template("street_new.html", form=_new_form(session))


@pages.post("/streets")
def add() -> Answer:
    with parts().records() as session:
        form = _new_form(session)
        problem = ""
        if form.validate():
            try:
                street = _add(session, form)
                session.commit()
                flash(f"Додано: {street.type} {street.name}.")
                return redirect(url_for("streets.show", street_id=street.id))
            except StreetRefused as refused:
                session.rollback()
                problem = str(refused)
        return render_template("street_new.html", form=form, problem=problem), 422


@pages.post("/streets/<row:street_id>/rename")
def rename(street_id: int) -> Answer:
    form = RenameForm(prefix="rename-")

    def act(session: Session, street: Street) -> None:
        _seen(street, form.version.data)
        street_edits.rename(
            session,
            street,
            form.name.data,
            kind=form.kind.data,
            since=form.since.data,
            why=form.why.data or "",
            **_who(session),
        )

    return _change(
        street_id, form, act, "Перейменовано. Стара назва стала колишньою: за нею вулицю знаходитимуть і далі."
    )


@pages.post("/streets/<row:street_id>/correct")
def correct(street_id: int) -> Answer:
    form = CorrectForm(prefix="correct-")

    def act(session: Session, street: Street) -> None:
        _seen(street, form.version.data)
        street_edits.correct(
            session, street, kind=form.kind.data, name=form.name.data, status=form.status.data, why=form.why.data or "",
            district_id=int(form.district.data) if form.district.data else None, **_who(session),
        )  # fmt: skip

    return _change(street_id, form, act, "Виправлено.")


@pages.post("/streets/<row:street_id>/names")
def add_name(street_id: int) -> Answer:
    form = NameForm(prefix="name-")

    def act(session: Session, street: Street) -> None:
        street_edits.add_name(
            session, street, form.name.data, form.kind.data, note=form.note.data or "", **_who(session)
        )

    return _change(street_id, form, act, "Назву додано.")


@pages.post("/streets/<row:street_id>/houses")
def add_house(street_id: int) -> Answer:
    form = HouseForm(prefix="house-")

    def act(session: Session, street: Street) -> None:
        street_edits.renumber(session, street, form.old.data, form.new.data, from_date=form.since.data, **_who(session))

    return _change(street_id, form, act, "Новий номер будинку внесено.")


@pages.post("/streets/<row:street_id>/managers")
def set_manager(street_id: int) -> Answer:
    form = ManagerForm(prefix="manager-")

    def act(session: Session, street: Street) -> None:
        executor = session.get_one(Executor, int(form.executor.data))
        street_edits.set_manager(session, street, form.house.data, executor, **_who(session))

    return _change(street_id, form, act, "Управителя внесено.")


@pages.post("/streets/<row:street_id>/withdraw/<what>/<row:row_id>")
def withdraw(street_id: int, what: str, row_id: int) -> Answer:
    def act(session: Session, street: Street) -> None:
        rows: dict[str, list[Row]] = {
            "name": [*street.names], "house": [*street.renumberings], "manager": [*street.managers],
        }  # fmt: skip
        row = next((one for one in rows.get(what, []) if one.id == row_id), None)
        if row is None:
            abort(404)
        street_edits.withdraw(session, row, **_who(session))

    return _change(street_id, PlainForm(), act, "Прибрано.")


@pages.post("/streets/<row:street_id>/retire")
def retire(street_id: int) -> Answer:
    form = WhyForm(prefix="retire-")

    def act(session: Session, street: Street) -> None:
        _seen(street, form.version.data)
        street_edits.retire(session, street, why=form.why.data or "", **_who(session))

    return _change(street_id, form, act, "Виведено з ужитку. Історія залишається.")


@pages.post("/streets/<row:street_id>/restore")
def restore(street_id: int) -> Answer:
    form = WhyForm(prefix="restore-")

    def act(session: Session, street: Street) -> None:
        _seen(street, form.version.data)
        street_edits.restore(session, street, why=form.why.data or "", **_who(session))

    return _change(street_id, form, act, "Повернуто до вжитку.")


@pages.post("/streets/<row:street_id>/undo")
def undo(street_id: int) -> Answer:
    form = UndoForm(prefix="undo-")

    def act(session: Session, street: Street) -> None:
        street_edits.take_back(session, street, form.change.data, **_who(session))

    return _change(street_id, form, act, "Останню зміну скасовано.")


def _change(street_id: int, form: FlaskForm, act: Callable[[Session, Street], None], done: str) -> Answer:
    """One change of a street: all of it, or the page again with what was wrong and what was typed."""
    with parts().records() as session:
        street = _street(session, street_id)
        _choices(session, form)
        if not form.validate():
            return _page(session, street, form), 422
        try:
            act(session, street)
            session.commit()
        except StreetRefused as refused:
            session.rollback()
            return _page(session, street, form, str(refused)), 422
        except (_Stale, StaleDataError, NothingToUndo):
            session.rollback()
            return _page(session, street, form, CHANGED), 409
    flash(done)
    return redirect(url_for("streets.show", street_id=street_id))


def _page(session: Session, street: Street, sent: FlaskForm | None = None, problem: str = "") -> str:
    """A street's page; the form that was sent keeps what was typed, but looks at the street as it is now."""
    now = parts().clock()
    begins: dict[type[FlaskForm], tuple[str, dict[str, Any]]] = {
        RenameForm: ("rename-", {"kind": street.type, "since": day_of(now)}),
        CorrectForm: (
            "correct-",
            {
                "kind": street.type,
                "name": street.name,
                "district": str(street.district_id or ""),
                "status": street.status,
            },
        ),
        NameForm: ("name-", {"kind": "colloquial"}),
        HouseForm: ("house-", {}),
        ManagerForm: ("manager-", {}),
        WhyForm: ("retire-" if in_use(street, now) else "restore-", {}),
    }
    forms = {}
    for kind, (prefix, data) in begins.items():
        form = sent if isinstance(sent, kind) else kind(formdata=None, prefix=prefix, data=data)
        _choices(session, form)
        if "version" in form:
            form.version.raw_data = None
            form.version.process_data(street.version)
        forms[prefix.rstrip("-")] = form
    return render_template(
        "street.html",
        street=street,
        used=in_use(street, now),
        names=[one for one in street.names if one.withdrawn_at is None],
        houses=[one for one in street.renumberings if one.withdrawn_at is None],
        managers=[one for one in street.managers if one.withdrawn_at is None],
        history=steps(street, {one.id: one.name for one in streets.districts(session)}),
        forms=forms,
        submitted=sent,
        problem=problem,
    )


def _choices(session: Session, form: FlaskForm) -> None:
    match form:
        case CorrectForm() | NewStreetForm():
            known = ((str(one.id), one.name) for one in streets.districts(session))
            form.district.choices = options(known, "не вказано")
        case ManagerForm():
            form.executor.choices = options((str(one.id), one.title) for one in lookups.executors(session))


def _new_form(session: Session) -> NewStreetForm:
    form = NewStreetForm()
    _choices(session, form)
    places = sorted(
        parts().register(session, parts().clock()).settlements,
        key=lambda one: (one.name != CITY, uk.alphabetical(one.name)),
    )
    form.settlement.choices = options((one.katottg, f"{one.type} {one.name}") for one in places)
    return form


def _add(session: Session, form: NewStreetForm) -> Street:
    return street_edits.add(
        session,
        kind=form.kind.data,
        name=form.name.data,
        settlement=session.get_one(Settlement, form.settlement.data),
        district_id=int(form.district.data) if form.district.data else None,
        why=form.why.data or "",
        **_who(session),
    )


def _street(session: Session, street_id: int) -> Street:
    street = session.get(Street, street_id)
    if street is None:
        abort(404)
    return street


def _seen(street: Street, version: int | None) -> None:
    if street.version != version:
        raise _Stale


def _who(session: Session) -> dict[str, Any]:
    return {"by": me(session), "at": parts().clock()}
