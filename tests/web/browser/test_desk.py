"""What an operator does in the browser, in a genuine Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from db import users
from db.models import Transcript, User
from tests.web.browser.conftest import LAPTOP, PHONE, Desk, sit_down
from tests.web.city import NOON, City, Staff, recognise

pytestmark = pytest.mark.browser


def position(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def wait_until_after(page: Page, seconds: float) -> None:
    page.wait_for_function("seconds => document.querySelector('audio').currentTime > seconds", arg=seconds)


def test_a_recording_becomes_an_appeal_and_is_done(city: City, desk: Desk, spoken: int) -> None:
    page = desk.page
    desk.log_in()
    desk.shot("list")
    page.get_by_role("link", name="без номера").click()
    desk.shot("card-draft")

    page.get_by_role("button", name="Слухати або зупинити").click()
    wait_until_after(page, 0.3)
    expect(page.locator(".word.now")).to_have_count(1)

    page.locator(".word", has_text="Конякіна").click()
    page.locator(".word", has_text="чотири").click(modifiers=["Shift"])
    expect(page.get_by_label("Виправити вибране")).to_have_value("Конякіна двадцять чотири")
    page.get_by_label("Виправити вибране").fill("Конякіна, 24-А,")
    page.get_by_role("button", name="Виправити", exact=True).click()
    expect(page.locator(".word.corrected")).to_have_text("Конякіна, 24-А,")
    page.get_by_role("button", name="Текст → у суть").click()
    expect(page.get_by_label("Суть звернення")).to_have_value(re.compile("вулиці Конякіна, 24-А, немає"))

    page.get_by_label("Прізвище та ім'я").fill("Марія Коваль")
    page.get_by_label("Адреса").fill("вул. Конякіна")
    page.get_by_label("Будинок").fill("24-А")
    page.get_by_label("Категорія").select_option(label="Гаряча вода")
    chosen = page.get_by_label("Виконавець")
    expect(chosen.locator("option:checked")).to_have_text("ДКП «Луцьктепло»")
    page.get_by_role("button", name="Зареєструвати").click()
    expect(page.get_by_role("status").filter(has_text="15-80/2026/000001")).to_be_visible()
    page.get_by_role("button", name="Передати виконавцю").click()
    expect(page.get_by_text("Передано: ДКП «Луцьктепло».")).to_be_visible()
    desk.shot("card-forwarded")
    page.get_by_label("Що зроблено").fill("Замінили насос на бойлерній")
    page.get_by_role("button", name="Виконано").click()
    expect(page.get_by_text("Виконано. Заявнику зателефонуємо")).to_be_visible()
    desk.shot("card-done")
    card = city.read(spoken)
    assert (card.status, card.applicant, card.address, card.outcome) == (
        "feedback_pending",
        "Марія Коваль",
        "вулиця Конякіна, 24-А",
        "Замінили насос на бойлерній",
    )


def test_a_clicked_word_is_heard_and_the_playing_stops_after_it(desk: Desk, spoken: int) -> None:
    page = desk.page
    desk.log_in()
    desk.open(f"/appeals/{spoken}")
    word = page.locator(".word", has_text="гарячої")
    start, end = (float(word.get_attribute(name) or "") for name in ("data-start", "data-end"))
    word.click()
    wait_until_after(page, start)
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert start < position(page) < end + 1


def test_a_word_is_chosen_and_corrected_by_the_keyboard_alone(desk: Desk, spoken: int) -> None:
    page = desk.page
    desk.log_in()
    desk.open(f"/appeals/{spoken}")
    page.get_by_role("button", name="1,5×").focus()
    page.keyboard.press("Tab")
    for key in (*["ArrowRight"] * 6, "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator(".word.chosen")).to_have_text(["вулиці", "Конякіна"])
    page.keyboard.press("Enter")
    page.keyboard.type("вулиці Коняхіна")
    page.keyboard.press("Enter")
    expect(page.locator(".word.corrected")).to_have_text("вулиці Коняхіна")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".word.chosen")).to_have_count(1)


def test_shift_and_a_click_choose_words_and_no_letters(desk: Desk, spoken: int) -> None:
    page = desk.page
    desk.log_in()
    desk.open(f"/appeals/{spoken}")
    page.locator(".word", has_text="вулиці").click()
    page.locator(".word", has_text="гарячої").click(modifiers=["Shift"])
    assert page.evaluate("getSelection().toString()") == ""


def test_keys_play_stop_and_skip_but_not_while_typing(desk: Desk, spoken: int) -> None:
    page = desk.page
    desk.log_in()
    desk.open(f"/appeals/{spoken}")
    page.keyboard.press("Space")
    wait_until_after(page, 0.2)
    page.keyboard.press("ArrowRight")
    wait_until_after(page, 3)
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('audio').paused")
    before = position(page)
    page.keyboard.press("ArrowLeft")
    assert position(page) == pytest.approx(max(0, before - 3), abs=0.1)
    page.get_by_label("Адреса").fill("Конякіна")
    page.get_by_label("Адреса").press("Space")
    expect(page.get_by_label("Адреса")).to_have_value("Конякіна ")
    assert page.evaluate("document.querySelector('audio').paused")
    page.get_by_label("Адреса").press("Control+Space")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    page.get_by_role("button", name="1,5×").click()
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5


def test_the_waveform_is_drawn_and_a_click_on_it_seeks(desk: Desk, spoken: int) -> None:
    page = desk.page
    desk.log_in()
    desk.open(f"/appeals/{spoken}")
    page.locator(".wave canvas").first.wait_for()
    box = page.locator(".wave").bounding_box()
    assert box is not None and box["height"] >= 60
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("() => document.querySelector('audio').currentTime > 1")


def test_a_recording_cut_off_by_a_crash_is_heard_all_the_same(city: City, desk: Desk, spoken: int) -> None:
    """The header of a WAV holds its length only when the recording ended properly."""
    path = city.store.path("ast-1700000001.1", "2-appeal.wav")
    sound = bytearray(path.read_bytes())
    sound[4:8] = sound[40:44] = bytes(4)
    path.write_bytes(sound)
    desk.log_in()
    desk.open(f"/appeals/{spoken}")
    desk.page.get_by_role("button", name="Слухати або зупинити").click()
    wait_until_after(desk.page, 1.0)
    expect(desk.page.locator(".wave canvas").first).to_be_visible()


def test_a_new_draft_appears_in_the_list_without_reloading(city: City, desk: Desk) -> None:
    desk.log_in()
    expect(desk.page.get_by_text("Нових звернень немає.")).to_be_visible()
    desk.page.evaluate("window.sameWindow = true")
    city.appeal()
    expect(desk.page.get_by_role("link", name="без номера")).to_be_visible(timeout=30_000)
    assert desk.page.evaluate("window.sameWindow")


def test_a_list_that_cannot_refresh_says_so_until_it_can(city: City, desk: Desk) -> None:
    desk.log_in()
    warning = desk.page.get_by_text("Немає зв'язку з панеллю")
    desk.page.route("**/appeals", lambda route: route.abort())
    expect(warning).to_be_visible(timeout=30_000)
    desk.page.unroute("**/appeals")
    expect(warning).to_be_hidden(timeout=30_000)
    desk.complaints = [text for text in desk.complaints if "Failed to load resource" not in text and "htmx" not in text]


def test_a_list_whose_session_ended_goes_to_the_login(city: City, desk: Desk) -> None:
    desk.log_in()
    with city.records() as session:
        user = session.query(User).filter_by(login="olena").one()
        users.deactivate(session, user, by=None, at=NOON)
        session.commit()
    expect(desk.page.get_by_role("heading", name="вхід для операторів")).to_be_visible(timeout=30_000)
    desk.complaints = [text for text in desk.complaints if "401" not in text]


def test_what_was_typed_outlives_the_session(city: City, desk: Desk, spoken: int) -> None:
    page = desk.page
    desk.log_in()
    desk.open(f"/appeals/{spoken}")
    page.get_by_label("Прізвище та ім'я").fill("Марія Коваль")
    page.context.clear_cookies()
    page.get_by_role("button", name="Зберегти").last.click()
    expect(page.get_by_role("alert").filter(has_text="Сеанс закінчився")).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="увійдіть у новій вкладці").click()
    sit_down(page.context, desk.panel, opened.value).log_in()
    page.get_by_role("button", name="Зберегти").last.click()
    expect(page.get_by_text("Збережено.")).to_be_visible()
    assert city.read(spoken).applicant == "Марія Коваль"
    desk.complaints = [text for text in desk.complaints if "401" not in text]


def test_what_was_typed_outlives_a_panel_that_does_not_answer(city: City, desk: Desk, spoken: int) -> None:
    page = desk.page
    desk.log_in()
    desk.open(f"/appeals/{spoken}")
    page.get_by_label("Прізвище та ім'я").fill("Марія Коваль")
    page.route("**/account/token", lambda route: route.abort())
    page.get_by_role("button", name="Зберегти").last.click()
    expect(page.get_by_role("alert").filter(has_text="Немає зв'язку з панеллю")).to_be_visible()
    page.unroute("**/account/token")
    page.get_by_role("button", name="Зберегти").last.click()
    expect(page.get_by_text("Збережено.")).to_be_visible()
    desk.complaints = [text for text in desk.complaints if "Failed to load resource" not in text]


def test_a_transcript_appears_on_the_open_card(city: City, desk: Desk) -> None:
    appeal = city.appeal(status="new_recording")
    desk.log_in()
    desk.open(f"/appeals/{appeal}")
    expect(desk.page.get_by_text("Розпізнавання чекає своєї черги.")).to_be_visible()
    with city.records() as session:
        recognise(session, city.recording_of(appeal), "немає світла на Львівській", NOON)
        session.commit()
    expect(desk.page.get_by_label("Суть звернення")).to_have_value("немає світла на Львівській", timeout=30_000)


def test_a_transcript_that_arrives_does_not_take_away_what_is_being_typed(city: City, desk: Desk) -> None:
    appeal = city.appeal(status="new_recording")
    desk.log_in()
    desk.open(f"/appeals/{appeal}")
    desk.page.get_by_label("Суть звернення").fill("Я чую: немає світла")
    with city.records() as session:
        recognise(session, city.recording_of(appeal), "немає світла на Львівській", NOON)
        session.commit()
    expect(desk.page.locator(".word").first).to_be_visible(timeout=30_000)
    expect(desk.page.get_by_label("Суть звернення")).to_have_value("Я чую: немає світла")
    desk.page.get_by_role("button", name="Зберегти").last.click()
    expect(desk.page.get_by_text("Збережено.")).to_be_visible()
    assert city.read(appeal).text == "Я чую: немає світла"


def test_a_colleague_who_saved_the_card_meanwhile_is_not_overwritten(city: City, desk: Desk) -> None:
    appeal = city.appeal()
    desk.log_in()
    desk.open(f"/appeals/{appeal}")
    desk.page.get_by_label("Прізвище та ім'я").fill("Марія Коваль")
    colleague = Staff(city.app().test_client())
    colleague.log_in("admin")
    colleague.press(appeal, "save", applicant="Петро Савчук", category="HOTW")
    expect(desk.page.get_by_text("Картку щойно змінив хтось із колег.")).to_be_visible(timeout=30_000)
    expect(desk.page.get_by_label("Прізвище та ім'я")).to_have_value("Марія Коваль")
    desk.page.get_by_role("button", name="Зберегти").last.click()
    expect(desk.page.get_by_text("Не збережено: поки картка була відкрита")).to_be_visible()
    expect(desk.page.get_by_text("Зараз у картці: Петро Савчук")).to_be_visible()
    expect(desk.page.get_by_label("Категорія")).to_have_value("HOTW")
    desk.shot("card-conflict")
    desk.page.get_by_role("button", name="Зберегти").last.click()
    expect(desk.page.get_by_text("Збережено.")).to_be_visible()
    assert city.read(appeal).applicant == "Марія Коваль"
    desk.complaints.remove("Failed to load resource: the server responded with a status of 409 (CONFLICT)")


def test_a_card_nobody_types_in_follows_a_colleague(city: City, desk: Desk) -> None:
    appeal = city.appeal()
    desk.log_in()
    desk.open(f"/appeals/{appeal}")
    colleague = Staff(city.app().test_client())
    colleague.log_in("admin")
    colleague.press(appeal, "register", text="Немає води", category="HOTW")
    expect(desk.page.get_by_label("Категорія")).to_have_value("HOTW", timeout=30_000)
    expect(desk.page.get_by_role("heading", name="15-80/2026/000001")).to_be_visible()
    desk.page.get_by_role("button", name="Передати виконавцю").click()
    expect(desk.page.get_by_text("Передано: ДКП «Луцьктепло».")).to_be_visible()


def test_enter_in_a_field_saves_and_never_registers(city: City, desk: Desk, spoken: int) -> None:
    desk.log_in()
    desk.open(f"/appeals/{spoken}")
    desk.page.get_by_label("Категорія").select_option("HOTW")
    desk.page.get_by_label("Адреса").fill("Конякіна 24")
    desk.page.get_by_label("Адреса").press("Enter")
    expect(desk.page.get_by_text("Збережено.")).to_be_visible()
    assert city.read(spoken).status == "draft"


def test_words_of_a_citizen_never_run_as_a_script(city: City, desk: Desk) -> None:
    attack = "<img src=x onerror=window.hacked=1> <script>window.hacked=1</script>"
    appeal = city.appeal(words=attack)
    desk.log_in()
    for path in ("/appeals", f"/appeals/{appeal}", "/calls"):
        desk.open(path)
        assert desk.page.evaluate("window.hacked") is None
    desk.open(f"/appeals/{appeal}")
    desk.page.locator(".word").first.click()
    desk.page.get_by_label("Виправити вибране").fill(attack)
    desk.page.get_by_role("button", name="Виправити", exact=True).click()
    expect(desk.page.locator(".word.corrected")).to_have_text(attack)
    assert desk.page.evaluate("window.hacked") is None
    with city.records() as session:
        assert session.query(Transcript).one().corrections[0].text == attack


def test_a_notice_is_previewed_and_published(desk: Desk) -> None:
    page = desk.page
    desk.log_in()
    desk.open("/notices/new")
    page.get_by_label("Що сталося").select_option("no_cold_water")
    page.get_by_label("Вулиці та будинки").fill("вулиця Конякіна: 22, 24-А")
    expect(page.locator("#preview")).to_contain_text("вулиця Конякіна 22 24-А")
    desk.shot("notice-new")
    page.get_by_role("button", name="Озвучувати").dblclick()
    expect(page.get_by_text("Повідомлення В-2026-00001 озвучується.")).to_be_visible()
    expect(page.locator("article.notice")).to_have_count(1)
    desk.shot("notices")
    page.get_by_role("button", name="Відновлено").click()
    expect(page.get_by_text("чинних повідомлень немає")).to_be_visible()


@pytest.mark.parametrize(("name", "size"), [("laptop", LAPTOP), ("phone", PHONE)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_the_screen(
    city: City, chromium: Browser, panel: str, spoken: int, name: str, size: tuple[int, int], scheme: str
) -> None:
    city.appeal(status="new_recording", caller="380671112233")
    city.line_is(recogniser="none", advice="Встановіть модель командою hotline models.", waiting=1)
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="uk-UA",
        color_scheme=scheme,  # type: ignore[arg-type]  # one of two literals above
    )
    desk = sit_down(context, panel)
    desk.log_in("admin")
    pages = ("/appeals", f"/appeals/{spoken}", "/calls", "/calls/ast-1700000001.1", "/notices/new", "/line", "/help")
    for path in (*pages, "/audit", "/account"):
        desk.open(path)
        desk.page.wait_for_load_state("networkidle")
        wide = desk.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px wider than a {name}"
        desk.shot(f"{name}-{scheme}{path.replace('/', '-').replace('.', '-')}")
    context.close()
    assert desk.complaints == []
