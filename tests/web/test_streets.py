"""The street register in the panel: everybody finds, administrators change, every step can be seen and taken back."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from db import audit, streets
from db.lookups import PER_PAGE
from db.models import Audit
from db.street_tables import Settlement, Street
from tests.web.city import City, Staff


def number(city: City, name: str) -> int:
    with city.records() as session:
        return session.scalars(select(Street.id).where(Street.name == name, Street.type == "вулиця").limit(1)).one()


def in_register(city: City, street_id: int) -> tuple[str, list[tuple[str, str]]] | None:
    with city.records() as session:
        found = [one for one in streets.load(session, city.now).streets if one.id == street_id]
        return (found[0].name, [(one.name, one.kind) for one in found[0].others]) if found else None


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return html.unescape(found.group(1))


def send(staff: Staff, street_id: int, action: str, form: str = "", **fields: str) -> TestResponse:
    """Fill in one form of a street's page, with the hidden fields it came with."""
    path = f"/streets/{street_id}"
    page = staff.get(path).text
    sent = {f"{form}-{name}": value for name, value in fields.items()}
    for field in ("version", "change"):
        if f'name="{form}-{field}"' in page:
            sent.setdefault(f"{form}-{field}", hidden(page, f"{form}-{field}"))
    return staff.post(f"{path}/{action}", sent, page=path, follow_redirects=True)


def rename(staff: Staff, street_id: int, name: str, **more: str) -> TestResponse:
    return send(staff, street_id, "rename", "rename", **{"kind": "вулиця", "name": name, "since": "2026-11-20", **more})


def rows(answer: TestResponse) -> list[str]:
    return re.findall(r'class="number" href="/streets/\d+">([^<]*)<', answer.text)


def test_the_list_shows_every_street_page_by_page_in_the_order_of_the_alphabet(city: City, operator: Staff) -> None:
    first, last = operator.get("/streets"), operator.get("/streets?page=4")
    assert "198 вулиць" in first.text and len(rows(first)) == PER_PAGE
    assert "Сторінка 1 з 4" in first.text and "Наступна →" in first.text
    assert len(rows(last)) == 198 - 3 * PER_PAGE
    names = [html.unescape(one).split(" ", 1)[1] for one in rows(first)]
    assert names[-1][0] < "К" and "6-й Малоомелянівський" in names
    assert rows(operator.get("/streets?page=99")) == []


@pytest.mark.parametrize("query", ["гордіюк", "Горд", "вул. Гордіюк", "захісників украйни"])
def test_a_street_is_found_by_former_name_beginning_and_misspelling(operator: Staff, query: str) -> None:
    found = operator.get("/streets", query_string={"q": query})
    assert rows(found) == ["вулиця Захисників України"]
    assert ("<mark>Гордіюк</mark>" in found.text) == query.casefold().endswith(("горд", "гордіюк"))
    assert ("ось схожі" in found.text) == query.startswith("захіс")


def test_what_is_not_known_is_said_with_the_way_back(operator: Staff) -> None:
    page = operator.get("/streets", query_string={"q": "<script>alert(1)</script>"}).text
    assert "Реєстр не знає вулиці «&lt;script&gt;alert(1)&lt;/script&gt;» серед чинних" in page
    assert 'href="/streets">Показати всі' in page
    assert "Жодної вулиці не виведено з ужитку." in operator.get("/streets?shown=gone").text


def test_an_operator_sees_a_street_but_changes_nothing(city: City, operator: Staff) -> None:
    street = number(city, "Захисників України")
    page = operator.get(f"/streets/{street}").text
    assert "<strong>Гордіюк</strong>, колишня" in page and "Змін ще не було" in page
    assert "Перейменувати" not in page and "Прибрати" not in page
    for path in ("rename", "correct", "names", "houses", "managers", "retire", "restore", "undo", "withdraw/name/1"):
        assert operator.post(f"/streets/{street}/{path}", {}, page="/streets").status_code == 403, path
    assert operator.get("/streets/new").status_code == operator.post("/streets", {}, page="/streets").status_code == 403
    assert "Нова вулиця" not in operator.get("/streets").text


