"""Reference data a new installation starts with: categories and executors of DOMAIN 1.3, the shipped streets.

They are data, not rules: staff edit them, and running this again never touches an edit.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Category, Executor
from db.street_seed import seed_streets

EXECUTORS = {
    "energy": "ПрАТ «Волиньобленерго»",
    "water": "КП «Луцькводоканал»",
    "heat": "ДКП «Луцьктепло»",
    "light": "КП «Луцьксвітло»",
    "waste": "ЛСКАП «Луцькспецкомунтранс»",
    "gas": "Оператор газорозподільної мережі",
    "housing": "Управитель будинку",
    "transport": "Управління транспорту та зв'язку",
    "roads": "Департамент житлово-комунального господарства",
    "starosta": "Староста Прилуцького округу",
    "police": "Департамент муніципальної варти",
    "other": "Відповідальна служба",
}
"""Code (catalogue key after ``body.``) and title."""

URGENT_H, ACCIDENT_H, ORDINARY_H, MONTH_H = 2, 24, 7 * 24, 30 * 24
"""Deadline classes E1, E2, N1, L30 of DOMAIN 3.2."""

CATEGORIES = {
    "ELEC": ("Електропостачання", "energy", URGENT_H),
    "WATER": ("Холодна вода", "water", URGENT_H),
    "SEWER": ("Каналізація", "water", ACCIDENT_H),
    "HEAT": ("Опалення", "heat", ACCIDENT_H),
    "HOTW": ("Гаряча вода", "heat", ACCIDENT_H),
    "GAS": ("Газопостачання", "gas", URGENT_H),
    "LIFT": ("Ліфти", "housing", ACCIDENT_H),
    "HOUSE": ("Житловий фонд", "housing", ORDINARY_H),
    "YARD": ("Прибудинкова територія, благоустрій", "housing", ORDINARY_H),
    "WASTE": ("Сміття", "waste", ORDINARY_H),
    "ROAD": ("Дороги, тротуари, зимове утримання", "roads", ORDINARY_H),
    "LIGHT": ("Зовнішнє освітлення", "light", ORDINARY_H),
    "TRANS": ("Транспорт", "transport", ORDINARY_H),
    "ORDER": ("Порушення благоустрою, паркування", "police", ORDINARY_H),
    "NOISE": ("Шум", "police", ORDINARY_H),
    "ANIM": ("Безпритульні тварини", "other", ORDINARY_H),
    "ECO": ("Запах, довкілля", "other", ORDINARY_H),
    "SHELT": ("Укриття", "police", ACCIDENT_H),
    "SOC": ("Довідки, пільги, субсидії, допомога", "other", MONTH_H),
    "VILL": ("Старостинські округи", "starosta", ORDINARY_H),
    "OTHER": ("Інше", "other", ORDINARY_H),
}
"""Code: title, usual executor, hours to finish."""


def seed(session: Session) -> None:
    """Add what is missing; may run at every start."""
    executors = {executor.code: executor for executor in session.scalars(select(Executor))}
    for code, title in EXECUTORS.items():
        if code not in executors:
            executors[code] = Executor(code=code, title=title)
            session.add(executors[code])
    known = set(session.scalars(select(Category.code)))
    for code, (title, executor, hours) in CATEGORIES.items():
        if code not in known:
            session.add(Category(code=code, title=title, executor=executors[executor], finish_hours=hours))
    seed_streets(session)
    session.flush()
