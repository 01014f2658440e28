"""The house number at a place of the message: «сорок п'ять а», «двадцять чотири дріб один», «24-А», «12/3».

The one hard question is whether «а», «в», «з» after a number is the letter of the house or a small word of the
sentence. It is decided by what stands around it:

- a letter that is no word of its own («бе», «г», «вэ»), a letter written together with the number («24а»), and a letter
  named as one («літера а») are letters;
- before «квартира», «корпус», «дріб» and the like, before a pause and at the end of the message it is a letter:
  «двадцять чотири а квартира сім» is 24-А;
- so is «а як андрій»;
- «б» is a letter: the particle «б» follows verbs, not numbers;
- «а» is a conjunction after a pause, before the words that open a contrast («а у нас», «а в сусідньому», «а вони»),
  in a correction («не дев'ять а дев'ятнадцять», «вісім а не десять») and before a street's present name («а
  шептицького тепер»), else a letter: «двадцять чотири а немає світла» is 24-А. So many houses have the letter that
  taking it for a conjunction before every noun lost more houses than it saved; the letter is doubtful there;
- «в» is a letter only before a word no preposition stands before («двадцять чотири в немає світла»). «д» and
  «де» are letters before a number that counts nothing («п'ять де сто тринадцять»). Other small words («з», «же») and
  the hesitating «е» stay words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transcribe.understanding.agreement import counts
from transcribe.understanding.lemmas import parses
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.place_words import BEFORE_A_PLACE, FEW, street_type
from transcribe.understanding.tokens import Token

HIGHEST = 999
"""The longest streets of the country end below; a greater number is a year, a sum or a telephone."""

HIGHEST_DIVISOR = 10
"""«двадцять чотири на один»: the second number of a house is small when it is said so."""

LONGEST_HOUSE = 6
"""Words of a house: «сто двадцять три дріб сорок п'ять»."""

MOST_STOREYS = 20
"""Floors, and entrances, of the tallest and longest houses of the city."""

_LETTERS = {
    "а": "а",
    "б": "б бе бэ бі",
    "в": "в ве вэ вє",
    "г": "г ге гэ ґ ґе ге",
    "д": "д де дэ",
    "е": "е",
    "ж": "ж же жэ",
    "з": "з зе зет",
    "и": "и",
    "і": "і",
    "к": "к ка",
    "л": "л ел",
    "м": "м ем",
    "н": "н ен",
}
_LETTER_OF = {name: letter.upper() for letter, names in _LETTERS.items() for name in names.split()}
LETTER_NAMES = tuple(_LETTER_OF)
"""What people say for the letter of a house."""
_WORDS_TOO = frozenset("а в д де ж же з зе и і к ка л м н".split())
"""Names of letters that are, or are heard as, words: a rule must decide."""
_ONE = re.compile(r"од(?:ин|н(?:а|о|е|і|у|их|ого|ому|ої|ій|ієї|им|ою|ими))$")
_OBLIQUE = frozenset("одного одної однієї одну одному одній одним".split())
_NAMED = frozenset("літера літери літерою буква букви буквою літеру букву".split())
_FRACTION = frozenset(
    "дріб дробь дрібь дріп дриб дроб дроби дробом дробова слеш слэш флеш скісна косий риска риску".split()
)
_GOES_ON = frozenset(
    "квартира квартиру кв офіс корпус під'їзд підїзд секція поверх блок дріб дробь будинок буд вулиця вулиці "
    "парадне парадна кімната гуртожиток код домофон село селище місто".split()
)
"""Words that may follow a whole house number and nothing else: what stands before them was its letter."""
_OPENS_CONTRAST = frozenset(
    "у в на я ти ми ви він вона воно вони мені нам вам їм їх нас тут там то цей ця ще також теж потім зараз тепер "
    "сьогодні вчора завтра хто що як коли чому де куди сусідній сусідня сусіди інший інші решта по навпроти поруч "
    "далі взагалі піді під над перед навкруги кругом всі усі все ніхто може треба мало так чи якщо "
    "тоді від з із до за ні саме власне мій моя моє наш наша ше шо".split()
)
_BEFORE_A_ROOM = (["а", "у"], ["а", "в"], ["а", "на"])
_NEVER_AFTER_PREPOSITION = frozenset(
    "немає нема не ні вже знову тече прорвало зникло зникла зник пропало відсутнє відсутня відсутній холодно темно "
    "постійно стоїть лежить бігає засмічена затопило протікає та й і другий третій".split()
)


@dataclass(frozen=True, slots=True)
class House:
    """A house number that was read.

    Attributes:
        text: canonical: «24», «45-А», «12/3», «12/3-Б», «100-102».
        end: index of the first token after it.
        is_ordinal: «сорок п'ятий», which is a house beside the word «будинок» and a date or a floor elsewhere.
    """

    text: str
    end: int
    is_ordinal: bool = False


