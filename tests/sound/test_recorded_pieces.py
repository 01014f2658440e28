"""Parts of a sentence as recorded pieces: the pieces say what the text says."""

from __future__ import annotations

import pytest

from ivr_flows.commands import Clock, Date, Digits, House, Number, Part, Prompt, Street, Words
from sound import catalogue
from sound.catalogue import UnknownPrompt
from sound.pieces import keys_of
from sound.words import MONTH_DAYS, Unspeakable, text_of_part

TEXTS = catalogue.load()
ALL_CLOCKS = [Clock(hour, minute) for hour in range(24) for minute in range(60)]
ALL_DATES = [Date(day, month + 1) for month, days in enumerate(MONTH_DAYS) for day in range(1, days + 1)]


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        (Prompt("notice.until"), ("notice.until",)),
        (Number(0), ("number.0",)),
        (Number(100), ("number.100",)),
        (Number(1045), ("number.1000", "number.45")),
        (Digits("105"), ("number.1", "number.0", "number.5")),
        (Clock(18, 0), ("hour.gen.18",)),
        (Clock(18, 5), ("hour.gen.18", "minute.05")),
        (Clock(18, 30), ("hour.gen.18", "number.30")),
        (Date(23, 11), ("day.gen.23", "month.gen.11")),
        (House("24-А"), ("number.24", "letter.а")),
        (House("145/2"), ("number.100", "number.45", "letter.slash", "number.2")),
        (House("7к2"), ("number.7", "letter.corpus", "number.2")),
        (House("1-15"), ("notice.from_house", "number.1", "notice.to_house", "number.15")),
        (Street("вулиця", "В’їзна"), ("street.вулиця.В'їзна",)),
    ],
)
def test_a_part_is_put_together_from_pieces(part: Part, keys: tuple[str, ...]) -> None:
    assert keys_of(part, TEXTS) == keys


@pytest.mark.parametrize(
    "part",
    [
        Words("будь-що"),
        Street("вулиця", "Небувала"),
        Street("площа", "Волі"),
        House("24-Я"),
        House("б/н"),
        Number(2000),
    ],
)
def test_what_nobody_recorded_has_no_pieces(part: Part) -> None:
    assert keys_of(part, TEXTS) is None


def test_pieces_say_word_for_word_what_the_text_says() -> None:
    parts: list[Part] = [*map(Number, range(2000)), *ALL_CLOCKS, *ALL_DATES, Digits("0123456789")]
    for part in parts:
        keys = keys_of(part, TEXTS)
        assert keys is not None, part
        assert " ".join(TEXTS.text(key) for key in keys) == text_of_part(part, TEXTS)


def test_bad_values_are_refused_as_in_the_text() -> None:
    with pytest.raises(Unspeakable):
        keys_of(Clock(25, 0), TEXTS)
    with pytest.raises(UnknownPrompt):
        keys_of(Prompt("nobody_wrote_this"), TEXTS)
