"""Of several flats, which one is the caller's? «винен сусід з дев'ятої квартири, я в восьмій»"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from transcribe.understanding.address_parts import Piece
from transcribe.understanding.agreement import agrees, counts
from transcribe.understanding.house_numbers import read_house
from transcribe.understanding.numerals import read_number
from transcribe.understanding.part_words import word_after
from transcribe.understanding.place_words import BUILDING_OF, FEW, FLAT_WORDS, is_unit
from transcribe.understanding.tokens import Token, text_of
from transcribe.understanding.told_flats import MOST_FLATS, counts_in_genitive, told_as_flat

_LIVE = frozenset("живу живемо мешкаю мешкаємо проживаю проживаємо сиджу сидимо сама сам самі же ж".split())
_MINE = frozenset("моя наша моїй нашій мою нашу моєї нашої".split())
_PLACE_IN_ROW = frozenset("у в на хто що за з по".split())
"""«я п'ята в черзі», «я двадцята, хто дзвонить»"""
_SINCE_THEN = frozenset("ранку вечора ночі години ранок вечір на до по й і".split())
"""«я з шостої ранку на ногах», «з п'ятої до восьмої» tell the hour."""
_WELL = r"(?:тепло|сухо|нормальн\w+|(?:[ув]се )?(?:добре|файно|гаразд|в порядку))\b"
_NOT_NEGATED = r"(?:(?!не)\S+ ){0,4}"
"""Words between «у мене» and «тепло»; «у мене нема тепла» is no «у мене тепло»."""
_NOT_MINE = re.compile(
    rf"\b(?:не [ув] (?:мене|нас)\b|[ув] мене {_NOT_NEGATED}{_WELL}|мені тепло|"
    r"(?:там|з нею|з нами) [ув]се (?:добре|файно|гаразд)|не за себе)"
)
_WELL_THERE = re.compile(r"(?:\w+ ){0,2}(?:тепл|гаряч|добре|сухо|світло є|є світло|норм)")
"""«я з сорок другої, а в сороковій тепло»: the trouble is the caller's."""
_IN_MINE = re.compile(rf"[ув] (?:мене|нас)\b(?! {_NOT_NEGATED}{_WELL})")
"""«я з вісімдесятої квартири, в мене батареї лід»"""
_BEHIND_A_DOOR = re.compile(r"\bгаз(?:ом)?\b|не відчин|не відкри|\bкрич|\bверещ|стогн|застрел|б'є жінку")
"""Who tells this tells of somebody else's flat."""
_ONLY_CALLS = frozenset("навпроти напроти дзвоню телефоную сусідка сусід".split())
"""«газом тягне з сорок восьмої, я з п'ятдесятої дзвоню»: the trouble is at the other's."""


def own_flat(found: Sequence[Token], busy: Collection[int], *, other: Piece | None) -> Piece | None:
    """The flat of which it is said «я в восьмій», «ми живемо в квартирі чотири», «моя квартира шоста».

    Args:
        busy: tokens of streets and houses.
        other: a flat that was said beside the house.
    """
    for at in range(len(found)):
        piece = _after_me(found, at, busy) or _mine(found, at, busy, corrects=other is not None and other.end <= at)
        if piece:
            return piece
    return None


def only_calls(found: Sequence[Token], flat: Piece, other: Piece) -> bool:
    """Whether the caller named the own flat only to say from where the trouble of the other is seen."""
    around = [*found[max(0, flat.first - 3) : flat.first], *found[flat.end : flat.end + 1]]
    if not _ONLY_CALLS.isdisjoint(token.text for token in around):
        return True
    if _WELL_THERE.match(text_of(found[other.end :])) or _IN_MINE.match(text_of(found[flat.end :])):
        return False
    from_where = found[flat.first - 1].text in ("з", "із", "зі")
    said = text_of(found)
    return from_where or bool(_NOT_MINE.search(said)) or bool(_BEHIND_A_DOOR.search(said))


def _after_me(found: Sequence[Token], at: int, busy: Collection[int]) -> Piece | None:
    if found[at].text not in ("я", "ми"):
        return None
    at += 1
    number = read_number(found, at)
    contrast = at > 1 and found[at - 2].text == "а"
    if number and number.ending == "а" and contrast and word_after(found, number.end) not in _PLACE_IN_ROW:
        return _flat_at(found, at, busy, named=False)  # «а я двадцять друга»
    while at < len(found) and found[at].text in _LIVE | _ONLY_CALLS and not _opens_flat(found, at):
        at += 1
    if at >= len(found) or found[at].text not in ("у", "в", "з", "із", "зі"):
        return None
    named = at + 1 < len(found) and found[at + 1].text in FLAT_WORDS
    return _flat_at(found, at + 1 + named, busy, named=named)


def _opens_flat(found: Sequence[Token], at: int) -> bool:
    """«я | з п'ятдесятої», not «я | з дідом»"""
    return at + 1 < len(found) and (found[at + 1].text in FLAT_WORDS or read_number(found, at + 1) is not None)


def _mine(found: Sequence[Token], at: int, busy: Collection[int], *, corrects: bool) -> Piece | None:
    """«моя квартира шоста», «моя двадцять дев'ята», «у нашій сорок третій»; after another one «а в мене двадцять»."""
    words = [token.text for token in found[at : at + 2]]
    if words[:1] and words[0] in _MINE:
        named = words[1:] and words[1] in FLAT_WORDS
        opens = at == 0 or found[at - 1].pause or found[at - 1].text == "а"
        mine = words[0] in ("моя", "наша") and opens  # «а моя сорок сім», not «баба моя вісімдесят п'ять має»
        return _flat_at(found, at + 1 + bool(named), busy, named=bool(named), instead=corrects or mine)
    if words[:1] == ["вдома"] and at and found[at - 1].text == "а":
        return _flat_at(found, at + 1, busy, named=False, instead=corrects)
    if len(words) == 2 and words[0] in ("у", "в") and words[1] in ("мене", "нас"):
        inside = at + 2 < len(found) and found[at + 2].text in ("у", "в")
        return _flat_at(found, at + 2 + inside, busy, named=False, instead=corrects and not inside)
    return None


def _flat_at(
    found: Sequence[Token], at: int, busy: Collection[int], *, named: bool, instead: bool = False
) -> Piece | None:
    """The flat whose number stands at ``at``; ``instead`` of another one it need not be told as flats are."""
    if at < len(found) and found[at].text == "номер":
        at += 1
    number = read_number(found, at)
    if number is None or not 0 < number.value < MOST_FLATS or at in busy or counts_in_genitive(found, number):
        return None
    free = number.end < len(found) and number.end not in busy and not found[number.end - 1].pause
    after = found[number.end].text if free else ""
    flat_after = after in FLAT_WORDS
    if not (named or flat_after):
        described = bool(after) and agrees(found[number.end - 1].text, after)
        other = described or is_unit(after) or after in BUILDING_OF or after in _SINCE_THEN
        if other or not (told_as_flat(found, at, number) or (instead and _counts_nothing(found, at))):
            return None
    return Piece("flat", str(number.value), at, number.end + flat_after, named=True)


def _counts_nothing(found: Sequence[Token], at: int) -> bool:
    """«а в мене вісімнадцять», not «а в мене дві середні секції теплі»: the few are counted in many ways."""
    house = read_house(found, at)
    return house is not None and house.text.isdigit() and int(house.text) > FEW and not counts(found, at, house)
