"""What do the words beside a name tell: that its bearer speaks, or that others speak of him?"""

from __future__ import annotations

import re

from transcribe.understanding.heard_names import BESIDE_CALLER, HeardNames, Person
from transcribe.understanding.person_words import (
    is_of_speaker,
    is_person,
    is_said_of_somebody,
    is_subject,
    may_act,
)
from transcribe.understanding.place_words import (
    BEFORE_A_PLACE,
    FLAT_WORDS,
    HOUSE_WORDS,
    street_type,
)
from transcribe.understanding.whose_name import (
    ALSO_WORDS,
    AMONG_US,
    BEGINS_PHONE,
    BEGINS_TROUBLE,
    FROM_HOME,
    GREETINGS,
    NEIGHBOURS,
    NEXT_FIELD,
    OTHERS,
    SIGNS_AS,
    SPEAKER,
    SPEAKS_FOR,
    feels,
    is_home,
    is_spoken_of,
)

_ROLE_WITHIN = 3
"""Words between a role and the name: «голова правління», «староста третього під'їзду»."""
_PLACE_WITHIN = 4
_HOME_WITHIN = 3
_FLAT_WITHIN = 4
_SPEAKS_WITHIN = 3
"""Words after «(Мазур Тетяна) з Вишкова» among which «я», «у нас», «хочу» tell who speaks."""
_ACTS_WITHIN = 6
"""Words after a name at the beginning among which a verb may tell what its bearer does."""
_IMPERSONAL = re.compile(
    r"^(?:нема|смердить|тхне|воняє|тече|капає|протікає|затікає|підтікає|дме|блимає|мигає|миготить)"
)


