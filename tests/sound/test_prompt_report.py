"""What ``hotline prompts`` tells."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from fake_synthesiser import FakeSynthesiser

from sound import catalogue, report, wav
from sound.catalogue import Catalogue, Entry


@pytest.fixture
def texts(tmp_path: Path) -> Catalogue:
    """Three texts: one recorded by a person, one shipped, one nobody recorded."""
    shipped, recorded = tmp_path / "shipped", tmp_path / "recorded"
    for folder in (shipped, recorded):
        folder.mkdir()
    wav.write(shipped / "welcome.wav", wav.tone())
    wav.write(shipped / "goodbye.wav", wav.tone())
    wav.write(recorded / "welcome.wav", wav.silence(1500) + 1)
    entries = [
        Entry("welcome", "welcome.wav", "Вітаємо!"),
        Entry("goodbye", "goodbye.wav", "До побачення."),
        Entry("new", "new.wav", "Нове, ще не записане."),
    ]
    return Catalogue(entries, shipped, recorded)


def test_the_shipped_voice_is_whole_and_playable() -> None:
    texts = catalogue.load()
    assert report.check(texts) == []
    states = [row.state for row in report.rows(texts, None)]
    assert states.count("recorded") >= 471
    assert states.count("missing") == len(states) - states.count("recorded")


def test_the_list_tells_who_speaks_each_text_and_for_how_long(texts: Catalogue) -> None:
    listed = [(row.key, row.state, row.seconds) for row in report.rows(texts, None)]
    assert listed == [("welcome", "recorded-by-person", 1.5), ("goodbye", "recorded", 0.4), ("new", "missing", None)]
    assert report.rows(texts, FakeSynthesiser())[-1].state == "synthesised"


def test_a_bad_recording_is_not_counted_as_a_persons(texts: Catalogue) -> None:
    assert texts.recorded
    (texts.recorded / "welcome.wav").write_bytes(b"ID3")
    assert report.rows(texts, None)[0].state == "recorded"
    assert any("welcome.wav: це не WAV" in problem for problem in report.check(texts))


def test_the_check_finds_files_without_text(texts: Catalogue) -> None:
    assert texts.recorded
    wav.write(texts.recorded / "welcom.wav", wav.tone())
    assert ["welcom.wav: у каталозі немає тексту" in problem for problem in report.check(texts)] == [True]


def test_the_check_finds_a_folder_that_is_not_there(texts: Catalogue, tmp_path: Path) -> None:
    elsewhere = Catalogue(texts, texts.shipped, tmp_path / "typo")
    assert report.check(elsewhere) == [f"теки записів диктора немає: {tmp_path / 'typo'}"]


def test_missing_are_the_prompts_flows_use_and_nobody_recorded(texts: Catalogue) -> None:
    assert report.missing(texts, {"welcome", "new", "typo_in_a_flow"}) == ["new", "typo_in_a_flow"]


def test_the_export_is_what_a_person_has_still_to_read(texts: Catalogue) -> None:
    out = io.StringIO(newline="")
    assert report.export(report.rows(texts, None), out) == 2
    assert list(csv.reader(io.StringIO(out.getvalue()))) == [
        ["key", "file", "text"],
        ["new", "new.wav", "Нове, ще не записане."],
        ["goodbye", "goodbye.wav", "До побачення."],
    ]
