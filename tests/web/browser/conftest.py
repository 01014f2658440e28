"""The panel on a free port of the loopback, and a real Chromium in front of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from sound import wav
from tests.web.city import HEARD, PASSWORD, City

SPEECH = Path(__file__).parents[2] / "data" / "speech" / "anatol-01.wav"
SHOTS = Path(__file__).parents[3] / "artifacts" / "screenshots"
LAPTOP, PHONE = (1366, 768), (390, 844)


@pytest.fixture
def panel(city: City) -> Iterator[str]:
    """The address of the panel of a city."""
    server = waitress.create_server(city.app(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"  # type: ignore[union-attr]  # one address: one server
    server.close()
    thread.join(timeout=30)


@dataclass
class Desk:
    """An operator's browser window. ``complaints`` is all that the browser objected to."""

    page: Page
    panel: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.panel + path)

    def log_in(self, login: str = "olena") -> None:
        self.open("/login")
        self.page.get_by_label("Логін").fill(login)
        self.page.get_by_label("Пароль").fill(PASSWORD)
        self.page.get_by_role("button", name="Увійти").click()
        self.page.get_by_role("heading", name="Звернення").wait_for()

    def shot(self, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def notice(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


def sit_down(context: BrowserContext, panel: str, page: Page | None = None) -> Desk:
    page = page or context.new_page()
    desk = Desk(page, panel)
    page.on("console", desk.notice)
    page.on("pageerror", lambda error: desk.complaints.append(str(error)))
    return desk


@pytest.fixture
def desk(chromium: Browser, panel: str) -> Iterator[Desk]:
    """A laptop; at the end the browser must have had nothing to complain about."""
    context = chromium.new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, locale="uk-UA")
    desk = sit_down(context, panel)
    yield desk
    context.close()
    assert desk.complaints == []


@pytest.fixture
def spoken(city: City) -> int:
    """An appeal with real speech and the words that were heard in it."""
    appeal = city.appeal(words=HEARD + " вже три дні")
    samples, rate = wav.read_pcm(SPEECH)
    wav.write(city.store.path("ast-1700000001.1", "2-appeal.wav"), samples, rate)
    return appeal
