"""What a file says about one street, before anybody compares it with the register."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from db import uk
from db.street_register import NameKind, OtherName
from db.street_words import NotAName, folded, house_of, name_of, settlement_of, spelled, split_type, type_of

CITY = "Луцьк"
STATUSES = frozenset(uk.STREET_STATUS)
_WORDS = {word: code for code, word in uk.STREET_STATUS.items()} | {"in use 2022": "in_use_then"}
MAX_SOURCE = 200
MAX_HOUSE = 20
DATES = ("%Y-%m-%d", "%d.%m.%Y")
_TURNED_INTO = re.compile("=|→|->|>")

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
        starosta_district: of the settlement, "" when the file does not say.
        since: first day of the present name.
        until: first day the street is not in use any more.
        houses: former and present number of houses that were renumbered.
    """

    line: int
    type: str
    name: str
    settlement: str
    others: tuple[EntryName, ...] = ()
    status: str = "in_use"
    source: str = ""
    district: str = ""
    starosta_district: str = ""
    since: date | None = None
    until: date | None = None
    houses: tuple[tuple[str, str], ...] = ()

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
    colloquial: str = "",
    spoken: str = "",
    settlement: str = "",
    status: str = "",
    source: str = "",
    district: str = "",
    starosta_district: str = "",
    valid_from: str = "",
    valid_to: str = "",
    houses: str = "",
) -> StreetEntry:
    """An entry from the raw words of a file.

    A rename that is only ``proposed`` is no decision: the old name stays the present one.

    Raises:
        Refused: see there.
    """
    try:
        kind, name = _typed(type, name)
        said = (*names_of(old_name, "former"), *names_of(colloquial, "colloquial"), *names_of(spoken, "spoken"))
    except NotAName as error:
        raise Refused(str(error)) from error
    code = status_of(status)
    others = tuple(one for one in said if folded(one.name) != folded(name))
    if code == "proposed":
        if not others or others[0].kind != "former":
            raise Refused("пропозицію перейменування записано без нинішньої назви (old_name)")
        name, others = others[0].name, (EntryName(name, "proposed"), *others[1:])
    since, until = date_of(valid_from), date_of(valid_to)
    if since and until and until <= since:
        raise Refused(f"чинна з {since:%d.%m.%Y}, а виведена з ужитку {until:%d.%m.%Y}")
    return StreetEntry(
        line,
        kind,
        name,
        settlement_of(settlement) or CITY,
        others,
        code,
        plain_text(source),
        spelled(district),
        starosta_of(starosta_district),
        since,
        until,
        houses_of(houses),
    )


def merged(first: StreetEntry, second: StreetEntry) -> StreetEntry:
    """Two lines about one street: the names of both. What is surer about the present name stands."""
    known = {(folded(one.name), one.kind) for one in first.others}
    added = tuple(one for one in second.others if (folded(one.name), one.kind) not in known)
    surer = second if first.status == "proposed" else first
    return replace(
        surer,
        others=first.others + added,
        district=first.district or second.district,
        starosta_district=first.starosta_district or second.starosta_district,
        since=surer.since or first.since or second.since,
        until=first.until or second.until,
        houses=tuple(dict.fromkeys(first.houses + second.houses)),
    )


def merge(entries: Iterable[StreetEntry]) -> dict[Key, StreetEntry]:
    """All entries by street, in the order of the file."""
    streets: dict[Key, StreetEntry] = {}
    for one in entries:
        streets[one.key] = merged(streets[one.key], one) if one.key in streets else one
    return streets


def names_of(text: str, kind: NameKind) -> tuple[EntryName, ...]:
    """«Добролюбова (верхня частина); Урицького» to names of a kind, what stands in brackets becomes a note.

    Raises:
        NotAName: one of them cannot be a name.
    """
    found = []
    for part in filter(None, (one.strip() for one in text.replace("|", ";").split(";"))):
        bare, _, note = part.partition("(")
        found.append(EntryName(name_of(split_type(bare)[1]), kind, note.rstrip(") ")[:MAX_SOURCE]))
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


def date_of(text: str) -> date | None:
    """The day of «2023-09-26» or «26.09.2023», None of an empty cell.

    Raises:
        Refused: anything else.
    """
    text = text.strip()
    if not text:
        return None
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day of the calendar, not a moment
        except ValueError:
            continue
    raise Refused(f"не дата: «{spelled(text)[:40]}»; пишіть 2023-09-26 або 26.09.2023")


def houses_of(text: str) -> tuple[tuple[str, str], ...]:
    """«5а=12; 7 → 14» to pairs of a former and a present number.

    Raises:
        Refused: no pair, or a number that begins with no digit.
    """
    pairs = []
    for part in filter(None, (one.strip() for one in text.replace("|", ";").split(";"))):
        old, *new = (house_of(one) for one in _TURNED_INTO.split(part, maxsplit=1))
        if not new or old == new[0] or not all(one[:1].isdigit() and len(one) <= MAX_HOUSE for one in (old, new[0])):
            raise Refused(f"перенумерація не читається: «{spelled(part)[:40]}»; пишіть «5а=12; 7=14»")
        pairs.append((old, new[0]))
    if len({old for old, _ in pairs}) < len(pairs):
        raise Refused("один старий номер будинку має два нові")
    return tuple(pairs)


def starosta_of(text: str) -> str:
    """«Прилуцький старостинський округ» as the register has it: «Прилуцький»."""
    words = [word for word in spelled(text).split(" ") if folded(word) not in ("старостинський", "округ")]
    return plain_text(" ".join(words))[:80]


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
