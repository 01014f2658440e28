"""Five hundred street names spoiled as callers and recognisers spoil them: how often is the right street still first?

The noise was written before the matcher was tuned, and with pymorphy3's declension instead of the index's own, so the
index cannot agree with itself. ``TUNING_SEED`` was used while tuning, ``REPORT_SEED`` only for the published table.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from db.street_register import Register
from evaluation.tables import Tally, show, show_misses
from transcribe.understanding.addresses import Places
from transcribe.understanding.lemmas import analyser
from transcribe.understanding.tokens import tokens

REPORT_SEED = 1580
TUNING_SEED = 33
HOW_MANY = 500

Edits = Literal["clean", "one", "several"]
_EDITS = {"clean": "not misheard", "one": "one sound", "several": "two or three", "all": "all"}

_SOUNDS_ALIKE = {
    "и": "іе",
    "і": "ии",
    "е": "ие",
    "о": "ау",
    "а": "о",
    "у": "во",
    "б": "п",
    "п": "б",
    "д": "т",
    "т": "д",
    "г": "хк",
    "х": "г",
    "к": "г",
    "з": "с",
    "с": "з",
    "ж": "ш",
    "ш": "жс",
    "ч": "шц",
    "ц": "с",
    "щ": "ш",
    "в": "у",
    "є": "е",
    "ї": "і",
    "ю": "у",
    "я": "а",
    "й": "і",
    "л": "в",
    "м": "н",
    "н": "м",
}
_TYPE_FORMS = {
    "вулиця": ("вулиця", "вулиці", "вулицю"),
    "провулок": ("провулок", "провулку"),
    "проспект": ("проспект", "проспекті"),
    "бульвар": ("бульвар", "бульварі"),
    "майдан": ("майдан", "майдані"),
}
_FRAMES = (
    "добрий день {} вже другий день немає води",
    "скажіть будь ласка коли {} зроблять дорогу",
    "{} яма така що машину не об'їдеш",
    "алло це {} не горить жоден ліхтар",
    "я живу {} у нас не вивозять сміття",
)
_ORDINALS = {"6-й": "шостий", "7-й": "сьомий"}


@dataclass(frozen=True, slots=True)
class NoisedName:
    """A spoiled name.

    Attributes:
        text: the phrase, lower case («по рівненскій»).
        sentence: the phrase inside a message.
        said: the register's name it was made of.
        right: ids of all streets that have this name; any of them is a right answer.
        edits: how badly it was spoiled.
    """

    text: str
    sentence: str
    said: str
    right: frozenset[int]
    edits: Edits


def noised_names(register: Register, seed: int, how_many: int = HOW_MANY) -> list[NoisedName]:
    """Spoiled names of a register; the same seed always gives the same names."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable test, no secret
    names = _names(register)
    return [_spoil(chance, *names[chance.randrange(len(names))]) for _ in range(how_many)]


def _names(register: Register) -> list[tuple[str, str, frozenset[int]]]:
    """All names with the type of one street and the ids of all streets that have them."""
    found: dict[str, tuple[str, set[int]]] = {}
    for street in register.streets:
        for name in (street.name, *(other.name for other in street.others)):
            bare = name.split("(")[0].strip()
            found.setdefault(bare, (street.type, set()))[1].add(street.id)
    return [(name, type_, frozenset(ids)) for name, (type_, ids) in found.items()]


def _spoil(chance: random.Random, name: str, type_: str, right: frozenset[int]) -> NoisedName:
    words = name.lower().replace("-", " ").split() if name[0].isalpha() else _spoken(name)
    words = _dropped_first_name(chance, name, words)
    preposition = chance.choice(("", "", "на", "по", "біля"))
    with_type = chance.random() < 0.4
    phrase = " ".join(_in_case(chance, word) for word in words) if preposition and not with_type else " ".join(words)
    edits: Edits = chance.choice(("clean", "one", "several"))
    for _ in range({"clean": 0, "one": 1, "several": chance.choice((2, 3))}[edits]):
        phrase = _misheard(chance, phrase)
    if chance.random() < 0.1:
        phrase = _split(chance, phrase)
    type_word = chance.choice(_TYPE_FORMS.get(type_, (type_,))) if with_type else ""
    text = " ".join(part for part in (preposition, type_word, phrase) if part)
    in_sentence = text if preposition or type_word else f"на {text}"
    return NoisedName(text, chance.choice(_FRAMES).format(in_sentence), name, right, edits)


