"""Plans over HTTP that others than the requester have to agree to, and plans that no turn made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import CHAT, Client, read, served

PLANS = "/api/racine/ai-assistant/plans"
TAG = {"id": "s1", "operation": "catalog.tag_asset", "arguments": {"asset": "shop.orders"}}


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("proposals") / "data"
    shutil.copytree(shop_folder, folder)
    with served(folder) as client:
        client.call(
            "approvals.create_rule",
            name="two-eyes",
            reason="Tags open doors",
            operations=["catalog.tag_asset"],
        )
        yield client


@pytest.fixture(scope="module")
def other(client: Client) -> Iterator[Client]:
    client.call("rbac.create_user", name="Otto Kern", email="otto@example.com")
    client.call("rbac.grant_role", user="otto@example.com", role="steward")
    key = client.call("rbac.create_api_key", user="otto@example.com", name="test")["key"]
    other = Client(client.url, key)
    yield other
    other.close()


def propose(client: Client, tag: str, **more: Any) -> dict[str, Any]:
    step = {**TAG, "arguments": {"asset": "shop.orders", "tag": tag}}
    answer = client.http.post(PLANS, json={"steps": [step], **more})
    assert answer.status_code == 201, answer.text
    plan: dict[str, Any] = answer.json()
    return plan


def tags(client: Client) -> list[str]:
    return list(client.call("catalog.get_asset", asset="shop.orders")["tags"])


def test_a_proposed_plan_is_in_a_conversation_like_others(client: Client) -> None:
    plan = propose(client, "seen")
    said = client.follow(plan["run_id"])
    assert said.plan["id"] == plan["id"]
    assert "Nothing is done yet" in said.text
    assert said.ending == "interrupt"
    kept = client.call("assistant.get_conversation", conversation_id=plan["conversation_id"])
    assert [one["id"] for one in kept["plans"]] == [plan["id"]]
    into = propose(client, "again", conversation_id=plan["conversation_id"])
    assert into["conversation_id"] == plan["conversation_id"]


def test_fifty_approvals_of_two_people_at_once_have_one_effect(
    client: Client, other: Client
) -> None:
    plan = propose(client, "fifty")
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda n: (client, other)[n % 2].approve(plan), range(50)))
    assert {one.status_code for one in answers} == {202}
    (execution,) = {one.json()["execution_id"] for one in answers} - {None}
    run = other.approve(plan).json()["run_id"]
    client.follow(run)
    assert "fifty" in tags(client)
    made = client.call("activity.search", operation="catalog.tag_asset", outcome="done")
    assert [one["arguments"]["tag"] for one in made["items"]].count("fifty") == 1
    assert client.call("workflows.status", execution_id=execution)["status"] == "done"


def test_an_approval_that_isn_t_enough_says_what_is_waited_for(client: Client) -> None:
    plan = propose(client, "half")
    answer = client.approve(plan)
    assert (answer.status_code, answer.json()["execution_id"]) == (202, None)
    assert answer.json()["status"] == "pending"
    assert answer.json()["approval"]["why_not"] == "You have agreed already."
    assert "half" not in tags(client)


def test_a_resumed_interrupt_says_that_it_waits(client: Client) -> None:
    plan = propose(client, "resumed")
    body = {
        "threadId": plan["conversation_id"],
        "runId": "run_resumed",
        "state": {},
        "messages": [],
        "tools": [],
        "context": [],
        "forwardedProps": {},
        "resume": [
            {
                "interruptId": plan["id"],
                "status": "resolved",
                "payload": {"approved": True, "hash": plan["hash"]},
            }
        ],
    }
    with client.http.stream("POST", CHAT, json=body) as response:
        said = read(response)
    assert "Nothing is done yet" in said.text
    assert "resumed" not in tags(client)


def test_a_turn_s_plan_says_whose_approval_it_waits_for(client: Client, other: Client) -> None:
    said = client.say("Tag shop.orders as talked")
    assert "Nothing is done yet. It also waits for somebody other than the requester" in said.text
    waiting = other.http.get(PLANS, params={"waiting_for_me": True}).json()["items"]
    assert said.plan["id"] in {one["id"] for one in waiting}


def test_a_plan_is_edited_and_withdrawn(client: Client) -> None:
    plan = propose(client, "wrong")
    edits = {"steps": [{"id": "s1", "arguments": {"tag": "right"}}]}
    edited = client.http.post(f"{PLANS}/{plan['id']}/edit", json=edits).json()
    assert edited["steps"][0]["arguments"]["tag"] == "right"
    assert edited["hash"] != plan["hash"]
    gone = client.http.post(f"{PLANS}/{plan['id']}/withdraw", json={"reason": "no"})
    assert (gone.status_code, gone.json()["status"]) == (200, "withdrawn")
    assert client.http.get(f"{PLANS}/{plan['id']}").json()["status"] == "withdrawn"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"steps": []}, "steps"),
        ({"steps": [{**TAG, "operation": "catalog.tag_asset", "when": 3}]}, "steps.0.when"),
        ({"steps": [TAG, TAG]}, "steps"),
        ({"steps": [TAG], "budget": {"rows": -1}}, "budget.rows"),
        ({"steps": [{**TAG, "needs": ["s9"]}]}, "steps"),
        ({"steps": [TAG], "surprise": 1}, "surprise"),
        ({}, "steps"),
    ],
)
def test_what_can_t_be_a_plan_is_refused_by_its_field(
    client: Client, body: dict[str, Any], field: str
) -> None:
    before = client.http.get(PLANS).json()["total"]
    answer = client.http.post(PLANS, json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert client.http.get(PLANS).json()["total"] == before


def test_a_plan_of_an_unknown_operation_is_refused(client: Client) -> None:
    answer = client.http.post(PLANS, json={"steps": [{**TAG, "operation": "catalog.paint"}]})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_operation")


def test_the_last_change_is_the_one_that_was_shown(client: Client) -> None:
    client.call("catalog.set_owner", asset="shop.orders", owner="Administrator")
    change = client.call("activity.search", operation="catalog.set_owner")["items"][0]
    said = client.say("Undo the last change")
    (step,) = said.plan["steps"]
    assert (step["operation"], step["arguments"]) == ("activity.undo", {"activity": change["id"]})
    client.call("catalog.describe_asset", asset="shop.products", description="What is sold")
    assert client.execute(said.plan).ending == "success"
    assert client.call("catalog.get_asset", asset="shop.products")["description"] == "What is sold"
    assert client.call("catalog.get_asset", asset="shop.orders")["owner"] is None
