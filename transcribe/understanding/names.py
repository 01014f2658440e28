"""Who speaks: the applicant's name, as people give it on the telephone.

Three ways, the surest first: the name is announced («мене звати», «прізвище»); a word tells who calls («це ...
турбує», «запишіть ...»); a whole name stands alone, at the end of the message or before a telephone or an address. A
wrong name on a card is worse than none, so a name beside «двірник», «сусід», «обіцяла» is somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, permutations

from transcribe.understanding.facts import Said, Span
from transcribe.understanding.number_words import number_word
from transcribe.understanding.person_words import Gender, NameWord, Role, is_past, name_word
from transcribe.understanding.place_words import BEFORE_A_PLACE, FLAT_WORDS, HOUSE_WORDS, street_type
from transcribe.understanding.tokens import Token

_ORDER: tuple[Role, ...] = ("first", "patronymic", "surname")
"""As a card has it, whatever the order of speech."""

_ME = "мене"
_CALLED = frozenset("звати звуть зовуть кличуть".split())
_SURNAME = frozenset({"прізвище", "прізвищем", "прізвіще", "фамілія"})
_GIVEN_NAME = frozenset({"ім'я", "імя", "імʼя"})
_MINE = frozenset({"моє", "мій", "моя"})
_THEIRS = frozenset("його її їх їхнє твоє ваше чиє на як яке".split())
_BETWEEN_PARTS = frozenset("ім'я імя по батькові прізвище моє а я".split())
"""«прізвище Яблонська, ім'я Роксолана, по батькові Юріївна»."""
_CALLS = frozenset("турбує турбують звертається телефонує дзвонить дзвоне непокоїть".split())
_TO_ME = frozenset("мені нам йому їй їм тобі сам сама".split())
_WRITE = frozenset("запишіть пишіть записуйте запиши записую зареєструйте".split())
_THIS = frozenset({"це", "я"})
_BESIDE_CALLER = frozenset(
    "вас вам до це я пані пан знову громадянка громадянин мешканка мешканець жителька житель пенсіонерка пенсіонер "
    "голова осбб старша старший будинку під'їзду села вулиці по міста луцька інвалід ветеран заявник заявниця".split()
)
"""How callers call themselves before their name."""
_COMPANY = "осбб"
_OTHERS = frozenset(
    "майстер двірник двірничка директор директорка лікар лікарка медсестра сусід сусідка водій депутат депутатка мер "
    "начальник начальниця керівник управитель управителька староста завідувач завідувачка завгосп продавець бригадир "
    "слюсар сантехнік електрик інспектор інспекторка диспетчер диспетчерка оператор син дочка донька онук внук онучка "
    "внучка чоловік дружина жінка мама тато батько брат сестра зять невістка свекруха бабуся бабця баба дід дідусь кум "
    "кума голова осбб сторож консьєрж консьєржка вчитель вчителька вихователь вихователька тренер поліцейський "
    "дільничий цей той ця та наш наша ваш ваша їхній їхня якийсь якась такий така святий свята імені хлопець "
    "дівчина дід собака пес кіт".split()
)
"""Whoever is called so is spoken of and does not speak."""
_GOES_ON = frozenset("з із зі по живу живемо турбує дзвонить телефонує хочу прошу знову мешкаю проживаю".split())
_NEXT_FIELD = frozenset("тел телефон телефону номер мій моя адреса проживаю живу мешкаю".split())
"""What is told after a name, besides an address."""
_BEGINS_PHONE = frozenset({"плюс", "нуль", "ноль"})
_THANKS = frozenset("дякую побачення спасибі повагою".split())
_ALSO_WORDS = frozenset("віра надія любов слава роза лілія роман лев мир майя злата калина світа маргарита".split())
"""First names that alone say nothing."""
_NEIGHBOURS = 2
"""Words before a name among which one of ``_OTHERS`` makes it somebody else's."""


@dataclass(slots=True)
class _Person:
    first: int
    end: int
    parts: dict[Role, str] = field(default_factory=dict)
    gender: Gender = ""

    @property
    def is_full(self) -> bool:
        return "first" in self.parts and len(self.parts) > 1

    @property
    def text(self) -> str:
        return " ".join(_capital(self.parts[role]) for role in _ORDER if role in self.parts)


