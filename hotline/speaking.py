"""What the line says, for the commands ``say`` and ``prompts``."""

from __future__ import annotations

import ast
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import ivr_flows
from hotline.prepare import NotPossible
from hotline.settings import Settings
from hotline.wiring import synthesiser_of
from ivr_flows.commands import Prompt, Say, Words
from sound import catalogue, report, wav
from sound.report import PromptRow, State
from sound.voice import Voice
from sound.words import text_of

STATES: dict[State, str] = {
    "recorded-by-person": "записано диктором",
    "recorded": "записано",
    "synthesised": "синтезується",
    "missing": "нема чим сказати",
}
"""How a text is said, for the administrator."""


def say_to_file(settings: Settings, text: str, output: Path) -> None:
    """Write what the line would say: the recorded prompt when ``text`` is a key of the catalogue, else synthesis.

    Raises:
        CannotSay: nothing here can say it.
        OSError: the file cannot be written.
    """
    texts = catalogue.load(settings.recorded_voice)
    sentence = Say((Prompt(text) if text in texts else Words(text),))
    with tempfile.TemporaryDirectory() as folder:
        spoken = Voice(Path(folder), texts, synthesiser_of(settings)).speak(sentence)
        shutil.copyfile(spoken, output)


def catalogue_text(settings: Settings) -> Callable[[Say], str]:
    """A function that gives a sentence's Ukrainian text."""
    texts = catalogue.load(settings.recorded_voice)
    return lambda sentence: text_of(sentence, texts)


def prompt_rows(settings: Settings) -> list[PromptRow]:
    """Every text of the line and how it is said."""
    return report.rows(catalogue.load(settings.recorded_voice), synthesiser_of(settings))


def prompt_problems(settings: Settings) -> list[str]:
    """What is wrong with the recorded pieces; texts that nobody recorded yet are no problem but work to do."""
    return report.check(catalogue.load(settings.recorded_voice))


def unrecorded(settings: Settings) -> list[PromptRow]:
    """Texts of the flows that are synthesised because nobody recorded them."""
    wanted = set(report.missing(catalogue.load(settings.recorded_voice), keys_of_flows()))
    return [row for row in prompt_rows(settings) if row.key in wanted]


def export_unrecorded(settings: Settings, out: TextIO) -> int:
    """Write the texts a person has not recorded as CSV; returns how many."""
    return report.export(prompt_rows(settings), out)


def add_recording(settings: Settings, key: str, file: Path) -> float:
    """Put a person's recording of a text in the place of the shipped one; returns its length, seconds.

    Raises:
        NotPossible: nobody has said where the recordings of a person lie.
        UnknownPrompt: no text has this key.
        UnusableSound: ``file`` is no sound, or silent; a recording that was there before stays.
        OSError: the folder cannot be written.
    """
    target = catalogue.load(settings.recorded_voice).file_by_person(key)
    if target is None:
        raise NotPossible("задайте HOTLINE_RECORDED_VOICE: теку, де лежатимуть записи диктора")
    target.parent.mkdir(parents=True, exist_ok=True)
    return wav.convert(file, target).seconds


def keys_of_flows() -> set[str]:
    """Every catalogue key that stands as a literal in the flows."""
    texts = catalogue.load()
    keys: set[str] = set()
    for file in Path(ivr_flows.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in texts:
                keys.add(node.value)
    return keys
