"""The card in a real browser during a real call: words appear, and after the hang-up the fields are filled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from db import users
from hotline.citizen import HangUp, Pause, Press, Speak, WaitTone
from tests.support.line import Line, appeal_of, calls_of, now
from tests.web.browser.conftest import LAPTOP, PASSWORD, sit_down

pytestmark = [pytest.mark.calls, pytest.mark.browser, pytest.mark.speech]

SPEECH = Path(__file__).parent.parent / "data" / "speech"
NO_HOT_WATER = SPEECH / "natalia-01.wav"
"""«... на вулиці Конякіна двадцять чотири немає гарячої води вже три дні.»"""
SAID_AGAIN = SPEECH / "anatol-01.wav"
CALLER = "0509000001"


def test_words_stand_in_the_card_while_a_citizen_speaks_and_fields_after_the_hang_up(line: Line, chromium: Browser):
    with line.records() as session:
        users.create(session, "iryna", "Ірина Лис", "operator", PASSWORD, now())
        session.commit()
    since, settings = now(), line.private.settings
    desk = sit_down(
        chromium.new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, locale="uk-UA"),
        f"http://{settings.panel_host}:{settings.panel_port}",
    )
    page = desk.page
    desk.log_in("iryna")
    said = page.get_by_role("region", name="Слова, які вже почуто")

    # The citizen holds the line at the end, so that the operator's clicks below are during the call.
    script = (Pause(1.5), Press("2"), WaitTone(), Speak(NO_HOT_WATER), Pause(2.0), Speak(SAID_AGAIN), Pause(12.0))
    with line.dial((*script, HangUp()), caller=CALLER) as citizen:
        talking = page.get_by_role("region", name="Зараз говорять").get_by_role("link", name="Відкрити картку")
        talking.first.click(timeout=60_000)
        expect(said).to_contain_text(re.compile("гаряч", re.IGNORECASE), timeout=60_000)
        with line.records() as session:
            assert [call.ended_at for call in calls_of(session, CALLER)] == [None], "the citizen is still there"
        desk.shot("real-call-live-card")
        assert citizen.result().ok
    call_id = line.finished_call(CALLER, since)

    expect(page.get_by_label("Категорія").locator("option:checked")).to_have_text("Гаряча вода", timeout=60_000)
    expect(page.get_by_label("Адреса: вулиця або місце")).to_have_value("вулиця Конякіна")
    expect(page.get_by_label("Будинок")).to_have_value("24")
    expect(page.locator('[data-field="category"]')).to_contain_text(re.compile("гаряч", re.IGNORECASE))
    expect(page.locator('[data-field="address"]')).to_contain_text(re.compile("24|двадцять чотири"))
    expect(said).to_be_hidden()
    desk.shot("real-call-filled-card")
    page.context.close()
    assert desk.complaints == []
    with line.records() as session:
        assert appeal_of(session, call_id).status in ("draft", "new_recording")
