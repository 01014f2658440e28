"""What the pages ask for again and again: who speaks, what is new on a card, which alarms nobody has taken."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from db.draft_tables import Alarm
from db.drafts import Suggested
from db.live_tables import LiveWords
from db.models import Audit
from tests.web.city import City, Staff
from tests.web.live import LiveCall, address

SCRIPT = "<script>alert(1)</script>"


def asked_again(page: str, part: str) -> str:
    """The address a part of a page will ask next."""
    found = re.search(rf'hx-get="(/{part}[^"]*)"', page)
    assert found, f"nothing asks /{part}"
    return html.unescape(found[1])


def alarm_of(city: City) -> int:
    with city.records() as session:
        return session.query(Alarm).one().id


def test_the_list_tells_who_speaks_and_then_only_what_is_new(city: City, operator: Staff) -> None:
    assert "hidden" in operator.get("/talking").text
    call = LiveCall(city)
    call.says("немає світла")
    page = operator.get("/talking").text
    assert "050 123 45 67" in page and "немає світла" in page and f'href="/appeals/{call.appeal}"' in page
    again = asked_again(page, "talking")
    assert operator.get(again).status_code == 204
    call.says("на Львівській")
    assert "немає світла на Львівській" in operator.get(again).text
    call.hangs_up()
    assert "hidden" in operator.get(again).text


def test_only_the_end_of_a_long_message_stands_in_the_list(city: City, operator: Staff) -> None:
    call = LiveCall(city)
    call.says("слово " * 100 + "кінець")
    page = operator.get("/talking").text
    assert "кінець" in page and page.count("слово") < 50


def test_whoever_is_silent_is_shown_and_has_no_card_yet(city: City, operator: Staff) -> None:
    LiveCall(city)
    page = operator.get("/talking").text
    assert "слів ще немає" in page and "Відкрити картку" not in page


def test_the_card_tells_the_words_the_lag_and_then_only_what_is_new(city: City, operator: Staff) -> None:
    call = LiveCall(city)
    call.says("немає світла")
    card = f"appeals/{call.appeal}/news"
    page = operator.get(f"/{card}").text
    assert "немає" in page and "відстає" not in page
    again = asked_again(page, card)
    assert operator.get(again).status_code == 204
    city.now += timedelta(seconds=20)
    assert "Текст відстає на 2" in operator.get(again).text
    assert operator.get("/appeals/999999/news").status_code == 404


def test_without_a_model_the_card_says_that_no_words_will_come(city: City, operator: Staff) -> None:
    call = LiveCall(city)
    call.says("так")
    with city.records() as session:
        session.query(LiveWords).delete()
        session.commit()
    city.line_is(recogniser="none", advice="Встановіть модель: hotline models.")
    assert "Тексту не буде" in operator.get(f"/appeals/{call.appeal}/news").text


def test_the_alarm_is_asked_for_on_every_page_and_told_once(city: City, operator: Staff) -> None:
    for path in ("/appeals", "/calls", "/notices", "/notices/new", "/line", "/account", "/help"):
        assert 'hx-get="/alarms"' in operator.get(path).text, path
    call = LiveCall(city)
    call.says("пахне газом")
    call.alarms("104", "пахне газом", "запах газу")
    page = operator.get("/alarms").text
    assert "Телефонуйте 104!" in page and "ще говорить" in page
    again = asked_again(page, "alarms")
    assert operator.get(again).status_code == 204
    call.hangs_up([address("Конякіна", "22", [(0, 1)], sure=True, confidence=0.9)])
    page = operator.get(again).text
    assert "ще говорить" not in page and "Адреса: <b>вулиця Конякіна, 22</b>" in page, "the address came meanwhile"


def test_of_two_people_the_second_is_told_who_took_the_alarm(city: City, operator: Staff, admin: Staff) -> None:
    call = LiveCall(city)
    call.says("пахне газом")
    call.alarms("104", "пахне газом", "запах газу")
    path = f"/alarms/{alarm_of(city)}/take"
    taken = operator.post(path, {}, page="/help")
    assert taken.headers["Location"] == f"/appeals/{call.appeal}"
    late = admin.post(path, {}, page="/help", follow_redirects=True).text
    assert "Цю тривогу вже взято: Олена Ткач, сьогодні о 14:05." in late
    assert "Телефонуйте" not in admin.get("/alarms").text
    with city.records() as session:
        assert session.query(Audit).filter_by(what="alarm_taken").count() == 1
    assert operator.post("/alarms/999999/take", {}, page="/help").status_code == 404


def test_nobody_takes_an_alarm_by_a_forged_request(city: City, operator: Staff) -> None:
    call = LiveCall(city)
    call.says("пахне газом")
    call.alarms("104", "пахне газом", "запах газу")
    assert operator.client.post(f"/alarms/{alarm_of(city)}/take").status_code == 400
    assert "Телефонуйте 104!" in operator.get("/alarms").text


@pytest.mark.parametrize("path", ["/talking", "/alarms", "/appeals/1/news", "/appeals"])
def test_pages_that_refresh_themselves_do_not_prolong_a_session(city: City, operator: Staff, path: str) -> None:
    LiveCall(city).says("немає світла")
    operator.get("/appeals")
    answer = operator.get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/talking", "/alarms", "/appeals/1/news", "/appeals/streets?street=Коня"])
def test_a_part_of_a_page_asks_in_vain_without_a_login(visitor: Staff, path: str) -> None:
    assert visitor.get(path, headers={"HX-Request": "true"}).status_code == 401


def test_streets_are_looked_up_as_they_are_typed(operator: Staff) -> None:
    page = operator.get("/appeals/streets?street=Гордіюк").text
    assert 'value="вулиця Захисників України" label="раніше Гордіюк"' in page
    assert operator.get("/appeals/streets").text.strip() == ""
    assert operator.get(f"/appeals/streets?street={SCRIPT}" + "я" * 5000).status_code == 200


def test_no_word_of_a_call_is_ever_a_script(city: City, operator: Staff) -> None:
    call = LiveCall(city, caller=SCRIPT[:30])
    call.says(SCRIPT)
    call.alarms(SCRIPT, SCRIPT, SCRIPT)
    for path in ("/talking", "/alarms", f"/appeals/{call.appeal}/news"):
        assert "&lt;script&gt;" in operator.get(path).text, path
        assert SCRIPT not in operator.get(path).text, path
    call.hangs_up(
        [
            Suggested("applicant", SCRIPT, SCRIPT, 0.8, True, [(0, 0)], SCRIPT),
            address(SCRIPT, "1", [(0, 0)], sure=True, confidence=0.9, why=SCRIPT, settlement=SCRIPT),
            Suggested("kind", "none", SCRIPT, 1.0, True),
        ],
        state="recognised",
        note=SCRIPT,
    )
    page = operator.get(f"/appeals/{call.appeal}").text
    assert SCRIPT not in page
    assert page.count("&lt;script&gt;") > 6
