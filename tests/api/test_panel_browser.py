"""The panel in a real browser against the real service: one person's walk from the sign-in link to
an executed plan, in light and in dark, wide and on a phone. Leaves screenshots in `tmp_path`.
"""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.support.browser import IN_BROWSER, PATIENCE_MS, Visit, opened, propose, tag_step, visit
from tests.support.service import Client
from tests.support.world import make_shop

QUESTION = "Which tables hold personal data?"
REQUEST = "Discover shop, scan shop and describe shop.orders as 'All orders'"
RUN_EVENTS = "**/api/racine/ai-assistant/runs/*/events"

pytestmark = IN_BROWSER


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
    expect(call.get_by_role("columnheader").first).to_be_visible()
    assert " | " not in call.locator("table").first.inner_text()
    page.screenshot(path=tmp_path / f"{scheme}-answer.png")

    citation = answer.get_by_role("button", name=re.compile(r"^Source \d+: ")).first
    citation.click()
    source = page.get_by_role("dialog", name="Source")
    expect(source.locator("[aria-busy=false] dl, [aria-busy=false] figure").first).to_be_visible()
    facts = source.locator("[aria-busy=false] > .content > .record > dt").all_inner_texts()
    assert facts
    assert "Id" not in facts
    expect(source.locator(".content > .record .none")).to_have_count(0)
    source.get_by_text("All fields").click()
    expect(source.locator("details.preview dt").first).to_be_visible()
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

    held: list[Route] = []
    page.route(RUN_EVENTS, lambda route: held.append(route) if len(held) < 2 else route.continue_())
    page.reload()  # a replay of the log shows the same, though its last run is read first
    execution = page.get_by_role("article").last
    expect(execution.locator("section.plan .state")).to_have_text("Done")
    for route in held:
        route.continue_()
    expect(execution.locator("section.plan")).to_have_count(0)
    expect(page.locator("section.plan .state")).to_have_count(1)
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


def test_a_plan_is_edited_agreed_to_by_two_and_then_runs(
    browser: Browser, client: Client, tmp_path: Path
) -> None:
    client.call(
        "approvals.create_rule",
        name="two-eyes",
        reason="Tags open doors",
        operations=["catalog.tag_asset"],
    )
    client.call("rbac.create_user", name="Otto Kern", email="otto@example.com")
    client.call("rbac.grant_role", user="otto@example.com", role="steward")
    key = client.call("rbac.create_api_key", user="otto@example.com", name="test")["key"]
    visited = visit(browser)
    page = visited.page
    card = opened(visited, client, propose(client, tag_step(1, "wrong")))
    expect(card.get_by_role("region", name="What follows")).to_be_visible()

    card.get_by_role("button", name="Edit step 1").click()
    form = card.get_by_role("form", name="Arguments of")
    expect(form.get_by_label("Asset")).to_be_focused()
    form.get_by_label("Asset").fill("shop.nothing")
    form.get_by_label("Tag").fill("right")
    form.get_by_role("button", name="Preview anew").click()
    expect(form.get_by_role("alert")).to_contain_text("shop.nothing")
    page.screenshot(path=tmp_path / "edit.png")
    visited.complaints.clear()  # the browser's own, of the refusal
    form.get_by_label("Asset").fill("shop.orders")
    form.get_by_role("button", name="Preview anew").click()
    expect(card.locator("div.arguments")).to_contain_text("right")

    card.get_by_role("button", name="Approve", exact=True).click()
    approval = card.get_by_role("region", name="Approval")
    expect(approval).to_contain_text("agreed")
    expect(approval).to_contain_text("two-eyes: Tags open doors")
    expect(card.locator(".state")).to_have_text("Waiting for approval")
    expect(card.get_by_role("button", name="Approve", exact=True)).to_be_disabled()
    expect(card.locator("footer")).to_contain_text("It still waits for")
    page.screenshot(path=tmp_path / "half.png")

    others = visit(browser, 390, "dark")
    others.page.goto(f"{client.url}/?token={key}")
    others.page.get_by_label("Waiting for you: 1").click()
    others.page.screenshot(path=tmp_path / "waiting.png")
    others.page.locator(".waiting li button").click()
    theirs = others.page.get_by_role("dialog", name="Plan").locator("section.plan")
    expect(theirs.get_by_role("button", name="Approve and run")).to_be_enabled()
    others.page.screenshot(path=tmp_path / "drawer.png")
    theirs.get_by_role("button", name="Approve and run").click()
    expect(theirs.get_by_role("button", name="Approve")).to_have_count(0)
    expect(others.page.get_by_label("Waiting for you")).to_have_count(0)
    expect(theirs.get_by_role("alert")).to_have_count(0)

    page.evaluate("dispatchEvent(new Event('focus'))")  # the requester looks at the page again
    expect(card.locator(".state")).to_have_text("Done")
    assert "right" in client.call("catalog.get_asset", asset="shop.orders")["tags"]
    assert visited.complaints == others.complaints == []
    page.context.close()
    others.page.context.close()