def applicant(words: Sequence[str], found: Sequence[Token], places: Sequence[Span] = ()) -> Said | None:
    """The applicant's name in the nominative, «Ім'я По батькові Прізвище»; None when none was said.

    Args:
        places: where addresses stand; a name there is a street.
    """
    reader = _Reader(words, found, places)
    person = next(chain(reader.announced(), reader.calling(), reader.standing_alone()), None)
    return Said(person.text, (found[person.first].word, found[person.end - 1].word)) if person else None


class _Reader:
    """Looks for a name in each of the three ways."""

    def __init__(self, words: Sequence[str], found: Sequence[Token], places: Sequence[Span]) -> None:
        self.found = found
        self.texts = [token.text for token in found]
        self.places = {word for first, last in places for word in range(first, last + 1)}
        self.cased = any(word[:1].isupper() for word in words)
        self.small = {
            token.word for token in found if self.cased and not words[token.word].lstrip('«(—-"')[:1].isupper()
        }
        """Words written small in a message that has capitals: no names."""

    def announced(self) -> Iterator[_Person]:
        """«мене звати ...», «моє прізвище ...», «моє ім'я ...»."""
        for at, text in enumerate(self.texts):
            person = None
            if text in _CALLED:
                person = self._called(at)
            elif self._announces(at):
                person = self._person(at + 1 + (self._word(at + 1) in _MINE), told=True)
            if person:
                yield person

    def _announces(self, at: int) -> bool:
        """«прізвище», «моє ім'я», «ім'я моє»; not «його прізвище», «сусід на ім'я»."""
        if self.texts[at] in _GIVEN_NAME:
            return bool({self._word(at - 1), self._word(at + 1)} & _MINE)
        return self.texts[at] in _SURNAME and self._word(at - 1) not in _THEIRS

    def _called(self, at: int) -> _Person | None:
        """«мене звати ...», «звати мене ...», «мене ... звати»."""
        if self._word(at - 1) == _ME:
            return self._person(at + 1, told=True)
        if self._word(at + 1) == _ME:
            return self._person(at + 2, told=True)
        return next((one for one in self._ending(at, told=True) if self._word(one.first - 1) == _ME), None)

    def calling(self) -> Iterator[_Person]:
        """«турбує ...», «... дзвонить», «запишіть ...», «це ...», «я ...»."""
        for at, text in enumerate(self.texts):
            person = None
            if text in _CALLS and self._word(at - 1) not in _TO_ME and self._word(at + 1) not in _TO_ME:
                person = self._person(self._past_caller_words(at + 1)) or next(
                    (one for one in self._ending(at) if not self._is_other(one)), None
                )
                person = person if person and "first" in person.parts else None
            elif text in _WRITE:
                person = self._person(at + 1)
                person = person if person and person.is_full else None
            elif text in _THIS:
                person = self._person(self._past_caller_words(at + 1))
                person = person if person and self._is_self(text, person) else None
            if person:
                yield person

    def _is_self(self, opening: str, person: _Person) -> bool:
        """«це Аня з сусіднього дому», «я Остапчук Богдан»; not «це роман привіз», «я роман прочитала»."""
        if "first" not in person.parts:
            return False
        if opening == "я" and person.is_full:
            return True
        return self._ends(person) or self._word(person.end) in _GOES_ON or self._tells_next(person)

    def standing_alone(self) -> Iterator[_Person]:
        """«..., квартира дев'ять, Марія Степанівна Гнатюк»."""
        at = 0
        while at < len(self.found):
            person = self._person(at)
            if person and not self._in_place(person) and self._stands_alone(person):
                yield person
            at = person.end if person else at + 1

    def _stands_alone(self, person: _Person) -> bool:
        before = self._word(person.first - 1)
        parted = person.first == 0 or self.found[person.first - 1].pause
        if "first" not in person.parts or self._is_other(person) or self._word(person.end) in _OTHERS:
            return False
        if not parted and (before in BEFORE_A_PLACE or street_type(before) or is_past(before, person.gender)):
            return False
        if person.is_full:
            return self._ends(person) or self._tells_next(person)
        alone = not _ALSO_WORDS & set(person.parts.values())
        apart = (parted and person.first > 0) or before in _THANKS or self._follows_number(person.first)
        return alone and self._ends(person) and apart

    def _follows_number(self, at: int) -> bool:
        """«(квартира) сім», «(будинок) сім а» stand before."""
        letter = len(self._word(at - 1)) == 1 and not self._is_number(self._word(at - 1))
        return self._is_number(self._word(at - 1 - letter))

    def _is_other(self, person: _Person) -> bool:
        """A person spoken of: «двірник Василь Петрович»."""
        for at in range(person.first - 1, max(-1, person.first - 1 - _NEIGHBOURS), -1):
            if self.found[at].pause:
                return False
            if self.texts[at] in _OTHERS:
                return True
        return False

    def _ends(self, person: _Person) -> bool:
        """Nothing follows in the same breath."""
        return person.end == len(self.found) or self.found[person.end - 1].pause

    def _tells_next(self, person: _Person) -> bool:
        """A telephone or an address follows."""
        after = self._word(person.end)
        place = street_type(after) or after in HOUSE_WORDS or after in FLAT_WORDS
        return bool(place) or after in _NEXT_FIELD or after in _BEGINS_PHONE or after.startswith("0")

    def _in_place(self, person: _Person) -> bool:
        return any(self.found[at].word in self.places for at in range(person.first, person.end))

    def _past_caller_words(self, at: int) -> int:
        """Past «(турбує) вас голова осбб затишок»."""
        while self._word(at) in _BESIDE_CALLER:
            named_company = self._word(at) == _COMPANY and self._person(at + 1) is None
            at += 1 + named_company
        return at

    def _ending(self, end: int, *, told: bool = False) -> Iterator[_Person]:
        """Names that end right before a token, the longest first."""
        for first in range(max(0, end - len(_ORDER)), end):
            person = self._person(first, told=told)
            if person and person.end == end:
                yield person

    def _person(self, at: int, *, told: bool = False) -> _Person | None:
        """The name that begins at a token.

        Args:
            told: it was announced: other cases count, and «ім'я», «по батькові» may stand between its parts.
        """
        heard: list[NameWord] = []
        person = _Person(at, at)
        while at < len(self.found) and len(heard) < len(_ORDER):
            if told and heard and self.texts[at] in _BETWEEN_PARTS:
                at += 1
                continue
            text, end = self._whole(at)
            word = self._name_word(at, text, told=told, begun=bool(heard))
            parts = _parts([*heard, word]) if word else None
            if word is None or parts is None:
                break
            if not heard:
                person.first = at
            heard.append(word)
            person.parts, person.gender = parts, person.gender or word.gender
            person.end = at = end
            if self.found[end - 1].pause and not (told and self._word(end) in _BETWEEN_PARTS):
                break
        return person if heard else None

    def _name_word(self, at: int, text: str, *, told: bool, begun: bool) -> NameWord | None:
        # «двірник» is a surname to the dictionary too; only who says «прізвище» is called so.
        if self.found[at].word in self.small or (text in _OTHERS and not told):
            return None
        word = name_word(text, told=told)
        # «Мене звати Кіра Пацьорка»: the recogniser's capital is all that tells an unknown surname.
        return NameWord({"surname": text}, "") if word is None and self.cased and told and begun else word

    def _whole(self, at: int) -> tuple[str, int]:
        """A word with its hyphens: «нечуй-левицька»."""
        text, end = self.texts[at], at + 1
        while end < min(at + len(_ORDER), len(self.found)) and self.found[end].joined == "-":
            text, end = f"{text}-{self.texts[end]}", end + 1
        return text, end

    def _word(self, at: int) -> str:
        return self.texts[at] if 0 <= at < len(self.texts) else ""

    def _is_number(self, word: str) -> bool:
        return word[:1].isdecimal() or number_word(word) is not None


def _parts(heard: Sequence[NameWord]) -> dict[Role, str] | None:
    """Each word in a role of its own («Ярема Юрій» is a surname and a first name), None when they are no one name."""
    for roles in permutations(_ORDER, len(heard)):
        if all(role in word.nominative for role, word in zip(roles, heard, strict=True)):
            return {role: word.nominative[role] for role, word in zip(roles, heard, strict=True)}
    return None


def _capital(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))
