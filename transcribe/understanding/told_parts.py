"""Which part of an address begins at a word, if any? And all that are named by their words in a stretch of speech."""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.address_parts import Piece
from transcribe.understanding.house_numbers import letter_instead, read_house
from transcribe.understanding.number_words import number_word
from transcribe.understanding.numerals import read_number
from transcribe.understanding.part_words import floor_end, past_number_word
from transcribe.understanding.place_words import (
    AND_ALSO,
    BUILDING_OF,
    CORRECTIONS,
    HESITATIONS,
    HOUSE_WORDS,
    NEAR_A_HOUSE,
    NUMBER_WORDS,
    is_unit,
)
from transcribe.understanding.tokens import Token
from transcribe.understanding.told_flats import told_flat
from transcribe.understanding.told_houses import begins_range, opens_house, told_house

FEWEST_ROOMS = 100
"""«блок чотириста п'ять» of a hostel is a flat; houses have a few blocks."""
_IN_A_NUMBER = NEAR_A_HOUSE - {"за", "перед"} | {"у", "в", "з", "із"}
"""Before «шістнадцятого номера» when it is a house."""
_FILLERS = (
    HOUSE_WORDS
    | HESITATIONS
    | NEAR_A_HOUSE
    | set("парна непарна парній непарній парні непарні всі усі сторона стороні стара старий адреса".split())
)


def told_part(found: Sequence[Token], at: int, stop: int, skipped: frozenset[int]) -> Piece:
    """The piece that begins at a word: ``other`` where it is no part of an address.

    Args:
        stop: nothing is looked at from this token on.
        skipped: tokens that mean something else.
    """
    word = found[at].text
    if at in skipped or (word in ("у", "в", "на", "з", "із") and at + 1 in skipped):
        return Piece("filler", "", at, at + 1)
    for piece in (told_flat(found, at, stop), _building(found, at, stop), told_house(found, at, stop)):
        if piece:
            return piece
    if word in CORRECTIONS or (word in ("чи", "а") and at + 1 < stop and found[at + 1].text in CORRECTIONS):
        return Piece("correction", "", at, at + 1)
    if word == "тепер" and at + 1 < stop and read_number(found, at + 1):
        return Piece("correction", "", at, at + 1)  # «п'ятнадцять це стара адреса, тепер сімнадцять»
    if word in AND_ALSO or _goes_to(found, at):
        return Piece("and", "", at, at + 1)
    if (floor := floor_end(found, at)) and floor <= stop:
        return Piece("filler", "", at, floor)
    numbered = word == "під" and at + 1 < stop and found[at + 1].text in NUMBER_WORDS
    if numbered or begins_range(found, at) or opens_house(found, at) or word in _FILLERS:
        return Piece("filler", "", at, at + 1)
    number = read_number(found, at)
    return Piece("other", "", at, number.end if number else at + 1)


def _building(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    word = BUILDING_OF.get(found[at].text)
    if found[at].text == "під" and at + 1 < stop and found[at + 1].is_digits:
        word = "під'їзд"  # «під. 3», as it is written
    if word is None:
        return None
    house = read_house(found, past_number_word(found, at + 1))
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


def _goes_to(found: Sequence[Token], at: int) -> bool:
    """«з першого | по десятий», «від двадцяти | до сорока»"""
    if found[at].text not in ("по", "до") or at == 0 or found[at - 1].pause:
        return False
    end = read_number(found, at + 1)
    return end is not None and (number_word(found[at - 1].text) is not None or found[at - 1].is_digits)


def named_parts(found: Sequence[Token], start: int, stop: int) -> list[Piece]:
    """Parts named by their words anywhere in a stretch: «квартира п'ять», «двадцять четвертий будинок».

    «номер» alone names no house: schools, buses and lamp posts have numbers too; «у шістнадцятому номері» does.
    """
    named, at = [], start
    while at < stop:
        piece = told_part(found, at, stop, frozenset())
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