def test_a_plan_of_ones_own_is_withdrawn(browser: Browser, client: Client) -> None:
    visited = visit(browser)
    card = opened(visited, client, propose(client, tag_step(1, "never")))
    card.get_by_role("button", name="Withdraw").click()
    expect(card.get_by_label("Reason")).to_be_focused()
    visited.page.keyboard.type("not needed")
    visited.page.keyboard.press("Enter")
    expect(card.locator(".state")).to_have_text("Withdrawn")
    expect(card.get_by_role("button", name="Approve")).to_have_count(0)
    visited.page.context.close()


def test_a_plan_is_rejected_with_a_reason(browser: Browser, client: Client) -> None:
    visited = visit(browser)
    plan = propose(client, tag_step(1, "never"))
    card = opened(visited, client, plan)
    card.get_by_role("button", name="Reject").press("Enter")  # by keyboard alone
    expect(card.get_by_label("Reason")).to_be_focused()
    visited.page.keyboard.press("Tab")
    visited.page.keyboard.press("Tab")
    visited.page.keyboard.press("Enter")  # first thought better of
    expect(card.get_by_role("button", name="Reject")).to_be_focused()
    visited.page.keyboard.press("Enter")
    expect(card.get_by_label("Reason")).to_be_focused()
    visited.page.keyboard.type("tags are frozen")
    visited.page.keyboard.press("Enter")
    state = card.locator(".state")
    expect(state).to_have_text("Rejected")
    expect(card.get_by_role("button", name="Approve")).to_have_count(0)
    expect(card.get_by_role("region", name="Approval")).to_contain_text("“tags are frozen”")
    told = client.call("assistant.get_plan", plan_id=plan["id"])
    assert (told["status"], told["reason"]) == ("rejected", "tags are frozen")

    visited.page.reload()
    expect(state).to_have_text("Rejected")
    expect(card.get_by_role("region", name="Approval")).to_contain_text("“tags are frozen”")
    assert not client.call("catalog.get_asset", asset="shop.orders")["tags"]
    assert visited.complaints == []
    visited.page.context.close()


def test_a_long_plan_is_told_in_groups_the_odd_ones_first(
    browser: Browser, client: Client, tmp_path: Path
) -> None:
    renamed = {"asset": "shop.customers", "description": "Who buys"}
    odd = {"id": "odd", "operation": "catalog.describe_asset", "arguments": renamed}
    visited = visit(browser)
    plan = propose(client, *(tag_step(n, f"t{n}") for n in range(30)), odd)
    card = opened(visited, client, plan)
    expect(card.locator("ol.odd > li")).to_have_count(1)
    expect(card.locator("ol.odd .why")).to_contain_text("Only 1 of 31 steps")
    group = card.locator("details.of-steps")
    expect(group.locator("> summary")).to_contain_text("30 ×")
    expect(group.locator("li")).to_have_count(0)  # built when it is unfolded
    group.locator("> summary").click()
    expect(group.locator("ol.steps > li")).to_have_count(20)
    visited.page.screenshot(path=tmp_path / "groups.png")
    group.get_by_role("button", name="Show all 30").click()
    expect(group.locator("ol.steps > li")).to_have_count(30)
    assert visited.complaints == []
    visited.page.context.close()


def test_an_execution_is_paused_resumed_decided_on_and_undone(
    browser: Browser, client: Client, tmp_path: Path
) -> None:
    visited = visit(browser, 390)
    chain = [tag_step(n, f"t{n}", needs=[f"s{n - 1}"] if n else []) for n in range(30)]
    gated = tag_step(30, "last", needs=["s29"], gate={"reason": "The last one is special"})
    card = opened(visited, client, propose(client, *chain, gated))
    state = card.locator("> header .state")
    card.get_by_role("button", name="Approve and run").click()
    card.get_by_role("button", name="Pause").click()
    expect(state).to_have_text("Paused")
    visited.page.screenshot(path=tmp_path / "paused.png")
    card.get_by_role("button", name="Resume").click()
    expect(state).to_have_text("Waiting at a gate")
    gate = card.locator("ol.odd > li", has_text="The last one is special")
    visited.page.screenshot(path=tmp_path / "gate.png")
    gate.get_by_role("button", name="Approve").click()
    expect(state).to_have_text("Done")

    card.get_by_role("button", name="Undo…").click()
    undoing = visited.page.locator("main section.plan").nth(1)
    undoing.get_by_role("button", name="Approve and run").click()
    expect(undoing.locator("> header .state")).to_have_text("Done")
    visited.page.screenshot(path=tmp_path / "undone.png")
    assert not client.call("catalog.get_asset", asset="shop.orders")["tags"]
    assert visited.complaints == []
    visited.page.context.close()


