"""A step that starts an execution is done when that is done, and goes with it all the way."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.support.service import served
from tests.support.world import World, make_shop
from tests.tools.racine.workflows.carried import carried, carry, queued, ref, statuses, step, told
from tools.racine.workflows.tables import Execution, ExecutionStep

TAG = step("tag", "catalog.tag_asset", asset="shop.orders", tag="inner")
LINK = step("link", "catalog.link_glossary_term", term="Order", asset="shop.orders", needs=["tag"])
RUN = step("run", "workflows.execute", workflow="inner")
AFTER = step("after", "catalog.tag_asset", asset="shop.products", tag="after", needs=["run"])
GATE = {"people": ["Administrator"], "reason": "publish"}


@pytest.fixture
async def shop(world: World) -> World:
    await world.source()
    return world


async def inner(world: World, *steps: dict[str, Any], **options: Any) -> None:
    await world.call("workflows.create", name="inner", steps=list(steps), **options)


async def started(world: World) -> Any:
    """The execution that another has started."""
    async with world.runtime.database.reading() as session:
        of_others = select(Execution.id).where(Execution.parent_id.is_not(None))
        (found,) = await session.scalars(of_others)
    return await world.call("workflows.status", execution_id=found)


async def tags(world: World, asset: str) -> list[str]:
    return list((await world.call("catalog.get_asset", asset=asset)).tags)


async def test_what_comes_after_it_finds_it_done(shop: World) -> None:
    await inner(shop, TAG)
    says = step(
        "says", "catalog.tag_asset", asset="shop.products", tag=ref("run.outcome"), needs=["run"]
    )
    ended = await carried(shop, RUN, says)
    assert ended.status == "done"
    assert ended.steps[0].result["steps"][0]["status"] == "done"
    assert await tags(shop, "shop.products") == ["done"]
    first, second = ended.summary.splitlines()[2:4]
    assert first.startswith("- workflows.execute: “inner” is done (activity ")
    assert second == "  - catalog.tag_asset: shop.orders is tagged inner"


async def test_it_fails_with_it_and_a_retry_goes_on_in_it(shop: World) -> None:
    await inner(shop, TAG, LINK)
    failed = await carried(shop, RUN, AFTER)
    assert statuses(failed) == {"run": "failed", "after": "skipped"}
    why = failed.steps[0].detail
    assert why.startswith("“inner” failed. Step 'link': ")
    assert "stopped at a step that failed" in failed.summary
    assert (await started(shop)).status == "failed"
    await shop.call("catalog.create_glossary_term", name="Order", definition="What is sold")
    await shop.call("workflows.control", execution_id=failed.id, action="retry")
    done = await carry(shop, failed.id)
    assert statuses(done) == {"run": "done", "after": "done"}
    child = await started(shop)  # the same one
    assert statuses(child) == {"tag": "done", "link": "done"}
    assert [one.attempts for one in child.steps] == [1, 1]  # what was done wasn't done again


async def test_what_was_done_is_started_anew_where_it_is_done_again(shop: World) -> None:
    await inner(shop, TAG)
    done = await carried(shop, RUN, AFTER | {"arguments": {"asset": "shop.nowhere", "tag": "x"}})
    first = done.steps[0].result["id"]
    await shop.call("workflows.control", execution_id=done.id, action="retry", step_id="run")
    assert (await carry(shop, done.id)).steps[0].result["id"] != first


async def test_an_undo_takes_back_what_it_did(shop: World) -> None:
    await inner(shop, TAG)
    done = await carried(shop, RUN, AFTER)
    undone = await shop.call("workflows.undo", execution_id=done.id)
    assert (undone.outcome, statuses(undone)) == (
        "done, and taken back",
        {"run": "undone", "after": "undone"},
    )
    assert (await started(shop)).outcome == "done, and taken back"
    assert await tags(shop, "shop.orders") == []


async def test_it_waits_with_it_for_people_at_no_cost_of_seconds(shop: World) -> None:
    await inner(
        shop,
        TAG,
        LINK
        | {"operation": AFTER["operation"], "gate": GATE}
        | {"arguments": {"asset": "shop.orders", "tag": "open"}},
    )
    execution = await queued(shop, RUN, AFTER, budget={"seconds": 30})
    carrying = asyncio.create_task(carry(shop, execution.id))
    said = "inner is waiting: waits for one person to agree: publish"
    while said not in await details(shop, execution.run_id):
        await asyncio.sleep(0.02)
    assert not carrying.done()
    await shop.call("workflows.control", execution_id=execution.id, action="approve_gate")
    child = await started(shop)  # whose gate was meant
    assert (await carry(shop, child.id)).status == "done"
    assert statuses(await carrying) == {"run": "done", "after": "done"}
    async with shop.runtime.database.reading() as session:
        one = await session.get_one(Execution, execution.id)
    assert one.started_at is not None
    assert one.finished_at is not None
    assert one.active_seconds < (one.finished_at - one.started_at).total_seconds()


async def details(world: World, run_id: str) -> list[str]:
    return [one["detail"] for one in await told(world, run_id, "execution_step")]


async def test_pause_resume_and_cancel_reach_it(shop: World) -> None:
    gated = LINK | {"operation": AFTER["operation"], "gate": GATE}
    gated |= {"arguments": {"asset": "shop.orders", "tag": "open"}}
    await inner(shop, TAG, gated)
    execution = await queued(shop, RUN, AFTER)
    one = {"execution_id": execution.id}
    carrying = asyncio.create_task(carry(shop, execution.id))
    await shop.call("workflows.control", **one, action="pause")
    paused = await carrying
    assert (paused.status, paused.steps[0].status) == ("paused", "pending")
    await shop.call("workflows.control", **one, action="resume")
    carrying = asyncio.create_task(carry(shop, execution.id))
    await shop.call("workflows.control", **one, action="cancel")
    assert (await carrying).status == "cancelled"


async def test_cut_off_while_it_follows_it_follows_again(shop: World) -> None:
    await inner(shop, TAG)
    done = await carried(shop, RUN, AFTER)
    cut = update(Execution).where(Execution.id == done.id).values(status="running")
    await shop.put(cut)
    of_run = ExecutionStep.execution_id == done.id, ExecutionStep.step_id == "run"
    await shop.put(update(ExecutionStep).where(*of_run).values(status="running"))
    again = await carry(shop, done.id)
    assert statuses(again) == {"run": "done", "after": "done"}
    assert again.steps[0].result["id"] == (await started(shop)).id


async def test_a_workflow_does_not_start_itself(shop: World) -> None:
    await inner(shop, step("outer", "workflows.execute", workflow="outer"))
    await shop.call("workflows.create", name="outer", steps=[RUN])
    execution = await shop.call("workflows.execute", workflow="outer")
    ended = await carry(shop, execution.id)
    assert ended.status == "failed"
    assert "The workflow 'outer' would start itself." in ended.steps[0].detail


def test_asked_for_in_words_it_is_done_when_it_is_done(tmp_path: Path) -> None:
    make_shop(tmp_path / "shop.sqlite")
    location = str(tmp_path / "shop.sqlite")
    with served(tmp_path / "data") as client:
        client.call("data_sources.register_source", name="shop", kind="sqlite", location=location)
        client.call("data_sources.discover_assets", source="shop")
        client.call("workflows.create", name="weekly-sweep", steps=[TAG, LINK])
        said = client.say("Run the workflow weekly-sweep")
        ended = client.execute(said.plan)
        asked = client.say("Did that work?", said.conversation)
    assert ended.custom("execution_finished")[0]["status"] == "failed"
    assert "“weekly-sweep” failed. Step 'link': " in ended.text
    assert "failed" in asked.text
