"""``hotline users``: the staff of the panel."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import users
from db.models import User
from hotline import health
from hotline.prepare import PASSWORD_BYTES
from hotline.settings import Settings
from hotline.wiring import Parts

ROLES = {"operator": "оператор", "admin": "адміністратор"}


class NoSuchUser(Exception):
    """The administrator mistyped a login."""


def add(settings: Settings, login: str, name: str, role: str) -> str:
    """Create a user; returns the generated password.

    Raises:
        UserRefused: the login is taken or unusable.
    """
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with Parts(settings).records() as session:
        users.create(session, login, name, role, password, health.now())
        session.commit()
    return password


def new_password(settings: Settings, login: str) -> str:
    """Give a user a new generated password; open sessions end.

    Raises:
        NoSuchUser: no user has this login.
    """
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with Parts(settings).records() as session:
        users.set_password(session, _user(session, login), password, by=None, at=health.now())
        session.commit()
    return password


def off(settings: Settings, login: str) -> None:
    """Switch a user off.

    Raises:
        NoSuchUser: no user has this login.
    """
    with Parts(settings).records() as session:
        users.deactivate(session, _user(session, login), by=None, at=health.now())
        session.commit()


def listing(settings: Settings) -> Iterator[str]:
    """A line for each user."""
    with Parts(settings).records() as session:
        for user in session.scalars(select(User).order_by(User.login)):
            yield f"{user.login}: {user.name}, {ROLES[user.role]}{'' if user.active else ', вимкнено'}"


def _user(session: Session, login: str) -> User:
    user = session.scalar(select(User).where(User.login == login.strip().lower()))
    if user is None:
        raise NoSuchUser(f"немає користувача «{login}»")
    return user
