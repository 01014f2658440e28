"""Times of day as people say them: «о чотирнадцятій тридцять», «пів на шосту», «чверть на другу», «за десять сьома».

An hour alone stays an hour («о 9 ранку», «з 2 години ночі»): nobody said it was sharp.
"""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.reading import Reading
from transcribe.understanding.tokens import Token

_AT = frozenset("о об в у з із зі до від після на біля близько по перед".split())
"""What stands before an hour. «на шостому поверсі» is told apart by its gender: hours are feminine."""
_FROM = frozenset({"від", "з", "із", "зі"})
_ZERO = ("нуль", "ноль")
_LONGEST_TIME = 6
"""Words: «двадцять другої години сорок п'ять хвилин»."""
_OBLIQUE = frozenset({"ої", "ій", "у"})
_HALF = frozenset({"пів", "пол", "половина", "половину"})
_QUARTER = 15
_DAY_PARTS = frozenset("ранку ранок дня вечора вечера ночі".split())
_FEMININE_NOT_HOURS = frozenset(
    "черга черги черзі чергу квартира квартири квартирі квартиру школа школи школі школу міська лікарня лікарні "
    "лікарню поліклініка поліклініки поліклініку група групи групі групу маршрутка маршрутки маршрутку лінія лінії "
    "хата хати хаті зупинка зупинки зупинку секція секції секцію заявка заявку дитина дитину доба доби добу "
    "зміна зміну кімната кімнати кімнаті кімнату палата палати палаті палату бригада бригади бригаду опора опори "
    "опору".split()
)
"""What «шоста», «о другій» may be instead of an hour."""


def read_time(found: Sequence[Token], at: int) -> Reading | None:
    """The time of day that begins at token ``at``, without the preposition before it."""
    return _before_hour(found, at) or _towards_hour(found, at) or _midnight(found, at) or _hour(found, at)


def _midnight(found: Sequence[Token], at: int) -> Reading | None:
    """«(о) нуль годин (тридцять хвилин)»."""
    if _text(found, at) not in _ZERO or not _text(found, at + 1).startswith("годин"):
        return None
    minutes = _minutes(found, at + 2)
    return Reading(f"0:{minutes.value:02}", minutes.end) if minutes else Reading("0:00", at + 2)


def _hour(found: Sequence[Token], at: int) -> Reading | None:
    """«(о) чотирнадцятій тридцять», «(з) другої години», «(о) десятій годині п'ятнадцять хвилин»."""
    if at == 0 or found[at - 1].text not in _AT:
        return None
    hour = _ordinal_hour(found, at, _OBLIQUE, highest=24)
    if hour is None:
        return None
    end = hour.end
    named = _text(found, end) in ("годині", "години", "годину", "год")
    minutes = _minutes(found, end + named)
    if minutes:
        return _on_the_clock(found, hour.value * 60 + minutes.value, minutes.end)
    if _text(found, end) in _FEMININE_NOT_HOURS:
        return None
    if named or _text(found, end) in _DAY_PARTS or _is_begin_of_range(found, end, named="годин"):
        return Reading(str(hour.value), end)
    certain = found[at - 1].text in ("о", "об") and hour.ending != "у"
    ranges = _is_begin_of_range(found, end, named="") or _is_end_of_range(found, at)
    return Reading(f"{hour.value}:00", end) if certain or ranges else None


def _is_begin_of_range(found: Sequence[Token], end: int, named: str) -> bool:
    """«від десятої» before «до шістнадцятої години»: the noun stands once for both, or not at all."""
    if _text(found, end) != "до":
        return False
    other = _ordinal_hour(found, end + 1, _OBLIQUE, highest=24)
    if other is None or _text(found, other.end) in _FEMININE_NOT_HOURS:
        return False
    return _text(found, other.end).startswith(named)


def _is_end_of_range(found: Sequence[Token], at: int) -> bool:
    """«до сімнадцятої» after «з восьмої», «з дев'ятої тридцять»."""
    if _text(found, at - 1) != "до":
        return False
    for start in range(max(1, at - 1 - _LONGEST_TIME), at - 1):
        begin = _hour(found, start) if found[start - 1].text in _FROM else None
        if begin and begin.end == at - 1:
            return True
    return False


