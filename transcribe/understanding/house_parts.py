"""What was said beside a street: its houses, the flat, the entrance, with corrections («вісім ні вибачте десять»)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from transcribe.understanding.agreement import agrees, counts
from transcribe.understanding.house_numbers import House, letter_instead, letter_named, read_house, without_letter
from transcribe.understanding.number_words import number_word
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.place_words import (
    AND_ALSO,
    BUILDING_OF,
    CORRECTIONS,
    FLAT_NOUNS,
    FLAT_WORDS,
    HESITATIONS,
    HOUSE_WORDS,
    NEAR_A_HOUSE,
    NUMBER_WORDS,
    is_unit,
)
from transcribe.understanding.tokens import Token

MOST_HOUSES = 12
"""Houses of one street in one message; a longer row is a list of something else."""

HOURS = 24
MOST_FLATS = 2000
"""Of one house."""
FEMININE = frozenset(("а", "ій", "ої", "у", "ою"))
FEW = 4
"""Up to so many, things are counted in ways that houses are named in too («два стояки»)."""
FEWEST_ROOMS = 100
"""«блок чотириста п'ять» of a hostel is a flat; houses have a few blocks."""
MOST_TENANTS = 12
"""«у квартирі п'ятдесят три | люди виїхали»: so many do not live in one."""
NUMBER_WITHIN = 6
"""Words between «квартира» and its number: «квартира на другому поверсі, номер десять»."""
NUMBER_LOOKED_UP = 12
"""The same when the caller says that he looks."""

MOST_FILLERS = 5
MOST_OTHERS = 3
"""Words inside a row of parts that are none, and those of them that mean something: «сім, ой, що я кажу, вісім»."""
MOST_EXPLAINED = 7
"""The same after «шість то», which tells whose flat it is: «то я на старій жила»."""
FAR_BEFORE = 12
FAR_AFTER = 25
"""Words between a street and a part that was named by its word («квартира п'ять ... вулиця медична»)."""

CHOSEN_WITHIN = 10
"""Words between «сорок чи сорок два» and the one of the two that is said again."""

_ONE_HOUSE = frozenset("будинок будинку будинком дім дому домі домом".split())
_FLAT_OR_HOUSE = frozenset("хата хаті хату".split())
"""«шопена дванадцять, хата двадцять перша» is a flat, «озденіж, хата тридцять перша» a house."""
_IN_FEMININE = frozenset("у в на моїй нашій їхній сусідній".split())
_DENIES = frozenset("ніяк навіть та зовсім ой".split())
"""Before «не сорок»."""
_OF_A_HOUSE = frozenset("ий ого ому".split())
"""Endings of «десятий будинок»; days of a month are neuter, hours feminine."""
_MASCULINE = _OF_A_HOUSE | {"им", "ім"}
_FILLERS = (
    HOUSE_WORDS
    | HESITATIONS
    | NEAR_A_HOUSE
    | set("парна непарна парній непарній парні непарні всі усі сторона стороні стара старий адреса".split())
)
_WAITS = frozenset("почекайте зачекайте чекайте стійте стривайте".split())
_LOOKS_IT_UP = _WAITS | frozenset("гляну подивлюсь подивлюся зараз секунду секундочку хвилинку".split())
_ABOUT_A_FLAT = frozenset(
    "була у в мене нас моя наша мою нашу своя я ми вам то це ж же значить назву скажу кажу називаю тепер зараз".split()
)
_ITS_NUMBER = (NUMBER_WORDS, frozenset("квартири кімнати офісу кабінету".split()))
_BEFORE_A_NUMBER = HOUSE_WORDS | HESITATIONS | _LOOKS_IT_UP | {"наш", "мій"}
_IN_A_NUMBER = NEAR_A_HOUSE - {"за", "перед"} | {"у", "в", "з", "із"}
"""Before «шістнадцятого номера» when it is a house."""

