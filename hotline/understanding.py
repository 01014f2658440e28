"""``hotline understand``: what the line makes of a text, with the register of this installation or the shipped one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import structlog
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from db import migrate, streets
from db.engine import RecordsDown
from db.models import Executor
from db.seed import CATEGORIES, EXECUTORS
from db.street_register import Register
from hotline import health
from hotline.settings import Settings
from hotline.wiring import Parts
from transcribe.understanding.facts import Address, Understanding
from transcribe.understanding.rules import RuleBook
from transcribe.understanding.understand import Understander

log = structlog.get_logger()

LONGEST_LINE = 1_000_000
"""Bytes of one utterance that are read: hours of speech. The rest of a longer line is not text."""

KINDS = {
    "appeal": "звернення",
    "consultation": "консультація",
    "thanks": "подяка",
    "emergency": "небезпека для життя",
    "abuse": "лайка без змісту",
    "none": "нічого не сказано",
}
CLASSES = {
    "E0": "небезпека для життя, негайно",
    "E1": "аварійне термінове",
    "E2": "аварійне",
    "N1": "звичайне",
}


@dataclass(frozen=True, slots=True)
class City:
    """What understanding needs to know of the city: its streets, and the titles of its executors by code."""

    register: Register
    executors: Mapping[str, str]

    def title(self, understood: Understanding) -> str:
        """Whose job the message is; "" when unknown."""
        return self.executors.get(understood.executor, "")


def city_of(settings: Settings) -> City:
    """The city as the records have it; without usable records, as it is shipped. Never creates a database."""
    try:
        if _database_exists(settings) and migrate.is_current(settings.database):
            with Parts(settings).records() as session:
                titles = {one.code: one.title for one in session.scalars(select(Executor))}
                return City(streets.load(session, health.now()), titles)
    except (RecordsDown, SQLAlchemyError, OSError) as error:
        log.warning("the records do not answer, understanding uses the shipped register", reason=type(error).__name__)
    return City(streets.shipped(), EXECUTORS)


def understander_of(settings: Settings, city: City) -> Understander:
    """The understanding in force.

    Raises:
        UnusableRules: the city's own rules have a mistake.
    """
    return Understander(city.register, RuleBook(settings.rules_dir, settings.cache_dir))


def lines_of(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """The lines of a stream as text, each with a note in Ukrainian on what was wrong with it, or "".

    A line ends with a line feed and nothing else: other separators of Unicode belong to the text.
    """
    while line := stream.readline(LONGEST_LINE):
        text, note = readable(line)
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            _skip_line(stream)
            note = f"рядок довший за {LONGEST_LINE} байтів: решту пропущено"
        yield text, note


def readable(line: bytes) -> tuple[str, str]:
    """Bytes as text, and a note in Ukrainian when some of them are none."""
    try:
        return line.decode("utf-8"), ""
    except UnicodeDecodeError:
        return line.decode("utf-8", "replace"), "є байти, які не є текстом UTF-8: їх замінено знаком «\ufffd»"


def as_json(city: City, understander: Understander, text: str, note: str = "") -> str:
    """One JSON object on one line."""
    understood = understander.understand(text.split())
    answer = understood.to_json(city.title(understood))
    return json.dumps(answer | ({"note": note} if note else {}), ensure_ascii=False)


def in_words(city: City, understander: Understander, text: str, note: str = "") -> str:
    """The suggestions as a person reads them, each with the words it comes from."""
    understood = understander.understand(text.split())
    return "\n".join([*_described(understood, city.title(understood)), *([f"Увага: {note}"] if note else []), ""])


def _described(understood: Understanding, executor: str) -> Iterator[str]:
    yield f"Вид: {KINDS[understood.kind]}"
    yield f"Терміновість: {understood.urgency}, {CLASSES[understood.urgency]}"
    for reason in understood.alarms:
        yield f"  ! {reason.why}: «{understood.text_of(reason.span)}»"
    yield f"Категорія: {_title(understood.category) if understood.category else 'не визначено'}"
    for guess in understood.categories:
        words = "; ".join(f"{reason.why}: «{understood.text_of(reason.span)}»" for reason in guess.reasons)
        yield f"  {guess.score:.2f} {_title(guess.code)} ({words})"
    yield f"Виконавець: {executor or 'не визначено'}"
    yield from _listed("Адреса", (_place(understood, address) for address in understood.addresses))
    if understood.name:
        yield f"Заявник: {understood.name.value} («{understood.text_of(understood.name.span)}»)"
    for label, values in (("Телефон", understood.phones), ("Номер звернення", understood.appeal_numbers)):
        yield from _listed(label, (f"{said.value} («{understood.text_of(said.span)}»)" for said in values))
    yield f"Записано: {understood.written}"


def _database_exists(settings: Settings) -> bool:
    """SQLite would make an empty file of a database that is only looked at."""
    url = make_url(settings.database)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


def _listed(label: str, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield f"{label}: {value}"


def _title(code: str) -> str:
    title = CATEGORIES[code][0] if code in CATEGORIES else ""
    return f"{code} {title}".strip()


def _place(understood: Understanding, address: Address) -> str:
    street = address.street
    parts = [
        f"{street.type} {street.name}" if street else address.street_said,
        address.house and f"буд. {address.house}",
        address.building,
        address.flat and f"кв. {address.flat}",
        address.settlement,
        address.landmark,
    ]
    words = ", ".join(f"«{understood.text_of(span)}»" for span in address.spans)
    sure = "" if address.sure else "; перевірте"
    note = f"; {address.note}" if address.note else ""
    return f"{', '.join(filter(None, parts))} ({words}; {address.confidence:.2f}{sure}{note})"


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass
