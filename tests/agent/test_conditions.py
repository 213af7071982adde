"""Conditions out of words: what they compare, in workflows that either mind makes."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from agent.conditions import Condition, read, split
from agent.structure import parts_of
from tests.support.openai_server import Call, Calls, Reply, ScriptedOpenAI, Text
from tests.support.service import served
from tests.support.world import World
from tests.tools.racine.workflows.carried import carried, statuses

FINDINGS = "list the critical findings"


@pytest.mark.parametrize(
    ("words", "rest", "read_as"),
    [
        ("if more than 5 findings are critical, scan crm", "scan crm", ("more_than", 5, FINDINGS)),
        ("scan crm if there are critical findings", "scan crm", ("more_than", 0, FINDINGS)),
        ("scan crm if there are no critical findings", "scan crm", ("equal_to", 0, FINDINGS)),
        ("scan crm unless any findings are critical", "scan crm", ("at_most", 0, FINDINGS)),
        ("scan crm if we have 3 or more critical findings", "scan crm", ("at_least", 3, FINDINGS)),
        ("only if at most two findings are critical then x", "x", ("at_most", 2, FINDINGS)),
        (
            "scan crm unless fewer than 3 findings are critical",
            "scan crm",
            ("at_least", 3, FINDINGS),
        ),
    ],
)
def test_what_is_counted(words: str, rest: str, read_as: tuple[str, int, str]) -> None:
    found = split(words)
    assert found is not None and found.rest == rest
    condition = read(found)
    assert condition is not None
    assert (condition.compared, condition.to, condition.ask) == read_as


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        ("x unless it's already certified", Condition("empty", field="certification")),
        ("x if it is not certified yet", Condition("empty", field="certification")),
        ("x unless it isn't certified", Condition("filled", field="certification")),
        ("x if crm.t has no owner", Condition("empty", field="owner", asset="crm.t")),
        ("x if it has been deprecated", Condition("filled", field="deprecated_at")),
        (
            "x provided it is tagged legacy",
            Condition("containing", "legacy", field="tags"),
        ),
        ("x only when the row count dropped", Condition("less_than", field="rows", rows=True)),
        (
            "x unless the row count of crm.t has grown",
            Condition("at_most", field="rows", asset="crm.t", rows=True),
        ),
        (
            "x if the GDPR score of crm is below 80 %",
            Condition("less_than", 0.8, "what is the GDPR score of crm", "items.0.score"),
        ),
    ],
)
def test_what_is_compared_of_an_asset_or_a_score(words: str, read_as: Condition) -> None:
    found = split(words)
    assert found is not None
    assert read(found) == read_as


@pytest.mark.parametrize(
    "words",
    [
        "x if the moon is full",
        "x unless it is tagged legacy",  # nothing compares for it
        "x if it isn't tagged legacy",
        "x if the row count rejoiced",
        "x if the GDPR score is about 80 %",
        "x if it is purple",
    ],
)
def test_what_is_not_understood_is_none(words: str) -> None:
    found = split(words)
    assert found is not None and read(found) is None
    assert split("scan crm and evaluate GDPR") is None


def test_a_condition_by_itself_is_about_what_comes_next_or_what_it_narrows() -> None:
    first, second = parts_of("Scan shop, then if there are findings, then evaluate GDPR", None)
    assert (first.conditions, second.words) == ((), "evaluate GDPR")
    assert list(map(str, second.conditions)) == ["if there are findings"]
    first, second = parts_of("Scan shop, but only if it has an owner; evaluate GDPR", None)
    assert (list(map(str, first.conditions)), second.conditions) == (
        ["but only if it has an owner"],
        (),
    )
    (only,) = parts_of("Evaluate GDPR, if there are findings", None)
    assert (only.words, list(map(str, only.conditions))) == (
        "Evaluate GDPR",
        ["if there are findings"],
    )


@pytest.fixture
async def shop(stocked: World) -> World:
    return stocked


async def proposed(world: World, request: str) -> tuple[Any, Any]:
    """What is made of a request, and how it ends if it is run."""
    told = await world.call("workflows.propose", request=request)
    assert told.valid, told
    return told, await carried(world, *[one.as_json() for one in told.steps])


async def test_a_count_decides_and_is_said(shop: World) -> None:
    request = "Evaluate GDPR, then if more than {} findings are medium, tag shop.orders as risky"
    told, ended = await proposed(shop, request.format(0))
    assert [one.operation for one in told.steps] == [
        "compliance.evaluate_compliance",
        "compliance.list_findings",
        "catalog.tag_asset",
    ]
    assert told.steps[1].arguments["severity"] == "medium"
    assert (
        "“if more than 0 findings are medium”: s3 is run only where s2.total "
        "(compliance.list_findings) is more than 0, else left out, and the rest goes on."
    ) in told.assumptions
    assert statuses(ended)["s3"] == "done"
    _, ended = await proposed(shop, request.format(500))
    assert statuses(ended) == {"s1": "done", "s2": "done", "s3": "skipped"}


async def test_a_state_decides(shop: World) -> None:
    await shop.call("catalog.set_owner", asset="shop.orders", owner="Administrator")
    _, ended = await proposed(shop, "Tag shop.orders as mine unless it has an owner")
    assert statuses(ended) == {"s1": "done", "s2": "skipped"}
    _, ended = await proposed(shop, "If shop.orders has an owner then tag it as mine")
    assert statuses(ended) == {"s1": "done", "s2": "done"}


async def test_several_conditions_all_have_to_hold(shop: World) -> None:
    words = "If there are no critical findings, tag shop.orders as fine unless it has an owner"
    told, ended = await proposed(shop, words)
    assert [one.to for one in told.steps[2].when] == [0, None]
    assert told.steps[1].needs == ("s1",)
    assert statuses(ended) == {"s1": "done", "s2": "done", "s3": "done"}
    await shop.call("catalog.set_owner", asset="shop.orders", owner="Administrator")
    _, ended = await proposed(shop, words)
    assert statuses(ended)["s3"] == "skipped"


async def test_checks_that_fail_are_no_failed_step(shop: World) -> None:
    words = (
        "Run the quality checks of shop.orders and if any fail ask Administrator for approval "
        "and then tag shop.orders as bad"
    )
    told = await shop.call("workflows.propose", request=words)
    assert told.valid, told
    (when,) = told.steps[1].when
    assert (when.value, when.to, told.steps[1].after) == ({"$ref": "s1.ok"}, False, "success")
    assert told.steps[1].gate.people == ("Administrator",)
    assert any("s1.ok is false" in one for one in told.assumptions)
    told = await shop.call(
        "workflows.propose", request="Scan shop; if it fails, tag shop.orders as x"
    )
    assert (told.steps[1].after, told.steps[1].when) == ("failure", ())


async def test_rows_are_counted_again(shop: World) -> None:
    request = "Tag shop.orders as changed only when the row count {}"
    _, ended = await proposed(shop, request.format("dropped"))
    assert statuses(ended) == {"s1": "done", "s2": "done", "s3": "skipped"}
    with sqlite3.connect(shop.folder / "shop.sqlite") as database:
        database.execute("DELETE FROM orders WHERE id > 10")
    database.close()
    told, ended = await proposed(shop, request.format("fell"))
    assert ended.steps[1].result["rows"] == 10
    assert statuses(ended)["s3"] == "done"
    assert any("s2.rows (catalog.profile_asset) is less than s1.row_count" in one for one in
               told.assumptions)  # fmt: skip


@pytest.mark.parametrize(
    "request_",
    [
        "If the moon is full, tag shop.orders as risky",
        "If it is certified, tag shop.nowhere as risky",
        "If there are quux of frobs, tag shop.orders as risky",
        "If shop.nowhere has an owner, tag shop.orders as risky",
        "If it is certified, scan shop",  # what is?
        "If there are critical findings",
        "For every source, scan it if it has an owner",
    ],
)
async def test_what_hangs_on_an_unread_condition_is_left_out(shop: World, request_: str) -> None:
    told = await shop.call("workflows.propose", request=f"Evaluate GDPR; {request_}")
    assert [one.operation for one in told.steps] == ["compliance.evaluate_compliance"]
    assert not told.valid
    assert any("left out" in one for one in told.assumptions)


def thinks(body: dict[str, Any]) -> Reply:
    """A model that looks up, writes, and says something."""
    last = body["messages"][-1]
    if last["role"] == "tool":
        return Text("There it is.")
    if FINDINGS in last["content"]:
        return Calls(Call("compliance_list_findings", {"severity": "critical", "limit": 5}))
    return Calls(Call("catalog_tag_asset", {"asset": "shop.orders", "tag": "risky"}))


def test_a_language_model_s_steps_hang_on_conditions_too(
    shop_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(shop_folder, tmp_path / "data"))
    with ScriptedOpenAI(thinks) as server:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with served(folder, model="openai:scripted") as client:
            told = client.call(
                "workflows.propose",
                request="If more than 5 findings are critical, tag shop.orders as risky",
            )
    assert told["valid"], told
    assert [one["operation"] for one in told["steps"]] == [
        "compliance.list_findings",
        "catalog.tag_asset",
    ]
    assert told["steps"][0]["arguments"] == {"severity": "critical"}
    (when,) = told["steps"][1]["when"]
    assert when == {"value": {"$ref": "s1.total"}, "is": "more_than", "to": 5}
