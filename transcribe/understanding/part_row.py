"""What was said right after a street, with its corrections («вісім ні вибачте десять»)?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcribe.understanding.address_parts import Kind, Parts, Piece
from transcribe.understanding.agreement import agrees, counts
from transcribe.understanding.house_numbers import (
    fraction_instead,
    letter_instead,
    letter_named,
    read_house,
    without_letter,
)
from transcribe.understanding.numerals import read_number
from transcribe.understanding.part_words import LOOKS_IT_UP, WAITS, floor_end, word_after
from transcribe.understanding.place_words import CORRECTIONS, FLAT_WORDS, HESITATIONS, is_numbered, is_unit
from transcribe.understanding.tokens import Token
from transcribe.understanding.told_flats import FEMININE, MOST_FLATS, NUMBER_LOOKED_UP, is_its_number
from transcribe.understanding.told_parts import told_part

MOST_HOUSES = 12
"""Houses of one street in one message; a longer row is a list of something else."""
MOST_FILLERS = 5
MOST_OTHERS = 3
"""Words inside a row of parts that are none, and those of them that mean something: «сім, ой, що я кажу, вісім»."""
MOST_EXPLAINED = 7
"""The same after «шість то», which tells whose flat it is: «то я на старій жила»."""
CHOSEN_WITHIN = 10
"""Words between «сорок чи сорок два» and the one of the two that is said again."""
_FLAT_OR_HOUSE = frozenset("хата хаті хату".split())
"""«шопена дванадцять, хата двадцять перша» is a flat, «озденіж, хата тридцять перша» a house."""
_RUNS_OR_LEAKS = frozenset("вода батарея стеля стіна труба".split())
_DENIES = frozenset("ніяк навіть та то а зовсім ой".split())
"""Before «не сорок»."""


def parts_after(found: Sequence[Token], start: int, stop: int, skipped: frozenset[int] = frozenset()) -> Parts:
    """The parts said right after a street, up to the first word that is none of them.

    Args:
        start, stop: the tokens to look at.
        skipped: tokens in between that mean something else («в олександрівці»).
    """
    return _Row(found, start, stop, skipped).read()


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
        self.flats_put_aside: set[str] = set()

    def read(self) -> Parts:
        fillers = others = 0
        while self.at < self.stop and len(self.parts.houses) < MOST_HOUSES:
            piece = (
                self._denied()
                or self._chosen()
                or self._other_letter()
                or self._other_flat()
                or self._flat_alone()
                or self._house_before_flat()
                or told_part(self.found, self.at, self.stop, self.skipped)
            )
            fillers = fillers + 1 if piece.kind in ("filler", "other") else 0
            others = others + (piece.kind == "other") if fillers else 0
            self.looks_it_up = fillers > 0 and (self.looks_it_up or self.found[self.at].text in LOOKS_IT_UP)
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
        number = read_number(self.found, self.at) if self.last == "flat" else None
        said = number is not None and str(number.value) in {*self.flats_put_aside, self._last_text()}
        if number and said and number.end < self.stop and self.found[number.end].text == "то":
            self.explains = True
            return Piece("correction", "", self.at, number.end + 1)
        at = self.at
        again = read_number(self.found, at + 1) if self.found[at].text in WAITS and self.last == "flat" else None
        if again and str(again.value) == self._last_text():
            return Piece("filler", "", at, at + 1)  # «сорок шість, чекайте, сорок шість то кумина»
        while at + 2 < self.stop and self.found[at].text in _DENIES:
            at += 1
        if self.last == "other" or at + 1 >= self.stop or self.found[at].text != "не":
            return None
        other = told_part(self.found, at + 1, self.stop, self.skipped)
        if other.kind not in ("house", "flat"):
            return None
        if other.text != self._last_text() and "а" in {token.text for token in self.found[self.at : at]}:
            return Piece("filler", "", self.at, other.end)  # «квартира вісімнадцять, а не вісімдесят один»
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
        if fraction := self._other_fraction(at):
            return fraction
        letter = letter_instead(self.found, at) if at < self.stop else None
        if letter is None or letter[1] > self.stop:
            return None
        self.correcting = True
        return Piece("house", f"{without_letter(self._last_text())}-{letter[0]}", at, letter[1])

    def _other_fraction(self, at: int) -> Piece | None:
        """«два дріб п'ять, ні, дріб чотири»"""
        second = fraction_instead(self.found, at)
        if second is None or second.end > self.stop:
            return None
        self.correcting = True
        return Piece("house", f"{self._last_text().partition('/')[0]}/{second.value}", self.at, second.end)

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
        after = word_after(self.found, number.end)
        if after in FLAT_WORDS or is_unit(after) or is_numbered(after):
            return None
        if after not in _RUNS_OR_LEAKS and agrees(self.found[number.end - 1].text, after):
            return None  # «друга година», but «сто п'ята вода гаряча» are a flat and its water
        return Piece("flat", str(number.value), self.at, number.end, named=True)

    def _house_before_flat(self) -> Piece | None:
        """«кравчука вісім номер квартири сорок»: what stands right after the street is its house."""
        house = read_house(self.found, self.at) if self.last == "other" and not self.parts.houses else None
        if house is None or house.is_ordinal or house.end > self.stop or not is_its_number(self.found, house.end):
            return None
        return Piece("house", house.text, self.at, house.end)

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
        if at < self.stop and self.found[at].text in LOOKS_IT_UP:
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
                    self._correct_flat(piece)
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
            self._correct_flat(replace(piece, kind="flat", named=True))
        elif houses and (self.correcting or _refines(piece, [*houses, *self.loose][-1])):
            self._correct_house(piece)
        elif houses and not self.also and not piece.named:
            self.loose.append(piece)
        else:
            houses += [*self.loose, piece]
            self.loose = []
        if not (self.correcting and self.last == "flat"):
            self.last = "house"

    def _correct_flat(self, piece: Piece) -> None:
        if self.parts.flat:
            self.flats_put_aside.add(self.parts.flat.text)
        self.parts.flat, self.explains = piece, False

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
            self.parts.houses += [piece for piece in self.loose if piece.text not in self.flats_put_aside]


def _refines(piece: Piece, before: Piece) -> bool:
    """«чотирнадцять ... чотирнадцять дріб два»: the same house, said in full."""
    return piece.text == before.text or piece.text.startswith((before.text + "-", before.text + "/"))
