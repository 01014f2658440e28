"""Files of streets: which form one has, how it is opened, and what every reader of one gives."""

from __future__ import annotations

import bz2
import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, Protocol

from db.street_entries import StreetEntry

Form = Literal["csv", "geojson", "osm"]
Advance = Callable[[int], None]
"""Told how many bytes were read since the last time, for a progress bar."""

MB = 1_000_000
AT_MOST: dict[Form, int] = {"csv": 20 * MB, "geojson": 40 * MB, "osm": 500 * MB}
"""Bytes, unpacked. A country's streets as a table have less; an OSM extract of a region has about that much."""
MAX_LINES = 100_000
UNITS: dict[Form, str] = {"csv": "рядок", "geojson": "об'єкт", "osm": "лінія OSM"}
_HEAD = 4096
_GZIP, _BZIP2 = b"\x1f\x8b", b"BZh"
_NOT_THESE = {
    b"PK\x03\x04": "це книга Excel або архів: збережіть аркуш як CSV",
    b"\xd0\xcf\x11\xe0": "це стара книга Excel: збережіть аркуш як CSV",
    b"%PDF": "це PDF: потрібна таблиця CSV, GeoJSON або витяг OSM",
    b"\xff\xfe": "файл у кодуванні UTF-16: збережіть як CSV UTF-8",
    b"\xfe\xff": "файл у кодуванні UTF-16: збережіть як CSV UTF-8",
}


class StreetsFileRefused(Exception):
    """An administrator gave a file that is no list of streets: a page, a picture, a cut-off download (in Ukrainian)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One line that cannot be used, and why (in Ukrainian)."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class FileStreets:
    """What a file says.

    Attributes:
        entries: streets, in the order of the file; a street may come more than once.
        refusals: lines that are no street.
        notes: what else whoever imports should know (in Ukrainian).
    """

    form: Form
    entries: tuple[StreetEntry, ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


class Bytes(Protocol):
    """Something to read bytes from, packed or not."""

    def read(self, size: int = -1, /) -> bytes: ...


class _Watched:
    """A file that tells how much of it was read."""

    def __init__(self, file: IO[bytes], advance: Advance) -> None:
        self._file, self._advance = file, advance

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._advance(len(data))
        return data


@contextmanager
def opened(path: Path, advance: Advance) -> Iterator[Bytes]:
    """The bytes of a file, unpacked when it is packed by gzip or bzip2.

    Raises:
        StreetsFileRefused: the packed file is damaged or cut off.
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        packing = file.read(3)
        file.seek(0)
        watched: IO[bytes] = _Watched(file, advance)  # type: ignore[assignment]  # they only read
        if not packing.startswith((_GZIP, _BZIP2)):
            yield watched
            return
        try:
            with gzip.GzipFile(fileobj=watched) if packing.startswith(_GZIP) else bz2.BZ2File(watched) as unpacked:
                yield unpacked
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise StreetsFileRefused("стиснутий файл пошкоджено або завантажено не до кінця") from error
        except OSError as error:
            if error.errno is not None:
                raise
            raise StreetsFileRefused("стиснутий файл пошкоджено") from error


def form_of(path: Path) -> Form:
    """The form of a file by its beginning: names of files lie.

    Raises:
        StreetsFileRefused: nothing we read.
    """
    with opened(path, lambda _: None) as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise StreetsFileRefused("файл порожній")
    for beginning, why in _NOT_THESE.items():
        if head.startswith(beginning):
            raise StreetsFileRefused(why)
    if b"\0" in head:
        raise StreetsFileRefused("це не текст: потрібна таблиця CSV, GeoJSON або витяг OSM (.osm)")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise StreetsFileRefused("це сторінка сайту (HTML), а не список вулиць")
    if start.startswith(b"<"):
        if b"<osm" not in start:
            raise StreetsFileRefused("це XML, але не витяг OpenStreetMap")
        return "osm"
    return "geojson" if start.startswith((b"{", b"[")) else "csv"


def whole(path: Path, form: Form, advance: Advance) -> bytes:
    """A file that is read at once.

    Raises:
        StreetsFileRefused: it is larger than any list of streets.
    """
    with opened(path, advance) as file:
        data = file.read(AT_MOST[form] + 1)
    if len(data) > AT_MOST[form]:
        raise too_large(form)
    return data


def too_large(form: Form) -> StreetsFileRefused:
    """In words."""
    return StreetsFileRefused(f"файл завеликий: для цього формату щонайбільше {AT_MOST[form] // MB} МБ")
