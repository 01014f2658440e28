"""One screen of help: keys and what each status means."""

from __future__ import annotations

from flask import Blueprint, render_template

pages = Blueprint("help", __name__)

MEANINGS = (
    ("new_recording", "Хтось щойно залишив повідомлення, тексту ще немає."),
    ("draft", "Текст розпізнано. Вирішує людина: перевірте і зареєструйте."),
    ("registered", "Має номер. Ще не передано виконавцю."),
    ("forwarded", "Передано виконавцю, термін іде."),
    ("accepted", "Виконавець підтвердив, що отримав."),
    ("in_progress", "Виконавець працює."),
    ("feedback_pending", "Виконавець звітував; лінія телефонує заявнику і питає, чи виконано."),
    ("closed_confirmed", "Заявник підтвердив: виконано."),
    ("closed_unreachable", "Заявника спитати не вдалося або не можна."),
    ("returned", "Заявник каже «не виконано» або «частково»: передайте знову."),
    ("consultation", "Досить було пояснити; передавати нікому."),
    ("duplicate", "Те саме вже зареєстровано."),
    ("not_ours_forwarded", "Переслано тому, хто вирішує (до 5 днів)."),
    ("emergency_transferred", "Загроза життю: передано 101–104 або 112."),
    ("rejected", "Порожній або хуліганський запис. Можна повернути в чернетки."),
)
"""Status -> what it means for the operator."""


@pages.get("/help")
def show() -> str:
    return render_template("help.html", meanings=MEANINGS)
