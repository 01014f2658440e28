"""How the statuses of appeals become tabs of the list and buttons of the card."""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.appeal_moves import ALLOWED_MOVES, SIDE_EXITS
from db.models import Appeal


@dataclass(frozen=True, slots=True)
class Tab:
    """A list of the appeals in one status; ``key`` "" means all. ``always``: shown also when empty."""

    key: str
    title: str
    always: bool = False


ALL = Tab("", "Усі", always=True)
OVERDUE = Tab("overdue", "Прострочені", always=True)
TABS = (
    ALL,
    Tab("new_recording", "Нові записи", always=True),
    Tab("draft", "Чернетки", always=True),
    Tab("registered", "Зареєстровані", always=True),
    Tab("forwarded", "Передані", always=True),
    Tab("accepted", "Прийняті"),
    Tab("in_progress", "В роботі"),
    Tab("returned", "На доопрацюванні"),
    OVERDUE,
    Tab("done_reported", "Виконавець звітував"),
    Tab("feedback_pending", "Чекають дзвінка"),
    Tab("closed_confirmed", "Підтверджені"),
    Tab("closed_unreachable", "Без підтвердження"),
    Tab("consultation", "Роз'яснення"),
    Tab("duplicate", "Дублікати"),
    Tab("not_ours_forwarded", "Не наші"),
    Tab("emergency_transferred", "Передані 112"),
    Tab("rejected", "Відхилені"),
)


def tab_of(key: str) -> Tab:
    """The tab of the address; «Усі» for an unknown key."""
    return next((tab for tab in TABS if tab.key == key), ALL)


@dataclass(frozen=True, slots=True)
class Act:
    """A button of the card. ``code`` comes back as ``act`` of the form; ``why``: a reason is obligatory."""

    code: str
    title: str
    to: str
    main: bool = False
    why: bool = False


SAVE = Act("save", "Зберегти", "")
ACTS = (
    Act("register", "Зареєструвати", "registered", main=True),
    Act("forward", "Передати виконавцю", "forwarded", main=True),
    Act("accepted", "Виконавець прийняв", "accepted"),
    Act("in_progress", "Взято в роботу", "in_progress"),
    Act("done", "Виконано", "done_reported"),
    Act("consultation", "Надано роз'яснення", "consultation", why=True),
    Act("duplicate", "Дублікат", "duplicate", why=True),
    Act("not_ours_forwarded", "Не наша компетенція", "not_ours_forwarded", why=True),
    Act("emergency_transferred", "Передано 112", "emergency_transferred", why=True),
    Act("rejected", "Відхилити", "rejected", why=True),
    Act("returned", "Повернути на доопрацювання", "returned", why=True),
    Act("draft", "Повернути в чернетки", "draft"),
    Act("undo_registered", "Повернути в зареєстровані", "registered"),
)
"""Every button there is; which of them a card shows is decided by :data:`db.appeal_moves.ALLOWED_MOVES`."""

AGAIN = Act("forward", "Передати іншому виконавцю", "forwarded")
WITH_EXECUTOR_NOW = frozenset({"forwarded", "accepted", "in_progress"})
"""Here the work is under way: «Виконано» is the likely next step, another executor is the exception."""

BY_FEEDBACK_ONLY = frozenset({"feedback_pending"})
"""Here the feedback call decides; an operator who moved the card would leave that call behind."""


def acts(appeal: Appeal) -> list[Act]:
    """The buttons of a card in its present status, without «Зберегти»."""
    if appeal.status in BY_FEEDBACK_ONLY:
        return []
    fitting = [act for act in ACTS if _fits(act, appeal)]
    if appeal.status in WITH_EXECUTOR_NOW:
        fitting = [AGAIN if act.code == AGAIN.code else replace(act, main=act.code == "done") for act in fitting]
    return fitting


def _fits(act: Act, appeal: Appeal) -> bool:
    if act.to not in ALLOWED_MOVES.get(appeal.status, frozenset()):
        return False
    numbered = appeal.public_no is not None
    if act.to == "draft":
        # A recording becomes a draft by itself; the button takes back a slip.
        return not numbered and appeal.status in SIDE_EXITS
    if act.to == "registered":
        return (act.code == "undo_registered") == numbered
    return True
