"""Nothing on the pages is too pale to read: at once, under the pointer, with the focus, while it is pressed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from db.drafts import Suggested
from tests.web.browser.conftest import LAPTOP, Desk, sit_down
from tests.web.city import City
from tests.web.live import LiveCall, address

pytestmark = pytest.mark.browser

ENOUGH = 4.5
"""WCAG 2.1, 1.4.3: the contrast of text to what is behind it."""

MEASURE = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
ALL_ENDED = "document.getAnimations().forEach((one) => one.finish())"


def pale(page: Page, selector: str = "*") -> list[str]:
    """What cannot be read, with its contrast."""
    found: list[list[object]] = page.evaluate("selector => contrasts(selector)", selector)
    return [f"{text} ({contrast})" for text, contrast in found if float(str(contrast)) < ENOUGH]


def in_every_state(page: Page, element: Locator) -> list[str]:
    """Pale under the pointer, pressed or focused: when the state begins and when its transition is over."""
    element.evaluate("(element) => element.setAttribute('data-looked-at', '')")
    found = []
    for enter in (element.hover, page.mouse.down, lambda: page.mouse.move(1, 1), element.focus):
        enter()
        found += pale(page, "[data-looked-at]")
        page.evaluate(ALL_ENDED)
        found += pale(page, "[data-looked-at]")
    page.mouse.up()
    element.evaluate("(element) => element.removeAttribute('data-looked-at')")
    return found


@pytest.fixture(params=["light", "dark"])
def screen(request: pytest.FixtureRequest, chromium: Browser, panel: str) -> Iterator[Desk]:
    """A laptop that measures every page the moment it is there."""
    context = chromium.new_context(
        viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, locale="uk-UA", color_scheme=request.param
    )
    context.add_init_script(MEASURE)
    desk = sit_down(context, panel)
    desk.log_in("admin")
    yield desk
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/appeals/1",
        "/notices",
        "/notices/new",
        "/streets?q=гордіюк",
        "/streets/42",
        "/calls?shown=lost",
        "/line",
        "/audit",
        "/help",
    ],
)
def test_a_page_can_be_read_at_once_and_later(screen: Desk, spoken: int, path: str) -> None:
    screen.open(path)
    begun = screen.page.evaluate("atOnce")
    assert len(begun) > 8
    assert [text for text, contrast in begun if contrast < ENOUGH] == []
    assert pale(screen.page) == []


@pytest.fixture
def urgent(city: City) -> LiveCall:
    """A card with an alarm, words that were heard and suggestions."""
    call = LiveCall(city)
    call.says("пахне газом на вулиці Конякіна двадцять чотири", unsure="пахне")
    call.alarms("104", "пахне газом", "запах газу")
    return call


URGENT = (
    Suggested("urgency", "E0", "загроза життю", 1.0, True, [(0, 1)], "запах газу"),
    address("Конякіна", "24", [(2, 6)], sure=True, confidence=0.97),
    address("Коперника", "24", [(2, 6)], sure=False, confidence=0.4),
    Suggested("kind", "consultation", "консультація", 1.0, True),
)


def test_an_alarm_live_words_and_suggestions_can_be_read(screen: Desk, urgent: LiveCall) -> None:
    for path in ("/appeals", f"/appeals/{urgent.appeal}"):
        screen.open(path)
        screen.page.get_by_text("Телефонуйте 104!").wait_for()
        assert pale(screen.page) == []
    urgent.hangs_up(URGENT)
    screen.page.get_by_text("заповнила машина, перевірте").first.wait_for()
    screen.page.get_by_text("чому").first.click()
    screen.page.locator(".hear").first.click()
    screen.page.evaluate(ALL_ENDED)
    assert pale(screen.page) == []
    for element in screen.page.locator(".hints button, #alarms button").all():
        if element.is_visible():
            assert in_every_state(screen.page, element) == []


@pytest.mark.parametrize(
    ("path", "selector"),
    [("/appeals", ".top a, .top button, .tabs a, .search button"), ("/appeals/1", "main button:not(.enter)")],
)
def test_buttons_and_links_can_be_read_in_every_state(screen: Desk, spoken: int, path: str, selector: str) -> None:
    screen.open(path)
    looked_at = [one for one in screen.page.locator(selector).all() if one.is_visible() and one.is_enabled()]
    assert len(looked_at) > 8
    for element in looked_at:
        assert in_every_state(screen.page, element) == []