Kind = Literal["house", "flat", "building", "correction", "and", "filler", "other"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the stretch beside a street; ``named`` when its word was said («будинок», «квартира»)."""

    kind: Kind
    text: str
    first: int
    end: int
    named: bool = False


@dataclass(slots=True)
class Parts:
    """What belongs to one street: pieces, in the order of speech."""

    houses: list[Piece] = field(default_factory=list)
    flat: Piece | None = None
    building: Piece | None = None

    @property
    def pieces(self) -> list[Piece]:
        return [*self.houses, *(piece for piece in (self.building, self.flat) if piece)]


def parts_after(found: Sequence[Token], start: int, stop: int, skipped: frozenset[int] = frozenset()) -> Parts:
    """The parts said right after a street, up to the first word that is none of them.

    Args:
        start, stop: the tokens to look at.
        skipped: tokens in between that mean something else («в олександрівці»).
    """
    return _Row(found, start, stop, skipped).read()


def named_parts(found: Sequence[Token], start: int, stop: int) -> list[Piece]:
    """Parts named by their words anywhere in a stretch: «квартира п'ять», «двадцять четвертий будинок».

    «номер» alone names no house: schools, buses and lamp posts have numbers too; «у шістнадцятому номері» does.
    """
    named, at = [], start
    while at < stop:
        piece = _piece(found, at, stop, frozenset())
        if piece.named and piece.kind in ("house", "flat", "building") and not _is_only_number(found, piece):
            named.append(piece)
        at = piece.end
    return named


def _is_only_number(found: Sequence[Token], piece: Piece) -> bool:
    if piece.kind != "house" or not {token.text for token in found[piece.first : piece.end]}.isdisjoint(
        HOUSE_WORDS - NUMBER_WORDS
    ):
        return False
    inside = piece.first > 0 and found[piece.first - 1].text in _IN_A_NUMBER
    if piece.end < len(found) and is_unit(found[piece.end].text):
        return True  # «у п'ятому номері автобуса»
    on_street = piece.end < len(found) and found[piece.end].text == "по"
    is_ordinal = found[piece.end - 1].text in NUMBER_WORDS
    return not (is_ordinal and (inside or on_street))


class _Row:
    """Reads one row of parts; ``last`` is what a correction corrects."""

    def __init__(self, found: Sequence[Token], start: int, stop: int, skipped: frozenset[int]) -> None:
        self.found, self.at, self.stop, self.skipped = found, start, stop, skipped
        self.parts = Parts()
        self.loose: list[Piece] = []
        self.last: Kind = "other"
        self.correcting = False
        self.also = False
        self.looks_it_up = False
        self.explains = False
        self.flats_said: set[str] = set()

    def read(self) -> Parts:
        fillers = others = 0
        while self.at < self.stop and len(self.parts.houses) < MOST_HOUSES:
            piece = (
                self._denied()
                or self._chosen()
                or self._other_letter()
                or self._other_flat()
                or self._flat_alone()
                or _piece(self.found, self.at, self.stop, self.skipped)
            )
            fillers = fillers + 1 if piece.kind in ("filler", "other") else 0
            others = others + (piece.kind == "other") if fillers else 0
            self.looks_it_up = fillers > 0 and (self.looks_it_up or self.found[self.at].text in _LOOKS_IT_UP)
            if self._is_over(fillers, others):
                break
            self._add(piece)
            self.at = piece.end
        self._settle()
        return self.parts

    def _is_over(self, fillers: int, others: int) -> bool:
        if self.correcting and self.looks_it_up:  # «ні, зачекайте, окуляри одягну, на квитанції сто тринадцять»
            return fillers > NUMBER_LOOKED_UP
        if self.explains:
            return fillers > MOST_EXPLAINED
        return fillers > MOST_FILLERS or others > (MOST_OTHERS if self.correcting or self._is_corrected_soon() else 0)

    def _denied(self) -> Piece | None:
        """«дев'ять, не дев'ять, а дев'ятнадцять» denies the number itself, so another comes; in «вісімнадцять, не
        сімнадцять» the number after «не» is the right one. «сорок шість то кумина» is the right one of nobody.
        """
        number = read_number(self.found, self.at) if self.correcting and self.last == "flat" else None
        if number and number.end < self.stop and self.found[number.end].text == "то":
            self.explains = True
            return Piece("correction", "", self.at, number.end + 1)
        at = self.at + (self.found[self.at].text in _DENIES)
        if self.last == "other" or at + 1 >= self.stop or self.found[at].text != "не":
            return None
        other = _piece(self.found, at + 1, self.stop, self.skipped)
        if other.kind not in ("house", "flat"):
            return None
        end = other.end if other.text == self._last_text() else at + 1
        return Piece("correction", "", self.at, end)

    def _chosen(self) -> Piece | None:
        """«сорок чи сорок два, дайте гляну, сорок два»: of the two the one that is said again."""
        at = self.at + (self.found[self.at].text == "а")
        if self.last not in ("house", "flat") or at >= self.stop or self.found[at].text not in ("чи", "або"):
            return None
        start = at + 1 + (at + 1 < self.stop and self.found[at + 1].text == "то")
        other = read_house(self.found, start)
        if other is None:
            return None
        for later in range(other.end, min(self.stop, other.end + CHOSEN_WITHIN)):
            again = read_house(self.found, later)
            if again and again.end <= self.stop and again.text in (self._last_text(), other.text):
                self.correcting = True
                return Piece(self.last, again.text, later, again.end, named=self.last == "flat")
            if again and later > other.end:
                break
        return None

    def _other_letter(self) -> Piece | None:
        """«п'ятнадцять бе, ні, а квартира», «сім а, тобто бе», «сім, не а, а бе»"""
        at = self.at
        words = [token.text for token in self.found[at : min(at + 3, self.stop)]]
        if self.last != "house":
            return None
        if len(words) == 3 and words[0] == "не" and letter_named(words[1]) and words[2] == "а":
            at += 3
        else:
            while at < self.stop and (self.found[at].text in CORRECTIONS or self.found[at].text in HESITATIONS):
                at += 1
            if CORRECTIONS.isdisjoint(token.text for token in self.found[self.at : at]):
                return None
        letter = letter_instead(self.found, at) if at < self.stop else None
        if letter is None or letter[1] > self.stop:
            return None
        self.correcting = True
        return Piece("house", f"{without_letter(self._last_text())}-{letter[0]}", at, letter[1])

    def _other_flat(self) -> Piece | None:
        """«квартира сто шоста, ой, сто шістнадцята»"""
        number = read_number(self.found, self.at) if self.correcting and self.last == "flat" else None
        if number is None or number.ending not in FEMININE or number.end > self.stop or number.value >= MOST_FLATS:
            return None
        return Piece("flat", str(number.value), self.at, number.end, named=True)

    def _flat_alone(self) -> Piece | None:
        """«соборності одинадцять сорок друга»: what is feminine after a house is its flat, unless a noun follows."""
        number = read_number(self.found, self.at)
        right_after = self.last == "house" and self._past_floor([*self.parts.houses, *self.loose][-1].end) == self.at
        if number is None or number.ending != "а" or number.end > self.stop or not right_after or self.parts.flat:
            return None
        after = _word_after(self.found, number.end)
        if after in FLAT_WORDS or is_unit(after) or agrees(self.found[number.end - 1].text, after):
            return None
        return Piece("flat", str(number.value), self.at, number.end, named=True)

    def _past_floor(self, end: int) -> int:
        return (end < self.stop and floor_end(self.found, end)) or end

    def _is_corrected_soon(self) -> bool:
        """«дванадцять, скільки там, ні, одинадцять»: a correction and a number come within a few words."""
        if self.last == "other":
            return False
        near = range(self.at, min(self.at + MOST_OTHERS + 1, self.stop))
        at = next((at for at in near if self.found[at].text in CORRECTIONS), self.stop)
        while at < self.stop and self.found[at].text in CORRECTIONS | HESITATIONS | {"точно"}:
            at += 1
        if at < self.stop and self.found[at].text in _LOOKS_IT_UP:
            return True  # «квартира сто двад... ні, чекайте, гляну»
        house = read_house(self.found, at) if at < self.stop else None
        return house is not None and not house.is_ordinal and not counts(self.found, at, house)

    def _last_text(self) -> str:
        if self.last == "flat" and self.parts.flat:
            return self.parts.flat.text
        return [*self.parts.houses, *self.loose][-1].text if self.parts.houses else ""

    def _add(self, piece: Piece) -> None:
        match piece.kind:
            case "correction":
                self.correcting = self.last != "other"
            case "and":
                self.also = True
            case "house":
                # «квартира сорок, ой ні, яка сорок, сорок один»
                asked_again = self.correcting and self.last == "flat" and piece.text == self._last_text()
                self._add_house(piece)
                self.correcting, self.also = asked_again, False
            case "flat":
                if self.parts.flat is None or self.correcting:
                    self.parts.flat = piece
                self.flats_said.add(piece.text)
                self.last = "flat"
                self.correcting = self.also = False
            case "building":
                self.parts.building, self.last = piece, "building"
                self.correcting = self.also = False

    def _add_house(self, piece: Piece) -> None:
        houses = self.parts.houses
        named = {self.found[piece.first].text, self.found[piece.end - 1].text}
        if houses and named & _FLAT_OR_HOUSE and not (self.also or self.correcting):
            self.parts.flat, self.last = replace(piece, kind="flat"), "flat"
            return
        if self.also and self.last == "flat" and not piece.named:
            return  # «квартири сорок і сорок один»
        if self.correcting and self.last == "flat" and not piece.named:
            self.parts.flat = replace(piece, kind="flat", named=True)
        elif houses and (self.correcting or _refines(piece, [*houses, *self.loose][-1])):
            self._correct_house(piece)
        elif houses and not self.also and not piece.named:
            self.loose.append(piece)
        else:
            houses += [*self.loose, piece]
            self.loose = []
        if not (self.correcting and self.last == "flat"):
            self.last = "house"

    def _correct_house(self, piece: Piece) -> None:
        """«п'ять, вісім, сім, ой, що я кажу, п'ять» takes back everything after the first five."""
        if self.correcting and piece.text in [house.text for house in self.parts.houses]:
            self.loose = []
        elif self.loose:
            self.loose[-1] = piece
        else:
            self.parts.houses[-1] = piece

    def _settle(self) -> None:
        """A number after the house without any word: the flat, if only one was said and no flat was named."""
        if len(self.loose) == 1 and self.parts.flat is None and len(self.parts.houses) == 1:
            self.parts.flat = self.loose[0]
        else:  # «квартира тридцять, ой ні, тридцять один, тридцять то кума моя» takes back no house
            self.parts.houses += [piece for piece in self.loose if piece.text not in self.flats_said]


def _refines(piece: Piece, before: Piece) -> bool:
    """«чотирнадцять ... чотирнадцять дріб два»: the same house, said in full."""
    return piece.text == before.text or piece.text.startswith((before.text + "-", before.text + "/"))


def _piece(found: Sequence[Token], at: int, stop: int, skipped: frozenset[int]) -> Piece:
    word = found[at].text
    if at in skipped or (word in ("у", "в", "на", "з", "із") and at + 1 in skipped):
        return Piece("filler", "", at, at + 1)
    for piece in (_flat(found, at, stop), _building(found, at, stop), _house(found, at, stop)):
        if piece:
            return piece
    if word in CORRECTIONS or (word in ("чи", "а") and at + 1 < stop and found[at + 1].text in CORRECTIONS):
        return Piece("correction", "", at, at + 1)
    if word in ("тепер", *_WAITS) and at + 1 < stop and read_number(found, at + 1):
        return Piece("correction", "", at, at + 1)  # «п'ятнадцять це стара адреса, тепер сімнадцять»
    if word in AND_ALSO or _goes_to(found, at):
        return Piece("and", "", at, at + 1)
    if (floor := floor_end(found, at)) and floor <= stop:
        return Piece("filler", "", at, floor)
    numbered = word == "під" and at + 1 < stop and found[at + 1].text in NUMBER_WORDS
    if numbered or _begins_range(found, at) or _opens_house(found, at) or word in _FILLERS:
        return Piece("filler", "", at, at + 1)
    number = read_number(found, at)
    return Piece("other", "", at, number.end if number else at + 1)


def floor_end(found: Sequence[Token], at: int) -> int | None:
    """The token after «п'ятий поверх», «на третьому поверсі»; None where no floor is said."""
    at += at < len(found) and found[at].text == "на"
    number = read_number(found, at)
    if number is None or not number.is_ordinal or not _word_after(found, number.end).startswith("поверх"):
        return None
    return number.end + 1


def _flat(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    if found[at].text not in FLAT_WORDS:
        return _flat_named_after(found, at, stop)
    number = (
        _instead(found, at + 1)
        or read_number(found, _past_zeros(found, _past_number_word(found, at + 1)))
        or _said_of_it(found, at, stop)
        or _numbered_later(found, at + 1, stop)
    )
    if number is None or not 0 < number.value < MOST_FLATS or number.end > stop:
        return None
    after = _word_after(found, number.end)
    live_there = after.startswith(("люд", "чолов", "осіб", "діт", "родин", "сім'")) and number.value > MOST_TENANTS
    if found[at].text not in FLAT_NOUNS and is_unit(after) and not live_there:
        return None  # «у кімнаті чотирнадцять градусів», not «квартира вісім чоловік на фронті»
    if counts_in_genitive(found, number):
        return None
    return Piece("flat", str(number.value), at, number.end, named=True)


def _flat_named_after(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    """«двадцять дев'ять номер квартири», «двадцять два то номер квартири»; «десятий дім, а | тридцять
    шість квартира»
    """
    number = read_number(found, at)
    if number is None or number.ending or number.end >= stop or not 1 < number.value < MOST_FLATS:
        return None
    told = number.end + (found[number.end].text in ("то", "це"))
    its = [token.text in words for token, words in zip(found[told : told + 2], _ITS_NUMBER, strict=False)]
    if its == [True, True] and not read_number(found, told + 2):
        return Piece("flat", str(number.value), at, told + 2, named=True)
    if not at or found[at - 1].text not in ("а", "і", "й"):
        return None
    if _word_after(found, number.end) not in FLAT_NOUNS or read_number(found, number.end + 1):
        return None
    return Piece("flat", str(number.value), at, number.end + 1, named=True)


def counts_in_genitive(found: Sequence[Token], number: Number) -> bool:
    """«я в квартирі трьох уже маю»"""
    return found[number.end - 1].text.endswith("ох")


def told_as_flat(found: Sequence[Token], at: int, number: Number) -> bool:
    """«восьма», «у восьмій», «із восьмої»: a house would be masculine; «третій» is both, «у третій» is not."""
    before = found[at - 1].text if at else ""
    return number.ending in FEMININE or (found[number.end - 1].text == "третій" and before in _IN_FEMININE)


def _past_zeros(found: Sequence[Token], at: int) -> int:
    """«квартира нуль вісім»"""
    zero = read_number(found, at)
    return zero.end if zero and zero.value == 0 and read_number(found, zero.end) else at


def _numbered_later(found: Sequence[Token], at: int, stop: int) -> Number | None:
    """«квартира на другому поверсі | номер десять», «та що кутова, з номером тридцять дев'ять», «зараз, гляну в
    квитанцію ... | сто чотирнадцять»
    """
    if at < stop and found[at].text in _LOOKS_IT_UP:
        numbers = (read_number(found, later) for later in range(at, min(at + NUMBER_LOOKED_UP, stop)))
        return next((number for number in numbers if number), None)
    for later in range(at, min(at + NUMBER_WITHIN, stop)):
        if found[later].text in NUMBER_WORDS:
            return read_number(found, later + 1)
        if found[later].text in HOUSE_WORDS or found[later].text in FLAT_WORDS:
            return None
    return None


def _said_of_it(found: Sequence[Token], at: int, stop: int) -> Number | None:
    """«квартира в нас | сімдесят три», «квартиру я назву | дев'яносто дев'ять»; a few are what it has («двері дві»)."""
    if found[at].text not in FLAT_NOUNS and found[at].text not in ("квартиру", "номер"):
        return None
    number_at = at + 1
    while number_at < min(stop, at + 1 + MOST_FILLERS) and found[number_at].text in _ABOUT_A_FLAT:
        number_at += 1
    number = read_number(found, number_at) if number_at < stop else None
    if number is None or (number.value <= FEW and not number.is_ordinal) or floor_end(found, number_at):
        return None
    return number


def _instead(found: Sequence[Token], at: int) -> Number | None:
    """«квартира не шістнадцять, а шістдесят»: the second number."""
    if at + 1 >= len(found) or found[at].text != "не":
        return None
    denied = read_number(found, at + 1)
    said = denied is not None and denied.end + 1 < len(found) and found[denied.end].text == "а"
    return read_number(found, denied.end + 1) if denied and said else None


def _building(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    word = BUILDING_OF.get(found[at].text)
    if found[at].text == "під" and at + 1 < stop and found[at + 1].is_digits:
        word = "під'їзд"  # «під. 3», as it is written
    if word is None:
        return None
    house = read_house(found, _past_number_word(found, at + 1))
    if at and found[at - 1].text == "код":
        return None
    if house and word == "блок" and house.text.isdigit() and int(house.text) >= FEWEST_ROOMS and house.end <= stop:
        return Piece("flat", house.text, at, house.end, named=True)
    if house and house.end <= stop and not (word == "під'їзд" and len(house.text) > 2):
        return Piece("building", f"{word} {house.text}", at, house.end, named=True)
    letter = letter_instead(found, at + 1) if at + 1 < stop else None
    if letter and letter[0] in "АБВГД" and letter[1] <= stop:
        return Piece("building", f"{word} {letter[0]}", at, letter[1], named=True)
    return None


def _house(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    named = found[at].text in HOUSE_WORDS
    start = _past_number_word(found, at) if named else at
    house = read_house(found, start) or (_ours(found, start) if named else None)
    if house is None or house.end > stop:
        return None
    if house.is_ordinal:
        return _ordinal(found, at, house, named=named)
    if not named and _is_named_after(found, house.end):
        return Piece("house", house.text, at, house.end + 1, named=True)
    if counts(found, start, house) or (not named and _is_hour(found, at, house)):
        return None
    return Piece("house", house.text, at, house.end, named)


def _ours(found: Sequence[Token], at: int) -> House | None:
    """«дім | у нас тридцять четвертий»"""
    if [token.text for token in found[at : at + 2]] not in (["у", "нас"], ["в", "нас"], ["у", "мене"], ["в", "мене"]):
        return None
    house = read_house(found, at + 2)
    return house if house and house.is_ordinal else None


def _is_named_after(found: Sequence[Token], end: int) -> bool:
    """«від 15 | будинку до повороту», «підгірна три | будинок», not «двадцять | будинок сім»."""
    after = found[end + 1].text if end + 1 < len(found) else ""
    spelt = found[end - 1].text == "а"  # «дванадцять а дім тридцять»
    return _word_after(found, end) in _ONE_HOUSE and not spelt and after != "не" and not read_number(found, end + 1)


def _is_hour(found: Sequence[Token], at: int, house: House) -> bool:
    """«з восьми до десяти немає води»: among houses one says «від двадцяти до сорока» or «з восьмого по десятий»."""
    before = found[at - 1].text if at > 0 else ""
    in_genitive = house.text.isdigit() and found[house.end - 1].text.endswith(("и", "ох"))
    return in_genitive and before in ("від", "до", "з", "із") and int(house.text) <= HOURS


def _ordinal(found: Sequence[Token], at: int, house: House, *, named: bool) -> Piece | None:
    """«другий під'їзд», «п'ята квартира», «дванадцятий будинок», «біля дев'ятнадцятого»."""
    text, end = house.text, house.end
    after = _word_after(found, end)
    if _is_floor(found, at):
        return None
    if after in BUILDING_OF:
        return Piece("building", f"{BUILDING_OF[after]} {text}", at, end + 1, named=True)
    number = read_number(found, at)
    # «на п'ятому, квартира двадцять»; «третій» may be feminine
    of_a_flat = number is not None and (number.ending not in _OF_A_HOUSE or found[end - 1].text == "третій")
    if after in FLAT_WORDS and of_a_flat and not (named and agrees(found[end - 1].text, found[at].text)):
        return Piece("flat", text, at, end + 1, named=True)
    if after in NUMBER_WORDS and end + 1 < len(found) and found[end + 1].text == "квартири":
        return Piece("flat", text, at, end + 2, named=True)  # «сороковий номер квартири»
    feminine = number is not None and number.ending in FEMININE
    if after in HOUSE_WORDS and not (feminine and after in _ONE_HOUSE):  # «їхня двадцять шоста, дім сорок»
        return Piece("house", text, at, end + 1, named=True)
    hour = number is not None and number.ending in ("ої", "ій", "у", "ою", "а")  # «до шостої»
    beside = at > 0 and found[at - 1].text in NEAR_A_HOUSE and not hour and not _between_floors(found, end)
    near = beside or _opens_house(found, at - 1) or in_range(found, at, end) or _is_second(found, at, number)
    return (
        Piece("house", text, at, end, named) if (named or near) and not is_unit(after) and after != "поверх" else None
    )


def _is_floor(found: Sequence[Token], at: int) -> bool:
    """«поверх | третій квартира сорок», not «третій поверх | другий під'їзд»."""
    if at == 0 or not found[at - 1].text.startswith("поверх") or found[at - 1].pause:
        return False
    before = number_word(found[at - 2].text) if at > 1 else None
    is_own = before is not None and bool(before.ending) and not _ends_with_building(found, at - 2)
    return not is_own


def _ends_with_building(found: Sequence[Token], at: int) -> bool:
    """«під'їзд | п'ятий поверх», not «третій під'їзд | п'ятий поверх»"""
    if at < 1 or found[at - 1].text not in BUILDING_OF:
        return False
    own = number_word(found[at - 2].text) if at > 1 else None
    return own is None or not own.ending


def _opens_house(found: Sequence[Token], at: int) -> bool:
    """«на кривому валу | в тридцять четвертому квартира сім»"""
    number = read_number(found, at + 1) if at >= 0 and found[at].text in ("у", "в") else None
    if number is None or number.ending != "ому":
        return False
    after = _word_after(found, number.end)
    return after in FLAT_WORDS or after in BUILDING_OF


def _is_second(found: Sequence[Token], at: int, number: Number | None) -> bool:
    """«між двадцятим і | двадцять шостим», «перший дім третій дім і | сьомий»: as the one before the «і»."""
    if at < 2 or found[at - 1].text not in AND_ALSO or number is None:
        return False
    before = at - 2 - (found[at - 2].text in HOUSE_WORDS)
    first = number_word(found[before].text) if before >= 0 else None
    same = first is not None and first.ending == number.ending and first.ending in _MASCULINE
    return same and not _word_after(found, number.end).startswith(("поверх", "під'їзд"))


def _goes_to(found: Sequence[Token], at: int) -> bool:
    """«з першого | по десятий», «від двадцяти | до сорока»"""
    if found[at].text not in ("по", "до") or at == 0 or found[at - 1].pause:
        return False
    end = read_number(found, at + 1)
    return end is not None and (number_word(found[at - 1].text) is not None or found[at - 1].is_digits)


def _begins_range(found: Sequence[Token], at: int) -> bool:
    """«з | першого по десятий»"""
    number = read_number(found, at + 1) if found[at].text in ("з", "із") else None
    return number is not None and number.is_ordinal and in_range(found, at + 1, number.end)


def in_range(found: Sequence[Token], at: int, end: int) -> bool:
    """«з першого | по десятий», which is no «з першого по десяте липня»"""
    before = found[at - 1].text if at > 0 else ""
    if before in ("з", "із"):
        last = read_number(found, end + 1) if _word_after(found, end) in ("по", "до") else None
        return last is not None and last.ending in _OF_A_HOUSE and not is_unit(_word_after(found, last.end))
    number = read_number(found, at)
    first = number_word(found[at - 2].text) if before in ("по", "до") and at > 1 else None
    return first is not None and first.ending in _OF_A_HOUSE and number is not None and number.ending in _OF_A_HOUSE


def _between_floors(found: Sequence[Token], end: int) -> bool:
    """«між четвертим і п'ятим поверхом»"""
    second = read_number(found, end + 1) if _word_after(found, end) in AND_ALSO else None
    return second is not None and _word_after(found, second.end).startswith("поверх")


def _word_after(found: Sequence[Token], end: int) -> str:
    """The next word of the same phrase."""
    return found[end].text if end < len(found) and not found[end - 1].pause else ""


def _past_number_word(found: Sequence[Token], at: int) -> int:
    """Past «номер», pauses and «почекайте гляну»."""
    while at < len(found) and found[at].text in _BEFORE_A_NUMBER:
        at += 1
    return at
