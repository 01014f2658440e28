"""Who speaks: the applicant's name, as people give it on the telephone.

Four ways, the surest first: the name is announced («мене звати», «прізвище»); a word tells who calls («це ...
турбує»); it is dictated («запишіть ...», «скарга від ...»); a name stands alone, at the beginning or end of the
message or before a telephone or an address. A wrong name on a card is worse than none, so a name beside «двірник»,
«сусід», «обіцяла» is somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from transcribe.understanding.facts import Said, Span
from transcribe.understanding.number_words import number_word
from transcribe.understanding.person_words import (
    FROM,
    SELF,
    TOLD,
    WRITTEN,
    Case,
    Gender,
    NameForm,
    Role,
    is_of_speaker,
    is_only_surname,
    is_past,
    is_person,
    is_said_of_somebody,
    is_subject,
    may_act,
    name_forms,
    whole_name,
)
from transcribe.understanding.place_words import (
    BEFORE_A_PLACE,
    CORRECTIONS,
    FLAT_WORDS,
    HESITATIONS,
    HOUSE_WORDS,
    NAMED_AFTER,
    street_type,
)
from transcribe.understanding.tokens import Token
from transcribe.understanding.whose_name import (
    ALSO_WORDS,
    AMONG_US,
    APPEAL_FROM,
    BEGINS_PHONE,
    CLOSING,
    FROM_HOME,
    GOES_ON,
    GREETINGS,
    NEIGHBOURS,
    NEXT_FIELD,
    OTHERS,
    SIGNS_AS,
    SPEAKER,
    SPEAKS_FOR,
    feels,
    is_account,
    is_home,
    is_recorded,
    is_spoken_of,
    is_to_somebody,
)

_ORDER: tuple[Role, ...] = ("first", "patronymic", "surname")
"""As a card has it, whatever the order of speech."""

_ME = frozenset({"мене", "меня"})
_HOW = "як"
_CALLED = frozenset("звати звуть зовуть зовут кличуть".split())
_SURNAME = frozenset({"прізвище", "прізвищем", "прізвіще", "фамілія", "фамилія"})
_GIVEN_NAME = frozenset({"ім'я", "імя", "імʼя"})
_MINE = frozenset({"моє", "мій", "моя"})
_THEIRS = frozenset("його її їх їхнє твоє ваше чиє на яке".split())
_BETWEEN_PARTS = frozenset("ім'я імя по батькові прізвище фамілія моє а я і на звати звуть мене".split())
"""«прізвище Яблонська, ім'я Роксолана, по батькові Юріївна»."""
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
_BESIDE_CALLER = frozenset(
    "вас вам до це я пані пан знову громадянка громадянин мешканка мешканець жителька житель пенсіонерка пенсіонер "
    "голова осбб старша старший будинку під'їзду села вулиці по міста луцька інвалід ветеран заявник заявниця сама сам "
    "студент студентка знов опять такий така пенсіонерка вдова мати батько е ее ну зі".split()
)
"""How callers call themselves before their name."""
_THAT = frozenset({"що", "шо"})
"""«це Марія каже що ...»: it is not Marija who speaks."""
_COMPANY = "осбб"
_WITHIN_NAME = HESITATIONS | {"я", "це"}
_CORRECTED_WITHIN = 3
"""Words of a slip: «Марія, ой вибачте, Марина»."""
_PASSED = 12
"""Small words in a row between «це», «запишіть», a greeting and the name, at most."""
_ROLE_WITHIN = 3
"""Words between a role and the name: «голова правління», «староста третього під'їзду»."""
_PLACE_WITHIN = 4
_HOME_WITHIN = 3
_FLAT_WITHIN = 4
_ACTS_WITHIN = 6
"""Words after a name at the beginning among which a verb may tell what its bearer does."""


@dataclass(slots=True)
class _Person:
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


def applicant(words: Sequence[str], found: Sequence[Token], places: Sequence[Span] = ()) -> Said | None:
    """The applicant's name in the nominative, «Ім'я По батькові Прізвище»; None when none was said.

    Args:
        places: where addresses stand; a name there is a street.
    """
    reader = _Reader(words, found, places)
    ways = chain(reader.announced(), reader.calling(), reader.dictated(), reader.standing_alone())
    person = next(ways, None)
    return Said(person.text, (found[person.first].word, found[person.end - 1].word)) if person else None