def failed_scan(visited: Visit, client: Client, database: Path) -> tuple[Locator, Locator, Path]:
    """A plan's card whose first step, a scan, has failed; that step; where the database is."""
    make_shop(database)
    client.call("data_sources.register_source", name="own", kind="sqlite", location=str(database))
    client.call("data_sources.discover_assets", source="own")
    scan = {"id": "s1", "operation": "scan_logic.start_scan", "arguments": {"source": "own"}}
    card = opened(visited, client, propose(client, scan, tag_step(2, "after", needs=["s1"])))
    away = database.rename(database.with_name("away.sqlite"))
    card.get_by_role("button", name="Approve and run").click()
    expect(card.locator("> header .state")).to_have_text("Failed", timeout=PATIENCE_MS)
    return card, card.locator("ol.steps > li.failed"), away


def test_a_failed_step_is_skipped_with_a_reason_and_the_others_go_on(
    browser: Browser, client: Client, tmp_path: Path
) -> None:
    visited = visit(browser, 390, "dark")
    page = visited.page
    card, failed, _ = failed_scan(visited, client, tmp_path / "own.sqlite")
    failed.get_by_role("button", name="Skip…").click()
    page.keyboard.press("Enter")  # a reason is needed
    reason = failed.get_by_label("Why is it skipped?")
    expect(reason).to_be_focused()
    page.keyboard.type("its disk is gone")
    card.screenshot(path=tmp_path / "skip.png")
    page.keyboard.press("Enter")
    state = card.locator("> header .state")
    expect(state).to_have_text("Done", timeout=PATIENCE_MS)
    skipped = card.locator("ol.steps > li.skipped")
    expect(skipped).to_contain_text("its disk is gone")
    expect(card.locator("ol.steps > li.done")).to_have_count(1)
    assert client.call("catalog.get_asset", asset="shop.orders")["tags"] == ["after"]

    page.reload()  # the second stream is found again, whichever comes first
    expect(state).to_have_text("Done")
    expect(skipped).to_contain_text("its disk is gone")
    expect(card.locator("ol.steps > li.done")).to_have_count(1)
    assert visited.complaints == []
    page.context.close()


def test_what_has_failed_is_retried_and_goes_on(
    browser: Browser, client: Client, tmp_path: Path
) -> None:
    database = tmp_path / "own.sqlite"
    visited = visit(browser)
    page = visited.page
    card, failed, away = failed_scan(visited, client, database)
    state = card.locator("> header .state")
    page.screenshot(path=tmp_path / "failed.png")
    failed.get_by_role("button", name="Skip…").click()
    expect(failed.get_by_label("Why is it skipped?")).to_be_focused()
    failed.get_by_role("button", name="Keep it").click()

    away.rename(database)
    failed.get_by_role("button", name="Retry from here").click()
    expect(state).to_have_text("Done", timeout=PATIENCE_MS)
    expect(card.locator("ol.steps > li.done")).to_have_count(2)

    page.reload()  # the second stream is found again
    expect(state).to_have_text("Done")
    expect(card.locator("ol.steps > li.done")).to_have_count(2)
    assert visited.complaints == []
    page.context.close()


def test_what_follows_from_a_plan_is_told_with_strange_letters_written_out(
    browser: Browser, client: Client, tmp_path: Path
) -> None:
    described = {"id": "", "operation": "catalog.describe_asset"}
    texts = [f"Who buys, {n}" for n in range(60)]
    texts[41] = "fin\u200bance"
    steps = [
        described | {"id": f"s{n}", "arguments": {"asset": "shop.customers", "description": text}}
        for n, text in enumerate(texts)
    ]
    steps[17]["arguments"] = {"asset": "shop.orders", "description": "оrders"}
    visited = visit(browser)
    card = opened(visited, client, propose(client, *steps))
    follows = card.get_by_role("region", name="What follows")
    expect(follows).to_contain_text("fin[U+200B]ance")
    expect(follows).to_contain_text("[U+043E]rders")
    expect(follows).to_contain_text("It looks like orders.")
    rules = follows.locator("details", has_text="at it")
    rules.locator("summary").press("Enter")  # by keyboard alone
    expect(rules.locator("li").first).to_be_visible()
    expect(card.locator("ol.odd > li .why").first).to_contain_text("Its asset is shop.orders")
    expect(card.locator("ol.odd > li .why").last).to_contain_text("U+200B")
    expect(card.locator("ol.odd > li")).to_have_count(2)
    card.screenshot(path=tmp_path / "follows.png")
    assert visited.complaints == []
    visited.page.context.close()
