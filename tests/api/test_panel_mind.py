"""The panel's side of what the assistant has in mind: what people think of its answers, what it
recommends, what "this" means. Leaves screenshots in `tmp_path`.
"""

import json
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from tests.support.browser import IN_BROWSER, PATIENCE_MS, Visit, visit
from tests.support.service import TOKEN, Client

UNKNOWN = "Who babysits shop.orders?"
PERSONAL = "Which tables hold personal data?"
RUN_EVENTS = "**/api/racine/ai-assistant/runs/*/events"
LISTED = "assistant.recommendations"
STREAM = re.compile(r"/recommendations/stream\?")
PORTAL = """<!doctype html><title>Portal</title><div style="height:40rem">
<racine-assistant context='{"page": "/assets/orders", "asset": "shop.orders"}'></racine-assistant>
</div><script type="module" src="/panel/assistant.js"></script>"""

pytestmark = IN_BROWSER
Scheme = Literal["light", "dark"]
WIDTHS = pytest.mark.parametrize(("scheme", "width"), [("light", 1360), ("dark", 390)])


@WIDTHS
def test_what_is_thought_of_an_answer_is_kept_and_teaches(
    browser: Browser, client: Client, sign_in_link: str, tmp_path: Path, scheme: Scheme, width: int
) -> None:
    visited = visit(browser, width, scheme)
    page = visited.page
    page.goto(sign_in_link)
    first = visited.ask(UNKNOWN)
    good, bad = (first.get_by_role("button", name=f"{one} answer") for one in ("Good", "Bad"))
    expect(good).to_have_attribute("aria-pressed", "false")

    page.route("**/ai-assistant/feedback", lambda route: route.abort(), times=1)
    good.click()
    expect(first.get_by_role("alert")).to_contain_text("can't be reached")
    expect(good).to_have_attribute("aria-pressed", "false")  # nothing is shown before it is so
    visited.complaints.clear()  # the browser's own, of the lost connection
    good.press("Enter")
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(good).to_be_focused()
    expect(first.get_by_role("alert")).to_have_count(0)

    bad.press("Enter")  # by keyboard alone
    meant = first.get_by_label("How should it have been put?")
    expect(meant).to_be_focused()
    expect(meant).to_have_value(UNKNOWN)
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    meant.fill("Who owns shop.orders?")
    page.screenshot(path=tmp_path / "meant.png")
    page.keyboard.press("Enter")
    expect(page.locator("main > [role=status]")).to_contain_text("“Who owns shop.orders?”")
    expect(bad).to_be_focused()
    page.screenshot(path=tmp_path / "taught.png")
    again = visited.ask("who babysits shop.customers")
    expect(again.locator(".text").first).to_contain_text("As you taught me")
    again.get_by_role("button", name="Good answer").click()
    expect(again.get_by_role("button", name="Good answer")).to_have_attribute(
        "aria-pressed", "true"
    )

    held: list[Route] = []
    page.route(RUN_EVENTS, lambda route: held.append(route) if not held else route.continue_())
    page.reload()  # the first answer's stream is read last
    expect(again.get_by_role("button", name="Good answer")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.get_by_role("button", name="Bad answer")).to_have_count(1)
    held[0].continue_()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(first.get_by_role("group", name="What do you think")).to_contain_text(
        "“Who owns shop.orders?”"
    )
    first.get_by_role("button", name="Ask it").click()
    asked = page.get_by_role("article").nth(2)
    expect(asked.get_by_role("group", name="You")).to_have_text("Who owns shop.orders?")
    assert visited.complaints == []
    page.context.close()


def test_only_what_was_asked_is_rated(browser: Browser, client: Client, sign_in_link: str) -> None:
    visited = visit(browser)
    page = visited.page
    page.goto(sign_in_link)
    run = visited.ask("Tag shop.orders as reviewed")
    expect(run.get_by_role("button", name="Good answer")).to_be_visible()  # of the plan
    run.get_by_role("button", name="Approve and run").click()
    expect(run.locator("section.plan > header .state")).to_have_text("Done")
    expect(page.get_by_role("article").last.locator(".text")).not_to_be_empty()
    expect(page.get_by_role("button", name="Good answer")).to_have_count(1)
    assert visited.complaints == []
    page.context.close()


