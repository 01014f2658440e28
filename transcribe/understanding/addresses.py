"""The places of a message: streets with their houses, crossings, villages, and what makes each of them doubtful.

A street that was corrected («на яровиці, ні, на шевченка») is left out, a street that was named twice («гордіюк
двадцять, тепер захисників україни») is one place, several houses of one street are a place each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from db.street_register import Register
from transcribe.understanding.agreement import counts
from transcribe.understanding.facts import Address, Span, StreetGuess
from transcribe.understanding.house_numbers import House, is_letter_or_word, read_house
from transcribe.understanding.house_parts import (
    FAR_AFTER,
    FAR_BEFORE,
    MOST_HOUSES,
    Parts,
    Piece,
    named_parts,
    parts_after,
)
from transcribe.understanding.landmarks import landmark_near
from transcribe.understanding.place_words import (
    AND_ALSO,
    BEFORE_A_PLACE,
    BETWEEN_CROSSING,
    BUILDING_OF,
    CORRECTIONS,
    CROSSINGS,
    FLAT_WORDS,
    HESITATIONS,
    NEAR_A_HOUSE,
    SAME_SORT,
    SEVERAL_HOUSES,
    is_numbered,
    street_type,
)
from transcribe.understanding.settlements import HOME, Settlements, SettlementSaid
from transcribe.understanding.street_index import Match, StreetIndex, guesses
from transcribe.understanding.street_mentions import Mention, mentions
from transcribe.understanding.tokens import Token

MOST_GUESSES = 3
MOST_MENTIONS = 60
MOST_ADDRESSES = 12
"""Of one message; more of them are no appeal but a list that is read aloud."""

SURE_SCORE = 0.80
SURE_MARGIN = 0.04
"""The accept rule: on recognised speech it filled 84 % of the streets, 99.4 % of them rightly."""

CORRECTED_WITHIN = 8
"""Words between a street and the one that corrects it."""
FAR_HOUSE = 14
"""Words after a street in which its house may come without being named."""
LONGEST_HOUSE = 6
"""Words of a house: «сто двадцять три дріб сорок п'ять»."""
CROSSING_BEFORE = 8
"""Words before a street in which «ріг», «перехрестя» announces a crossing."""

_BEFORE_AN_ORDINAL = NEAR_A_HOUSE | {"у", "в"}
"""«навпроти сорок четвертого по рівненській», «у вісімнадцятому на кравчука»"""
_AROUND_A_CORRECTION = frozenset(
    "чекайте зачекайте почекайте стійте стривайте заплутався заплуталась заплуталася то та а не це я що кажу брешу "
    "секунду секундочку зараз хвилинку мені на в у по із з там де ви".split()
)


