"""The card of an appeal: from the spoken word to the feedback call."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from db import callbacks
from db.models import Appeal, Callback, CallbackAttempt, Executor
from tests.web.city import NOON, City, Staff, csrf_token, field_of, recognise

SCRIPT = "<script>alert(1)</script>"
REGISTERED = {"text": "Немає гарячої води, Конякіна 24", "category": "HOTW", "applicant": "Марія Коваль"}


def executor_of(city: City, code: str) -> str:
    with city.records() as session:
        return str(session.query(Executor).filter_by(code=code).one().id)


def registered(city: City, operator: Staff) -> int:
    appeal = city.appeal()
    operator.press(appeal, "register", **REGISTERED)
    return appeal


def test_a_draft_goes_the_whole_way_to_the_feedback_call(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    page = operator.press(appeal, "register", **REGISTERED).text
    assert "Зареєстровано під номером 15-80/2026/000001" in page
    page = operator.press(appeal, "forward", executor=executor_of(city, "heat"), category="HOTW").text
    assert "Передано: ДКП «Луцьктепло»." in page
    assert "прийнято виконавцем" in operator.press(appeal, "accepted", category="HOTW").text
    assert "в роботі" in operator.press(appeal, "in_progress", category="HOTW").text
    page = operator.press(appeal, "done", outcome="Замінили насос", category="HOTW").text
    assert "Виконано. Заявнику зателефонуємо" in page
    card = city.read(appeal)
    assert [move.became for move in card.moves] == [
        *("new_recording", "draft", "registered", "forwarded", "accepted", "in_progress"),
        *("done_reported", "feedback_pending"),
    ]
    assert (card.applicant, card.text, card.outcome) == (
        "Марія Коваль",
        "Немає гарячої води, Конякіна 24",
        "Замінили насос",
    )
    assert card.moves[2].by is not None and card.moves[2].by.name == "Олена Ткач"


def test_the_call_is_scheduled_by_the_policy_of_the_panel(city: City, operator: Staff) -> None:
    appeal = registered(city, operator)
    operator.press(appeal, "forward", executor=executor_of(city, "heat"), category="HOTW")
    page = operator.press(appeal, "done", outcome="Пустили воду", category="HOTW").text
    # Five past two and two hours of rest: within the evening window of a Monday.
    assert "сьогодні о 16:05" in page


def test_nothing_is_done_without_an_outcome(city: City, operator: Staff) -> None:
    appeal = registered(city, operator)
    operator.press(appeal, "forward", executor=executor_of(city, "heat"), category="HOTW")
    answer = operator.press(appeal, "done", outcome="   ", category="HOTW")
    assert answer.status_code == 409
    assert "Опишіть, що зроблено" in answer.text
    assert city.read(appeal).status == "forwarded"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"text": "", "category": "HEAT"}, "Запишіть суть звернення."),
        ({"text": "Холодно", "category": ""}, "Оберіть категорію."),
    ],
)
def test_registration_needs_text_and_category_and_keeps_what_was_typed(
    city: City, operator: Staff, fields: dict[str, str], problem: str
) -> None:
    appeal = city.appeal()
    answer = operator.press(appeal, "register", applicant="Іван Бойко", **fields)
    assert answer.status_code == 409
    assert problem in answer.text
    assert "Іван Бойко" in answer.text
    assert city.read(appeal).applicant == "", "half of a refused act is not saved"


def test_forwarding_needs_an_executor(city: City, operator: Staff) -> None:
    appeal = registered(city, operator)
    answer = operator.press(appeal, "forward", executor="", category="HOTW")
    assert answer.status_code == 409
    assert "Оберіть виконавця." in answer.text


@pytest.mark.parametrize(
    "act", ["consultation", "duplicate", "not_ours_forwarded", "emergency_transferred", "rejected"]
)
def test_a_side_exit_needs_a_reason_and_can_be_taken_back(city: City, operator: Staff, act: str) -> None:
    appeal = city.appeal()
    refused = operator.press(appeal, act, why=" ")
    assert refused.status_code == 422
    assert "напишіть причину" in refused.text
    assert '<details class="aside" open>' in refused.text, "the field that is asked for is in sight"
    assert city.read(appeal).status == "draft"
    page = operator.press(appeal, act, why="Пояснили по телефону").text
    assert city.read(appeal).status == act
    assert "Пояснили по телефону" in page
    operator.press(appeal, "draft")
    assert city.read(appeal).status == "draft"


def test_a_registered_appeal_that_was_set_aside_returns_to_registered(city: City, operator: Staff) -> None:
    appeal = registered(city, operator)
    operator.press(appeal, "duplicate", why="Те саме, що 000007", category="HOTW")
    page = operator.press(appeal, "undo_registered", category="HOTW").text
    assert "Тепер: зареєстровано." in page
    assert city.read(appeal).public_no == "15-80/2026/000001"


def test_a_button_of_an_outdated_page_is_refused(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    answer = operator.press(appeal, "in_progress")
    assert answer.status_code == 409
    assert "вже недоступна" in answer.text
    assert operator.press(appeal, "no such act").status_code == 409
    assert city.read(appeal).status == "draft"


def test_a_card_that_waits_for_the_applicant_offers_no_moves(city: City, operator: Staff) -> None:
    appeal = registered(city, operator)
    operator.press(appeal, "forward", executor=executor_of(city, "heat"), category="HOTW")
    page = operator.press(appeal, "done", outcome="Зроблено", category="HOTW").text
    assert "далі її рухає зворотний дзвінок" in page
    assert operator.press(appeal, "returned", why="сама", category="HOTW").status_code == 409


def test_the_second_of_two_operators_is_told_and_keeps_the_own_text(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    seen = operator.card(appeal)
    other = Staff(city.app().test_client())
    other.log_in("admin")
    other.press(appeal, "save", applicant="Петро Савчук")
    answer = operator.post(f"/appeals/{appeal}", {**seen, "act": "save", "applicant": "Марія Коваль"})
    assert answer.status_code == 409
    assert "поки картка була відкрита, її змінено (Ірина Мельник, сьогодні о 14:05)" in answer.text
    assert 'value="Марія Коваль"' in answer.text
    assert "Зараз у картці: <q>Петро Савчук</q>" in answer.text
    assert city.read(appeal).applicant == "Петро Савчук"
    version = str(city.read(appeal).version)
    again = {**seen, "act": "save", "applicant": "Марія Коваль", "version": version}
    assert operator.post(f"/appeals/{appeal}", again).status_code == 302
    assert city.read(appeal).applicant == "Марія Коваль"


def test_what_the_second_operator_left_alone_does_not_undo_the_work_of_the_first(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    seen = operator.card(appeal)
    other = Staff(city.app().test_client())
    other.log_in("admin")
    other.press(appeal, "register", **REGISTERED, street="Конякіна", house="24")
    page = operator.post(f"/appeals/{appeal}", {**seen, "act": "save", "phone": "0507654321"}).text
    assert "Зараз у картці" not in page, "nothing was changed by both"
    shown = {
        name: field_of(page, name) for name in ("version", "began", "applicant", "phone", "street", "house", "text")
    }
    assert '<option selected value="HOTW">' in page
    operator.post(f"/appeals/{appeal}", {**shown, "act": "save", "category": "HOTW"})
    card = city.read(appeal)
    assert (card.applicant, card.address, card.phone) == ("Марія Коваль", "вулиця Конякіна, 24", "380507654321")
    assert (card.text, card.category_code) == ("Немає гарячої води, Конякіна 24", "HOTW")


@pytest.mark.parametrize("began", ["", "{", "[1]", '{"text": 1}', "null"])
def test_a_form_that_does_not_tell_how_it_began_loses_nothing(city: City, operator: Staff, began: str) -> None:
    appeal = city.appeal()
    seen = operator.card(appeal)
    operator.press(appeal, "save", applicant="Петро Савчук")
    page = operator.post(f"/appeals/{appeal}", {**seen, "began": began, "act": "save", "text": "Мій текст"}).text
    assert "Мій текст" in page
    assert "Зараз у картці: <q>Петро Савчук</q>" in page


@pytest.mark.parametrize("field", ["text", "category"])
def test_a_registered_appeal_does_not_lose_what_it_was_registered_with(city: City, operator: Staff, field: str) -> None:
    appeal = registered(city, operator)
    answer = operator.press(appeal, "save", **{"category": "HOTW", field: ""})
    assert answer.status_code == 409
    assert "Нічого не збережено. Зареєстроване звернення не може лишитися без" in answer.text
    assert city.read(appeal).category_code == "HOTW"


def test_of_two_who_save_in_the_same_moment_one_is_told(city: City) -> None:
    appeal = city.appeal()
    app = city.app()
    staff = [Staff(app.test_client()) for _ in range(2)]
    sent = []
    for one, login in zip(staff, ("olena", "admin"), strict=True):
        one.log_in(login)
        token = csrf_token(one.get(f"/appeals/{appeal}").text)
        sent.append({**one.card(appeal), "act": "save", "applicant": f"Змінила {login}", "csrf_token": token})
    start = threading.Barrier(2)

    def save(who: int) -> int:
        start.wait()
        return staff[who].client.post(f"/appeals/{appeal}", data=sent[who]).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, range(2))) == [302, 409]


def test_a_text_that_arrives_while_the_card_is_open_is_not_overwritten(city: City, operator: Staff) -> None:
    appeal = city.appeal(status="new_recording")
    seen = operator.card(appeal)
    with city.records() as session:
        recognise(session, city.recording_of(appeal), "немає світла", NOON)
        session.commit()
    answer = operator.post(f"/appeals/{appeal}", {**seen, "act": "save"})
    assert answer.status_code == 409
    assert "система" in answer.text
    assert city.read(appeal).text == "немає світла"


def test_saving_twice_without_changes_is_harmless(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    before = city.read(appeal).version
    operator.press(appeal, "save")
    operator.press(appeal, "save")
    assert city.read(appeal).version == before


def test_what_citizens_and_staff_write_is_never_a_script(city: City, operator: Staff, admin: Staff) -> None:
    appeal = city.appeal(words=f"{SCRIPT} вода", caller=SCRIPT[:30])
    operator.press(appeal, "register", text=SCRIPT, category="HEAT", applicant=SCRIPT, street=SCRIPT, phone="<b>1</b>")
    operator.press(appeal, "forward", executor=executor_of(city, "heat"), category="HEAT", why=SCRIPT, text=SCRIPT)
    operator.press(appeal, "done", outcome=SCRIPT, category="HEAT", text=SCRIPT)
    for path in ("/appeals", f"/appeals/{appeal}", "/calls", "/calls/ast-1700000001.1", f"/appeals?q={SCRIPT}"):
        page = operator.get(path).text
        assert SCRIPT not in page, path
        assert "&lt;script&gt;" in page, path
    assert SCRIPT not in admin.get("/audit").text


@pytest.mark.parametrize("number", ["999999", "0", "99999999999999999999999", "-1", "abc", "1;drop", "..%2f..%2fetc"])
def test_a_card_that_does_not_exist_is_a_page_that_says_so(operator: Staff, number: str) -> None:
    answer = operator.get(f"/appeals/{number}")
    assert answer.status_code == 404
    assert "Не знайдено" in answer.text


def test_a_text_longer_than_the_card_is_refused_and_kept_in_the_form(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    answer = operator.press(appeal, "save", applicant="я" * 201)
    assert answer.status_code == 422
    assert "Не більше 200 знаків." in answer.text
    assert "я" * 201 in answer.text


@pytest.mark.parametrize(
    ("field", "value"), [("category", "NOPE"), ("executor", "999999"), ("version", "x"), ("version", "")]
)
def test_a_value_that_no_page_offers_is_refused(city: City, operator: Staff, field: str, value: str) -> None:
    appeal = city.appeal()
    assert operator.press(appeal, "save", **{field: value}).status_code == 422


def test_the_card_proposes_the_usual_executor_of_the_category(city: City, operator: Staff) -> None:
    appeal = registered(city, operator)
    page = operator.get(f"/appeals/{appeal}").text
    assert f'<option selected value="{executor_of(city, "heat")}">ДКП «Луцьктепло»</option>' in page


def test_the_feedback_calls_stand_on_the_card_with_attempts_and_answers(city: City, operator: Staff) -> None:
    appeal = registered(city, operator)
    with city.records() as session:
        callback = Callback(
            appeal_id=appeal, round=0, phone="380501234567", status="done", created_at=NOON, result="completed"
        )
        callback.done, callback.rating = "partly", 2
        callback.attempts = [
            CallbackAttempt(n=1, started_at=NOON, ended_at=NOON, result="busy"),
            CallbackAttempt(n=2, started_at=NOON, ended_at=NOON, result="answered", call_id="ast-1700000001.1"),
        ]
        session.add(callback)
        session.commit()
    page = operator.get(f"/appeals/{appeal}").text
    assert "спроба 1: зайнято" in page
    assert "спроба 2: відповів" in page
    assert "виконано частково" in page
    assert "оцінка <strong>2</strong> з 5" in page


def test_no_feedback_call_is_promised_to_a_number_that_asked_for_none(city: City, operator: Staff) -> None:
    appeal = registered(city, operator)
    with city.records() as session:
        callbacks.opt_out(session, "380501234567", NOON)
        session.commit()
    operator.press(appeal, "forward", executor=executor_of(city, "heat"), category="HOTW")
    page = operator.press(appeal, "done", outcome="Зроблено", category="HOTW").text
    assert "Зворотного дзвінка не буде: заявник просив не телефонувати." in page


def test_an_overdue_card_says_so(city: City, operator: Staff) -> None:
    appeal = registered(city, operator)
    assert "прострочено" not in operator.get(f"/appeals/{appeal}").text
    city.now += timedelta(days=3)
    visitor = Staff(city.app().test_client())
    visitor.log_in()
    assert "прострочено" in visitor.get(f"/appeals/{appeal}").text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "Розпізнавання чекає своєї черги"),
        ("taken", "Розпізнається зараз"),
        ("no_speech", "Мовлення не виявлено"),
        ("doubtful", "Розпізнано ненадійно"),
        ("unusable", "Файл запису не вдається прочитати"),
    ],
)
def test_the_state_of_recognition_is_told_in_words(city: City, operator: Staff, state: str, words: str) -> None:
    appeal = city.appeal(status="new_recording")
    with city.records() as session:
        session.get_one(Appeal, appeal).call.recordings[0].state = state
        session.commit()
    assert words in operator.get(f"/appeals/{appeal}").text


def test_without_a_model_the_card_says_what_to_do(city: City, operator: Staff) -> None:
    appeal = city.appeal(status="new_recording")
    city.line_is(recogniser="none", advice="Встановіть модель: hotline models.", waiting=1)
    page = operator.get(f"/appeals/{appeal}").text
    assert "немає моделі розпізнавання" in page
    assert "Встановіть модель" in page
    assert operator.press(appeal, "register", text="Прослухала: немає води", category="WATER").status_code == 200
    assert city.read(appeal).status == "registered"


def test_words_carry_their_times_and_the_unsure_ones_are_marked(city: City, operator: Staff) -> None:
    page = operator.get(f"/appeals/{city.appeal()}").text
    assert 'class="word unsure" data-start="1.5" data-end="1.9" data-first="3" data-last="3"' in page
    assert page.count("data-first=") == 12
