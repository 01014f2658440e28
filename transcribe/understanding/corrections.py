"""Which streets does the caller stand by? «на яровиці, ні, на шевченка» is one, «ріг волі та рівненської» are two."""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.address_parts import Parts
from transcribe.understanding.place_words import (
    BEFORE_A_PLACE,
    BETWEEN_CROSSING,
    CORRECTIONS,
    CROSSINGS,
    HESITATIONS,
    street_type,
)
from transcribe.understanding.site import Site
from transcribe.understanding.tokens import Token, text_of

CORRECTED_WITHIN = 8
"""Words between a street and the one that corrects it."""
CROSSING_BEFORE = 8
"""Words before a street in which «ріг», «перехрестя» announces a crossing."""

_AROUND_A_CORRECTION = frozenset(
    "чекайте зачекайте почекайте стійте стривайте заплутався заплуталась заплуталася то та а не це я що кажу брешу "
    "секунду секундочку зараз хвилинку мені мене на в у по із з там де ви".split()
)


def uncorrected(found: Sequence[Token], sites: Sequence[Site]) -> list[Site]:
    """The streets the caller stands by; of a crossing, both with each other's name."""
    left: list[Site] = []
    for number, site in enumerate(sites):
        later = sites[number + 1 :]
        if left and _is_contrast(found, site):
            continue
        if later and _is_denied(found, site, later[0]):
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


def _take_over(site: Site, corrected: Site) -> None:
    """«вісімнадцять по савельєвої, ой, гулевичівни»: what was said beside the wrong street is said of the right one."""
    site.first = corrected.first
    if not site.parts.houses and corrected.parts.houses:
        site.parts.houses, site.apart = corrected.parts.houses, True
    if [piece.text for piece in site.parts.houses] == [piece.text for piece in corrected.parts.houses]:
        site.parts.flat = site.parts.flat or corrected.parts.flat


def _is_contrast(found: Sequence[Token], site: Site) -> bool:
    """«кравчука десять, а не на ковельській»"""
    at = site.first - 1
    if at >= 0 and found[at].text in BEFORE_A_PLACE:
        at -= 1
    return at > 0 and [found[at - 1].text, found[at].text] == ["а", "не"] and not site.parts.houses


def _is_denied(found: Sequence[Token], site: Site, later: Site) -> bool:
    """«не на шевченка а на кравчука», «не медична п'ять, а магістральна п'ять»"""
    instead = "а" in {token.text for token in found[site.end : later.first][:2]} and later.first - site.end <= 3
    at = site.first - 1
    if at >= 0 and found[at].text in BEFORE_A_PLACE:
        at -= 1
    return at >= 0 and found[at].text == "не" and (not site.parts.houses or instead)


def _is_corrected(found: Sequence[Token], site: Site, later: Site) -> bool:
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


def _is_taken_back(found: Sequence[Token], before: Site, site: Site) -> bool:
    """«вулиця хортицька, ні, хортицька то в сестри, а в нас потебні»: named again only to be denied."""
    if not before.streets & site.streets or before.parts.houses or site.parts.houses:
        return False
    between = {token.text for token in found[before.end : site.first]}
    return site.first - before.end <= CORRECTED_WITHIN and bool(between & {"ні", "нє", "не"})


def _is_crossing(found: Sequence[Token], before: Site, site: Site) -> bool:
    """«на розі чорновола та стефаника», «перехрестя вулиці тополева з садовою», «винниченка ріг шевченка»"""
    if before.parts.houses or site.parts.houses or before.crossed or before.streets & site.streets:
        return False
    between = [token.text for token in found[before.end : site.first]]
    small = BETWEEN_CROSSING | BEFORE_A_PLACE | CROSSINGS
    joined = bool(between) and all(word in small or street_type(word) for word in between)
    announced = {token.text for token in found[max(0, before.first - CROSSING_BEFORE) : before.first]}
    return joined and bool((announced | set(between)) & CROSSINGS)


def without_ends(found: Sequence[Token], sites: Sequence[Site]) -> list[Site]:
    """«по ковельській від рівненської до володимирської»: two streets that only say which stretch of the third."""
    left: list[Site] = []
    for number, site in enumerate(sites):
        pair = sites[number : number + 2]
        if left and len(pair) == 2 and _is_stretch(found, *pair) and not left[-1].parts.houses:
            first, end = pair[0].first - 1, pair[1].end
            left[-1].landmark = left[-1].landmark or (
                text_of(found[first:end]),
                (found[first].word, found[end - 1].word),
            )
        elif not (
            left and number and _is_stretch(found, sites[number - 1], site) and sites[number - 1] is not left[-1]
        ):
            left.append(site)
    return left


def _is_stretch(found: Sequence[Token], start: Site, stop: Site) -> bool:
    between = [token.text for token in found[start.end : stop.first]]
    begins = start.first > 0 and found[start.first - 1].text == "від"
    return begins and between == ["до"] and not start.parts.houses and not stop.parts.houses


def merged(sites: Sequence[Site]) -> list[Site]:
    """A street that was named twice, by one name or by its former and its present one, is one place."""
    left: list[Site] = []
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
