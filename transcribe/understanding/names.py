"""Who speaks: the applicant's name, as people give it on the telephone.

Four ways, the surest first: the name is announced («мене звати», «прізвище»); a word tells who calls («це ...
турбує»); it is dictated («запишіть ...», «скарга від ...»); a name stands alone, at the beginning or end of the
message or before a telephone or an address. A wrong name on a card is worse than none, so a name beside «двірник»,
«сусід», «обіцяла» is somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from transcribe.understanding.beside_name import BesideNames
from transcribe.understanding.facts import Said, Span
from transcribe.understanding.heard_names import HeardNames, Person
from transcribe.understanding.person_words import (
    FROM,
    TOLD,
    WRITTEN,
    is_past,
    is_person,
    may_act,
)
from transcribe.understanding.place_words import (
    BEFORE_A_PLACE,
    NAMED_AFTER,
    street_type,
)
from transcribe.understanding.tokens import Token
from transcribe.understanding.whose_name import (
    APPEAL_FROM,
    CLOSING,
    GOES_ON,
    OTHERS,
    SIGNS_AS,
    is_account,
    is_recorded,
    is_to_somebody,
)

_ME = frozenset({"мене", "меня"})
_HOW = "як"
_CALLED = frozenset("звати звуть зовуть зовут кличуть".split())
_SURNAME = frozenset({"прізвище", "прізвищем", "прізвіще", "фамілія", "фамилія"})
_GIVEN_NAME = frozenset({"ім'я", "імя", "імʼя"})
_MINE = frozenset({"моє", "мій", "моя"})
_THEIRS = frozenset("його її їх їхнє твоє ваше чиє на яке".split())
_BEFORE_TOLD = frozenset("моє мій моя буде таке пан пані пишіть запишіть ось це то е ее ну в у мене просто".split())
"""«прізвище (моє буде) Яблонська», «мене звати (просто) Олена»."""
_CALLS = frozenset("турбує турбують звертається телефонує дзвонить дзвоне непокоїть".split())
_ALSO_OTHERS_DO = frozenset("телефонує дзвонить дзвоне".split())
"""«дзвонить майстер Петро»: to whoever tells it; only a caller says «турбує бухгалтер Петро»."""
_SPEAKS = "говорить"
_ON_THE_LINE = (("на", "зв'язку"), ("на", "лінії"), ("на", "проводі"), ("на", "дроті"), ("біля", "телефону"))
_WRITE = frozenset(
    "запишіть пишіть записуйте запиши записую зареєструйте занотуйте запишете заявник заявниця підпис".split()
)
_ASK_FOR = frozenset("питайте питати спитайте спитати запитайте запитати кличте покличте".split())
_POLITELY = frozenset("пані пана діда бабу бабусю тьотю дядю тітку".split())
_AFTER_WRITE = frozenset("мене будь ласка як так на собі там від мої дані ім'я прізвище громадянка громадянин".split())
_FROM = "від"
_ON = "на"
_REQUEST = "заявк"
"""«заявка на Петрук Ніну» is hers; «скарга на Петрук Ніну» is about her."""
_FROM_US = frozenset("мене нас імені громади мешканців мешканки мешканця жителів жительки жителя пенсіонерки".split())
_APPEAL_WITHIN = 4
"""Words before «від», «на» among which the appeal is named: «заявка була записана на Петренка»."""
_THIS = frozenset({"це", "я"})
_THAT = frozenset({"що", "шо"})
"""«це Марія каже що ...»: it is not Marija who speaks."""


def applicant(words: Sequence[str], found: Sequence[Token], places: Sequence[Span] = ()) -> Said | None:
    """The applicant's name in the nominative, «Ім'я По батькові Прізвище»; None when none was said.

    Args:
        places: where addresses stand; a name there is a street.
    """
    reader = _Reader(HeardNames(words, found, places))
    ways = chain(reader.announced(), reader.calling(), reader.dictated(), reader.standing_alone())
    person = next(ways, None)
    return Said(person.text, (found[person.first].word, found[person.end - 1].word)) if person else None


class _Reader:
    """Looks for a name in each of the four ways."""

    def __init__(self, heard: HeardNames) -> None:
        self.heard = heard
        self.beside = BesideNames(heard)

    def announced(self) -> Iterator[Person]:
        """«мене звати ...», «моє прізвище ...», «моє ім'я ...»."""
        for at, text in enumerate(self.heard.texts):
            person = None
            if text in _CALLED:
                person = self._called(at)
                person = person if person and person.is_named else None
            elif self._announces(at):
                person = self._told_after(at) or self._told_before(at)
            if person:
                yield person

    def _announces(self, at: int) -> bool:
        """«прізвище», «моє ім'я», «ім'я моє»; not «його прізвище», «сусід на ім'я»."""
        if self.heard.texts[at] in _GIVEN_NAME:
            return bool({self.heard.word(at - 1), self.heard.word(at + 1)} & _MINE)
        return self.heard.texts[at] in _SURNAME and self.heard.word(at - 1) not in _THEIRS | {_HOW}

    def _told_after(self, at: int) -> Person | None:
        """«прізвище Ковальчук», «(я Степан) прізвище Ковальчук»."""
        person = self.heard.person(self.heard.past(at + 1, _BEFORE_TOLD), TOLD)
        if person is None:
            return None
        for before in self.heard.ending(at - (self.heard.word(at - 1) in _MINE | {"а"})):
            if before.forms.keys().isdisjoint(person.forms):
                return Person(before.first, person.end, {**before.forms, **person.forms})
        return person

    def _told_before(self, at: int) -> Person | None:
        """«Ковальчук моє прізвище», «Ковальчук прізвище моє»."""
        if not {self.heard.word(at - 1), self.heard.word(at + 1)} & _MINE:
            return None
        return next(self.heard.ending(at - (self.heard.word(at - 1) in _MINE), TOLD), None)

    def _called(self, at: int) -> Person | None:
        """«мене звати ...», «звати мене ...», «мене ... звати», «Олена мене звати»."""
        if self.heard.word(at - 1 - (self.heard.word(at - 1) == _HOW)) in _ME:
            person = self.heard.person(self.heard.past(at + 1, _BEFORE_TOLD), TOLD)
            return person or next(self.heard.ending(at - 1, TOLD), None)
        if self.heard.word(at + 1) in _ME:
            return self.heard.person(at + 2, TOLD) or next(self.heard.ending(at, TOLD), None)
        if self.beside.opens(at):
            return self.heard.person(at + 1, TOLD)
        return next((one for one in self.heard.ending(at, TOLD) if self.heard.word(one.first - 1) in _ME), None)

    def calling(self) -> Iterator[Person]:
        """«турбує ...», «... дзвонить», «... на зв'язку», «це ...», «я ...»."""
        for at, text in enumerate(self.heard.texts):
            person = None
            if (
                text in _CALLS
                and not is_to_somebody(self.heard.word(at - 1))
                and not is_to_somebody(self.heard.word(at + 1))
            ):
                person = self._calls(at)
            elif text == _SPEAKS and self.beside.opens(at):
                person = self.heard.person(at + 1)
                person = person if person and person.is_full else None
            elif (text, self.heard.word(at + 1)) in _ON_THE_LINE:
                person = self.heard.person(self.heard.past_caller_words(at + 2)) or next(self.heard.ending(at), None)
                person = person if person and "first" in person.forms else None
            elif text in _THIS:
                person = self._around(at) or self._introduced(at)
                person = person if person and self._is_self(text, person) else None
            if person:
                yield person

    def _around(self, at: int) -> Person | None:
        """«Кирилюк, я, Ярина»: a name with the word in its middle."""
        person = self.heard.person(at - 1) if at else None
        return person if person and person.end > at + 1 else None

    def _introduced(self, at: int) -> Person | None:
        """«(це) Аня», «(я) пенсіонерка Аня», «(я) племінниця Мазепа Тетяна», «(я) загородня ніна»."""
        first = self.heard.past_caller_words(at + 1)
        if self.heard.texts[at] != "я":
            return self.heard.person(first)
        first = self.heard.past(first, SIGNS_AS)
        first += is_person(self.heard.word(first))
        if person := self.heard.person(first):
            return person
        unusual = self.heard.person(first, WRITTEN)
        own = unusual and unusual.is_full and all(form.case == "nomn" for form in unusual.forms.values())
        return unusual if own else None

    def _calls(self, at: int) -> Person | None:
        first = self.heard.past_caller_words(at + 1)
        if self.heard.texts[at] not in _ALSO_OTHERS_DO and is_person(self.heard.word(first)):
            first += 1
        after = self.heard.person(first)
        introduces = after and (self.beside.introduces(after) or self.heard.word(after.end) in GOES_ON)
        if after and ("first" in after.forms or (after.is_named and introduces)):
            return after
        before = (one for one in self.heard.ending(at) if "first" in one.forms and not self.beside.is_other(one))
        return next(before, None)

    def _is_self(self, opening: str, person: Person) -> bool:
        """«це Аня з сусіднього дому», «я Остапчук Богдан»; not «це роман привіз», «я роман прочитала»."""
        if not person.is_named or self.heard.in_place(person) or self.heard.word(person.end + 1) in _THAT:
            return False
        if opening == "я" and (person.is_full or ("first" in person.forms and not self.beside.is_also_word(person))):
            return True
        if self.heard.word(person.end) in OTHERS:
            return False
        if self.beside.introduces(person) or self.heard.word(person.end) in GOES_ON:
            return True
        return person.is_full and not self.beside.acts(person)

    def dictated(self) -> Iterator[Person]:
        """«запишіть ...», «питайте ...», «скарга від ...», «заявка записана на ...»."""
        for at, text in enumerate(self.heard.texts):
            person = appeals = None
            if text in _WRITE:
                person = self.heard.person(self.heard.past(at + 1, _AFTER_WRITE), WRITTEN)
            elif text in _ASK_FOR:
                person = self.heard.person(at + 1 + (self.heard.word(at + 1) in _POLITELY), WRITTEN)
            elif text == _FROM and any(map(APPEAL_FROM.match, self.heard.before(at, _APPEAL_WITHIN))):
                appeals = self.heard.person(self.heard.past(at + 1, _FROM_US), FROM)
            elif text == _ON and self._is_recorded_appeal(at):
                appeals = self.heard.person(at + 1, WRITTEN)
            elif text == _ON and (self.heard.word(at - 1).startswith(_REQUEST) or is_account(self.heard.word(at - 1))):
                person = self.heard.person(at + 1, WRITTEN)
            if person and not self.heard.in_place(person) and self._is_dictated(person):
                yield person
            if appeals and not self.heard.in_place(appeals) and appeals.is_named:
                yield appeals

    def _is_recorded_appeal(self, at: int) -> bool:
        before = self.heard.before(at, _APPEAL_WITHIN)
        return any(map(is_recorded, before)) and any(map(APPEAL_FROM.match, before))

    def _is_dictated(self, person: Person) -> bool:
        if person.is_full:
            return True
        return (
            person.is_named
            and not self.beside.is_also_word(person)
            and (self.beside.ends(person) or self.beside.tells_next(person))
        )

    def standing_alone(self) -> Iterator[Person]:
        """«..., квартира дев'ять, Марія Степанівна Гнатюк», «алло Петренко Марія води нема»."""
        at = 0
        while at < len(self.heard.found):
            person = self.heard.person(at)
            if person and not self.heard.in_place(person) and self._stands_alone(person):
                yield person
            at = person.end if person else at + 1

    def _stands_alone(self, person: Person) -> bool:
        before = self.heard.word(person.first - 1)
        parted = person.first == 0 or self.heard.found[person.first - 1].pause
        opens = self.beside.opens(person.first)
        if not person.is_named or before in NAMED_AFTER:
            return False
        if self.beside.signs(person):
            return True
        if self.beside.is_other(person) or self.beside.is_told_to_be_other(person):
            return False
        if not (parted or opens) and (
            before in BEFORE_A_PLACE or street_type(before) or is_past(before, person.gender)
        ):
            return False
        if self.beside.comes_from(person):
            return (
                self.beside.lives(person)
                and not self.beside.acts(person)
                and (opens or not may_act(before, person.gender))
            )
        if person.is_full:
            starts = opens or self.beside.follows_number(person.first) or self.beside.follows_place(person.first)
            return self.beside.introduces(person) or (starts and not self.beside.acts(person))
        if self.beside.is_also_word(person):
            return False
        if opens and self.beside.introduces(person) and person.end < len(self.heard.found):
            return True
        if "first" in person.forms and self.beside.number_follows(person) and not may_act(before, person.gender):
            return True
        apart = (parted and person.first > 0) or before in CLOSING or self.beside.follows_number(person.first)
        if person.is_only_surname:
            return apart and (person.end == len(self.heard.found) or self.beside.phone_follows(person))
        return "first" in person.forms and apart and self.beside.ends(person)
