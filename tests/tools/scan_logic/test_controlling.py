"""A scan is paused, resumed, cancelled and retried between tables; a failing table costs itself."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import Any

import pytest

from agent.executions import Narrator
from tests.support.world import World
from tests.tools.racine.workflows.carried import carry, step
from tools.call import Invocation
from tools.errors import LookAgain, RacineError
from tools.racine.workflows.carrying import Carrier
from tools.racine.workflows.ledger import Progress
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.steps import Step

SLOW = """
CREATE VIEW {name} AS WITH RECURSIVE n(i) AS
    (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500000) SELECT max(i) AS i FROM n
"""


async def at_table(
    world: World,
    number: int,
    act: Callable[[], Awaitable[object]],
    name: str = "scan_logic.start_scan",
    key: str | None = None,
    **arguments: Any,
) -> Invocation:
    """Invoke, and do something when so many tables have been read."""
    loop = asyncio.get_running_loop()

    def progress(_what: str, done: int, _total: int) -> None:
        if done == number:
            asyncio.run_coroutine_threadsafe(_awaited(act), loop).result()

    kernel = world.runtime.kernel
    return await kernel.invoke(
        name, arguments, world.administrator, idempotency_key=key, progress=progress
    )


async def _awaited(act: Callable[[], Awaitable[object]]) -> None:
    await act()


async def labels(world: World, source: str) -> list[tuple[str, str]]:
    found = await world.call("classifications.list_classified_columns", source=source)
    return [(one.column.split(".", 1)[1], one.label) for one in found.items]


async def readings(world: World, scan: str = "latest") -> dict[str, Any]:
    """When each table was read."""
    told = await world.call("scan_logic.get_scan", scan=scan)
    return {one.table: one.finished_at for one in told.progress.items}


async def test_a_paused_scan_goes_on_where_it_stood(world: World) -> None:
    await world.source("whole", scanned=True)
    await world.source()
    with pytest.raises(LookAgain, match="paused when 2 of 5 tables") as told:
        await at_table(
            world,
            1,
            lambda: world.call("scan_logic.pause_scan", scan="shop"),
            source="shop",
        )
    assert told.value.problem_code == "paused" and "resume_scan" in told.value.remedy
    paused = await world.call("scan_logic.get_scan", scan="shop")
    assert (paused.status, paused.tables, paused.tables_done, paused.tables_left) == (
        "paused",
        5,
        2,
        3,
    )
    assert [one.status for one in paused.progress.items][:3] == ["done", "done", "pending"]
    assert await labels(world, "shop") == [], "nothing is written before it ends"
    listed = await world.call("scan_logic.list_scans", source="shop")
    assert [(one.id, one.status) for one in listed.items] == [(paused.id, "paused")]
    for status, number in (("open", 1), ("done", 1), ("cancelled", 0)):
        page = await world.call("scan_logic.list_scans", status=status)
        assert (page.total, len(page.items)) == (number, number)
    first = await world.call("scan_logic.list_scans", limit=1)
    rest = await world.call("scan_logic.list_scans", limit=1, cursor=first.next_cursor)
    assert [one.source for one in (*first.items, *rest.items)] == ["shop", "whole"]
    assert (first.total, rest.total, rest.truncated) == (2, 2, False)
    with pytest.raises(LookAgain, match="is paused"):
        await world.call("scan_logic.pause_scan", scan="shop")
    done = await world.call("scan_logic.resume_scan", scan="shop")
    assert (done.id, done.status, done.tables_done) == (paused.id, "done", 5)
    assert await labels(world, "shop") == await labels(world, "whole")
    before = {one.table: one.finished_at for one in paused.progress.items if one.finished_at}
    after = await readings(world)
    assert {table: after[table] for table in before} == before, "no table is read twice"
    assert (await world.call("scan_logic.list_scans", source="shop")).total == 1


async def test_a_cancelled_scan_keeps_what_it_found_and_can_be_completed(world: World) -> None:
    await world.source("whole", scanned=True)
    await world.source()
    ended = await at_table(
        world,
        0,
        lambda: world.call("scan_logic.cancel_scan", scan="shop"),
        source="shop",
    )
    report: Any = ended.value
    assert (report.status, report.tables_done, report.tables_left) == ("cancelled", 1, 4)
    assert "4 tables were not read" in report.warnings[0]
    kept = await labels(world, "shop")
    assert kept and {column.split(".")[0] for column, _label in kept} == {"customers"}
    done = await world.call("scan_logic.retry_scan", scan="shop")
    assert (done.id, done.status, done.tables_left) == (report.id, "done", 0)
    assert await labels(world, "shop") == await labels(world, "whole")


async def test_a_paused_scan_is_cancelled_with_what_it_has(world: World) -> None:
    await world.source()
    with pytest.raises(LookAgain):
        await at_table(
            world, 0, lambda: world.call("scan_logic.pause_scan", scan="shop"), source="shop"
        )
    told = await world.call("scan_logic.cancel_scan", scan="shop")
    assert (told.status, told.tables_done, told.tables_left) == ("cancelled", 1, 4)
    assert await labels(world, "shop")


async def test_only_what_failed_is_retried_and_the_rest_is_kept(world: World) -> None:
    await world.source(scanned=True)
    before = await labels(world, "shop")
    file = world.folder / "shop.sqlite"
    shutil.copy(file, world.folder / "copy.sqlite")
    with closing(sqlite3.connect(file)) as database:
        database.execute("ALTER TABLE customers RENAME TO hidden")
        database.commit()
    report = await world.call("scan_logic.start_scan", source="shop")
    assert report.status == "completed with failures"
    assert report.tables_failed == len(report.warnings) >= 1
    assert any(one.startswith("customers: The source holds no table") for one in report.warnings)
    assert await labels(world, "shop") == before, "what can't be read keeps its labels"
    failed = await world.call("scan_logic.get_scan", scan=report.id, status="failed")
    assert failed.progress.total == report.tables_failed
    read = await readings(world)
    shutil.copy(world.folder / "copy.sqlite", file)
    again = await world.call("scan_logic.retry_scan", scan="shop")
    assert (again.id, again.status, again.tables_failed, again.warnings) == (
        report.id,
        "done",
        0,
        [],
    )
    after = await readings(world)
    retried = {table for table in read if read[table] != after[table]}
    assert retried == {one.table for one in failed.progress.items}
    assert await labels(world, "shop") == before


async def test_a_table_that_vanishes_midway_costs_only_itself(world: World) -> None:
    folder = world.folder / "lake"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.csv").write_text("id,email\n1,ann@example.org\n2,bo@example.org\n")
    await world.call(
        "data_sources.register_source", name="lake", kind="files", location=str(folder)
    )
    await world.call("data_sources.discover_assets", source="lake")

    async def vanish() -> None:
        (folder / "b.csv").unlink()

    report: Any = (await at_table(world, 0, vanish, source="lake")).value
    assert report.status == "completed with failures"
    assert [one.split(":")[0] for one in report.warnings] == ["b"]
    assert {column for column, _label in await labels(world, "lake")} == {"a.email", "c.email"}


async def test_a_call_that_was_given_up_goes_on_under_its_key(world: World) -> None:
    await world.source()
    waiting: asyncio.Task[Invocation]

    async def give_up() -> None:
        waiting.cancel()
        await asyncio.wait([waiting])

    waiting = asyncio.create_task(at_table(world, 2, give_up, key="k1", source="shop"))
    with pytest.raises(asyncio.CancelledError):
        await waiting
    while (left := await world.call("scan_logic.get_scan", scan="shop")).status == "running":
        await asyncio.sleep(0)
    assert (left.status, left.tables_done) == ("stopped", 3)
    report = await world.call("scan_logic.start_scan", _key="k1", source="shop")
    assert (report.id, report.status, report.tables_done) == (left.id, "done", 5)
    before = {one.table: one.finished_at for one in left.progress.items if one.finished_at}
    after = await readings(world)
    assert {table: after[table] for table in before} == before


async def test_who_is_overtaken_stops(world: World) -> None:
    await world.source()

    async def overtake() -> None:
        await world.call("scan_logic.start_scan", _key="same", source="shop")

    with pytest.raises(RacineError):
        await at_table(world, 1, overtake, key="same", source="shop")
    listed = await world.call("scan_logic.list_scans", source="shop")
    assert [(one.status, one.tables_done) for one in listed.items] == [("done", 5)]


@pytest.mark.parametrize("whole", [False, True], ids=["the scan", "its execution"])
async def test_a_scan_in_an_execution_pauses_and_goes_on_with_it(world: World, whole: bool) -> None:
    await world.source("whole", scanned=True)
    await world.source()
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        for name in ("d_slow", "e_slow"):
            database.execute(SLOW.format(name=name))
    await world.call("data_sources.discover_assets", source="shop")
    name = "sweep"
    steps = [
        step("scan", "scan_logic.start_scan", source="shop"),
        step("tag", "catalog.tag_asset", asset="shop.orders", tag="after", needs=["scan"]),
    ]
    await world.call("workflows.create", name=name, steps=steps)
    queued = await world.call("workflows.execute", workflow=name)
    execution = Pausing(world, whole)
    runtime = world.runtime
    carrier = Carrier(runtime.kernel, runtime.database, execution, queued.id)
    assert await carrier.run() == "paused"
    await execution.asked
    assert "scanning d_slow" in execution.heard, "progress is told by table"
    scan = await world.call("scan_logic.get_scan", scan="shop")
    assert (scan.status, scan.execution_id) == ("paused", queued.id)
    assert 0 < scan.tables_left < scan.tables
    status = await world.call("workflows.status", execution_id=queued.id)
    assert [one.status for one in status.steps] == ["pending", "pending"]
    if whole:
        await world.call("workflows.control", execution_id=queued.id, action="resume")
    else:
        assert (await world.call("scan_logic.resume_scan", scan="shop")).status == "queued"
    done = await carry(world, queued.id)
    assert (done.status, done.steps[0].result["id"]) == ("done", scan.id)
    assert done.steps[0].result["tables_done"] == scan.tables
    before = {one.table: one.finished_at for one in scan.progress.items if one.finished_at}
    after = await readings(world, scan.id)
    assert {table: after[table] for table in before} == before
    assert await labels(world, "shop") == await labels(world, "whole")


class Pausing(Narrator):
    """An observer that asks for a pause while a slow table is read."""

    def __init__(self, world: World, whole: bool) -> None:
        super().__init__(world.runtime.kernel, world.runtime.events)
        self._world, self._whole = world, whole
        self.heard: list[str] = []
        self.asked: asyncio.Task[Any] | None = None

    def progress(self, execution: Execution, row: ExecutionStep, come: Progress) -> None:
        super().progress(execution, row, come)
        self.heard.append(come.what)
        if come.what == "scanning d_slow":
            name, arguments = "scan_logic.pause_scan", {"scan": "shop"}
            if self._whole:
                name = "workflows.control"
                arguments = {"execution_id": execution.id, "action": "pause"}
            self.asked = asyncio.create_task(self._world.call(name, **arguments))


async def test_a_scan_can_be_queued_and_cancelled_in_its_execution(world: World) -> None:
    await world.source()
    queued = await world.call("scan_logic.start_scan", source="shop", wait=False)
    assert (queued.status, queued.tables, queued.tables_left) == ("queued", 5, 5)
    done = await carry(world, queued.execution_id)
    assert (done.status, done.title) == ("done", "scan of shop")
    told = await world.call("scan_logic.get_scan", scan="shop")
    assert (told.id, told.status, told.tables_done) == (queued.id, "done", 5)
    scanned_at = told.finished_at
    other = await world.call("scan_logic.start_scan", source="shop", wait=False)
    pausing = await world.call("scan_logic.pause_scan", scan="shop")
    assert (pausing.id, pausing.status) == (other.id, "pausing")
    await carry(world, other.execution_id)
    assert (await world.call("scan_logic.get_scan", scan="shop")).status == "paused"
    assert (await world.call("scan_logic.cancel_scan", scan="shop")).status == "cancelling"
    await carry(world, other.execution_id)
    told = await world.call("scan_logic.get_scan", scan="shop")
    assert (told.id, told.status, told.tables_left) == (other.id, "cancelled", 5)
    source = await world.call("data_sources.get_source", source="shop")
    assert source.scanned_at == scanned_at, "nothing was scanned by the second"
    await world.call("scan_logic.start_scan", source="shop")
    compared = await world.call("scan_logic.compare_scans", scan="shop")
    assert compared.before.id == queued.id, "the second has nothing to be compared with"


async def test_what_has_ended_is_neither_paused_nor_resumed(world: World) -> None:
    await world.source(scanned=True)
    for name in ("pause_scan", "resume_scan", "cancel_scan"):
        with pytest.raises(LookAgain, match="is done"):
            await world.call(f"scan_logic.{name}", scan="shop")
    with pytest.raises(LookAgain, match="Every table"):
        await world.call("scan_logic.retry_scan", scan="shop")


async def test_a_preview_shows_what_going_on_would_write_and_changes_nothing(world: World) -> None:
    await world.source()
    await at_table(
        world, 0, lambda: world.call("scan_logic.cancel_scan", scan="shop"), source="shop"
    )
    before = await world.call("scan_logic.get_scan", scan="shop")
    retry = Step(id="retry", operation="scan_logic.retry_scan", arguments={"scan": "shop"})
    (seen,) = (await world.runtime.kernel.preview([retry], world.administrator)).steps
    assert seen.error is None and seen.result["status"] == "done"
    assert {"scans", "classifications"} <= {change.table for change in seen.changes}
    assert await world.call("scan_logic.get_scan", scan="shop") == before
    start = Step(
        id="start",
        operation="scan_logic.start_scan",
        arguments={"source": "shop", "assets": ["shop.orders"], "wait": False},
    )
    (seen,) = (await world.runtime.kernel.preview([start], world.administrator)).steps
    assert (seen.error, seen.result["tables"]) == (None, 1)
    assert (await world.call("scan_logic.list_scans", source="shop")).total == 1


async def test_a_source_that_vanishes_midway_keeps_what_was_read(world: World) -> None:
    folder = world.folder / "lake"
    folder.mkdir()
    for name in "abcde":
        (folder / f"{name}.csv").write_text("id,email\n1,ann@example.org\n2,bo@example.org\n")
    await world.call(
        "data_sources.register_source", name="lake", kind="files", location=str(folder)
    )
    await world.call("data_sources.discover_assets", source="lake")

    async def vanish() -> None:
        shutil.rmtree(folder)

    report: Any = (await at_table(world, 1, vanish, source="lake")).value
    assert (report.status, report.tables_done, report.tables_failed) == (
        "completed with failures",
        1,
        4,
    )
    assert report.warnings[-1] == "e: The source can't be reached any more."
    assert await labels(world, "lake") == [("a.email", "email")]
