"""What somebody has in view is what "this" and "these" mean."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import CHAT, Client, Said, read, served


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
