"""Files of streets as administrators have them, and files that are none."""

from __future__ import annotations

import bz2
import gzip
import json
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.street_files import FileStreets, StreetsFileRefused
from db.street_osm import LONGEST_PART, MOST_PARTS
from db.street_reading import read

LUTSK = '<node id="1" lat="50.747" lon="25.325"><tag k="place" v="city"/><tag k="name" v="Луцьк"/></node>'
TABLE = "Тип;Назва вулиці;Стара назва;Населений пункт\nвул.;Валова;Кутузова;м. Луцьк\nпров.;В’їзний;;с. Жидичин\n"


@pytest.fixture
def given(tmp_path: Path) -> Callable[[str | bytes], FileStreets]:
    def read_it(content: str | bytes) -> FileStreets:
        path = tmp_path / "streets"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(path, settlement="Луцьк", settlements=["Луцьк", "Жидичин"], advance=lambda _: None)

    return read_it


Given = Callable[[str | bytes], FileStreets]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_read_in_the_encodings_and_separators_of_excel(given: Given, encoding: str, separator: str) -> None:
    table = TABLE.replace(";", separator).replace("\n", "\r\n")
    found = given(table.encode(encoding))
    assert [(one.line, one.title) for one in found.entries] == [
        (2, "вулиця Валова (Луцьк)"),
        (3, "провулок В'їзний (Жидичин)"),
    ]
    assert [(other.name, other.kind) for other in found.entries[0].others] == [("Кутузова", "former")]


def test_a_table_brings_everything_the_register_holds(given: Given) -> None:
    found = given(
        "type,name,old_name,colloquial,spoken,settlement,starosta_district,district,valid_from,valid_to,houses,source\n"
        "вулиця,Козацька,Карбишева,Карбишка,козацкая,Жидичин,Жидичинський старостинський округ,40-й,"
        "15.01.2024,2026-02-01,5а=12; 7 → 14,рішення 12/1\n"
    )
    (one,) = found.entries
    assert {(other.name, other.kind) for other in one.others} == {
        ("Карбишева", "former"),
        ("Карбишка", "colloquial"),
        ("козацкая", "spoken"),
    }
    assert (one.settlement, one.starosta_district, one.district) == ("Жидичин", "Жидичинський", "40-й")
    assert (one.since, one.until) == (date(2024, 1, 15), date(2026, 2, 1))
    assert one.houses == (("5А", "12"), ("7", "14")) and one.source == "рішення 12/1"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Садова", "немає типу"),
        ("алейка,Садова", "невідомий тип «алейка»"),
        ("вулиця,", "немає назви"),
        ("вулиця,=cmd()", "у назві недозволені знаки: «=cmd"),
        ("вулиця,<b>Садова</b>", "недозволені знаки"),
        (f"вулиця,{'а' * 10_000}", "назва довша за 120 знаків"),
        ("вулиця,Садова,учора", "не дата: «учора»"),
        ("вулиця,Садова,2024-01-02,2024-01-01", "виведена з ужитку"),
        ("вулиця,Садова,,,5а", "перенумерація не читається: «5а»"),
        ("вулиця,Садова,,,5=6;5=7", "два нові"),
        ("вулиця,Садова,,,,зайве", "більше клітинок, ніж стовпців"),
    ],
)
def test_a_line_that_is_no_street_is_named_with_its_reason_and_the_others_are_read(
    given: Given, row: str, why: str
) -> None:
    found = given(f"\n\ntype,name,valid_from,valid_to,houses\nвулиця,Тиха\n{row}\nвулиця,Нова\n")
    assert [(one.line, one.name) for one in found.entries] == [(4, "Тиха"), (6, "Нова")]
    assert [(one.line, why in one.why) for one in found.refusals] == [(5, True)]


def test_columns_that_nobody_needs_are_left_out(given: Given) -> None:
    (one,) = given("№;Тип;Назва;Район;Довжина, м\n1;вул.;Тиха;Луцький;350\n").entries
    assert (one.title, one.district, one.source) == ("вулиця Тиха (Луцьк)", "", "")


