"""Which words may be a person's name, and in which role: first name, patronymic, surname.

The dictionary marks names (pymorphy's Name, Patr, Surn) and guesses unknown surnames by their endings. Only the forms
in which people give their own name count: the nominative, and the instrumental of «мене звуть Марією».
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from transcribe.understanding.lemmas import KNOWN_WORDS, LONGEST_WORD, analyser

Role = Literal["first", "patronymic", "surname"]
Gender = Literal["masc", "femn", ""]

_ROLE_OF: Mapping[str, Role] = {"Name": "first", "Patr": "patronymic", "Surn": "surname"}
_UNMARKED: Mapping[str, Gender] = {"володимир": "masc", "богдан": "masc"}
"""First names the dictionary has only as towns and words."""
_PATRONYMIC = re.compile(r"(?:[ії]вна|ович|йович)$")
_LIKE_ADJECTIVE = re.compile(r"[сц]ьк(?:ий|а)$")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word that may be a name.

    Attributes:
        nominative: per role, the word as a card has it (small letters).
        gender: of the first name or patronymic, "" when it tells none.
    """

    nominative: Mapping[Role, str]
    gender: Gender


@lru_cache(maxsize=KNOWN_WORDS)
def name_word(word: str, *, told: bool = False) -> NameWord | None:
    """What a word (small letters) is as a name; None when it is none in a form people call themselves.

    Args:
        told: «мене звати», «прізвище» stands before: then «Марією» is a name too, and «Кожухівський» a surname.
    """
    if not _SHORTEST <= len(word) <= LONGEST_WORD:
        return None
    parses = analyser().parse(word)
    nominative: dict[Role, str] = {}
    gender: Gender = _UNMARKED.get(word, "")
    if gender:
        nominative["first"] = word
    for parse in parses:
        role = next((role for mark, role in _ROLE_OF.items() if mark in parse.tag), None)
        own = _own_form(word, parse, told=told) if role else None
        if role and own and role not in nominative:
            nominative[role] = own
            if role != "surname" and not gender:
                gender = "femn" if "femn" in parse.tag else "masc"
    is_name = bool(nominative) or not any(parse.is_known for parse in parses)
    if is_name and _PATRONYMIC.search(word):
        nominative["patronymic"] = word
        gender = "femn" if word.endswith("вна") else "masc"
    if told and _LIKE_ADJECTIVE.search(word):
        nominative.setdefault("surname", word)
    return NameWord(nominative, gender) if nominative else None


def is_past(word: str, gender: Gender) -> bool:
    """Whether a word is a past form that may have a person of this gender for its subject: «обіцяла», «прийшов»."""
    return any("past" in parse.tag and (not gender or gender in parse.tag) for parse in analyser().parse(word))


def _own_form(word: str, parse: Any, *, told: bool) -> str | None:
    if "plur" in parse.tag:
        return None
    if "nomn" in parse.tag:
        return word
    if told and "ablt" in parse.tag and "Fixd" not in parse.tag:
        nominative = parse.inflect({"nomn"})
        return str(nominative.word) if nominative else None
    return None
