"""A card while its call runs, and after it: words appear, an alarm reaches everybody, suggestions are confirmed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from db.draft_tables import LabelledExample
from db.drafts import Suggested
from hotline.drafting import Drafting
from tests.web.browser.conftest import Desk, sit_down
from tests.web.city import City
from tests.web.live import LiveCall, address
from transcribe.understanding.understand import Understander

pytestmark = pytest.mark.browser

SAID = "добрий день це Марія Коваль у нас на вулиці Гордіюк двадцять чотири немає гарячої води третій день"
WRITTEN = "добрий день це Марія Коваль у нас на вулиці Гордіюк 24 немає гарячої води третій день"
SUGGESTED = (
    Suggested("applicant", "Марія Коваль", "Марія Коваль", 0.8, True, [(3, 4)], "назвався"),
    address("Захисників України", "24", [(7, 11)], sure=True, confidence=0.96, why="раніше Гордіюк", street_id=1),
    address("Гордіївська", "24", [(7, 11)], sure=False, confidence=0.4),
    Suggested("category", "HOTW", "Гаряча вода", 0.9, True, [(12, 14)], "гаряча вода"),
    Suggested("category", "WATER", "Холодна вода", 0.3, False, [(14, 14)], "вода"),
    Suggested("urgency", "N1", "звичайне", 1.0, True, [], "нічого термінового не сказано"),
    Suggested("executor", "heat", "ДКП «Луцьктепло»", 1.0, True, [], "за категорією та адресою"),
    Suggested("kind", "appeal", "звернення", 1.0, True),
)


COUNT_TONES = """
window.tones = 0;
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { window.tones += 1; return play.call(this); };
"""


def block(page: Page, field: str) -> Locator:
    return page.locator(f'[data-field="{field}"]')


def test_words_appear_while_the_citizen_speaks_and_the_fields_are_filled_after_the_call(city: City, desk: Desk) -> None:
    page = desk.page
    desk.log_in()
    expect(page.get_by_role("region", name="Зараз говорять")).to_be_hidden()
    call = LiveCall(city)
    call.says("добрий день це Марія Коваль")
    talking = page.get_by_role("region", name="Зараз говорять")
    expect(talking).to_contain_text("050 123 45 67")
    expect(talking).to_contain_text("добрий день це Марія Коваль")
    desk.shot("live-list")
    talking.get_by_role("link", name="Відкрити картку").click()

    said = page.get_by_role("region", name="Слова, які вже почуто")
    expect(said).to_contain_text("добрий день це Марія Коваль")
    call.says("у нас на вулиці Гордіюк двадцять чотири", unsure="Гордіюк")
    expect(said).to_contain_text("вулиці Гордіюк двадцять чотири")
    expect(said.locator(".unsure")).to_have_text("Гордіюк")
    expect(page.get_by_text("Запис можна буде прослухати, щойно людина договорить.")).to_be_visible()
    desk.shot("live-card")

    page.evaluate("window.sameWindow = true")
    call.says("немає гарячої води третій день")
    call.hangs_up(SUGGESTED, written=WRITTEN)
    expect(page.get_by_label("Суть звернення")).to_have_value(WRITTEN)
    expect(said).to_be_hidden()
    expect(page.get_by_label("Прізвище та ім'я")).to_have_value("Марія Коваль")
    expect(page.get_by_label("Адреса: вулиця або місце")).to_have_value("вулиця Захисників України")
    expect(page.get_by_label("Будинок")).to_have_value("24")
    expect(page.get_by_label("Категорія").locator("option:checked")).to_have_text("Гаряча вода")
    expect(page.get_by_label("Виконавець").locator("option:checked")).to_have_text("ДКП «Луцьктепло»")
    expect(page.locator(".word").first).to_have_text("добрий")
    for field, words in (
        ("applicant", "Марія Коваль"),
        ("address", "вулиці Гордіюк двадцять чотири"),
        ("category", "немає гарячої води"),
    ):
        expect(block(page, field).locator(".hear").first).to_contain_text(words.split()[-1])
        expect(block(page, field).get_by_text("заповнила машина, перевірте")).to_be_visible()
    assert page.evaluate("window.sameWindow"), "the page was never reloaded"
    desk.shot("live-filled")


def test_real_rules_alarm_while_it_is_said_and_fill_the_card_when_it_is_over(city: City, desk: Desk) -> None:
    page = desk.page
    desk.log_in()
    call = LiveCall(city, drafting=Drafting(Understander))
    call.says("алло швидше на вулиці гордіюк двадцять чотири сильно пахне")
    expect(page.get_by_role("region", name="Зараз говорять")).to_contain_text("сильно пахне")
    expect(page.get_by_text("Телефонуйте 104!")).to_be_hidden()
    call.says("газом")
    expect(page.get_by_text("Телефонуйте 104!")).to_be_visible()
    page.get_by_role("link", name="Відкрити картку").click()
    call.says("квартира сорок два")
    call.hangs_up()
    expect(page.get_by_label("Адреса: вулиця або місце")).to_have_value("вулиця Захисників України")
    expect(page.get_by_label("Будинок")).to_have_value("24")
    expect(page.get_by_label("Квартира", exact=True)).to_have_value("42")
    expect(page.get_by_label("Категорія").locator("option:checked")).to_have_text("Газопостачання")
    expect(page.get_by_label("Терміновість").locator("option:checked")).to_have_text("загроза життю")
    expect(page.get_by_role("alert").filter(has_text="Телефонуйте 104!")).to_contain_text(
        "вулиця Захисників України, 24"
    )
    block(page, "urgency").locator(".hear").first.click()
    expect(page.locator(".word.led", has_text="газом")).to_be_visible()
    desk.shot("live-real-rules")


def filled(city: City, desk: Desk) -> LiveCall:
    """A call that is over, its card open."""
    call = LiveCall(city)
    call.says(SAID)
    call.hangs_up(SUGGESTED, written=WRITTEN)
    desk.log_in()
    desk.open(f"/appeals/{call.appeal}")
    return call


def test_words_that_come_take_neither_a_click_nor_the_focus_nor_the_place_in_the_text(city: City, desk: Desk) -> None:
    page = desk.page
    call = LiveCall(city)
    call.says("добрий день")
    desk.log_in()
    link = page.get_by_role("link", name="Відкрити картку")
    link.focus()
    call.says("у нас")
    expect(page.get_by_role("region", name="Зараз говорять")).to_contain_text("у нас")
    expect(link).to_be_focused()
    link.hover()
    page.mouse.down()
    with page.expect_response(lambda answer: "/talking" in answer.url and answer.status == 200):
        call.says("немає води")
    page.mouse.up()
    page.wait_for_url(f"**/appeals/{call.appeal}")

    call.says("слово " * 300)
    said = page.get_by_role("region", name="Слова, які вже почуто")
    expect(said).to_contain_text("слово")
    said.evaluate("box => { box.scrollTop = -150; box.focus(); }")
    call.says("кінець")
    expect(said).to_contain_text("кінець")
    expect(said).to_be_focused()
    assert said.evaluate("box => box.scrollTop") == -150


def test_the_words_of_a_suggestion_are_shown_in_the_transcript_and_played(city: City, desk: Desk) -> None:
    page = desk.page
    filled(city, desk)
    button = block(page, "category").locator(".hear").first
    expect(button).to_have_accessible_name("Показати і послухати: немає гарячої води")
    button.press("Enter")
    expect(page.locator(".word.led")).to_have_text(["немає", "гарячої", "води"])
    page.wait_for_function("() => document.querySelector('audio').currentTime > 6")
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert 7.4 <= page.evaluate("document.querySelector('audio').currentTime") < 8.4
    block(page, "applicant").locator(".hear").click()
    expect(page.locator(".word.led")).to_have_text(["Марія", "Коваль"])
    desk.shot("live-words-of-a-suggestion")


def test_an_alternative_is_chosen_taken_back_and_registered_as_a_labelled_example(city: City, desk: Desk) -> None:
    page = desk.page
    call = filled(city, desk)
    place = block(page, "address")
    street, house = page.get_by_label("Адреса: вулиця або місце"), page.get_by_label("Будинок")
    expect(place.get_by_role("button", name="вулиця Захисників України, 24")).to_have_attribute("aria-pressed", "true")
    other = place.get_by_role("button", name="вулиця Гордіївська, 24", exact=True)
    other.click()
    expect(street).to_have_value("вулиця Гордіївська")
    expect(other).to_have_attribute("aria-pressed", "true")
    expect(place.get_by_text("заповнила машина, перевірте")).to_be_hidden()
    desk.shot("live-alternative")
    place.get_by_role("button", name="як було").click()
    expect(street).to_have_value("вулиця Захисників України")
    expect(place.get_by_role("button", name="як було")).to_be_hidden()
    block(page, "category").get_by_role("button", name="Холодна вода", exact=True).click()
    expect(page.get_by_label("Категорія").locator("option:checked")).to_have_text("Холодна вода")
    expect(page.get_by_label("Виконавець").locator("option:checked")).to_have_text("КП «Луцькводоканал»")
    house.fill("26")
    page.get_by_role("button", name="Зареєструвати").click()
    expect(page.get_by_text("Зареєстровано під номером 15-80/2026/000001.")).to_be_visible()
    with city.records() as session:
        kept = {row.field: (row.suggested, row.final, row.outcome) for row in session.query(LabelledExample)}
    assert kept["applicant"] == ("Марія Коваль", "Марія Коваль", "confirmed")
    assert kept["street"] == ("вулиця Захисників України", "вулиця Захисників України", "confirmed")
    assert kept["house"] == ("24", "26", "changed")
    assert kept["category"] == ("HOTW", "WATER", "changed")
    assert city.read(call.appeal).address == "вулиця Захисників України, 26"


def test_what_the_operator_types_during_the_call_stays_and_saving_needs_no_second_try(city: City, desk: Desk) -> None:
    page = desk.page
    call = LiveCall(city)
    call.says("добрий день це Марія Коваль")
    desk.log_in()
    desk.open(f"/appeals/{call.appeal}")
    page.get_by_label("Прізвище та ім'я").fill("Марія Ковальчук")
    call.says(SAID.removeprefix("добрий день це Марія Коваль "))
    call.hangs_up(SUGGESTED, written=WRITTEN)
    expect(page.get_by_label("Категорія").locator("option:checked")).to_have_text("Гаряча вода")
    expect(page.get_by_label("Прізвище та ім'я")).to_have_value("Марія Ковальчук")
    expect(block(page, "applicant").get_by_text("заповнила машина, перевірте")).to_be_hidden()
    page.get_by_role("button", name="Зберегти").last.click()
    expect(page.get_by_text("Збережено.")).to_be_visible()
    card = city.read(call.appeal)
    assert (card.applicant, card.category_code, card.text) == ("Марія Ковальчук", "HOTW", WRITTEN)


def test_an_alarm_reaches_every_page_and_one_person_takes_it(
    city: City, desk: Desk, chromium: Browser, panel: str
) -> None:
    page = desk.page
    page.add_init_script(COUNT_TONES)
    desk.log_in("admin")
    desk.open("/line")
    page.get_by_role("button", name="Звук тривоги: увімкнено").press("Enter")
    page.get_by_role("button", name="Звук тривоги: вимкнено").press("Enter")
    expect(page.get_by_role("button", name="Звук тривоги: увімкнено")).to_be_visible()
    assert page.evaluate("window.tones") == 1, "whoever switches the tone on hears it"
    colleagues = chromium.new_context(locale="uk-UA")
    colleague = sit_down(colleagues, panel)
    colleague.log_in()

    call = LiveCall(city)
    call.says("швидше на Конякіна пахне газом у під'їзді")
    call.alarms("104", "пахне газом", "запах газу: телефонуйте 104")
    banner = page.get_by_role("alert").filter(has_text="Телефонуйте 104!")
    expect(banner).to_contain_text("пахне газом")
    expect(banner).to_contain_text("050 123 45 67")
    expect(banner).to_contain_text("ще говорить")
    expect(page).to_have_title(re.compile("^⚠ Тривога! "))
    page.wait_for_function("() => window.tones === 2")
    desk.shot("live-alarm")
    expect(colleague.page.get_by_role("alert").filter(has_text="Телефонуйте 104!")).to_be_visible()

    page.get_by_role("button", name="Беру тривогу 104: відкрити картку").click()
    expect(page.get_by_text("взято: Ірина Мельник, сьогодні о 14:05")).to_be_visible()
    expect(page).not_to_have_title(re.compile("Тривога"))
    expect(colleague.page.get_by_text("Телефонуйте 104!")).to_be_hidden()
    desk.shot("live-alarm-taken")
    desk.open("/audit")
    expect(page.get_by_role("cell", name="взято тривогу")).to_be_visible()
    colleagues.close()
    assert colleague.complaints == []


def test_a_muted_alarm_is_seen_and_not_heard(city: City, desk: Desk) -> None:
    page = desk.page
    page.add_init_script(COUNT_TONES)
    desk.log_in()
    page.get_by_role("button", name="Звук тривоги: увімкнено").click()
    desk.open("/help")
    expect(page.get_by_role("button", name="Звук тривоги: вимкнено")).to_be_visible()
    call = LiveCall(city)
    call.says("горить")
    call.alarms("101", "горить", "пожежа")
    expect(page.get_by_text("Телефонуйте 101!")).to_be_visible()
    expect(page).to_have_title(re.compile("Тривога"))
    assert page.evaluate("window.tones") == 0


def test_a_former_name_leads_to_the_present_street_while_it_is_typed(city: City, desk: Desk) -> None:
    page = desk.page
    filled(city, desk)
    street = page.get_by_label("Адреса: вулиця або місце")
    street.fill("")
    street.press_sequentially("Горді")
    option = page.locator("#streets option[label='раніше Гордіюк']")
    expect(option).to_have_attribute("value", re.compile("Захисників України"))
    street.fill("вул. Гордіюк")
    page.get_by_role("button", name="Зберегти").last.click()
    expect(page.get_by_text("Збережено.")).to_be_visible()
    expect(street).to_have_value("вулиця Захисників України")
    street.fill("біля старої школи")
    page.get_by_role("button", name="Зберегти").last.click()
    expect(page.get_by_text("Такої вулиці немає в реєстрі міста: записано як є.")).to_be_visible()
    expect(street).to_have_value("біля старої школи")


def test_a_doubtful_message_fills_nothing_and_says_why(city: City, desk: Desk) -> None:
    page = desk.page
    call = LiveCall(city)
    call.says(SAID, unsure="гарячої")
    call.hangs_up(SUGGESTED, state="doubtful", note="більшість слів непевні")
    desk.log_in()
    desk.open(f"/appeals/{call.appeal}")
    expect(page.get_by_text("Розпізнано ненадійно.")).to_be_visible()
    expect(page.get_by_text("Чому: більшість слів непевні.")).to_be_visible()
    expect(page.get_by_label("Суть звернення")).to_have_value("")
    expect(page.get_by_text("впевнено", exact=True)).to_have_count(0)
    block(page, "category").get_by_role("button", name="Гаряча вода", exact=True).click()
    expect(page.get_by_label("Категорія").locator("option:checked")).to_have_text("Гаряча вода")
    desk.shot("live-doubtful")


def test_words_with_markup_stay_words_wherever_they_are_shown(city: City, desk: Desk) -> None:
    attack = "<img/src=x/onerror=window.hacked=1>"
    page = desk.page
    call = LiveCall(city)
    call.says(f"{attack} газ")
    call.alarms("104", f"{attack} газ", attack)
    desk.log_in()
    expect(page.get_by_role("region", name="Зараз говорять")).to_contain_text(attack)
    expect(page.get_by_role("alert").filter(has_text="Телефонуйте 104!")).to_contain_text(attack)
    desk.open(f"/appeals/{call.appeal}")
    expect(page.get_by_role("region", name="Слова, які вже почуто")).to_contain_text(attack)
    call.hangs_up(
        [
            Suggested("applicant", attack, attack, 0.8, True, [(0, 0)], attack),
            address(attack, '"><b>1</b>', [(0, 1)], sure=True, confidence=0.9, why=attack),
        ]
    )
    expect(page.get_by_label("Прізвище та ім'я")).to_have_value(attack)
    expect(block(page, "applicant").locator(".take")).to_have_text(attack)
    block(page, "address").get_by_text("чому").click()
    block(page, "address").locator(".hear").click()
    expect(page.locator(".word.led")).to_have_count(2)
    assert page.evaluate("window.hacked") is None
