"""Parts of a sentence as Ukrainian text."""

from __future__ import annotations

import pytest

from ivr_flows.commands import Clock, Date, Digits, House, Number, Part, Prompt, Say, Street, Words
from sound import catalogue
from sound.catalogue import UnknownPrompt
from sound.words import Unspeakable, text_of, text_of_part

TEXTS = catalogue.load()


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (Prompt("notice.no_power"), "Немає електропостачання."),
        (Number(0), "нуль"),
        (Number(45), "сорок п'ять"),
        (Number(1234), "тисяча двісті тридцять чотири"),
        (Number(9999), "дев'ять тисяч дев'ятсот дев'яносто дев'ять"),
        (Digits("1580"), "один п'ять вісім нуль"),
        (Clock(18, 30), "вісімнадцятої тридцять"),
        (Clock(9, 0), "дев'ятої"),
        (Clock(0, 5), "нульової нуль п'ять"),
        (Clock(23, 59), "двадцять третьої п'ятдесят дев'ять"),
        (Date(23, 11), "двадцять третього листопада"),
        (Date(3, 1), "третього січня"),
        (Date(29, 2), "двадцять дев'ятого лютого"),
        (House("24-А"), "двадцять чотири а"),
        (House("24а"), "двадцять чотири а"),
        (House("9 б"), "дев'ять б"),
        (House("12/3"), "дванадцять дріб три"),
        (House("12/3-В"), "дванадцять дріб три в"),
        (House("7 корп. 2"), "сім корпус два"),
        (House("7к2"), "сім корпус два"),
        (House("1-15"), "від одного до п'ятнадцяти"),
        (House("24-A"), "двадцять чотири а"),
        (House("б/н"), "б/н"),
        (Street("вулиця", "Винниченка"), "вулиця Винниченка"),
        (Street("вулиця", "В’їзна"), "вулиця В'їзна"),
        (Street("провулок", "6-й Малоомелянівський"), "провулок шостий Малоомелянівський"),
        (Words("Подача до 17:30, вул. Шопена, 5-Б"), "Подача до сімнадцятої тридцять, вулиця Шопена, п'ять б"),
    ],
)
def test_a_part_is_said_in_words(part: Part, text: str) -> None:
    assert text_of_part(part, TEXTS) == text


def test_a_sentence_is_its_parts_one_after_another() -> None:
    say = Say((Prompt("notice.no_power"), Street("проспект", "Волі"), Prompt("notice.until"), Clock(18, 30)))
    assert text_of(say, TEXTS) == "Немає електропостачання. проспект Волі до вісімнадцятої тридцять"


@pytest.mark.parametrize(
    "part",
    [
        *(Number(-1), Number(10_000), Clock(24, 0), Clock(12, 60), Clock(-1, 0), Date(0, 1), Date(31, 6), Date(30, 2)),
        *(Date(1, 0), Date(1, 13), Digits(""), Digits("12a"), Digits("٣")),
    ],
)
def test_an_impossible_value_is_refused_and_not_read_out(part: Part) -> None:
    with pytest.raises(Unspeakable):
        text_of_part(part, TEXTS)


def test_an_unknown_prompt_is_refused() -> None:
    with pytest.raises(UnknownPrompt):
        text_of(Say((Prompt("nobody_wrote_this"),)), TEXTS)