@dataclass(slots=True)
class _Site:
    """One street of the message with what was said beside it.

    Attributes:
        first, end: the tokens from its first mention to the parts right after it.
        mentions: where it was named, under whichever of its names.
        streets: ids of the streets all those names may mean.
        crossed: the street it was said to cross.
        apart: its house was said apart from it and without any word for it.
    """

    first: int
    end: int
    mentions: list[Mention]
    streets: frozenset[int]
    parts: Parts
    crossed: _Site | None = None
    apart: bool = False
    settlement: SettlementSaid | None = None
    landmark: tuple[str, Span] | None = None


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Why the operator should look twice, and by how much the confidence falls."""

    why: str
    loss: float = 0.15


class Places:
    """Finds the places of messages in one register; built once, then only read."""

    def __init__(self, register: Register) -> None:
        self.index = StreetIndex(register)
        self._settlements = Settlements(register)
        self._register = register

    def said(self, found: Sequence[Token], busy: Collection[int] = ()) -> tuple[Address, ...]:
        """The places of a message in the order of speech.

        Args:
            busy: words that are something else already: telephones, numbers of appeals.
        """
        taken = frozenset(at for at, token in enumerate(found) if token.word in busy)
        settled = [one for one in self._settlements.said(found) if taken.isdisjoint(range(one.first, one.end))]
        in_settlements = frozenset(at for one in settled for at in range(one.first, one.end))
        named = mentions(found, self.index, taken, in_settlements)[:MOST_MENTIONS]
        sites = _without_ends(found, _uncorrected(found, list(_sites(found, named, taken, in_settlements))))
        _separate_houses(sites)
        _give_far_parts(found, sites, taken)
        for number, site in enumerate(sites):
            _give_house_before(found, site)
            _give_lone_house(found, site, sites[number + 1].first if number + 1 < len(sites) else len(found), taken)
            site.settlement = self._settlement_of(site, settled)
            site.landmark = site.landmark or landmark_near(found, site.first, site.end, self._register.districts)
        addresses = [address for site in _merged(sites) for address in self._addresses(found, site)]
        return tuple(addresses or self._without_street(found, settled, taken))[:MOST_ADDRESSES]

    def _settlement_of(self, site: _Site, settled: Sequence[SettlementSaid]) -> SettlementSaid | None:
        """The settlement the street was said to be in: one that has such a street, or one named right beside it; of a
        street that no register has, the village of the message.
        """
        nearest = sorted(settled, key=lambda one: _distance(site, one))
        has_it = {guess.settlement for guess in guesses(_matches(site))}
        fitting = next((one for one in nearest if one.name in has_it), None)
        beside = next((one for one in nearest if _distance(site, one) <= 1 and one.name != HOME), None)
        village = next((one for one in nearest if one.name != HOME), None)
        return fitting or beside or (None if has_it else village)

    def _addresses(self, found: Sequence[Token], site: _Site) -> Iterator[Address]:
        ranked = self._ranked(site)
        said = _words(found, *site.mentions[0].name)
        settlement = _settlement(site, ranked)
        houses: Sequence[Piece | None] = site.parts.houses or [None]
        for house in houses:
            doubts = [
                *_doubts(site, ranked),
                *_doubts_of_house(found, house, apart=site.apart),
                *_doubts_of_flat(site.parts),
                *self._renumbered(ranked, house),
            ]
            spans = _spans(found, site, house)
            score = ranked[0].score if ranked else 0.5
            confidence = max(0.0, score - sum(doubt.loss for doubt in doubts))
            yield Address(
                guesses=tuple(ranked[:MOST_GUESSES]),
                street_said=said,
                house=house.text if house else "",
                building=site.parts.building.text if site.parts.building else "",
                flat=site.parts.flat.text if site.parts.flat else "",
                settlement=settlement,
                landmark=_landmark(site),
                confidence=confidence,
                sure=bool(ranked) and not doubts,
                spans=spans,
                note="; ".join(doubt.why for doubt in doubts),
                type_said=_said_type(site),
            )

    def _renumbered(self, ranked: Sequence[StreetGuess], house: Piece | None) -> Iterator[_Doubt]:
        """Who says the former name may mean the former number."""
        if ranked and ranked[0].said_name and house:
            now = self._register.renumbered.get((ranked[0].street_id, house.text.upper()))
            if now:
                yield _Doubt(f"за новою нумерацією це {now}")

    def _ranked(self, site: _Site) -> list[StreetGuess]:
        settlement = site.settlement.name if site.settlement else ""
        ranked = guesses(_matches(site), _said_type(site), settlement)
        return sorted(ranked, key=lambda guess: guess.street_id not in site.streets)

    def _without_street(
        self, found: Sequence[Token], settled: Sequence[SettlementSaid], taken: frozenset[int]
    ) -> Iterator[Address]:
        """Villages, and a house of which nobody said the street."""
        parts = _whole(found, taken)
        villages = {one.name: (one.first, one.end) for one in settled if one.name != HOME}
        alone = {HOME: None} if parts.houses else {}
        for name, place in (villages or alone).items():
            places = [*([place] if place else []), *((piece.first, piece.end) for piece in parts.pieces)]
            yield Address(
                guesses=(),
                street_said="",
                house=parts.houses[0].text if parts.houses else "",
                building=parts.building.text if parts.building else "",
                flat=parts.flat.text if parts.flat else "",
                settlement=name,
                landmark="",
                confidence=0.7 if place else 0.3,
                sure=False,
                spans=_in_words(found, places),
                note="вулицю не названо",
            )


def _sites(
    found: Sequence[Token], named: Sequence[Mention], taken: frozenset[int], in_settlements: frozenset[int]
) -> Iterator[_Site]:
    """Each street with the row of parts right after it."""
    for number, mention in enumerate(named):
        stop = named[number + 1].first if number + 1 < len(named) else len(found)
        stop = min([stop, *(at for at in taken if at >= mention.end)])
        parts = parts_after(found, mention.end, stop, in_settlements)
        if parts.houses and parts.houses[-1].end == stop < len(found) and stop not in taken:
            parts.houses[-1] = _without_conjunction(found, parts.houses[-1])
        end = max([mention.end, *(piece.end for piece in parts.pieces)])
        yield _Site(mention.first, end, [mention], _meant(mention), parts)


def _without_conjunction(found: Sequence[Token], house: Piece) -> Piece:
    """«вісім а в'їзна»: before another street «а» is no letter of the house."""
    last = found[house.end - 1]
    if last.text != "а" or last.joined is not None or not house.text.endswith("-А"):
        return house
    return replace(house, text=house.text.removesuffix("-А"), end=house.end - 1)


