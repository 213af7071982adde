"""Checks and profiles of a PostgreSQL source: its types, and what Python has no form for."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.support.postgres import create_database
from tests.support.world import World

pytestmark = pytest.mark.postgres

SCHEMA = """
CREATE SCHEMA "o dd"; CREATE TYPE "o dd".mood AS ENUM ('good', 'bad');
CREATE TABLE "o dd"."we""ird%:x" (id int PRIMARY KEY, "mo od%" "o dd".mood, at timestamptz,
    body json, n numeric, tags text[], born date, f float8, raw bytea, ok boolean);
INSERT INTO "o dd"."we""ird%:x" VALUES
    (1, 'good', 'infinity', '{"k": 1}', 'NaN', '{a}', '0044-03-15 BC', 'Infinity', 'x', true),
    (2, 'bad', '2026-01-01 10:00+02', '{"k": 1}', 1.5, NULL, '2026-01-01', 2, NULL, false),
    (3, NULL, '2026-01-02', NULL, 2, NULL, '2026-01-03', 4, NULL, NULL);
"""


@pytest.fixture
async def odd(world: World, postgres: str) -> World:
    url = create_database(postgres, f"measured_{world.folder.name[-20:]}".replace("-", "_"))
    with psycopg.connect(url) as connection:
        connection.execute(SCHEMA.encode())
    await world.call("data_sources.register_source", name="odd", kind="postgresql", location=url)
    await world.call("data_sources.discover_assets", source="odd")
    return world


async def test_checks_and_profiles_know_its_types(odd: World) -> None:
    (table,) = (await odd.call("catalog.list_assets", source="odd")).items
    columns = {
        one.name: one.id for one in (await odd.call("catalog.list_assets", parent=table.id)).items
    }

    async def check(column: str, kind: str, **arguments: Any) -> None:
        await odd.call(
            "catalog.define_quality_check", asset=columns[column], kind=kind, **arguments
        )

    await check("mo od%", "accepted_values", values=["good", "it's 100%"])
    await check("mo od%", "not_null")
    await check("body", "unique")
    await check("at", "freshness", hours=1)
    await check("at", "range", maximum="2026-01-01T09:00:00")
    await check("born", "range", minimum="2026-01-01")
    await check("n", "range", minimum=0, maximum=1.75)
    run = await odd.call("catalog.run_quality_checks", asset=table.id)
    assert {one.name: (one.status, one.failed_rows) for one in run.results} == {
        "mo od% accepted values": ("failed", 1),
        "mo od% not null": ("failed", 1),
        "body unique": ("failed", 1),
        "at freshness": ("failed", None),
        "at range": ("failed", 2),
        "born range": ("failed", 1),
        "n range": ("failed", 2),
    }
    profile = await odd.call("catalog.profile_asset", asset=table.id)
    by_name = {one.name: one for one in profile.columns}
    assert profile.rows == 3
    assert (by_name["id"].least, by_name["id"].greatest) == (1, 3)
    assert (by_name["n"].least, by_name["n"].greatest) == (1.5, None)
    assert by_name["at"].least == "2026-01-01T08:00:00+00:00"
    assert (by_name["born"].least, by_name["born"].greatest) == (None, "2026-01-03")
    assert (by_name["f"].least, by_name["f"].greatest) == (2, None)
    assert (by_name["tags"].nulls, by_name["tags"].distinct) == (2, None)
    assert (by_name["raw"].nulls, by_name["ok"].distinct, by_name["body"].distinct) == (2, 2, 1)


async def test_large_tables_are_profiled_by_their_hashes(world: World, postgres: str) -> None:
    url = create_database(postgres, f"large_{world.folder.name[-20:]}".replace("-", "_"))
    with psycopg.connect(url) as connection:
        connection.execute(
            "CREATE TABLE big AS SELECT i AS id, i % 7 AS few, i * 0.5::numeric AS price, "
            "i::float8 AS weight, 'x' || i AS word, timestamp '2026-01-01' + i * interval '1 s' "
            "AS at, timestamptz '2026-01-01' + i * interval '1 s' AS zoned "
            "FROM generate_series(1, 1100000) i"
        )
        connection.execute("ANALYZE big")
    await world.call("data_sources.register_source", name="large", kind="postgresql", location=url)
    await world.call("data_sources.discover_assets", source="large")
    profile = await world.call("catalog.profile_asset", asset="large.big")
    counts = {one.name: one.distinct for one in profile.columns}
    assert counts.pop("few") == 7
    assert all(abs(count - 1_100_000) < 55_000 for count in counts.values()), counts
    assert all(one.distinct_estimated for one in profile.columns)
