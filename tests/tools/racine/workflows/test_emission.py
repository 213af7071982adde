"""What is executed shows up as lineage: like anybody's events, once, and never in the way."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event as ThreadingEvent
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from agent.executions import Narrator
from tests.support.service import served
from tests.support.world import World, make_shop
from tests.tools.racine.workflows.carried import queued, ref, step
from tools.audit import ActivityRow
from tools.catalog.openlineage import RunEvent, read_event
from tools.catalog.tables import LineageEvent
from tools.racine.workflows.carrying import Carrier
from tools.racine.workflows.emission import LineageReporter
from tools.racine.workflows.run_events import Touched, run_events
from tools.racine.workflows.tables import Execution

SWEEP = (
    step("look", "catalog.get_asset", asset="shop.customers.email"),
    step("tag", "catalog.tag_asset", asset="shop.orders.total", tag="swept"),
    step("same", "catalog.tag_asset", asset=ref("look.id"), tag="swept", needs=["tag"]),
    step("view", "catalog.get_asset", asset="shop.v_top"),
)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Collector(BaseHTTPRequestHandler):
    """Takes events, and refuses them where its server says so."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(json.loads(body))  # type: ignore[attr-defined]
        if self.server.taken[-1]["eventType"] != "START":  # type: ignore[attr-defined]
            self.server.ended.set()  # type: ignore[attr-defined]
        self.send_response(self.server.answers)  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def collector() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    server.taken, server.answers, server.ended = [], 201, ThreadingEvent()
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


async def carry(world: World, execution_id: str, collector: str | None = None) -> str:
    runtime = world.runtime
    narrator = Narrator(runtime.kernel, runtime.events)
    observer = LineageReporter(narrator, runtime.kernel, collector, patience=60)
    return await Carrier(runtime.kernel, runtime.database, observer, execution_id).run()


async def ingestions(world: World) -> list[str]:
    await world.runtime.kernel.close()
    async with world.runtime.database.reading() as session:
        asked = select(ActivityRow.outcome).where(ActivityRow.operation == "catalog.ingest_lineage")
        return list(await session.scalars(asked))


async def job_of(world: World, name: str) -> tuple[Any, set[tuple[str, str]]]:
    job = await world.call("catalog.get_asset", asset=name)
    lineage = await world.call("catalog.get_lineage", asset=job.id, depth=1)
    return job, {(one.upstream, one.downstream) for one in lineage.edges}


async def test_an_execution_is_a_pipeline_like_anybody_s(world: World) -> None:
    await world.source()
    execution = await queued(world, *SWEEP)
    assert await carry(world, execution.id) == "done"
    job, edges = await job_of(world, "workflow 0")
    name = job.qualified_name
    assert edges == {
        ("shop.v_top", name),
        ("shop.customers", name),
        (name, "shop.customers"),
        (name, "shop.orders"),
    }
    (run,) = job.runs
    assert (run.status, run.inputs) == ("complete", ["shop.customers", "shop.v_top"])
    assert run.outputs == ["shop.customers", "shop.orders"]
    theirs = {
        "eventType": "COMPLETE",
        "eventTime": "2026-03-01T10:00:00Z",
        "producer": "https://airflow.example.org",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
        "run": {"runId": "0176a8c2-fe01-7439-87e6-56a1a1b4029f"},
        "job": {"namespace": "airflow", "name": "theirs"},
        "inputs": [{"namespace": "racine://shop", "name": one} for one in ("customers", "v_top")],
        "outputs": [{"namespace": "racine://shop", "name": one} for one in ("customers", "orders")],
    }
    await world.call("catalog.ingest_lineage", events=theirs)
    other, other_edges = await job_of(world, "theirs")
    known = {name: "the job", other.qualified_name: "the job"}
    assert {tuple(known.get(one, one) for one in edge) for edge in edges} == {
        tuple(known.get(one, one) for one in edge) for edge in other_edges
    }


async def test_it_is_reported_once_however_often_it_is_told(world: World) -> None:
    await world.source()
    execution = await queued(world, *SWEEP)
    for _ in range(3):  # as after crashes
        await carry(world, execution.id)
    job, _ = await job_of(world, "workflow 0")
    assert job.runs_total == 1
    assert await ingestions(world) == ["done"]


