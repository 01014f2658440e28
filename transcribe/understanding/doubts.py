"""Why an address is doubtful: what the operator should look at twice before it is filled in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from transcribe.understanding.address_parts import Parts, Piece
from transcribe.understanding.facts import StreetGuess
from transcribe.understanding.house_numbers import is_letter_or_word, may_have_letter
from transcribe.understanding.other_house import letter_missed, other_house
from transcribe.understanding.place_words import SAME_SORT
from transcribe.understanding.settlements import HOME, SettlementSaid
from transcribe.understanding.site import SURE_MARGIN, Site
from transcribe.understanding.tokens import Token

MOST_GUESSES = 3
HOME_BEFORE = 4
"""Words before a street in which «живу» says that it is the caller's home."""
_LIVES = frozenset("живу живемо мешкаю мешкаємо проживаю проживаємо прописаний прописана".split())
SURE_SCORE = 0.80
"""The accept rule, with ``SURE_MARGIN``: on recognised speech it filled 84 % of the streets, 99.4 % of them rightly."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the operator should look twice, and by how much the confidence falls."""

    why: str
    loss: float = 0.15


def doubts_of_street(site: Site, ranked: Sequence[StreetGuess]) -> list[Doubt]:
    """Why the street is not filled in without asking; none for a street that is sure."""
    if not ranked:
        return [Doubt("такої вулиці немає в реєстрі", 0.1)]
    best = ranked[0]
    doubts = []
    if best.score < SURE_SCORE or not any(mention.exact or mention.announced != "name" for mention in site.mentions):
        doubts.append(Doubt("назву почуто неточно", 0.0))
    if all(mention.other_words for mention in site.mentions):
        doubts.append(Doubt("може бути іншою вулицею, якої немає в реєстрі"))
    if not site.settlement and best.settlement != HOME:
        doubts.append(Doubt(f"вулиця села {best.settlement}, а село не назване", 0.1))
    if site.settlement and best.settlement != site.settlement.name:
        doubts.append(Doubt(f"у реєстрі такої вулиці немає: {site.settlement.name}", 0.3))
    said_type = site.said_type
    if said_type not in ("", "вулиця", best.type) and SAME_SORT.get(said_type) != best.type:
        doubts.append(Doubt(f"названо «{said_type}»"))
    rivals = [
        guess for guess in ranked[1:] if guess.score > best.score - SURE_MARGIN and guess.street_id in site.streets
    ]
    if rivals:
        doubts.append(Doubt(f"може бути й {', '.join(map(title, rivals[: MOST_GUESSES - 1]))}"))
    return doubts


def doubts_of_house(found: Sequence[Token], house: Piece | None, *, apart: bool) -> Iterator[Doubt]:
    if house and apart:
        yield Doubt("номер сказано окремо від вулиці")
    if house and (is_letter_or_word(found, house.end) or may_have_letter(found, house.end)):
        yield Doubt("«а» може бути літерою будинку або сполучником")
    if house and house.end < len(found) and found[house.end].text in ("чи", "або"):
        yield Doubt("названо кілька номерів")


def doubts_of_other_house(found: Sequence[Token], house: Piece | None, busy: Collection[int]) -> Iterator[Doubt]:
    other = other_house(found, house, busy) if house else ""
    if other:
        yield Doubt(f"названо ще й «{other}»: може, правильно так")
    elif house and letter_missed(found, house, busy):
        yield Doubt("сказано й про літеру будинку")


def doubts_of_place(found: Sequence[Token], site: Site, among: Sequence[Site]) -> Iterator[Doubt]:
    """«живу я на ковельській дванадцять, але скаржуся за тещу: шевченка чотири»: of several places this may be home."""
    before = {token.text for token in found[max(0, site.first - HOME_BEFORE) : site.first]}
    others = [one for one in among if one is not site and not one.streets & site.streets]
    if others and not _LIVES.isdisjoint(before):
        yield Doubt("може бути лише адресою заявника")


def doubts_of_village(site: Site, ranked: Sequence[StreetGuess], settled: Sequence[SettlementSaid]) -> Iterator[Doubt]:
    """«в жидичині ... на надбережній»: a misheard street of the city, or one of the village that no register has."""
    villages = [one.name for one in settled if one.name != HOME]
    exact = any(mention.exact for mention in site.mentions)
    if ranked and villages and not exact and not site.settlement:
        yield Doubt(f"названо й село: {villages[0]}")


def doubts_of_flat(parts: Parts) -> Iterator[Doubt]:
    if parts.flat and not parts.flat.named:
        yield Doubt(f"{parts.flat.text} може бути квартирою або ще одним будинком")


def title(guess: StreetGuess) -> str:
    place = "" if guess.settlement == HOME else f" ({guess.settlement})"
    return f"{guess.type} {guess.name}{place}"
