"""Lists, calls, outages and the state of the line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine import RecordsDown
from db.lookups import PER_PAGE
from db.models import Appeal, Call, Callback, CallbackAttempt, JournalEntry, Notice, Recording
from tests.web.city import NOON, City, Staff
from web.panel.line_words import LAG_WORTH_TELLING_S

NOTICE = {
    "kind": "emergency",
    "effect": "no_cold_water",
    "places": "вулиця Конякіна: 22, 24-А\nпросп. Волі",
    "starts_at": "2026-11-23T13:00",
    "ends_at": "2026-11-23T18:30",
    "play_until": "2026-11-23T23:00",
    "remark": "",
    "executor": "",
}


def test_an_empty_city_says_what_will_appear_and_where(operator: Staff) -> None:
    assert "Вони з'являться тут самі" in operator.get("/appeals").text
    assert "Таких дзвінків немає." in operator.get("/calls").text
    assert "чинних повідомлень немає" in operator.get("/notices").text


@pytest.mark.parametrize("query", ["050 123-45-67", "Коваль", "коваль", "КОНЯКІНА", "32700105"])
def test_an_appeal_is_found_by_phone_name_address_and_receipt(city: City, operator: Staff, query: str) -> None:
    found = city.appeal(words="нема світла")
    city.appeal(words="сміття", caller="380671112233")
    operator.press(found, "save", applicant="Марія Коваль", street="вул. Конякіна", house="24")
    if query.isdigit():
        query = city.read(found) and operator.get(f"/appeals/{found}").text.split("Квитанція</dt><dd>")[1].split("<")[0]
    page = operator.get("/appeals", query_string={"q": query}).text
    assert f'href="/appeals/{found}"' in page
    assert page.count('class="number"') == 1


def test_a_search_without_result_offers_the_way_back(city: City, operator: Staff) -> None:
    city.appeal()
    page = operator.get("/appeals?q=немає+такого").text
    assert "За запитом «немає такого» нічого не знайдено" in page
    assert "Показати всі" in page


def test_tabs_count_and_filter(city: City, operator: Staff) -> None:
    city.appeal()
    rejected = city.appeal(caller="380671112233")
    operator.press(rejected, "rejected", why="тиша")
    page = operator.get("/appeals").text
    assert "Чернетки <b>1</b>" in page
    assert "Відхилені <b>1</b>" in page
    only = operator.get("/appeals?tab=rejected").text
    assert f'href="/appeals/{rejected}"' in only
    assert only.count('class="number"') == 1
    assert operator.get("/appeals?tab=nonsense").text.count('class="number"') == 2


def test_overdue_appeals_are_marked_and_have_a_tab(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    operator.press(appeal, "register", text="Немає води", category="WATER")
    city.now += timedelta(hours=3)
    page = operator.get("/appeals").text
    assert "Прострочені <b>1</b>" in page
    assert 'class="late"' in page
    assert "3 год 00 хв тому" in page
    assert f'href="/appeals/{appeal}"' in operator.get("/appeals?tab=overdue").text


def test_a_long_list_has_pages(city: City, operator: Staff) -> None:
    with city.records() as session:
        for n in range(PER_PAGE + 3):
            call = Call(
                id=f"ast-9.{n}", line="asterisk", direction="in", flow="hotline_1580", flow_version=1, started_at=NOON
            )
            session.add(Appeal(call=call, status="draft", received_at=NOON + timedelta(seconds=n), returned_times=0))
        session.commit()
    assert "Сторінка 1 з 2" in operator.get("/appeals").text
    last = operator.get("/appeals?page=2").text
    assert last.count('class="number"') == 3
    for nonsense in ("0", "-1", "x", "99999999999999", "²"):
        assert operator.get(f"/appeals?page={nonsense}").status_code == 200
    assert "Сторінка 2 з 2" in operator.get("/calls?page=77").text


def test_the_list_refreshes_itself_and_the_state_of_the_line_with_it(operator: Staff) -> None:
    page = operator.get("/appeals?q=вода").text
    assert 'hx-trigger="every 10s, talked"' in page
    assert 'hx-select-oob="#strip"' in page


def test_a_call_that_hung_up_is_listed_with_what_was_pressed(city: City, operator: Staff) -> None:
    city.appeal()
    page = operator.get("/calls").text
    assert "заявник поклав слухавку" in page
    assert "2 (залишити звернення)" in page
    assert "050 123 45 67" in page


def test_calls_are_filtered_and_found(city: City, operator: Staff) -> None:
    with city.records() as session:
        for n, facts in enumerate(({"result": "lost"}, {"by_dialplan": True}, {"direction": "out"}, {})):
            call = Call(id=f"ast-1.{n}", line="asterisk", flow="hotline_1580", flow_version=1, started_at=NOON)
            call.direction, call.caller = "in", f"38067000000{n}"
            for name, value in facts.items():
                setattr(call, name, value)
            session.add(call)
        session.commit()
    assert operator.get("/calls").text.count('href="/calls/ast-1.') == 4
    for shown, number in (("lost", 0), ("by_dialplan", 1), ("out", 2)):
        page = operator.get(f"/calls?shown={shown}").text
        assert page.count('href="/calls/ast-1.') == 1
        assert f"ast-1.{number}" in page
    assert operator.get("/calls?q=067 000 00 03").text.count('href="/calls/ast-1.') == 1
    assert "номер приховано" not in operator.get("/calls").text


def test_the_conversation_of_a_call_is_told_in_words(city: City, operator: Staff) -> None:
    city.appeal()
    page = operator.get("/calls/ast-1700000001.1").text
    assert "Щоб залишити звернення, натисніть два." in page
    assert "Натиснуто 2: залишити звернення" in page
    assert "Записано повідомлення, 0:06 (поклав слухавку)" in page
    assert "<audio" in page


def test_what_the_line_said_stands_at_the_time_it_began_to_speak(city: City, operator: Staff) -> None:
    city.appeal()
    page = operator.get("/calls/ast-1700000001.1").text
    told = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in re.findall("<li class.*?</li>", page, re.DOTALL)]
    assert told == [
        "14:04:00 Лінія Вітаємо!",
        "Лінія Щоб залишити звернення, натисніть два.",
        "14:05:00 Громадянин Натиснуто 2: залишити звернення",
        "14:05:00 Лінія leave_message",
        "14:05:00 Громадянин Записано повідомлення, 0:06 (поклав слухавку)",
    ]


def test_a_call_of_the_line_itself_shows_whom_it_phoned_and_about_what(city: City, operator: Staff) -> None:
    appeal = city.appeal(caller="380501234567")
    with city.records() as session:
        call = Call(id="ast-9.9", line="asterisk", direction="out", flow="feedback_call", flow_version=1, caller="")
        call.started_at = call.ended_at = NOON
        callback = Callback(appeal_id=appeal, round=0, phone="380501234567", status="done", created_at=NOON)
        callback.attempts.append(CallbackAttempt(n=1, started_at=NOON, call_id="ast-9.9", result="answered"))
        session.add_all([call, callback])
        session.commit()
    for path in ("/calls/ast-9.9", "/calls?shown=out"):
        page = operator.get(path).text
        assert "050 123 45 67" in page, path
        assert f'href="/appeals/{appeal}"' in page, path
        assert "номер приховано" not in page, path


def test_a_journal_of_another_version_of_the_program_hides_nothing_else(city: City, operator: Staff) -> None:
    city.appeal()
    with city.records() as session:
        session.add(JournalEntry(call_id="ast-1700000001.1", n=3, at=NOON, entry={"is": "from the future"}))
        session.commit()
    page = operator.get("/calls/ast-1700000001.1").text
    assert "прочитати його не вдалося" in page
    assert "Натиснуто 2: залишити звернення" in page


def test_a_recording_outside_of_the_conversation_is_still_heard(city: City, operator: Staff) -> None:
    city.appeal()
    with city.records() as session:
        session.add(
            Recording(
                call_id="ast-1700000001.1",
                name="appeal",
                file="9-appeal.wav",
                seconds=3.0,
                ended_by="line_lost",
                made_at=NOON,
            )
        )
        session.commit()
    page = operator.get("/calls/ast-1700000001.1").text
    assert "Запис поза розмовою, 0:03" in page


@pytest.mark.parametrize("call", ["ast-404.1", "..", "%2e%2e", "..%2f..%2fetc", "<script>", "ast-1';--"])
def test_an_unknown_call_is_not_found(operator: Staff, call: str) -> None:
    assert operator.get(f"/calls/{call}").status_code in (404, 308)


def test_a_notice_is_entered_spoken_and_restored(city: City, operator: Staff) -> None:
    page = operator.post("/notices", NOTICE, page="/notices/new", follow_redirects=True).text
    assert "Повідомлення В-2026-00001 озвучується." in page
    assert "Лінія каже: «emergency no_cold_water: вулиця Конякіна 22 24-А; проспект Волі." in page
    assert "орієнтовно відновлять сьогодні о 18:30" in page
    with city.records() as session:
        notice = session.query(Notice).one()
        assert notice.starts_at.hour == 11, "the form is the city's clock, the records are UTC"
        number = notice.id
    page = operator.post(f"/notices/{number}/restore", {}, page="/notices/new", follow_redirects=True).text
    assert "чинних повідомлень немає" in page
    assert "відновлено" in operator.get("/notices?shown=ended").text


def test_a_mistaken_notice_is_cancelled(city: City, operator: Staff) -> None:
    operator.post("/notices", {**NOTICE, "places": "", "city_wide": "y"}, page="/notices/new")
    operator.post("/notices/1/cancel", {}, page="/notices/new")
    assert "скасовано" in operator.get("/notices?shown=ended").text


def test_an_expired_notice_is_not_among_those_that_are_played(city: City, operator: Staff) -> None:
    operator.post("/notices", NOTICE, page="/notices/new")
    city.now += timedelta(hours=10)
    assert "чинних повідомлень немає" in operator.get("/notices").text
    assert "строк минув" in operator.get("/notices?shown=ended").text


def test_the_preview_says_what_will_be_spoken_and_keeps_nothing(city: City, operator: Staff) -> None:
    preview = operator.post("/notices/preview", NOTICE, page="/notices/new").text
    assert "«emergency no_cold_water: вулиця Конякіна 22 24-А; проспект Волі." in preview
    unclear = operator.post("/notices/preview", {**NOTICE, "places": "12345"}, page="/notices/new").text
    assert "Не зрозуміло, яка вулиця" in unclear
    with city.records() as session:
        assert session.query(Notice).count() == 0


@pytest.mark.parametrize("street", ["вулиця 8 Березня", "вул. Героїв 51-ї бригади", "40-го Корпусу", "проспект Волі"])
def test_a_street_may_have_a_number_in_its_name(operator: Staff, street: str) -> None:
    preview = operator.post("/notices/preview", {**NOTICE, "places": street}, page="/notices/new").text
    assert street.rsplit(maxsplit=1)[-1] in preview
    assert "двокрапку" not in preview


def test_lists_for_choosing_follow_the_ukrainian_alphabet(city: City, operator: Staff) -> None:
    page = operator.get(f"/appeals/{city.appeal()}").text
    titles = re.findall(r"<option[^>]*>([^<]+)</option>", page)
    assert titles.index("Запах, довкілля") < titles.index("Інше") < titles.index("Каналізація")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"places": ""}, "Вкажіть хоча б одну вулицю"),
        ({"places": "вулиця Конякіна: двадцять"}, "Не схоже на номер будинку"),
        ({"ends_at": "2026-11-23T12:00"}, "Закінчення має бути пізніше за початок"),
        ({"play_until": "2026-11-23T13:30"}, "уже минув"),
        ({"play_until": ""}, "Вкажіть дату і час"),
        ({"play_until": "2027-11-23T13:30"}, "щонайдовше 14 днів"),
        ({"places": "вул. Конякіна, 22, 24-А"}, "Поставте двокрапку між вулицею і будинками"),
        ({"places": "конякіна 24"}, "Поставте двокрапку"),
        ({"kind": "<script>"}, "Недійсний варіант"),
    ],
)
def test_a_notice_that_cannot_be_played_is_refused_and_kept_in_the_form(
    city: City, operator: Staff, fields: dict[str, str], problem: str
) -> None:
    answer = operator.post("/notices", {**NOTICE, "remark": "Запасіться водою", **fields}, page="/notices/new")
    assert answer.status_code == 422
    assert problem in answer.text
    assert "Запасіться водою" in answer.text
    with city.records() as session:
        assert session.query(Notice).count() == 0


def test_the_line_that_works_says_so(operator: Staff) -> None:
    assert "Лінія працює, розпізнавання встигає." in operator.get("/appeals").text
    assert "Усе працює." in operator.get("/line").text


@pytest.mark.parametrize(
    ("changes", "short", "advice"),
    [
        ({"asterisk_up": False}, "громадяни не можуть додзвонитися", "Негайно повідомте адміністратора"),
        ({"line_up": False}, "повідомлення записує сама станція", "нічого не втрачається"),
        ({"disk_ok": False, "disk_free_mb": 12}, "Закінчується місце для записів (залишилося 12 МБ)", "Негайно"),
        (
            {"recogniser": "none", "advice": "Поставте модель.", "waiting": 2},
            "(2 записи чекають): слухайте",
            "Поставте модель.",
        ),
        ({"lag_seconds": LAG_WORTH_TELLING_S + 60, "waiting": 21}, "відстає на 6 хв (21 запис чекає)", "прослухати"),
    ],
)
def test_every_trouble_stands_on_every_page_with_advice(
    city: City, operator: Staff, changes: dict[str, object], short: str, advice: str
) -> None:
    city.line_is(**changes)
    for path in ("/appeals", "/calls", "/notices", "/help"):
        assert short in operator.get(path).text, path
    assert advice in operator.get("/line").text


def test_an_unknown_state_of_the_line_breaks_no_page(city: City, operator: Staff) -> None:
    city.line_fails = True
    for path in ("/appeals", "/line", f"/appeals/{city.appeal()}"):
        page = operator.get(path)
        assert page.status_code == 200
        assert "Стан лінії невідомий." in page.text


def test_records_that_are_down_are_told_as_such(city: City, operator: Staff) -> None:
    class Down:
        def __call__(self) -> None:
            raise RecordsDown("no connection")

    app = city.apps[0]
    app.extensions["panel"] = replace(app.extensions["panel"], records=Down())
    answer = operator.get("/appeals")
    assert answer.status_code == 503
    assert "нічого не втрачено" in answer.text


def test_a_failure_has_a_page_in_ukrainian_without_its_details(city: City, operator: Staff) -> None:
    app = city.apps[0]
    app.extensions["panel"] = replace(app.extensions["panel"], clock=lambda: None)
    answer = operator.get("/appeals")
    assert answer.status_code == 500
    assert "Помилка панелі" in answer.text
    assert "Traceback" not in answer.text


def test_a_page_that_does_not_exist_is_told_in_ukrainian(operator: Staff) -> None:
    for path in ("/nothing", "/static/../../../etc/passwd", "/static/..%2f..%2fparts.py", "/recordings"):
        answer = operator.get(path)
        assert answer.status_code == 404, path
        assert "Не знайдено" in answer.text
    assert operator.get("/logout").status_code == 405