async def test_one_that_takes_its_time_is_there_from_its_beginning(world: World) -> None:
    await world.source()
    gate = {"reason": "Shall it?"}
    look = step("look", "catalog.get_asset", asset="shop.v_top")
    tag = step("tag", "catalog.tag_asset", asset="shop.orders", tag="x", needs=["look"], gate=gate)
    execution = await queued(world, look, tag)
    assert await carry(world, execution.id) == "waiting"
    job, _ = await job_of(world, "workflow 0")
    assert [(one.status, one.inputs) for one in job.runs] == [("running", ["shop.v_top"])]
    await world.call("workflows.control", action="approve_gate", execution_id=execution.id)
    assert await carry(world, execution.id) == "done"
    job, _ = await job_of(world, "workflow 0")
    assert [(one.status, one.outputs) for one in job.runs] == [("complete", ["shop.orders"])]
    assert await ingestions(world) == ["done", "done"]


async def test_the_beginning_is_recorded_while_steps_run(world: World) -> None:
    await world.source()
    runtime = world.runtime
    execution = await queued(world, *SWEEP)
    reporter = LineageReporter(Narrator(runtime.kernel, runtime.events), runtime.kernel, patience=0)
    async with runtime.database.reading() as session:
        row = await session.get_one(Execution, execution.id)
    await reporter.started(row)
    async with asyncio.timeout(20):
        while await ingestions(world) != ["done"]:
            await asyncio.sleep(0.01)
    assert (await job_of(world, "workflow 0"))[0].runs[0].status == "running"
    await reporter.halted(row)
    assert await ingestions(world) == ["done"]


async def test_undo_is_of_what_people_did_and_not_in_its_way(world: World) -> None:
    await world.source()
    onboard = await queued(
        world,
        step("discover", "data_sources.discover_assets", source="shop"),
        step("scan", "scan_logic.start_scan", source="shop", needs=["discover"]),
        step("tag", "catalog.tag_asset", asset="shop.orders", tag="new", needs=["scan"]),
    )
    assert await carry(world, onboard.id) == "done"
    assert (await job_of(world, "workflow 0"))[0].runs_total == 1
    undone = await world.call("activity.undo", activity="latest")
    assert (undone.activity, undone.operation) == (onboard.id, "workflows.undo")
    assert {"catalog.tag_asset", "scan_logic.start_scan"} <= set(undone.operations)


async def test_a_table_that_it_has_catalogued_itself_is_not_its_output(world: World) -> None:
    make_shop(world.folder / "new.sqlite")
    location = str(world.folder / "new.sqlite")
    await world.call("data_sources.register_source", name="new", kind="sqlite", location=location)
    execution = await queued(
        world,
        step("discover", "data_sources.discover_assets", source="new"),
        step("look", "catalog.get_asset", asset="new.orders", needs=["discover"]),
    )
    assert await carry(world, execution.id) == "done"
    undone = await world.call("workflows.undo", execution_id=execution.id)
    assert {one.step_id: one.status for one in undone.steps}["discover"] == "undone"


async def test_a_failed_one_is_reported_as_failed(world: World) -> None:
    await world.source()
    fails = step("fails", "catalog.untag_asset", asset="shop.products", tag="none", needs=["look"])
    execution = await queued(world, SWEEP[0], fails)
    assert await carry(world, execution.id) == "failed"
    job, _ = await job_of(world, "workflow 0")
    assert [one.status for one in job.runs] == ["failed"]


async def test_the_items_of_a_loop_and_the_tables_of_a_source_count(world: World) -> None:
    await world.source()
    execution = await queued(
        world,
        step("health", "data_sources.check_health", source="shop"),
        step("tables", "catalog.list_assets", source="shop", kind="table", needs=["health"]),
        step(
            "tag",
            "catalog.tag_asset",
            asset=ref("item.id"),
            tag="swept",
            each={"over": ref("tables.items")},
        ),
    )
    assert await carry(world, execution.id) == "done"
    job, _ = await job_of(world, "workflow 0")
    assert job.runs[0].outputs == ["shop.customers", "shop.orders", "shop.products"]
    assert job.runs[0].inputs[-2:] == ["shop.v_revenue", "shop.v_top"]


