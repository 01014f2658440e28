"""``hotline streets``: the register of a city from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from db.engine import Records
from db.street_tables import Street
from hotline.cli import main

HEADER = "тип;назва;стара назва;населений пункт\n"
GOOD = HEADER + "вул.;Козацька;Карбишева;\nвул.;Зоряна Нова;;Жидичин\n"
BAD = GOOD + "вул.;=cmd();;\n"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOTLINE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def city() -> None:
    assert run("db", "upgrade").exit_code == 0


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], str]:
    def written(text: str) -> str:
        path = tmp_path / "register.csv"
        path.write_text(text, encoding="cp1251")
        return str(path)

    return written


Table = Callable[[str], str]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, prog_name="hotline")


def streets(*words: str) -> Result:
    return run("streets", *words)


def told(*words: str) -> Any:
    return json.loads(streets(*words, "--json").stdout)


def test_a_file_is_only_shown_until_it_is_applied(city: None, table: Table) -> None:
    shown = streets("import", table(GOOD))
    assert shown.exit_code == 0
    assert "~ рядок 2: вулиця Козацька (Луцьк) - перейменовано: Карбишева → Козацька" in shown.stdout
    assert "+ рядок 3: вулиця Зоряна Нова (Жидичин) - додано" in shown.stdout
    assert "Нічого не записано. Це перевірка. Щоб записати, додайте --apply." in shown.stdout
    assert streets("find", "Зоряна Нова").exit_code == 1
    applied = streets("import", table(GOOD), "--apply")
    assert "Записано. Скасувати все: hotline streets undo" in applied.stdout
    assert "вулиця Козацька, Луцьк (колишня назва Карбишева, точно)" in streets("find", "карбишева").stdout
    again = told("import", table(GOOD), "--apply")
    assert again["counts"] == {"added": 0, "renamed": 0, "changed": 0, "retired": 0, "unchanged": 2, "refused": 0}


def test_an_import_is_taken_back_with_one_word(city: None, table: Table) -> None:
    streets("import", table(GOOD), "--apply")
    assert streets("undo").stdout == "Скасовано: файл register.csv, вулиць 2\n"
    assert streets("find", "Зоряна Нова").exit_code == 1
    assert streets("undo").stdout == "Завантажень із файла не було.\n"


def test_a_file_with_a_refused_line_writes_nothing_unless_told_to_skip_it(city: None, table: Table) -> None:
    refused = streets("import", table(BAD), "--apply")
    assert refused.exit_code == 1
    assert "! рядок 4: не прийнято - у назві недозволені знаки: «=cmd()»" in refused.stdout
    assert "Нічого не записано. Є неприйняті рядки (1)" in refused.stdout
    assert streets("find", "Зоряна Нова").exit_code == 1
    skipped = streets("import", table(BAD), "--apply", "--skip-refused")
    assert skipped.exit_code == 0
    assert streets("find", "Зоряна Нова").exit_code == 0


def test_a_complete_file_with_a_refused_line_retires_nothing(city: None, table: Table) -> None:
    told_so = streets("import", table(BAD), "--apply", "--skip-refused", "--complete")
    assert told_so.exit_code == 1
    assert "їхні вулиці було б виведено з ужитку" in told_so.stdout
    assert streets("find", "Шевченка").exit_code == 0


def test_a_complete_file_retires_the_rest_of_its_settlements(city: None, table: Table) -> None:
    done = told("import", table(GOOD), "--apply", "--complete")
    assert done["counts"]["retired"] > 100
    assert {"outcome": "retired", "why": "файл її не називає"}.items() <= done["lines"][-1].items()
    assert streets("find", "Шевченка").exit_code == 1


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("номер;площа\n1;2\n", "у першому рядку немає стовпця з назвою вулиці"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><osm>&a;</osm>', "XML з оголошеннями DTD або сутностей не приймається"),
        ('{"type": "Point"}', "не GeoJSON FeatureCollection"),
        ("", "файл порожній"),
    ],
)
def test_what_is_no_list_of_streets_ends_in_one_line(city: None, table: Table, content: str, complaint: str) -> None:
    refused = streets("import", table(content), "--apply")
    assert refused.exit_code == 1
    (line,) = [line for line in refused.output.splitlines() if "Помилка" in line]
    assert complaint in line


def test_signs_that_steer_a_terminal_are_not_printed(city: None, table: Table) -> None:
    for content in ("тип;назва\n\x1b[2Jвул;Тиха\nвул.;\x1b]0!Нова\n", "\x1b]0!x;y\n1;2\n"):
        told_so = streets("import", table(content))
        assert told_so.exit_code == 1
        assert "\x1b" not in told_so.output


def test_a_settlement_that_is_not_of_the_community_is_refused(city: None, table: Table) -> None:
    refused = streets("import", table(GOOD), "--settlement", "Київ")
    assert refused.exit_code == 1
    assert "Помилка: у громаді немає населеного пункту «Київ»" in refused.output


def test_lines_without_a_settlement_belong_where_it_is_said(city: None, table: Table) -> None:
    streets("import", table("тип;назва\nвул.;Зоряна Нова\n"), "--settlement", "Рокині", "--apply")
    assert told("find", "Зоряна Нова")[0]["street"]["settlement"] == "Рокині"


def test_find_works_before_there_is_a_database(data: Path) -> None:
    (found,) = told("find", "гордіюк")
    assert found["street"]["name"] == "Захисників України"
    assert found["by"] == {"name": "Гордіюк", "kind": "former", "match": "whole", "score": 100.0}
    assert not data.exists()


def test_find_forgives_a_misspelling_and_says_when_it_knows_nothing() -> None:
    assert "вулиця Захисників України, Луцьк (схоже написання 89 %)" in streets("find", "захісників украйни").stdout
    nothing = streets("find", "ывапролд")
    assert (nothing.exit_code, nothing.stdout) == (1, "Реєстр такої вулиці не знає.\n")


def test_check_tells_doubts_and_fails_only_on_errors(city: None, data: Path) -> None:
    well = streets("check")
    assert well.exit_code == 0
    assert "Спільна колишня назва: " in well.stdout
    assert "Помилок: 0, сумнівів: " in well.stdout
    records = Records(f"sqlite:///{data}/hotline.sqlite")
    with records() as session:
        session.query(Street).filter_by(name="Шевченка").update({"type": ""})
        session.commit()
    records.close()
    wrong = streets("check")
    assert wrong.exit_code == 1
    assert "! без типу Шевченка (Луцьк): немає типу або він невідомий" in wrong.stdout
    shown = told("check")
    assert shown["errors"] == 1
    assert {"level": "error", "code": "no_type"}.items() <= shown["doubts"][0].items()


def test_without_a_database_import_and_check_say_how_to_make_one(table: Table) -> None:
    for words in (("import", table(GOOD)), ("check",), ("undo",)):
        refused = streets(*words)
        assert refused.exit_code == 1
        assert "hotline db upgrade" in refused.output