def _meant(mention: Mention) -> frozenset[int]:
    """The streets a mention may mean: of its best names those that are nearly as good."""
    if not mention.matches:
        return frozenset()
    best = mention.matches[0].score
    near = (match for match in mention.matches if match.score > best - 100 * SURE_MARGIN)
    return frozenset(named.street.id for match in near for named in match.variant.named)


def _uncorrected(found: Sequence[Token], sites: Sequence[_Site]) -> list[_Site]:
    """The streets the caller stands by; of a crossing, both with each other's name."""
    left: list[_Site] = []
    for number, site in enumerate(sites):
        later = sites[number + 1 :]
        if later and _is_denied(found, site):
            left = [one for one in left if not one.streets & site.streets or one.parts.houses]
            continue
        if later and _is_corrected(found, site, later[0]):
            _take_over(later[0], site)
            continue
        if later and left and left[-1] is sites[number - 1] and _is_taken_back(found, left[-1], site):
            left.pop()
            continue
        if left and _is_crossing(found, left[-1], site):
            left[-1].crossed, site.crossed = site, left[-1]
        left.append(site)
    return left


def _take_over(site: _Site, corrected: _Site) -> None:
    """«вісімнадцять по савельєвої, ой, гулевичівни»: what was said beside the wrong street is said of the right one."""
    site.first = corrected.first
    if not site.parts.houses and corrected.parts.houses:
        site.parts.houses, site.apart = corrected.parts.houses, True


def _is_denied(found: Sequence[Token], site: _Site) -> bool:
    """«не на шевченка а на кравчука»"""
    at = site.first - 1
    if at >= 0 and found[at].text in BEFORE_A_PLACE:
        at -= 1
    return at >= 0 and found[at].text == "не" and not site.parts.houses


def _is_corrected(found: Sequence[Token], site: _Site, later: _Site) -> bool:
    """«на яровиці, ні, чекайте, на шевченка»: from the correcting word on, nothing but small words.

    A street that is named again is no other street, unless another house is said («липинського десять, вибачте,
    липинського дванадцять»).
    """
    again = bool(site.streets & later.streets) and not (site.parts.houses and later.parts.houses)
    if again or not 0 < later.first - site.end <= CORRECTED_WITHIN:
        return False
    between = [token.text for token in found[site.end : later.first]]
    at = next((at for at, word in enumerate(between) if word in CORRECTIONS), None)
    return at is not None and all(_is_small(word) for word in between[at:])


def _is_small(word: str) -> bool:
    return (
        word in CORRECTIONS
        or word in HESITATIONS
        or word in BEFORE_A_PLACE
        or word in _AROUND_A_CORRECTION
        or bool(street_type(word))
    )


