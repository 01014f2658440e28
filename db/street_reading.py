"""The streets of a file, whatever its form."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from db.street_csv import read_csv
from db.street_files import Advance, FileStreets, StreetsFileRefused, form_of
from db.street_geojson import read_geojson
from db.street_osm import read_osm


def read(path: Path, *, settlement: str, settlements: Iterable[str], advance: Advance) -> FileStreets:
    """The streets of a file.

    Args:
        settlement: where lines belong that do not name one.
        settlements: those of the community, to tell them from their neighbours in an OSM extract.
        advance: told of the bytes of the file as they are read.

    Raises:
        StreetsFileRefused: see there.
        OSError: the file cannot be opened.
    """
    match form_of(path):
        case "csv":
            found = read_csv(path, settlement, advance)
        case "geojson":
            found = read_geojson(path, settlement, advance)
        case "osm":
            found = read_osm(path, frozenset(settlements), advance)
    if not found.entries and not found.refusals:
        raise StreetsFileRefused("; ".join(("у файлі немає жодної вулиці", *found.notes)))
    return found
