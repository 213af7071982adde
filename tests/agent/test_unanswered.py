"""What people ask in vain becomes a list for stewards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import Client, served


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("vain") / "data"))
    with served(folder) as client:
        yield client


def listed(client: Client, **arguments: Any) -> list[dict[str, Any]]:
    found = client.call("assistant.list_unanswered", **arguments)["items"]
    assert isinstance(found, list)
    return found


def person(client: Client, name: str, role: str) -> Client:
    made = client.call("rbac.create_user", name=name, email=f"{name}@example.com".lower())
    client.call("rbac.grant_role", user=made["id"], role=role)
    key = client.call("rbac.create_api_key", user=made["id"], name="k")
    return Client(client.url, key["key"])


def test_questions_in_vain_are_grouped_for_stewards(client: Client) -> None:
    sam, vera = person(client, "Sam", "steward"), person(client, "Vera", "viewer")
    vera.say("Frobnicate the gizmo ledger quarterly")
    sam.say("Frobnicate the gizmo ledger quarterly!")
    vera.say("Which tables are tagged as gizmo?")
    vera.say("Hello")
    vera.say("Who owns shop.orders?")
    vera.say("Tag shop.orders as reviewed")  # refused, which is an answer
    found = {one["question"]: one for one in listed(sam)}
    assert set(found) == {
        "Frobnicate the gizmo ledger quarterly!", "Which tables are tagged as gizmo?"
    }  # fmt: skip
    both = found["Frobnicate the gizmo ledger quarterly!"]
    assert (both["reason"], both["times"], both["people"]) == ("not understood", 2, 2)
    nothing = found["Which tables are tagged as gizmo?"]
    assert (nothing["reason"], nothing["times"]) == ("nothing found", 1)
    assert nothing["nearest"]
    answer = sam.say("Which questions could you not answer?")
    assert answer.calls == ["assistant_list_unanswered"]
    assert "not understood, asked 2 times by 2 people" in answer.text
    refused = vera.http.post("/api/operations/assistant.list_unanswered", json={})
    assert refused.status_code == 403
    sam.close()
    vera.close()


def test_what_can_not_be_done_is_listed_as_such(client: Client) -> None:
    client.say("Order a pizza for the data team")
    client.say("Train a machine learning model on shop.orders")
    reasons = {one["reason"] for one in listed(client, days=1)}
    assert reasons <= {"not understood", "not possible", "nothing found"}
    assert len(listed(client, limit=1)) == 1
