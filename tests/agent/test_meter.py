"""What a language model's answers cost, and where they end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.openai_server import Call, Calls, Model, ScriptedOpenAI, Text
from tests.support.service import served

KEY = "sk-the-secret-key"
SEARCH = Call("catalog_search_assets", {"query": "customers"})


def test_what_an_answer_costs_is_told_kept_and_limited(
    shop_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(shop_folder, tmp_path / "data"))
    model = Model()
    with ScriptedOpenAI(model, key=KEY) as server:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        limits = {"tokens_per_person": 20, "tokens_per_answer": 25, "model_prices": "1,2"}
        with served(folder, model="openai:scripted", **limits) as client:
            model.follows([Text("Five little words of mine")])
            (usage,) = client.say("Hello").custom("usage")
            read, written = usage["input_tokens"], usage["output_tokens"]
            assert usage["cost_usd"] == pytest.approx((read + 2 * written) / 1_000_000)
            kept = client.call("assistant.get_usage")
            assert (kept["input_tokens"], kept["answers"]) == (read, 1)
            assert kept["daily_limit_per_person"] == 20
            asked = len(server.requests)
            model.script = lambda _body: Calls(SEARCH)
            said = client.say("What tables are there?")
            while "of the last 24 hours" not in said.text:  # the first answers are within it
                assert len(server.requests) < asked + 20
                said = client.say("What tables are there?")
            assert "you have used" in said.text
            assert "shop.orders" in said.text
            (everybody,) = client.call("assistant.summarize_usage", by="person")["items"]
            assert everybody["of"] == "Administrator"
            for by in ("model", "workspace", "day"):
                assert client.call("assistant.summarize_usage", by=by)["answers"] >= 1


def test_an_answer_that_takes_too_much_is_stopped(
    shop_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(shop_folder, tmp_path / "data"))
    numbers = iter(range(100))
    with ScriptedOpenAI(
        lambda _body: Calls(Call("catalog_search_assets", {"query": f"q{next(numbers)}"})), key=KEY
    ) as server:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with served(folder, model="openai:scripted", tokens_per_answer=1) as client:
            said = client.say("Search on and on")
            assert said.events[-1]["code"] == "budget_spent"
            assert "RACINE_TOKENS_PER_ANSWER" in said.events[-1]["message"]
            assert client.call("assistant.get_usage")["answers"] == 1  # paid for all the same


def test_an_answer_that_takes_too_long_is_stopped(shop_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shop_folder, tmp_path / "data"))
    with served(folder, answer_timeout=1e-6) as client:
        said = client.say("Who owns shop.orders?")
    assert said.events[-1]["code"] == "budget_spent"
    assert "RACINE_ANSWER_TIMEOUT" in said.events[-1]["message"]
