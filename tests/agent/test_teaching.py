"""Corrections, preferences and forgetting in words: each a plan, and each changes what follows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import Client, Said, served


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("teaching") / "data"))
    with served(folder) as client:
        yield client


def steps(said: Said) -> list[tuple[str, dict[str, Any]]]:
    return [(one["operation"], one["arguments"]) for one in said.plan["steps"]]


def remembered(client: Client) -> list[tuple[str, str]]:
    return [(one["kind"], one["text"]) for one in client.call("assistant.list_memories")["items"]]


GUESS = "I'm not sure that I understand this"


def test_i_meant_answers_and_teaches(client: Client) -> None:
    first = client.say("Who wrangles shop.orders?")
    assert GUESS in first.text
    meant = client.say("No, I meant who owns shop.orders", first.conversation)
    assert meant.calls[0] == "catalog_list_owners"
    lesson = {"said": "Who wrangles shop.orders?", "meant": "who owns shop.orders"}
    assert steps(meant) == [("assistant.teach", lesson)]
    assert GUESS in client.say("Who wrangles shop.customers?").text  # not before it is approved
    client.execute(meant.plan)
    again = client.say("who wrangles shop.customers")
    assert again.calls == ["catalog_list_owners"]
    assert "shop.customers" in again.text
    assert GUESS not in again.text
    planned = client.say("Forget 'Who wrangles shop.orders?'")
    client.execute(planned.plan)
    assert GUESS in client.say("who wrangles shop.customers").text


def test_a_name_that_was_meant_is_kept_for_what_was_misread(client: Client) -> None:
    first = client.say("Who owns revenue?")
    meant = client.say("that's wrong, I meant the view shop.v_revenue", first.conversation)
    assert meant.calls[0] == "catalog_list_owners"
    name = {"text": "revenue", "kind": "name", "asset": "shop.v_revenue"}
    assert steps(meant) == [("assistant.remember", name)]
    client.execute(meant.plan)
    assert "shop.v_revenue" in client.say("Who owns revenue?").text


def test_what_is_called_otherwise_is_said(client: Client) -> None:
    (one,) = steps(client.say("By 'the till' I mean shop.orders"))
    assert one == (
        "assistant.remember",
        {"text": "till", "kind": "name", "asset": "shop.orders"},
    )
    (one,) = steps(client.say("When I ask who guards shop.orders I mean who owns shop.orders"))
    assert one[0] == "assistant.teach"


def test_nothing_is_taught_by_what_comes_to_nothing(client: Client) -> None:
    first = client.say("Who wrangles shop.orders?")
    said = client.say("I meant who wrangles shop.orders", first.conversation)
    assert (said.calls, said.custom("plan_proposed")) == ([], [])
    fresh = client.say("I meant who owns shop.orders")  # the first thing that is said
    assert (fresh.calls, fresh.custom("plan_proposed")) == (["catalog_list_owners"], [])


def test_preferences_are_kept_listed_and_forgotten(client: Client) -> None:
    for words in ("I prefer tables", "We prefer short answers."):
        client.execute(client.say(words).plan)
    assert ("preference", "I prefer tables") in remembered(client)
    assert "I prefer tables" in client.say("What do you remember about me?").text
    client.execute(client.say("Forget that I prefer tables").plan)
    assert ("preference", "I prefer tables") not in remembered(client)
    client.execute(client.say("Remember that reviews are monthly").plan)
    (one,) = steps(forgotten := client.say("Forget all my preferences"))
    assert one == ("assistant.forget_all", {"kind": "preference"})
    client.execute(forgotten.plan)
    assert {kind for kind, _ in remembered(client)} & {"preference", "fact"} == {"fact"}
    client.execute(client.say("Forget everything you know about me").plan)
    assert remembered(client) == []
    assert client.say("forget it").custom("plan_proposed") == []
