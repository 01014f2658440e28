"""Streets from a table: our own columns or a city's, comma or semicolon, UTF-8 or the encoding of old Windows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from db.street_entries import Refused, StreetEntry, entry, plain_text
from db.street_files import MAX_LINES, Advance, FileStreets, Refusal, StreetsFileRefused, whole
from db.street_words import folded

COLUMNS = {
    "type": ("type", "тип", "тип вулиці", "тип топоніма", "вид"),
    "name": ("name", "назва", "назва вулиці", "нова назва", "вулиця", "назва топоніма", "сучасна назва"),
    "old_name": ("old name", "стара назва", "колишня назва", "попередня назва", "колишні назви"),
    "colloquial": ("colloquial", "розмовна назва", "розмовні назви", "народна назва"),
    "spoken": ("spoken", "вимова", "як вимовляють"),
    "settlement": ("settlement", "населений пункт", "місто", "село", "нп"),
    "status": ("status", "статус"),
    "source": ("source", "джерело", "підстава", "рішення"),
    "district": ("district", "мікрорайон"),
    "starosta_district": ("starosta district", "старостинський округ", "округ", "старостат"),
    "valid_from": ("valid from", "чинна з", "дата рішення", "дата перейменування"),
    "valid_to": ("valid to", "чинна до", "виведено з ужитку", "дата ліквідації"),
    "houses": ("houses", "перенумерація", "перенумерація будинків"),
}
"""Our columns, and what cities call them (folded: «old_name» is «old name»)."""
SEPARATORS = ",;\t|"


def read_csv(path: Path, settlement: str, advance: Advance) -> FileStreets:
    """The streets of a table.

    Raises:
        StreetsFileRefused: other columns, quotes that are not closed, an unknown encoding.
    """
    text = decoded(whole(path, "csv", advance))
    separator, columns = _heading(text)
    entries: list[StreetEntry] = []
    refusals: list[Refusal] = []
    for line, cells in _rows(text, separator):
        if not any(cell.strip() for cell in cells):
            continue
        if len(entries) + len(refusals) >= MAX_LINES:
            raise StreetsFileRefused(f"у файлі понад {MAX_LINES} рядків: це не реєстр вулиць")
        try:
            if len(cells) > len(columns):
                raise Refused("більше клітинок, ніж стовпців: перевірте розділювач і лапки")
            row = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
            if not row.get("settlement", "").strip():
                row["settlement"] = settlement
            entries.append(entry(line, **{"name": "", **row}))
        except Refused as refused:
            refusals.append(Refusal(line, str(refused)))
    return FileStreets("csv", tuple(entries), tuple(refusals))


def decoded(data: bytes) -> str:
    """UTF-8, with or without its mark; what is no UTF-8 at all is Windows-1251, as Excel writes it.

    Raises:
        StreetsFileRefused: UTF-8 with damaged places, or neither of both.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        damaged = data.decode("utf-8", "replace")
        # Letters of Windows-1251 hardly ever make a character of UTF-8; a damaged file is full of whole ones.
        if sum(sign > "\x7f" and sign != "\ufffd" for sign in damaged) > damaged.count("\ufffd"):
            line = data.count(b"\n", 0, error.start) + 1
            raise StreetsFileRefused(f"рядок {line}: пошкоджене кодування UTF-8; збережіть файл ще раз") from error
    try:
        return data.decode("cp1251")
    except UnicodeDecodeError as error:
        raise StreetsFileRefused("кодування не UTF-8 і не Windows-1251: збережіть як CSV UTF-8") from error


def _heading(text: str) -> tuple[str, list[str]]:
    """The separator, and our name of each column ("" for one that nobody needs)."""
    first = text.lstrip().partition("\n")[0]
    ours = {folded(word): name for name, words in COLUMNS.items() for word in words}

    def columns(separator: str) -> list[str]:
        return [ours.get(folded(cell.strip().strip('"').replace("_", " ")), "") for cell in first.split(separator)]

    separator = max(SEPARATORS, key=lambda one: len([name for name in columns(one) if name]))
    found = columns(separator)
    if "name" not in found:
        shown = ", ".join(plain_text(cell)[:30] for cell in first[:300].split(separator)[:8])
        raise StreetsFileRefused(
            f"у першому рядку немає стовпця з назвою вулиці («name» або «назва»); знайдено: {shown}. "
            f"Відомі стовпці: {', '.join(COLUMNS)}; обов'язкові name і type (або тип у самій назві)"
        )
    twice = {name for name in found if name and found.count(name) > 1}
    if twice:
        raise StreetsFileRefused(f"два стовпці з одним змістом: {', '.join(sorted(twice))}")
    return separator, found


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    above = len(text[: len(text) - len(text.lstrip())].splitlines())
    reader = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=separator, strict=True)
    try:
        next(reader)
        for cells in reader:
            yield above + reader.line_num, cells
    except csv.Error as error:
        raise StreetsFileRefused(
            f"рядок {above + reader.line_num}: таблицю не розібрати, перевірте лапки й розділювач ({error})"
        ) from error
