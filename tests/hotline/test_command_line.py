"""The command line: everything it says is Ukrainian, nothing that a person can mend is a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner, Result

from hotline.cli import main
from sound import wav


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, words, prog_name="hotline", env=environment)


def every_command(command: click.Command = main, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return [path]
    return [path, *(p for name, one in command.commands.items() for p in every_command(one, (*path, name)))]


@pytest.fixture(autouse=True)
def empty_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOTLINE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.parametrize("path", every_command(), ids=" ".join)
def test_help_holds_no_english_sentence(path: tuple[str, ...]) -> None:
    told = run(*path, "--help")
    assert told.exit_code == 0
    assert told.output.startswith("Використання: hotline")
    assert "Показати цю довідку." in told.output
    assert not re.search(r"TEXT|FILE\b|OPTIONS|required|default|Options|Commands|Show", told.output)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("nosuch",), "немає команди «nosuch»."),
        (("docter",), "немає команди «docter». Можливо: doctor?"),
        (("doctor", "--bad"), "немає параметра «--bad»."),
        (("users", "add"), "бракує ЛОГІН."),
        (("users", "add", "x"), "бракує --name."),
        (("users", "add", "x", "--name"), "параметр «--name» записано не так"),
        (("users", "add", "x", "--name", "Y", "--role", "boss"), "--role: має бути одне з: operator, admin."),
        (("users", "off", "x", "y"), "зайві або пропущені слова"),
        (("call", "--speech", "/nowhere.wav"), "--speech: потрібен файл, а такого немає."),
        (("call", "--keys", "abc"), "--keys: клавіші 0-9, * і #"),
        (("call", "--keys", "1,,2"), "--keys: клавіші 0-9, * і #"),
        (("call", "--from", 'xx"; y'), "--from: потрібен номер із цифр"),
        (("say", "x", "-o", "/"), "-o / --output: потрібен файл, а це тека."),
    ],
)
def test_a_mistyped_command_is_explained_in_ukrainian(words: tuple[str, ...], complaint: str) -> None:
    told = run(*words)
    assert told.exit_code == 2
    assert f"Помилка: {complaint}" in told.output
    assert "Error" not in told.output
    assert "Usage" not in told.output


def test_speech_that_is_no_sound_is_refused_before_anything_starts(tmp_path: Path) -> None:
    speech = tmp_path / "speech.wav"
    speech.write_bytes(b"ID3 an MP3")
    told = run("call", "--speech", str(speech))
    assert told.exit_code == 1
    assert told.output.strip() == "Помилка: speech.wav: це не WAV, хоч би як файл називався"


def test_an_output_that_cannot_be_written_is_named() -> None:
    told = run("prompts", "export", "-o", "/nowhere/texts.csv")
    assert told.exit_code == 1
    assert "Помилка: файл /nowhere/texts.csv не відкривається" in told.output


def test_a_group_alone_shows_its_help() -> None:
    assert "Команди:" in run("users").output


def test_interrupted_is_told_in_one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hotline.doctor.examine", interrupt)
    told = run("doctor")
    assert told.exit_code == 130
    assert told.output.strip() == "Перервано."


def test_no_database_yet_is_told_with_the_way_out() -> None:
    told = run("users", "list")
    assert told.exit_code == 1
    assert "база даних не відповідає" in told.output
    assert "hotline db upgrade" in told.output


def test_a_file_that_is_no_database_is_told_in_words(empty_data: Path) -> None:
    empty_data.mkdir()
    (empty_data / "hotline.sqlite").write_text("no database at all, whatever its name says")
    for words in (("users", "list"), ("db", "upgrade")):
        told = run(*words)
        assert told.exit_code == 1
        assert "Помилка: база даних не відповідає (file is not a database)" in told.output
    assert "! База даних: недоступна (file is not a database)" in run("db", "check").output


def test_the_doctor_makes_no_database_and_says_how_to(empty_data: Path) -> None:
    empty_data.mkdir()
    told = run("db", "check")
    assert told.exit_code == 1
    assert told.output == "! База даних: ще не створена: hotline run або hotline db upgrade\n"
    assert list(empty_data.iterdir()) == []


def test_a_folder_that_is_a_file_is_told_in_words(empty_data: Path) -> None:
    empty_data.write_text("")
    told = run("db", "upgrade")
    assert told.exit_code == 1
    assert f"Помилка: {empty_data}: це файл, а не тека" in told.output


def test_switching_somebody_off_is_confirmed() -> None:
    run("db", "upgrade")
    run("users", "add", "olena", "--name", "Олена Ткач")
    assert run("users", "off", "olena").output == "Вимкнено: olena\n"
    assert "olena: Олена Ткач, оператор, вимкнено" in run("users", "list").output


def test_a_persons_recording_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    studio, voice = tmp_path / "studio.wav", tmp_path / "new" / "voice"
    loud = np.rint(3000 * np.sin(np.arange(44100) / 20)).astype(np.int16)
    wav.write(studio, np.concatenate([np.zeros(8000, np.int16), loud]), 44100)
    told = run("prompts", "add", "welcome", str(studio), HOTLINE_RECORDED_VOICE=str(voice))
    assert told.output == "Записано welcome: 1.0 с\n"
    assert wav.check(voice / "welcome.wav").rate == 8000
    listed = run("prompts", "list", HOTLINE_RECORDED_VOICE=str(voice)).output
    assert re.search(r"^записано диктором +1\.0 с  welcome: ", listed, re.MULTILINE)


@pytest.mark.parametrize(
    ("key", "content", "complaint"),
    [
        ("welcom", b"", "у каталозі немає тексту «welcom»"),
        ("welcome", b"ID3 an MP3", "studio.wav: це не WAV"),
        ("welcome", None, "studio.wav: такого файлу немає"),
    ],
)
def test_a_recording_that_cannot_be_taken_leaves_the_old_one(
    tmp_path: Path, key: str, content: bytes | None, complaint: str
) -> None:
    studio, voice = tmp_path / "studio.wav", tmp_path / "voice"
    voice.mkdir()
    (voice / "welcome.wav").write_bytes(b"the old one")
    if content is not None:
        studio.write_bytes(content)
    told = run("prompts", "add", key, str(studio), HOTLINE_RECORDED_VOICE=str(voice))
    assert told.exit_code == 1
    assert f"Помилка: {complaint}" in told.output
    assert (voice / "welcome.wav").read_bytes() == b"the old one"


def test_a_recording_without_a_folder_for_it_is_refused_with_advice(tmp_path: Path) -> None:
    told = run("prompts", "add", "welcome", str(tmp_path / "studio.wav"))
    assert told.exit_code == 1
    assert "Помилка: задайте HOTLINE_RECORDED_VOICE" in told.output
