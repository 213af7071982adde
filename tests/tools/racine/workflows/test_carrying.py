"""How an execution is carried out: order, conditions, loops, failures, gates, budgets, undo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.support.world import World
from tests.tools.racine.workflows.carried import carried, carry, queued, ref, statuses, step
from tools.database import now
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain
from tools.racine.workflows.tables import Execution

TABLES = step("tables", "catalog.list_assets", source="shop", kind="table")
FAILS = step("fails", "catalog.tag_asset", asset="shop.nowhere", tag="x")


async def tags(world: World, asset: str) -> list[str]:
    return list((await world.call("catalog.get_asset", asset=asset)).tags)


async def test_steps_that_nothing_orders_run_side_by_side(world: World) -> None:
    await world.source()
    done = await carried(
        world,
        step("a", "catalog.tag_asset", asset="shop.orders", tag="one"),
        step("b", "catalog.tag_asset", asset="shop.orders", tag="two"),
        step("c", "catalog.get_asset", asset="shop.orders", needs=["a", "b"]),
    )
    assert done.status == "done"
    assert done.steps[2].result["tags"] == ["one", "two"]
    first, second, third = done.steps
    assert max(first.started_at, second.started_at) < min(first.finished_at, second.finished_at)
    assert third.started_at >= max(first.finished_at, second.finished_at)


async def test_a_condition_decides_whether_a_step_runs(world: World) -> None:
    await world.source()
    some = [{"value": ref("tables.total"), "is": "more_than", "to": 0}]
    none = [{"value": ref("tables.total"), "is": "equal_to", "to": 0}]
    done = await carried(
        world,
        TABLES,
        step("yes", "catalog.tag_asset", asset="shop.orders", tag="full", when=some),
        step("no", "catalog.tag_asset", asset="shop.orders", tag="empty", when=none),
        step("behind", "catalog.tag_asset", asset="shop.orders", tag="behind", needs=["no"]),
        step("reader", "catalog.get_asset", asset=ref("no.id")),
    )
    assert statuses(done) == {
        "tables": "done",
        "yes": "done",
        "no": "skipped",
        "behind": "done",
        "reader": "skipped",
    }
    assert done.status == "done"
    assert await tags(world, "shop.orders") == ["behind", "full"]


async def test_a_loop_runs_once_for_each_item_and_is_bounded(world: World) -> None:
    await world.source()
    each = {"over": ref("tables.items")}
    tag = step("tag", "catalog.tag_asset", asset=ref("item.id"), tag="swept", each=each)
    count = step(
        "count",
        "catalog.tag_asset",
        asset="shop.orders",
        tag="counted",
        when=[{"value": ref("tag.done"), "is": "at_least", "to": 3}],
    )
    done = await carried(world, TABLES, tag, count)
    items = [one for one in done.steps if one.parent == "tag"]
    total = done.steps[0].result["total"]
    assert total == len(items) == 3
    assert [one.step_id for one in items] == ["tag.1", "tag.2", "tag.3"]
    result = next(one for one in done.steps if one.step_id == "tag").result
    assert (result["total"], result["done"], result["failed"]) == (3, 3, 0)
    assert statuses(done)["count"] == "done"
    bounded = tag | {"each": each | {"limit": 2}}
    done = await carried(world, TABLES, bounded)
    assert done.status == "failed"
    assert "has 3 items; its limit is 2" in done.steps[1].detail


async def test_a_failing_item_ends_its_loop_or_is_counted(world: World) -> None:
    await world.source()
    over = {"over": ["shop.orders", "shop.nowhere", "shop.customers"]}
    tag = step("tag", "catalog.tag_asset", asset=ref("item"), tag="t", each=over)
    done = await carried(world, tag)
    assert done.status == "failed" and "tag.2" in done.steps[0].detail
    done = await carried(world, tag | {"on_failure": "continue"})
    assert done.status == "done"
    assert done.steps[0].detail == "1 of 3 items failed"
    assert done.steps[0].result["failed"] == 1
    assert done.steps[0].result["done"] == 2


async def test_a_failure_ends_the_execution_but_for_what_waits_for_it(world: World) -> None:
    await world.source()
    done = await carried(
        world,
        FAILS,
        step("later", "catalog.tag_asset", asset="shop.orders", tag="later", needs=["fails"]),
        step(
            "mend",
            "catalog.tag_asset",
            asset="shop.orders",
            tag="failed",
            needs=["fails"],
            after="failure",
        ),
        step(
            "always",
            "catalog.tag_asset",
            asset="shop.orders",
            tag="seen",
            needs=["later"],
            after="always",
        ),
    )
    assert done.status == "failed"
    assert statuses(done) == {
        "fails": "failed",
        "later": "skipped",
        "mend": "done",
        "always": "done",
    }
    assert await tags(world, "shop.orders") == ["failed", "seen"]


async def test_a_failure_that_may_be_borne_ends_only_its_branch(world: World) -> None:
    await world.source()
    done = await carried(
        world,
        FAILS | {"on_failure": "continue"},
        step("branch", "catalog.tag_asset", asset="shop.orders", tag="x", needs=["fails"]),
        step("other", "catalog.tag_asset", asset="shop.orders", tag="other"),
        step("unneeded", "catalog.list_assets", needs=["other"], after="failure"),
    )
    assert done.status == "done"
    assert statuses(done) == {
        "fails": "failed",
        "branch": "skipped",
        "other": "done",
        "unneeded": "skipped",
    }


async def test_what_was_done_is_made_up_for_when_the_execution_fails(world: World) -> None:
    await world.source()
    back = {
        "operation": "catalog.untag_asset",
        "arguments": {"asset": "shop.orders", "tag": "try"},
    }
    worse = {"operation": "catalog.get_asset", "arguments": {"asset": "shop.nowhere"}}
    done = await carried(
        world,
        step("tag", "catalog.tag_asset", asset="shop.orders", tag="try", compensate=back),
        step("other", "catalog.tag_asset", asset="shop.orders", tag="other", compensate=worse),
        FAILS | {"needs": ["tag", "other"]},
    )
    assert done.status == "failed"
    assert statuses(done) == {"tag": "undone", "other": "done", "fails": "failed"}
    assert "Making up for it failed" in done.steps[1].detail
    assert await tags(world, "shop.orders") == ["other"]


async def test_a_failure_that_may_pass_is_tried_again(world: World) -> None:
    await world.source()
    (world.folder / "shop.sqlite").rename(world.folder / "away.sqlite")
    retry = {"attempts": 3, "wait": 0.01}
    done = await carried(world, step("scan", "scan_logic.start_scan", source="shop", retry=retry))
    assert done.steps[0].status == "failed" and done.steps[0].attempts == 3
    refused = await carried(world, FAILS | {"retry": retry})
    assert refused.steps[0].attempts == 1  # no such asset: trying again would not help


async def test_a_step_that_takes_too_long_is_stopped_and_has_changed_nothing(world: World) -> None:
    await world.source()
    done = await carried(world, step("scan", "scan_logic.start_scan", source="shop", timeout=0.001))
    assert done.steps[0].status == "failed"
    assert "longer than 0.001 seconds" in done.steps[0].detail
    assert (await world.call("scan_logic.list_scans", source="shop")).total == 0


async def test_a_gate_opens_for_a_quorum_of_those_who_may(world: World) -> None:
    await world.source()
    ana = await world.person("Ana Sol", "analyst")
    mia = await world.person("Mia Rot", "steward")
    gate = {"people": ["Mia Rot", "Administrator"], "quorum": 2, "reason": "publish"}
    first = step("first", "catalog.tag_asset", asset="shop.orders", tag="first")
    guarded = step(
        "guarded", "catalog.tag_asset", asset="shop.orders", tag="go", needs=["first"], gate=gate
    )
    halted = await carried(world, first, guarded)
    execution: dict[str, Any] = {"execution_id": halted.id}
    assert halted.status == "waiting"
    assert halted.steps[1].detail == "waits for 2 people to agree: publish"
    with pytest.raises(ChooseAnother):
        await world.call("workflows.control", ana, action="approve_gate", **execution)
    seen = await world.call("workflows.control", mia, action="approve_gate", **execution)
    assert seen.steps[0].result is None  # what steps returned is for who asked or approved
    assert (await carry(world, halted.id)).steps[1].detail.startswith("waits for one person")
    await world.call("workflows.control", mia, action="approve_gate", **execution)
    assert (await carry(world, halted.id)).status == "waiting"  # the same person counts once
    await world.call("workflows.control", action="approve_gate", **execution)
    assert (await carry(world, halted.id)).status == "done"
    refused = await carried(world, first, guarded)
    await world.call(
        "workflows.control",
        mia,
        execution_id=refused.id,
        action="reject_gate",
        reason="Not before Monday.",
    )
    refused = await carry(world, refused.id)
    assert refused.status == "failed"
    assert "Not before Monday." in refused.steps[1].detail


async def test_who_does_not_hold_the_gates_permission_does_not_decide(world: World) -> None:
    await world.source()
    gate = {"permission": "rbac.write"}
    halted = await carried(world, step("a", "catalog.list_assets", gate=gate))
    mia = await world.person("Mia Rot", "steward")
    with pytest.raises(AskForAccess, match=r"rbac\.write"):
        await world.call("workflows.control", mia, execution_id=halted.id, action="approve_gate")


async def test_a_budget_stops_before_what_would_go_beyond_it(world: World) -> None:
    await world.source()
    pair = (
        step("a", "catalog.tag_asset", asset="shop.orders", tag="a"),
        step("b", "catalog.tag_asset", asset="shop.orders", tag="b", needs=["a"]),
        step("c", "catalog.tag_asset", asset="shop.orders", tag="c", needs=["b"]),
    )
    done = await carried(world, *pair, budget={"steps": 2})
    assert (done.status, statuses(done)) == ("failed", {"a": "done", "b": "done", "c": "skipped"})
    assert done.steps[2].detail == "The budget of 2 steps is spent."
    await world.call("workflows.undo", execution_id=done.id)
    done = await carried(world, *pair, budget={"rows": 1})
    assert statuses(done) == {"a": "done", "b": "failed", "c": "skipped"}
    assert "1 rows is spent" in done.steps[1].detail
    assert await tags(world, "shop.orders") == ["a"]
    scan = step("scan", "scan_logic.start_scan", source="shop")
    done = await carried(world, scan, budget={"seconds": 0.001})
    assert done.status == "failed" and "0.001 seconds is spent" in done.summary


async def test_an_execution_is_undone_from_its_last_step(world: World) -> None:
    await world.source()
    done = await carried(
        world,
        step("tag", "catalog.tag_asset", asset="shop.orders", tag="a"),
        step("say", "catalog.describe_asset", asset="shop.orders", description="x", needs=["tag"]),
        step("look", "catalog.list_assets", needs=["say"]),
    )
    undone = await world.call("workflows.undo", execution_id=done.id)
    assert statuses(undone) == {"tag": "undone", "say": "undone", "look": "done"}
    asset = await world.call("catalog.get_asset", asset="shop.orders")
    assert (asset.tags, asset.description) == ([], None)
    with pytest.raises(LookAgain, match="changed nothing"):
        await world.call("workflows.undo", execution_id=done.id)


async def test_undo_is_refused_whole_where_something_later_depends_on_it(world: World) -> None:
    await world.source()
    done = await carried(
        world,
        step("tag", "catalog.tag_asset", asset="shop.orders", tag="a"),
        step("say", "catalog.describe_asset", asset="shop.orders", description="x"),
    )
    await world.call("catalog.describe_asset", asset="shop.orders", description="y")
    with pytest.raises(LookAgain, match="changed again"):
        await world.call("workflows.undo", execution_id=done.id)
    assert await tags(world, "shop.orders") == ["a"]


async def test_a_failed_execution_goes_on_from_a_step(world: World) -> None:
    await world.source()
    (world.folder / "shop.sqlite").rename(world.folder / "away.sqlite")
    failed = await carried(
        world,
        step("tag", "catalog.tag_asset", asset="shop.orders", tag="a"),
        step("scan", "scan_logic.start_scan", source="shop", needs=["tag"]),
        step("say", "catalog.tag_asset", asset="shop.orders", tag="b", needs=["scan"]),
    )
    assert statuses(failed) == {"tag": "done", "scan": "failed", "say": "skipped"}
    (world.folder / "away.sqlite").rename(world.folder / "shop.sqlite")
    again = await world.call("workflows.control", execution_id=failed.id, action="retry")
    assert statuses(again) == {"tag": "done", "scan": "pending", "say": "pending"}
    assert again.run_id != failed.run_id
    done = await carry(world, failed.id)
    assert (done.status, await tags(world, "shop.orders")) == ("done", ["a", "b"])
    with pytest.raises(LookAgain, match="Only one that is failed"):
        await world.call("workflows.control", execution_id=failed.id, action="retry")


async def test_what_was_done_can_be_done_again(world: World) -> None:
    await world.source()
    failed = await carried(
        world,
        step("scan", "scan_logic.start_scan", source="shop"),
        FAILS | {"needs": ["scan"]},
    )
    await world.call("workflows.control", execution_id=failed.id, action="retry", step_id="scan")
    await carry(world, failed.id)
    assert (await world.call("scan_logic.list_scans", source="shop")).total == 2


async def test_a_failed_step_is_skipped_for_a_reason(world: World) -> None:
    await world.source()
    failed = await carried(
        world,
        FAILS,
        step("next", "catalog.tag_asset", asset="shop.orders", tag="next", needs=["fails"]),
    )
    skip = {"execution_id": failed.id, "action": "skip", "step_id": "fails"}
    with pytest.raises(CorrectInput, match="for a reason"):
        await world.call("workflows.control", **skip)
    with pytest.raises(CorrectInput, match="no step 'nope'"):
        await world.call("workflows.control", reason="r", **(skip | {"step_id": "nope"}))
    skipped = await world.call("workflows.control", reason="It is gone for good.", **skip)
    assert "It is gone for good." in skipped.steps[0].detail
    done = await carry(world, failed.id)
    assert (done.status, statuses(done)) == ("done", {"fails": "skipped", "next": "done"})


async def test_controls_that_do_not_fit_say_so(world: World) -> None:
    await world.source()
    waiting = await queued(world, TABLES)
    for action, told in (
        ("resume", "Only a paused one"),
        ("skip", "Pause it first"),
        ("retry", "Only one that is failed"),
        ("was_done", "What became of it is known"),
        ("approve_gate", "doesn't wait at a gate"),
    ):
        with pytest.raises(LookAgain, match=told):
            await world.call(
                "workflows.control",
                execution_id=waiting.id,
                action=action,
                step_id="tables",
                reason="r",
            )
    await world.call("workflows.control", execution_id=waiting.id, action="pause")
    assert (await carry(world, waiting.id)).status == "paused"
    with pytest.raises(LookAgain, match="is paused"):
        await world.call("workflows.control", execution_id=waiting.id, action="pause")
    with pytest.raises(LookAgain, match="Cancel it first"):
        await world.call("workflows.undo", execution_id=waiting.id)
    await world.call("workflows.control", execution_id=waiting.id, action="resume")
    assert (await carry(world, waiting.id)).status == "done"
    with pytest.raises(LookAgain, match="done already"):
        await world.call("workflows.control", execution_id=waiting.id, action="cancel")


async def test_a_cancelled_execution_leaves_the_rest_out(world: World) -> None:
    await world.source()
    waiting = await queued(world, TABLES)
    await world.call("workflows.control", execution_id=waiting.id, action="cancel")
    done = await carry(world, waiting.id)
    assert (done.status, statuses(done)) == ("cancelled", {"tables": "skipped"})


async def test_others_neither_see_nor_control_an_execution(world: World) -> None:
    await world.source()
    done = await carried(world, TABLES)
    vera = await world.person("Vera Lind", "viewer")
    for operation in ("workflows.status", "workflows.undo"):
        with pytest.raises(ChooseAnother, match="no execution"):
            await world.call(operation, vera, execution_id=done.id)


async def test_executions_are_listed_by_how_they_stand_to_whom_they_concern(world: World) -> None:
    await world.source()
    rights = ["catalog.read", "workflows.read", "workflows.write"]
    await world.call("rbac.create_role", name="starter", description="Starts", permissions=rights)
    ann = await world.person("Ann Lee", "starter")
    gate = step("b", "catalog.tag_asset", asset="shop.orders", tag="b", gate={"reason": "sure?"})
    waiting = await queued(world, gate)
    failing = await queued(world, step("a", "catalog.untag_asset", asset="shop.orders", tag="z"))
    mine = await queued(world, step("a", "catalog.get_asset", asset="shop.orders"), _as=ann)
    for one in (waiting, failing):
        await carry(world, one.id)

    async def listed(_as: str | None = None, **given: Any) -> list[str]:
        found = (await world.call("workflows.list_executions", _as, **given)).items
        return [one.id for one in found]

    assert await listed() == [mine.id, failing.id, waiting.id]
    assert await listed("ann") == [mine.id]
    assert await listed(status="under way") == [mine.id, waiting.id]
    assert await listed(status="failed", since_days=1) == [failing.id]
    assert await listed(workflow=mine.title) == [mine.id]
    assert await listed(limit=1) == [mine.id]
    (told,) = (await world.call("workflows.list_executions", status="waiting")).items
    assert told.detail == "b: waits for one person to agree: sure?"
    assert (told.steps, told.steps_done, told.finished_at) == (1, 0, None)


async def test_seconds_of_a_budget_don_t_run_while_people_are_waited_for(world: World) -> None:
    await world.source()
    gate = step("b", "catalog.tag_asset", asset="shop.orders", tag="b", gate={"reason": "sure?"})
    waiting = await queued(world, gate, budget={"seconds": 60})
    await carry(world, waiting.id)
    long_ago = now() - timedelta(hours=5)
    await world.put(update(Execution).where(Execution.id == waiting.id).values(started_at=long_ago))
    await world.call("workflows.control", execution_id=waiting.id, action="approve_gate")
    assert (await carry(world, waiting.id)).status == "done"
    spent = await queued(world, step("a", "catalog.list_assets"), budget={"seconds": 60})
    await world.put(update(Execution).where(Execution.id == spent.id).values(active_seconds=61.0))
    assert (await carry(world, spent.id)).status == "failed"
    await world.call("workflows.control", execution_id=spent.id, action="retry", step_id="a")
    assert (await carry(world, spent.id)).status == "done"
