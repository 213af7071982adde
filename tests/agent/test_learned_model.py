"""What was taught is in what a language model reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.openai_server import Model, ScriptedOpenAI, Text
from tests.support.service import served


def test_a_language_model_is_told_what_was_taught(
    shop_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(shop_folder, tmp_path / "data"))
    model = Model()
    with ScriptedOpenAI(model, key="sk-x") as server:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with served(folder, model="openai:scripted") as client:
            model.follows([Text("Hm?"), Text("Ada.")])
            first = client.say("Who zorbs shop.orders?")
            client.call(
                "assistant.give_feedback",
                run_id=first.run,
                rating="down",
                meant="Who owns shop.orders?",
            )
            client.call("assistant.remember", text="Answer in one line", kind="preference")
            client.call("assistant.remember", text="gold", kind="name", asset="shop.orders")
            client.say("Who zorbs shop.customers?")
            prompt = server.requests[-1]["messages"][0]["content"]
            tools = [one["function"]["name"] for one in server.requests[-1]["tools"]]
    assert "the request means: Who owns shop.customers?" in prompt
    assert "- Answer in one line" in prompt
    assert "- “gold” stands for shop.orders" in prompt
    assert "- “Who zorbs shop.orders?” meant “Who owns shop.orders?”" in prompt
    assert "catalog_list_owners" in tools
