"""Recommendations in a conversation: listed, taken up as a plan, put aside with a reason."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import Client, served


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("advice") / "data"))
    with served(folder) as client:
        yield client


def listed(client: Client) -> list[dict[str, Any]]:
    found = client.call("assistant.recommendations")["items"]
    assert isinstance(found, list)
    return found


def place(client: Client, able: bool) -> int:
    """Where the first one stands that has steps, or that has none."""
    return next(i for i, one in enumerate(listed(client), 1) if bool(one["steps"]) is able)


def test_what_is_listed_can_be_done_by_its_place(client: Client) -> None:
    first = client.say("What should I do next?")
    assert first.text.startswith("I recommend ")
    number = place(client, able=True)
    wanted = listed(client)[number - 1]
    assert f"“Do number {number}”" in first.text
    assert f"{number}. **{wanted['title']}**" in first.text
    plan = client.say(f"Do number {number}", first.conversation).plan
    proposed = [(one["operation"], one["arguments"]) for one in plan["steps"]]
    told = [(one["operation"], one["arguments"]) for one in wanted["steps"]]
    accepting = ("assistant.accept_recommendation", {"recommendation": wanted["id"]})
    assert proposed == [accepting, *told]
    done = client.execute(plan)
    assert {one["status"] for one in done.custom("execution_finished")} == {"done"}
    assert wanted["id"] not in [one["id"] for one in listed(client)]


def test_a_place_is_one_in_the_list_that_was_shown(client: Client) -> None:
    shown = listed(client)
    first = client.say("What do you recommend?")
    plan = client.say("Dismiss the first one because it is a test", first.conversation).plan
    assert plan["steps"][0]["arguments"] == {
        "recommendation": shown[0]["id"],
        "reason": "it is a test",
    }
    client.execute(plan)
    again = client.say("Ignore the second, nobody reads it", first.conversation).plan
    assert again["steps"][0]["arguments"] == {
        "recommendation": shown[1]["id"],
        "reason": "nobody reads it",
    }


def test_why_it_is_dismissed_is_asked(client: Client) -> None:
    first = client.say("What do you recommend?")
    asked = client.say("Skip number 3", first.conversation)
    assert asked.custom("plan_proposed") == []
    assert "Why is it dismissed?" in asked.text
    plan = client.say("shop is being retired", first.conversation).plan
    assert plan["steps"][0]["arguments"]["reason"] == "shop is being retired"


def test_what_a_person_has_to_say_first_is_said(client: Client) -> None:
    first = client.say("What do you recommend?")
    number = place(client, able=False)
    told = client.say(f"Do number {number}", first.conversation)
    assert told.custom("plan_proposed") == []
    assert listed(client)[number - 1]["question"] in told.text


def test_without_a_list_nothing_is_taken_up(client: Client) -> None:
    assert client.say("Do the first one").custom("plan_proposed") == []
    assert "no open recommendation '99'" in client.say("Accept recommendation 99").text


def test_who_may_not_do_a_step_is_told(client: Client) -> None:
    person = client.call("rbac.create_user", name="Vera", email="vera@example.com")
    client.call("rbac.grant_role", user=person["id"], role="viewer")
    key = client.call("rbac.create_api_key", user=person["id"], name="k")
    vera = Client(client.url, key["key"])
    first = vera.say("What do you recommend?")
    told = vera.say(f"Do number {place(vera, able=True)}", first.conversation)
    assert told.custom("plan_proposed") == []
    assert "Ask Administrator for a role that gives" in told.text
    vera.close()


def test_one_of_a_kind_comes_before_more_of_another(client: Client) -> None:
    kinds = [one["kind"] for one in listed(client)]
    assert len(set(kinds[:4])) > 1


def test_memory_and_use_are_told_in_sentences(client: Client) -> None:
    assert (
        "No answer used a language model today"
        in client.say("How many tokens did I use today?").text
    )
    client.execute(client.say("We call shop.orders the ledger").plan)
    assert "“ledger” means `shop.orders`" in client.say("What do you remember?").text
    client.execute(client.say("Forget the name 'the ledger'").plan)
    assert "no memories" in client.say("What do you remember?").text


def test_they_are_pushed_when_they_change(client: Client) -> None:
    path = "/api/racine/ai-assistant/recommendations/stream"
    with client.http.stream("GET", path, params={"limit": 2}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = (line for line in response.iter_lines() if line and not line.startswith(":"))
        told = []
        for _ in range(2):
            assert next(lines) == "event: recommendations"
            pushed = json.loads(next(lines).removeprefix("data: "))
            assert len(pushed["items"]) == 2
            told.append(pushed["total"])
            if len(told) == 1:
                client.call("assistant.dismiss_recommendation", recommendation="1", reason="x")
    assert told[1] == told[0] - 1
    client.call("catalog.tag_asset", asset="shop.orders", tag="nobody-listens")


@pytest.mark.parametrize("what", ["insights", "anomalies"])
def test_insights_and_anomalies_are_pushed_too(client: Client, what: str) -> None:
    path = f"/api/racine/ai-assistant/{what}/stream"
    with client.http.stream("GET", path, params={"limit": 3}) as response:
        lines = (line for line in response.iter_lines() if line and not line.startswith(":"))
        assert next(lines) == f"event: {what}"
        pushed = json.loads(next(lines).removeprefix("data: "))
    assert pushed == client.call(f"assistant.{what}", limit=3)


def test_insights_are_told_done_and_put_aside_by_their_place(client: Client) -> None:
    client.call("classifications.reject_classification", asset="shop.v_revenue.email")
    client.call("compliance.evaluate_compliance", source="shop")
    found = client.call("assistant.insights")["items"]
    assert len(found) > 1
    told = client.say("What insights do you have across all groups?")
    assert told.calls == ["assistant_insights"]
    assert f"1. **{found[0]['title']}.**" in told.text
    assert len(told.custom("citation")) >= len(found)
    plan = client.say("Dismiss the first one because it is known", told.conversation).plan
    assert plan["steps"][0]["arguments"]["recommendation"] == found[0]["id"]
    client.execute(plan)
    left = client.call("assistant.insights")["items"]
    assert [one["id"] for one in left] == [one["id"] for one in found[1:]]
    for one in left:
        client.call("assistant.dismiss_recommendation", recommendation=one["id"], reason="known")
    assert "tell nothing together" in client.say("What insights do you have?").text


def test_a_conversation_is_exported_to_read_and_to_go_on_with(client: Client) -> None:
    said = client.say("Tag shop.orders as reviewed")
    exported = client.call("assistant.export_conversation", conversation_id=said.conversation)
    assert exported["name"] == f"{said.conversation}.md"
    assert "> Tag shop.orders as reviewed" in exported["content"]
    assert f"Plan `{said.plan['id']}`: pending" in exported["content"]
    whole = client.call(
        "assistant.export_conversation", conversation_id=said.conversation, format="json"
    )
    assert json.loads(whole["content"])["runs"][0]["message"] == "Tag shop.orders as reviewed"