def _spoken(name: str) -> list[str]:
    first, *rest = name.lower().split()
    return [_ORDINALS.get(first, first), *rest]


def _dropped_first_name(chance: random.Random, name: str, words: list[str]) -> list[str]:
    """«Сергія Климчука» is mostly called «Климчука»; of «Червоного Хреста» nobody drops a word."""
    is_person = len(words) > 1 and any("Name" in parse.tag for parse in analyser().parse(words[0]))
    return words[1:] if is_person and name != "Лесі Українки" and chance.random() < 0.5 else words


def _in_case(chance: random.Random, word: str) -> str:
    """A name in the nominative («Рівненська») as it is said after a preposition; others stay («Винниченка»)."""
    for parse in analyser().parse(word):
        if "nomn" in parse.tag and ("ADJF" in parse.tag or "NOUN" in parse.tag) and "sing" in parse.tag:
            inflected = parse.inflect({chance.choice(("gent", "loct", "accs"))})
            return str(inflected.word) if inflected else word
    return word


def _misheard(chance: random.Random, phrase: str) -> str:
    at = chance.choice([place for place, letter in enumerate(phrase) if letter.isalpha()])
    letter = phrase[at]
    sort = chance.random()
    if sort < 0.7 and letter in _SOUNDS_ALIKE:
        return phrase[:at] + chance.choice(_SOUNDS_ALIKE[letter]) + phrase[at + 1 :]
    if sort < 0.85:
        return phrase[:at] + phrase[at + 1 :]
    return phrase[:at] + letter + chance.choice("аинв") + phrase[at + 1 :]


def _split(chance: random.Random, phrase: str) -> str:
    """«конякіна» comes out as «коняки на»."""
    places = [at for at in range(3, len(phrase) - 2) if phrase[at - 3 : at + 2].isalpha()]
    if not places:
        return phrase
    at = chance.choice(places)
    return f"{phrase[:at]} {phrase[at:]}"


@dataclass
class Counted:
    """What a seed came to.

    Attributes:
        first, within_three: by «name alone» or «in a sentence» and how badly the names were spoiled.
        sure: of the streets that would be filled in without asking, how many are right.
        misses: «said → text → ids».
    """

    first: dict[str, Tally] = field(default_factory=dict)
    within_three: dict[str, Tally] = field(default_factory=dict)
    sure: Tally = field(default_factory=Tally)
    misses: list[str] = field(default_factory=list)


def count(register: Register, seed: int) -> Counted:
    """Look up every spoiled name, alone (``StreetIndex.find``) and inside a message."""
    places = Places(register)
    counted = Counted()
    for where, edits in product(("name alone", "in a sentence"), _EDITS.values()):
        counted.first[f"{where}, {edits}"] = Tally()
        counted.within_three[f"{where}, {edits}"] = Tally()
    for noised in noised_names(register, seed):
        alone = [guess.street_id for guess in places.index.find(noised.text)]
        _enter(counted, "name alone", noised, noised.text, alone)
        said = places.said(tokens(noised.sentence.split()))
        in_sentence = [guess.street_id for guess in said[0].guesses] if said else []
        _enter(counted, "in a sentence", noised, noised.sentence, in_sentence)
        if said and said[0].sure:
            counted.sure.add(in_sentence[0] in noised.right)
    return counted


def report(register: Register, seed: int = REPORT_SEED, *, with_misses: bool = False) -> Counted:
    """Count a seed and print its tables."""
    counted = count(register, seed)
    show(f"{HOW_MANY} noised street names, seed {seed}: right street first", counted.first)
    show("right street within three", counted.within_three)
    show("in a sentence", {"right where sure": counted.sure})
    if with_misses:
        show_misses(f"misses ({len(counted.misses)})", counted.misses)
    return counted


def _enter(counted: Counted, where: str, noised: NoisedName, text: str, ids: Sequence[int]) -> None:
    right = bool(ids) and ids[0] in noised.right
    for edits in (noised.edits, "all"):
        counted.first[f"{where}, {_EDITS[edits]}"].add(right)
        counted.within_three[f"{where}, {_EDITS[edits]}"].add(bool(noised.right & set(ids[:3])))
    if not right:
        counted.misses.append(f"{where}: {noised.said} → «{text}» → {list(ids[:3])}")
