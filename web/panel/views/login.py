"""In and out."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from db import audit, users
from web.panel.access import Staff, parts
from web.panel.forms import LoginForm
from web.panel.security import FAILED_LOGINS_PER_ADDRESS, FAILED_LOGINS_PER_LOGIN, failed_login, limiter, login_name

pages = Blueprint("login", __name__)


@pages.get("/login")
def show() -> str | Response:
    if current_user.is_authenticated:
        return redirect(url_for("appeals.listing"))
    return render_template("login.html", form=LoginForm(formdata=None))


@pages.post("/login")
@limiter.limit(FAILED_LOGINS_PER_ADDRESS, deduct_when=failed_login)
@limiter.limit(FAILED_LOGINS_PER_LOGIN, key_func=login_name, deduct_when=failed_login)
def enter() -> tuple[str, int] | Response:
    form = LoginForm()
    if not form.validate():
        return render_template("login.html", form=form), 422
    now = parts().clock()
    with parts().records() as records:
        user = users.check(records, form.login.data, form.password.data)
        if user is None:
            audit.record(records, "login_refused", "panel", by=None, at=now)
            records.commit()
            problem = "Логін або пароль неправильний. Перевірте розкладку клавіатури і Caps Lock."
            return render_template("login.html", form=form, problem=problem), 401
        audit.record(records, "login", "panel", by=user, at=now)
        records.commit()
        staff = Staff.of(user)
    session.clear()  # nothing of the time before the login lives on
    session.permanent = True
    login_user(staff)
    return redirect(_local(request.args.get("next")) or url_for("appeals.listing"))


@pages.post("/logout")
def leave() -> Response:
    logout_user()
    session.clear()
    flash("Ви вийшли.")
    return redirect(url_for("login.show"))


def _local(address: str | None) -> str | None:
    """The address when it is a page of this panel: never a way to another site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    split = urlsplit(address)
    return address if not split.scheme and not split.netloc and "\\" not in address else None
