"""Streets from GeoJSON: streets themselves, or houses with their addresses (``addr:street``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from db.street_csv import decoded
from db.street_entries import Refused, StreetEntry, entry, merge
from db.street_files import MAX_LINES, Advance, FileStreets, Refusal, StreetsFileRefused, whole

_OLD = ("old_name:uk", "old_name")
_SAID = ("colloquial", "alt_name:uk", "alt_name", "loc_name")
_SETTLEMENT = ("settlement", "addr:city", "addr:place")


def read_geojson(path: Path, settlement: str, advance: Advance) -> FileStreets:
    """The streets of a FeatureCollection; a street of many pieces or houses is one entry.

    Raises:
        StreetsFileRefused: no JSON, no FeatureCollection.
    """
    data = whole(path, "geojson", advance)
    entries: list[StreetEntry] = []
    refusals: list[Refusal] = []
    for number, properties in enumerate(_features(data), start=1):
        try:
            entries.append(_entry(number, properties, settlement))
        except Refused as refused:
            refusals.append(Refusal(number, str(refused)))
    return FileStreets("geojson", tuple(merge(entries).values()), tuple(refusals))


def _features(data: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        found = json.loads(decoded(data))
    except (ValueError, RecursionError) as error:
        raise StreetsFileRefused("файл не читається як JSON: можливо, його завантажено не до кінця") from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise StreetsFileRefused("це JSON, але не GeoJSON FeatureCollection (немає списку features)")
    if len(features) > MAX_LINES:
        raise StreetsFileRefused(f"у файлі понад {MAX_LINES} об'єктів: візьміть лише місто")
    for feature in features:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        yield properties if isinstance(properties, dict) else {}


def _entry(number: int, properties: Mapping[str, Any], settlement: str) -> StreetEntry:
    address = _text(properties, "addr:street")
    return entry(
        number,
        type="" if address else _text(properties, "type"),
        name=address or _text(properties, "name:uk", "name"),
        old_name="" if address else _text(properties, *_OLD),
        colloquial="" if address else _text(properties, *_SAID),
        spoken=_text(properties, "spoken"),
        settlement=_text(properties, *_SETTLEMENT) or settlement,
        status=_text(properties, "status"),
        source=_text(properties, "source"),
        district=_text(properties, "district"),
        starosta_district=_text(properties, "starosta_district"),
        valid_from=_text(properties, "valid_from"),
        valid_to=_text(properties, "valid_to"),
        houses=_text(properties, "houses"),
    )


def _text(properties: Mapping[str, Any], *names: str) -> str:
    """The first of several properties that is there; numbers and lists are no names."""
    return next((value for name in names if isinstance(value := properties.get(name), str) and value.strip()), "")