def recommended(page: Page) -> tuple[Locator, Locator]:
    """The button in the header that tells how many there are, and the list that it opens."""
    opener = page.get_by_role("button", name="Recommendations: ")
    return opener, page.get_by_role("dialog", name="Recommendations")


def entry(drawer: Locator, title: str) -> Locator:
    heading = drawer.page.get_by_role("heading", name=title, exact=True)
    return drawer.locator("ol > li", has=heading)


@WIDTHS
def test_recommendations_are_listed_dismissed_and_done(
    browser: Browser, client: Client, sign_in_link: str, tmp_path: Path, scheme: Scheme, width: int
) -> None:
    total = client.call(LISTED)["total"]
    visited = visit(browser, width, scheme)
    page = visited.page
    page.goto(sign_in_link)
    opener, drawer = recommended(page)
    expect(opener).to_have_accessible_name(f"Recommendations: {total}")
    opener.press("Enter")
    listed = drawer.get_by_role("list", name="Recommendations")
    items = listed.locator("> li[aria-labelledby]")
    expect(items).to_have_count(10)
    expect(drawer.get_by_role("heading", name=f"{total} things to do")).to_be_visible()
    drawer.get_by_role("button", name=f"Show more (10 of {total})").click()
    expect(items).to_have_count(total)

    evaluate = entry(drawer, "Evaluate the compliance of shop")
    expect(evaluate.locator(".fold")).to_have_count(0)
    evaluate.locator("summary").press("Enter")
    expect(evaluate.locator(".fold")).to_contain_text("evaluated since its last scan")
    expect(evaluate.locator(".fold")).to_contain_text("What would be done")
    page.screenshot(path=tmp_path / "listed.png")

    check = entry(drawer, "Check the quality of shop.customers")
    check.get_by_role("button", name="Dismiss…").press("Enter")
    reason = check.get_by_label("Why is it dismissed?")
    expect(reason).to_be_focused()
    page.keyboard.type("It is checked")
    client.call("assistant.dismiss_recommendation", recommendation="1", reason="elsewhere")
    other = client.call("rbac.create_user", name="Vera", email="vera@example.com")
    client.call("rbac.disable_user", user=other["email"])
    page.keyboard.type(" in dbt")  # what is being written stays, whatever is pushed
    expect(reason).to_have_value("It is checked in dbt")
    page.screenshot(path=tmp_path / "dismiss.png")
    page.keyboard.press("Escape")
    expect(check.get_by_role("button", name="Dismiss…")).to_be_focused()
    expect(opener).to_have_accessible_name(f"Recommendations: {client.call(LISTED)['total']}")
    page.keyboard.press("Enter")
    page.keyboard.type("It is checked in dbt")
    page.keyboard.press("Enter")
    expect(check).to_have_count(0)
    expect(drawer.get_by_role("status")).to_have_text(
        "Dismissed: Check the quality of shop.customers."
    )
    expect(
        drawer.get_by_role("button", name="Dismiss…").and_(page.locator(":focus"))
    ).to_have_count(1)
    left = client.call(LISTED)["total"]
    assert left <= total - 2
    expect(opener).to_have_accessible_name(f"Recommendations: {left}")

    evaluate.get_by_role("button", name="Do it").press("Enter")
    expect(drawer).to_be_hidden()
    plan = page.locator("main section.plan")
    expect(plan.locator("ol.steps > li")).to_have_count(2)
    page.screenshot(path=tmp_path / "plan.png")
    plan.get_by_role("button", name="Approve and run").click()
    expect(plan.locator("> header .state")).to_have_text("Done", timeout=PATIENCE_MS)
    opener.click()
    expect(items.first).to_be_visible()
    expect(evaluate).to_have_count(0)
    visited.page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()
    assert visited.complaints == []
    page.context.close()


@WIDTHS
def test_insights_stand_below_with_what_they_rest_on(
    browser: Browser, client: Client, sign_in_link: str, tmp_path: Path, scheme: Scheme, width: int
) -> None:
    client.call("compliance.evaluate_compliance", source="shop")
    first = client.call("assistant.insights")["items"][0]
    visited = visit(browser, width, scheme)
    page = visited.page
    page.goto(sign_in_link)
    opener, drawer = recommended(page)
    opener.press("Enter")
    insight = entry(drawer, first["title"])
    insight.locator("summary").press("Enter")
    expect(insight.locator(".fold")).to_contain_text(first["evidence"])
    expect(insight.locator(".fold")).to_contain_text(first["rests_on"][0]["told"])
    page.screenshot(path=tmp_path / "insight.png")
    insight.get_by_role("button", name="Dismiss…").press("Enter")
    page.keyboard.type("Known")
    page.keyboard.press("Enter")
    expect(insight).to_have_count(0)
    expect(drawer.get_by_role("status")).to_have_text(f"Dismissed: {first['title']}.")
    left = [one["id"] for one in client.call("assistant.insights")["items"]]
    assert first["id"] not in left
    assert visited.complaints == []
    page.context.close()


