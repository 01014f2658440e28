"""Everything the line needs before its first call: folders, secrets, database, sounds, Asterisk's configuration."""

from __future__ import annotations

import os
import pwd
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from asterisk_conf import process, render
from db import migrate, seed, users
from db.models import User
from hotline import health
from hotline.settings import Settings
from hotline.system import System
from hotline.wiring import Parts

FIRST_ADMIN = "admin"
PASSWORD_BYTES = 12


class NotPossible(Exception):
    """The line cannot be set up here; the message tells the administrator what to do."""


def prepare(settings: Settings, tell: Callable[[str], None]) -> System:
    """Set up whatever is missing; quick when nothing is.

    Args:
        tell: shows one line of progress to the administrator.

    Raises:
        NotPossible: a folder cannot be made, Asterisk cannot be installed.
    """
    make_folders(settings)
    parts = Parts(settings)
    parts.secrets  # noqa: B018 - generated now, while one process runs
    try:
        prepare_records(settings, tell)
    except Exception as error:  # whoever dials is heard: the records may be down, damaged or of a newer version
        tell(f"  База недоступна ({type(error).__name__}), лінія запускається без неї: дзвінки чекають у теці spool.")
        tell("  Що з нею: hotline db check; якщо вона нова або від старішої версії: hotline db upgrade")
    tell("Asterisk")
    site = parts.site()
    if site.user:
        process.ensure_user(site.user)
    _shut_out_strangers(settings.data_dir, site.user)
    render.write(site)
    tell("Голос лінії")
    prepared = parts.voice.prepare()
    if prepared.problem:
        raise NotPossible(f"Тека звуків: {prepared.problem}")
    if prepared.unsayable:
        tell(f"  нема чим сказати: {', '.join(prepared.unsayable)}; встановіть espeak-ng")
    return System(settings, tuple(process.argv(site)))


def prepare_records(settings: Settings, tell: Callable[[str], None]) -> None:
    """Create the database or bring it to this version, with reference data and a first administrator.

    Raises:
        RecordsDown: it does not answer.
    """
    tell("База даних")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate.upgrade(settings.database)
    _first_admin(Parts(settings), health.now(), tell)


def _first_admin(parts: Parts, at: datetime, tell: Callable[[str], None]) -> None:
    """Reference data, and the first administrator; the password is shown once and kept nowhere."""
    with parts.records() as session:
        seed.seed(session)
        if session.scalars(select(User.id).limit(1)).first() is None:
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            users.create(session, FIRST_ADMIN, "Адміністратор", "admin", password, at)
            tell(f"  Створено користувача «{FIRST_ADMIN}», пароль: {password}")
            tell("  Пароль показано один раз. Змініть його в панелі.")
        session.commit()


def _shut_out_strangers(data: Path, asterisk_user: str) -> None:
    """Other users of the machine reach nothing below: records, recordings, journals. Asterisk passes through."""
    if data.stat().st_uid != os.geteuid():  # an administrator gave us the folder and answers for its rights
        return
    if asterisk_user:
        os.chown(data, -1, pwd.getpwnam(asterisk_user).pw_gid)
    data.chmod(0o750 if asterisk_user else 0o700)


def make_folders(settings: Settings) -> None:
    """Make the folders of the line that are missing.

    Raises:
        NotPossible: see there.
    """
    try:
        private = (settings.run_dir, settings.data_dir / "log")
        for folder in (settings.data_dir, settings.sounds_dir, settings.cache_dir, *private):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in private:
            folder.chmod(0o700)
    except OSError as error:
        raise NotPossible(f"Тека {error.filename} недоступна: {error.strerror}. Задайте HOTLINE_DATA_DIR.") from error
    if not os.access(settings.data_dir, os.W_OK):
        raise NotPossible(f"У теку {settings.data_dir} не можна писати. Задайте HOTLINE_DATA_DIR.")