def letter_named(name: str) -> str:
    """The letter a word names («бе» is «Б»), "" for other words."""
    return _LETTER_OF.get(name, "")


def read_house(found: Sequence[Token], at: int) -> House | None:
    """The house number that begins at token ``at``; None when none begins there."""
    number = read_number(found, at)
    if number is None or not 0 < number.value <= HIGHEST or _is_idiom(found, at, number):
        return None
    if number.is_ordinal and (before := _before_storey(found, at, number)):
        return before
    text, end = str(number.value), number.end
    second = None if number.is_ordinal else _second_part(found, number)
    if second:
        text, end = f"{text}{second[0]}{second[1].value}", second[1].end
    letter = _letter(found, at, end)
    if letter:
        text, end = f"{text}-{letter[0]}", letter[1]
    return House(text, end, number.is_ordinal)


def _is_idiom(found: Sequence[Token], at: int, number: Number) -> bool:
    """«все одно», «ані одного», «через один», «одна й та сама», «одна на одну»: no number at all."""
    if number.end != at + 1 or not _ONE.match(found[at].text):
        return False
    before = found[at - 1].text if at else ""
    after = [token.text for token in found[at + 1 : at + 4]]
    same = after[:1] in (["й"], ["і"], ["та"]) and after[1:2] in (["той"], ["та"], ["те"], ["ті"], ["ту"], ["того"])
    with_preposition = after[:1] in (["на"], ["за"], ["до"], ["по"], ["від"], ["з"])
    other = after[1:2] if with_preposition else after[:1]
    each_other = any(_ONE.match(word) and (with_preposition or word in _OBLIQUE) for word in other)
    none = before == "ні" and found[at].text in _OBLIQUE  # «ні одної лампочки»
    return before in ("все", "усе", "ані", "через") or none or same or each_other


