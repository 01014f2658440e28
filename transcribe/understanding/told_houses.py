"""Is it a house that is told here? «будинок десять», «біля дев'ятнадцятого», «з першого по десятий»; not «з восьми до
десяти», «перший поверх».
"""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.address_parts import Piece
from transcribe.understanding.agreement import agrees, counts
from transcribe.understanding.house_numbers import House, read_house
from transcribe.understanding.number_words import number_word
from transcribe.understanding.numerals import Number, read_number
from transcribe.understanding.part_words import past_number_word, word_after
from transcribe.understanding.place_words import (
    AND_ALSO,
    BUILDING_OF,
    FLAT_WORDS,
    HOUSE_WORDS,
    NEAR_A_HOUSE,
    NUMBER_WORDS,
    is_unit,
)
from transcribe.understanding.tokens import Token
from transcribe.understanding.told_flats import FEMININE

HOURS = 24
_ONE_HOUSE = frozenset("будинок будинку будинком дім дому домі домом".split())
_OF_A_HOUSE = frozenset("ий ого ому".split())
"""Endings of «десятий будинок»; days of a month are neuter, hours feminine."""
_MASCULINE = _OF_A_HOUSE | {"им", "ім"}


def told_house(found: Sequence[Token], at: int, stop: int) -> Piece | None:
    """A house by its word or by nothing but its number; an ordinal may tell an entrance or a flat as well."""
    named = found[at].text in HOUSE_WORDS
    start = past_number_word(found, at) if named else at
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
    return word_after(found, end) in _ONE_HOUSE and not spelt and after != "не" and not read_number(found, end + 1)


def _is_hour(found: Sequence[Token], at: int, house: House) -> bool:
    """«з восьми до десяти немає води»: among houses one says «від двадцяти до сорока» or «з восьмого по десятий»."""
    before = found[at - 1].text if at > 0 else ""
    in_genitive = house.text.isdigit() and found[house.end - 1].text.endswith(("и", "ох"))
    return in_genitive and before in ("від", "до", "з", "із") and int(house.text) <= HOURS


def _ordinal(found: Sequence[Token], at: int, house: House, *, named: bool) -> Piece | None:
    """«другий під'їзд», «п'ята квартира», «дванадцятий будинок», «біля дев'ятнадцятого»."""
    text, end = house.text, house.end
    after = word_after(found, end)
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
    near = beside or opens_house(found, at - 1) or in_range(found, at, end) or _is_second(found, at, number)
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


def opens_house(found: Sequence[Token], at: int) -> bool:
    """«на кривому валу | в тридцять четвертому квартира сім»"""
    number = read_number(found, at + 1) if at >= 0 and found[at].text in ("у", "в") else None
    if number is None or number.ending != "ому":
        return False
    after = word_after(found, number.end)
    return after in FLAT_WORDS or after in BUILDING_OF


def _is_second(found: Sequence[Token], at: int, number: Number | None) -> bool:
    """«між двадцятим і | двадцять шостим», «перший дім третій дім і | сьомий»: as the one before the «і»."""
    if at < 2 or found[at - 1].text not in AND_ALSO or number is None:
        return False
    before = at - 2 - (found[at - 2].text in HOUSE_WORDS)
    first = number_word(found[before].text) if before >= 0 else None
    same = first is not None and first.ending == number.ending and first.ending in _MASCULINE
    return same and not word_after(found, number.end).startswith(("поверх", "під'їзд"))


def begins_range(found: Sequence[Token], at: int) -> bool:
    """«з | першого по десятий»"""
    number = read_number(found, at + 1) if found[at].text in ("з", "із") else None
    return number is not None and number.is_ordinal and in_range(found, at + 1, number.end)


def in_range(found: Sequence[Token], at: int, end: int) -> bool:
    """«з першого | по десятий», which is no «з першого по десяте липня»"""
    before = found[at - 1].text if at > 0 else ""
    if before in ("з", "із"):
        last = read_number(found, end + 1) if word_after(found, end) in ("по", "до") else None
        return last is not None and last.ending in _OF_A_HOUSE and not is_unit(word_after(found, last.end))
    number = read_number(found, at)
    first = number_word(found[at - 2].text) if before in ("по", "до") and at > 1 else None
    return first is not None and first.ending in _OF_A_HOUSE and number is not None and number.ending in _OF_A_HOUSE


def _between_floors(found: Sequence[Token], end: int) -> bool:
    """«між четвертим і п'ятим поверхом»"""
    second = read_number(found, end + 1) if word_after(found, end) in AND_ALSO else None
    return second is not None and word_after(found, second.end).startswith("поверх")
