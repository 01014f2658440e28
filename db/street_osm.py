"""Streets from an OpenStreetMap extract (.osm XML, also packed), read as a stream.

A way does not say which settlement it is in, so it gets the one whose mark (``place``) is nearest, a city's mark
reaching further than a village's. That is an approximation: at the edges the report wants a look.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from db.street_entries import EntryName, Refused, StreetEntry, entry, merge, names_of
from db.street_files import AT_MOST, Advance, Bytes, FileStreets, Refusal, StreetsFileRefused, opened, too_large
from db.street_register import NameKind
from db.street_words import NotAName, folded

REACH_KM = {"city": 7.0, "town": 4.0, "village": 1.8, "hamlet": 1.0}
"""How far a settlement spreads around its mark, roughly."""
TOO_FAR = 2.0
"""Reaches; what lies further away is in no settlement."""
AROUND = 0.3
"""Degrees around the community; what lies further away is not looked at. More than the largest reach."""
STREETS = frozenset(
    "residential living_street unclassified tertiary secondary primary trunk pedestrian road service".split()
)
KM_PER_DEGREE = 111.2
DEEPEST = 4
"""``<osm><way><tag>`` is three."""
MOST_PARTS = 50_000
"""Tags, nodes and members of one element; the largest relation may have 32,000."""
LONGEST_PART = 5_000_000
"""Bytes between two marks of XML: more is one endless text or name, which would be kept in memory whole."""
OTHER_NAMES: dict[str, NameKind] = {
    "old_name:uk": "former",
    "old_name": "former",
    "alt_name:uk": "colloquial",
    "alt_name": "colloquial",
    "loc_name": "colloquial",
}


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    reach: float
    lat: float
    lon: float

    def reaches_to(self, lat: float, lon: float) -> float:
        east = (lon - self.lon) * math.cos(math.radians(lat))
        return math.hypot(lat - self.lat, east) * KM_PER_DEGREE / self.reach


@dataclass(frozen=True, slots=True)
class _Area:
    south: float
    north: float
    west: float
    east: float

    @classmethod
    def around(cls, home: list[_Place]) -> _Area:
        lats, lons = [one.lat for one in home], [one.lon for one in home]
        return cls(min(lats) - AROUND, max(lats) + AROUND, min(lons) - AROUND, max(lons) + AROUND)

    def holds(self, lat: float, lon: float) -> bool:
        return self.south < lat < self.north and self.west < lon < self.east


@dataclass(frozen=True, slots=True)
class _Way:
    number: int
    name: str
    node: str
    tags: dict[str, str]


@dataclass(slots=True)
class _Measured:
    """What the XML reader reads from, with an end to what a stranger's file may ask for."""

    file: Bytes
    total: int = 0
    silent: int = 0

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.total += len(data)
        self.silent += len(data)
        if self.total > AT_MOST["osm"]:
            raise too_large("osm")
        if self.silent > LONGEST_PART:
            raise StreetsFileRefused("це XML, але не витяг OpenStreetMap")
        return data


def read_osm(path: Path, settlements: frozenset[str], advance: Advance) -> FileStreets:
    """The streets of an extract that lie in ``settlements``; ways of one street are one entry.

    The file is read twice: ways name their nodes, and nodes come before ways.

    Raises:
        StreetsFileRefused: broken or cut off XML, XML with entities, no settlement of ours in it.
    """
    places: list[_Place] = []
    ways: list[_Way] = []
    half = _halved(advance)
    for element in _elements(path, half):
        tags = {tag.get("k", ""): tag.get("v", "") for tag in element.iter("tag")}
        name = tags.get("name:uk") or tags.get("name", "")
        if element.tag == "node" and tags.get("place") in REACH_KM and name:
            places.append(_Place(name, REACH_KM[tags["place"]], *_where(element)))
        elif element.tag == "way" and tags.get("highway") in STREETS and name:
            node = element.find("nd")
            kept = {key: tags[key] for key in OTHER_NAMES if key in tags}
            ways.append(_Way(_number(element), name, node.get("ref", "") if node is not None else "", kept))
    ours = {folded(name): name for name in settlements}
    home = [place for place in places if folded(place.name) in ours]
    if not home:
        raise StreetsFileRefused("у витягу немає жодного населеного пункту громади (позначок place)")
    area = _Area.around(home)
    wanted = {way.node for way in ways}
    spots = {
        element.get("id", ""): spot
        for element in _elements(path, half)
        if element.tag == "node" and element.get("id") in wanted and area.holds(*(spot := _where(element)))
    }
    return _sorted_out(ways, spots, [place for place in places if area.holds(place.lat, place.lon)], ours)