def _is_taken_back(found: Sequence[Token], before: _Site, site: _Site) -> bool:
    """«вулиця хортицька, ні, хортицька то в сестри, а в нас потебні»: named again only to be denied."""
    if not before.streets & site.streets or before.parts.houses or site.parts.houses:
        return False
    between = {token.text for token in found[before.end : site.first]}
    return site.first - before.end <= CORRECTED_WITHIN and bool(between & {"ні", "нє", "не"})


def _is_crossing(found: Sequence[Token], before: _Site, site: _Site) -> bool:
    """«на розі чорновола та стефаника», «перехрестя вулиці тополева з садовою», «винниченка ріг шевченка»"""
    if before.parts.houses or site.parts.houses or before.crossed or before.streets & site.streets:
        return False
    between = [token.text for token in found[before.end : site.first]]
    small = BETWEEN_CROSSING | BEFORE_A_PLACE | CROSSINGS
    joined = bool(between) and all(word in small or street_type(word) for word in between)
    announced = {token.text for token in found[max(0, before.first - CROSSING_BEFORE) : before.first]}
    return joined and bool((announced | set(between)) & CROSSINGS)


def _without_ends(found: Sequence[Token], sites: Sequence[_Site]) -> list[_Site]:
    """«по ковельській від рівненської до володимирської»: two streets that only say which stretch of the third."""
    left: list[_Site] = []
    for number, site in enumerate(sites):
        pair = sites[number : number + 2]
        if left and len(pair) == 2 and _is_stretch(found, *pair) and not left[-1].parts.houses:
            first, end = pair[0].first - 1, pair[1].end
            left[-1].landmark = left[-1].landmark or (
                _words(found, first, end),
                (found[first].word, found[end - 1].word),
            )
        elif not (
            left and number and _is_stretch(found, sites[number - 1], site) and sites[number - 1] is not left[-1]
        ):
            left.append(site)
    return left


def _is_stretch(found: Sequence[Token], start: _Site, stop: _Site) -> bool:
    between = [token.text for token in found[start.end : stop.first]]
    begins = start.first > 0 and found[start.first - 1].text == "від"
    return begins and between == ["до"] and not start.parts.houses and not stop.parts.houses


def _merged(sites: Sequence[_Site]) -> list[_Site]:
    """A street that was named twice, by one name or by its former and its present one, is one place."""
    left: list[_Site] = []
    for site in sites:
        same = next((one for one in left if one.streets & site.streets and _agree(one.parts, site.parts)), None)
        if same is None:
            left.append(site)
            continue
        same.mentions += site.mentions
        same.streets &= site.streets
        same.apart = same.apart if same.parts.houses else site.apart
        same.parts.houses = same.parts.houses or site.parts.houses
        same.parts.flat = same.parts.flat or site.parts.flat
        same.parts.building = same.parts.building or site.parts.building
        same.crossed = same.crossed or site.crossed
        same.settlement = same.settlement or site.settlement
        same.landmark = same.landmark or site.landmark
    return left


def _agree(one: Parts, other: Parts) -> bool:
    """Two houses of one street are two places."""
    houses, others = {piece.text for piece in one.houses}, {piece.text for piece in other.houses}
    return not houses or not others or houses == others


def _give_lone_house(found: Sequence[Token], site: _Site, stop: int, taken: frozenset[int]) -> None:
    """«вулиця баженова, та, що за мостом, двадцять дев'ять г»: a number that can hardly be anything but the house."""
    if site.parts.houses or site.crossed:
        return
    for at in range(site.end, min(stop, site.end + FAR_HOUSE)):
        house = read_house(found, at)
        if house is None:
            continue
        whole = house.end <= stop and taken.isdisjoint(range(at, house.end)) and not house.is_ordinal
        if whole and not is_numbered(found[at - 1].text) and not counts(found, at, house) and _stands_out(found, house):
            site.parts.houses.append(Piece("house", house.text, at, house.end))
            site.apart = True
        return


def _stands_out(found: Sequence[Token], house: House) -> bool:
    """With a letter or a fraction, before a flat, or at the end of the message."""
    after = found[house.end].text if house.end < len(found) else ""
    return not house.text.isdigit() or not after or after in FLAT_WORDS or after in BUILDING_OF


