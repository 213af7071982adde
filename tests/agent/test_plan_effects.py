"""What a plan says before anyone agrees: what follows from it, and what in it is odd."""

from __future__ import annotations

from typing import Any

import pytest

from agent.plan_groups import grouped
from tests.support.world import World
from tests.tools.racine.workflows.carried import step
from tools.steps import Step


@pytest.fixture
async def shop(world: World) -> World:
    await world.source("shop", scanned=True)
    await world.person("Ann Lee", "steward")
    return world


async def propose(world: World, *steps: dict[str, Any], by: str = "ann") -> dict[str, Any]:
    parsed = [Step.model_validate(one) for one in steps]
    return await world.runtime.runs.propose(world.people[by], parsed)


def describe(number: int, asset: str, text: str = "Some words") -> dict[str, Any]:
    return step(f"s{number}", "catalog.describe_asset", asset=asset, description=text)


async def test_what_lies_downstream_is_told(shop: World) -> None:
    await shop.call("workspaces.create", name="finance")
    await shop.call("workspaces.link_resource", workspace="finance", source="shop")
    watch = step("t", "catalog.tag_asset", asset="shop.customers", tag="x")
    await shop.call("workflows.create", name="weekly", steps=[watch])
    await shop.call("workflows.schedule", workflow="weekly", cron="0 6 * * 1")
    plan = await propose(shop, describe(1, "shop.customers"))
    told = plan["effects"]["downstream"]
    assert told["assets"] == {"total": 3, "shown": ["shop.orders", "shop.v_revenue", "shop.v_top"]}
    for kind, name in (("workspaces", "finance"), ("workflows", "weekly"), ("schedules", "weekly")):
        assert told[kind] == {"total": 1, "shown": [name]}


async def test_what_the_requester_may_not_see_is_not_told(shop: World) -> None:
    await shop.source("crm", scanned=True)
    await shop.person("Cleo Diaz", "steward", source="crm")
    plan = await propose(shop, describe(1, "crm.customers"), by="cleo")
    shown = plan["effects"]["downstream"]["assets"]["shown"]
    assert shown
    assert all(name.startswith("crm.") for name in shown)


async def test_a_rule_that_would_be_broken_is_named_and_one_that_would_be_mended(
    shop: World,
) -> None:
    await shop.call("catalog.set_owner", asset="shop.customers", owner="Ann Lee")
    undone = await shop.invoke("catalog.set_owner", asset="shop.orders", owner="Ann Lee")
    plan = await propose(shop, step("s1", "activity.undo", activity=undone.activity_id), by="ann")
    assert plan["effects"]["breaks"]["total"] == 0  # orders hold nothing personal
    given = await shop.call("catalog.set_owner", asset="shop.v_revenue", owner="Ann Lee")
    assert given.owner == "Ann Lee"
    activity = (await shop.call("activity.search", operation="catalog.set_owner")).items[0]
    plan = await propose(shop, step("s1", "activity.undo", activity=activity.id))
    breaks = plan["effects"]["breaks"]
    assert {one["subject"] for one in breaks["shown"]} == {"shop.v_revenue"}
    assert "owner" in breaks["shown"][0]["rule"].lower()
    assert plan["effects"]["odd"][0]["step"] == "s1"
    mending = await propose(
        shop, step("s1", "catalog.set_owner", asset="shop.v_top", owner="Ann Lee")
    )
    assert "shop.v_top" in {one["subject"] for one in mending["effects"]["mends"]["shown"]}


async def test_time_comes_from_past_runs_or_is_not_told(shop: World) -> None:
    before = (await propose(shop, describe(1, "shop.orders")))["effects"]["estimate"]
    assert (before["seconds"], before["never_run"]) == (None, ["catalog.describe_asset"])
    assert before["records"] == 1
    for number in range(3):
        await shop.call("catalog.describe_asset", asset="shop.orders", description=f"{number}")
    after = (await propose(shop, describe(1, "shop.orders")))["effects"]["estimate"]
    assert (after["past_runs"], after["never_run"]) == (3, [])
    assert 0 <= after["seconds"] <= after["seconds_at_worst"]


async def test_of_five_hundred_steps_the_odd_ones_are_on_top(shop: World) -> None:
    many = [describe(number, "shop.orders", f"Text {number}") for number in range(497)]
    owner = step("owner", "catalog.set_owner", asset="shop.orders", owner="Ann Lee")
    tag = step("tag", "catalog.tag_asset", asset="shop.orders", tag="sаles")
    plan = await propose(shop, *many[:250], owner, *many[250:], tag)
    effects = plan["effects"]
    assert [one["step"] for one in effects["odd"]] == ["tag", "owner"]
    assert "mixes Cyrillic and Latin" in effects["odd"][0]["why"]
    assert "Only 1 of 499 steps is like it" in effects["odd"][1]["why"]
    assert [one["count"] for one in effects["groups"]] == [1, 1, 497]
    assert sum(len(one["steps"]) for one in effects["groups"]) == 499


def test_a_step_that_changes_far_more_than_its_like_is_odd() -> None:
    def scan(number: int, changes: int) -> dict[str, Any]:
        shape = [{"table": "classifications", "action": "create"}]
        preview = {"changes": shape, "total_changes": changes, "summary": "", "error": None}
        named = {"operation": "scan_logic.start_scan", "title": "Scan", "effect": "write"}
        return {"id": f"s{number}", **named, "preview": preview}

    told = grouped([scan(number, 900 if number == 7 else 4) for number in range(12)], {})
    assert told["odd"] == [{"step": "s7", "why": "It changes 900 records, the others 4."}]
    assert [one["count"] for one in told["groups"]] == [12]


async def test_a_failing_step_is_odd_however_few_there_are(shop: World) -> None:
    plan = await propose(shop, describe(1, "shop.unheard_of"))
    (odd,) = plan["effects"]["odd"]
    assert odd["why"].startswith("It fails: ")


async def test_what_is_seen_of_a_plan_names_no_lookalike_without_need(shop: World) -> None:
    plan = await propose(shop, describe(1, "shop.orders", "Bestellungen, größer als 0"))
    assert plan["effects"]["lookalikes"] == []