def test_a_recommendation_is_taken_up_where_the_reader_is(
    browser: Browser, client: Client, sign_in_link: str
) -> None:
    visited = visit(browser)
    page = visited.page
    page.goto(sign_in_link)
    visited.ask(PERSONAL)
    address = page.url
    opener, drawer = recommended(page)
    opener.click()
    entry(drawer, "Evaluate the compliance of shop").get_by_role("button", name="Do it").click()
    expect(page.locator("main section.plan")).to_be_visible()
    assert page.url == address
    expect(page.get_by_role("article")).to_have_count(2)

    opener.click()
    entry(drawer, "Give shop.customers an owner").get_by_role("button", name="Answer…").click()
    composer = page.get_by_role("textbox", name="Message")
    expect(composer).to_be_focused()
    expect(composer).to_have_attribute("placeholder", "Who is to own shop.customers?")
    expect(page.get_by_role("group", name="In view")).to_contain_text("shop.customers")
    answer = visited.ask("Make Administrator the owner of this")
    expect(answer.locator("section.plan .arguments")).to_contain_text("shop.customers")
    assert visited.complaints == []
    page.context.close()


def test_the_list_holds_a_connection_only_while_somebody_looks(
    browser: Browser, client: Client, sign_in_link: str
) -> None:
    visited = visit(browser)
    page = visited.page
    nothing = {"items": [], "total": 0, "returned": 0, "truncated": False, "next_cursor": None}
    body = f"event: recommendations\ndata: {json.dumps(nothing)}\n\n"
    seen: list[str] = []
    page.on("request", lambda one: seen.append(one.url) if STREAM.search(one.url) else None)
    page.route(  # the first connection is cut behind one list
        STREAM, lambda route: route.fulfill(content_type="text/event-stream", body=body), times=1
    )
    page.goto(sign_in_link)
    opener, drawer = recommended(page)
    expect(opener).to_be_visible()
    assert seen == []
    opener.click()
    expect(drawer.locator("ol > li").first).to_be_visible()  # resumed
    expect(drawer.get_by_text("Reconnecting…")).to_have_count(0)
    assert len(seen) == 2

    def ended(request: Request) -> bool:
        return STREAM.search(request.url) is not None

    with page.expect_event("requestfailed", ended):
        see(page, "hidden")
    before = len(seen)
    client.call("assistant.dismiss_recommendation", recommendation="1", reason="meanwhile")
    total = client.call(LISTED)["total"]
    with page.expect_request(STREAM):
        see(page, "visible")
    expect(opener).to_have_accessible_name(f"Recommendations: {total}")
    expect(drawer.get_by_role("heading", name=f"{total} things to do")).to_be_visible()
    with page.expect_event("requestfailed", ended):
        opener.click()
    expect(drawer).to_be_hidden()
    assert len(seen) == before + 1
    assert visited.complaints == []
    page.context.close()


