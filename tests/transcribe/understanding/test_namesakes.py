"""People who bear the name of a street are no address; a street beside people is one."""

from __future__ import annotations

import pytest

from tests.transcribe.understanding.places import noted


@pytest.mark.parametrize(
    "text",
    [
        "коли приймає лікарка павлова бо в реєстратурі трубку не беруть",
        "наш депутат гордіюк обіцяв майданчик до дня дітей",
        "я вже й до шевченка ходила той наш депутат усе записує",
        "голосували за кравчука а він і лампочку вкрутити не може",
        "зверталася до кравчука в жек він обіцяв приїхати",
        "бабушка моя до аптеки вийти не може бо лід на сходах",
    ],
)
def test_a_person_who_is_called_as_a_street_is_no_place(text: str) -> None:
    assert noted(text) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("сусідка шевченка вісім не закриває воду", ["Шевченка 8"]),
        ("дзвонила мешканка шевченка вісім", ["Шевченка 8"]),
        ("Голова ОСББ турбує. Шевченка, 8: мешканець перекрив стояк.", ["Шевченка 8"]),
        ("люди з шевченка вже писали немає води", ["Шевченка"]),
        ("автобус до шевченка не доїжджає", ["Шевченка"]),
        ("ходила до кравчука вісім там темно", ["Кравчука 8"]),
    ],
)
def test_a_street_beside_people_is_one(text: str, places: list[str]) -> None:
    assert noted(text) == places