def test_a_rename_keeps_the_old_name_and_tells_who_did_it(city: City, admin: Staff) -> None:
    street = number(city, "Карбишева")
    page = rename(admin, street, "Козацька", why="рішення ради № 5").text
    assert "Перейменовано. Стара назва стала колишньою" in page
    assert "<strong>Карбишева</strong>, колишня, до 20.11.2026" in page
    for told in ("Ірина Мельник", "назва: Карбишева → Козацька", "додано: колишня назва Карбишева", "рішення ради № 5"):
        assert told in page
    assert in_register(city, street) == ("Козацька", [("Карбишева", "former")])
    assert rows(admin.get("/streets?q=карбишева")) == ["вулиця Козацька"]
    with city.records() as session:
        entry = session.scalars(select(Audit).order_by(Audit.id.desc()).limit(1)).one()
        assert (entry.what, entry.about, entry.by_id) == ("street_changed", f"street {street}", 2)
        assert audit.verify(session) is None
    assert f"вулиця {street}" in admin.get("/audit").text


def test_the_last_change_is_undone_and_the_one_before_too(city: City, admin: Staff) -> None:
    street = number(city, "Карбишева")
    rename(admin, street, "Козацька")
    send(admin, street, "names", "name", name="Козачка", kind="colloquial", note="між своїми")
    assert in_register(city, street) == ("Козацька", [("Карбишева", "former"), ("Козачка", "colloquial")])
    assert "Останню зміну скасовано." in send(admin, street, "undo", "undo").text
    page = send(admin, street, "undo", "undo").text
    assert in_register(city, street) == ("Карбишева", [])
    assert "назва: Козацька → Карбишева" in page and "прибрано: розмовна назва Козачка" in page
    assert "Скасувати цю зміну" not in page


def test_who_undoes_what_somebody_just_changed_is_told(city: City, admin: Staff) -> None:
    street = number(city, "Карбишева")
    rename(admin, street, "Козацька")
    seen = hidden(admin.get(f"/streets/{street}").text, "undo-change")
    send(admin, street, "names", "name", name="Козачка", kind="colloquial")
    answer = send(admin, street, "undo", "undo", change=seen)
    assert answer.status_code == 409 and "Хтось щойно змінив цю вулицю" in answer.text
    assert in_register(city, street) == ("Козацька", [("Карбишева", "former"), ("Козачка", "colloquial")])


def test_two_administrators_do_not_overwrite_each_other(city: City, admin: Staff) -> None:
    street = number(city, "Карбишева")
    seen = hidden(admin.get(f"/streets/{street}").text, "rename-version")
    rename(admin, street, "Козацька")
    second = rename(admin, street, "Гетьманська", version=seen)
    assert second.status_code == 409 and "Хтось щойно змінив" in second.text
    assert 'value="Гетьманська"' in second.text, "what was typed stays"
    assert in_register(city, street) == ("Козацька", [("Карбишева", "former")])
    with_new_version = {"version": hidden(second.text, "rename-version")}
    assert rename(admin, street, "Гетьманська", **with_new_version).status_code == 200


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"name": "Шевченка"}, "Така вулиця вже є: вулиця Шевченка."),
        ({"name": "Карбишева"}, "Вулиця вже має цю назву."),
        ({"name": "=cmd()"}, "У назві недозволені знаки"),
        ({"name": "<img src=x>"}, "У назві недозволені знаки: «&lt;img src=x&gt;»"),
        ({"name": "а" * 10_000}, "Не більше 120 знаків."),
        ({"name": ""}, "Заповніть це поле."),
        ({"name": "Козацька", "kind": "стежка"}, "Недійсний варіант."),
        ({"name": "Козацька", "since": "учора"}, "Не дійсне значення дати."),
        ({"name": "Козацька", "since": "2027-01-01"}, "Нова назва діятиме з 01.01.2027"),
        ({"name": "Козацька", "version": "x"}, ""),
    ],
)
def test_a_rename_that_cannot_be_is_explained_and_changes_nothing(
    city: City, admin: Staff, fields: dict[str, str], problem: str
) -> None:
    street = number(city, "Карбишева")
    answer = rename(admin, street, **{"name": "Козацька", **fields})
    assert answer.status_code == 422
    assert problem in answer.text
    assert in_register(city, street) == ("Карбишева", [])


