"""``hotline doctor``: every part of the line, looked at and told in words."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from db import audit, migrate
from db.backlog import backlog
from db.engine import RecordsDown
from hotline import health, speaking
from hotline.health import Check
from hotline.settings import Settings
from hotline.wiring import Parts, synthesiser_of


def examine(settings: Settings) -> list[Check]:
    """All checks, the most important first."""
    looks: list[Callable[[Settings], Check]] = [*_PROCESSES, health.model, synthesis, prompts]
    checks = [_looked(look, settings) for look in looks]
    if settings.data_dir.is_dir():
        checks.append(health.disk(settings))
    return checks + records_checks(settings)


_PROCESSES = (health.asterisk, health.line, health.panel, health.recogniser_runs)


def records_checks(settings: Settings) -> list[Check]:
    """The database: reachable, of this version, with an unbroken audit chain; what waits in it."""
    if not settings.database_url and not (settings.data_dir / "hotline.sqlite").exists():
        return [Check("База даних", False, "ще не створена: hotline run або hotline db upgrade")]
    try:
        if not migrate.is_current(settings.database):
            return [Check("База даних", False, "іншої версії або порожня: hotline db upgrade")]
        with Parts(settings).records() as session:
            broken = audit.verify(session)
            behind = backlog(session)
    except (RecordsDown, SQLAlchemyError, OSError) as error:
        reason = getattr(error, "orig", error)
        return [Check("База даних", False, f"недоступна ({reason}): дзвінки чекають у теці spool")]
    chain = "ланцюг цілий" if broken is None else f"запис {broken} змінено або вилучено"
    return [
        Check("База даних", True, "поточної версії"),
        Check("Журнал дій", broken is None, chain),
        Check("Черга розпізнавання", True, f"записів чекає: {behind.waiting}"),
    ]


def synthesis(settings: Settings) -> Check:
    """Something can say what nobody recorded."""
    engine = synthesiser_of(settings)
    words = engine.name if engine else "немає: кажемо лише записане; встановіть espeak-ng"
    return Check("Синтез мовлення", engine is not None, words)


def prompts(settings: Settings) -> Check:
    """The recorded pieces can be played."""
    problems = speaking.prompt_problems(settings)
    unrecorded = len(speaking.unrecorded(settings))
    words = problems[0] if problems else f"записи цілі; без запису: {unrecorded} (hotline prompts missing)"
    return Check("Голос лінії", not problems, words)


def _looked(look: Callable[[Settings], Check], settings: Settings) -> Check:
    try:
        return look(settings)
    except OSError as error:
        return Check(look.__name__, False, str(error))