def _minutes(found: Sequence[Token], at: int) -> Number | None:
    """Minutes after an hour; a single digit only with «хвилин» or a zero in front."""
    zero = _text(found, at) in _ZERO
    number = read_number(found, at + zero)
    if number is None or number.is_ordinal or number.value > 59:
        return None
    named = _text(found, number.end).startswith("хвилин")
    if number.value < 10 and not named and not zero:
        return None
    return Number(number.value, number.end + named)


def _towards_hour(found: Sequence[Token], at: int) -> Reading | None:
    """«пів на шосту», «пів шостої», «чверть на другу», «двадцять хвилин на третю», «десять хвилин по шостій»."""
    part = _part_of_hour(found, at)
    if part is None:
        return None
    minutes, end = part
    is_half = _text(found, at) in _HALF
    hour, gone = None, 1
    if _text(found, end) == "на":
        hour = _ordinal_hour(found, end + 1, frozenset({"у"}), highest=12)
    elif is_half:
        hour = _ordinal_hour(found, end, frozenset({"ої"}), highest=12)
    elif _text(found, end) in ("по", "після"):
        hour, gone = _ordinal_hour(found, end + 1, _OBLIQUE, highest=12), 0
    if hour is None or _text(found, hour.end) in _FEMININE_NOT_HOURS:
        return None
    return _on_the_clock(found, (hour.value - gone) % 12 * 60 + minutes, hour.end)


def _part_of_hour(found: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Minutes that «пів», «чверть», «двадцять хвилин» say, and the first token after them."""
    if _text(found, at) in _HALF:
        return 30, at + 1
    if _text(found, at) == "чверть":
        return _QUARTER, at + 1
    number = read_number(found, at)
    if number and not number.is_ordinal and number.value < 60 and _text(found, number.end).startswith("хвилин"):
        return number.value, number.end + 1
    return None


def _before_hour(found: Sequence[Token], at: int) -> Reading | None:
    """«за десять сьома», «за чверть друга»."""
    if _text(found, at) != "за":
        return None
    if _text(found, at + 1) == "чверть":
        minutes, end = _QUARTER, at + 2
    else:
        number = read_number(found, at + 1)
        if number is None or number.is_ordinal or not 0 < number.value < 30:
            return None
        minutes, end = number.value, number.end + _text(found, number.end).startswith("хвилин")
    hour = _ordinal_hour(found, end, frozenset({"а"}), highest=12)
    if hour is None or _text(found, hour.end) in _FEMININE_NOT_HOURS:
        return None
    return _on_the_clock(found, (hour.value * 60 - minutes) % (12 * 60), hour.end)


def _on_the_clock(found: Sequence[Token], minutes: int, end: int) -> Reading:
    """Minutes since midnight or noon; the part of the day, when it is said, tells which of the two."""
    named = _text(found, end) in ("години", "годину", "годині")
    part = _text(found, end + named)
    if part in _DAY_PARTS:
        end += named + 1
        if _is_afternoon(part, minutes):
            minutes += 12 * 60
    elif minutes < 60:
        minutes += 12 * 60
    return Reading(f"{minutes // 60}:{minutes % 60:02}", end)


def _is_afternoon(part: str, minutes: int) -> bool:
    """«пів на шосту вечора» is 17:30, «пів на дванадцяту дня» 11:30, «пів на дванадцяту ночі» 23:30."""
    if minutes >= 12 * 60:
        return False
    return part.startswith("веч") or (part == "дня" and minutes < 9 * 60) or (part == "ночі" and minutes >= 9 * 60)


def _ordinal_hour(found: Sequence[Token], at: int, endings: frozenset[str], highest: int) -> Number | None:
    number = read_number(found, at)
    if number is None or not 0 < number.value <= highest:
        return None
    # «третій» is «the third» and «(at) three» too.
    both = number.ending == "ий" and found[number.end - 1].text == "третій"
    return number if number.ending in endings or (both and "ій" in endings) else None


def _text(found: Sequence[Token], at: int) -> str:
    return found[at].text if at < len(found) else ""