class _Reader:
    """Looks for a name in each of the four ways."""

    def __init__(self, words: Sequence[str], found: Sequence[Token], places: Sequence[Span]) -> None:
        self.found = found
        self.texts = [token.text for token in found]
        self.places = {word for first, last in places for word in range(first, last + 1)}
        self.cased = any(word[:1].isupper() for word in words)
        self.small = {
            token.word for token in found if self.cased and not words[token.word].lstrip('«(—-"')[:1].isupper()
        }
        """Words written small in a message that has capitals: no names."""
        self.greeted = self._past(0, GREETINGS)
        self.opened = self._past_caller_words(self.greeted)
        """First tokens after the greeting, and after «голова осбб Світанок» that follows it."""

    def announced(self) -> Iterator[_Person]:
        """«мене звати ...», «моє прізвище ...», «моє ім'я ...»."""
        for at, text in enumerate(self.texts):
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
        if self.texts[at] in _GIVEN_NAME:
            return bool({self._word(at - 1), self._word(at + 1)} & _MINE)
        return self.texts[at] in _SURNAME and self._word(at - 1) not in _THEIRS | {_HOW}

    def _told_after(self, at: int) -> _Person | None:
        """«прізвище Ковальчук», «(я Степан) прізвище Ковальчук»."""
        person = self._person(self._past(at + 1, _BEFORE_TOLD), TOLD)
        if person is None:
            return None
        for before in self._ending(at - (self._word(at - 1) in _MINE | {"а"})):
            if before.forms.keys().isdisjoint(person.forms):
                return _Person(before.first, person.end, {**before.forms, **person.forms})
        return person

    def _told_before(self, at: int) -> _Person | None:
        """«Ковальчук моє прізвище», «Ковальчук прізвище моє»."""
        if not {self._word(at - 1), self._word(at + 1)} & _MINE:
            return None
        return next(self._ending(at - (self._word(at - 1) in _MINE), TOLD), None)

    def _called(self, at: int) -> _Person | None:
        """«мене звати ...», «звати мене ...», «мене ... звати», «Олена мене звати»."""
        if self._word(at - 1 - (self._word(at - 1) == _HOW)) in _ME:
            person = self._person(self._past(at + 1, _BEFORE_TOLD), TOLD)
            return person or next(self._ending(at - 1, TOLD), None)
        if self._word(at + 1) in _ME:
            return self._person(at + 2, TOLD) or next(self._ending(at, TOLD), None)
        if self._opens(at):
            return self._person(at + 1, TOLD)
        return next((one for one in self._ending(at, TOLD) if self._word(one.first - 1) in _ME), None)

    def calling(self) -> Iterator[_Person]:
        """«турбує ...», «... дзвонить», «... на зв'язку», «це ...», «я ...»."""
        for at, text in enumerate(self.texts):
            person = None
            if text in _CALLS and not is_to_somebody(self._word(at - 1)) and not is_to_somebody(self._word(at + 1)):
                person = self._calls(at)
            elif text == _SPEAKS and self._opens(at):
                person = self._person(at + 1)
                person = person if person and person.is_full else None
            elif (text, self._word(at + 1)) in _ON_THE_LINE:
                person = self._person(self._past_caller_words(at + 2)) or next(self._ending(at), None)
                person = person if person and "first" in person.forms else None
            elif text in _THIS:
                person = self._around(at) or self._introduced(at)
                person = person if person and self._is_self(text, person) else None
            if person:
                yield person

    def _around(self, at: int) -> _Person | None:
        """«Кирилюк, я, Ярина»: a name with the word in its middle."""
        person = self._person(at - 1) if at else None
        return person if person and person.end > at + 1 else None

    def _introduced(self, at: int) -> _Person | None:
        """«(це) Аня», «(я) пенсіонерка Аня», «(я) племінниця Мазепа Тетяна», «(я) загородня ніна»."""
        first = self._past_caller_words(at + 1)
        if self.texts[at] != "я":
            return self._person(first)
        first = self._past(first, SIGNS_AS)
        first += is_person(self._word(first))
        if person := self._person(first):
            return person
        unusual = self._person(first, WRITTEN)
        own = unusual and unusual.is_full and all(form.case == "nomn" for form in unusual.forms.values())
        return unusual if own else None

    def _calls(self, at: int) -> _Person | None:
        first = self._past_caller_words(at + 1)
        if self.texts[at] not in _ALSO_OTHERS_DO and is_person(self._word(first)):
            first += 1
        after = self._person(first)
        introduces = after and (self._introduces(after) or self._word(after.end) in GOES_ON)
        if after and ("first" in after.forms or (after.is_named and introduces)):
            return after
        before = (one for one in self._ending(at) if "first" in one.forms and not self._is_other(one))
        return next(before, None)

    def _is_self(self, opening: str, person: _Person) -> bool:
        """«це Аня з сусіднього дому», «я Остапчук Богдан»; not «це роман привіз», «я роман прочитала»."""
        if not person.is_named or self._in_place(person) or self._word(person.end + 1) in _THAT:
            return False
        if opening == "я" and (person.is_full or ("first" in person.forms and not self._is_also_word(person))):
            return True
        if self._word(person.end) in OTHERS:
            return False
        if self._introduces(person) or self._word(person.end) in GOES_ON:
            return True
        return person.is_full and not self._acts(person)

    def dictated(self) -> Iterator[_Person]:
        """«запишіть ...», «питайте ...», «скарга від ...», «заявка записана на ...»."""
        for at, text in enumerate(self.texts):
            person = appeals = None
            if text in _WRITE:
                person = self._person(self._past(at + 1, _AFTER_WRITE), WRITTEN)
            elif text in _ASK_FOR:
                person = self._person(at + 1 + (self._word(at + 1) in _POLITELY), WRITTEN)
            elif text == _FROM and any(map(APPEAL_FROM.match, self._before(at, _APPEAL_WITHIN))):
                appeals = self._person(self._past(at + 1, _FROM_US), FROM)
            elif text == _ON and self._is_recorded_appeal(at):
                appeals = self._person(at + 1, WRITTEN)
            elif text == _ON and (self._word(at - 1).startswith(_REQUEST) or is_account(self._word(at - 1))):
                person = self._person(at + 1, WRITTEN)
            if person and not self._in_place(person) and self._is_dictated(person):
                yield person
            if appeals and not self._in_place(appeals) and appeals.is_named:
                yield appeals

    def _is_recorded_appeal(self, at: int) -> bool:
        before = self._before(at, _APPEAL_WITHIN)
        return any(map(is_recorded, before)) and any(map(APPEAL_FROM.match, before))

    def _is_dictated(self, person: _Person) -> bool:
        if person.is_full:
            return True
        return person.is_named and not self._is_also_word(person) and (self._ends(person) or self._tells_next(person))

    def standing_alone(self) -> Iterator[_Person]:
        """«..., квартира дев'ять, Марія Степанівна Гнатюк», «алло Петренко Марія води нема»."""
        at = 0
        while at < len(self.found):
            person = self._person(at)
            if person and not self._in_place(person) and self._stands_alone(person):
                yield person
            at = person.end if person else at + 1

    def _stands_alone(self, person: _Person) -> bool:
        before = self._word(person.first - 1)
        parted = person.first == 0 or self.found[person.first - 1].pause
        opens = self._opens(person.first)
        if not person.is_named or before in NAMED_AFTER:
            return False
        if self._signs(person):
            return True
        if self._is_other(person) or self._word(person.end) in OTHERS:
            return False
        if not (parted or opens) and (
            before in BEFORE_A_PLACE or street_type(before) or is_past(before, person.gender)
        ):
            return False
        if self._comes_from(person):
            return self._lives(person) and not self._acts(person) and (opens or not may_act(before, person.gender))
        if person.is_full:
            starts = opens or self._follows_number(person.first)
            return self._introduces(person) or (starts and not self._acts(person))
        if self._is_also_word(person):
            return False
        if opens and self._introduces(person) and person.end < len(self.found):
            return True
        if "first" in person.forms and self._number_follows(person) and not may_act(before, person.gender):
            return True
        apart = (parted and person.first > 0) or before in CLOSING or self._follows_number(person.first)
        if person.is_only_surname:
            return apart and (person.end == len(self.found) or self._phone_follows(person))
        return "first" in person.forms and apart and self._ends(person)

    def _signs(self, person: _Person) -> bool:
        """As under a letter: «... Голова правління Ніна Романчук.», «Роман, власник магазину.»."""
        roles = [at for at in range(max(0, person.first - _ROLE_WITHIN), person.first) if self.texts[at] in SIGNS_AS]
        if not roles:
            return self._signs_before_role(person)
        role = roles[-1]
        if any(token.pause for token in self.found[role : person.first]):
            return False
        last = person.end == len(self.found)
        apart = role > 0 and (self.found[role - 1].pause or feels(self.texts[role - 1]))
        if apart and (last or self._phone_follows(person)):
            return True
        if not person.is_full or self.texts[role] not in SPEAKS_FOR:
            return False
        if person.first == self.opened:
            return not self._acts(person)
        return not last and self._tells_next(person)

    def _signs_before_role(self, person: _Person) -> bool:
        """«..., Роман, власник сусіднього магазину.»"""
        parted = person.first > 0 and self.found[person.first - 1].pause and self._ends(person)
        ends = not any(token.pause for token in self.found[person.end : -1])
        return parted and ends and self._word(person.end) in SIGNS_AS

    def _opens(self, at: int) -> bool:
        """Nothing but a greeting stands before."""
        return at <= self.greeted or at == self.opened

    def _comes_from(self, person: _Person) -> bool:
        return not self._is_also_word(person) and self._word(person.end) in FROM_HOME

    def _lives(self, person: _Person) -> bool:
        """«Ганна з Чорновола», «Ліда з шостої квартири»; not «Ірина з управління»."""
        after = range(person.end + 1, min(len(self.found), person.end + 1 + _HOME_WITHIN))
        return any(self.found[at].word in self.places or is_home(self.texts[at]) for at in after)

    def _introduces(self, person: _Person) -> bool:
        """After the name the message goes on as it does after one's own: nothing, an address, «я», «у мене»."""
        after = self._word(person.end)
        if self._ends(person) or after in SPEAKER or self._tells_next(person) or is_of_speaker(after):
            return True
        return after in ("у", "в") and self._word(person.end + 1) in AMONG_US

    def _acts(self, person: _Person) -> bool:
        """«петренко іван знову палить»: it is he of whom is told; in «петренко іван вода зникла» it is the water."""
        beside = False
        for at in range(person.end, min(len(self.found), person.end + _ACTS_WITHIN)):
            text = self.texts[at]
            if self.found[at - 1].pause or text in SPEAKER or text in AMONG_US:
                return False
            if may_act(text, person.gender):
                return not (_is_impersonal(text) or is_subject(self._word(at + 1), surely=True))
            if is_subject(text) and not beside:
                return False
            beside = beside or text in BEFORE_A_PLACE
        return False

    def _is_also_word(self, person: _Person) -> bool:
        return len(person.forms) == 1 and not ALSO_WORDS.isdisjoint(person.parts.values())

    def _follows_number(self, at: int) -> bool:
        """«(квартира) сім», «(будинок) сім а» stand before."""
        letter = len(self._word(at - 1)) == 1 and not self._is_number(self._word(at - 1))
        return self._is_number(self._word(at - 1 - letter))

    def _is_other(self, person: _Person) -> bool:
        """A person spoken of: «двірник Василь Петрович»."""
        for at in range(person.first - 1, max(-1, person.first - 1 - NEIGHBOURS), -1):
            if self.found[at].pause:
                return False
            if is_spoken_of(self.texts[at]):
                return True
        before = self._word(person.first - 1)
        role = is_person(before) and before not in _BESIDE_CALLER | GREETINGS
        return role and is_said_of_somebody(self._word(person.first - 2), person.gender)

    def _ends(self, person: _Person) -> bool:
        """Nothing follows in the same breath."""
        return person.end == len(self.found) or self.found[person.end - 1].pause

    def _tells_next(self, person: _Person) -> bool:
        """A telephone or an address follows."""
        after = self._word(person.end)
        if self._place_follows(person):
            return True
        if street_type(after) or after in HOUSE_WORDS or after in FLAT_WORDS:
            return True
        if self._phone_follows(person):
            return True
        # «Антонюк Павло конопніцької сім»; «ірина франка сім» may be a street alone.
        numbered = person.is_full and self._is_number(self._word(person.end + 1))
        return (numbered and not may_act(after, person.gender)) or self._flat_after_number(person.end)

    def _phone_follows(self, person: _Person) -> bool:
        return self._word(person.end) in NEXT_FIELD or self._number_follows(person)

    def _number_follows(self, person: _Person) -> bool:
        after = self._word(person.end)
        return after in BEGINS_PHONE or after.startswith("0")

    def _place_follows(self, person: _Person) -> bool:
        """Also a little later, when it was corrected: «Яремчук Ганна липнева ой ні Квітнева»."""
        within = _PLACE_WITHIN if person.is_full else 1
        for at in range(person.end, min(len(self.found), person.end + within)):
            if self.found[at].word in self.places:
                return True
            if self.texts[at] in OTHERS or may_act(self.texts[at], person.gender):
                return False
        return False

    def _flat_after_number(self, at: int) -> bool:
        end = at
        while end < at + _FLAT_WITHIN and self._is_number(self._word(end)):
            end += 1
        return end > at and self._word(end) in FLAT_WORDS

    def _in_place(self, person: _Person) -> bool:
        return any(self.found[at].word in self.places for at in range(person.first, person.end))

    def _past(self, at: int, words: frozenset[str]) -> int:
        end = at
        while end < at + _PASSED and self._word(end) in words:
            end += 1
        return end

    def _past_caller_words(self, at: int) -> int:
        """Past «(турбує) вас голова осбб затишок»."""
        end = at + _PASSED
        while at < end and self._word(at) in _BESIDE_CALLER:
            named = self._person(at + 1) if self._word(at) == _COMPANY else None
            at += 1 + (self._word(at) == _COMPANY and not (named and named.is_full))
        return at

    def _before(self, at: int, count: int) -> list[str]:
        return self.texts[max(0, at - count) : at]

    def _ending(self, end: int, cases: tuple[Case, ...] = SELF) -> Iterator[_Person]:
        """Names that end right before a token, the longest first."""
        for first in range(max(0, end - len(_ORDER)), end):
            person = self._person(first, cases)
            if person and person.end == end:
                yield person

    def _person(self, at: int, cases: tuple[Case, ...] = SELF) -> _Person | None:
        """The name that begins at a token, as it was corrected or said again: «Марія ой Марина» is Марина.

        Args:
            cases: as a name stands after the words before it. After «мене звати» also «ім'я», «по батькові» may stand
                between its parts.
        """
        person = self._heard(at, cases)
        if person is None:
            return None
        after = person.end
        while after < person.end + _CORRECTED_WITHIN and self._word(after) in CORRECTIONS | HESITATIONS:
            after += 1
        better = self._heard(after, cases)
        if better is None or better.forms.keys().isdisjoint(person.forms):
            return person
        corrected = not CORRECTIONS.isdisjoint(self.texts[person.end : after])
        if not (corrected or person.parts.items() & better.parts.items()):
            return person
        return _Person(person.first, better.end, {**person.forms, **better.forms})

    def _heard(self, at: int, cases: tuple[Case, ...]) -> _Person | None:
        heard: list[tuple[NameForm, ...]] = []
        person = _Person(at, at)
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
            if self.found[end - 1].pause and not (told and self._word(end) in _BETWEEN_PARTS):
                break
        return person if heard else None

    def _forms(self, at: int, text: str, cases: tuple[Case, ...], *, begun: bool) -> tuple[NameForm, ...]:
        # «двірник» is a surname to the dictionary too; only who says «прізвище» is called so.
        if self.found[at].word in self.small or (text in OTHERS and cases != TOLD) or text in _BESIDE_CALLER:
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

    def _word(self, at: int) -> str:
        return self.texts[at] if 0 <= at < len(self.texts) else ""

    def _is_number(self, word: str) -> bool:
        return word[:1].isdecimal() or number_word(word) is not None


def _is_impersonal(word: str) -> bool:
    """«нема», «немає»: nobody does it."""
    return word.startswith("нема")


def _capital(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))
