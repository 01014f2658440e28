"""Telephone numbers and numbers of earlier appeals that the message names.

A number stands for one thing: what was a telephone is no appeal number, and whoever looks for houses leaves out the
spans found here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from db.receipts import DIGITS as RECEIPT_DIGITS
from db.receipts import is_receipt
from transcribe.understanding.facts import Said, Span
from transcribe.understanding.lemmas import analyser
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.phone_numbers import HESITATIONS_IN_NUMBERS, read_phone
from transcribe.understanding.tokens import Token

_LINE = (15, 80)
"""The name of the line, with which public numbers begin: ``15-80/2026/000123``."""
_NUMBER_DIGITS = 6
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_PARTS = frozenset("дріб дробь слеш слэш тире дефіс риска риску скісна за через на рік року роки номер".split())
"""What is said between the parts of a public number, also «двадцять шостий рік номер сто двадцять»."""
_SIGNS = 3
_CENTURY = 20
"""«двадцять двадцять шість» is the year 2026."""
_ANNOUNCE_PHONE = (
    "телефон",
    "тел",
    "мобільн",
    "дзвон",
    "дзвін",
    "передзвон",
    "зателефон",
    "набер",
    "контактн",
    "домашн",
)
_PHONE_WINDOW = 3
_APPEAL = ("звернен", "заявк", "заяв", "скарг", "квитанц", "реєстрац", "реєстраційн", "талон", "номерок", "номерк")
_SLIPS = ("квиток", "квитк", "квитанц", "талон", "чек", "папір", "листоч", "картоньк")
"""What an appeal's number is written on; «квитанція дві тисячі» is money, so «номер» must stand beside it."""
_NUMBER = frozenset(
    "номер номера номери номером номеру під за був була такий такі мій мого моєї моє мої минулого разу".split()
)
"""Words between «заявка» and its number."""
_NUMBER_WINDOW = 6
_LISTED = frozenset("записані записала записав такі дали заявок звернень".split())
_LIST = frozenset("і й та".split())
_TOLD_NUMBER = re.compile(
    r"^(?:(?:на|за|по|ви|у|до)?писа[лв]|пода[лв]|подава[лв]|звертав|звертал|звернув|звернул|дзвони[лв]|телефонува"
    r"|зареєстр|реєстр|залиша[лв]|залиши[лв]|да[лв]|видал|видав|сказа[лв]|каза[лв]|назва[лв]|присво|отрима[лв]"
    r"|продикту|запис|раз$|вхідн|попередн|минул|старий|є$|маю$|мала$|мав$|вашим?$|нашої$|нашого$|ось$)"
)
"""Before «номер»: «писала, номер сімсот сорок один», «перший раз номер ...», «мені дали номер ...»."""
_APPEALED = re.compile(rf"^(?:{'|'.join(_APPEAL)}|звертал|звертав|звернул|звернув|писа[лв]|пода[лв]|подава[лв])")
_TOLD_WINDOW = 6
"""Words before «номер» among which the appeal is named."""
_DAY = re.compile(
    r"^(?:січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|року|раз|разу|тижня"
    r"|понеділ|вівтор|серед[уи]|четвер|п'ятниц|субот|неділ)"
)
_TO_A_NUMBER = frozenset("на в у по".split())
_FILLERS = frozenset(
    "мені нам вам ви я ми тоді був було такий такі вже ще під мій моя цей той й і ось то це сам".split()
)
_COUNTED = ("день дні днів тиждень тижні тижнів місяц рок рік раз год хвилин людин сусід грив штук").split()
"""What a number after «заявка» counts when it is not the appeal's: «подала заявку два дні тому»."""
_UNDER = frozenset({"за", "під"})
_NOUN_WINDOW = 4
_SHORTEST = 2
"""Digits of a number for which no appeal is named."""
_SMALLEST_ORDINAL = 100
"""«друга заявка» is the second one; «вісімсот дев'яносто перша» is a number."""


@dataclass(frozen=True, slots=True)
class _Found:
    value: str
    first: int
    end: int


def phones(found: Sequence[Token]) -> tuple[Said, ...]:
    """Telephone numbers as they are dialled: «0501234567», also the city's six digits after «телефон»: «0332777904»."""
    said: list[Said] = []
    at = 0
    while at < len(found):
        phone = None if line_number(found, at) else read_phone(found, at, announced=_is_announced(found, at))
        if phone:
            said.append(Said(phone.digits, _span(found, at, phone.end)))
        at = phone.end if phone else at + 1
    return tuple(said)


