"""Receipts: what an answer was made of, whether it would be the same, that none is lost."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import Client, served

OWNER = "Who owns shop.orders?"


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("receipts") / "data"))
    with served(folder) as client:
        yield client


def person(client: Client, name: str, role: str, **scope: str) -> Client:
    made = client.call("rbac.create_user", name=name, email=f"{name}@example.com".lower())
    client.call("rbac.grant_role", user=made["id"], role=role, **scope)
    key = client.call("rbac.create_api_key", user=made["id"], name="k")
    return Client(client.url, key["key"])


def replay(client: Client, run: str) -> dict[str, Any]:
    found = client.call("assistant.replay", run_id=run)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "question",
    [
        OWNER,
        "Which tables have no owner?",
        "Show me shop.orders",
        "Which columns hold personal data, and which of them does no rule cover?",
        "Is shop compliant with GDPR, and why not?",
        "What happened today?",
        "Show the latest activity",
        "Is everything healthy?",
        "How healthy is shop?",
        "What breaks if I drop shop.customers.email?",
        "Which scans ran?",
        "What should I do next?",
        "Is anything unusual?",
        "Who can read shop.customers?",
        "Show some rows of shop.customers",
        "List the open findings",
        "Search for email",
        "Is the audit trail intact?",
        "Review access",
        "Show my conversations",
        "What was used most last week?",
        "Tag shop.orders as reviewed",
        "Hello",
        "Frobnicate the gizmo",
    ],
)
def test_right_after_it_was_answered_it_would_be_the_same(client: Client, question: str) -> None:
    told = replay(client, client.say(question).run)
    assert told["same"], told
    assert told["verdict"].startswith("The same: ")


def test_talk_of_the_conversations_plan_is_read_with_it(client: Client) -> None:
    said = client.say("Tag shop.orders as asked-about")
    asked = client.say("Is it done?", said.conversation)
    assert "waits" in asked.text
    assert replay(client, asked.run)["same"]


def test_a_receipt_says_what_the_answer_was_made_of(client: Client) -> None:
    client.call("catalog.set_owner", asset="shop.orders", owner="Administrator")
    said = client.say(OWNER)
    got = client.http.get(f"/api/racine/ai-assistant/receipts/{said.run}").json()
    content = got["content"]
    assert got["intact"]
    assert got["answer"] == said.text
    assert (content["question"], content["model"], content["fell_back"]) == (OWNER, "builtin", None)
    (call,) = content["calls"]
    assert call["operation"] == "catalog.list_owners"
    assert call["arguments"] == {"asset": "shop.orders"}
    named = {one["id"]: one for one in content["records"]}
    assert [named[one]["name"] for one in call["records"]] == ["shop.orders"]
    assert content["read_from"] >= named[call["records"][0]]["version"] > 0
    shown = client.say("Show me the receipt of that answer", said.conversation)
    assert shown.calls == ["assistant_get_receipt"]
    assert "`catalog.list_owners` with asset" in shown.text
    assert got["hash"] in shown.text
    (newest, *_) = client.call("assistant.list_receipts", limit=2)["items"]
    assert newest["run_id"] == shown.run


def test_a_changed_owner_is_told_with_who_and_what(client: Client) -> None:
    client.call("catalog.set_owner", asset="shop.orders", owner="Administrator")
    said = client.say(OWNER)
    sam = person(client, "Sam", "steward")
    sam.call("catalog.set_owner", asset="shop.orders", owner="Sam")
    told = replay(client, said.run)
    assert not told["same"]
    assert told["verdict"].startswith("Not the same: its call came to something else on ")
    assert "shop.orders was changed (owner) by Sam" in told["verdict"]
    (call,) = told["calls"]
    change = call["since"][0]
    assert (change["by"], change["operation"]) == ("Sam", "catalog.set_owner")
    assert (change["before"], change["after"]) == ({"owner": "Administrator"}, {"owner": "Sam"})
    for asking in ("Would you still answer that the same?", "Replay that"):
        again = client.say(asking, said.conversation)
        assert again.calls == ["assistant_replay"]
        assert "owner from Administrator to Sam" in again.text
    client.call("catalog.set_owner", asset="shop.orders", owner="Administrator")
    assert replay(client, said.run)["same"]
    sam.close()


def test_what_appeared_and_what_fits_no_longer_is_told(client: Client) -> None:
    client.call("catalog.tag_asset", asset="shop.customers", tag="receipted")
    said = client.say("Which tables are tagged receipted?")
    assert said.calls == ["catalog_search_assets"] or said.calls == ["catalog_list_assets"]
    client.call("catalog.tag_asset", asset="shop.orders", tag="receipted")
    client.call("catalog.untag_asset", asset="shop.customers", tag="receipted")
    told = replay(client, said.run)
    assert not told["same"]
    names = {one["name"] for one in told["calls"][0]["since"]}
    assert {"shop.orders", "shop.customers"} <= names


def test_a_question_that_is_read_otherwise_is_not_answered_the_same(client: Client) -> None:
    said = client.say("Who zorbs shop.orders?")
    client.call(
        "assistant.give_feedback", run_id=said.run, rating="down", meant="Who owns shop.orders?"
    )
    told = replay(client, said.run)
    assert not told["same"]
    assert told["reading"]["now"][0]["operation"] == "catalog.list_owners"
    assert "the question is read" in told["verdict"]


def test_what_is_no_longer_permitted_is_told_without_its_changes(client: Client) -> None:
    vera = person(client, "Vera", "viewer")
    said = vera.say("Show me shop.orders")
    (grant,) = [
        one
        for one in client.call("rbac.review_access", limit=200)["items"]
        if one["user"] == "Vera"
    ]
    client.call("rbac.revoke_grant", grant=grant["grant_id"])
    client.call("catalog.describe_asset", asset="shop.orders", description="secret words")
    told = replay(vera, said.run)
    assert not told["same"]
    assert "you may not ask this any more today" in told["verdict"]
    assert "secret words" not in str(told)
    assert {one["what"] for one in told["calls"][0]["since"]} <= {"not permitted"}
    vera.close()


def test_receipts_are_their_own_and_administrators_to_see(client: Client) -> None:
    said = client.say(OWNER)
    ben = person(client, "Ben", "viewer")
    path = f"/api/racine/ai-assistant/receipts/{said.run}"
    assert ben.http.get(path).status_code == 404
    assert ben.http.get(f"{path}/replay").status_code == 404
    refused = ben.http.post("/api/operations/assistant.list_receipts", json={"everyone": True})
    assert refused.status_code == 403
    assert ben.http.get("/api/racine/ai-assistant/receipts/latest").status_code == 404
    own = ben.say(OWNER)
    listed = ben.call("assistant.list_receipts")
    assert [one["run_id"] for one in listed["items"]] == [own.run]
    seen = client.call("assistant.get_receipt", run_id=own.run)
    assert seen["person"] == "Ben"
    assert "asked with your rights" in replay(client, own.run)["verdict"]
    everyone = client.say("Show the answer receipts of everyone")
    assert own.run in everyone.text
    ben.close()


def test_a_password_is_in_no_receipt(client: Client) -> None:
    said = client.say("Test the connection of postgresql://ann:hunter2@db/x and tell me its tables")
    assert "hunter2" not in str(client.call("assistant.get_receipt", run_id=said.run))


def test_an_erased_conversation_leaves_only_hashes(client: Client) -> None:
    said = client.say("Which columns of shop.customers hold e-mail addresses?")
    client.say(OWNER)
    client.call("assistant.delete_conversation", conversation_id=said.conversation)
    got = client.call("assistant.get_receipt", run_id=said.run)
    assert (got["content"], got["question"], got["answer"], got["intact"]) == (None,) * 3 + (True,)
    refused = client.http.get(f"/api/racine/ai-assistant/receipts/{said.run}/replay")
    assert refused.status_code == 409
    assert "was erased" in refused.json()["detail"]
    whole = client.call("assistant.verify_receipts")
    assert whole["intact"]
    assert whole["erased"] == 1
    assert "erased" in client.say("List the receipts of my answers").text
    assert "The receipts are intact" in client.say("Are the answer receipts intact?").text


TAMPERED = {
    "UPDATE receipts SET content = replace(content, 'Who owns', 'Who stole') WHERE sequence = 2": (
        "receipt 2 was altered"
    ),
    "UPDATE receipts SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 1": (
        "receipt 1 was altered"
    ),
    "DELETE FROM receipts WHERE sequence = 2": "receipts 2 to 2 are missing",
    "DELETE FROM receipts WHERE sequence = 3": "the receipt of run {2} is missing",
    "UPDATE receipts SET content = NULL WHERE sequence = 2": (
        "the content of receipt 2 was taken out"
    ),
    "UPDATE runs SET answer = 'Nobody' WHERE position = 2": (
        "the question or the answer of run {1} was altered"
    ),
}


@pytest.fixture(scope="module")
def answered(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A data folder with three answers, and the runs that gave them."""
    folder = Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("answered") / "data"))
    if not (folder / "racine.db").exists():
        pytest.skip("the database is a server's")
    with served(folder) as client:
        runs = [client.say(OWNER, "c").run for _ in range(3)]
        assert client.call("assistant.verify_receipts")["intact"]
    return folder, runs