async def test_it_is_recorded_whoever_it_is_of_and_whatever_it_touches(world: World) -> None:
    await world.source()
    execution = await queued(world, SWEEP[0])
    viewer = await world.person("Vera Lind", "viewer", source="shop")
    async with world.runtime.database.writing() as session:
        row = await session.get_one(Execution, execution.id)
        row.user_id = viewer.user_id
    assert await carry(world, execution.id) == "done"
    job, edges = await job_of(world, "workflow 0")
    assert edges == {("shop.customers", job.qualified_name)}
    nothing = await queued(world, step("who", "rbac.list_users"))
    assert await carry(world, nothing.id) == "done"
    async with world.runtime.database.reading() as session:
        theirs = LineageEvent.job_name == "workflow 1"
        events = list(await session.scalars(select(LineageEvent).where(theirs)))
    assert [one.event_type for one in events] == ["START", "COMPLETE"]
    assert [(one.pipeline_id, one.inputs, one.outputs) for one in events] == [(None, [], [])] * 2
    assert await ingestions(world) == ["done", "done"]


async def test_a_collector_gets_the_events_and_its_failure_hurts_nobody(
    world: World, collector: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.source()
    url = f"http://127.0.0.1:{collector.server_port}/api/v1/lineage"
    execution = await queued(world, *SWEEP)
    assert await carry(world, execution.id, url) == "done"
    assert [one["eventType"] for one in collector.taken] == ["START", "COMPLETE"]
    assert all(isinstance(read_event(one), RunEvent) for one in collector.taken)
    assert len({one["run"]["runId"] for one in collector.taken}) == 1
    collector.answers = 500
    again = await queued(world, *SWEEP)
    assert await carry(world, again.id, url) == "done"
    job, _ = await job_of(world, "workflow 1")
    assert job.runs_total == 1
    told = capsys.readouterr().out
    assert "collector" in told
    assert "customers" not in told


async def test_a_collector_is_told_what_was_taken_back(world: World, collector: Any) -> None:
    await world.source()
    url = f"http://127.0.0.1:{collector.server_port}/api/v1/lineage"
    back = {"operation": "catalog.untag_asset"} | {
        "arguments": {"asset": "shop.orders.total", "tag": "swept"}
    }
    fails = step("fails", "catalog.untag_asset", asset="shop.products", tag="none", needs=["tag"])
    execution = await queued(world, SWEEP[1] | {"compensate": back}, fails)
    assert await carry(world, execution.id, url) == "failed"
    told = collector.taken[-1]
    assert told["eventType"] == "FAIL"
    assert told["run"]["facets"]["errorMessage"]["message"] == "failed, and taken back"
    assert isinstance(read_event(told), RunEvent)
    assert "errorMessage" not in collector.taken[0]["run"]["facets"]


def test_a_served_racine_reports_what_it_executes(
    shop_folder: Path, tmp_path: Path, collector: Any
) -> None:
    shutil.copytree(shop_folder, tmp_path / "data")
    url = f"http://127.0.0.1:{collector.server_port}"
    with served(tmp_path / "data", openlineage_url=url) as client:
        client.call("workflows.create", name="Sweep the shop", steps=list(SWEEP))
        execution = client.call("workflows.execute", workflow="Sweep the shop")
        assert collector.ended.wait(20)
        assert client.call("workflows.status", execution_id=execution["id"])["status"] == "done"
        (run,) = client.call("catalog.get_asset", asset="Sweep the shop")["runs"]
    assert run["status"] == "complete"
    assert run["run_id"] == collector.taken[-1]["run"]["runId"]


def test_events_are_made_of_the_ledger_alone() -> None:
    execution = Execution(
        id="exe_1",
        run_id="run_1",
        title="Tag it",
        conversation_id="con_1",
        status="cancelled",
        **dict.fromkeys(("created_at", "started_at", "finished_at"), NOON),
    )
    events = run_events(execution, Touched("Tag it"))
    assert [one["eventType"] for one in events] == ["START", "ABORT"]
    assert events == run_events(execution, Touched("Tag it"))
    read = read_event(events[1])
    assert isinstance(read, RunEvent)
    assert read.run.facets.parent is not None
    assert read.run.facets.nominal_time is not None
    assert (read.job.namespace, read.job.name) == ("racine", "Tag it")