def appeal_numbers(found: Sequence[Token], taken: Sequence[Span] = ()) -> tuple[Said, ...]:
    """Numbers of earlier appeals: public ones whole («15-80/2026/000123»), receipts and short numbers as digits.

    Args:
        taken: spans that are something else already, such as telephones.
    """
    said: list[Said] = []
    at = last_end = 0
    while at < len(found):
        goes_on = last_end > 0 and at == last_end + 1 and found[last_end].text in _LIST
        number = None if _in(found[at].word, taken) else _appeal_number(found, at, goes_on=goes_on)
        if number and not any(_in(found[place].word, taken) for place in range(number.first, number.end)):
            said.append(Said(number.value, _span(found, number.first, number.end)))
            at = last_end = number.end
        else:
            at += 1
    return tuple(said)


def line_number(found: Sequence[Token], at: int) -> tuple[str, int] | None:
    """«п'ятнадцять вісімдесят дріб дві тисячі двадцять шість дріб сто двадцять» and the first token after it."""
    for part in _LINE:
        # One word each: «вісімдесят дві тисячі двадцять шість» is the line and the year here, no 82026.
        number = read_number(found[at : at + 1], 0)
        if number is None or number.value != part or number.is_ordinal:
            return None
        at = _after_signs(found, at + 1)
    year = _year(found, at)
    if year is None:
        return None
    full_year, end = year
    digits, end = _row_of_digits(found, _after_signs(found, end))
    if not 0 < len(digits) <= _NUMBER_DIGITS:
        return None
    return f"15-80/{full_year}/{int(digits):0{_NUMBER_DIGITS}}", end


def _year(found: Sequence[Token], at: int) -> tuple[int, int] | None:
    """«дві тисячі двадцять шість», «двадцять шостий», «двадцять двадцять шість», and the first token after it."""
    number = read_number(found, at)
    if number is None:
        return None
    year, end = number.value if number.value > 99 else _FIRST_YEAR + number.value, number.end
    if number.value == _CENTURY and number.end == at + 1 and not number.is_ordinal:
        within = read_number(found, at + 1)
        if (
            within
            and _CENTURY <= within.value < 100
            and (_is_sign(found, within.end) or read_number(found, within.end))
        ):
            year, end = _FIRST_YEAR + within.value, within.end
    return (year, end) if _FIRST_YEAR < year <= _LAST_YEAR else None


def _appeal_number(found: Sequence[Token], at: int, *, goes_on: bool) -> _Found | None:
    whole = line_number(found, at)
    if whole:
        return _Found(whole[0], at, whole[1])
    return (
        _receipt(found, at)
        or _after_its_noun(found, at, goes_on=goes_on)
        or _ordinal_after_its_noun(found, at)
        or _before_its_noun(found, at)
        or _told_number(found, at)
    )


def _receipt(found: Sequence[Token], at: int) -> _Found | None:
    """Eight digits with the right check digit: nothing else of a message looks like that."""
    if at and read_number(found, at - 1) is not None:
        return None
    digits, end = _row_of_digits(found, at, through_pauses=True)
    return _Found(digits, at, end) if len(digits) == RECEIPT_DIGITS and is_receipt(digits) else None


def _after_its_noun(found: Sequence[Token], at: int, *, goes_on: bool) -> _Found | None:
    """«номер заявки чотири тисячі двісті сімнадцять», «номера записані двісті п'ять і двісті сорок».

    Args:
        goes_on: «і» stands before, and the number before it was an appeal's.
    """
    before = at - 1
    while before >= max(0, at - _NUMBER_WINDOW) and found[before].text in _NUMBER | _LISTED:
        before -= 1
    between = {token.text for token in found[before + 1 : at]}
    named = any(word.startswith("номер") for word in between)
    noun = before >= 0 and found[before].text.startswith(_APPEAL + _SLIPS if named else _APPEAL)
    listed = bool(between & _LISTED) and named
    if not (noun or listed or goes_on):
        return None
    digits, end = _row_of_digits(found, at)
    if not 0 < len(digits) <= RECEIPT_DIGITS or _counts(found, end):
        return None
    return _Found(digits, at, end)


def _ordinal_after_its_noun(found: Sequence[Token], at: int) -> _Found | None:
    """«звернення двісті тринадцяте»; «скарга дві тисячі двадцять п'ятого року» is a year."""
    number = read_number(found, at)
    if number is None or not number.is_ordinal or number.value < _SMALLEST_ORDINAL or at == 0:
        return None
    after = _counts(found, number.end)
    return _Found(number.digits, at, number.end) if found[at - 1].text.startswith(_APPEAL) and not after else None


