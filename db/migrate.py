"""The shape of the tables, brought up to date or back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from db.engine import engine_of, told_plainly

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the tables to ``revision``. Running it again changes nothing.

    Raises:
        RecordsDown: the database does not answer.
    """
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Take the tables back to ``revision`` (``base``: no tables). What the older shape cannot hold is gone."""
    _run(url, lambda config: command.downgrade(config, revision))


def is_current(url: str) -> bool:
    """True when nothing is left to upgrade."""
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def _run(url: str, act: Callable[[Config], None]) -> None:
    engine = engine_of(url)
    try:
        with told_plainly(), engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            act(config)
    finally:
        engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
