"""Plans and runs over the served service with the built-in planner: what holds from outside."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import CHAT, Client, served

PLANS = "/api/racine/ai-assistant/plans"
RUNS = "/api/racine/ai-assistant/runs"
DESCRIBE = "Describe shop.orders as 'All orders {}'"


@pytest.fixture(scope="module")
def folder(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("agent") / "data"))


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    with served(folder) as client:
        yield client


@pytest.fixture(scope="module")
def viewer(client: Client) -> Iterator[Client]:
    yield from person(client, "Vera", "viewer")


@pytest.fixture(scope="module")
def editor(client: Client) -> Iterator[Client]:
    yield from person(client, "Edgar", "steward")


def person(client: Client, name: str, role: str) -> Iterator[Client]:
    email = f"{name.lower()}@example.com"
    client.call("rbac.create_user", name=name, email=email)
    client.call("rbac.grant_role", user=email, role=role)
    key = client.call("rbac.create_api_key", user=email, name="test")["key"]
    other = Client(client.url, key)
    yield other
    other.close()


def described(client: Client) -> str:
    return str(client.call("catalog.get_asset", asset="shop.orders")["description"])


def propose(client: Client, text: str = "now") -> dict[str, Any]:
    return client.say(DESCRIBE.format(text)).plan


def test_a_plan_shows_what_it_would_change_before_anything_has(client: Client) -> None:
    before = described(client)
    said = client.say(DESCRIBE.format("shown"))
    assert said.ending == "interrupt"
    plan = said.plan
    assert len(plan["hash"]) == 64
    (step,) = plan["steps"]
    assert step["operation"] == "catalog.describe_asset"
    assert step["arguments"]["asset"] == "shop.orders"  # as the approver knows it
    (change,) = step["preview"]["changes"]
    assert change["after"]["description"] == "All orders shown"
    (interrupt,) = said.events[-1]["outcome"]["interrupts"]
    assert (interrupt["id"], interrupt["metadata"]["hash"]) == (plan["id"], plan["hash"])
    assert described(client) == before


def test_an_approved_plan_is_executed_and_audited(client: Client) -> None:
    plan = propose(client, "approved")
    said = client.execute(plan)
    assert said.ending == "success"
    assert described(client) == "All orders approved"
    (entry,) = audited(client, "assistant.approve_plan", plan["id"])
    assert entry["user"] == "Administrator"
    shown = client.http.get(f"{PLANS}/{plan['id']}").json()
    assert (shown["status"], shown["decided_by"]) == ("approved", "Administrator")
    detail = client.call("assistant.get_conversation", conversation_id=plan["conversation_id"])
    assert detail["plans"] == [
        {"id": plan["id"], "status": "done", "execution_id": shown["execution_id"]}
    ]
    assert [(run["kind"], run["message"]) for run in detail["runs"]] == [
        ("turn", "Describe shop.orders as 'All orders approved'"),
        ("execution", None),
    ]


def audited(client: Client, operation: str, plan_id: str) -> list[dict[str, Any]]:
    found = client.call("activity.search", operation=operation, limit=100)["items"]
    return [one for one in found if one["arguments"] == {"plan_id": plan_id}]


def test_fifty_approvals_at_once_have_one_effect(client: Client) -> None:
    plan = propose(client, "once")
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: client.approve(plan), range(50)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["execution_id"] for answer in answers}) == 1
    client.follow(answers[0].json()["run_id"])
    assert client.approve(plan).json() == answers[0].json()
    assert len(audited(client, "assistant.approve_plan", plan["id"])) == 1
    found = client.call("activity.search", operation="catalog.describe_asset", limit=100)["items"]
    assert sum(one["arguments"].get("description") == "All orders once" for one in found) == 1


def test_edits_are_previewed_and_executed(client: Client) -> None:
    plan = propose(client, "before")
    edits = {plan["steps"][0]["id"]: {"description": "Edited"}}
    answer = client.approve(plan, edits=edits)
    assert answer.status_code == 202, answer.text
    assert answer.json()["hash"] != plan["hash"]
    client.follow(answer.json()["run_id"])
    assert described(client) == "Edited"
    again = client.approve(plan, edits=edits)
    assert again.json() == answer.json()


@pytest.mark.parametrize(
    ("edits", "field"),
    [
        ({"s9": {}}, "edits"),
        ({"s1": {"colour": "red"}}, "colour"),
        ({"s1": {"asset": "nothing.here"}}, "asset"),
        ({"s1": {"password": "x"}}, None),
    ],
)
def test_edits_that_can_not_be_are_refused(
    client: Client, edits: dict[str, Any], field: str | None
) -> None:
    plan = propose(client, "kept")
    answer = client.approve(plan, edits=edits)
    assert answer.status_code in (404, 422), answer.text
    if field:
        assert answer.json()["field"] == field
    assert client.http.get(f"{PLANS}/{plan['id']}").json()["status"] == "pending"


def test_another_hash_is_refused(client: Client) -> None:
    plan = propose(client, "hashed")
    answer = client.approve({**plan, "hash": "0" * 64})
    assert (answer.status_code, answer.json()["field"]) == (409, "hash")


def test_a_plan_is_stale_once_its_record_changed(client: Client) -> None:
    plan = propose(client, "stale")
    client.call("catalog.describe_asset", asset="shop.orders", description="Changed meanwhile")
    answer = client.approve(plan)
    assert (answer.status_code, answer.json()["code"]) == (410, "plan_stale")
    assert described(client) == "Changed meanwhile"


def test_a_plan_expires(client: Client, folder: Path) -> None:
    plan = propose(client, "late")
    with sqlite3.connect(folder / "racine.db", timeout=30) as database:
        database.execute("UPDATE plans SET expires_at = '2020-01-01' WHERE id = ?", (plan["id"],))
    database.close()
    answer = client.approve(plan)
    assert (answer.status_code, answer.json()["code"]) == (410, "plan_expired")


def test_a_rejected_plan_never_runs(client: Client) -> None:
    before = described(client)
    plan = propose(client, "rejected")
    path = f"{PLANS}/{plan['id']}/reject"
    assert client.http.post(path, json={"reason": "no"}).json()["status"] == "rejected"
    assert client.http.post(path).status_code == 200
    answer = client.approve(plan)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert described(client) == before
    assert len(audited(client, "assistant.reject_plan", plan["id"])) == 1


def test_another_persons_plan_run_and_conversation_are_not_there(
    client: Client, viewer: Client
) -> None:
    plan = propose(client, "mine")
    assert viewer.approve(plan).status_code == 404
    assert viewer.http.post(f"{PLANS}/{plan['id']}/reject").status_code == 404
    assert viewer.http.get(f"{PLANS}/{plan['id']}").status_code == 404
    assert viewer.http.get(f"{RUNS}/{plan['run_id']}/events").status_code == 404
    assert viewer.http.post(f"{RUNS}/{plan['run_id']}/cancel").status_code == 404
    body = {"message": "hi", "conversation_id": plan["conversation_id"]}
    assert viewer.http.post(CHAT, json=body).status_code == 404


def test_rights_lost_after_the_proposal_are_missing_at_the_approval(
    client: Client, editor: Client
) -> None:
    plan = propose(editor, "by Edgar")
    client.call("rbac.revoke_role", user="edgar@example.com", role="steward")
    answer = editor.approve(plan)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_what_the_asker_may_not_do_is_no_plan(viewer: Client) -> None:
    said = viewer.say(DESCRIBE.format("never"))
    assert said.ending == "success"
    assert said.custom("plan_proposed") == []
    assert "catalog.write" in said.text


def test_ten_messages_at_once_are_answered_in_order(client: Client) -> None:
    with ThreadPoolExecutor(10) as pool:
        said = list(pool.map(lambda n: client.say(f"How many tables? {n}", "ten"), range(10)))
    assert {one.ending for one in said} == {"success"}
    assert len({one.run for one in said}) == 10
    runs = client.call("assistant.get_conversation", conversation_id="ten")["runs"]
    assert {run["id"] for run in runs} == {one.run for one in said}
    finished = [run["finished_at"] for run in runs]
    assert finished == sorted(finished)
    assert all(run["answer"] for run in runs)


def test_the_same_key_is_the_same_run(client: Client) -> None:
    first = client.say("How many tables?", "keyed", **{"Idempotency-Key": "k1"})
    again = client.say("How many tables?", "keyed", **{"Idempotency-Key": "k1"})
    assert again.raw == first.raw
    other = client.http.post(CHAT, json={"message": "Else?"}, headers={"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["field"]) == (409, "Idempotency-Key")


def test_it_means_what_was_spoken_of(client: Client) -> None:
    client.call("catalog.set_owner", asset="shop.products", owner="Administrator")
    said = client.say("Describe shop.products")
    follow_up = client.say("Who owns it?", said.conversation)
    assert follow_up.calls == ["catalog_list_owners"]
    assert "Administrator" in follow_up.text


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hunter2-secret@127.0.0.1:1/crm",
        "postgresql://u:hunter2-secret@p2-secret@127.0.0.1:1/crm",
        "postgresql://:hunter2-secret@127.0.0.1:1/crm",
    ],
)
def test_a_password_in_a_message_is_kept_nowhere(client: Client, folder: Path, url: str) -> None:
    said = client.say(f"Register {url} as crm")
    assert "secret" not in said.raw.decode()
    detail = client.call("assistant.get_conversation", conversation_id=said.conversation)
    assert "secret" not in str(detail)
    assert "secret" not in str(client.call("activity.search", limit=50))
    for name in folder.iterdir():
        if name.is_file() and name.suffix != ".key":
            content = name.read_bytes()
            assert b"hunter2-secret" not in content, name
            assert b"p2-secret" not in content, name


@pytest.mark.parametrize("bad", ["", "a/b", "x" * 81, "ü"])
def test_ids_that_can_not_stand_in_a_path_are_refused(client: Client, bad: str) -> None:
    answer = client.http.post(CHAT, json={"message": "hi", "conversation_id": bad})
    assert (answer.status_code, answer.json()["field"]) == (422, "conversation_id")


def test_the_reply_to_a_refusal_mends_the_change(client: Client) -> None:
    refused = client.say("Add a test that shop.orders.total is always in a range", "refused")
    assert "needs minimum or maximum" in refused.text
    mended = client.say("minimum 1", "refused")
    (step,) = mended.custom("plan_proposed")[0]["steps"]
    assert step["operation"] == "catalog.define_quality_check"
    assert (step["arguments"]["kind"], step["arguments"]["minimum"]) == ("range", 1.0)
