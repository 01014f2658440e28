"""An administrator and the street register, in a genuine Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser.conftest import PHONE, Desk, sit_down
from tests.web.city import City

pytestmark = pytest.mark.browser


def test_a_street_is_found_renamed_given_a_name_and_one_step_is_undone(city: City, desk: Desk) -> None:
    page = desk.page
    desk.log_in("admin")
    page.get_by_role("navigation", name="Розділи").get_by_role("link", name="Вулиці").click()
    desk.shot("streets")
    page.get_by_role("searchbox", name="Пошук").fill("карбіш")
    page.get_by_role("button", name="Шукати").click()
    page.get_by_role("link", name="вулиця Карбишева").click()

    page.get_by_text("Перейменувати: стара назва стане колишньою").click()
    page.get_by_label("Нова назва").fill("Козацька")
    page.get_by_label("Підстава (рішення, номер)").fill("рішення ради № 5")
    page.get_by_role("button", name="Перейменувати").click()
    expect(page.get_by_role("heading", name="вулиця Козацька")).to_be_visible()

    page.get_by_text("Додати назву, яку кажуть люди").click()
    page.locator("#name-name").fill("Козачка")
    page.get_by_role("button", name="Додати назву").click()
    expect(page.get_by_role("button", name="Прибрати: Козачка")).to_be_visible()
    desk.shot("street-changed")

    page.get_by_role("button", name="Скасувати цю зміну").click()
    expect(page.get_by_role("status").filter(has_text="Останню зміну скасовано.")).to_be_visible()
    expect(page.get_by_role("button", name="Прибрати: Козачка")).to_have_count(0)
    expect(page.get_by_role("button", name="Прибрати: Карбишева")).to_be_visible()

    page.get_by_text("Перейменувати: стара назва стане колишньою").click()
    page.get_by_label("Нова назва").fill("Шевченка")
    page.get_by_role("button", name="Перейменувати").click()
    expect(page.get_by_role("alert").filter(has_text="Така вулиця вже є: вулиця Шевченка.")).to_be_visible()
    expect(page.get_by_label("Нова назва")).to_have_value("Шевченка")
    # The browser itself remarks on the refusal it was told.
    assert [one for one in desk.complaints if "422" not in one] == []
    desk.complaints.clear()


def test_a_street_fits_a_telephone(city: City, chromium: Browser, panel: str) -> None:
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="uk-UA")
    desk = sit_down(context, panel)
    desk.log_in("admin")
    for path, name in (("/streets?q=гордіюк", "streets-phone"), ("/streets/1", "street-phone")):
        desk.open(path)
        desk.shot(name)
        wide = desk.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, path
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("провулок")
    context.close()
    assert desk.complaints == []
