"""Who gets in, and what protects those who did."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.routing import Rule

from db.models import Audit
from tests.web.city import PASSWORD, City, Staff, csrf_token
from web.panel.access import OPEN_PAGES
from web.panel.security import MAX_FORM_BYTES

SAMPLES: dict[str, Any] = {"int": 1, "default": "ast-1700000001.1", "path": "panel.css"}


def address(rule: Rule) -> str:
    values = {name: SAMPLES[_kind(rule, name)] for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]


def _kind(rule: Rule, name: str) -> str:
    return {"RowNumber": "int", "PathConverter": "path"}.get(type(rule._converters[name]).__name__, "default")


def every_page(city: City) -> list[tuple[str, str, str]]:
    rules = city.app().url_map.iter_rules()
    return [
        (rule.endpoint, method, address(rule))
        for rule in rules
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_every_page_but_a_short_list_sends_a_stranger_to_the_login(city: City) -> None:
    city.appeal()
    stranger = city.app().test_client()
    token = csrf_token(stranger.get("/login").text)
    pages = every_page(city)
    assert len(pages) > 20
    for endpoint, method, path in pages:
        answer = stranger.open(path, method=method, headers={"X-CSRFToken": token})
        if endpoint in OPEN_PAGES:
            assert answer.status_code in (200, 422), path
        else:
            assert answer.status_code == 302, f"{method} {path} is open: {answer.status_code}"
            assert answer.location.startswith("/login"), path


def test_the_list_of_open_pages_is_short_and_known() -> None:
    assert {"login.show", "login.enter", "static", "health.show"} == OPEN_PAGES


def test_an_operator_sees_every_page_but_the_audit(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    pages = ["/", "/appeals", f"/appeals/{appeal}", "/calls", "/calls/ast-1700000001.1", "/notices", "/notices/new"]
    for path in [*pages, "/line", "/account", "/help"]:
        assert operator.get(path).status_code == 200, path
    assert operator.get("/audit").status_code == 403
    assert "лише адміністратору" in operator.get("/audit").text


def test_an_administrator_sees_the_audit_and_that_its_chain_is_whole(admin: Staff) -> None:
    page = admin.get("/audit?check=1").text
    assert "Ланцюг записів цілий" in page
    assert "вхід" in page


def test_the_audit_speaks_ukrainian(city: City, operator: Staff, admin: Staff) -> None:
    appeal = city.appeal()
    operator.press(appeal, "register", text="Немає води", category="HOTW", street="вул. Конякіна", house="24")
    page = admin.get("/audit").text
    assert "чернетка → зареєстровано" in page
    assert "адреса, суть, категорія" in page
    assert "registered" not in page


def test_an_audit_entry_changed_by_hand_shows(city: City, admin: Staff) -> None:
    with city.records() as session:
        session.query(Audit).filter_by(id=2).one().what = "nothing"
        session.commit()
    assert "Запис № 2 змінено" in admin.get("/audit?check=1").text


def test_a_wrong_password_is_refused_in_ukrainian(visitor: Staff) -> None:
    answer = visitor.log_in(password="не той пароль")
    assert answer.status_code == 401
    assert "Логін або пароль неправильний" in answer.text


def test_after_eight_wrong_passwords_even_the_right_one_must_wait(city: City, visitor: Staff) -> None:
    codes = [visitor.log_in(password=f"wrong {n}").status_code for n in range(9)]
    assert codes == [401] * 8 + [429]
    refused = visitor.log_in(login=" OLENA ")
    assert refused.status_code == 429
    assert "Зачекайте 15 хвилин" in refused.text
    assert visitor.log_in(login="admin").status_code == 302, "another login is not locked out"


def test_one_address_cannot_try_many_logins(visitor: Staff) -> None:
    codes = [visitor.log_in(login=f"somebody{n}", password="guess").status_code for n in range(31)]
    assert codes == [401] * 30 + [429]


def test_right_passwords_use_up_no_limit(city: City, visitor: Staff) -> None:
    for _ in range(12):
        assert visitor.log_in().status_code == 302
        visitor.post("/logout", {}, page="/appeals")


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_the_login_leads_to_no_other_site(visitor: Staff, target: str) -> None:
    answer = visitor.post(
        "/login", {"login": "olena", "password": PASSWORD}, page="/login", query_string={"next": target}
    )
    assert answer.location == "/appeals"


def test_the_login_leads_back_to_the_page_that_was_wanted(city: City, visitor: Staff) -> None:
    wanted = visitor.get("/calls?shown=lost").location
    answer = visitor.client.post(
        wanted, data={"login": "olena", "password": PASSWORD, "csrf_token": csrf_token(visitor.get(wanted).text)}
    )
    assert answer.location == "/calls?shown=lost"


def test_a_form_without_a_token_changes_nothing(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    fields = {**operator.card(appeal), "act": "rejected", "why": "чужий сайт"}
    answer = operator.client.post(f"/appeals/{appeal}", data=fields)
    assert answer.status_code == 400
    assert "Форма застаріла" in answer.text
    assert city.read(appeal).status == "draft"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(city: City, visitor: Staff) -> None:
    cookie = visitor.log_in().headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    city.https = True
    behind_tls = Staff(city.app().test_client())
    token = behind_tls.get("/login", base_url="https://panel.example")
    assert "Secure" in token.headers["Set-Cookie"]
    assert "max-age=" in token.headers["Strict-Transport-Security"]


def test_pages_allow_no_inline_scripts_and_leave_no_copies(operator: Staff) -> None:
    answer = operator.get("/appeals")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_no_page_holds_an_inline_script_or_style(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    for path in ("/appeals", f"/appeals/{appeal}", "/calls", "/notices/new", "/help", "/line", "/account"):
        page = operator.get(path).text
        assert " style=" not in page, path
        assert "<script>" not in page, path
        assert " onclick=" not in page, path


def test_a_changed_password_ends_every_session(city: City, operator: Staff) -> None:
    other = Staff(city.app().test_client())
    other.log_in()
    assert other.get("/appeals").status_code == 200
    new = "ще довший пароль 4"
    answer = operator.post("/account", {"current": PASSWORD, "new": new, "again": new}, follow_redirects=True)
    assert "Увійдіть із новим паролем" in answer.text
    assert other.get("/appeals").status_code == 302
    assert operator.get("/appeals").status_code == 302
    assert operator.log_in().status_code == 401
    assert operator.log_in(password=new).status_code == 302


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"current": "не той", "new": "новий пароль 1", "again": "новий пароль 1"}, "Теперішній пароль неправильний"),
        ({"current": PASSWORD, "new": "короткий", "again": "короткий"}, "Щонайменше 10 знаків"),
        ({"current": PASSWORD, "new": "новий пароль 1", "again": "новий пароль 2"}, "Паролі не збігаються"),
    ],
)
def test_a_password_is_not_changed_when_something_is_wrong(
    operator: Staff, fields: dict[str, str], problem: str
) -> None:
    answer = operator.post("/account", fields)
    assert answer.status_code == 422
    assert problem in answer.text
    assert operator.get("/appeals").status_code == 200


def test_a_forged_session_is_no_session(city: City, visitor: Staff) -> None:
    for claim in ("1:", "1:wrong", "x:y", "", "²:a", "9999999:a"):
        with visitor.client.session_transaction() as session:
            session["_user_id"] = claim
        assert visitor.get("/appeals").status_code == 302, claim


def test_a_form_of_two_megabytes_is_refused_with_a_page(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    answer = operator.post(f"/appeals/{appeal}", {"act": "save", "version": "1", "text": "я" * MAX_FORM_BYTES})
    assert answer.status_code == 413
    assert "Забагато тексту" in answer.text
    assert operator.get(f"/appeals/{appeal}").status_code == 200


def test_a_page_that_refreshes_itself_is_told_that_the_session_ended(visitor: Staff) -> None:
    answer = visitor.get("/appeals", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert not answer.text


def test_a_form_of_an_ended_session_leads_to_the_login_that_says_why(city: City, visitor: Staff) -> None:
    answer = visitor.client.post("/login", data={"login": "olena", "password": PASSWORD, "csrf_token": "old"})
    assert answer.location == "/login"
    assert "Сеанс закінчився. Увійдіть ще раз." in visitor.get("/login").text


def test_an_open_form_gets_a_token_of_the_new_session(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    fields = operator.card(appeal)
    operator.post("/logout", {}, page="/appeals")
    operator.log_in()
    token = operator.get("/account/token").json["token"]
    sent = {**fields, "act": "save", "applicant": "Марія Коваль", "csrf_token": token}
    assert operator.client.post(f"/appeals/{appeal}", data=sent).status_code == 302
    assert city.read(appeal).applicant == "Марія Коваль"


def test_health_says_ok_and_nothing_else(visitor: Staff) -> None:
    assert visitor.get("/health").text == "ok\n"
