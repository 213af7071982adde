"""A plan does what was shown: what it refers to and starts, what it may use, what undoes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from tests.support.world import World
from tests.tools.racine.approvals.test_needs import approve, propose, shop
from tests.tools.racine.workflows.carried import carry, statuses, step
from tools.context import Caller
from tools.database import now
from tools.errors import ChooseAnother, ProposeAgain
from tools.racine.assistant.tables import Plan, Run
from tools.racine.workflows.tables import Execution
from tools.steps import Budget

__all__ = ["shop"]


def tag(step_id: str, asset: str, word: str = "x") -> dict[str, Any]:
    return step(step_id, "catalog.tag_asset", asset=asset, tag=word)


async def tags(world: World, asset: str) -> list[str]:
    return list((await world.call("catalog.get_asset", asset=asset)).tags)


async def turn_in(world: World, plan: dict[str, Any], by: str = "ann") -> Caller:
    """Somebody who says something in the conversation of a plan."""
    run_id = f"run_{plan['id']}"
    async with world.runtime.database.writing() as session:
        last = await session.scalar(select(func.max(Run.position)))
        if await session.get(Run, run_id) is None:
            session.add(
                Run(
                    id=run_id,
                    user_id=world.people[by].user_id,
                    conversation_id=plan["conversation_id"],
                    channel="panel",
                    message="Is it done?",
                    position=(last or 0) + 1,
                )
            )
    return Caller(world.people[by].user_id, "assistant", run_id=run_id)


async def carried_out(world: World, *steps: dict[str, Any], **more: Any) -> Any:
    plan = await propose(world, *steps, **more)
    approved = await approve(world, plan, "ann")
    return plan, await carry(world, approved.execution_id or "")


async def children(world: World) -> list[str]:
    """The executions that others have started, carried out."""
    async with world.runtime.database.reading() as session:
        found = list(
            await session.scalars(
                select(Execution.id)
                .where(Execution.parent_id.is_not(None))
                .order_by(Execution.created_at)
            )
        )
    return [(await carry(world, one)).id for one in found]


async def changed(world: World, kind: str) -> None:
    match kind:
        case "workflow":
            more = [tag("a", "shop.orders"), tag("b", "shop.products")]
            await world.call("workflows.update", workflow="sweep", steps=more)
        case "pipeline":
            stages = [{"name": "one", "steps": [tag("b", "shop.products")]}]
            await world.call("pipelines.update", pipeline="nightly", stages=stages)
        case "role":
            await world.call("rbac.update_role", role="tiny", permissions=["catalog.*", "rbac.*"])
        case "schedule":
            await world.call("workflows.update", workflow="sweep", steps=[tag("b", "shop.orders")])


@pytest.mark.parametrize(
    ("kind", "does"),
    [
        ("workflow", step("s1", "workflows.execute", workflow="sweep")),
        ("pipeline", step("s1", "pipelines.execute", pipeline="nightly")),
        ("role", step("s1", "rbac.grant_role", user="Vic Roy", role="tiny")),
        ("schedule", step("s1", "workflows.schedule", workflow="sweep", cron="0 6 * * *")),
    ],
)
async def test_what_a_step_refers_to_is_what_was_shown(
    shop: World, kind: str, does: dict[str, Any]
) -> None:
    await shop.call("workflows.create", name="sweep", steps=[tag("a", "shop.orders")])
    stages = [{"name": "one", "steps": [tag("a", "shop.orders")]}]
    await shop.call("pipelines.create", name="nightly", stages=stages)
    await shop.call("rbac.create_role", name="tiny", description="t", permissions=["catalog.read"])
    shop.people["adm"] = shop.administrator
    plan = await propose(shop, does, by="adm")
    other = await propose(shop, tag("s1", "shop.customers"), by="adm")
    await changed(shop, kind)
    with pytest.raises(ProposeAgain, match="goes by"):
        await approve(shop, plan, "adm")
    await approve(shop, other, "adm")  # what goes by nothing of it holds
    assert (await propose(shop, does, by="adm"))["hash"] != plan["hash"]


async def test_what_changes_between_the_approval_and_the_step_is_not_run(shop: World) -> None:
    await shop.call("workflows.create", name="sweep", steps=[tag("a", "shop.orders")])
    plan = await propose(shop, step("s1", "workflows.execute", workflow="sweep"))
    approved = await approve(shop, plan, "ann")
    await changed(shop, "workflow")
    done = await carry(shop, approved.execution_id or "")
    assert (done.status, "since the plan was approved" in done.steps[0].detail) == ("failed", True)


async def test_a_plan_that_changes_a_workflow_and_runs_it_goes_by_its_own_change(
    shop: World,
) -> None:
    await shop.call("workflows.create", name="sweep", steps=[tag("a", "shop.orders")])
    change = step("s1", "workflows.update", workflow="sweep", steps=[tag("b", "shop.products")])
    run = step("s2", "workflows.execute", workflow="sweep", needs=["s1"])
    _, done = await carried_out(shop, change, run)
    assert done.status == "done"


async def test_what_a_started_workflow_would_do_is_shown_and_where_it_fails_is_said(
    shop: World,
) -> None:
    steps = [tag("a", "shop.orders"), tag("b", "shop.nothing"), tag("c", "shop.products")]
    for one, needed in zip(steps[1:], steps, strict=False):
        one["needs"] = [needed["id"]]
    await shop.call("workflows.create", name="inner", steps=steps)
    start = step("i", "workflows.execute", workflow="inner")
    await shop.call("workflows.create", name="outer", steps=[start])
    stages = [{"name": "one", "steps": [tag("t", "shop.customers")]}]
    await shop.call("pipelines.create", name="nightly", stages=stages)
    plan = await propose(
        shop,
        step("s1", "workflows.execute", workflow="outer"),
        step("s2", "pipelines.execute", pipeline="nightly"),
    )
    first, second = (one["preview"] for one in plan["steps"])
    assert [one["label"] for one in first["changes"]] == ["shop.orders"]
    assert "step 'b' of inner fails" in first["summary"]
    assert first["error"] is None
    assert [one["label"] for one in second["changes"]] == ["shop.customers"]
    assert plan["effects"]["estimate"]["records"] == 2
    assert await tags(shop, "shop.orders") == []


async def test_what_a_plan_starts_stays_within_the_plan_s_budget(shop: World) -> None:
    assets = ("shop.orders", "shop.products", "shop.customers")
    each = [tag(f"t{number}", asset) for number, asset in enumerate(assets)]
    for one, needed in zip(each[1:], each, strict=False):
        one["needs"] = [needed["id"]]
    await shop.call("workflows.create", name="three", steps=each)
    run = step("s1", "workflows.execute", workflow="three")
    _, ended = await carried_out(shop, run, budget=Budget(rows=2, seconds=50))
    assert ended.status == "failed"
    assert "“three” failed. Step 't2': The budget of 2 rows is spent." in ended.steps[0].detail
    (child,) = await children(shop)
    stopped = await shop.call("workflows.status", execution_id=child)
    assert statuses(stopped) == {"t0": "done", "t1": "done", "t2": "failed"}
    assert 0 < stopped.budget["seconds"] <= 50
    again = step("s2", "workflows.execute", workflow="three")
    for one in each:
        one["arguments"]["tag"] = "y"
    await shop.call("workflows.update", workflow="three", steps=each)
    await carried_out(shop, run, again, budget=Budget(steps=4))
    ran = [await shop.call("workflows.status", execution_id=one) for one in await children(shop)]
    counted = [sum(one.attempts > 0 for one in each.steps) for each in ran[1:]]
    assert sum(counted) == 2  # two of the four are the plan's own


async def test_the_latest_is_one_s_own_and_of_an_execution_the_whole(shop: World) -> None:
    mine, _ = await carried_out(shop, tag("s1", "shop.orders"), tag("s2", "shop.products"))
    await shop.call("catalog.tag_asset", asset="shop.customers", tag="theirs")
    await shop.call("catalog.tag_asset", "ben", asset="shop.v_top", tag="bens")
    plan = await propose(shop, step("s1", "activity.undo", activity="latest"))
    (kept,) = plan["steps"]
    assert kept["arguments"]["activity"].startswith("exe_")
    assert {one["label"] for one in kept["preview"]["changes"]} == {"shop.orders", "shop.products"}
    await shop.call("catalog.tag_asset", "ann", asset="shop.v_revenue", tag="later")
    approved = await approve(shop, plan, "ann")
    assert (await carry(shop, approved.execution_id or "")).status == "done"
    tagged = [await tags(shop, f"shop.{one}") for one in ("orders", "products", "v_revenue")]
    assert tagged == [[], [], ["later"]]
    assert await tags(shop, "shop.customers") == ["theirs"]
    with pytest.raises(ChooseAnother, match="nothing that could be undone"):
        await shop.call("activity.undo", "cleo", activity="latest")
    here = await turn_in(shop, mine)
    undone = await shop.call("activity.undo", here, activity="latest")
    assert undone.operations == ["activity.undo"]  # what is undone already isn't the latest


async def test_done_is_said_of_what_was_asked_for_in_this_conversation(shop: World) -> None:
    await carried_out(shop, tag("s1", "shop.products", "elsewhere"))
    plan = await propose(shop, tag("s1", "shop.orders"))
    caller = await turn_in(shop, plan)
    waiting = await shop.call("workflows.status", caller)
    assert (waiting.status, waiting.plan_id) == ("waiting for approval", plan["id"])
    assert statuses(waiting) == {"s1": "pending"}
    approved = await approve(shop, plan, "ann")
    assert (await shop.call("workflows.status", caller)).id == approved.execution_id
    refused = await propose(shop, tag("s1", "shop.orders", "z"))
    await shop.runtime.plans.withdraw(refused["id"], None, shop.people["ann"])
    withdrawn = await shop.call("workflows.status", await turn_in(shop, refused))
    assert withdrawn.status == "withdrawn"
    old = await propose(shop, tag("s1", "shop.orders", "w"))
    past = now() - timedelta(days=1)
    await shop.put(update(Plan).where(Plan.id == old["id"]).values(expires_at=past))
    assert (await shop.call("workflows.status", await turn_in(shop, old))).status == "expired"
