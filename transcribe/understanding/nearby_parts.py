"""Which house, flat and building belong to which street, when they were not said right after it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcribe.understanding.address_parts import Parts, Piece
from transcribe.understanding.agreement import counts
from transcribe.understanding.gas_flat import gas_flat
from transcribe.understanding.house_numbers import LONGEST_HOUSE, House, read_house
from transcribe.understanding.number_words import number_word
from transcribe.understanding.part_row import MOST_HOUSES, parts_after
from transcribe.understanding.place_words import (
    AND_ALSO,
    BEFORE_A_PLACE,
    BUILDING_OF,
    CORRECTIONS,
    FEW,
    FLAT_WORDS,
    NEAR_A_HOUSE,
    SEVERAL_HOUSES,
    is_numbered,
    is_unit,
)
from transcribe.understanding.site import Site
from transcribe.understanding.tokens import Token
from transcribe.understanding.told_houses import in_range
from transcribe.understanding.told_parts import named_parts
from transcribe.understanding.unnamed_flat import unnamed_flat
from transcribe.understanding.whose_flat import only_calls, own_flat

FAR_BEFORE = 12
FAR_AFTER = 25
"""Words between a street and a part that was named by its word («квартира п'ять ... вулиця медична»)."""
FAR_HOUSE = 14
"""Words after a street in which its house may come without being named."""

_PEOPLE = frozenset("люди людей дітей діти чоловік".split())
_BEFORE_AN_ORDINAL = NEAR_A_HOUSE | {"у", "в", "наш", "мій"}
"""«навпроти сорок четвертого по рівненській», «у вісімнадцятому на кравчука», «наш одинадцятий на кримського»"""


def separate_houses(sites: Sequence[Site]) -> None:
    """«кравчука, 2, 4; гордіюк, 37, 39»: nobody names two flats, these are rows of houses."""
    rows = [site.parts for site in sites if site.parts.flat and not site.parts.flat.named]
    if len(rows) > 1:
        for parts in rows:
            parts.houses += [parts.flat] if parts.flat else []
            parts.flat = None


def without_callers_name(sites: list[Site]) -> list[Site]:
    """«семенюк, будинок двадцять три ... вулиця захисників україни»: before its house, a name that no street has is the
    caller's, and the house is the other street's, which has none.
    """
    unknown = [site for site in sites if not site.matches]
    named = [site for site in sites if site.matches]
    if len(unknown) != 1 or unknown[0].mentions[0].announced != "house" or not named:
        return sites
    one_street = frozenset.intersection(*(site.streets for site in named))
    if not one_street or any(site.parts.houses or site.crossed for site in named):
        return sites
    named[0].parts, named[0].apart = unknown[0].parts, True
    return named


def give_far_parts(found: Sequence[Token], sites: Sequence[Site], taken: frozenset[int]) -> None:
    """Parts named by their words go to the street before them, or to the one after that has none; flats and entrances
    of a message with one street to it from however far.
    """
    edges = [0, *(edge for site in sites for edge in (site.first, site.end)), len(found)]
    for number, (start, stop) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        before = sites[number - 1] if number else None
        after = sites[number] if number < len(sites) else None
        for piece in named_parts(found, start, stop):
            if not taken.isdisjoint(range(piece.first, piece.end)):
                continue
            if len(sites) == 1 and piece.kind != "house":
                give(sites[0].parts, _corrected(found, piece, stop))
                continue
            near_before = before is not None and piece.first - before.end <= FAR_AFTER
            if before is not None and near_before and give(before.parts, piece):
                continue
            far = after is not None and after.first - piece.end > FAR_BEFORE
            if after is not None and far and len(sites) == 1 and piece.kind == "house" and give(after.parts, piece):
                after.apart = True
            elif after is not None and not far:
                house = _with_letter(found, _corrected(found, piece, stop), stop)
                if give(after.parts, house):
                    _give_row(found, after.parts, house, stop)
                elif _goes_on(found, after.parts, house):
                    after.parts.houses.append(house)


def _corrected(found: Sequence[Token], piece: Piece, stop: int) -> Piece:
    """«квартира двадцять два, ні, двадцять три», «дім двадцять чи двадцять два, двадцять два точно»"""
    row = parts_after(found, piece.first, stop) if piece.kind != "building" else Parts()
    if piece.kind == "house":
        return row.houses[0] if len(row.houses) == 1 else piece
    return row.flat or piece


def _with_letter(found: Sequence[Token], piece: Piece, stop: int) -> Piece:
    """«у будинку сорок вісім а на братковського»: between a house and its street «а» joins nothing, but for «дім наш
    двадцять другий, а вулиця стефаника».
    """
    between = [token.text for token in found[piece.end : stop]]
    last = number_word(found[piece.end - 1].text)
    if last and last.ending:
        return piece
    if piece.kind != "house" or between[:1] != ["а"] or any(word not in BEFORE_A_PLACE for word in between[1:]):
        return piece
    return replace(piece, text=f"{piece.text}-А", end=piece.end + 1)


def _give_row(found: Sequence[Token], parts: Parts, first: Piece, stop: int) -> None:
    """«будинки п'ять, сім та дев'ять по вулиці кравчука»: the rest of the row."""
    words = {token.text for token in found[first.first : first.end]}
    if first.kind == "house" and words & SEVERAL_HOUSES:
        parts.houses = parts_after(found, first.first, stop).houses or parts.houses
    elif first.kind == "house":
        parts.houses[:0] = _paired_before(found, first.first)


def _paired_before(found: Sequence[Token], at: int) -> list[Piece]:
    """«між десятим і | дванадцятим будинком»: the first of the two."""
    end = at - 1
    if end < 1 or found[end].text not in AND_ALSO:
        return []
    for start in range(max(1, end - LONGEST_HOUSE), end):
        house = read_house(found, start)
        if house and house.end == end and "між" in {token.text for token in found[max(0, start - 2) : start]}:
            return [Piece("house", house.text, start, end)]
    return []


def _goes_on(found: Sequence[Token], parts: Parts, house: Piece) -> bool:
    """«від будинку вісім до будинку двадцять по ковельській»: the second one."""
    before = parts.houses[-1].end if parts.houses else house.end
    between = {token.text for token in found[before : house.first]}
    return house.kind == "house" and 0 < house.first - before <= 2 and between <= AND_ALSO | NEAR_A_HOUSE


def give_own_flat(found: Sequence[Token], sites: Sequence[Site], taken: frozenset[int]) -> None:
    """«у п'ятнадцятій тече, я в одинадцятій»: where one house is spoken of, the caller's flat, or else one that nobody
    called a flat; of a trouble that the caller only sees, the other's.
    """
    if len(sites) != 1 or len(sites[0].parts.houses) > 1:
        return
    parts, busy = sites[0].parts, taken | sites[0].taken(with_flat=False)
    own = own_flat(found, busy, other=parts.flat)
    other = _other_flat(found, busy, parts, own) if own or parts.houses else parts.flat
    own_or_other = other if own is None or (other and only_calls(found, own, other)) else own
    parts.flat = gas_flat(found, busy) or own_or_other


def _other_flat(found: Sequence[Token], busy: frozenset[int], parts: Parts, own: Piece | None) -> Piece | None:
    """A flat that is not the caller's."""
    if parts.flat and not (own and parts.flat.text == own.text):
        return parts.flat
    return unnamed_flat(found, busy | (frozenset(range(own.first, own.end)) if own else frozenset()))


def give_house_before(found: Sequence[Token], site: Site) -> None:
    """«двадцять три по дубнівській», «навпроти сорок четвертого по рівненській», «два, чотири, шість по кравчука»."""
    at = site.first - 1
    if site.parts.houses or site.crossed or at < 1:
        return
    if found[at].text not in ("по", "на"):
        _give_house_right_before(found, site)
        return
    stop = at - 1 if found[at - 1].text == "а" else at  # between a house and its street «а» joins nothing
    for start in range(max(0, stop - LONGEST_HOUSE), stop):
        house = read_house(found, start)
        before = found[start - 1].text if start > 0 else ""
        if house is None or house.end not in (stop, at):
            continue
        ranges = house.is_ordinal and before in ("по", "до") and in_range(found, start, house.end)
        alone = _stands_first(found, start) and not (house.is_ordinal and not found[house.end - 1].text.endswith("й"))
        is_house = before in _BEFORE_AN_ORDINAL or ranges or alone
        if not house.is_ordinal:
            is_house = is_house or found[at].text == "по" or not house.text.isdigit()
        if is_house:
            text = house.text if at in (house.end, stop) else f"{house.text}-А"
            site.parts.houses += [*_row_before(found, start), Piece("house", text, start, at)]
            site.apart = alone and found[at].text == "на" and (house.is_ordinal or house.text.isdigit())
            return


def _give_house_right_before(found: Sequence[Token], site: Site) -> None:
    """«дванадцять чотирнадцять | тарасова вулиця», «сто один дріб два | ківерцівська»"""
    for start in range(max(0, site.first - LONGEST_HOUSE), site.first):
        house = read_house(found, start)
        if (
            house is None
            or house.end != site.first
            or (house.is_ordinal and not found[house.end - 1].text.endswith("ий"))
        ):
            continue
        if house.text.isdigit() and start > 0 and _numbers_another(found[start - 1].text):
            return
        row = [] if house.is_ordinal else _row_before(found, start)
        site.parts.houses += [*row, Piece("house", house.text, start, house.end)]
        site.apart = house.text.isdigit()
        return


def _numbers_another(word: str) -> bool:
    return is_numbered(word) or word in FLAT_WORDS


def _stands_first(found: Sequence[Token], at: int) -> bool:
    """Whether a number opens the message or its phrase, or corrects another."""
    return at == 0 or found[at - 1].pause or found[at - 1].text in CORRECTIONS


def _row_before(found: Sequence[Token], at: int) -> list[Piece]:
    """The houses said right before a house: «шістдесят два, шістдесят чотири | шістдесят шість по кравчука»."""
    row: list[Piece] = []
    while len(row) < MOST_HOUSES:
        to = at > 0 and found[at - 1].text in ("по", "до")
        end = at - 1 if to or (at > 0 and found[at - 1].text in AND_ALSO) else at
        before = next(
            (
                Piece("house", house.text, start, end)
                for start in range(max(0, end - LONGEST_HOUSE), end)
                if (house := read_house(found, start)) and house.end == end and house.is_ordinal == to
            ),
            None,
        )
        if before is None:
            break
        row.insert(0, before)
        at = before.first
    return row


def give_house_in_doubt(found: Sequence[Token], sites: Sequence[Site], taken: frozenset[int]) -> None:
    """«сенатора чотири люди всередині», «я у вісім ве живу ... на парковій»: where one street is spoken of and nothing
    else is its house, a number that may as well count people, or the last one that is told as houses are.
    """
    if len(sites) != 1 or sites[0].parts.houses or sites[0].crossed:
        return
    site = sites[0]
    counted = read_house(found, site.end) if site.end < len(found) else None
    if (
        counted
        and not counted.is_ordinal
        and counted.end < len(found)
        and _is_doubtful(counted, found[counted.end].text)
    ):
        _give_in_doubt(site, Piece("house", counted.text, site.end, counted.end), taken)
        return
    for at in reversed(range(site.first)):
        house = read_house(found, at)
        if house and not house.is_ordinal and not house.text.isdigit() and house.end <= site.first:
            _give_in_doubt(site, Piece("house", house.text, at, house.end), taken)
            return


def _is_doubtful(house: House, after: str) -> bool:
    """«сенатора чотири | люди всередині», «проспект відродження вісімнадцять | тарганів потруїли»: a house, or what is
    counted; of one to four things mostly the latter («на кравчука один ліхтар»).
    """
    number = house.text.split("-")[0].split("/")[0]
    return not house.is_ordinal and (after in _PEOPLE or (not is_unit(after) and int(number) > FEW))


def _give_in_doubt(site: Site, piece: Piece, taken: frozenset[int]) -> None:
    if taken.isdisjoint(range(piece.first, piece.end)):
        site.parts.houses.append(piece)
        site.apart = True


def give_lone_house(found: Sequence[Token], site: Site, stop: int, taken: frozenset[int]) -> None:
    """«вулиця баженова, та, що за мостом, двадцять дев'ять г»: a number that can hardly be anything but the house."""
    if site.parts.houses or site.crossed:
        return
    for at in range(site.end, min(stop, site.end + FAR_HOUSE)):
        house = read_house(found, at)
        if house is None:
            continue
        whole = house.end <= stop and taken.isdisjoint(range(at, house.end)) and not house.is_ordinal
        if whole and not is_numbered(found[at - 1].text) and not counts(found, at, house) and _stands_out(found, house):
            row = parts_after(found, at, stop)
            site.parts.houses += row.houses
            site.parts.flat = site.parts.flat or row.flat
            site.apart = True
        return


def _stands_out(found: Sequence[Token], house: House) -> bool:
    """With a letter or a fraction, before a flat or another number, or at the end of the message."""
    after = found[house.end].text if house.end < len(found) else ""
    flat = read_house(found, house.end) if after else None
    paired = flat is not None and not flat.is_ordinal and not counts(found, house.end, flat)
    return not house.text.isdigit() or not after or paired or after in FLAT_WORDS or after in BUILDING_OF


def give(parts: Parts, piece: Piece) -> bool:
    """Add a part if there is none of its kind yet."""
    if piece.kind == "house" and not parts.houses:
        parts.houses.append(piece)
    elif piece.kind == "flat" and parts.flat is None:
        parts.flat = piece
    elif piece.kind == "building" and parts.building is None:
        parts.building = piece
    else:
        return False
    return True


def unplaced_parts(found: Sequence[Token], taken: frozenset[int]) -> Parts:
    """The parts of a message that names no street."""
    parts = Parts()
    for piece in named_parts(found, 0, len(found)):
        if taken.isdisjoint(range(piece.first, piece.end)):
            give(parts, piece)
    return parts
