"""Which words are numbers: every case form, ordinals, and the spellings people and recognisers make of them.

The table is made from stems and endings, and both it and the heard words are folded to one coarse spelling, so that
«п'ятдесят», «пятдесят», «пятьдесят» and «п'ядесят» meet in one entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Size = Literal["zero", "unit", "teen", "ten", "hundred", "thousand"]


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word of a number.

    Attributes:
        value: 0 to 19, a ten, a hundred, or 1000.
        size: what it may stand before: «сто двадцять чотири» goes down, «двадцять сто» does not.
        ending: of an ordinal, as hard adjectives have it («ий», «а», «ого», «ої», «ій», «у» ...); "" for a cardinal.
        bare: «тисяча» alone is a number, «тисяч» is one only after another.
    """

    value: int
    size: Size
    ending: str = ""
    bare: bool = True


_FOLDS = (
    (re.compile(r"['ь]"), ""),
    (re.compile("ы"), "и"),
    (re.compile("[эєё]"), "е"),
    (re.compile("[дтй]+ц"), "ц"),  # двадцять, двацять, двайцять, дванацять
    (re.compile("ц[аи]т"), "цят"),  # двадцать, двадцить
    (re.compile("н+ац"), "нац"),
    (re.compile("т?д[еиі]сят"), "десят"),  # п'ятдесят, п'ядесят, пятдісят
    (re.compile("т?с+от|цс?от"), "сот"),  # п'ятсот, п'яцот, шіссот
)


def folded(word: str) -> str:
    """The coarse spelling in which heard number words and the table meet."""
    for pattern, instead in _FOLDS:
        word = pattern.sub(instead, word)
    return word


@lru_cache(maxsize=4096)  # the same few hundred words make up most messages
def number_word(text: str) -> NumberWord | None:
    """What a token says as a word of a number, None for any other word."""
    return _TABLE.get(folded(text))


_UNITS = {
    1: "один одна одне одно одного одної однієї одному одній одну одним однією одною",
    2: "два дві двох двом двома двє",
    3: "три трьох трьом трьома",
    4: "чотири чотирьох чотирьом чотирма чотирьома чотирі чотире четире штири штирі",
    5: "п'ять п'яти п'ятьох п'ятьом п'ятьма п'ятьома",
    6: "шість шести шістьох шістьом шістьма шістьома шесть шисть",
    7: "сім семи сімох сімом сімома семь сьоми",
    8: "вісім восьми вісьмох вісьмом вісьма вісьмома восім восемь вісем восьмих",
    9: "дев'ять дев'яти дев'ятьох дев'ятьом дев'ятьма дев'ятьома девить",
}
_ZERO = "нуль нуля нулю нулем нулі ноль ноля зеро"
_TEEN_STEMS = {
    10: "десят десіт",
    11: "одинадцят одінадцят адінадцят",
    12: "дванадцят двінадцят двенадцят",
    13: "тринадцят",
    14: "чотирнадцят четирнадцят чотирінадцят",
    15: "п'ятнадцят",
    16: "шістнадцят шіснадцят шестнадцят шиснадцят",
    17: "сімнадцят семнадцят",
    18: "вісімнадцят восімнадцят восемнадцят вісемнадцят",
    19: "дев'ятнадцят",
}
_TEN_STEMS = {
    20: "двадцят",
    30: "тридцят",
    50: "п'ятдесят пійсят пісят піісят",
    60: "шістдесят шісдесят шестдесят шісят шійсят шиздесят шіздесят",
    70: "сімдесят семдесят сімсят сімісят",
    80: "вісімдесят восімдесят восемдесят вісімсят вісімісят вісемдесят",
}
_TENS_ALONE = {40: "сорок сорока", 90: "дев'яносто дев'яноста дев'яністо дев'ядесят"}
_HUNDREDS = {
    100: "сто ста",
    200: "двісті двохсот двомстам двомастами двохстах двесті двіста двєсті двесте",
    300: "триста трьохсот трьомстам трьомастами трьохстах",
    400: "чотириста чотирьохсот чотирьомстам чотирмастами чотирьохстах чотиреста четиреста",
    500: "п'ятсот п'ятисот п'ятистам п'ятьмастами п'ятистах",
    600: "шістсот шестисот шестистам шістьмастами шестистах шестсот",
    700: "сімсот семисот семистам сьомастами семистах семсот",
    800: "вісімсот восьмисот восьмистам вісьмастами вісьмомастами восьмистах восімсот восемсот вісемсот",
    900: "дев'ятсот дев'ятисот дев'ятистам дев'ятьмастами дев'ятистах",
}
_THOUSAND = "тисяча тисячу тисячею тища тищу"
_THOUSANDS = "тисячі тисяч тисячам тисячами тисячах тищі тищ тисячей"
_ORDINALS: dict[Size, dict[int, str]] = {
    "zero": {0: "нульов"},
    "unit": {
        1: "перш перв",
        2: "друг",
        4: "четверт",
        5: "п'ят",
        6: "шост шест",
        7: "сьом седьм",
        8: "восьм",
        9: "дев'ят",
    },
    "teen": _TEEN_STEMS,
    "ten": {**_TEN_STEMS, 40: "сороков", 90: "дев'яност"},
    "hundred": {100: "сот", 200: "двохсот", 300: "трьохсот", 500: "п'ятисот"},
    "thousand": {1000: "тисячн"},
}
_HARD = "ий а е ого ої ому ій у им ою ім і".split()
_SOFT_THIRD = {
    "третій": "ий",
    "третя": "а",
    "третє": "е",
    "третього": "ого",
    "третьої": "ої",
    "третьому": "ому",
    "третю": "у",
    "третім": "им",
    "третьою": "ою",
    "треті": "і",
}
_NUMERAL_ENDINGS = ("ь", "и", "ьох", "ьом", "ьма", "ьома")


def _table() -> dict[str, NumberWord]:
    table: dict[str, NumberWord] = {}

    def add(words: str, number: NumberWord) -> None:
        for word in words.split():
            table.setdefault(folded(word), number)

    # «дев'яноста» may be «90-та», but mostly it is «дев'яноста трьох»: the first entry of a spelling stays.
    for value, words in _TENS_ALONE.items():
        add(words, NumberWord(value, "ten"))
    for size, ordinals in _ORDINALS.items():
        for value, stems in ordinals.items():
            for ending in _HARD:
                add(" ".join(stem + ending for stem in stems.split()), NumberWord(value, size, ending))
    for word, ending in _SOFT_THIRD.items():
        add(word, NumberWord(3, "unit", ending))
    add(_ZERO, NumberWord(0, "zero"))
    for value, words in _UNITS.items():
        add(words, NumberWord(value, "unit"))
    for size, by_value in (("teen", _TEEN_STEMS), ("ten", _TEN_STEMS)):
        for value, stems in by_value.items():
            for stem in stems.split():
                add(" ".join(stem + ending for ending in _NUMERAL_ENDINGS), NumberWord(value, size))
    for value, words in _HUNDREDS.items():
        add(words, NumberWord(value, "hundred"))
    add(_THOUSAND, NumberWord(1000, "thousand"))
    add(_THOUSANDS, NumberWord(1000, "thousand", bare=False))
    return table


_TABLE = _table()
