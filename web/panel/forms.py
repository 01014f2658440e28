"""The forms of the panel. Limits follow the columns of the records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Field,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from db import uk
from db.users import MIN_PASSWORD
from web.panel.places import UnreadablePlace, read_places

MAX_TEXT = 10_000
REQUIRED = "Заповніть це поле."
DATE_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


def options(known: Iterable[tuple[str, str]], empty: str = "") -> list[SelectChoice]:
    """What a list offers: codes and what people read; first ``empty``, which is no code, if it is said."""
    none = [SelectChoice("", empty)] if empty else []
    return [*none, *(SelectChoice(code, title) for code, title in known)]


def _at_most(limit: int) -> Length:
    return Length(max=limit, message=f"Не більше {limit} знаків.")


def _trimmed(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class StaffForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form whose own complaints («Not a valid choice») are in Ukrainian too."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types
        locales = ("uk",)


class LoginForm(StaffForm):
    login = StringField("Логін", [DataRequired(REQUIRED), _at_most(60)], filters=[_trimmed])
    password = PasswordField("Пароль", [DataRequired(REQUIRED), _at_most(200)])


class PasswordForm(StaffForm):
    current = PasswordField("Теперішній пароль", [DataRequired(REQUIRED), _at_most(200)])
    new = PasswordField(
        "Новий пароль",
        [DataRequired(REQUIRED), Length(min=MIN_PASSWORD, max=200, message=f"Щонайменше {MIN_PASSWORD} знаків.")],
    )
    again = PasswordField("Новий пароль ще раз", [DataRequired(REQUIRED), _at_most(200)])

    def validate_again(self, field: Field) -> None:
        if field.data != self.new.data:
            raise ValidationError("Паролі не збігаються.")


class CardForm(StaffForm):
    """The whole card; ``act`` says which button was pressed, ``version`` and ``began`` which state of it was seen."""

    version = IntegerField(validators=[InputRequired(REQUIRED)])
    began = StringField(validators=[_at_most(3 * MAX_TEXT)])
    applicant = StringField("Прізвище та ім'я", [_at_most(200)], filters=[_trimmed])
    phone = StringField("Телефон", [_at_most(32)], filters=[_trimmed])
    street = StringField("Адреса: вулиця або місце", [_at_most(200)], filters=[_trimmed])
    house = StringField("Будинок", [_at_most(20)], filters=[_trimmed])
    building = StringField("Корпус, під'їзд", [_at_most(60)], filters=[_trimmed])
    flat = StringField("Квартира", [_at_most(20)], filters=[_trimmed])
    text = TextAreaField("Суть звернення", [_at_most(MAX_TEXT)], filters=[_trimmed])
    category = SelectField("Категорія", validators=[Optional()])
    urgency = SelectField("Терміновість", choices=options(uk.URGENCY.items(), "не вказано"), validators=[Optional()])
    earlier_no = StringField("Попереднє звернення", [_at_most(24)], filters=[_trimmed])
    executor = SelectField("Виконавець", validators=[Optional()])
    outcome = TextAreaField("Що зроблено (зі слів виконавця)", [_at_most(2000)], filters=[_trimmed])
    why = TextAreaField("Причина або пояснення", [_at_most(1000)], filters=[_trimmed])
    act = StringField(validators=[InputRequired(REQUIRED), _at_most(40)])


class CorrectionForm(StaffForm):
    """Words ``first``..``last`` (counted from 0) are to read as ``text``."""

    first = IntegerField(validators=[InputRequired(REQUIRED)])
    last = IntegerField(validators=[InputRequired(REQUIRED)])
    text = StringField(validators=[_at_most(300)], filters=[_trimmed])


class NoticeForm(StaffForm):
    """Times are the city's clock."""

    kind = SelectField("Вид")
    effect = SelectField("Що сталося")
    city_wide = BooleanField("Для всього міста (почує кожен, хто телефонує)")
    places = TextAreaField("Вулиці та будинки", [_at_most(4000)])
    starts_at = DateTimeLocalField("Початок", [InputRequired("Вкажіть дату і час.")], format=DATE_FORMATS)
    ends_at = DateTimeLocalField("Коли відновлять", [Optional()], format=DATE_FORMATS)
    ends_firm = BooleanField("Час точний (інакше скажемо «орієнтовно»)")
    play_until = DateTimeLocalField("Озвучувати до", [InputRequired("Вкажіть дату і час.")], format=DATE_FORMATS)
    remark = StringField("Примітка, яку почують люди", [_at_most(300)], filters=[_trimmed])
    executor = SelectField("Хто повідомив", validators=[Optional()])

    def validate_places(self, field: Field) -> None:
        try:
            places = read_places(field.data or "")
        except UnreadablePlace as error:
            raise ValidationError(str(error)) from error
        if not places and not self.city_wide.data:
            raise ValidationError("Вкажіть хоча б одну вулицю або позначте «Для всього міста».")

    def validate_ends_at(self, field: Field) -> None:
        if field.data and self.starts_at.data and field.data <= self.starts_at.data:
            raise ValidationError("Закінчення має бути пізніше за початок.")

    def validate_play_until(self, field: Field) -> None:
        if field.data and self.starts_at.data and field.data <= self.starts_at.data:
            raise ValidationError("Озвучення має закінчуватися пізніше за початок.")


class PlainForm(StaffForm):
    """A button: nothing but the CSRF token."""
