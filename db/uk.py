"""Ukrainian words for the codes of the records: what staff read on the screen and on paper."""

from __future__ import annotations

APPEAL_STATUS = {
    "new_recording": "новий запис",
    "draft": "чернетка",
    "registered": "зареєстровано",
    "forwarded": "передано виконавцю",
    "accepted": "прийнято виконавцем",
    "in_progress": "в роботі",
    "done_reported": "виконавець звітував",
    "feedback_pending": "очікує зворотного дзвінка",
    "closed_confirmed": "закрито, підтверджено",
    "closed_unreachable": "закрито без підтвердження",
    "returned": "на доопрацюванні",
    "consultation": "надано роз'яснення",
    "duplicate": "дублікат",
    "not_ours_forwarded": "не наша компетенція, переслано",
    "emergency_transferred": "передано екстреним службам",
    "rejected": "відхилено",
}

CALL_RESULT = {
    "completed": "завершено",
    "hung_up": "заявник поклав слухавку",
    "failed": "збій лінії",
    "lost": "обірвано збоєм",
}
CALL_RUNNING = "триває"
BY_DIALPLAN = "прийнято резервним записом"
DIRECTION = {"in": "вхідний", "out": "вихідний"}

RECORDING_STATE = {
    "growing": "записується",
    "followed": "розпізнається наживо",
    "waiting": "чекає на розпізнавання",
    "taken": "розпізнається",
    "recognised": "розпізнано",
    "no_speech": "мовлення не виявлено",
    "doubtful": "розпізнано ненадійно",
    "unusable": "файл не відтворюється",
}

CALL_KIND = {
    "appeal": "звернення",
    "consultation": "консультація",
    "thanks": "подяка",
    "emergency": "небезпека для життя",
    "abuse": "лайка без змісту",
    "none": "нічого не сказано",
}
URGENCY = {
    "E0": "загроза життю",
    "E1": "аварія, терміново",
    "E2": "аварія",
    "N1": "звичайне",
}
"""Classes of DOMAIN 3.2."""

ENDED_BY = {
    "hangup": "поклав слухавку",
    "key": "натиснув решітку",
    "silence": "замовк",
    "limit": "вичерпано час запису",
    "line_lost": "зв'язок обірвався",
}

RECORDING_NAME = {"appeal": "звернення", "address": "адреса", "feedback_comment": "коментар заявника"}

NOTICE_KIND = {
    "planned": "планові роботи",
    "emergency": "аварія",
    "schedule": "графік погодинних відключень",
    "cascade": "через відсутність електропостачання",
}
NOTICE_EFFECT = {
    "no_power": "немає електропостачання",
    "no_cold_water": "немає холодної води",
    "no_hot_water": "немає гарячої води",
    "no_water": "немає води",
    "low_pressure": "понижений тиск води",
    "no_heating": "немає опалення",
    "no_gas": "немає газопостачання",
    "lift": "не працює ліфт",
    "no_street_light": "немає вуличного освітлення",
    "road_closed": "перекрито рух транспорту",
    "transport": "зміни в русі громадського транспорту",
    "interruptions": "можливі перебої",
    "works": "тривають ремонтні роботи",
    "restored": "послугу відновлено",
}
NOTICE_STATUS = {
    "draft": "чернетка",
    "active": "чинне",
    "restored": "відновлено",
    "cancelled": "скасовано",
    "expired": "строк минув",
}

CALLBACK_STATUS = {
    "scheduled": "заплановано",
    "calling": "телефонуємо",
    "done": "відбувся",
    "gave_up": "не додзвонилися",
    "cancelled": "скасовано",
}
CALLBACK_RESULT = {
    "completed": "відповів на запитання",
    "partial": "відповів частково",
    "refused": "не погодився відповідати",
    "opted_out": "просив більше не телефонувати",
    "unreachable": "не додзвонилися",
}
FEEDBACK_DONE = {"yes": "виконано", "partly": "виконано частково", "no": "не виконано"}
ATTEMPT_RESULT = {
    "answered": "відповів",
    "busy": "зайнято",
    "no_answer": "не відповів",
    "failed": "збій дзвінка",
    "no_consent": "поклав слухавку до згоди",
    "abandoned": "обірвано збоєм",
}

STREET_STATUS = {
    "in_use": "чинна",
    "decided": "перейменовано рішенням",
    "in_use_then": "була чинна на дату джерела",
    "inferred": "виведено з публікацій",
    "conflict": "джерела суперечать",
    "proposed": "обговорювалося перейменування",
    "old": "назва, ймовірно, застаріла",
}
"""How sure the present name of a street is."""
STREET_NAME_KIND = {
    "former": "колишня",
    "colloquial": "розмовна",
    "spoken": "як вимовляють",
    "proposed": "пропонована",
}
STREET_WHAT = {
    "added": "додано",
    "imported": "додано з файла",
    "updated": "доповнено з файла",
    "renamed": "перейменовано",
    "corrected": "виправлено",
    "retired": "виведено з ужитку",
    "restored": "повернуто до вжитку",
    "name_added": "додано назву",
    "name_withdrawn": "прибрано назву",
    "house_renumbered": "змінено номер будинку",
    "house_withdrawn": "прибрано зміну номера",
    "manager_set": "вказано управителя",
    "manager_withdrawn": "прибрано управителя",
    "undone": "скасовано зміну",
}
STREET_OUTCOME = {
    "added": "додано",
    "renamed": "перейменовано",
    "changed": "доповнено",
    "retired": "виведено з ужитку",
    "unchanged": "без змін",
    "refused": "не прийнято",
}
"""What becomes of a line of a file."""

ROLE = {"operator": "оператор", "admin": "адміністратор"}
AUDIT_WHAT = {
    "login": "вхід",
    "login_refused": "відмова у вході",
    "logout": "вихід",
    "listened": "прослухано запис",
    "moved": "змінено статус",
    "edited": "змінено картку",
    "corrected": "виправлено розпізнаний текст",
    "alarm_taken": "взято тривогу",
    "examples_exported": "вивантажено приклади для навчання",
    "notice_entered": "внесено повідомлення",
    "notice_closed": "закрито повідомлення",
    "user_created": "створено користувача",
    "user_deactivated": "вимкнено користувача",
    "password_changed": "змінено пароль",
    "street_added": "додано вулицю",
    "street_changed": "змінено вулицю",
    "streets_imported": "завантажено вулиці з файла",
}


ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


def alphabetical(text: str) -> list[int]:
    """A key for sorting: databases sort Ukrainian by code points, which puts «Інше» before «Автобуси»."""
    return [ALPHABET.find(letter) for letter in text.casefold()]


def word(words: dict[str, str], code: str | None) -> str:
    """The word of a code; the code itself for one that has no word, "" for None."""
    return "" if code is None else words.get(code, code)
