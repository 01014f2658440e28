"""What the parts say when they are put together."""

from __future__ import annotations

import os
from pathlib import Path

from hotline import health
from hotline.prepare import prepare_records
from hotline.settings import Settings
from hotline.wiring import Parts
from ivr_flows.questions import Outage, Place
from transcribe import ready
from transcribe.ready import Readiness


def test_an_outage_reads_as_sentences_on_the_screen(tmp_path: Path) -> None:
    places = (Place("вулиця", "Конякіна", ("22", "24-А")), Place("проспект", "Волі", ()))
    outage = Outage("", "emergency", "no_hot_water", False, places, ends=None, ends_firm=False, remark="Ремонтники")
    text = Parts(Settings(data_dir=tmp_path)).text_of_outage(outage)
    assert text.startswith("Аварія. Немає гарячої води. Вулиця Конякіна")
    assert ". Проспект Волі. Час" in text
    assert text.endswith("Ремонтники.")


def test_what_to_do_about_recognition_is_one_sentence_for_the_panel(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    prepare_records(settings, lambda words: None)
    assert Parts(settings).line_state().advice == "Розпізнавання не запущено."
    ready.announce(settings.recogniser_state, Readiness("", "", health.now(), os.getpid(), "Встановіть модель."))
    assert Parts(settings).line_state().advice == "Встановіть модель."
    ready.announce(settings.recogniser_state, Readiness("vosk", "uk", health.now(), os.getpid()))
    assert Parts(settings).line_state().advice == ""
