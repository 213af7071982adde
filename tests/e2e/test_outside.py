"""A system of somebody else's behind the assistant: the same plan, approval, trail and masking."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.openai_server import Call, Calls, ScriptedOpenAI, Text
from tests.support.second_service import TOKEN, Tickets
from tests.support.service import served
from tests.support.serving import HttpServer

KEY = "sk-the-secret-key"
LIST = Call("tickets_list_tickets", {})
OPEN = Call("tickets_create_ticket", {"title": "Rotate the keys"})


@pytest.fixture
def desk() -> Tickets:
    return Tickets()


@pytest.fixture
def address(desk: Tickets) -> Iterator[str]:
    with HttpServer(desk.app()) as server:
        yield f"{server.address}/openapi.json"


def test_a_model_reads_there_and_people_write_there(
    shop_folder: Path, tmp_path: Path, desk: Tickets, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 9):
        reporter = f"jane.roe{number}@example.com"
        desk.tickets[number] = {"id": number, "title": "Lost key", "reporter_email": reporter}
    script = [
        Calls(LIST),
        Calls(OPEN),
        Text("A ticket can be opened."),
    ]
    with ScriptedOpenAI(script, key=KEY) as model:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        shutil.copytree(shop_folder, tmp_path / "data")
        with served(tmp_path / "data", model="openai:scripted") as client:
            client.call("integration.register_service", name="tickets", url=address, token=TOKEN)
            found = {"query": "open a ticket at the desk", "kind": "operation"}
            while "tickets.create_ticket" not in str(client.call("search.unified", **found)):
                time.sleep(0.05)  # the index is a moment behind
            said = client.say("Which tickets of the desk are open? Open a ticket to rotate keys.")
            assert said.calls == ["tickets_list_tickets", "tickets_create_ticket"]
            assert [one["operation"] for one in said.plan["steps"]] == ["tickets.create_ticket"]
            assert said.plan["steps"][0]["effect"] == "reach"
            assert "done by tickets" in said.plan["steps"][0]["preview"]["summary"]
            assert len(desk.tickets) == 8
            client.execute(said.plan)
            assert desk.tickets[9]["title"] == "Rotate the keys"
            trail = client.call("activity.search", operation="tickets.create_ticket")
        assert [one["outcome"] for one in trail["items"]] == ["done"]
        offered = {tool["function"]["name"] for tool in model.requests[0]["tools"]}
        assert {"tickets_list_tickets", "tickets_create_ticket"} <= offered
        assert "jane.roe" not in str(model.requests)
        assert TOKEN not in str(model.requests)


def test_the_catalog_comes_from_outside(
    shop_folder: Path, tmp_path: Path, desk: Tickets, address: str
) -> None:
    shutil.copytree(shop_folder, tmp_path / "data")
    with served(tmp_path / "data") as client:
        before = client.say("Which tables have no owner?")
        assert "shop." in before.text
        client.call(
            "integration.register_service", name="acme", url=address, token=TOKEN, group="catalog"
        )
        listed = client.http.get("/api/advanced-catalog/list-assets", params={"kind": "view"})
        assert [one["qualified_name"] for one in listed.json()["items"]] == ["acme.view"]
        assert "acme.table" in client.say("List the tables of the catalog").text
        refused = client.say("Tag shop.orders as finance")
        assert "acme" in refused.text
        assert not refused.custom("plan_proposed")
        client.call("integration.remove_service", service="acme")
        assert client.say("Tag shop.orders as finance").plan["steps"]
