"""The forms of a street's page; limits follow the columns of the records."""

from __future__ import annotations

from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from db import uk
from db.street_words import MAX_NAME, TYPES
from web.panel.forms import REQUIRED, StaffForm, options

KINDS = options((kind, kind) for kind in TYPES)
OTHER_KINDS = options((code, word.capitalize()) for code, word in uk.STREET_NAME_KIND.items())
STATUSES = options(uk.STREET_STATUS.items())
DAY = "Вкажіть день."


def _at_most(limit: int) -> Length:
    return Length(max=limit, message=f"Не більше {limit} знаків.")


class NewStreetForm(StaffForm):
    kind = SelectField("Тип", choices=KINDS)
    name = StringField("Назва", [DataRequired(REQUIRED), _at_most(MAX_NAME)])
    settlement = SelectField("Населений пункт")
    district = SelectField("Мікрорайон", validators=[Optional()])
    why = StringField("Підстава", [_at_most(500)])


class RenameForm(StaffForm):
    """``version``: which state of the street was seen."""

    version = IntegerField(validators=[InputRequired(REQUIRED)])
    kind = SelectField("Тип", choices=KINDS)
    name = StringField("Нова назва", [DataRequired(REQUIRED), _at_most(MAX_NAME)])
    since = DateField("Перший день нової назви", [InputRequired(DAY)])
    why = StringField("Підстава (рішення, номер)", [_at_most(500)])


class CorrectForm(StaffForm):
    """``version``: which state of the street was seen."""

    version = IntegerField(validators=[InputRequired(REQUIRED)])
    kind = SelectField("Тип", choices=KINDS)
    name = StringField("Назва", [DataRequired(REQUIRED), _at_most(MAX_NAME)])
    district = SelectField("Мікрорайон", validators=[Optional()])
    status = SelectField("Наскільки певна", choices=STATUSES)
    why = StringField("Пояснення", [_at_most(500)])


class NameForm(StaffForm):
    name = StringField("Назва", [DataRequired(REQUIRED), _at_most(MAX_NAME)])
    kind = SelectField("Яка це назва", choices=OTHER_KINDS)
    note = StringField("Примітка (наприклад: верхня частина)", [_at_most(120)])


class HouseForm(StaffForm):
    old = StringField("Старий номер", [DataRequired(REQUIRED), _at_most(20)])
    new = StringField("Новий номер", [DataRequired(REQUIRED), _at_most(20)])
    since = DateField("Діє з", [Optional()])


class ManagerForm(StaffForm):
    house = StringField("Будинок", [DataRequired(REQUIRED), _at_most(20)])
    executor = SelectField("Управитель")


class WhyForm(StaffForm):
    """Out of use, or in use again; ``version``: which state of the street was seen."""

    version = IntegerField(validators=[InputRequired(REQUIRED)])
    why = StringField("Підстава", [_at_most(500)])


class UndoForm(StaffForm):
    """``change``: the change that was seen as the newest one."""

    change = IntegerField(validators=[InputRequired(REQUIRED)])