def _separate_houses(sites: Sequence[_Site]) -> None:
    """«кравчука, 2, 4; гордіюк, 37, 39»: nobody names two flats, these are rows of houses."""
    rows = [site.parts for site in sites if site.parts.flat and not site.parts.flat.named]
    if len(rows) > 1:
        for parts in rows:
            parts.houses += [parts.flat] if parts.flat else []
            parts.flat = None


def _give_far_parts(found: Sequence[Token], sites: Sequence[_Site], taken: frozenset[int]) -> None:
    """Parts named by their words go to the street before them, or to the one after that has none."""
    edges = [0, *(edge for site in sites for edge in (site.first, site.end)), len(found)]
    for number, (start, stop) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        before = sites[number - 1] if number else None
        after = sites[number] if number < len(sites) else None
        for piece in named_parts(found, start, stop):
            if not taken.isdisjoint(range(piece.first, piece.end)):
                continue
            near_before = before is not None and piece.first - before.end <= FAR_AFTER
            if before is not None and near_before and _give(before.parts, piece):
                continue
            if after is not None and after.first - piece.end <= FAR_BEFORE:
                house = _with_letter(found, piece, stop)
                if _give(after.parts, house):
                    _give_row(found, after.parts, house, stop)
                elif _goes_on(found, after.parts, house):
                    after.parts.houses.append(house)


def _with_letter(found: Sequence[Token], piece: Piece, stop: int) -> Piece:
    """«у будинку сорок вісім а на братковського»: between a house and its street «а» joins nothing."""
    between = [token.text for token in found[piece.end : stop]]
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
        if house and house.end == end and found[start - 1].text == "між":
            return [Piece("house", house.text, start, end)]
    return []


def _goes_on(found: Sequence[Token], parts: Parts, house: Piece) -> bool:
    """«від будинку вісім до будинку двадцять по ковельській»: the second one."""
    before = parts.houses[-1].end if parts.houses else house.end
    between = {token.text for token in found[before : house.first]}
    return house.kind == "house" and 0 < house.first - before <= 2 and between <= AND_ALSO | NEAR_A_HOUSE


def _give_house_before(found: Sequence[Token], site: _Site) -> None:
    """«двадцять три по дубнівській», «навпроти сорок четвертого по рівненській», «два, чотири, шість по кравчука»."""
    at = site.first - 1
    if site.parts.houses or at < 1 or found[at].text not in ("по", "на"):
        return
    stop = at - 1 if found[at - 1].text == "а" else at  # between a house and its street «а» joins nothing
    for start in range(max(0, stop - LONGEST_HOUSE), stop):
        house = read_house(found, start)
        before = found[start - 1].text if start > 0 else ""
        is_house = found[at].text == "по" if house and not house.is_ordinal else before in _BEFORE_AN_ORDINAL
        if house and house.end in (stop, at) and is_house:
            text = house.text if at in (house.end, stop) else f"{house.text}-А"
            site.parts.houses += [*_row_before(found, start), Piece("house", text, start, at)]
            return


def _row_before(found: Sequence[Token], at: int) -> list[Piece]:
    """The houses said right before a house: «шістдесят два, шістдесят чотири | шістдесят шість по кравчука»."""
    row: list[Piece] = []
    while len(row) < MOST_HOUSES:
        end = at - 1 if at > 0 and found[at - 1].text in AND_ALSO else at
        before = next(
            (
                Piece("house", house.text, start, end)
                for start in range(max(0, end - LONGEST_HOUSE), end)
                if (house := read_house(found, start)) and house.end == end and not house.is_ordinal
            ),
            None,
        )
        if before is None:
            break
        row.insert(0, before)
        at = before.first
    return row


def _give(parts: Parts, piece: Piece) -> bool:
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


def _whole(found: Sequence[Token], taken: frozenset[int]) -> Parts:
    parts = Parts()
    for piece in named_parts(found, 0, len(found)):
        if taken.isdisjoint(range(piece.first, piece.end)):
            _give(parts, piece)
    return parts


def _matches(site: _Site) -> list[Match]:
    return [match for mention in site.mentions for match in mention.matches]


