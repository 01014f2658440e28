"""The places of a message: streets with their houses, crossings, villages, and what makes each of them doubtful.

A street that was corrected («на яровиці, ні, на шевченка») is left out, a street that was named twice («гордіюк
двадцять, тепер захисників україни») is one place, several houses of one street are a place each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from db.street_register import Register
from transcribe.understanding.address_parts import Piece
from transcribe.understanding.corrections import merged, uncorrected, without_ends
from transcribe.understanding.doubts import (
    MOST_GUESSES,
    Doubt,
    doubts_of_flat,
    doubts_of_house,
    doubts_of_other_house,
    doubts_of_place,
    doubts_of_street,
    doubts_of_village,
    title,
)
from transcribe.understanding.elsewhere import in_another_city
from transcribe.understanding.facts import Address, Span, StreetGuess
from transcribe.understanding.landmarks import landmark_near
from transcribe.understanding.nearby_parts import (
    give_far_parts,
    give_house_before,
    give_house_in_doubt,
    give_lone_house,
    give_own_flat,
    separate_houses,
    unplaced_parts,
    without_callers_name,
)
from transcribe.understanding.settlements import HOME, Settlements, SettlementSaid
from transcribe.understanding.site import Site, sites_of
from transcribe.understanding.street_index import StreetIndex, guesses
from transcribe.understanding.street_mentions import mentions
from transcribe.understanding.tokens import Token, text_of

MOST_MENTIONS = 60
MOST_ADDRESSES = 12
"""Of one message; more of them are no appeal but a list that is read aloud."""


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
        every = mentions(found, self.index, taken, in_settlements)[:MOST_MENTIONS]
        named = [mention for mention in every if not in_another_city(found, mention)]
        sites = without_ends(found, uncorrected(found, list(sites_of(found, named, taken, in_settlements))))
        sites = without_callers_name(sites)
        separate_houses(sites)
        give_far_parts(found, sites, taken)
        for number, site in enumerate(sites):
            give_house_before(found, site)
            give_lone_house(found, site, sites[number + 1].first if number + 1 < len(sites) else len(found), taken)
            site.settlement = self._settlement_of(site, settled)
            site.landmark = site.landmark or landmark_near(found, site.first, site.end, self._register.districts)
        give_house_in_doubt(found, sites, taken)
        places = merged(sites)
        give_own_flat(found, places, taken)
        busy = taken.union(*(site.taken(with_flat=True) for site in places))
        addresses = [address for site in places for address in self._addresses(found, site, places, settled, busy)]
        return tuple(addresses or self._without_street(found, settled, taken))[:MOST_ADDRESSES]

    def _settlement_of(self, site: Site, settled: Sequence[SettlementSaid]) -> SettlementSaid | None:
        """The settlement the street was said to be in: one that has such a street, or one named right beside it; of a
        street that no register has, the village of the message.
        """
        nearest = sorted(settled, key=lambda one: _distance(site, one))
        has_it = {guess.settlement for guess in guesses(site.matches)}
        fitting = next((one for one in nearest if one.name in has_it), None)
        beside = next((one for one in nearest if _distance(site, one) <= 1 and one.name != HOME), None)
        village = next((one for one in nearest if one.name != HOME), None)
        return fitting or beside or (None if has_it else village)

    def _addresses(
        self,
        found: Sequence[Token],
        site: Site,
        among: Sequence[Site],
        settled: Sequence[SettlementSaid],
        busy: frozenset[int],
    ) -> Iterator[Address]:
        ranked = self._ranked(site)
        said = text_of(found[slice(*site.mentions[0].name)])
        settlement = _settlement(site, ranked)
        houses: Sequence[Piece | None] = site.parts.houses or [None]
        for house in houses:
            doubts = [
                *doubts_of_street(site, ranked),
                *doubts_of_house(found, house, apart=site.apart),
                *(doubts_of_other_house(found, house, busy) if len(houses) == 1 else ()),
                *doubts_of_flat(site.parts),
                *doubts_of_place(found, site, among),
                *doubts_of_village(site, ranked, settled),
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
                type_said=site.said_type,
            )

    def _renumbered(self, ranked: Sequence[StreetGuess], house: Piece | None) -> Iterator[Doubt]:
        """Who says the former name may mean the former number."""
        if ranked and ranked[0].said_name and house:
            now = self._register.renumbered.get((ranked[0].street_id, house.text.upper()))
            if now:
                yield Doubt(f"за новою нумерацією це {now}")

    def _ranked(self, site: Site) -> list[StreetGuess]:
        settlement = site.settlement.name if site.settlement else ""
        ranked = guesses(site.matches, site.said_type, settlement)
        return sorted(ranked, key=lambda guess: guess.street_id not in site.streets)

    def _without_street(
        self, found: Sequence[Token], settled: Sequence[SettlementSaid], taken: frozenset[int]
    ) -> Iterator[Address]:
        """Villages, and a house of which nobody said the street."""
        parts = unplaced_parts(found, taken)
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


def _distance(site: Site, said: SettlementSaid) -> int:
    """Words between a street and a settlement; a preposition is none."""
    gap = said.first - site.end if said.first >= site.end else site.first - said.end
    return max(0, gap - 1)


def _settlement(site: Site, ranked: Sequence[StreetGuess]) -> str:
    """The settlement that was said or follows from the street; who says none speaks of the city."""
    if site.settlement:
        return site.settlement.name
    return ranked[0].settlement if ranked else HOME


def _landmark(site: Site) -> str:
    if site.crossed:
        crossed = site.crossed
        return f"перехрестя: {_crossing_name(crossed)}"
    return site.landmark[0] if site.landmark else ""


def _crossing_name(site: Site) -> str:
    matches = site.matches
    ranked = guesses(matches)
    return title(ranked[0]) if ranked else ""


def _spans(found: Sequence[Token], site: Site, house: Piece | None) -> tuple[Span, ...]:
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
