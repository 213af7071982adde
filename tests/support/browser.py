"""The panel in Debian's Chromium: a visit, what its console says, plans in it."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.support.service import TOKEN, Client

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000
PLANS = "/api/racine/ai-assistant/plans"
IN_BROWSER = [
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
        self.page.get_by_role("textbox", name="Message").focus()
        self.page.keyboard.type(message)
        self.page.keyboard.press("Enter")
        run = self.page.get_by_role("article").nth(before)
        expect(run.get_by_role("group", name="You")).to_have_text(message)
        expect(run).to_have_attribute("aria-busy", "false", timeout=PATIENCE_MS)
        return run


def visit(browser: Browser, width: int = 1360, scheme: Literal["light", "dark"] = "light") -> Visit:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 860}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    visited = Visit(context.new_page())
    visited.listen()
    return visited


def tag_step(n: int, tag: str, **more: Any) -> dict[str, Any]:
    arguments = {"asset": "shop.orders", "tag": tag}
    return {"id": f"s{n}", "operation": "catalog.tag_asset", "arguments": arguments, **more}


def propose(client: Client, *steps: dict[str, Any]) -> dict[str, Any]:
    answer = client.http.post(PLANS, json={"steps": steps})
    assert answer.status_code == 201, answer.text
    plan: dict[str, Any] = answer.json()
    return plan


def opened(visited: Visit, client: Client, plan: dict[str, Any], token: str = TOKEN) -> Locator:
    """Signs in, opens a plan's conversation, and returns its card."""
    visited.page.goto(f"{client.url}/?token={token}#conversation/{plan['conversation_id']}")
    card = visited.page.locator("main section.plan").first
    expect(card.locator(".state")).to_be_visible()
    return card