def _distance(site: _Site, said: SettlementSaid) -> int:
    """Words between a street and a settlement; a preposition is none."""
    gap = said.first - site.end if said.first >= site.end else site.first - said.end
    return max(0, gap - 1)


def _said_type(site: _Site) -> str:
    return next((mention.said_type for mention in site.mentions if mention.said_type), "")


def _settlement(site: _Site, ranked: Sequence[StreetGuess]) -> str:
    """The settlement that was said or follows from the street; who says none speaks of the city."""
    if site.settlement:
        return site.settlement.name
    return ranked[0].settlement if ranked else HOME


def _doubts(site: _Site, ranked: Sequence[StreetGuess]) -> list[_Doubt]:
    """Why the street is not filled in without asking; none for a street that is sure."""
    if not ranked:
        return [_Doubt("такої вулиці немає в реєстрі", 0.1)]
    best = ranked[0]
    doubts = []
    if best.score < SURE_SCORE or not any(mention.exact or mention.announced != "name" for mention in site.mentions):
        doubts.append(_Doubt("назву почуто неточно", 0.0))
    if all(mention.other_words for mention in site.mentions):
        doubts.append(_Doubt("може бути іншою вулицею, якої немає в реєстрі"))
    if not site.settlement and best.settlement != HOME:
        doubts.append(_Doubt(f"вулиця села {best.settlement}, а село не назване", 0.1))
    if site.settlement and best.settlement != site.settlement.name:
        doubts.append(_Doubt(f"у реєстрі такої вулиці немає: {site.settlement.name}", 0.3))
    said_type = _said_type(site)
    if said_type not in ("", "вулиця", best.type) and SAME_SORT.get(said_type) != best.type:
        doubts.append(_Doubt(f"названо «{said_type}»"))
    rivals = [
        guess for guess in ranked[1:] if guess.score > best.score - SURE_MARGIN and guess.street_id in site.streets
    ]
    if rivals:
        doubts.append(_Doubt(f"може бути й {', '.join(map(_title, rivals[: MOST_GUESSES - 1]))}"))
    return doubts


def _doubts_of_house(found: Sequence[Token], house: Piece | None, *, apart: bool) -> Iterator[_Doubt]:
    if house and apart:
        yield _Doubt("номер сказано окремо від вулиці")
    if house and is_letter_or_word(found, house.end):
        yield _Doubt("«а» може бути літерою будинку або сполучником")
    if house and house.end < len(found) and found[house.end].text in ("чи", "або"):
        yield _Doubt("названо кілька номерів")


def _doubts_of_flat(parts: Parts) -> Iterator[_Doubt]:
    if parts.flat and not parts.flat.named:
        yield _Doubt(f"{parts.flat.text} може бути квартирою або ще одним будинком")


def _title(guess: StreetGuess) -> str:
    place = "" if guess.settlement == HOME else f" ({guess.settlement})"
    return f"{guess.type} {guess.name}{place}"


def _landmark(site: _Site) -> str:
    if site.crossed:
        crossed = site.crossed
        return f"перехрестя: {_crossing_name(crossed)}"
    return site.landmark[0] if site.landmark else ""


def _crossing_name(site: _Site) -> str:
    matches = _matches(site)
    ranked = guesses(matches)
    return _title(ranked[0]) if ranked else ""


def _spans(found: Sequence[Token], site: _Site, house: Piece | None) -> tuple[Span, ...]:
    pieces = [piece for piece in (house, site.parts.building, site.parts.flat) if piece]
    places = [
        *((mention.first, mention.end) for mention in site.mentions),
        *((piece.first, piece.end) for piece in pieces),
        *([(site.settlement.first, site.settlement.end)] if site.settlement else []),
    ]
    spans = list(_in_words(found, places))
    if site.landmark:
        spans.append(site.landmark[1])
    return tuple(sorted(set(spans)))


def _in_words(found: Sequence[Token], places: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(sorted({(found[first].word, found[end - 1].word) for first, end in places}))


def _words(found: Sequence[Token], first: int, end: int) -> str:
    return " ".join(token.text for token in found[first:end])
