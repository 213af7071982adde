"""What somebody has in view is what "this" and "these" mean."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import CHAT, Client, Said, read, served
from tests.support.world import make_shop


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("context") / "data"))
    with served(folder) as client:
        yield client


def say(client: Client, message: str, **context: Any) -> Said:
    body = {"message": message, "context": context}
    with client.http.stream("POST", CHAT, json=body) as response:
        return read(response)


def test_this_is_what_the_page_is_about(client: Client) -> None:
    asset = client.call("catalog.get_asset", asset="shop.orders")
    for reference in (asset["id"], "shop.orders"):
        said = say(client, "Who owns this?", page="/catalog/asset", asset=reference)
        assert said.calls == ["catalog_list_owners"]
        assert "shop.orders" in said.text
    planned = say(client, "Tag this as reviewed", asset="shop.orders").plan
    assert [one["arguments"] for one in planned["steps"]] == [
        {"asset": "shop.orders", "tag": "reviewed"}
    ]
    assert say(client, "Scan it", source="shop").plan["steps"][0]["arguments"]["source"] == "shop"


def test_these_are_what_is_selected(client: Client) -> None:
    selection = ["shop.orders", "shop.customers"]
    planned = say(client, "Tag these as reviewed", asset="shop.products", selection=selection).plan
    tagged = [one["arguments"]["asset"] for one in planned["steps"]]
    assert sorted(tagged) == ["shop.customers", "shop.orders"]


def test_a_page_tells_by_its_address(client: Client) -> None:
    for page in ("/assets/shop.orders", "/catalog?asset=shop%2Eorders#columns"):
        assert "shop.orders" in say(client, "Who owns this?", page=page).text
    told = client.call("assistant.analyze_context", page="/settings/colours")
    assert (told["about"], told["not_found"]) == ([], [])


def test_classify_this(client: Client) -> None:
    def planned(**context: Any) -> list[Any]:
        steps = say(client, "Classify this", **context).plan["steps"]
        return [(one["operation"], one["arguments"]) for one in steps]

    classifying = "classifications.classify_asset"
    assert planned(asset="shop.orders") == [(classifying, {"asset": "shop.orders"})]
    email = "shop.customers.email"
    assert planned(page=f"/columns/{email}") == [(classifying, {"asset": email})]
    assert planned(source="shop")[0][0] == "scan_logic.start_scan"
    assert "shop.orders" in say(client, "What is this?", asset="shop.orders").text


def test_a_workspace_is_what_its_sources_are(client: Client, tmp_path: Path) -> None:
    make_shop(vault := tmp_path / "vault.sqlite")
    space = client.call("workspaces.create", name="Sales")
    client.call("workspaces.link_resource", workspace="Sales", source="shop")
    for reference in (space["id"], "Sales"):
        told = client.call("assistant.analyze_context", workspace=reference)
        assert [(one["kind"], one["name"]) for one in told["about"]] == [
            ("workspace", "Sales"),
            ("source", "shop"),
        ]
        assert "What is in the workspace Sales?" in told["prompts"]
    assert "shop" in say(client, "What is in this workspace?", workspace="Sales").text
    assert say(client, "Classify this", workspace="Sales").plan["steps"][0]["arguments"] == {
        "source": "shop"
    }
    client.call("data_sources.register_source", name="vault", kind="sqlite", location=str(vault))
    client.call("data_sources.discover_assets", source="vault")
    client.call("workspaces.link_resource", workspace="Sales", source="vault")
    both = say(client, "Scan these", workspace="Sales").plan["steps"]
    assert [one["arguments"]["source"] for one in both] == ["shop", "vault"]
    assert say(client, "Scan this", workspace="Sales").custom("plan_proposed") == []
    of_asset = say(client, "Who owns this?", workspace="Sales", asset="shop.orders")
    assert "shop.orders" in of_asset.text
    first = say(client, "Show shop.orders", workspace="Sales")
    body = {
        "message": "Who owns it?",
        "conversation_id": first.conversation,
        "context": {"workspace": "Sales"},
    }
    with client.http.stream("POST", CHAT, json=body) as response:
        assert "shop.orders" in read(response).text
    missing = client.call("assistant.analyze_context", workspace="Nowhere")
    assert (missing["about"], missing["not_found"]) == ([], ["Nowhere"])


def test_what_the_caller_may_not_see_is_not_there(client: Client) -> None:
    person = client.call("rbac.create_user", name="Vera", email="vera@example.com")
    client.call("catalog.create_domain", name="Elsewhere")
    client.call("rbac.grant_role", user=person["id"], role="viewer", domain="Elsewhere")
    key = client.call("rbac.create_api_key", user=person["email"], name="k")
    vera = Client(client.url, key["key"])
    said = say(vera, "Who owns this?", asset="shop.orders")
    assert "shop.orders" not in said.text
    told = vera.call("assistant.analyze_context", selection=["shop.orders"])
    assert told == {"about": [], "not_found": ["shop.orders"], "prompts": []}
    vera.close()


@pytest.mark.parametrize(
    ("context", "field"),
    [
        ({"assets": "x"}, "context.assets"),
        ({"selection": ["x"] * 51}, "context.selection"),
        ("here", "context"),
    ],
)
def test_what_is_no_context_is_named(client: Client, context: Any, field: str) -> None:
    response = client.http.post(CHAT, json={"message": "Who owns this?", "context": context})
    assert response.status_code == 422
    assert response.json()["field"] == field


def test_agui_brings_its_context_too(client: Client) -> None:
    body = {
        "threadId": "agui-context",
        "runId": "agui-context-1",
        "state": {},
        "messages": [{"id": "1", "role": "user", "content": "Who owns these?"}],
        "tools": [],
        "context": [
            {"description": "selection", "value": '["shop.orders"]'},
            {"description": "theme", "value": "dark"},
        ],
        "forwardedProps": {},
    }
    with client.http.stream("POST", CHAT, json=body) as response:
        assert "shop.orders" in read(response).text


@pytest.mark.parametrize(
    ("reference", "kind", "prompt"),
    [
        ("shop", "source", "Scan shop for personal data"),
        ("shop.customers", "table", "Who owns this?"),
        ("shop.customers.email", "column", "Classify this"),
        ("GDPR", "framework", "How do we stand with GDPR?"),
        ("Administrator", "person", None),
    ],
)
def test_a_context_is_analyzed(
    client: Client, reference: str, kind: str, prompt: str | None
) -> None:
    told = client.call("assistant.analyze_context", selection=[reference])
    assert [one["kind"] for one in told["about"]] == [kind]
    assert prompt in told["prompts"] if prompt else told["prompts"] == []
