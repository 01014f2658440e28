"""One's own password."""

from __future__ import annotations

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, session, url_for
from flask_login import current_user, logout_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as AnyResponse

from db import users
from web.panel.access import me, parts
from web.panel.forms import PasswordForm
from web.panel.security import FAILED_LOGINS_PER_ADDRESS, limiter

pages = Blueprint("account", __name__)


@pages.get("/account")
def show() -> str:
    return render_template("account.html", form=PasswordForm(formdata=None))


@pages.post("/account")
@limiter.limit(FAILED_LOGINS_PER_ADDRESS)
def change_password() -> tuple[str, int] | AnyResponse:
    """Every session of this person ends, this one too: whoever knows the new password logs in again."""
    form = PasswordForm()
    if not form.validate():
        return render_template("account.html", form=form), 422
    with parts().records() as records:
        if users.check(records, current_user.login, form.current.data) is None:
            form.current.errors = [*form.current.errors, "Теперішній пароль неправильний."]
            return render_template("account.html", form=form), 422
        user = me(records)
        users.set_password(records, user, form.new.data, by=user, at=parts().clock())
        records.commit()
    logout_user()
    session.clear()
    flash("Пароль змінено. Увійдіть із новим паролем.")
    return redirect(url_for("login.show"))


@pages.get("/account/token")
def token() -> Response:
    """A token for a form that has been open for long: who logged in again meanwhile need not type it anew."""
    return jsonify(token=generate_csrf())
