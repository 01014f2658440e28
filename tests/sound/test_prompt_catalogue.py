"""The catalogue: every text has one file, a person's recording comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from sound import catalogue
from sound.catalogue import BadCatalogue, UnknownPrompt


def written(folder: Path, text: str) -> Path:
    (folder / "catalogue.csv").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_catalogue_gives_texts_and_files() -> None:
    texts = catalogue.load()
    assert len(texts) >= 471
    assert texts.text("recording_notice") == "Розмова записується."
    assert texts.file("welcome").is_file()
    assert "letter.а" in texts


def test_a_prompt_nobody_wrote_is_refused_by_name() -> None:
    with pytest.raises(UnknownPrompt, match="welcom_e"):
        catalogue.load().text("welcom_e")
    with pytest.raises(UnknownPrompt, match="nope"):
        catalogue.load().file("nope")


def test_a_persons_recording_wins_and_deleting_it_brings_the_shipped_one_back(tmp_path: Path) -> None:
    texts = catalogue.load(recorded=tmp_path)
    shipped = texts.file("welcome")
    own = tmp_path / "welcome.wav"
    own.write_bytes(shipped.read_bytes())
    assert texts.file("welcome") == own
    assert texts.candidates("welcome") == (own, shipped)
    own.unlink()
    assert texts.file("welcome") == shipped


def test_a_folder_for_recordings_need_not_exist(tmp_path: Path) -> None:
    assert catalogue.load(recorded=tmp_path / "later").file("welcome").is_file()


@pytest.mark.parametrize(
    "text",
    [
        "key,file,text\nwelcome,../../etc/passwd.wav,Вітаємо\n",
        "key,file,text\nwelcome,welcome.mp3,Вітаємо\n",
        "key,file,text\nwelcome,.wav,Вітаємо\n",
        "key,file,text\nwelcome,welcome.wav,\n",
        "key,file,text\nwelcome,a.wav,Вітаємо\nwelcome,b.wav,Вітаємо\n",
        "key,file,text\nwelcome,a.wav,Вітаємо\nhello,a.wav,Вітаємо\n",
        "key,text\nwelcome,Вітаємо\n",
        "key,file,text\nwelcome,welcome.wav\n",
    ],
)
def test_a_wrong_row_of_a_hand_edited_catalogue_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadCatalogue):
        catalogue.load(shipped=written(tmp_path, text))


def test_a_missing_or_broken_catalogue_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BadCatalogue, match="cannot be read"):
        catalogue.load(shipped=tmp_path)
    (tmp_path / "catalogue.csv").write_bytes("key,file,text\nwelcome,welcome.wav,Вітаємо\n".encode("cp1251"))
    with pytest.raises(BadCatalogue, match="cannot be read"):
        catalogue.load(shipped=tmp_path)
