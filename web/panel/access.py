"""Who may see what: every page needs a login unless it stands on the short list below."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from db import users
from db.models import User
from web.panel.parts import PanelParts

OPEN_PAGES = frozenset({"login.show", "login.enter", "static", "health.show"})
ADMIN_PAGES = frozenset(
    {
        "audit.listing",
        "streets.new",
        "streets.add",
        "streets.rename",
        "streets.correct",
        "streets.add_name",
        "streets.add_house",
        "streets.set_manager",
        "streets.withdraw",
        "streets.retire",
        "streets.restore",
        "streets.undo",
    }
)


@dataclass(frozen=True, slots=True)
class Staff(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """The logged-in member of staff, as known when the request began."""

    id: int
    login: str
    name: str
    role: str
    session_key: str

    @classmethod
    def of(cls, user: User) -> Staff:
        return cls(user.id, user.login, user.name, user.role, user.session_key)

    def get_id(self) -> str:
        """The session's claim. It carries the session key, so a changed password ends the session."""
        return f"{self.id}:{self.session_key}"

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"


def parts() -> PanelParts:
    """What this panel was created with."""
    found: PanelParts = current_app.extensions["panel"]
    return found


def me(session: Session) -> User:
    """The row of whoever makes this request, for moves and audit entries."""
    return session.get_one(User, current_user.id)


def guard(app: Flask) -> None:
    """Deny by default; call it before the routes are added."""
    # The pages get ``staff`` from the panel itself: a page about broken records must not ask the records who reads it.
    manager = LoginManager(app, add_context_processor=False)
    manager.user_loader(_who)
    app.before_request(_only_staff)


def _who(claim: str) -> Staff | None:
    number, _, key = claim.partition(":")
    if not number.isascii() or not number.isdigit():
        return None
    with parts().records() as session:
        user = users.by_session(session, int(number), key)
        return Staff.of(user) if user else None


def _only_staff() -> AnyResponse | None:
    if request.endpoint in OPEN_PAGES:
        return None
    if not current_user.is_authenticated:
        return to_login()
    if request.endpoint in ADMIN_PAGES and not current_user.is_admin:
        abort(403)
    return None


def to_login() -> AnyResponse:
    """Where somebody is sent who is not logged in (any more)."""
    if request.headers.get("HX-Request"):
        # A part of a page that refreshes itself: the page decides, somebody may be writing on it.
        return Response(status=401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("login.show", next=wanted if wanted != "/" else None))
