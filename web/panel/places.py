"""Streets and houses of a notice, as an operator types them: one street a line, «вулиця Конякіна: 22, 24-А»."""

from __future__ import annotations

import re

from ivr_flows.questions import Place

MAX_PLACES = 60
MAX_HOUSES = 200

KINDS = {
    "вул": "вулиця",
    "вулиця": "вулиця",
    "просп": "проспект",
    "пр": "проспект",
    "проспект": "проспект",
    "бульв": "бульвар",
    "бульвар": "бульвар",
    "пров": "провулок",
    "провулок": "провулок",
    "майдан": "майдан",
    "площа": "площа",
    "пл": "площа",
    "проїзд": "проїзд",
    "набережна": "набережна",
    "узвіз": "узвіз",
    "шосе": "шосе",
    "село": "село",
    "с": "село",
}
"""What may be typed -> the kind of street as the line says it. Without a kind it is a street («вулиця»)."""

_HOUSE = re.compile(r"\d{1,4}(\s*-?\s*[а-яіїєґ])?([/-]\d{1,4}[а-яіїєґ]?)?", re.IGNORECASE)
_HOUSE_BEHIND = re.compile(rf"[^\W\d].*[\s,;]({_HOUSE.pattern})", re.IGNORECASE)


class UnreadablePlace(ValueError):
    """An operator typed a line that is not «вулиця: будинки»; the message says which line and why."""


def read_places(text: str) -> tuple[Place, ...]:
    """The places of a text, one a line; empty lines do not count.

    Raises:
        UnreadablePlace: with a Ukrainian message for the operator.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_PLACES:
        raise UnreadablePlace(f"Не більше {MAX_PLACES} вулиць в одному повідомленні.")
    return tuple(_place(line) for line in lines)


def written(place: Place) -> str:
    """The line an operator would type for this place."""
    houses = f": {', '.join(place.houses)}" if place.houses else ""
    return f"{place.street_kind} {place.street}{houses}"


def _place(line: str) -> Place:
    street, colon, houses = line.partition(":")
    first, _, rest = street.strip().partition(" ")
    kind = KINDS.get(first.rstrip(".").casefold())
    name = " ".join((rest if kind else street).split())
    if not name or len(name) > 120 or not any(letter.isalpha() for letter in name):
        raise UnreadablePlace(f"Не зрозуміло, яка вулиця: «{line[:60]}».")
    if not colon and _HOUSE_BEHIND.fullmatch(name):
        raise UnreadablePlace(
            f"Поставте двокрапку між вулицею і будинками, «вулиця Конякіна: 22, 24-А»: «{line[:60]}»."
        )
    return Place(kind or "вулиця", name, _houses(houses, line))


def _houses(text: str, line: str) -> tuple[str, ...]:
    houses = tuple(house.strip() for house in re.split(r"[,;]", text) if house.strip())
    if len(houses) > MAX_HOUSES:
        raise UnreadablePlace(f"Не більше {MAX_HOUSES} будинків на одній вулиці.")
    for house in houses:
        if not _HOUSE.fullmatch(house):
            raise UnreadablePlace(f"Не схоже на номер будинку: «{house[:20]}» у рядку «{line[:60]}».")
    return houses