class BesideNames:
    """Questions about the words before and after a name."""

    def __init__(self, heard: HeardNames) -> None:
        self.heard = heard
        self.greeted = heard.past(0, GREETINGS)
        self.opened = heard.past_caller_words(self.greeted)
        """First tokens after the greeting, and after «голова осбб Світанок» that follows it."""

    def signs(self, person: Person) -> bool:
        """As under a letter: «... Голова правління Ніна Романчук.», «Роман, власник магазину.»."""
        roles = [
            at for at in range(max(0, person.first - _ROLE_WITHIN), person.first) if self.heard.texts[at] in SIGNS_AS
        ]
        if not roles:
            return self._signs_before_role(person)
        role = roles[-1]
        if any(token.pause for token in self.heard.found[role : person.first]):
            return False
        last = person.end == len(self.heard.found)
        apart = role > 0 and (self.heard.found[role - 1].pause or feels(self.heard.texts[role - 1]))
        if apart and (last or self.phone_follows(person)):
            return True
        if not person.is_full or self.heard.texts[role] not in SPEAKS_FOR:
            return False
        if person.first == self.opened:
            return not self.acts(person)
        return not last and self.tells_next(person)

    def _signs_before_role(self, person: Person) -> bool:
        """«..., Роман, власник сусіднього магазину.»"""
        parted = person.first > 0 and self.heard.found[person.first - 1].pause and self.ends(person)
        ends = not any(token.pause for token in self.heard.found[person.end : -1])
        return parted and ends and self.heard.word(person.end) in SIGNS_AS

    def comes_from(self, person: Person) -> bool:
        return not self.is_also_word(person) and self.heard.word(person.end) in FROM_HOME

    def lives(self, person: Person) -> bool:
        """«Ганна з Чорновола», «Ліда з шостої квартири»; not «Ірина з управління»."""
        after = range(person.end + 1, min(len(self.heard.found), person.end + 1 + _HOME_WITHIN))
        at_home = any(self.heard.found[at].word in self.heard.places or is_home(self.heard.texts[at]) for at in after)
        return at_home or (person.is_full and self._goes_on_as_speaker(person))

    def _goes_on_as_speaker(self, person: Person) -> bool:
        """«(Мазур Тетяна) з Вишкова в нас ...»: of an origin no register knows the next words tell that she speaks."""
        soon = range(person.end + 2, min(len(self.heard.found), person.end + 2 + _SPEAKS_WITHIN))
        return any(self.heard.texts[at] in SPEAKER | AMONG_US or is_of_speaker(self.heard.texts[at]) for at in soon)

    def introduces(self, person: Person) -> bool:
        """After the name the message goes on as it does after one's own: nothing, an address, «я», «у мене»."""
        after = self.heard.word(person.end)
        if self.ends(person) or after in SPEAKER or self.tells_next(person) or is_of_speaker(after):
            return True
        return after in ("у", "в") and self.heard.word(person.end + 1) in AMONG_US

    def acts(self, person: Person) -> bool:
        """«петренко іван знову палить»: it is he of whom is told; in «петренко іван вода зникла» it is the water."""
        beside = False
        for at in range(person.end, min(len(self.heard.found), person.end + _ACTS_WITHIN)):
            text = self.heard.texts[at]
            if self.heard.found[at - 1].pause or text in SPEAKER | AMONG_US or is_of_speaker(text):
                return False
            if may_act(text, person.gender):
                return not (_is_impersonal(text) or is_subject(self.heard.word(at + 1), surely=True))
            if is_subject(text) and not beside:
                return False
            beside = beside or text in BEFORE_A_PLACE
        return False

    def is_also_word(self, person: Person) -> bool:
        return len(person.forms) == 1 and not ALSO_WORDS.isdisjoint(person.parts.values())

    def follows_number(self, at: int) -> bool:
        """«(квартира) сім», «(будинок) сім а», «сьома (квартира)» stand before."""
        before = self.heard.word(at - 1)
        named = (len(before) == 1 and not self.heard.is_number(before)) or before in FLAT_WORDS
        return self.heard.is_number(self.heard.word(at - 1 - named))

    def follows_place(self, at: int) -> bool:
        """«(Мічуріна десять) бе», «(село) Рокині» stand before."""
        return at > 0 and self.heard.found[at - 1].word in self.heard.places

    def is_told_to_be_other(self, person: Person) -> bool:
        """«Іван двірник», «це Петро він палить»; with «собака» in «Остапчук Павло собака виє» the trouble begins."""
        after = self.heard.word(person.end)
        return after in OTHERS and not self.ends(person) and not (person.is_full and after in BEGINS_TROUBLE)

    def is_other(self, person: Person) -> bool:
        """A person spoken of: «двірник Василь Петрович»."""
        for at in range(person.first - 1, max(-1, person.first - 1 - NEIGHBOURS), -1):
            if self.heard.found[at].pause:
                return False
            if is_spoken_of(self.heard.texts[at]):
                return True
        before = self.heard.word(person.first - 1)
        role = is_person(before) and before not in BESIDE_CALLER | GREETINGS
        return role and is_said_of_somebody(self.heard.word(person.first - 2), person.gender)

    def ends(self, person: Person) -> bool:
        """Nothing follows in the same breath."""
        return person.end == len(self.heard.found) or self.heard.found[person.end - 1].pause

    def tells_next(self, person: Person) -> bool:
        """A telephone or an address follows."""
        after = self.heard.word(person.end)
        if self._place_follows(person):
            return True
        if street_type(after) or after in HOUSE_WORDS or after in FLAT_WORDS:
            return True
        if self.phone_follows(person):
            return True
        # «Антонюк Павло конопніцької сім»; «ірина франка сім» may be a street alone.
        numbered = person.is_full and self.heard.is_number(self.heard.word(person.end + 1))
        return (numbered and not may_act(after, person.gender)) or self._flat_after_number(person.end)

    def phone_follows(self, person: Person) -> bool:
        return self.heard.word(person.end) in NEXT_FIELD or self.number_follows(person)

    def number_follows(self, person: Person) -> bool:
        after = self.heard.word(person.end)
        return after in BEGINS_PHONE or after.startswith("0")

    def _place_follows(self, person: Person) -> bool:
        """Also a little later, when it was corrected: «Яремчук Ганна липнева ой ні Квітнева»."""
        within = _PLACE_WITHIN if person.is_full else 1
        for at in range(person.end, min(len(self.heard.found), person.end + within)):
            if self.heard.found[at].word in self.heard.places:
                return True
            if self.heard.texts[at] in OTHERS or may_act(self.heard.texts[at], person.gender):
                return False
        return False

    def _flat_after_number(self, at: int) -> bool:
        end = at
        while end < at + _FLAT_WITHIN and self.heard.is_number(self.heard.word(end)):
            end += 1
        return end > at and self.heard.word(end) in FLAT_WORDS

    def opens(self, at: int) -> bool:
        """Nothing but a greeting stands before."""
        return at <= self.greeted or at == self.opened


def _is_impersonal(word: str) -> bool:
    """«нема», «смердить»: no person does it."""
    return bool(_IMPERSONAL.match(word))