def _sorted_out(
    ways: list[_Way], spots: dict[str, tuple[float, float]], places: list[_Place], ours: dict[str, str]
) -> FileStreets:
    entries: list[StreetEntry] = []
    refusals: list[Refusal] = []
    outside = 0
    for way in ways:
        place = _nearest(places, spots.get(way.node))
        settlement = ours.get(folded(place.name)) if place else None
        if settlement is None:
            outside += 1
            continue
        try:
            entries.append(_entry(way, settlement))
        except Refused as refused:
            refusals.append(Refusal(way.number, str(refused)))
    notes = (f"пропущено ліній поза громадою: {outside}",) if outside else ()
    return FileStreets("osm", tuple(merge(entries).values()), tuple(refusals), notes)


def _entry(way: _Way, settlement: str) -> StreetEntry:
    found = entry(way.number, name=way.name, settlement=settlement, source="OpenStreetMap")
    return replace(found, others=tuple(one for one in _others(way) if folded(one.name) != folded(found.name)))


def _others(way: _Way) -> Iterator[EntryName]:
    """What cannot be a name («1-а черга = проєкт») is no reason to refuse a street."""
    for key, kind in OTHER_NAMES.items():
        for part in way.tags.get(key, "").split(";"):
            try:
                yield from names_of(part, kind)
            except NotAName:
                continue


def _elements(path: Path, advance: Advance) -> Iterator[Element]:
    """Nodes and ways, each forgotten when the next one comes."""
    with opened(path, advance) as file:
        measured = _Measured(file)
        try:
            above: list[Element] = []
            for event, element in iterparse(measured, events=("start", "end"), forbid_dtd=True):
                measured.silent = 0
                if event == "start":
                    above.append(element)
                    if len(above) > DEEPEST or len(above[-2:][0]) > MOST_PARTS:
                        raise StreetsFileRefused("це XML, але не витяг OpenStreetMap")
                    continue
                above.pop()
                if len(above) == 1:
                    yield element
                    above[0].clear()
        except DefusedXmlException as error:
            raise StreetsFileRefused("XML з оголошеннями DTD або сутностей не приймається") from error
        except ParseError as error:
            raise StreetsFileRefused(f"XML пошкоджено або завантажено не до кінця ({error})") from error


def _halved(advance: Advance) -> Advance:
    """The bar goes to its end once, though the file is read twice."""
    total = 0

    def half(size: int) -> None:
        nonlocal total
        advance((total + size) // 2 - total // 2)
        total += size

    return half


def _nearest(places: list[_Place], spot: tuple[float, float] | None) -> _Place | None:
    if spot is None:
        return None
    near = min(places, key=lambda place: place.reaches_to(*spot))
    return near if near.reaches_to(*spot) <= TOO_FAR else None


def _where(element: Element) -> tuple[float, float]:
    try:
        lat, lon = float(element.get("lat", "")), float(element.get("lon", ""))
    except ValueError:
        lat = lon = math.nan
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise StreetsFileRefused(f"вузол {_number(element)} не має координат")
    return lat, lon


def _number(element: Element) -> int:
    number = element.get("id", "")
    return int(number) if number.isdecimal() and len(number) < 19 else 0