def see(page: Page, state: str) -> None:
    """The page comes into view, or goes out of it."""
    page.evaluate(
        """state => {
          Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_who_cannot_read_the_catalog_gets_no_recommendations(
    browser: Browser, client: Client
) -> None:
    client.call("rbac.create_user", name="Nobody", email="nobody@example.com")
    key = client.call("rbac.create_api_key", user="nobody@example.com", name="k")["key"]
    visited = visit(browser)
    visited.page.goto(f"{client.url}/?token={key}")
    expect(visited.page.get_by_role("textbox", name="Message")).to_be_focused()
    expect(visited.page.get_by_label("Model: ")).to_be_visible()
    expect(recommended(visited.page)[0]).to_have_count(0)
    assert not any("recommendations" in one for one in visited.complaints)
    visited.page.context.close()


def embedded(visited: Visit, client: Client) -> Locator:
    """A page of somebody's own with the panel in it; what the panel says is in view."""
    page = visited.page
    page.goto(f"{client.url}/?token={TOKEN}")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    page.route("**/portal", lambda route: route.fulfill(content_type="text/html", body=PORTAL))
    page.goto(f"{client.url}/portal")
    return page.get_by_role("group", name="In view")


@WIDTHS
def test_an_embedding_page_says_what_this_means(
    browser: Browser, client: Client, tmp_path: Path, scheme: Scheme, width: int
) -> None:
    visited = visit(browser, width, scheme)
    page = visited.page
    in_view = embedded(visited, client)
    panel = page.locator("racine-assistant")
    expect(in_view).to_contain_text("shop.orders")
    page.screenshot(path=tmp_path / "embedded.png")
    page.get_by_role("button", name="Who owns this?").click()  # what makes sense there is offered
    first = page.get_by_role("article").first
    expect(first.locator(".text")).to_contain_text("shop.orders")

    panel.evaluate("one => one.setContext({selection: ['shop.orders', 'shop.customers']})")
    expect(in_view).to_contain_text("shop.customers")
    page.screenshot(path=tmp_path / "selection.png")
    plan = visited.ask("Tag these as reviewed").locator("section.plan")
    expect(plan.locator("ol.steps > li")).to_have_count(2)

    in_view.get_by_role("button", name="Put out of view").press("Enter")
    expect(in_view).to_be_hidden()
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    expect(panel).not_to_have_attribute("context", re.compile(".*"))
    with page.expect_request("**/ai-assistant/chat") as sent:
        visited.ask("What can you do?")
    assert "context" not in json.loads(sent.value.post_data or "")

    selected = [f"shop.orders.{one}" for one in ("id", "customer_id", "sku", "total", "nothing")]
    panel.evaluate("(one, selection) => one.setContext({selection})", selected)
    expect(in_view).to_contain_text("and 2 more")
    panel.evaluate("one => one.setContext({asset: 'shop.nothing'})")
    expect(in_view).to_contain_text("shop.nothing")
    expect(in_view).to_contain_text("not found")
    panel.evaluate("one => one.setContext(null)")
    expect(in_view).to_be_hidden()
    assert visited.complaints == []
    page.context.close()


@pytest.mark.parametrize(
    ("context", "complaint"),
    [
        ("shop.orders", "`context` is not JSON"),
        ('["shop.orders"]', "`context` is no part of a context"),
        ('{"assets": "shop.orders"}', "`assets` is no part of a context"),
        ('{"asset": 7}', "`asset` of the context is a text"),
        ('{"selection": "shop.orders"}', "`selection` of the context is a list of texts"),
    ],
)
def test_a_context_that_is_none_is_told_to_who_embeds(
    browser: Browser, client: Client, context: str, complaint: str
) -> None:
    visited = visit(browser)
    in_view = embedded(visited, client)
    expect(in_view).to_be_visible()
    setting = "(one, text) => one.setAttribute('context', text)"
    visited.page.locator("racine-assistant").evaluate(setting, context)
    expect(in_view).to_be_hidden()
    (said,) = visited.complaints
    assert complaint in said
    visited.page.context.close()


def test_an_opened_source_is_what_this_means_while_it_is_open(
    browser: Browser, client: Client, sign_in_link: str, tmp_path: Path
) -> None:
    visited = visit(browser)
    page = visited.page
    page.goto(sign_in_link)
    answer = visited.ask(PERSONAL)
    in_view = page.get_by_role("group", name="In view")
    expect(in_view).to_be_hidden()
    citation = answer.get_by_role("button", name="Source 1: shop.customers.email").first
    citation.click()
    expect(in_view).to_contain_text("shop.customers.email")
    page.screenshot(path=tmp_path / "source.png")
    classified = visited.ask("Why is this classified so?")
    expect(classified.locator(".text").first).to_contain_text("shop.customers.email")
    page.get_by_role("dialog", name="Source").get_by_role("button", name="Close source").click()
    expect(in_view).to_be_hidden()

    citation.click()
    expect(in_view).to_be_visible()
    in_view.get_by_role("button", name="Put out of view").click()
    expect(in_view).to_be_hidden()
    expect(page.get_by_role("dialog", name="Source")).to_be_visible()
    assert visited.complaints == []
    page.context.close()
