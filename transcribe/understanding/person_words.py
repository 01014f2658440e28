"""Which words may be a person's name, in which role: first name, patronymic, surname; and in which case.

The dictionary marks names (pymorphy's Name, Patr, Surn) and guesses unknown surnames by their endings. People give
their own name in the nominative; «мене звуть Марією», «запишіть Марію», «подяка від Марії» need the other cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, Literal

from transcribe.understanding.lemmas import KNOWN_WORDS, LONGEST_WORD, analyser

Role = Literal["first", "patronymic", "surname"]
Gender = Literal["masc", "femn", ""]
Case = Literal["nomn", "ablt", "accs", "gent"]

SELF: tuple[Case, ...] = ("nomn",)
"""«це Марія», «Марія, квартира сім»."""
TOLD: tuple[Case, ...] = ("nomn", "ablt")
"""«мене звати Марія», «мене звуть Марією»."""
WRITTEN: tuple[Case, ...] = ("nomn", "accs")
"""«запишіть Марія Іванівна», «запишіть Марію Іванівну»."""
FROM: tuple[Case, ...] = ("gent", "nomn")
"""«скарга від Марії Іванівни»."""

_ROLE_OF: Mapping[str, Role] = {"Name": "first", "Patr": "patronymic", "Surn": "surname"}
_UNMARKED: Mapping[str, Gender] = {
    **dict.fromkeys("володимир богдан николай сергей андрей алексей дмитрий михаил".split(), "masc"),
    **dict.fromkeys(
        "елена ирина екатерина татьяна марьяна светлана наталья юлия людмила надежда евгения виктория".split(), "femn"
    ),
}
"""First names the dictionary has only as towns and words, or in no way at all."""
_SMALL_WORDS = ("NPRO", "PREP", "CONJ", "PRCL", "NUMR")
"""«тобі», «за»: no name, whatever else the dictionary knows of that spelling."""
_PATRONYMIC = re.compile(r"(?:[ії]вна|ович|йович)$")
_LIKE_ADJECTIVE = re.compile(r"[сц]ьк(?:ий|а)$")
_SURNAME_ENDING = re.compile(
    r"(?:ко|[уюая]к|ик|ець|[сц]ьк(?:ий|а)|[оеє]ва?|[иії]на?|их|ич|ло|ун|ар|ань|аш|уш|ух|да|га|ря|ля|ра)$"
)
"""A word the dictionary does not know is a surname only when it ends like one."""
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class NameForm:
    """What a word is as a name.

    Attributes:
        role: which part of a whole name.
        nominative: as a card has it (small letters).
        gender: "" when it tells none.
        case: the one that was said.
    """

    role: Role
    nominative: str
    gender: Gender
    case: Case


@lru_cache(maxsize=KNOWN_WORDS)
def name_forms(word: str, cases: tuple[Case, ...] = SELF) -> tuple[NameForm, ...]:
    """What a word (small letters) may be as a name in one of the cases; () when it is none.

    Args:
        cases: the likeliest first. When there are more than the nominative, somebody said that a name comes, and
            adjectives like «Кожухівський», «Загородня» are surnames too.
    """
    if not _SHORTEST <= len(word) <= LONGEST_WORD:
        return ()
    parses = analyser().parse(word)
    if any(mark in parse.tag for parse in parses for mark in _SMALL_WORDS):
        return ()
    forms = [NameForm("first", word, _UNMARKED[word], "nomn")] if word in _UNMARKED else []
    forms += [form for parse in parses for form in _marked(word, parse, cases)]
    is_name = bool(forms) or not any(parse.is_known for parse in parses)
    if is_name and _PATRONYMIC.search(word):
        forms.append(NameForm("patronymic", word, "femn" if word.endswith("вна") else "masc", "nomn"))
    if cases != SELF and not forms:
        if _LIKE_ADJECTIVE.search(word):
            forms.append(NameForm("surname", word, "femn" if word.endswith("а") else "masc", "nomn"))
        forms += [form for parse in parses if _may_name(parse) for form in _forms("surname", word, parse, cases)]
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=KNOWN_WORDS)
def is_only_surname(word: str) -> bool:
    """«тарасюк», «петренко»: a surname as people call themselves and no other word; «коваль» and «мороз» are."""
    parses = analyser().parse(word)
    return any("nomn" in parse.tag for parse in parses) and all("Surn" in parse.tag for parse in parses)


def whole_name(heard: Sequence[Sequence[NameForm]]) -> dict[Role, NameForm] | None:
    """Each word in a role of its own («Ярема Юрій» is a surname and a first name), None when they are no one name."""
    readings = [
        forms for forms in product(*heard) if len({form.role for form in forms}) == len(forms) and _agree(forms)
    ]
    best = min(readings, key=_disagreement, default=None)
    return {form.role: form for form in best} if best else None


def _agree(forms: Iterable[NameForm]) -> bool:
    """«від Олександра Петренка»: one case, one gender. In the nominative «Оксана Лис» has a surname of the other."""
    cases = {form.case for form in forms}
    own = {form.gender for form in forms if form.gender and (form.role != "surname" or form.case != "nomn")}
    return len(cases) == 1 and len(own) < 2


def _disagreement(forms: Iterable[NameForm]) -> int:
    return len({form.gender for form in forms if form.gender})


def is_past(word: str, gender: Gender) -> bool:
    """Whether a word is a past form that may have a person of this gender for its subject: «обіцяла», «прийшов»."""
    return any("past" in parse.tag and (not gender or gender in parse.tag) for parse in analyser().parse(word))


def may_act(word: str, gender: Gender) -> bool:
    """Whether a person of this gender may be what the verb speaks of: «обіцяла», «палить»; not «нема», «прошу»."""
    tags = [parse.tag.grammemes for parse in analyser().parse(word)]
    now = any({"3per", "sing", "VERB"} <= tag for tag in tags) and not any("NUMR" in tag for tag in tags)
    return is_past(word, gender) or now


def is_of_speaker(word: str) -> bool:
    """«прошу», «живу», «хочемо»: a verb whose subject is who speaks."""
    parses = [parse for parse in analyser().parse(word) if parse.is_known]
    return bool(parses) and all("1per" in parse.tag for parse in parses)


def is_person(word: str) -> bool:
    """«забудовник», «бухгалтер»: what somebody is, in the nominative; not a name."""
    tags = [parse.tag.grammemes for parse in analyser().parse(word) if parse.is_known]
    named = any(mark in tag for mark in _ROLE_OF for tag in tags)
    return not named and any({"NOUN", "anim", "nomn"} <= tag for tag in tags)


def is_said_of_somebody(word: str, gender: Gender) -> bool:
    """«(винен) забудовник», «(обіцяв) перевізник»: the word before tells what he does or what he is like."""
    tags = [parse.tag.grammemes for parse in analyser().parse(word) if parse.is_known]
    return may_act(word, gender) or any("nomn" in tag and ("ADJF" in tag or "ADJS" in tag) for tag in tags)


def is_subject(word: str, *, surely: bool = False) -> bool:
    """A thing in the nominative, of which the verb speaks: «(вода) зникла».

    Args:
        surely: it cannot be the object, as «сміття» in «палить сміття» may.
    """
    tags = [parse.tag.grammemes for parse in analyser().parse(word) if parse.is_known]
    return any({"NOUN", "nomn"} <= tag for tag in tags) and not (surely and any("accs" in tag for tag in tags))


def _may_name(parse: Any) -> bool:
    """«Загородня», «Хом'як»: adjectives and living beings are surnames too."""
    return parse.is_known and ("ADJF" in parse.tag or {"NOUN", "anim", "nomn"} <= parse.tag.grammemes)


def _marked(word: str, parse: Any, cases: tuple[Case, ...]) -> list[NameForm]:
    role = next((role for mark, role in _ROLE_OF.items() if mark in parse.tag), None)
    # The dictionary guesses «русскім» to be a first name; those it does not know are too few to gain by guessing.
    return _forms(role, word, parse, cases) if role and (parse.is_known or role != "first") else []


def _forms(role: Role, word: str, parse: Any, cases: tuple[Case, ...]) -> list[NameForm]:
    if "plur" in parse.tag or "neut" in parse.tag:
        return []
    gender: Gender = "femn" if "femn" in parse.tag else "masc"
    case = next((case for case in cases if case in parse.tag), None)
    if case is None or not (parse.is_known or role != "surname" or _SURNAME_ENDING.search(parse.normal_form)):
        return []
    nominative = word if case == "nomn" or "Fixd" in parse.tag else _nominative(parse, gender)
    return [NameForm(role, nominative, gender, case)] if nominative else []


def _nominative(parse: Any, gender: Gender) -> str | None:
    nominative = parse.inflect({"nomn", gender}) or parse.inflect({"nomn"})
    return str(nominative.word) if nominative else None