def _told_number(found: Sequence[Token], at: int) -> _Found | None:
    """«заяву носила, номер сімсот сорок один», «перший раз номер три тисячі про батареї», «дали мені номер ...».

    «на номер» is a telephone, «у будинку номер» a house.
    """
    if at == 0 or found[at - 1].text not in ("номер", "номерок"):
        return None
    before = [token.text for token in found[max(0, at - 1 - _TOLD_WINDOW) : at - 1]]
    close = [word for word in before if word not in _FILLERS][-1:]
    told = any(map(_TOLD_NUMBER.match, close))
    if not told and (not any(map(_APPEALED.match, before)) or _has_number(before[-1])):
        return None
    digits, end = _row_of_digits(found, at)
    if not _SHORTEST <= len(digits) <= RECEIPT_DIGITS or _counts(found, end):
        return None
    return _Found(digits, at, end)


def _has_number(word: str) -> bool:
    """«на (номер)», «школу (номер)»: it is the number of something else; not «листопада (номер)»."""
    if _DAY.match(word) or word.startswith(_APPEAL):
        return False
    return word in _TO_A_NUMBER or any("NOUN" in parse.tag for parse in analyser().parse(word) if parse.is_known)


def _before_its_noun(found: Sequence[Token], at: int) -> _Found | None:
    """«вісімсот дев'яносто перша заявка», «за номером тисяча вісімсот шість у вас моя заявка»."""
    number = read_number(found, at)
    if number is None or number.end >= len(found):
        return None
    if number.is_ordinal:
        is_appeals = number.value >= _SMALLEST_ORDINAL and found[number.end].text.startswith(_APPEAL)
        return _Found(number.digits, at, number.end) if is_appeals else None
    digits, end = _row_of_digits(found, at)
    if _SHORTEST <= len(digits) <= RECEIPT_DIGITS and _is_called_appeals_number(found, end):
        return _Found(digits, at, end)
    if at < 2 or found[at - 1].text != "номером" or found[at - 2].text not in _UNDER:
        return None
    follows = any(token.text.startswith(_APPEAL) for token in found[end : end + _NOUN_WINDOW])
    return _Found(digits, at, end) if len(digits) <= RECEIPT_DIGITS and follows else None


def _is_called_appeals_number(found: Sequence[Token], at: int) -> bool:
    """«(чотири тисячі двісті) це номер моєї заявки»."""
    while at < len(found) and found[at].text in ("це", "то", "такий"):
        at += 1
    after = [token.text for token in found[at : at + 3]]
    return after[:1] == ["номер"] and any(word.startswith(_APPEAL) for word in after[1:])


def _row_of_digits(found: Sequence[Token], at: int, *, through_pauses: bool = False) -> tuple[str, int]:
    """Numbers that follow one another without a pause, as one row: «нуль нуль сорок два» is 0042.

    Args:
        through_pauses: until there are enough for a receipt, «3290, 0174».
    """
    digits, end = "", at
    while (number := read_number(found, at)) and not number.is_ordinal:
        digits, at = digits + number.digits, number.end
        end = at
        too_long = len(digits) > RECEIPT_DIGITS
        if too_long or (_ends_row(found, at, number) and not (through_pauses and len(digits) < RECEIPT_DIGITS)):
            break
        while at < len(found) and found[at].text in HESITATIONS_IN_NUMBERS:
            at += 1
    return digits, end


def _ends_row(found: Sequence[Token], at: int, last: Number) -> bool:
    """A pause ends a row, and so does a number of four digits: it is said as one."""
    return found[at - 1].pause or last.value > 999


def _after_signs(found: Sequence[Token], at: int) -> int:
    """Past «дріб», «тире», «рік номер» between the parts of a public number."""
    end = at
    while end < at + _SIGNS and _is_sign(found, end):
        end += 1
    return end


def _is_sign(found: Sequence[Token], at: int) -> bool:
    return at < len(found) and found[at].text in _PARTS


def _is_announced(found: Sequence[Token], at: int) -> bool:
    """A word such as «телефон» stands close before, or «мій номер», and no word for an appeal."""
    before = [token.text for token in found[max(0, at - _PHONE_WINDOW) : at]]
    if any(word.startswith(_APPEAL) for word in before):
        return False
    if any(word.startswith(_ANNOUNCE_PHONE) for word in before):
        return True
    if before[-2:] in (["мій", "номер"], ["номер", "мій"]):
        return True
    # «школа номер двадцять» has a number too, but not one that begins with a zero.
    return before[-1:] == ["номер"] and (number := read_number(found, at)) is not None and number.digits[0] == "0"


def _counts(found: Sequence[Token], at: int) -> bool:
    return at < len(found) and found[at].text.startswith(tuple(_COUNTED))


def _in(word: int, spans: Sequence[Span]) -> bool:
    return any(first <= word <= last for first, last in spans)


def _span(found: Sequence[Token], first: int, end: int) -> Span:
    return found[first].word, found[end - 1].word
