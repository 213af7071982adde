"""The panel in a real browser against the real service: one person's walk from the sign-in link to
an executed plan, in light and in dark, wide and on a phone. Needs the fixtures `server_url` and
`sign_in_link` (a link not used yet) and Debian's Chromium; leaves screenshots in `tmp_path`.
"""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from tests.support.service import TOKEN, Client, served

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUESTION = "Which tables hold personal data?"
REQUEST = "Discover shop, scan shop and describe shop.orders as 'All orders'"
PATIENCE_MS = 15_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}"),
]


@dataclass
class Visit:
    """A page of its own session, and what its console complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def ask(self, message: str) -> Locator:
        """Sends a message and returns its run once that has ended."""
        before = self.page.get_by_role("article").count()
        self.page.get_by_role("textbox", name="Message").fill(message)
        self.page.keyboard.press("Enter")
        run = self.page.get_by_role("article").nth(before)
        expect(run.get_by_role("group", name="You")).to_have_text(message)
        expect(run).to_have_attribute("aria-busy", "false", timeout=PATIENCE_MS)
        return run


@pytest.fixture
def client(shop_folder: Path, tmp_path: Path) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path / "data"))
    with served(folder) as client:
        yield client


@pytest.fixture
def server_url(client: Client) -> str:
    return client.url


@pytest.fixture
def sign_in_link(client: Client) -> str:
    return f"{client.url}/?token={TOKEN}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def visit(browser: Browser, width: int = 1360, scheme: Literal["light", "dark"] = "light") -> Visit:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 860}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    visited = Visit(context.new_page())
    visited.listen()
    return visited


@pytest.mark.parametrize(("scheme", "width"), [("light", 1360), ("dark", 390)])
def test_from_the_sign_in_link_to_an_executed_plan(
    browser: Browser,
    sign_in_link: str,
    tmp_path: Path,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    visited = visit(browser, width, scheme)
    page = visited.page

    page.goto(sign_in_link)
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    assert "token" not in page.url
    page.screenshot(path=tmp_path / f"{scheme}-empty.png")

    answer = visited.ask(QUESTION)
    expect(answer.locator(".text").first).not_to_be_empty()
    call = answer.locator("details.tool").first
    call.locator("summary").click()
    expect(call.get_by_role("heading", name="Answered")).to_be_visible()
    page.screenshot(path=tmp_path / f"{scheme}-answer.png")

    citation = answer.get_by_role("button", name=re.compile(r"^Source \d+: ")).first
    citation.click()
    source = page.get_by_role("dialog", name="Source")
    expect(source.locator("[aria-busy=false] dl, [aria-busy=false] figure").first).to_be_visible()
    page.screenshot(path=tmp_path / f"{scheme}-source.png")
    page.keyboard.press("Escape")
    expect(source).to_be_hidden()
    expect(citation).to_be_focused()

    proposal = visited.ask(REQUEST)
    plan = proposal.locator("section.plan")
    expect(plan).to_contain_text("Waiting for approval")
    expect(plan.locator("div.arguments").last).to_contain_text("shop.orders")
    preview = plan.locator("details.preview").first
    preview.locator("summary").first.click()
    expect(preview.locator("details.group").first).to_be_visible()
    page.screenshot(path=tmp_path / f"{scheme}-plan.png")

    plan.get_by_role("button", name="Approve and run").click()
    expect(plan.get_by_role("progressbar").first).to_be_visible()
    expect(plan.locator(".state")).to_have_text("Done", timeout=PATIENCE_MS)
    expect(plan.locator("ol.steps > li:not(.done)")).to_have_count(0)
    expect(preview.locator("details.group").first).to_be_visible()  # what was open stays open
    expect(page.get_by_role("article").last.locator(".text")).not_to_be_empty()
    page.screenshot(path=tmp_path / f"{scheme}-executed.png")

    page.reload()  # a replay of the log shows the same
    expect(page.locator("section.plan .state")).to_have_text("Done")
    expect(page.get_by_role("article").last.locator(".text")).not_to_be_empty()

    assert visited.complaints == []
    page.context.close()


def test_a_spent_link_says_what_to_do_and_a_key_can_be_pasted(
    browser: Browser, server_url: str
) -> None:
    page = visit(browser).page
    page.goto(f"{server_url}/sign-in?token=spent")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_role("alert").locator(".remedy")).not_to_be_empty()
    expect(page.get_by_label("API key")).to_be_focused()
    page.context.close()


def test_a_message_whose_connection_fails_is_sent_once(browser: Browser, sign_in_link: str) -> None:
    visited = visit(browser)
    page = visited.page
    page.goto(sign_in_link)
    keys: list[str | None] = []
    page.on(
        "request",
        lambda request: (
            keys.append(request.headers.get("idempotency-key"))
            if request.url.endswith("/chat")
            else None
        ),
    )
    page.route("**/ai-assistant/chat", lambda route: route.abort(), times=1)
    answer = visited.ask(QUESTION)
    expect(answer.locator(".text").first).not_to_be_empty()
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert keys[0]
    page.context.close()