@pytest.mark.parametrize("statement", TAMPERED)
def test_tampering_is_found(
    answered: tuple[Path, list[str]], tmp_path: Path, statement: str
) -> None:
    original, runs = answered
    folder = Path(shutil.copytree(original, tmp_path / "data"))
    with sqlite3.connect(folder / "racine.db") as connection:
        assert connection.execute(statement).rowcount == 1
    connection.close()
    with served(folder) as client:
        found = client.call("assistant.verify_receipts")
        assert not found["intact"]
        assert found["reason"] == TAMPERED[statement].format(*runs)
        assert "not intact" in client.say("Are the answer receipts intact?").text


def test_a_turn_that_is_run_again_has_one_receipt(shop_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shop_folder, tmp_path / "data"))
    database = folder / "racine.db"
    if not database.exists():
        pytest.skip("the database is a server's")
    with served(folder) as client:
        said = client.say(OWNER)
    with sqlite3.connect(database) as connection:  # as before the end was stored
        connection.execute("DELETE FROM receipts")
        connection.execute("UPDATE runs SET status = 'queued', answer = NULL, finished_at = NULL")
        connection.execute("DELETE FROM events WHERE sequence > 2")
    connection.close()
    with served(folder) as client:
        client.follow(said.run)
        listed = client.call("assistant.list_receipts")
        assert [one["run_id"] for one in listed["items"]] == [said.run]
        assert client.call("assistant.verify_receipts")["intact"]
        assert replay(client, said.run)["same"]
