"""What is due is started exactly once, by whoever looks, and says what came of it."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.tools.racine.workflows.carried import carry, ref, step
from tools.context import Caller
from tools.database import new_id, now
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain
from tools.racine.workflows.schedules.runner import Runner
from tools.racine.workflows.schedules.tables import Schedule, ScheduleRun

TAG = step("tag", "catalog.tag_asset", asset="shop.orders", tag="weekly")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = now()

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
async def shop(world: World) -> World:
    await world.source("shop")
    await world.call("workflows.create", name="weekly", steps=[TAG])
    return world


async def plan(world: World, _as: Caller | None = None, **given: Any) -> Any:
    return await world.call("workflows.schedule", _as, **{"workflow": "weekly"} | given)


async def runs(world: World, name: str = "weekly") -> list[Any]:
    found = (await world.call("workflows.schedule_runs", schedule=name)).items
    return list(found)


async def test_a_time_starts_one_execution_whoever_looks(shop: World) -> None:
    made = await plan(shop, cron="0 6 * * 1", timezone="Europe/Berlin")
    assert made.next_local[:16].endswith("T06:00")
    assert len(made.upcoming) == 5
    clock = Clock()
    several = [Runner(shop.runtime.kernel, clock) for _ in range(3)]
    assert sum([await one.look() for one in several]) == 0
    clock.at = made.next_at + timedelta(seconds=2)
    assert sum(await asyncio.gather(*(one.look() for one in several))) <= 1
    for one in several:
        assert await one.look() == 0
    (run,) = await runs(shop)
    assert (run.outcome, run.at) == ("started", made.next_at)
    done = await carry(shop, run.execution_id)
    assert (done.status, done.cause) == ("done", "schedule weekly")
    (told,) = (await shop.call("workflows.schedules", workflow="weekly")).items
    assert (told.runs, told.last_outcome) == (1, "started")
    assert told.next_at > made.next_at
    assert (await shop.call("workflows.list")).total == 1
    assert len((await shop.call("activity.search", operation="workflows.execute")).items) == 1


async def test_one_that_died_between_the_claim_and_the_start_is_gone_on_with(shop: World) -> None:
    made = await plan(shop, cron="0 6 * * *")
    async with shop.runtime.database.writing() as session:
        session.add(ScheduleRun(id=new_id("srn"), schedule_id=made.id, key="x", at=now(), event={}))
    assert await Runner(shop.runtime.kernel).look() == 1
    assert await Runner(shop.runtime.kernel).look() == 0
    assert [one.outcome for one in await runs(shop)] == ["started"]


async def test_missed_times_are_told(shop: World) -> None:
    made = await plan(shop, cron="0 6 * * *", missed="skip")
    clock = Clock()
    clock.at = made.next_at + timedelta(days=3, hours=1)
    assert await Runner(shop.runtime.kernel, clock).look() == 0
    (run,) = await runs(shop)
    assert (run.outcome, run.detail) == ("missed", "4 times were missed")


async def test_what_overlaps_is_skipped_or_queued(shop: World) -> None:
    made = await plan(shop, cron="0 6 * * *", name="skips")
    await plan(shop, cron="0 6 * * *", name="queues", overlap="queue")
    clock = Clock()
    runner = Runner(shop.runtime.kernel, clock)
    for day in (0, 1):
        clock.at = made.next_at + timedelta(days=day)
        await runner.look()
    assert sorted(one.outcome for one in await runs(shop, "skips")) == ["skipped", "started"]
    later, first = await runs(shop, "queues")
    assert (first.outcome, later.outcome) == ("started", "due")
    await runner.look()
    assert (await runs(shop, "queues"))[0].outcome == "due"
    await carry(shop, first.execution_id)
    assert await runner.look() == 1
    assert [one.outcome for one in await runs(shop, "queues")] == ["started", "started"]


async def test_an_event_starts_it_with_what_it_carries(shop: World) -> None:
    watch = step("tag", "catalog.tag_asset", asset=ref("event.records.0.label"), tag="seen")
    await shop.call("workflows.create", name="watch", steps=[watch])
    await plan(shop, workflow="watch", event="owner.changed", where={"source": "shop"})
    await shop.source("crm")
    runner = Runner(shop.runtime.kernel)
    assert await runner.look() == 0
    owner = await shop.person("Ann Lee", "steward")
    for source in ("crm", "shop"):
        await shop.call("catalog.set_owner", asset=f"{source}.orders", owner=owner.user_id)
    assert await runner.look() == 1
    assert await runner.look() == 0
    (run,) = await runs(shop, "watch")
    assert run.event["source"] == "shop"
    assert run.event["operation"] == "catalog.set_owner"
    await carry(shop, run.execution_id)
    assert (await shop.call("catalog.get_asset", asset="shop.orders")).tags == ["seen"]


@pytest.mark.parametrize("event", ["scan.completed", "classification.changed", "finding.opened"])
async def test_what_a_scan_and_an_evaluation_find_are_events(shop: World, event: str) -> None:
    await plan(shop, event=event)
    await shop.call("scan_logic.start_scan", source="shop")
    await shop.call("compliance.evaluate_compliance", framework="GDPR")
    assert await Runner(shop.runtime.kernel).look() == 1
    (run,) = await runs(shop)
    assert run.event["name"] == event
    assert "@example.org" not in str(run.event)


async def test_an_activity_over_several_sources_is_an_event_of_each(shop: World) -> None:
    for name in ("crm", "lake"):
        await shop.source(name, scanned=True)
    await shop.call("scan_logic.start_scan", source="shop")
    await plan(shop, name="every", event="finding.opened")
    await plan(shop, name="lake", event="finding.opened", where={"source": "lake"})
    await plan(shop, name="grave", event="finding.opened", where={"severity": "Critical"})
    await plan(shop, name="low", event="finding.opened", where={"source": "crm", "severity": "low"})
    await shop.call("compliance.evaluate_compliance", framework="GDPR")
    await Runner(shop.runtime.kernel).look()
    every = await runs(shop, "every")
    assert {one.event["source"] for one in every} == {"shop", "crm", "lake"}
    assert {one.outcome for one in every} == {"started"}
    assert [one.event["source"] for one in await runs(shop, "lake")] == ["lake"]
    found = [one for run in every for one in run.event["records"]]
    graves = [one for run in await runs(shop, "grave") for one in run.event["records"]]
    assert {one["severity"] for one in graves} <= {"critical"}
    assert {one["severity"] for one in found} > {"low"}
    lows = [one for run in await runs(shop, "low") for one in run.event["records"]]
    assert {one["severity"] for one in lows} == {"low"}
    assert {run.event["source"] for run in await runs(shop, "low")} == {"crm"}


async def test_drift_is_an_event_and_discovering_again_is_none(shop: World) -> None:
    await plan(shop, event="schema.changed")
    runner = Runner(shop.runtime.kernel)
    await shop.call("data_sources.discover_assets", source="shop")
    assert await runner.look() == 0
    with sqlite3.connect(shop.folder / "shop.sqlite") as database:
        database.execute("ALTER TABLE products ADD COLUMN weight REAL")
    database.close()
    await shop.call("data_sources.discover_assets", source="shop")
    assert await runner.look() == 1
    (run,) = await runs(shop)
    assert [one["label"] for one in run.event["records"]] == ["shop.products.weight"]


async def test_its_own_effects_do_not_start_it_again(shop: World) -> None:
    own = step("own", "catalog.set_owner", asset="shop.products", owner="Ann Lee")
    await shop.person("Ann Lee", "steward")
    await shop.call("workflows.create", name="circle", steps=[own])
    await plan(shop, workflow="circle", event="owner.changed")
    await shop.call("catalog.set_owner", asset="shop.orders", owner="Ann Lee")
    runner = Runner(shop.runtime.kernel)
    assert await runner.look() == 1
    (run,) = await runs(shop, "circle")
    assert (await carry(shop, run.execution_id)).status == "done"
    assert await runner.look() == 0
    skipped = [one for one in await runs(shop, "circle") if one.outcome == "skipped"]
    assert [one.detail for one in skipped] == ["an execution of this schedule itself caused it"]


async def test_it_tells_only_of_what_its_maker_may_know(shop: World) -> None:
    await shop.source("crm")
    await shop.person("Ann Lee", "steward", source="crm")
    boss = await shop.person("Ben Moss", "steward")
    made = await plan(shop, boss, event="owner.changed", name="watch")
    await shop.call("rbac.revoke_role", user="Ben Moss", role="steward")
    await shop.call("rbac.grant_role", user="Ben Moss", role="steward", source="crm")
    await shop.call("catalog.set_owner", asset="shop.orders", owner="Ann Lee")
    assert await Runner(shop.runtime.kernel).look() == 0
    assert not await runs(shop, made.name)


async def test_a_maker_without_the_right_any_more_starts_nothing(shop: World) -> None:
    ann = await shop.person("Ann Lee", "steward")
    made = await plan(shop, ann, cron="0 6 * * *")
    await shop.call("rbac.revoke_role", user="Ann Lee", role="steward")
    clock = Clock()
    clock.at = made.next_at
    assert await Runner(shop.runtime.kernel, clock).look() == 0
    (run,) = await runs(shop)
    assert run.outcome == "failed"
    assert "Ann Lee" in run.detail


async def test_an_undone_deletion_brings_it_back_to_work(shop: World) -> None:
    made = await plan(shop, cron="0 6 * * *")
    gone = await shop.invoke("workflows.unschedule", schedule="weekly")
    with pytest.raises(ChooseAnother):
        await runs(shop)
    await shop.call("activity.undo", activity=gone.activity_id)
    clock = Clock()
    await Runner(shop.runtime.kernel, clock).look()
    clock.at = made.next_at
    assert await Runner(shop.runtime.kernel, clock).look() == 1


async def test_a_running_runner_wakes_by_itself(shop: World) -> None:
    runner = Runner(shop.runtime.kernel)
    await plan(shop, event="owner.changed")
    await runner.start()
    ann = await shop.person("Ann Lee", "steward")
    await shop.call("catalog.set_owner", asset="shop.orders", owner=ann.user_id)
    async with asyncio.timeout(20):
        while not any(one.outcome == "started" for one in await runs(shop)):
            await asyncio.sleep(0.02)
    await runner.stop()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "cron"),
        ({"cron": "0 6 * * *", "event": "scan.completed"}, "cron"),
        ({"event": "scan.complete"}, "event"),
        ({"cron": "0 6 * * *", "timezone": "Europe/Berln"}, "timezone"),
        ({"cron": "61 * * * *"}, "cron"),
        ({"cron": "0 6 * * *", "workflow": "weekli"}, "workflow"),
        ({"cron": "0 6 * * *", "name": "there"}, "name"),
        ({"cron": "0 6 * * *", "where": {"source": "shop"}}, "where"),
        ({"event": "finding.opened", "where": {"sourc": "shop"}}, "where"),
        ({"event": "finding.opened", "where": {"source": "nosuch"}}, "source"),
        ({"event": "finding.opened", "where": {"severity": "grave"}}, "where"),
        ({"event": "scan.completed", "where": {"severity": "high"}}, "where"),
    ],
)
async def test_a_schedule_that_could_not_run_is_refused(
    shop: World, given: dict[str, Any], field: str
) -> None:
    await plan(shop, cron="0 0 * * *", name="there")
    with pytest.raises((CorrectInput, ChooseAnother, LookAgain)) as refused:
        await plan(shop, **given)
    assert refused.value.field == field
    assert (await shop.call("workflows.schedules")).total == 1


async def test_a_workflow_with_a_schedule_is_not_deleted(shop: World) -> None:
    await plan(shop, cron="0 0 * * *")
    with pytest.raises(LookAgain, match="schedules weekly"):
        await shop.call("workflows.delete", workflow="weekly")
    with pytest.raises(AskForAccess):
        await shop.call(
            "workflows.unschedule", await shop.person("Vic Roy", "viewer"), schedule="weekly"
        )


async def test_a_schedule_whose_time_zone_is_gone_stops_no_other(shop: World) -> None:
    await plan(shop, cron="0 6 * * *", name="broken")
    made = await plan(shop, cron="0 6 * * *", name="sound")
    async with shop.runtime.database.writing() as session:
        for one in await session.scalars(select(Schedule).where(Schedule.name == "broken")):
            one.timezone = "Mars/Olympus"
    clock = Clock()
    clock.at = made.next_at
    assert await Runner(shop.runtime.kernel, clock).look() == 1
    assert [one.outcome for one in await runs(shop, "sound")] == ["started"]
