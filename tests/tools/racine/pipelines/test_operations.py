"""Pipelines as people use them: defined, changed, brought back, carried out, followed, judged."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.world import World
from tests.tools.racine.workflows.carried import carry, ref, step
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain

LOOK = {"name": "look", "steps": [step("orders", "catalog.get_asset", asset="shop.orders")]}
TAG = {
    "name": "tag",
    "steps": [step("it", "catalog.tag_asset", asset=ref("look.orders.id"), tag="seen")],
}
FAILS = step("fails", "catalog.tag_asset", asset="shop.nowhere", tag="x")


async def executed(world: World, *stages: dict[str, Any], name: str = "nightly") -> Any:
    """Create a pipeline and carry it out; how its stages stand."""
    await world.call("pipelines.create", name=name, stages=list(stages))
    return await again(world, name)


async def again(world: World, name: str = "nightly") -> Any:
    started = await world.call("pipelines.execute", pipeline=name)
    await carry(world, started.execution_id)
    return await world.call("pipelines.status", pipeline=name)


def by_stage(status: Any) -> dict[str, str]:
    return {stage.stage: stage.status for stage in status.stages}


async def tags(world: World, asset: str = "shop.orders") -> list[str]:
    return list((await world.call("catalog.get_asset", asset=asset)).tags)


# ---- definitions ----------------------------------------------------------------------------


async def test_a_pipeline_is_created_listed_shown_and_is_a_workflow_too(world: World) -> None:
    made = await world.call("pipelines.create", name="nightly", stages=[LOOK, TAG])
    assert [one.id for one in made.steps] == ["look--orders", "tag--it"]
    assert await world.call("pipelines.get", pipeline="nightly") == made
    assert await world.call("pipelines.get", pipeline=made.workflow_id) == made
    listed = await world.call("pipelines.list")
    assert (listed.total, listed.items[0].stages) == (1, ["look", "tag"])
    workflow = await world.call("workflows.get", workflow=made.workflow_id)
    assert [one.id for one in workflow.steps] == ["look--orders", "tag--it"]
    with pytest.raises(LookAgain, match="already a pipeline"):
        await world.call("pipelines.create", name="nightly", stages=[LOOK])
    with pytest.raises(ChooseAnother, match="Did you mean 'nightly'"):
        await world.call("pipelines.get", pipeline="nightli")


async def test_everything_wrong_is_told_before_anything_is_saved(world: World) -> None:
    wrong = {"name": "bad", "steps": [step("x", "catalog.tagg_asset"), step("y", "x.y")]}
    found = await world.call("pipelines.validate", stages=[LOOK, wrong])
    assert not found.valid and {fault.step for fault in found.faults} == {"bad--x", "bad--y"}
    assert "catalog.tag_asset" in found.faults[0].remedy
    assert not (await world.call("pipelines.validate", stages=[{"name": "empty"}])).valid
    good = await world.call("pipelines.validate", stages=[LOOK, TAG])
    assert good.valid and [one.id for one in good.steps] == ["look--orders", "tag--it"]
    with pytest.raises(CorrectInput, match="1 more"):
        await world.call("pipelines.create", name="bad", stages=[LOOK, wrong])
    assert (await world.call("pipelines.list")).total == 0
    vera = await world.person("Vera Lind", "viewer")
    with pytest.raises(AskForAccess):
        await world.call("pipelines.create", vera, name="nightly", stages=[LOOK])


async def test_every_change_is_a_version_that_can_come_back(world: World) -> None:
    await world.call("pipelines.create", name="nightly", stages=[LOOK, TAG])
    late = TAG | {"needs": []}
    changed = await world.call(
        "pipelines.update", pipeline="nightly", stages=[LOOK, late], note="earlier", version=1
    )
    assert (changed.version, changed.changed) == (2, ["stage tag: needs not given → []"])
    same = await world.call("pipelines.update", pipeline="nightly", stages=[LOOK, late])
    assert (same.version, same.changed) == (2, [])
    words = await world.call("pipelines.update", pipeline="nightly", description="Every night")
    assert (words.version, words.changed) == (3, ["the description"])
    with pytest.raises(LookAgain, match="at version 3, not 2"):
        await world.call("pipelines.update", pipeline="nightly", stages=[LOOK], version=2)
    back = await world.call("pipelines.rollback", pipeline="nightly", version=1)
    assert (back.version, back.description) == (4, "")
    assert back.changed == ["stage tag: needs [] → not given"]
    listed = await world.call("pipelines.versions", pipeline="nightly")
    assert [one.version for one in listed.items] == [4, 3, 2, 1]
    assert [one.note for one in listed.items][0::2] == ["back to version 1", "earlier"]
    assert listed.items[2].changed == changed.changed
    first = await world.call("pipelines.versions", pipeline="nightly", limit=1)
    assert first.truncated and first.items[0].changed == ["stage tag: needs [] → not given"]
    with pytest.raises(ChooseAnother, match="no version 9"):
        await world.call("pipelines.rollback", pipeline="nightly", version=9)
    workflow = await world.call("workflows.get", workflow="nightly")
    assert workflow.version == 4


async def test_a_deleted_pipeline_leaves_its_executions(world: World) -> None:
    await world.source()
    status = await executed(world, LOOK)
    queued = await world.call("pipelines.execute", pipeline="nightly")
    with pytest.raises(LookAgain, match="that is queued"):
        await world.call("pipelines.delete", pipeline="nightly")
    await carry(world, queued.execution_id)
    gone = await world.call("pipelines.delete", pipeline="nightly")
    assert (gone.name, gone.versions) == ("nightly", 1)
    with pytest.raises(ChooseAnother):
        await world.call("workflows.get", workflow="nightly")
    kept = await world.call("workflows.status", execution_id=status.execution_id)
    assert kept.status == "done"


# ---- executions -----------------------------------------------------------------------------


async def test_stages_are_followed_one_by_one(world: World) -> None:
    await world.source()
    await world.call("pipelines.create", name="nightly", stages=[LOOK, TAG])
    with pytest.raises(ChooseAnother, match="no execution"):
        await world.call("pipelines.status", pipeline="nightly")
    started = await world.call("pipelines.execute", pipeline="nightly")
    waiting = await world.call("pipelines.status", pipeline="nightly")
    assert (started.version, by_stage(waiting)) == (1, {"look": "pending", "tag": "pending"})
    assert waiting.stages[0].seconds is None
    await carry(world, started.execution_id)
    done = await world.call("pipelines.status", pipeline="nightly")
    assert (done.status, by_stage(done)) == ("done", {"look": "done", "tag": "done"})
    assert done.stages[0].steps == {"done": 1}
    assert done.seconds is not None and 0 < done.stages[0].seconds <= done.seconds
    assert await tags(world) == ["seen"]


async def test_an_approval_gate_waits_and_the_waiting_is_told_apart(world: World) -> None:
    await world.source()
    gated = TAG | {"gate": {"kind": "approval", "reason": "Tag it?"}}
    status = await executed(world, LOOK, gated)
    assert (status.status, by_stage(status)) == ("waiting", {"look": "done", "tag": "waiting"})
    assert "Tag it?" in status.stages[1].detail
    assert await tags(world) == []
    decided = await world.call(
        "pipelines.control", pipeline="nightly", action="approve_gate", step_id="tag--gate"
    )
    await carry(world, decided.execution_id)
    status = await world.call("pipelines.status", pipeline="nightly")
    assert by_stage(status) == {"look": "done", "tag": "done"}
    assert status.stages[1].waited_seconds > 0
    assert await tags(world) == ["seen"]
    found = await world.call("pipelines.bottlenecks", pipeline="nightly")
    assert found.waiting_seconds > 0
    assert found.working_seconds < found.measured_seconds
    assert "People are waited for" in found.summary


async def test_a_refused_gate_fails_its_stage(world: World) -> None:
    await world.source()
    await executed(world, LOOK, TAG | {"gate": {"kind": "approval"}})
    decided = await world.call(
        "pipelines.control",
        pipeline="nightly",
        action="reject_gate",
        step_id="tag--gate",
        reason="Not today.",
    )
    await carry(world, decided.execution_id)
    status = await world.call("pipelines.status", pipeline="nightly")
    assert (status.status, by_stage(status)) == ("failed", {"look": "done", "tag": "failed"})
    assert "Not today." in status.stages[1].detail


async def test_a_failure_stops_or_is_gone_past_or_leads_elsewhere(world: World) -> None:
    await world.source()
    bad = {"name": "bad", "steps": [FAILS, step("behind", "catalog.list_assets", needs=["fails"])]}
    mend = {
        "name": "mend",
        "steps": [
            step("note", "catalog.tag_asset", asset="shop.orders", tag="failed"),
            step("look", "catalog.get_asset", asset=ref("note.id")),
        ],
    }
    last = {"name": "last", "steps": [step("list", "catalog.list_assets")]}
    stopped = await executed(world, bad, last, name="stops")
    assert by_stage(stopped) == {"bad": "failed", "last": "skipped"}
    gone_past = await executed(world, bad | {"on_failure": "continue"}, last, name="goes on")
    assert by_stage(gone_past) == {"bad": "failed", "last": "done"}
    branching = bad | {"on_failure": "branch", "branch": "mend"}
    led = await executed(world, branching, mend, last, name="branches")
    assert by_stage(led) == {"bad": "failed", "mend": "done", "last": "skipped"}
    assert await tags(world) == ["failed"]
    fine = LOOK | {"on_failure": "branch", "branch": "mend"}
    passed = await executed(world, fine, mend, last, name="needs no mending")
    assert by_stage(passed) == {"look": "done", "mend": "skipped", "last": "done"}
    first = bad | {"name": "first", "on_failure": "branch", "branch": "other"}
    other = {"name": "other", "steps": [step("x", "catalog.list_assets")]}
    apart = await executed(world, first, other, fine, mend, name="fails before it begins")
    assert by_stage(apart) == {
        "first": "failed",
        "other": "done",
        "look": "skipped",
        "mend": "skipped",
    }


async def test_a_stage_whose_condition_does_not_hold_is_passed_over(world: World) -> None:
    await world.source()
    test = [{"value": ref("look.orders.tags"), "is": "containing", "to": "urgent"}]
    last = {"name": "last", "steps": [step("list", "catalog.list_assets")]}
    status = await executed(world, LOOK, TAG | {"when": test}, last)
    assert by_stage(status) == {"look": "done", "tag": "skipped", "last": "done"}


# ---- what past executions say ---------------------------------------------------------------


async def test_health_tells_of_each_stage_and_of_its_last_failure(world: World) -> None:
    await world.source()
    none = await world.call("pipelines.create", name="nightly", stages=[LOOK, TAG])
    health = await world.call("pipelines.health", pipeline=none.id)
    assert (health.status, health.runs, health.stages) == ("unknown", 0, [])
    assert "No execution" in (await world.call("pipelines.bottlenecks", pipeline=none.id)).summary
    for _ in range(4):
        await again(world)
    health = await world.call("pipelines.health", pipeline="nightly")
    assert (health.status, health.runs, health.success_rate) == ("healthy", 4, 1.0)
    assert [stage.runs for stage in health.stages] == [4, 4]
    assert health.stages[0].trend is not None
    assert health.p50_seconds <= health.p95_seconds
    broken = TAG | {"steps": [FAILS]}
    await world.call("pipelines.update", pipeline="nightly", stages=[LOOK, broken])
    for _ in range(2):
        await again(world)
    health = await world.call("pipelines.health", pipeline="nightly")
    assert (health.status, health.last_status) == ("degraded", "failed")
    tag = health.stages[1]
    assert tag.success_rate == pytest.approx(4 / 6, abs=0.001)
    assert tag.last_failure.step == "tag--fails" and "shop.nowhere" in tag.last_failure.reason
    ana = await world.person("Ana Sol", "viewer", source="shop")
    seen = (await world.call("pipelines.health", ana, pipeline="nightly")).stages[1]
    assert "nowhere" not in seen.last_failure.reason
    assert seen.runs == 6


GATED = {"name": "gated", "gate": {"kind": "approval", "reason": "Publish?"}}
LAST = {"name": "last", "steps": [step("it", "catalog.get_asset", asset="shop.orders")]}


def health_by_stage(health: Any) -> dict[str, str]:
    return {stage.stage: stage.status for stage in health.stages}


async def test_a_closed_gate_is_not_healthy(world: World) -> None:
    await world.source()
    await executed(world, LOOK, GATED, LAST)
    health = await world.call("pipelines.health", pipeline="nightly")
    assert health.status == "waiting"
    assert health_by_stage(health) == {"look": "healthy", "gated": "waiting", "last": "blocked"}
    assert health.stages[1].at_gate and "Publish?" in health.stages[1].detail
    for answer in ("approve_gate", "reject_gate"):
        run = health.last_execution_id
        await world.call("workflows.control", execution_id=run, action=answer)
        await carry(world, run)
        health = await world.call("pipelines.health", pipeline="nightly")
        if answer == "approve_gate":
            assert set(health_by_stage(health).values()) == {health.status} == {"healthy"}
            await again(world)
            health = await world.call("pipelines.health", pipeline="nightly")
            assert (health.status, health.stages[1].success_rate) == ("waiting", 1.0)
    assert health.status == "blocked"
    assert health_by_stage(health) == {"look": "healthy", "gated": "blocked", "last": "blocked"}
    assert "refused at its gate" in health.stages[1].detail


async def test_what_falls_short_of_a_gate_blocks_what_comes_behind(world: World) -> None:
    await world.source()
    gate = {"kind": "compliance", "framework": "gdpr", "score": 1.0, "source": "shop"}
    shut = {"name": "shut", "gate": gate, "on_failure": "continue"}
    await executed(world, shut, LAST)
    health = await world.call("pipelines.health", pipeline="nightly")
    assert health.status == "blocked"
    assert health_by_stage(health) == {"shut": "blocked", "last": "healthy"}  # it is gone past
    assert "is closed" in health.stages[0].detail


async def test_what_was_taken_back_is_told_by_stage(world: World) -> None:
    await world.source()
    back = {"operation": "catalog.untag_asset", "arguments": {"asset": "shop.orders", "tag": "x"}}
    tagged = step("it", "catalog.tag_asset", asset="shop.orders", tag="x", compensate=back)
    status = await executed(
        world, {"name": "tag", "steps": [tagged]}, {"name": "b", "steps": [FAILS]}
    )
    assert (status.status, status.outcome) == ("failed", "failed, and taken back")
    assert by_stage(status) == {"tag": "undone", "b": "failed"}


async def test_bottlenecks_name_what_determines_the_time(world: World) -> None:
    await world.source()
    both = {
        "name": "both",
        "steps": [
            step("quick", "catalog.get_asset", asset="shop.orders"),
            step("scan", "scan_logic.start_scan", source="shop"),
        ],
    }
    await executed(world, both, TAG | {"steps": [FAILS | {"arguments": TAG_ORDERS}]})
    found = await world.call("pipelines.bottlenecks", pipeline="nightly")
    assert found.critical_path == ["both--scan", "tag--fails"]
    assert found.steps[0].step == "both--scan" and "both--scan" in found.summary
    quick = next(one for one in found.steps if one.step == "both--quick")
    assert quick.slack_seconds > 0 and not quick.on_critical_path and quick.share == 0
    assert found.stages[0].stage == "both"
    assert sum(stage.share for stage in found.stages) == pytest.approx(1, abs=0.01)


TAG_ORDERS = {"asset": "shop.orders", "tag": "seen"}


async def test_analytics_tell_of_all_executions(world: World) -> None:
    await world.source()
    await executed(world, LOOK, TAG)
    await executed(world, LOOK, TAG | {"steps": [FAILS]}, name="broken")
    found = await world.call("workflows.analytics")
    assert (found.executions, found.by_status) == (2, {"done": 1, "failed": 1})
    assert found.success_rate == 0.5
    assert {one.name: one.success_rate for one in found.workflows} == {"nightly": 1.0, "broken": 0}
    assert [one.name for one in found.failing_operations] == ["catalog.tag_asset"]
    assert found.by_day[0].executions == 2 and found.by_day[0].failed == 1
    one = await world.call("workflows.analytics", workflow="nightly", days=1)
    assert (one.executions, one.success_rate) == (1, 1.0)
    with pytest.raises(ChooseAnother, match="no workflow"):
        await world.call("workflows.analytics", workflow="none")
