"""One street of a message and what was said beside it: the place from which an address is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transcribe.understanding.address_parts import Parts, Piece
from transcribe.understanding.facts import Span
from transcribe.understanding.mention import Mention
from transcribe.understanding.part_row import parts_after
from transcribe.understanding.settlements import SettlementSaid
from transcribe.understanding.street_index import Match
from transcribe.understanding.tokens import Token

SURE_MARGIN = 0.04
"""Scores, 0 to 1, this near each other are alike: either street may be meant."""


@dataclass(slots=True)
class Site:
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
    crossed: Site | None = None
    apart: bool = False
    settlement: SettlementSaid | None = None
    landmark: tuple[str, Span] | None = None

    @property
    def matches(self) -> list[Match]:
        """The names of the register it may be, of all its mentions."""
        return [match for mention in self.mentions for match in mention.matches]

    @property
    def said_type(self) -> str:
        """«провулок», "" when no type was said."""
        return next((mention.said_type for mention in self.mentions if mention.said_type), "")

    def taken(self, *, with_flat: bool) -> frozenset[int]:
        """The tokens that name the street and its parts."""
        spans = [(mention.first, mention.end) for mention in self.mentions]
        spans += [(piece.first, piece.end) for piece in self.parts.pieces if with_flat or piece.kind != "flat"]
        return frozenset(at for first, end in spans for at in range(first, end))


def sites_of(
    found: Sequence[Token], named: Sequence[Mention], taken: frozenset[int], in_settlements: frozenset[int]
) -> Iterator[Site]:
    """Each street with the row of parts right after it."""
    for number, mention in enumerate(named):
        stop = named[number + 1].first if number + 1 < len(named) else len(found)
        stop = min([stop, *(at for at in taken if at >= mention.end)])
        parts = parts_after(found, mention.end, stop, in_settlements)
        before_next = parts.houses and [token.text for token in found[parts.houses[-1].end : stop]] in ([], ["не"])
        if before_next and stop < len(found) and stop not in taken:
            parts.houses[-1] = _without_conjunction(found, parts.houses[-1])
        end = max([mention.end, *(piece.end for piece in parts.pieces)])
        yield Site(mention.first, end, [mention], _meant(mention), parts)


def _without_conjunction(found: Sequence[Token], house: Piece) -> Piece:
    """«вісім а в'їзна», «вісім а не в'їзна»: before another street «а» is no letter of the house."""
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
