"""Scans on a schedule, and who may see and do what with the scans of a source."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.world import World
from tests.tools.racine.workflows.carried import carry
from tests.tools.racine.workflows.schedules.test_runner import Clock
from tools.errors import AskForAccess, BeMoreExact, ChooseAnother, CorrectInput, LookAgain
from tools.racine.workflows.schedules.runner import Runner

MONDAYS = {"cron": "0 6 * * 1", "timezone": "Europe/Berlin"}


async def test_a_scheduled_scan_runs_when_it_is_due(world: World) -> None:
    await world.source(scanned=True)
    made = await world.call("scan_logic.schedule_scan", source="shop", **MONDAYS)
    assert made.next_local[11:16] == "06:00" and made.incremental
    assert (made.name, made.rule_set) == ("scan of shop", "default")
    clock = Clock()
    runner = Runner(world.runtime.kernel, clock)
    assert await runner.look() == 0
    clock.at = made.next_at + timedelta(seconds=2)
    assert await runner.look() == 1
    (listed,) = (await world.call("scan_logic.list_scan_schedules", source="shop")).items
    assert (listed.runs, listed.last_outcome) == (1, "started")
    done = await carry(world, listed.last_execution_id)
    assert (done.status, done.cause) == ("done", "schedule scan of shop")
    assert done.steps[0].result["tables_skipped"] == 5
    gone = await world.call("scan_logic.unschedule_scan", source="shop")
    assert (gone.name, gone.runs) == ("scan of shop", 1)
    assert (await world.call("scan_logic.list_scan_schedules")).total == 0
    assert (await world.call("workflows.list")).total == 0
    assert (await world.call("scan_logic.list_scans", source="shop")).total == 2


async def test_a_source_is_scanned_when_its_schema_changes(world: World) -> None:
    await world.source()
    await world.source("other")
    options = {"rule_set": "default", "assets": ["shop.orders"], "incremental": False}
    made = await world.call(
        "scan_logic.schedule_scan",
        source="shop",
        event="schema.changed",
        name="on change",
        **options,
    )
    assert (made.event, made.next_at) == ("schema.changed", None)
    runner = Runner(world.runtime.kernel)
    await world.call("data_sources.remove_source", source="other")
    assert await runner.look() == 0, "another source's schema"
    await world.call("data_sources.remove_source", source="shop")
    assert (await world.call("workflows.schedules")).total == 0, "it goes with its source"


async def test_schedules_are_refused_where_they_can_not_work(world: World) -> None:
    await world.source()
    for wrong, field in (
        ({}, "cron"),
        (MONDAYS | {"event": "schema.changed"}, "cron"),
        ({"cron": "every day"}, "cron"),
        ({"event": "full.moon"}, "event"),
        ({"cron": "0 6 * * *", "timezone": "Berlin"}, "timezone"),
    ):
        with pytest.raises((CorrectInput, ChooseAnother)) as refusal:
            await world.call("scan_logic.schedule_scan", source="shop", **wrong)
        assert refusal.value.field == field
    with pytest.raises(ChooseAnother, match="not scanned on a schedule"):
        await world.call("scan_logic.unschedule_scan", source="shop")
    await world.call("scan_logic.schedule_scan", source="shop", **MONDAYS)
    with pytest.raises(LookAgain, match="already a schedule"):
        await world.call("scan_logic.schedule_scan", source="shop", **MONDAYS)
    await world.call("scan_logic.schedule_scan", source="shop", name="nightly", cron="0 2 * * *")
    with pytest.raises(BeMoreExact, match="has 2 schedules"):
        await world.call("scan_logic.unschedule_scan", source="shop")
    with pytest.raises(ChooseAnother, match="no schedule 'nitely'") as refusal:
        await world.call("scan_logic.unschedule_scan", source="shop", name="nitely")
    assert "nightly" in refusal.value.remedy
    await world.call("scan_logic.unschedule_scan", source="shop", name="nightly")


async def test_unscheduling_can_be_undone(world: World) -> None:
    await world.source()
    await world.call("scan_logic.schedule_scan", source="shop", **MONDAYS)
    gone = await world.invoke("scan_logic.unschedule_scan", source="shop")
    await world.call("activity.undo", activity=gone.activity_id)
    (back,) = (await world.call("scan_logic.list_scan_schedules")).items
    assert back.name == "scan of shop"


async def test_scans_are_seen_and_controlled_only_where_the_source_is(world: World) -> None:
    await world.source("open")
    await world.source("vault", scanned=True)
    for name in ("open", "vault"):
        await world.call("scan_logic.schedule_scan", source=name, **MONDAYS)
    secret = await world.call("scan_logic.start_scan", source="vault", wait=False)
    sam = await world.person("Sam Fields", "steward", source="open")

    async def can(what: str, /, **arguments: Any) -> Any:
        return await world.call(f"scan_logic.{what}", sam, **arguments)

    assert (await can("list_scans")).total == 0
    assert [one.source for one in (await can("list_scan_schedules")).items] == ["open"]
    for reference in (secret.id, "vault", "latest"):
        for name in ("get_scan", "get_scan_results", "compare_scans"):
            with pytest.raises(ChooseAnother):
                await can(name, scan=reference)
        for name in ("pause_scan", "resume_scan", "retry_scan", "cancel_scan"):
            with pytest.raises((ChooseAnother, AskForAccess)):
                await can(name, scan=reference)
    for name in ("start_scan", "estimate_scan", "schedule_scan", "unschedule_scan"):
        with pytest.raises(ChooseAnother, match="no source 'vault'"):
            await can(name, source="vault")
    report = await can("start_scan", source="open")
    assert (report.status, report.started_by) == ("done", "Sam Fields")
    assert [one.id for one in (await can("list_scans")).items] == [report.id]
    await can("schedule_scan", source="open", cron="0 2 * * *", name="nightly")
    with pytest.raises(ChooseAnother):
        await can("start_scan", source="open", assets=["vault.customers"])
    estimate = await can("estimate_scan", source="open")
    assert estimate.past_scans == 1
    with pytest.raises(ChooseAnother):
        await can("compare_scans", scan="open", before=secret.id)