def test_a_street_is_retired_found_among_the_others_and_brought_back(city: City, admin: Staff) -> None:
    street = number(city, "Степова")
    page = send(admin, street, "retire", "retire", why="забудовано").text
    assert "Виведено з ужитку" in page and "забудовано" in page and "Не в ужитку з</dt><dd>23.11.2026" in page
    assert in_register(city, street) is None
    assert rows(admin.get("/streets?shown=gone")) == ["вулиця Степова"]
    assert rows(admin.get("/streets?shown=gone&q=степ")) == ["вулиця Степова"]
    city.now += timedelta(days=1)
    assert "Повернуто до вжитку." in send(admin, street, "restore", "restore").text
    assert in_register(city, street) is not None


def test_houses_and_managers_are_entered_and_withdrawn(city: City, admin: Staff) -> None:
    street = number(city, "В'їзна")
    send(admin, street, "houses", "house", old="5 а", new="12", since="2026-11-01")
    page = admin.get(f"/streets/{street}").text
    executor = re.search(r'<option value="(\d+)">Управитель будинку', page)
    assert executor is not None
    page = send(admin, street, "managers", "manager", house="12", executor=executor[1]).text
    assert "5А → <strong>12</strong>, з 01.11.2026" in page
    assert "12: <strong>Управитель будинку</strong>" in page and "управитель будинку 12" in page
    with city.records() as session:
        register = streets.load(session, city.now)
        assert (register.renumbered, register.managers) == ({(street, "5А"): "12"}, {(street, "12"): "housing"})
    for path in re.findall(rf'action="/streets/{street}/(withdraw/(?:house|manager)/\d+)"', page):
        assert "Прибрано." in send(admin, street, path).text
    with city.records() as session:
        register = streets.load(session, city.now)
        assert (register.renumbered, register.managers) == ({}, {})
    assert send(admin, street, "houses", "house", old="будинок", new="12").status_code == 422
    assert send(admin, street, "managers", "manager", house="12", executor="99999").status_code == 422


def test_a_name_is_withdrawn_only_from_its_own_street(city: City, admin: Staff) -> None:
    street, other = number(city, "Захисників України"), number(city, "Степова")
    (path,) = re.findall(rf"/streets/{street}/(withdraw/name/\d+)", admin.get(f"/streets/{street}").text)
    assert send(admin, other, path).status_code == 404
    assert in_register(city, street) == ("Захисників України", [("Гордіюк", "former")])
    assert "прибрано: колишня назва Гордіюк" in send(admin, street, path).text
    assert in_register(city, street) == ("Захисників України", [])


def test_a_slip_of_the_pen_is_mended_without_a_former_name(city: City, admin: Staff) -> None:
    street = number(city, "Гущанська")
    fields = {"kind": "вулиця", "name": "Гощанська", "status": "in_use", "district": ""}
    assert "Виправлено." in send(admin, street, "correct", "correct", **fields).text
    assert in_register(city, street) == ("Гощанська", [])


def test_a_new_street_is_added_in_a_village(city: City, admin: Staff) -> None:
    with city.records() as session:
        village = session.scalars(select(Settlement).where(Settlement.name == "Рокині")).one().katottg
    fields = {"kind": "провулок", "name": "Зоряний", "settlement": village, "district": "", "why": "рішення"}
    page = admin.post("/streets", fields, page="/streets/new", follow_redirects=True).text
    assert "Додано: провулок Зоряний." in page and "селище Рокині" in page
    twice = admin.post("/streets", {**fields, "name": "ЗОРЯНИЙ"}, page="/streets/new")
    assert twice.status_code == 422 and "Така вулиця вже є: провулок Зоряний." in twice.text
    assert admin.post("/streets", {**fields, "settlement": "Київ"}, page="/streets/new").status_code == 422


def test_a_street_that_is_not_there_is_a_page_that_says_so(admin: Staff) -> None:
    assert admin.get("/streets/99999").status_code == 404
    assert admin.post("/streets/99999/retire", {}, page="/streets/new").status_code == 404


def test_a_form_without_a_token_changes_no_street(city: City, admin: Staff) -> None:
    street = number(city, "Карбишева")
    fields = {"rename-name": "Козацька", "rename-kind": "вулиця", "rename-since": "2026-11-20", "rename-version": "1"}
    assert admin.client.post(f"/streets/{street}/rename", data=fields).status_code == 400
    assert in_register(city, street) == ("Карбишева", [])


def test_an_empty_register_says_how_to_fill_it(city: City, operator: Staff) -> None:
    with city.records() as session:
        for street in session.scalars(select(Street)):
            street.valid_to = city.now.date()
        session.commit()
    assert "hotline streets import файл" in operator.get("/streets").text