def test_a_formula_in_a_remark_is_no_formula_any_more(given: Given) -> None:
    (one,) = given('name,source\nвул. Тиха,"=HYPERLINK(""http://example.org"")"\n').entries
    assert one.source == 'HYPERLINK("http://example.org")'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "файл порожній"),
        (" \n \n", "файл порожній"),
        ("номер;площа\n1;2\n", "немає стовпця з назвою вулиці"),
        ("name;name\nА;Б\n", "два стовпці з одним змістом"),
        ('name,type\n"вул. Тиха\n' + "вул. Нова\n" * 3, "перевірте лапки"),
        ("name,type\n", "немає жодної вулиці"),
        ("назва\nвул. Тиха\n".encode() + b"\xd0\n" + "вул. Нова\n".encode(), "рядок 3: пошкоджене кодування UTF-8"),
        (b"name\n\x98\xff\xfe\n", "не UTF-8 і не Windows-1251"),
        ("назва\nТиха\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 a workbook", "збережіть аркуш як CSV"),
        (bytes(range(256)) * 100, "це не текст"),
        ("<!DOCTYPE html><html></html>", "сторінка сайту"),
        ("<svg></svg>", "не витяг OpenStreetMap"),
        ('{"features": [', "не читається як JSON"),
        ("[" * 100_000, "не читається як JSON"),
        ('{"type": "Feature", "properties": {"name": "вул. Тиха"}}', "не GeoJSON FeatureCollection"),
        ('[{"name": "вул. Тиха"}]', "не GeoJSON FeatureCollection"),
        ('{"features": []}', "немає жодної вулиці"),
        (f"<osm>{LUTSK}", "завантажено не до кінця"),
        (f"<osm>{LUTSK}</osm>", "немає жодної вулиці"),
        ("<osm><node id='1' lat='50' lon='25'/></osm>", "жодного населеного пункту громади"),
        (
            "<osm><node id='1' lat='nan' lon='x'><tag k='place' v='city'/><tag k='name' v='Луцьк'/></node></osm>",
            "координат",
        ),
        ("<osm><a><b><c><d><e/></d></c></b></a></osm>", "не витяг OpenStreetMap"),
        # The packing time would be in the test's name, and two workers of pytest would disagree on it.
        (gzip.compress(f"<osm>{LUTSK}</osm>".encode(), mtime=0)[:40], "стиснутий файл пошкоджено"),
        (b"\x1f\x8b\x08 not packed at all", "стиснутий файл пошкоджено"),
        (b"BZh9 not packed at all either", "стиснутий файл пошкоджено"),
    ],
)
def test_what_is_no_list_of_streets_is_refused_in_words(given: Given, content: str | bytes, why: str) -> None:
    with pytest.raises(StreetsFileRefused, match=why):
        given(content)


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><osm>&b;</osm>',
        '<!DOCTYPE osm [<!ENTITY a SYSTEM "file:///etc/hostname">]><osm>&a;</osm>',
    ],
)
def test_entities_in_a_strangers_xml_are_refused(given: Given, dtd: str) -> None:
    with pytest.raises(StreetsFileRefused, match="DTD або сутностей не приймається"):
        given(dtd)


@pytest.mark.parametrize(
    "endless",
    [
        "<osm>" + "a" * (LONGEST_PART + 200_000),
        f'<osm><node id="{"9" * (LONGEST_PART + 200_000)}"/></osm>',
        "<osm><relation>" + "<member/>" * (MOST_PARTS + 10) + "</relation></osm>",
    ],
    ids=["text", "attribute", "members"],
)
def test_xml_that_would_fill_the_memory_is_refused(given: Given, endless: str) -> None:
    with pytest.raises(StreetsFileRefused, match="не витяг OpenStreetMap"):
        given(endless)


