"""What name begins or ends at a word? Its parts as they were said, corrected and said again.

Whose it is, names.py tells: here «Марія Іванівна» is a name whoever bears it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transcribe.understanding.facts import Span
from transcribe.understanding.number_words import number_word
from transcribe.understanding.person_words import (
    SELF,
    TOLD,
    Case,
    Gender,
    NameForm,
    Role,
    is_only_surname,
    name_forms,
    whole_name,
)
from transcribe.understanding.place_words import (
    CORRECTIONS,
    HESITATIONS,
)
from transcribe.understanding.tokens import Token
from transcribe.understanding.whose_name import (
    OTHERS,
)

_ORDER: tuple[Role, ...] = ("first", "patronymic", "surname")
"""As a card has it, whatever the order of speech."""
_BETWEEN_PARTS = frozenset("ім'я імя по батькові прізвище фамілія моє а я і на звати звуть мене".split())
"""«прізвище Яблонська, ім'я Роксолана, по батькові Юріївна»."""
BESIDE_CALLER = frozenset(
    "вас вам до це я пані пан знову громадянка громадянин мешканка мешканець жителька житель пенсіонерка пенсіонер "
    "голова осбб старша старший будинку під'їзду села вулиці по міста луцька інвалід ветеран заявник заявниця сама сам "
    "студент студентка знов опять такий така пенсіонерка вдова мати батько е ее ну зі".split()
)
"""How callers call themselves before their name."""
_COMPANY = "осбб"
_WITHIN_NAME = HESITATIONS | {"я", "це"}
_CORRECTED_WITHIN = 3
"""Words of a slip: «Марія, ой вибачте, Марина»."""
_PASSED = 12
"""Small words in a row between «це», «запишіть», a greeting and the name, at most."""


@dataclass(slots=True)
class Person:
    """A name, and the tokens it was said in: from ``first`` up to, not including, ``end``."""

    first: int
    end: int
    forms: Mapping[Role, NameForm] = field(default_factory=dict)

    @property
    def parts(self) -> dict[Role, str]:
        return {role: self.forms[role].nominative for role in _ORDER if role in self.forms}

    @property
    def gender(self) -> Gender:
        return next((self.forms[role].gender for role in ("first", "patronymic") if role in self.forms), "")

    @property
    def is_full(self) -> bool:
        return "first" in self.forms and len(self.forms) > 1

    @property
    def is_named(self) -> bool:
        """It cannot be another word than a name."""
        return bool({"first", "patronymic"} & set(self.forms)) or self.is_only_surname

    @property
    def is_only_surname(self) -> bool:
        return set(self.forms) == {"surname"} and is_only_surname(self.forms["surname"].nominative)

    @property
    def text(self) -> str:
        return " ".join(map(_capital, self.parts.values()))


class HeardNames:
    """The words of a message, read as names."""

    def __init__(self, words: Sequence[str], found: Sequence[Token], places: Sequence[Span]) -> None:
        self.found = found
        self.texts = [token.text for token in found]
        self.places = {word for first, last in places for word in range(first, last + 1)}
        self.cased = any(word[:1].isupper() for word in words)
        self.small = {
            token.word for token in found if self.cased and not words[token.word].lstrip('«(—-"')[:1].isupper()
        }
        """Words written small in a message that has capitals: no names."""

    def past(self, at: int, words: frozenset[str]) -> int:
        """The first place from ``at`` on that holds none of the words."""
        end = at
        while end < at + _PASSED and self.word(end) in words:
            end += 1
        return end

    def past_caller_words(self, at: int) -> int:
        """Past «(турбує) вас голова осбб затишок»."""
        end = at + _PASSED
        while at < end and self.word(at) in BESIDE_CALLER:
            named = self.person(at + 1) if self.word(at) == _COMPANY else None
            at += 1 + (self.word(at) == _COMPANY and not (named and named.is_full))
        return at

    def before(self, at: int, count: int) -> list[str]:
        return self.texts[max(0, at - count) : at]

    def ending(self, end: int, cases: tuple[Case, ...] = SELF) -> Iterator[Person]:
        """Names that end right before a token, the longest first."""
        for first in range(max(0, end - len(_ORDER)), end):
            person = self.person(first, cases)
            if person and person.end == end:
                yield person

    def person(self, at: int, cases: tuple[Case, ...] = SELF) -> Person | None:
        """The name that begins at a token, as it was corrected or said again: «Марія ой Марина» is Марина.

        Args:
            cases: as a name stands after the words before it. After «мене звати» also «ім'я», «по батькові» may stand
                between its parts.
        """
        person = self._heard(at, cases)
        if person is None:
            return None
        after = person.end
        while after < person.end + _CORRECTED_WITHIN and self.word(after) in CORRECTIONS | HESITATIONS:
            after += 1
        better = self._heard(after, cases)
        if better is None or better.forms.keys().isdisjoint(person.forms):
            return person
        corrected = not CORRECTIONS.isdisjoint(self.texts[person.end : after])
        if not (corrected or person.parts.items() & better.parts.items()):
            return person
        return Person(person.first, better.end, {**person.forms, **better.forms})

    def _heard(self, at: int, cases: tuple[Case, ...]) -> Person | None:
        heard: list[tuple[NameForm, ...]] = []
        person = Person(at, at)
        told = cases == TOLD
        while at < len(self.found) and len(heard) < len(_ORDER):
            if heard and self.texts[at] in (_BETWEEN_PARTS | _WITHIN_NAME if told else _WITHIN_NAME):
                at += 1
                continue
            text, end = self._whole(at)
            word = self._forms(at, text, cases, begun=bool(heard))
            forms = whole_name([*heard, word]) if word else None
            if not word or forms is None:
                break
            if not heard:
                person.first = at
            heard.append(word)
            person.forms = forms
            person.end = at = end
            if self.found[end - 1].pause and not (told and self.word(end) in _BETWEEN_PARTS):
                break
        return person if heard else None

    def _forms(self, at: int, text: str, cases: tuple[Case, ...], *, begun: bool) -> tuple[NameForm, ...]:
        # «двірник» is a surname to the dictionary too; only who says «прізвище» is called so.
        if self.found[at].word in self.small or (text in OTHERS and cases != TOLD) or text in BESIDE_CALLER:
            return ()
        # «Мене звати Кіра Пацьорка»: the recogniser's capital is all that tells an unknown surname.
        unknown = self.cased and cases == TOLD and begun
        return name_forms(text, cases) or ((NameForm("surname", text, "", "nomn"),) if unknown else ())

    def _whole(self, at: int) -> tuple[str, int]:
        """A word with its hyphens: «нечуй-левицька»."""
        text, end = self.texts[at], at + 1
        while end < min(at + len(_ORDER), len(self.found)) and self.found[end].joined == "-":
            text, end = f"{text}-{self.texts[end]}", end + 1
        return text, end

    def word(self, at: int) -> str:
        return self.texts[at] if 0 <= at < len(self.texts) else ""

    def is_number(self, word: str) -> bool:
        return word[:1].isdecimal() or number_word(word) is not None

    def in_place(self, person: Person) -> bool:
        return any(self.found[at].word in self.places for at in range(person.first, person.end))


def _capital(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))
