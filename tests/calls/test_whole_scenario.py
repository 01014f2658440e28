"""The whole job on real parts: a citizen on the telephone, an operator in Chromium, the line phones back."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from db import users
from db.models import Audit, Callback
from hotline.citizen import HangUp, Pause, Press, Speak, WaitTone
from hotline.virtual_call import take_callback
from tests.support.line import Line, appeal_of, now
from tests.web.browser.conftest import LAPTOP, PASSWORD, sit_down

pytestmark = [pytest.mark.calls, pytest.mark.browser, pytest.mark.speech]

SPEECH = Path(__file__).parent.parent / "data" / "speech" / "anatol-02.wav"
CALLER = "0505000001"


def test_from_the_spoken_word_to_the_citizens_yes(line: Line, chromium: Browser, tmp_path: Path):
    with line.records() as session:
        users.create(session, "olena", "Олена Ткач", "operator", PASSWORD, now())
        session.commit()
    since = now()
    settings = line.private.settings
    desk = sit_down(
        chromium.new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, locale="uk-UA"),
        f"http://{settings.panel_host}:{settings.panel_port}",
    )
    page = desk.page
    desk.log_in()

    script = (Pause(1.5), Press("2"), WaitTone(), Speak(SPEECH), HangUp())
    with line.dial(script, caller=CALLER) as citizen:
        assert citizen.result().ok
    call_id = line.finished_call(CALLER, since)
    with line.records() as session:
        card = f"/appeals/{appeal_of(session, call_id).id}"

    page.locator(f"a[href='{card}']").first.click(timeout=30_000)  # the list refreshes itself
    page.get_by_role("button", name="Слухати або зупинити").click()
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.5")
    word = page.locator(".word").first
    word.click()
    page.get_by_label("Виправити вибране").fill("Прорвало")
    page.get_by_role("button", name="Виправити", exact=True).click()
    expect(page.locator(".word.corrected")).to_have_text("Прорвало")
    page.get_by_role("button", name="Текст → у суть").click()
    page.get_by_label("Прізвище та ім'я").fill("Марія Коваль")
    page.get_by_label("Адреса").fill("просп. Волі, 45")
    page.get_by_label("Категорія").select_option(label="Холодна вода")
    desk.shot("real-call-draft")
    page.get_by_role("button", name="Зареєструвати").click()
    expect(page.get_by_role("status").filter(has_text="15-80/")).to_be_visible()
    page.get_by_role("button", name="Передати виконавцю").click()
    page.get_by_label("Що зроблено").fill("Трубу замінено")
    page.get_by_role("button", name="Виконано").click()
    expect(page.get_by_text("Виконано. Заявнику зателефонуємо")).to_be_visible()

    with line.records() as session:
        callback_id = session.scalar(
            select(Callback.id).where(Callback.status == "scheduled", Callback.phone.endswith(CALLER))
        )
    take_callback(line.private.parts, callback_id, "1", tmp_path, now())

    desk.open(card)
    expect(page.get_by_text("закрито, підтверджено").first).to_be_visible()
    desk.shot("real-call-closed")
    page.context.close()
    assert desk.complaints == []
    with line.records() as session:
        appeal = appeal_of(session, call_id)
        assert appeal.status == "closed_confirmed"
        assert appeal.text.startswith("Прорвало")
        assert session.scalar(select(Audit.id).where(Audit.what == "listened")) is not None