@pytest.mark.parametrize("junk", [b"\xf7\xa1 junk;", b'{"features": [1, '], ids=["table", "json"])
def test_fifty_megabytes_of_junk_are_refused_by_their_size(given: Given, junk: bytes) -> None:
    with pytest.raises(StreetsFileRefused, match="файл завеликий"):
        given(junk * (50_000_000 // len(junk)))


def test_a_packed_bomb_is_refused_without_unpacking_it(given: Given) -> None:
    bomb = gzip.compress(b"name;" + b"a" * 300_000_000, compresslevel=1)
    tracemalloc.start()
    with pytest.raises(StreetsFileRefused, match="файл завеликий"):
        given(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


def test_geojson_of_streets_and_of_houses_gives_each_street_once(given: Given) -> None:
    found = given(
        collection(
            {"name": "вулиця Валова", "old_name": "Кутузова", "alt_name": "Вал", "valid_from": "2022-05-01"},
            {"addr:street": "вулиця Тиха", "addr:housenumber": "5", "addr:city": "Жидичин"},
            {"addr:street": "вулиця Тиха", "addr:housenumber": "7", "addr:city": "Жидичин"},
            {"name": 12},
            None,
        )
    )
    assert [one.title for one in found.entries] == ["вулиця Валова (Луцьк)", "вулиця Тиха (Жидичин)"]
    assert [(other.name, other.kind) for other in found.entries[0].others] == [
        ("Кутузова", "former"),
        ("Вал", "colloquial"),
    ]
    assert found.entries[0].since == date(2022, 5, 1)
    assert [one.line for one in found.refusals] == [4, 5]


@pytest.mark.parametrize("packed", [bytes, gzip.compress, bz2.compress])
def test_an_extract_gives_streets_with_the_settlement_that_is_nearest(
    given: Given, packed: Callable[[bytes], bytes]
) -> None:
    extract = f"""<osm>
      {LUTSK}
      <node id="2" lat="50.815" lon="25.310"><tag k="place" v="village"/><tag k="name" v="Жидичин"/></node>
      <node id="3" lat="50.640" lon="25.330"><tag k="place" v="village"/><tag k="name" v="Чуже"/></node>
      <node id="11" lat="50.748" lon="25.330"/><node id="12" lat="50.816" lon="25.311"/>
      <node id="13" lat="50.641" lon="25.331"/><node id="14" lat="48.000" lon="25.331"/>
      {way(101, 11, "вулиця Валова", old_name="Кутузова", alt_name="1-а черга (проєкт);=x")}
      {way(102, 11, "вулиця Валова", loc_name="Вал")}
      {way(103, 12, "Тиха вулиця")}
      {way(104, 13, "вулиця Чужа")}
      {way(105, 14, "вулиця Далека")}
      {way(106, 11, "Територія школи")}
      {way(107, 99, "вулиця Без Вузла")}
      <way id="108"><nd ref="11"/><tag k="highway" v="footway"/><tag k="name" v="вулиця Стежка"/></way>
    </osm>"""
    found = given(packed(extract.encode()))
    assert [one.title for one in found.entries] == ["вулиця Валова (Луцьк)", "вулиця Тиха (Жидичин)"]
    assert [(one.line, one.why) for one in found.refusals] == [
        (106, "немає типу (вулиця, провулок…): «Територія школи»")
    ]
    assert found.notes == ("пропущено ліній поза громадою: 3",)
    assert [(one.name, one.kind) for one in found.entries[0].others] == [
        ("Кутузова", "former"),
        ("1-а черга", "colloquial"),
        ("Вал", "colloquial"),
    ]


def test_a_large_extract_is_read_in_little_memory_and_tells_how_far_it_is(tmp_path: Path) -> None:
    path, told = tmp_path / "large.osm", [0]
    nodes = "".join(f'<node id="{n}" lat="50.75" lon="25.33"><tag k="x" v="{n}"/></node>' for n in range(100, 60_000))
    path.write_text(f"<osm>{LUTSK}{nodes}{way(1, 100, 'вулиця Валова')}</osm>", encoding="utf-8")
    tracemalloc.start()
    found = read(
        path, settlement="Луцьк", settlements=["Луцьк"], advance=lambda size: told.__setitem__(0, told[0] + size)
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.title for one in found.entries] == ["вулиця Валова (Луцьк)"]
    assert peak < 3_000_000
    assert told[0] == path.stat().st_size


def collection(*properties: Any) -> str:
    features = [{"type": "Feature", "properties": one, "geometry": None} for one in properties]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def way(number: int, node: int, name: str, **tags: str) -> str:
    marks = "".join(
        f'<tag k="{key}" v="{value}"/>' for key, value in {"highway": "residential", "name": name, **tags}.items()
    )
    return f'<way id="{number}"><nd ref="{node}"/><nd ref="{node}"/>{marks}</way>'
