"""Composed sentences, through a telephone's A-law at 8 kHz, as a stranger hears them: Whisper base writes them down.

Whisper writes figures for number words and splits words as it likes; so the street must be the likeliest of all the
streets on record, and hours and dates are looked for in figures or in words.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest

from ivr_flows.commands import Clock, Date, Digits, House, Prompt, Say, Street
from sound import catalogue, wav
from sound.voice import Voice

pytestmark = pytest.mark.speech

TEXTS = catalogue.load()
STREETS = [entry.key.split(".", 2)[2] for entry in TEXTS if entry.key.startswith("street.")]
Listener = Callable[[Say], str]


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Whisper base; 145 MB, so it is not left behind."""
    pytest.importorskip("faster_whisper", reason="pip install -r requirements-whisper.txt")
    from transcribe.whisper_base import wheels_installed, whisper_base

    if not wheels_installed():
        pytest.skip("pip install -r requirements-whisper.txt")
    cache = tmp_path_factory.mktemp("models")
    yield whisper_base(cache)
    shutil.rmtree(cache)


@pytest.fixture(scope="module")
def listener(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Listener:
    """Says a sentence with recorded pieces only and returns what was understood, lower-case."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(model_folder), device="cpu", compute_type="int8", local_files_only=True)
    folder = tmp_path_factory.mktemp("line")
    voice = Voice(folder, TEXTS, synthesiser=None)

    def listen(say: Say) -> str:
        folder.mkdir(exist_ok=True)
        samples, rate = wav.read_pcm(voice.speak(say))
        line = wav.resample(through_a_law(samples), rate, 16_000).astype(np.float32) / 32768
        segments, _ = model.transcribe(line, language="uk", beam_size=5)
        return " ".join(segment.text for segment in segments).lower()

    return listen


def through_a_law(samples: wav.Samples) -> wav.Samples:
    """What is left after a telephone exchange: the nearest of the 256 A-law values (ITU-T G.711)."""
    steps = [(2 * fine + 1) * 8 if seg == 0 else (2 * fine + 33) << (seg + 2) for seg in range(8) for fine in range(16)]
    values = np.array(sorted([*steps, *(-step for step in steps)]))
    middles = (values[1:] + values[:-1]) / 2
    return values[np.searchsorted(middles, samples)].astype(np.int16)


def likeliest_street(heard: str) -> str:
    """The street of the record that stands most clearly in the text."""
    letters = re.sub(r"[^а-яґєії]", "", heard)

    def clearness(street: str) -> float:
        name = re.sub(r"[^а-яґєії]", "", street.lower())
        starts = range(max(1, len(letters) - len(name) + 1))
        return max(SequenceMatcher(None, letters[start : start + len(name)], name).ratio() for start in starts)

    return max(STREETS, key=clearness)


@pytest.mark.parametrize(
    ("say", "street", "understood"),
    [
        (
            Say(
                (
                    *(Prompt("notice.no_power"), Prompt("notice.addresses"), Street("вулиця", "Винниченка")),
                    *(Prompt("notice.house"), House("24"), Prompt("notice.until"), Clock(18, 30)),
                )
            ),
            "Винниченка",
            [r"електропостачання", r"24|двадцять чотири", r"18\D?30|вісімнадцят\w+ тридцят"],
        ),
        (
            Say(
                (
                    *(Prompt("notice.no_cold_water"), Street("проспект", "Соборності"), Prompt("notice.house")),
                    *(House("12/3"), Prompt("notice.about_until"), Clock(16, 0), Prompt("notice.hours")),
                )
            ),
            "Соборності",
            [r"холодної води", r"12|дванадцять", r"16|шістнадцят"],
        ),
        (
            Say(
                (
                    *(Prompt("notice.planned"), Street("вулиця", "Конякіна"), Prompt("notice.house"), House("48-Б")),
                    *(Prompt("notice.from"), Clock(9, 0), Prompt("notice.until"), Clock(17, 0)),
                )
            ),
            "Конякіна",
            [r"планові", r"48|сорок вісім", r"9|дев.ят", r"17|сімнадцят"],
        ),
    ],
)
def test_street_house_and_hour_of_a_notice_are_understood(
    listener: Listener, say: Say, street: str, understood: list[str]
) -> None:
    heard = listener(say)
    assert likeliest_street(heard) == street, heard
    for pattern in understood:
        assert re.search(pattern, heard), f"{pattern} in {heard!r}"


def test_the_number_of_an_appeal_is_understood_figure_by_figure(listener: Listener) -> None:
    heard = listener(Say((Prompt("appeal_number"), Digits("15802347"))))
    assert "".join(re.findall(r"\d", heard)) == "15802347", heard


def test_the_term_of_an_appeal_is_understood(listener: Listener) -> None:
    heard = listener(Say((Prompt("status_in_progress"), Prompt("status_due"), Date(23, 11))))
    assert re.search(r"(23|двадцять трет\w+) листопада", heard), heard
