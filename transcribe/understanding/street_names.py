"""The forms in which people say a street's name: in cases, without the first name, with the title dropped.

The register keeps «Рівненська», «Сенаторки Левчанівської», «6-й Малоомелянівський»; people live «на Рівненській», «на
Левчанівської», «на шостому Малоомелянівському».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from transcribe.understanding.lemmas import analyser, in_dictionary, parses

Sort = Literal["surname", "adjective", "ordinary", "phrase"]
"""What a name is made of, which says how easily it is taken for something else: «Конякіна», «Садова», «Волі»,
«Червоного Хреста»."""

_PART_OF = re.compile(r"\s*\(.*?\)")
TITLES = frozenset(
    "академіка архітектора архиєпископа героя генерала генерал гетьмана графа доктора єпископа капітана князя князів "
    "княгині композитора космонавта космонавтів короля лікаря маршала митрополита отамана отця патріарха письменника "
    "полковника президента професора сенатора сенаторки сержанта солдата святого святої сотника старшини художника "
    "братів сестер родини лейтенанта майора підполковника адмірала льотчика партизана".split()
)
_ORDINALS = {
    1: "перш",
    2: "друг",
    3: "трет",
    4: "четверт",
    5: "п'ят",
    6: "шост",
    7: "сьом",
    8: "восьм",
    9: "дев'ят",
    10: "десят",
    11: "одинадцят",
    12: "дванадцят",
}
_NUMBERED = re.compile(r"^(\d+)-?(?:[йяаге]|го|ша|га)$")
_LETTER_NAMES = {"у": "у", "п": "пе", "а": "а", "о": "о", "н": "ен", "р": "ер", "с": "ес", "к": "ка", "в": "ве"}

_SURNAME_GENITIVES = ("ча", "ка", "ба", "ра", "ша", "ова", "єва", "ева", "іна", "ина", "їна")
_OF_PEOPLE = ("ого", "ої", "ька", "ова", "ева", "єва", "на", "ча", "ка", "ий", "ій")
"""Endings of adjectives and surnames, which are no things."""
_Forms = tuple[str, str, str, str, str, str]
"""Genitive, locative, accusative, instrumental, and what else is said in the locative: «на Театральному» and «на
Театральнім», «на Кривому Валі» and «на Кривому Валу».
"""
_FEMININE: _Forms = ("ої", "ій", "у", "ою", "ій", "ій")
_FEMININE_SOFT: _Forms = ("ьої", "ій", "ю", "ьою", "ій", "ій")
_MASCULINE: _Forms = ("ого", "ому", "ий", "им", "ім", "ому")
_MASCULINE_SOFT: _Forms = ("ього", "ьому", "ій", "ім", "ім", "ьому")


@dataclass(frozen=True, slots=True)
class SpokenName:
    """One way to say a name.

    Attributes:
        words: small letters, apostrophes kept.
        short: a part of the name stands for it («Шухевича»).
        heard_often: whether a misheard form is compared with this one too; rarer cases are only looked up exactly.
    """

    words: tuple[str, ...]
    short: bool = False
    heard_often: bool = True


def spoken_names(name: str, type_: str = "") -> tuple[SpokenName, ...]:
    """All ways to say a name of the register; the name itself first.

    A square has two words in Ukrainian, so «Театральний майдан» is a «театральна площа» too.
    """
    found: dict[tuple[str, ...], SpokenName] = {}
    for spoken in _ways(name):
        found.setdefault(spoken.words, spoken)
    if type_ == "майдан" and name.endswith("ий"):
        for spoken in _ways(name[:-2] + "а"):
            found.setdefault(spoken.words, replace(spoken, heard_often=False))
    return tuple(found.values())


def sort_of(words: tuple[str, ...]) -> Sort:
    """What a spoken name is made of."""
    return "phrase" if len(words) > 1 else _sort_of_word(words[0])


@lru_cache(maxsize=20_000)
def _sort_of_word(word: str) -> Sort:
    found = parses(word)
    known = analyser().word_is_known(word)
    if any("ADJF" in parse.tag and "Surn" not in parse.tag for parse in found) and not (
        known and any({"Surn", "gent", "masc"} <= parse.tag.grammemes for parse in found)
    ):
        return "adjective"
    if not known or any("Surn" in parse.tag for parse in found):
        return "surname"
    return "ordinary"


def _ways(name: str) -> Iterator[SpokenName]:
    words = _words(name)
    if not words:
        return
    yield SpokenName(words)
    yield from (SpokenName(case, heard_often=often) for case, often in _cases(words))
    if "упа" in words:
        yield SpokenName(tuple(part for word in words for part in (_spelt(word) if word == "упа" else (word,))))
    if len(words) == 2 and (words[0] in TITLES or _is_first_name(words[0])):
        yield SpokenName((words[1], words[0]), heard_often=False)  # «сверстюка євгена»
    for part in _short(words):
        yield SpokenName(part, short=True)
        yield from (SpokenName(case, short=True, heard_often=often) for case, often in _cases(part))


def _words(name: str) -> tuple[str, ...]:
    bare = _PART_OF.sub("", name).casefold().replace("’", "'").replace("ʼ", "'")
    words = []
    for word in bare.split():
        numbered = _NUMBERED.match(word)
        if numbered and int(numbered.group(1)) in _ORDINALS:
            stem = _ORDINALS[int(numbered.group(1))]
            feminine = bare.endswith(("а", "я"))
            words.append(stem + (("я" if feminine else "ій") if stem == "трет" else ("а" if feminine else "ий")))
        else:
            words += [part.strip('.,«»"') for part in word.split("-")]
    return tuple(word for word in words if word)


def _spelt(word: str) -> tuple[str, ...]:
    """«УПА» as a recogniser writes it down: «у пе а»."""
    return tuple(_LETTER_NAMES[letter] for letter in word)


def _short(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The name without titles, and without first names: «Андрея Шептицького», «Шептицького»."""
    rest = words
    while len(rest) > 1 and rest[0] in TITLES:
        rest = rest[1:]
        yield rest
    while len(rest) > 1 and _is_first_name(rest[0]):
        rest = rest[1:]
        yield rest
    if len(words) == 2 and rest == words and sort_of((words[1],)) == "surname" and sort_of((words[0],)) == "surname":
        yield words[1:]  # «Карпенка-Карого», and first names no dictionary knows


