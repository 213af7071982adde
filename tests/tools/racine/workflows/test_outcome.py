"""What has become of an execution is said the same everywhere, above all what was taken back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, update

from agent.executions import Narrator
from tests.support.world import World
from tests.tools.racine.approvals.test_needs import approve, propose
from tests.tools.racine.workflows.carried import carried, carry, queued, statuses, step, told
from tools.events import EventLog, EventRow
from tools.racine.workflows.carrying import Carrier
from tools.racine.workflows.tables import Execution

BACK = {
    "operation": "catalog.untag_asset",
    "arguments": {"asset": "shop.orders", "tag": "try"},
}
TRY = step("try", "catalog.tag_asset", asset="shop.orders", tag="try", compensate=BACK)
STAYS = step("stays", "catalog.tag_asset", asset="shop.products", tag="stays", needs=["try"])
LOOK = step("look", "catalog.get_asset", asset="shop.orders")
FAILS = step("fails", "catalog.tag_asset", asset="shop.nowhere", tag="x", needs=["try"])
AFTER = step("after", "catalog.tag_asset", asset="shop.orders", tag="after", needs=["fails"])


@pytest.fixture
async def shop(world: World) -> World:
    await world.source()
    return world


async def events(world: World, run_id: str, name: str) -> list[Any]:
    await world.runtime.events.close()
    return await told(world, run_id, name)


async def test_all_that_was_done_was_taken_back(shop: World) -> None:
    ended = await carried(shop, TRY, LOOK, FAILS, AFTER)
    assert statuses(ended) == {
        "try": "undone",
        "look": "done",
        "fails": "failed",
        "after": "skipped",
    }
    said = "failed, and taken back"
    assert (ended.status, ended.outcome) == ("failed", said)
    assert ended.citation().snippet == said
    assert "stopped at a step that failed, and taken back." in ended.summary
    assert "catalog.tag_asset: taken back: made up for by catalog.untag_asset" in ended.summary
    assert "stays done" not in ended.summary
    (listed,) = (await shop.call("workflows.list_executions")).items
    assert (listed.status, listed.outcome, listed.steps_done) == ("failed", said, 1)
    (finished,) = await events(shop, ended.run_id, "execution_finished")
    assert finished["outcome"] == said
    assert [one.get("outcome") for one in await events(shop, ended.run_id, "plan_updated")] == [
        None,
        said,
    ]


async def test_what_a_crash_kept_from_being_told_is_told_before_a_steps_end(shop: World) -> None:
    ended = await carried(shop, TRY, STAYS)
    await shop.runtime.events.close()
    await shop.put(delete(EventRow).where(EventRow.stream == ended.run_id, EventRow.sequence > 2))
    await shop.put(update(Execution).where(Execution.id == ended.id).values(status="running"))
    log = EventLog(shop.runtime.database)
    observer = Narrator(shop.runtime.kernel, log)
    await Carrier(shop.runtime.kernel, shop.runtime.database, observer, ended.id).run()
    await log.close()
    steps = await events(shop, ended.run_id, "execution_step")
    assert [(one["step_id"], one["status"]) for one in steps] == [
        ("try", "running"),
        ("try", "done"),
        ("stays", "running"),
        ("stays", "done"),
    ]


async def test_what_stays_of_it_is_named(shop: World) -> None:
    ended = await carried(shop, TRY, STAYS, FAILS | {"needs": ["stays"]})
    assert ended.outcome == "failed, and partly taken back (stays stays)"
    assert "stays done" in ended.summary


async def test_done_with_a_failure_that_was_gone_past_says_so(shop: World) -> None:
    ended = await carried(shop, TRY, FAILS | {"on_failure": "continue"})
    assert (ended.status, ended.outcome) == ("done", "done, though fails failed")
    assert ended.summary.startswith(f"Done: {ended.title}, though fails failed.")


async def test_what_people_take_back_later_is_told_of_it_too(shop: World) -> None:
    shop.people["root"] = shop.administrator
    plan = await propose(shop, TRY, by="root")
    approved = await approve(shop, plan, "root")
    ended = await carry(shop, approved.execution_id or "")
    assert ended.outcome == "done"
    undone = await shop.call("workflows.undo", execution_id=ended.id)
    assert (undone.status, undone.outcome) == ("done", "done, and taken back")
    shown = await shop.runtime.plans.shown(approved, shop.administrator)
    assert shown["outcome"] == "done, and taken back"


async def test_to_try_again_does_what_was_taken_back_again_too(shop: World) -> None:
    failed = await carried(shop, TRY, FAILS, AFTER)
    await shop.call("workflows.control", execution_id=failed.id, action="retry")
    again = await carry(shop, failed.id)
    assert again.outcome == "failed, and taken back"  # not done, with nothing done
    assert [one.attempts for one in again.steps] == [1, 1, 0]
    await shop.call(
        "workflows.control", execution_id=failed.id, action="skip", step_id="fails", reason="gone"
    )
    done = await carry(shop, failed.id)
    assert (done.outcome, statuses(done)) == (
        "done",
        {"try": "done", "fails": "skipped", "after": "done"},
    )
    assert (await shop.call("catalog.get_asset", asset="shop.orders")).tags == ["after", "try"]


async def test_cut_off_while_it_makes_up_for_things_it_has_failed_all_the_same(
    shop: World,
) -> None:
    stopped = await queued(shop, TRY, STAYS, budget={"steps": 1})
    assert (await carry(shop, stopped.id)).outcome == "failed, and taken back"
    as_before = {"status": "running", "finished_at": None, "summary": ""}
    await shop.put(update(Execution).where(Execution.id == stopped.id).values(**as_before))
    again = await carry(shop, stopped.id)
    assert (again.outcome, statuses(again)) == (
        "failed, and taken back",
        {"try": "undone", "stays": "skipped"},
    )