def letter_instead(found: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The letter that is said alone, to correct another, and the first token after it: «ні, бе», «ні, а квартира».

    «а» and the like are letters here only where the house ends, since a correction goes on with «а» as well.
    """
    if at >= len(found):
        return None
    if found[at].text in _NAMED:
        at += 1
    name = found[at].text if at < len(found) else ""
    after = found[at + 1].text if at + 1 < len(found) else ""
    ends = not after or found[at].pause or after in _GOES_ON or found[at - 1].text in _NAMED
    if name not in _LETTER_OF or not (ends or name not in _WORDS_TOO):
        return None
    return _LETTER_OF[name], at + 1


def fraction_instead(found: Sequence[Token], at: int) -> Number | None:
    """The second number of a house that is said alone, to correct another: «ні, дріб чотири»."""
    if at >= len(found) or found[at].text not in _FRACTION:
        return None
    second = read_number(found, at + 1)
    return second if second and not second.is_ordinal and 0 < second.value <= HIGHEST else None


def without_letter(house: str) -> str:
    """«15-Б» without its letter; «100-102» has none."""
    number, _, letter = house.rpartition("-")
    return number if letter.isalpha() else house


def _before_storey(found: Sequence[Token], at: int, number: Number) -> House | None:
    """«кравчука тридцять | восьмий поверх»: no house has as many floors or entrances, so these are two numbers."""
    after = found[number.end].text if number.end < len(found) and not found[number.end - 1].pause else ""
    stop = number.end - 1
    if not after.startswith(("поверх", "під'їзд", "підїзд")) or number.value <= MOST_STOREYS or stop <= at:
        return None
    whole = read_number(found[:stop], at)
    return House(str(whole.value), stop) if whole and whole.end == stop else None


def is_letter_or_word(found: Sequence[Token], end: int) -> bool:
    """Whether a house that was read up to ``end`` has a letter nobody can be sure of: «двадцять чотири а ліхтар»."""
    last, before = found[end - 1], found[end - 2].text if end > 1 else ""
    after = found[end].text if end < len(found) else ""
    if last.pause or not after:
        return False
    if before in _NAMED or before in _FRACTION:
        return False
    return last.text in ("а", "в") and last.joined is None and after not in _GOES_ON


def may_have_letter(found: Sequence[Token], end: int) -> bool:
    """«сім | а у бомбосховищі двері заклинило»: a conjunction, or a letter and the place in the house; before a person
    («а у нас») it is no letter.
    """
    if end + 2 >= len(found) or found[end - 1].pause or [found[end].text, found[end + 1].text] not in _BEFORE_A_ROOM:
        return False
    return not found[end].pause and found[end].joined is None and not _is_person_or_other(found[end + 2].text)


def _is_person_or_other(word: str) -> bool:
    """«а у сусідів», «а в сусідньому», «а у третьому»: a contrast."""
    return (
        word in _OPENS_CONTRAST
        or word.startswith("сусід")
        or any("NPRO" in parse.tag or "anim" in parse.tag or "ADJF" in parse.tag for parse in parses(word))
    )


def _second_part(found: Sequence[Token], first: Number) -> tuple[str, Number] | None:
    """«дріб один», «/3», and «-102» of a house that has two numbers; the sign and the number."""
    at = first.end
    if at >= len(found):
        return None
    if found[at].joined in ("/", "-", "\\") and found[at].is_digits:
        second, sign = read_number(found, at), "-" if found[at].joined == "-" else "/"
    elif found[at].text in _FRACTION:
        second, sign = read_number(found, at + 1), "/"
    elif found[at].text == "через" and at + 1 < len(found) and found[at + 1].text in _FRACTION:
        second, sign = read_number(found, at + 2), "/"
    elif found[at].text == "на" and not found[at - 1].pause and _is_divisor(found, at + 1):
        second, sign = read_number(found, at + 1), "/"
    else:
        return None
    if second is None or second.is_ordinal or not 0 < second.value <= HIGHEST:
        return None
    return None if sign == "-" and second.value <= first.value else (sign, second)


def _is_divisor(found: Sequence[Token], at: int) -> bool:
    """«двадцять чотири на | один прорвало», not «на | два дні», «на | один ліхтар»."""
    number = read_number(found, at)
    if number is None or number.is_ordinal or not 0 < number.value < HIGHEST_DIVISOR:
        return False
    after = found[number.end].text if number.end < len(found) and not found[number.end - 1].pause else ""
    return not any("NOUN" in parse.tag or "ADJF" in parse.tag or "COMP" in parse.tag for parse in parses(after))


def _letter(found: Sequence[Token], start: int, at: int) -> tuple[str, int] | None:
    """The letter at ``at`` of the house that begins at ``start``, and the first token after it."""
    if at >= len(found):
        return None
    if found[at].text in _NAMED or found[at].text in _FRACTION:
        named = found[at + 1].text if at + 1 < len(found) else ""
        return (_LETTER_OF[named], at + 2) if named in _LETTER_OF else None
    name = found[at].text
    if name not in _LETTER_OF or not _is_letter_here(found, start, at):
        return None
    return _LETTER_OF[name], at + 1


def _is_letter_here(found: Sequence[Token], start: int, at: int) -> bool:
    token = found[at]
    if token.joined in ("", "-", "/"):
        return True
    if token.text == "е":
        return False
    after = found[at + 1].text if at + 1 < len(found) else ""
    goes_on = not after or token.pause or after in _GOES_ON
    if token.text not in _WORDS_TOO or (token.text in ("д", "де") and _is_before_flat(found, at + 1)):
        return True
    if token.text == "а" and street_type(after) and _is_ordinal(found, start):
        return False  # «дім наш двадцять другий, а вулиця стефаника»
    if goes_on:
        return True
    if token.text == "а":
        return not _is_conjunction(found, start, at) or _is_spelt(found, at)
    return token.text == "в" and after in _NEVER_AFTER_PREPOSITION


def _is_before_flat(found: Sequence[Token], at: int) -> bool:
    """«п'ять де | сто тринадцять», not «п'ять, де двадцять баків» or «де третій під'їзд»."""
    number = read_number(found, at)
    if number is None or number.is_ordinal or number.value <= FEW or found[at - 1].pause or found[at - 2].pause:
        return False
    return not counts(found, at, House(str(number.value), number.end))


def _is_ordinal(found: Sequence[Token], at: int) -> bool:
    number = read_number(found, at)
    return number is not None and number.is_ordinal


def _is_spelt(found: Sequence[Token], at: int) -> bool:
    """«а як андрій»"""
    return [token.text[:1] for token in found[at + 2 : at + 3]] == ["а"] and found[at + 1].text == "як"


def _is_conjunction(found: Sequence[Token], start: int, at: int) -> bool:
    """Whether «а» at ``at``, after the number that begins at ``start``, joins two parts of the sentence."""
    after = found[at + 1].text
    later = found[at + 2] if at + 2 < len(found) else None
    corrects = start > 0 and found[start - 1].text == "не" and read_number(found, at + 1) is not None
    denies = after == "не" and (read_number(found, at + 2) is not None or (later and later.text in BEFORE_A_PLACE))
    renamed = later is not None and later.text == "тепер"
    beside = after in ("біля", "коло") and read_number(found, at + 2) is not None
    return bool(found[at - 1].pause or after in _OPENS_CONTRAST or corrects or denies or renamed or beside)