@lru_cache(maxsize=5_000)
def _is_first_name(word: str) -> bool:
    if not in_dictionary(word):
        return False
    tags = [parse.tag.grammemes for parse in parses(word)]
    return any(tag >= {"Name", "gent"} for tag in tags) and not any("ADJF" in tag for tag in tags)


def _cases(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """A name in the nominative in its other cases, and the colloquial cases of a surname («по Шевченку»)."""
    if len(words) == 1:
        yield from ((form, False) for form in _of_thing(words[0]))
    by_word = [_declined(word) for word in words]
    if all(by_word):
        for number, case in enumerate(zip(*by_word, strict=True)):
            yield case, number < 2
    if len(words) == 1:
        yield from (((word,), False) for word in _of_surname(words[0]))


def _declined(word: str) -> tuple[str, ...]:
    """The forms of a word in the nominative; () of a word that is not declined."""
    stem = word[:-1]
    if word.endswith(("ька", "на", "ова", "ева", "єва", "ча", "та", "ла", "ра", "да", "ша", "га", "жа", "ха")):
        return _ended(stem, _FEMININE)
    if word.endswith("ня") and len(word) > 4:
        return _ended(stem, _FEMININE_SOFT)
    if word.endswith("ця"):
        return _ended(stem, ("і", "і", "ю", "ею", "і", "і"))
    if word.endswith("ий"):
        return _ended(word[:-2], _MASCULINE)
    if word.endswith("ій"):
        return _ended(word[:-2], _MASCULINE_SOFT)
    if word.endswith("ець"):
        return _ended(word[:-3], ("ця", "ці", "ець", "цем", "цю", "цю"))
    if word[-1] in "бвгджзклмнпрстфхц" and in_dictionary(word) and "Surn" not in parses(word)[0].tag:
        return _ended(word, ("у", "і", "", "ом", "у", "у"))
    return ()


def _ended(stem: str, endings: _Forms) -> tuple[str, ...]:
    return tuple(stem + ending for ending in endings)


def _of_thing(word: str) -> Iterator[tuple[str, ...]]:
    """The locative of a thing in the genitive: «проспект Перемоги», but «на перемозі»."""
    if word.endswith(_OF_PEOPLE) or not in_dictionary(word):
        return
    for parse in parses(word):
        if {"NOUN", "inan", "gent"} <= parse.tag.grammemes:
            inflected = parse.inflect({"loct"})
            if inflected and inflected.word != word:
                yield (inflected.word,)


def _of_surname(word: str) -> Iterator[str]:
    if word.endswith("ого"):
        yield word[:-3] + "ому"
    elif word.endswith(_SURNAME_GENITIVES) and not word.endswith("ька"):
        yield word[:-1] + "у"
