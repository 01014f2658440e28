"""``hotline understand``: any text in, one clear answer out, with or without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hotline.cli import main


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOTLINE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def run(*words: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(main, ["understand", *words], prog_name="hotline", input=given)


def objects(given: bytes) -> list[dict[str, Any]]:
    """What the command prints for lines on its standard input."""
    told = run("--lines", "-", "--json", given=given)
    assert told.exit_code == 0
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_each_line_gives_one_object_in_order() -> None:
    gas, nothing, light = objects("чую запах газу\n\nнемає світла".encode())
    assert (gas["kind"], gas["urgency"], gas["category"]) == ("emergency", "E0", "GAS")
    assert (nothing["kind"], nothing["category"]) == ("none", None)
    assert (light["category"], light["executor"]) == ("ELEC", "ПрАТ «Волиньобленерго»")


def test_an_object_explains_itself_by_words() -> None:
    (gas,) = objects("алло чую запах газу".encode())
    assert {"field": "urgency", "words": "запах газу", "span": [2, 3]}.items() <= gas["explanation"][0].items()


def test_bytes_that_are_no_text_are_said_and_the_rest_is_understood() -> None:
    broken, whole = objects(b"\xff\xfe " + "немає світла\nнемає світла\n".encode())
    assert "UTF-8" in broken["note"]
    assert broken["category"] == whole["category"] == "ELEC"
    assert "note" not in whole


def test_a_file_that_is_no_text_gives_an_object_a_line() -> None:
    assert [one["kind"] for one in objects(bytes(range(256)) * 4)] == ["none", *["appeal"] * 4]


def test_a_line_without_end_is_cut_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.understanding.LONGEST_LINE", 30)
    long, light = objects("а ".encode() * 100 + b"\n" + "немає світла".encode())
    assert "решту пропущено" in long["note"]
    assert light["category"] == "ELEC"


def test_ten_thousand_words_are_understood() -> None:
    (one,) = objects("раз два ".encode() * 5000 + "немає світла".encode())
    assert one["category"] == "ELEC"


def test_a_person_reads_each_suggestion_with_its_words() -> None:
    told = run("алло у нас немає світла")
    assert told.exit_code == 0
    assert "Категорія: ELEC Електропостачання" in told.output
    assert "«немає світла»" in told.output
    assert "Виконавець: ПрАТ «Волиньобленерго»" in told.output


def test_looking_makes_no_database(data: Path) -> None:
    assert run("немає світла").exit_code == 0
    assert not data.exists()


def test_neither_text_nor_lines_is_a_mistake_in_words() -> None:
    told = run()
    assert told.exit_code == 1
    assert "потрібен текст або --lines" in told.output


def test_a_mistake_in_the_citys_own_rules_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "categories.yaml").write_text("WATER:\n  - words: [вода]\n", "utf-8")
    monkeypatch.setenv("HOTLINE_RULES_DIR", str(tmp_path))
    told = run("немає води")
    assert told.exit_code == 1
    assert "WATER, правило 1" in told.output
