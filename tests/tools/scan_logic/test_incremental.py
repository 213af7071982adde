"""What hasn't changed since the last scan by the same rules is skipped, and said to be."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import Any

import duckdb
import psycopg
import pytest

from tests.support.postgres import create_database
from tests.support.world import World
from tests.tools.scan_logic.test_controlling import labels


@pytest.fixture
async def lake(world: World) -> World:
    """A folder of three files, discovered and scanned."""
    folder = world.folder / "lake"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.csv").write_text("id,email\n1,ann@example.org\n2,bo@example.org\n")
    await world.call(
        "data_sources.register_source", name="lake", kind="files", location=str(folder)
    )
    await world.call("data_sources.discover_assets", source="lake")
    await world.call("scan_logic.start_scan", source="lake")
    return world


async def again(world: World, source: str = "lake", **options: Any) -> Any:
    return await world.call("scan_logic.start_scan", source=source, incremental=True, **options)


async def statuses(world: World, scan: str) -> dict[str, str]:
    told = await world.call("scan_logic.get_scan", scan=scan)
    return {one.table: one.status for one in told.progress.items}


async def test_unchanged_tables_are_skipped_and_keep_their_labels(lake: World) -> None:
    before = await labels(lake, "lake")
    report = await again(lake)
    assert (report.status, report.tables, report.tables_skipped, report.columns) == (
        "done",
        3,
        3,
        0,
    )
    assert report.incremental
    told = await lake.call("scan_logic.get_scan", scan=report.id)
    assert "Unchanged since the scan scn_" in told.progress.items[0].detail
    assert await labels(lake, "lake") == before
    assert (await lake.call("scan_logic.compare_scans", scan="lake")).differences.total == 0


async def test_a_table_whose_rows_or_columns_have_changed_is_read(lake: World) -> None:
    folder = lake.folder / "lake"
    (folder / "b.csv").write_text("id,email\n1,cy@example.org\n2,di@example.org\n3,ed@x.org\n")
    (folder / "c.csv").write_text("id,email,phone\n1,a@x.org,+49 30 23120001\n")
    await lake.call("data_sources.discover_assets", source="lake")
    report = await again(lake)
    assert await statuses(lake, report.id) == {"a": "skipped", "b": "done", "c": "done"}
    assert ("c.phone", "phone") in await labels(lake, "lake")
    assert await statuses(lake, (await again(lake)).id) == dict.fromkeys("abc", "skipped")


async def test_other_rules_and_larger_samples_read_everything(lake: World) -> None:
    assert (await again(lake, sample_size=1)).tables_skipped == 3
    assert (await again(lake, sample_size=2000)).tables_skipped == 0
    await lake.call("scan_rule_sets.clone_rule_set", name="own")
    assert (await again(lake, rule_set="own")).tables_skipped == 0
    assert (await again(lake)).tables_skipped == 0, "the last scan was by other rules"


async def test_a_scan_that_was_taken_back_is_no_base(lake: World) -> None:
    activity = (await lake.call("activity.search", operation="scan_logic.start_scan")).items[0]
    await lake.call("activity.undo", activity=activity.id)
    assert (await again(lake)).tables_skipped == 0


async def test_what_could_not_be_read_is_read_the_next_time(lake: World) -> None:
    gone = lake.folder / "lake" / "b.csv"
    kept = gone.read_text()
    state = gone.stat()
    gone.unlink()
    assert await statuses(lake, (await again(lake)).id) == {
        "a": "skipped",
        "b": "failed",
        "c": "skipped",
    }
    gone.write_text(kept)
    os.utime(gone, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (await statuses(lake, (await again(lake)).id))["b"] == "done"


async def test_databases_in_files_tell_by_the_file(world: World) -> None:
    await world.source(scanned=True)
    assert (await again(world, "shop")).tables_skipped == 5
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute("UPDATE customers SET phone = NULL")
        database.commit()
    assert (await again(world, "shop")).tables_skipped == 0
    file = world.folder / "d.duckdb"
    with duckdb.connect(str(file)) as duck:
        duck.execute("CREATE TABLE people AS SELECT 'a@example.org' AS email FROM range(9)")
    await world.call("data_sources.register_source", name="d", kind="duckdb", location=str(file))
    await world.call("data_sources.discover_assets", source="d")
    assert (await again(world, "d")).tables_skipped == 0
    assert (await again(world, "d")).tables_skipped == 1
    with duckdb.connect(str(file)) as duck:
        duck.execute("INSERT INTO people VALUES ('b@example.org')")
    assert (await again(world, "d")).tables_skipped == 0


@pytest.mark.postgres
async def test_servers_tell_by_what_was_written_or_the_catalog_decides(
    world: World, postgres: str
) -> None:
    url = create_database(postgres, "incremental_source")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE a AS SELECT 'a@example.org' AS mail")
        connection.execute("CREATE TABLE b AS SELECT 'b@example.org' AS mail")
        connection.execute("CREATE VIEW c AS SELECT mail FROM b")
    generic = url.replace("postgresql:", "postgresql+psycopg:")
    for name, kind, place in (("pg", "postgresql", url), ("any", "sqlalchemy", generic)):
        await world.call("data_sources.register_source", name=name, kind=kind, location=place)
        await world.call("data_sources.discover_assets", source=name)
        assert (await again(world, name)).tables_skipped == 0
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE b SET mail = 'new@example.org'")
    read = await statuses(world, (await again(world, "pg")).id)
    assert set(read.values()) == {"skipped", "done"}
    assert {name.removeprefix("public.") for name in read if read[name] == "done"} == {"b", "c"}
    report = await again(world, "any")
    told = await world.call("scan_logic.get_scan", scan=report.id, status="skipped")
    assert {one.table.removeprefix("public.") for one in told.progress.items} == {"a", "b"}
    assert all("when it was last discovered" in one.detail for one in told.progress.items)


async def test_some_tables_are_scanned_alone(lake: World) -> None:
    report = await lake.call("scan_logic.start_scan", source="lake", assets=["lake.b"])
    assert await statuses(lake, report.id) == {"b": "done"}
    assert len(await labels(lake, "lake")) == 3, "the others' labels stay"
