"""OpenLineage events become pipelines and edges: once, whole, and only of what is catalogued."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.support.shared import sample_database
from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother

RUN = "0176a8c2-fe01-7439-87e6-56a1a1b4029f"
NAMESPACE = "airflow://etl.example.org"


def dataset(name: str, namespace: str = "racine://pagila", **facets: Any) -> dict[str, Any]:
    return {"namespace": namespace, "name": name, "facets": facets}


def made_of(**columns: list[tuple[str, str]]) -> dict[str, Any]:
    """The facet `columnLineage`: each column of which (table, column)."""
    fields = {
        name: {
            "inputFields": [
                {"namespace": "racine://pagila", "name": table, "field": column}
                for table, column in origins
            ]
        }
        for name, origins in columns.items()
    }
    return {"_producer": "https://example.org", "_schemaURL": "https://x", "fields": fields}


def event(kind: str = "COMPLETE", minute: int = 0, **changed: Any) -> dict[str, Any]:
    return {
        "eventType": kind,
        "eventTime": f"2026-03-01T10:{minute:02d}:00.000Z",
        "producer": "https://airflow.example.org/provider",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": RUN, "facets": {}},
        "job": {"namespace": NAMESPACE, "name": "rentals.daily", "facets": {}},
        "inputs": [],
        "outputs": [],
    } | changed


LOAD = {
    "inputs": [dataset("rental"), dataset("payment")],
    "outputs": [dataset("film", columnLineage=made_of(rental_rate=[("payment", "amount")]))],
}


@pytest.fixture
async def pagila(world: World) -> World:
    await world.call(
        "data_sources.register_source",
        name="pagila",
        kind="sqlite",
        location=str(sample_database("pagila")),
    )
    await world.call("data_sources.discover_assets", source="pagila")
    return world


async def edges(world: World, asset: str) -> set[tuple[str, str]]:
    found = await world.call("catalog.get_lineage", asset=asset, depth=1)
    return {(one.upstream, one.downstream) for one in found.edges if one.kind == "pipeline"}


async def test_a_job_becomes_a_pipeline_with_its_runs_and_edges(pagila: World) -> None:
    parent = {"run": {"runId": str(uuid4())}, "job": {"namespace": NAMESPACE, "name": "rentals"}}
    report = await pagila.call(
        "catalog.ingest_lineage",
        events=[
            event("START", run={"runId": RUN, "facets": {"parent": parent}}, **LOAD),
            event("COMPLETE", 5, **LOAD),
        ],
    )
    assert (report.received, report.ingested, report.repeated) == (2, 2, 0)
    assert report.rejected == report.unknown == []
    assert report.edges_added == 4
    job = await pagila.call("catalog.get_asset", asset="rentals.daily")
    assert (job.kind, job.qualified_name) == ("pipeline", report.pipelines[0])
    (run,) = job.runs
    assert (run.run_id, run.status, run.parent, job.runs_total) == (RUN, "complete", "rentals", 1)
    assert (run.ended_at - run.started_at).total_seconds() == 300
    assert run.inputs == ["pagila.payment", "pagila.rental"]
    name = job.qualified_name
    assert await edges(pagila, job.id) == {
        ("pagila.rental", name),
        ("pagila.payment", name),
        (name, "pagila.film"),
    }
    assert ("pagila.payment.amount", "pagila.film.rental_rate") in await edges(
        pagila, "pagila.film.rental_rate"
    )
    reached = await pagila.call("catalog.get_lineage", asset="pagila.rental", depth=2)
    assert "pagila.film" in [one.qualified_name for one in reached.downstream]
    impact = await pagila.call("catalog.analyze_impact", asset="pagila.rental")
    assert name in [one.qualified_name for one in impact.breaks]


async def test_an_event_that_comes_again_changes_nothing(pagila: World) -> None:
    twice = [event(**LOAD), event(**LOAD)]
    first = await pagila.call("catalog.ingest_lineage", events=twice)
    assert (first.ingested, first.repeated) == (1, 1)
    again = await pagila.invoke("catalog.ingest_lineage", events=event(**LOAD))
    assert (again.value.ingested, again.value.repeated, again.changes) == (0, 1, 0)
    moved = event(eventTime="2026-03-01T12:00:00+02:00", **LOAD)  # the same moment elsewhere
    assert (await pagila.call("catalog.ingest_lineage", events=moved)).repeated == 1


async def test_a_dataset_event_is_valid_and_links_nothing(pagila: World) -> None:
    told = {key: event()[key] for key in ("eventTime", "producer", "schemaURL")}
    sent = [told | {"dataset": dataset("film")}, told | {"dataset": dataset("nowhere")}]
    report = await pagila.call("catalog.ingest_lineage", events=[*sent, told | {"dataset": {}}])
    assert (report.ingested, report.edges_added, report.pipelines) == (2, 0, [])
    assert [one.name for one in report.unknown] == ["nowhere"]
    assert [one.index for one in report.rejected] == [2]


async def test_an_invalid_event_is_reported_and_the_others_are_taken_in(pagila: World) -> None:
    broken: dict[str, dict[str, Any]] = {
        "'run.runId' is not a UUID": {"run": {"runId": "s3cret"}},
        "'eventTime'": {"eventTime": "s3cret"},
        "'eventType'": {"eventType": "s3cret"},
        "'job.name'": {"job": {"namespace": NAMESPACE, "name": ""}},
        "'producer'": {"producer": None},
        "'inputs.0.name' is needed": {"inputs": [{"namespace": "x"}]},
        "before 1970": {"eventTime": "0001-01-01T00:00:00+14:00"},
        "'outputs.0.facets.columnLineage.fields": {
            "outputs": [dataset("film", columnLineage={"fields": {"a": {"inputFields": [{}]}}})]
        },
    }
    broken["It is no object."] = {}
    sent: list[Any] = [event(**change) for change in broken.values()]
    sent[-1] = 5
    report = await pagila.call("catalog.ingest_lineage", events=[*sent, event(**LOAD)])
    assert (report.received, report.ingested) == (len(sent) + 1, 1)
    assert [one.index for one in report.rejected] == list(range(len(sent)))
    for told, one in zip(broken, report.rejected, strict=True):
        assert told in one.reason
        assert "s3cret" not in one.reason


async def test_unknown_datasets_are_told_and_not_made_up(pagila: World) -> None:
    lost = dataset("orders", "postgres://db.example.org:5432")
    strange = made_of(rental_rate=[("payment", "nowhere"), ("nothing", "amount")])
    before = (await pagila.call("catalog.list_assets")).total
    report = await pagila.call(
        "catalog.ingest_lineage",
        events=event(inputs=[lost], outputs=[dataset("film", columnLineage=strange)]),
    )
    assert [(one.name, one.column) for one in report.unknown] == [
        ("orders", None),
        ("payment", "nowhere"),
        ("nothing", None),
    ]
    assert report.unknown_total == 3
    assert (await pagila.call("catalog.list_assets")).total == before
    nothing = event("START", run={"runId": str(uuid4())}, job={"namespace": "dbt", "name": "seed"})
    assert (await pagila.call("catalog.ingest_lineage", events=nothing)).pipelines == []
    with pytest.raises(ChooseAnother):
        await pagila.call("catalog.get_asset", asset="seed")
    later = nothing | {"eventType": "FAIL", "eventTime": "2026-03-01T11:00:00Z", **LOAD}
    await pagila.call("catalog.ingest_lineage", events=later)
    (run,) = (await pagila.call("catalog.get_asset", asset="seed")).runs
    assert (run.status, run.started_at.hour) == ("failed", 10)  # what came before belongs to it


async def test_datasets_are_found_by_the_place_of_their_source(world: World) -> None:
    await world.source()
    place = (world.folder / "shop.sqlite").as_posix()
    lake = world.folder / "lake"
    lake.mkdir()
    (lake / "visits.csv").write_text("day,visits\n2026-01-01,5\n")
    await world.call("data_sources.register_source", name="lake", kind="files", location=str(lake))
    await world.call("data_sources.discover_assets", source="lake")
    found = {
        f"sqlite://{place}": "orders",
        f"file:{place}": "main.orders",
        "racine://SHOP": "Shop.Orders",
        "file": f"{lake.as_posix()}/visits.csv",
    }
    for minute, (namespace, name) in enumerate(found.items()):
        sent = event(minute=minute, inputs=[dataset(name, namespace)])
        report = await world.call("catalog.ingest_lineage", events=sent)
        assert report.unknown == [], namespace
    (run,) = (await world.call("catalog.get_asset", asset="rentals.daily")).runs
    assert run.inputs == ["lake.visits", "shop.orders"]


async def test_who_may_write_to_one_source_gives_lineage_for_it(pagila: World) -> None:
    await pagila.source()
    steward = await pagila.person("Vera Lind", "steward", source="shop")
    sent = event(inputs=[dataset("orders", "racine://shop")], outputs=[dataset("film")])
    with pytest.raises(AskForAccess):
        await pagila.call("catalog.ingest_lineage", steward, events=sent)
    with pytest.raises((AskForAccess, ChooseAnother)):
        await pagila.call("catalog.ingest_lineage", steward, events=sent, source="pagila")
    report = await pagila.call("catalog.ingest_lineage", steward, events=sent, source="shop")
    assert [one.name for one in report.unknown] == ["film"]
    assert report.pipelines == [f"shop.pipelines:{NAMESPACE}.rentals.daily"]


async def test_what_was_taken_in_outlives_discovery_and_can_be_undone(pagila: World) -> None:
    done = await pagila.invoke("catalog.ingest_lineage", events=event(**LOAD))
    await pagila.call("data_sources.discover_assets", source="pagila")
    assert len(await edges(pagila, "rentals.daily")) == 3
    await pagila.call("activity.undo", activity=done.activity_id)
    with pytest.raises(ChooseAnother):
        await pagila.call("catalog.get_asset", asset="rentals.daily")
    assert await edges(pagila, "pagila.film") == set()
    await pagila.call("catalog.ingest_lineage", events=event(**LOAD))
    await pagila.call("scan_logic.start_scan", source="pagila")
    removed = await pagila.call("data_sources.remove_source", source="pagila")
    assert removed.assets > 0


async def test_what_the_facets_hold_is_not_kept(pagila: World) -> None:
    facets = {"sql": {"query": "SELECT 1 WHERE email = 'kim@example.com'"}}
    job = {"namespace": NAMESPACE, "name": "rentals.daily", "facets": facets}
    done = await pagila.invoke("catalog.ingest_lineage", events=event(job=job, **LOAD))
    told = await pagila.call("activity.search", operation="catalog.ingest_lineage")
    assert done.activity_id in told.model_dump_json()
    assert "kim@example.com" not in told.model_dump_json()
