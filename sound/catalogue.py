"""Which texts the line knows and where each is recorded.

``catalogue.csv`` lies beside the shipped pieces: key, file, text. A person's recording replaces a piece by the same
file name in a second folder; the shipped file stays as it is, so a bad recording is undone by deleting it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import ivr_flows

SHIPPED = Path(ivr_flows.__file__).parent / "sounds" / "uk"
CATALOGUE = "catalogue.csv"

_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*\.wav")


class UnknownPrompt(Exception):
    """A flow was changed and names a text that nobody wrote into the catalogue."""


class BadCatalogue(Exception):
    """Somebody edited catalogue.csv by hand and left a key twice, a text empty, or a file outside its folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the line: its key, the name of its file inside either folder, what is said."""

    key: str
    file: str
    text: str


class Catalogue:
    """The texts of the line, in the order of the file.

    Args:
        entries: keys and file names are unique; file names are plain Latin names ending in ``.wav``.
        shipped: the folder of the pieces that come with the program.
        recorded: the folder of the recordings made by a person, or None. It need not exist.

    Raises:
        BadCatalogue: see above.
    """

    def __init__(self, entries: Iterable[Entry], shipped: Path, recorded: Path | None = None) -> None:
        self.shipped = shipped
        self.recorded = recorded
        self._entries: dict[str, Entry] = {}
        files: set[str] = set()
        for entry in entries:
            if not entry.key or not entry.text.strip() or not _FILE_NAME.fullmatch(entry.file):
                raise BadCatalogue(f"{entry.key!r}: needs a key, a text and a plain file name ending in .wav")
            if entry.key in self._entries or entry.file in files:
                raise BadCatalogue(f"{entry.key!r}: the key or its file {entry.file} stands there twice")
            files.add(entry.file)
            self._entries[entry.key] = entry

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, key: str) -> Entry:
        """Raises:
        UnknownPrompt: no such key.
        """
        try:
            return self._entries[key]
        except KeyError:
            raise UnknownPrompt(f"у каталозі немає тексту «{key}» (hotline prompts list)") from None

    def text(self, key: str) -> str:
        """What is said. Raises UnknownPrompt."""
        return self.entry(key).text

    def file(self, key: str) -> Path:
        """The recording to play: a person's if there is one, else the shipped one. The file need not exist.

        Raises:
            UnknownPrompt: no such key.
        """
        by_person = self.file_by_person(key)
        return by_person if by_person and by_person.is_file() else self.shipped / self.entry(key).file

    def file_by_person(self, key: str) -> Path | None:
        """Where a person's recording of this text lies or would lie; None without such a folder."""
        return self.recorded / self.entry(key).file if self.recorded else None

    def candidates(self, key: str) -> tuple[Path, ...]:
        """Files that may hold this text, the best first: an unusable recording is passed over for the shipped one."""
        by_person = self.file_by_person(key)
        shipped = self.shipped / self.entry(key).file
        return (by_person, shipped) if by_person and by_person.is_file() else (shipped,)


def load(recorded: Path | None = None, shipped: Path = SHIPPED) -> Catalogue:
    """Read ``shipped/catalogue.csv``.

    Raises:
        BadCatalogue: the file is missing, is not UTF-8, lacks a column, or one of its rows is wrong.
    """
    try:
        with (shipped / CATALOGUE).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, restval="", strict=True))
            entries = [Entry(row["key"], row["file"], row["text"]) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadCatalogue(f"{CATALOGUE} cannot be read: {error}") from error
    except KeyError as error:
        raise BadCatalogue(f"{CATALOGUE} has no column {error}") from error
    return Catalogue(entries, shipped, recorded)
