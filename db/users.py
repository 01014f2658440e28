"""Members of staff: who may come in."""

from __future__ import annotations

import secrets
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import audit
from db.models import User

ROLES = frozenset({"operator", "admin"})
MIN_PASSWORD = 10
"""Characters. Long beats complicated (NIST SP 800-63B); logins are rate-limited besides."""

_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_hex())
"""Verified for unknown logins, so that they take as long as known ones."""


class UserRefused(Exception):
    """An administrator chose a login that is taken, a role that does not exist, or a short password (in Ukrainian)."""


def create(session: Session, login: str, name: str, role: str, password: str, at: datetime) -> User:  # noqa: PLR0917 - the facts of a user in the order of a form
    """A new member of staff. Logins do not tell capitals from small letters.

    Raises:
        UserRefused: see there.
    """
    login = _plain(login)
    if not login or not name.strip():
        raise UserRefused("Вкажіть логін та ім'я.")
    if role not in ROLES:
        raise UserRefused(f"Немає такої ролі: {role}.")
    if session.scalar(select(User.id).where(User.login == login)) is not None:
        raise UserRefused(f"Логін «{login}» уже зайнято.")
    user = User(
        login=login,
        name=name.strip(),
        role=role,
        password_hash=_hash(password),
        session_key=secrets.token_hex(32),
        created_at=at,
    )
    session.add(user)
    session.flush()
    audit.record(session, "user_created", f"user {user.id}", by=None, at=at, details=role)
    return user


def check(session: Session, login: str, password: str) -> User | None:
    """The user whose password this is; None for a wrong one, an unknown login, or one who left.

    Every answer costs one password verification. A hash of older settings is renewed.
    """
    user = session.scalar(select(User).where(User.login == _plain(login)))
    try:
        _hasher.verify(user.password_hash if user else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return None
    if user is None or not user.active:
        return None
    if _hasher.check_needs_rehash(user.password_hash):
        user.password_hash = _hasher.hash(password)
    return user


def set_password(session: Session, user: User, password: str, *, by: User | None, at: datetime) -> None:
    """A new password; every open session of this user ends.

    Raises:
        UserRefused: too short.
    """
    user.password_hash = _hash(password)
    _end_sessions(user)
    audit.record(session, "password_changed", f"user {user.id}", by=by, at=at)


def deactivate(session: Session, user: User, *, by: User | None, at: datetime) -> None:
    """The user left: no login any more, open sessions end, the name stays under what was done."""
    user.active = False
    _end_sessions(user)
    audit.record(session, "user_deactivated", f"user {user.id}", by=by, at=at)


def by_session(session: Session, user_id: int, key: str) -> User | None:
    """The user of an open browser session; None when it was ended since."""
    user = session.get(User, user_id)
    if user is None or not user.active or not secrets.compare_digest(user.session_key.encode(), key.encode()):
        return None
    return user


def _end_sessions(user: User) -> None:
    user.session_key = secrets.token_hex(32)


def _hash(password: str) -> str:
    if len(password) < MIN_PASSWORD:
        raise UserRefused(f"Пароль має містити щонайменше {MIN_PASSWORD} символів.")
    return _hasher.hash(password)


def _plain(login: str) -> str:
    return login.strip().lower()
