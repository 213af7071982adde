"""What was taught changes what the next like request gets, for whom it was taught."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.service import Client, served


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("learned") / "data"))
    with served(folder) as client:
        yield client


def test_a_correction_teaches_like_requests(client: Client) -> None:
    first = client.say("Who zorbs shop.orders?")
    assert first.calls == []
    told = client.call(
        "assistant.give_feedback", run_id=first.run, rating="down", meant="Who owns shop.orders?"
    )
    assert told["learned"]["text"] == "Who zorbs shop.orders?"
    again = client.say("who zorbs shop.customers")
    assert again.calls == ["catalog_list_owners"]
    assert again.text.startswith("As you taught me, I read this as “Who owns shop.customers?”.")
    told = client.call(
        "assistant.give_feedback", run_id=first.run, rating="down", meant="Describe shop.orders"
    )
    assert client.say("Who zorbs shop.customers?").calls == ["catalog_get_asset"]
    shown = client.call("assistant.get_conversation", conversation_id=first.conversation)
    rated = {"rating": "down", "comment": None, "meant": "Describe shop.orders"}
    assert [one["feedback"] for one in shown["runs"]] == [rated]
    client.call("assistant.forget", memory=told["learned"]["id"])
    assert client.say("Who zorbs shop.customers?").calls == []
    shown = client.call("assistant.get_conversation", conversation_id=first.conversation)
    assert shown["runs"][0]["feedback"] == rated | {"meant": None}


def test_a_name_is_taught_by_talking(client: Client) -> None:
    assert "“ledger” here, or none that you may see" in client.say("Describe the ledger").text
    said = client.say("We call shop.orders the ledger")
    (step,) = said.plan["steps"]
    assert (step["operation"], step["arguments"]["kind"]) == ("assistant.remember", "name")
    unknown = client.say("Describe the ledger")  # nothing is kept before the approval
    assert "“ledger” here, or none that you may see" in unknown.text
    assert client.execute(said.plan).ending == "success"
    described = client.say("Describe the ledger")
    assert described.calls == ["catalog_get_asset"]
    assert "shop.orders" in described.text
    listed = client.say("What do you remember about me?")
    assert "ledger" in listed.text
    assert "shop.orders" in listed.text

    person = client.call("rbac.create_user", name="Vera", email="vera@example.com")
    client.call("rbac.grant_role", user=person["id"], role="viewer")
    key = client.call("rbac.create_api_key", user="vera@example.com", name="k")
    vera = Client(client.url, key["key"])
    assert "“ledger” here, or none that you may see" in vera.say("Describe the ledger").text
    assert vera.call("assistant.list_memories")["total"] == 0
    vera.close()
