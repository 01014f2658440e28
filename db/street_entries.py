"""What a file says about one street, before anybody compares it with the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from db import uk
from db.street_register import NameKind, OtherName
from db.street_words import NotAName, folded, name_of, settlement_of, spelled, split_type, type_of

CITY = "Луцьк"
STATUSES = frozenset(uk.STREET_STATUS)
_WORDS = {word: code for code, word in uk.STREET_STATUS.items()} | {"in use 2022": "in_use_then"}
MAX_SOURCE = 200

Key = tuple[str, str, str]
"""Settlement, type and name, folded: one street whatever the spelling."""


class Refused(Exception):
    """A line of a file cannot be a street (in Ukrainian, for whoever prepared the file)."""


@dataclass(frozen=True, slots=True)
class EntryName:
    """Another name, with a word about it («верхня частина»)."""

    name: str
    kind: NameKind
    note: str = ""

    def plain(self) -> OtherName:
        """As the register has it."""
        return OtherName(self.name, self.kind)


@dataclass(frozen=True, slots=True)
class StreetEntry:
    """A street as a file has it.

    Attributes:
        line: where it stands: line of a table from 1 (the heading), number of an object, id of a way.
        status: how sure the name is, a code of ``db.uk.STREET_STATUS``.
        district: a part of the city, "" when the file does not say.
    """

    line: int
    type: str
    name: str
    settlement: str
    others: tuple[EntryName, ...] = ()
    status: str = "in_use"
    source: str = ""
    district: str = ""

    @property
    def key(self) -> Key:
        return key_of(self.settlement, self.type, self.name)

    @property
    def title(self) -> str:
        """«вулиця Валова (Луцьк)», for reports."""
        return f"{self.type} {self.name} ({self.settlement})"


def key_of(settlement: str, kind: str, name: str) -> Key:
    """See :data:`Key`."""
    return folded(settlement), folded(kind), folded(name)


def entry(
    line: int,
    *,
    name: str,
    type: str = "",
    old_name: str = "",
    settlement: str = "",
    status: str = "",
    source: str = "",
    district: str = "",
) -> StreetEntry:
    """An entry from the raw words of a file.

    A rename that is only ``proposed`` is no decision: the old name stays the present one.

    Raises:
        Refused: see there.
    """
    try:
        kind, name = _typed(type, name)
        former = former_names(old_name)
    except NotAName as error:
        raise Refused(str(error)) from error
    code = status_of(status)
    others = tuple(one for one in former if folded(one.name) != folded(name))
    if code == "proposed":
        if not others:
            raise Refused("пропозицію перейменування записано без нинішньої назви (old_name)")
        name, others = others[0].name, (EntryName(name, "proposed"), *others[1:])
    return StreetEntry(
        line, kind, name, settlement_of(settlement) or CITY, others, code, plain_text(source), spelled(district)
    )


def merged(first: StreetEntry, second: StreetEntry) -> StreetEntry:
    """Two lines about one street: the names of both. What is surer about the present name stands."""
    known = {(folded(one.name), one.kind) for one in first.others}
    added = tuple(one for one in second.others if (folded(one.name), one.kind) not in known)
    surer = second if first.status == "proposed" else first
    return replace(surer, others=first.others + added, district=first.district or second.district)


def merge(entries: Iterable[StreetEntry]) -> dict[Key, StreetEntry]:
    """All entries by street, in the order of the file."""
    streets: dict[Key, StreetEntry] = {}
    for one in entries:
        streets[one.key] = merged(streets[one.key], one) if one.key in streets else one
    return streets


def former_names(text: str) -> tuple[EntryName, ...]:
    """«Добролюбова (верхня частина); Урицького» to names, what stands in brackets becomes a note.

    Raises:
        NotAName: one of them cannot be a name.
    """
    found = []
    for part in filter(None, (one.strip() for one in text.replace("|", ";").split(";"))):
        bare, _, note = part.partition("(")
        found.append(EntryName(name_of(split_type(bare)[1]), "former", note.rstrip(") ")[:MAX_SOURCE]))
    return tuple(found)


def status_of(text: str) -> str:
    """The code of a status word.

    Raises:
        Refused: nobody knows the word.
    """
    word = spelled(text).casefold()
    if not word:
        return "in_use"
    code = word.replace(" ", "_")
    if code in STATUSES:
        return code
    if code.startswith("in_use_"):
        return "in_use_then"
    if found := _WORDS.get(word):
        return found
    raise Refused(f"невідомий статус «{word[:40]}»; є: {', '.join(sorted(STATUSES))}")


def plain_text(text: str) -> str:
    """A remark without control characters, and without the signs with which a table would begin a formula."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return printable.strip().lstrip("=+-@'\t ")[:MAX_SOURCE]


def _typed(kind: str, name: str) -> tuple[str, str]:
    inside, bare = split_type(name)
    if kind.strip():
        full = type_of(kind)
        if full is None:
            raise Refused(f"невідомий тип «{spelled(kind)[:40]}»")
        return full, name_of(bare if inside == full else name)
    if not inside:
        raise Refused(f"немає типу (вулиця, провулок…): «{spelled(name)[:40]}»" if spelled(name) else "немає назви")
    return inside, name_of(bare)
