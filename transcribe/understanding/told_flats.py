"""Is it a flat that is told here? «квартира сто дванадцять», «двадцять дев'ять номер квартири», «квартира на другому
поверсі, номер десять»; not «у кімнаті чотирнадцять градусів».
"""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.address_parts import Piece
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.part_words import LOOKS_IT_UP, floor_end, past_number_word, word_after
from transcribe.understanding.place_words import FEW, FLAT_NOUNS, FLAT_WORDS, HOUSE_WORDS, NUMBER_WORDS, is_unit
from transcribe.understanding.tokens import Token

MOST_FLATS = 2000
"""Of one house."""
FEMININE = frozenset(("а", "ій", "ої", "у", "ою"))
MOST_TENANTS = 12
"""«у квартирі п'ятдесят три | люди виїхали»: so many do not live in one."""
NUMBER_WITHIN = 6
"""Words between «квартира» and its number: «квартира на другому поверсі, номер десять»."""
NUMBER_LOOKED_UP = 12
"""The same when the caller says that he looks."""
MOST_ABOUT = 5
"""Words between «квартира» and its number that say nothing: «квартира в нас сорок три»."""
_IN_FEMININE = frozenset("у в на моїй нашій їхній сусідній".split())
_ABOUT_A_FLAT = frozenset(
    "була у в мене нас моя наша мою нашу своя я ми вам то це ж же значить назву скажу кажу називаю тепер зараз".split()
)
_NOT_TOLD = frozenset("не зараз чи ще скажу".split())
"""«вісім, номер квартири не пам'ятаю»: the eight is the house."""
_ITS_NUMBER = (NUMBER_WORDS, frozenset("квартири кімнати офісу кабінету".split()))


def told_flat(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    """A flat by its word, before the number or after it."""
    if found[at].text not in FLAT_WORDS:
        return _by_its_number(found, at, stop) or _flat_named_after(found, at, stop)
    number = (
        _instead(found, at + 1)
        or read_number(found, _past_zeros(found, past_number_word(found, at + 1)))
        or _said_of_it(found, at, stop)
        or _numbered_later(found, at + 1, stop)
    )
    if number is None or not 0 < number.value < MOST_FLATS or number.end > stop:
        return None
    after = word_after(found, number.end)
    live_there = after.startswith(("люд", "чолов", "осіб", "діт", "родин", "сім'")) and number.value > MOST_TENANTS
    if found[at].text not in FLAT_NOUNS and is_unit(after) and not live_there:
        return None  # «у кімнаті чотирнадцять градусів», not «квартира вісім чоловік на фронті»
    if counts_in_genitive(found, number):
        return None
    return Piece("flat", str(number.value), at, number.end, named=True)


def _flat_named_after(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    """«двадцять дев'ять номер квартири», «двадцять два то номер квартири»; «сорок квартира» that opens a message;
    «десятий дім, а | тридцять шість квартира»
    """
    number = read_number(found, at)
    if number is None or number.ending or number.end >= stop or not 1 < number.value < MOST_FLATS:
        return None
    told = number.end + (found[number.end].text in ("то", "це"))
    parted = any(token.pause for token in found[number.end - 1 : told])
    after = found[told + 2].text if told + 2 < len(found) else ""
    if is_its_number(found, told) and told + 2 <= stop and not parted and after not in _NOT_TOLD:
        return None if read_number(found, told + 2) else Piece("flat", str(number.value), at, told + 2, named=True)
    if at and found[at - 1].text not in ("а", "і", "й"):
        return None
    if word_after(found, number.end) not in FLAT_NOUNS or read_number(found, number.end + 1):
        return None
    return Piece("flat", str(number.value), at, number.end + 1, named=True)


def is_its_number(found: Sequence[Token], at: int) -> bool:
    """«номер квартири», «номер кімнати»"""
    return [token.text in words for token, words in zip(found[at : at + 2], _ITS_NUMBER, strict=False)] == [True, True]


def _by_its_number(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    """«номер кімнати триста вісім»"""
    number = read_number(found, at + 2) if is_its_number(found, at) else None
    if number is None or number.end > stop or not 0 < number.value < MOST_FLATS:
        return None
    return Piece("flat", str(number.value), at, number.end, named=True)


def counts_in_genitive(found: Sequence[Token], number: Number) -> bool:
    """«я в квартирі трьох уже маю»"""
    return found[number.end - 1].text.endswith("ох")


def told_as_flat(found: Sequence[Token], at: int, number: Number) -> bool:
    """«восьма», «у восьмій», «із восьмої»: a house would be masculine; «третій» is both, «у третій» is not."""
    before = found[at - 1].text if at else ""
    return number.ending in FEMININE or (found[number.end - 1].text == "третій" and before in _IN_FEMININE)


def _past_zeros(found: Sequence[Token], at: int) -> int:
    """«квартира нуль вісім»"""
    zero = read_number(found, at)
    return zero.end if zero and zero.value == 0 and read_number(found, zero.end) else at


def _numbered_later(found: Sequence[Token], at: int, stop: int) -> Number | None:
    """«квартира на другому поверсі | номер десять», «та що кутова, з номером тридцять дев'ять», «зараз, гляну в
    квитанцію ... | сто чотирнадцять»
    """
    if at < stop and found[at].text in LOOKS_IT_UP:
        numbers = (read_number(found, later) for later in range(at, min(at + NUMBER_LOOKED_UP, stop)))
        return next((number for number in numbers if number), None)
    for later in range(at, min(at + NUMBER_WITHIN, stop)):
        if found[later].text in NUMBER_WORDS:
            return read_number(found, later + 1)
        if found[later].text in HOUSE_WORDS or found[later].text in FLAT_WORDS:
            return None
    return None


def _said_of_it(found: Sequence[Token], at: int, stop: int) -> Number | None:
    """«квартира в нас | сімдесят три», «квартиру я назву | дев'яносто дев'ять»; not what it has
    or is («квартира в мене п'ятнадцять градусів»).
    """
    if found[at].text not in FLAT_NOUNS and found[at].text != "квартиру":
        return None
    number_at = at + 1
    while number_at < min(stop, at + 1 + MOST_ABOUT) and found[number_at].text in _ABOUT_A_FLAT:
        number_at += 1
    number = read_number(found, number_at) if number_at < stop else None
    if number is None or (number.value <= FEW and not number.is_ordinal) or floor_end(found, number_at):
        return None
    after = word_after(found, number.end)
    counted = not number.is_ordinal and (is_unit(after) or after.startswith(("кімнат", "квадрат")))
    return None if counted else number


def _instead(found: Sequence[Token], at: int) -> Number | None:
    """«квартира не шістнадцять, а шістдесят»: the second number."""
    if at + 1 >= len(found) or found[at].text != "не":
        return None
    denied = read_number(found, at + 1)
    said = denied is not None and denied.end + 1 < len(found) and found[denied.end].text == "а"
    return read_number(found, denied.end + 1) if denied and said else None
