"""Telephone numbers and numbers of earlier appeals that the message names.

A number stands for one thing: what was a telephone is no appeal number, and whoever looks for houses leaves out the
spans found here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.receipts import DIGITS as RECEIPT_DIGITS
from db.receipts import is_receipt
from transcribe.understanding.facts import Said, Span
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.phone_numbers import read_phone
from transcribe.understanding.tokens import Token

_LINE = (15, 80)
"""The name of the line, with which public numbers begin: ``15-80/2026/000123``."""
_NUMBER_DIGITS = 6
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_PARTS = frozenset("дріб дробь слеш слэш тире дефіс риска за".split())
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
_APPEAL = ("звернен", "заявк", "заяв", "скарг", "квитанц", "реєстрац", "талон")
_NUMBER = frozenset("номер номера номери номером номеру під за був була такий такі мій мого моєї моє мої".split())
"""Words between «заявка» and its number."""
_NUMBER_WINDOW = 6
_LISTED = frozenset("записані записала записав такі дали заявок звернень".split())
_LIST = frozenset("і й та".split())
_COUNTED = ("день дні днів тиждень тижні тижнів місяц рок рік раз год хвилин людин сусід грив штук").split()
"""What a number after «заявка» counts when it is not the appeal's: «подала заявку два дні тому»."""
_UNDER = frozenset({"за", "під"})
_NOUN_WINDOW = 4
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
        at = _after_sign(found, at + 1)
    year = read_number(found, at)
    if year is None:
        return None
    full_year = year.value if year.value > 99 else _FIRST_YEAR + year.value
    if not _FIRST_YEAR < full_year <= _LAST_YEAR:
        return None
    digits, end = _row_of_digits(found, _after_sign(found, year.end))
    if not 0 < len(digits) <= _NUMBER_DIGITS:
        return None
    return f"15-80/{full_year}/{int(digits):0{_NUMBER_DIGITS}}", end


def _appeal_number(found: Sequence[Token], at: int, *, goes_on: bool) -> _Found | None:
    whole = line_number(found, at)
    if whole:
        return _Found(whole[0], at, whole[1])
    return _receipt(found, at) or _after_its_noun(found, at, goes_on=goes_on) or _before_its_noun(found, at)


def _receipt(found: Sequence[Token], at: int) -> _Found | None:
    """Eight digits with the right check digit: nothing else of a message looks like that."""
    if at and read_number(found, at - 1) is not None:
        return None
    digits, end = _row_of_digits(found, at)
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
    noun = before >= 0 and found[before].text.startswith(_APPEAL)
    listed = bool(between & _LISTED) and any(word.startswith("номер") for word in between)
    if not (noun or listed or goes_on):
        return None
    digits, end = _row_of_digits(found, at)
    if not 0 < len(digits) <= RECEIPT_DIGITS or _counts(found, end):
        return None
    return _Found(digits, at, end)


def _before_its_noun(found: Sequence[Token], at: int) -> _Found | None:
    """«вісімсот дев'яносто перша заявка», «за номером тисяча вісімсот шість у вас моя заявка»."""
    number = read_number(found, at)
    if number is None or number.end >= len(found):
        return None
    if number.is_ordinal:
        is_appeals = number.value >= _SMALLEST_ORDINAL and found[number.end].text.startswith(_APPEAL)
        return _Found(number.digits, at, number.end) if is_appeals else None
    if at < 2 or found[at - 1].text != "номером" or found[at - 2].text not in _UNDER:
        return None
    digits, end = _row_of_digits(found, at)
    follows = any(token.text.startswith(_APPEAL) for token in found[end : end + _NOUN_WINDOW])
    return _Found(digits, at, end) if len(digits) <= RECEIPT_DIGITS and follows else None


def _row_of_digits(found: Sequence[Token], at: int) -> tuple[str, int]:
    """Numbers that follow one another without a pause, as one row: «нуль нуль сорок два» is 0042."""
    digits = ""
    while (number := read_number(found, at)) and not number.is_ordinal:
        digits, at = digits + number.digits, number.end
        if _ends_row(found, at, number):
            break
    return digits, at


def _ends_row(found: Sequence[Token], at: int, last: Number) -> bool:
    """A pause ends a row, and so does a number of four digits: it is said as one."""
    return found[at - 1].pause or last.value > 999


def _after_sign(found: Sequence[Token], at: int) -> int:
    """«дріб», «тире» between the parts of a public number."""
    return at + 1 if at < len(found) and found[at].text in _PARTS else at


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
