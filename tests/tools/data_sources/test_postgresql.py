"""PostgreSQL as a source: exact inventories with lineage, and read-only for real."""

from __future__ import annotations

import json
from collections.abc import Iterator
from time import perf_counter
from typing import Any

import psycopg
import pytest

from tests.support.postgres import create_database, load_dump
from tests.support.shared import shared_data
from tests.support.world import World
from tools.data_sources.connectors import open_connector
from tools.data_sources.drivers.postgresql import PostgresConnector
from tools.data_sources.inventory import Connection, ConnectorError, Inventory
from tools.errors import MendSource

pytestmark = pytest.mark.postgres

LIMITED = """
CREATE ROLE reader LOGIN PASSWORD 'tops3cret';
CREATE TABLE "we""ird" (id serial PRIMARY KEY, "select" text);
COMMENT ON TABLE "we""ird" IS 'Odd';
COMMENT ON COLUMN "we""ird"."select" IS 'A reserved word';
INSERT INTO "we""ird" ("select") VALUES ('x'), (NULL);
CREATE TABLE hidden (id int);
CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n)
    SELECT count(*) AS i FROM n;
CREATE FUNCTION unlock() RETURNS text LANGUAGE sql AS
    $$ SELECT set_config('default_transaction_read_only', 'off', false) $$;
CREATE FUNCTION plant() RETURNS int LANGUAGE sql AS
    $$ INSERT INTO "we""ird" ("select") VALUES ('planted') RETURNING id $$;
CREATE VIEW a_unlocks AS SELECT unlock() AS x;
CREATE VIEW b_plants AS SELECT plant() AS x;
CREATE TABLE big AS SELECT i AS place, NULL::bytea AS b FROM generate_series(1, 200000) i;
ANALYZE big;
CREATE SCHEMA other; CREATE TABLE other."we""ird" (id int REFERENCES "we""ird");
GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader; REVOKE ALL ON hidden FROM reader;
"""


@pytest.fixture(scope="module")
def samples(postgres: str) -> dict[str, str]:
    urls = {}
    for name in ("chinook", "northwind", "pagila"):
        urls[name] = create_database(postgres, f"sample_{name}")
        load_dump(urls[name], shared_data() / "databases_pg" / f"{name}.sql.gz")
    return urls


@pytest.fixture(scope="module")
def limited(postgres: str) -> Iterator[str]:
    url = create_database(postgres, "limited")
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(LIMITED)
    yield url
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as database:
        database.execute("DROP DATABASE limited WITH (FORCE)")
        database.execute("DROP ROLE reader")


def discover(url: str, *schemas: str) -> Inventory:
    with open_connector(Connection(kind="postgresql", location=url, schemas=schemas)) as connector:
        return connector.discover()


def rows_expected(name: str) -> dict[str, int]:
    expected = json.loads((shared_data() / "databases" / "expected_inventory.json").read_text())
    return {table: facts["rows"] for table, facts in expected[f"databases/{name}.sqlite"].items()}


def test_pagila_is_read_whole(samples: dict[str, str]) -> None:
    inventory = discover(samples["pagila"])
    found = {table.name: table for table in inventory.tables}
    tables = {name: one.row_count for name, one in found.items() if one.kind == "table"}
    assert tables == rows_expected("pagila"), "the partitions of payment count once, as payment"
    assert {name for name, one in found.items() if one.kind == "view"} == {
        "actor_info", "customer_list", "film_list", "nicer_but_slower_film_list",
        "rental_by_category", "sales_by_film_category", "sales_by_store", "staff_list",
    }  # fmt: skip
    assert all(one.view_sql for one in found.values() if one.kind == "view")
    film = {column.name: column for column in found["film"].columns}
    assert (film["rating"].data_type, film["rating"].coarse_type) == ("mpaa_rating", "text")
    assert (film["release_year"].data_type, film["release_year"].coarse_type) == ("year", "integer")
    assert film["special_features"].coarse_type == "other"
    keys = {
        key.columns: (key.target_table, key.target_columns) for key in found["film"].foreign_keys
    }
    assert keys[("language_id",)] == ("language", ("language_id",))
    assert {key.target_table for key in found["payment"].foreign_keys} == {
        "customer", "staff", "rental",
    }, "keys that stand on the partitions are payment's"  # fmt: skip
    assert len(found["payment"].foreign_keys) == 3


@pytest.mark.parametrize(("name", "tables", "keys"), [("chinook", 11, 11), ("northwind", 13, 0)])
def test_chinook_and_northwind_are_read_whole(
    samples: dict[str, str], name: str, tables: int, keys: int
) -> None:
    inventory = discover(samples[name])
    assert len(inventory.tables) == tables
    assert sum(len(table.foreign_keys) for table in inventory.tables) == keys
    assert sorted(table.row_count or 0 for table in inventory.tables) == sorted(
        rows_expected(name).values()
    )


async def test_the_views_of_pagila_have_their_lineage(
    world: World, samples: dict[str, str]
) -> None:
    await world.call(
        "data_sources.register_source", name="pagila", kind="postgresql", location=samples["pagila"]
    )
    report = await world.call("data_sources.discover_assets", source="pagila")
    assert (report.tables, report.views, report.warnings) == (15, 8, [])
    lineage = await world.call(
        "catalog.get_lineage", asset="pagila.sales_by_store", direction="upstream", depth=1
    )
    assert {node.qualified_name for node in lineage.upstream} == {
        f"pagila.{name}"
        for name in (
            "address",
            "city",
            "country",
            "inventory",
            "payment",
            "rental",
            "staff",
            "store",
        )
    }
    column = await world.call(
        "catalog.get_lineage", asset="pagila.customer_list.country", direction="upstream", depth=1
    )
    assert [node.qualified_name for node in column.upstream] == ["pagila.country.country"]
    impact = await world.call("catalog.analyze_impact", asset="pagila.customer.first_name")
    assert {"pagila.customer_list", "pagila.customer_list.name"} <= {
        node.qualified_name for node in impact.breaks
    }
    again = await world.call("data_sources.discover_assets", source="pagila")
    assert (again.added, again.dropped, again.retyped) == ([], [], [])


def test_writing_is_refused_by_the_server(limited: str) -> None:
    with PostgresConnector(Connection(kind="postgresql", location=limited), 5) as connector:
        for statement in ("DELETE FROM big", "CREATE TABLE x (i int)", "COPY big TO '/tmp/x'"):
            with pytest.raises(psycopg.Error), connector._database.transaction():
                connector._database.execute(statement.encode())


def test_a_function_behind_a_view_can_not_unlock_the_session(limited: str) -> None:
    with open_connector(Connection(kind="postgresql", location=limited)) as connector:
        connector.preview("public", "a_unlocks", 1)
        for read in (connector.preview, lambda s, t, n: connector.sample(s, t, ["x"], n)):
            with pytest.raises(ConnectorError):
                read("public", "b_plants", 1)
        assert connector.sample("public", 'we"ird', ["select"], 10) == {"select": ["x"]}


def test_a_query_that_never_ends_is_given_up(limited: str) -> None:
    started = perf_counter()
    with open_connector(
        Connection(kind="postgresql", location=limited), timeout_seconds=0.3
    ) as connector:
        with pytest.raises(ConnectorError) as failure:
            connector.preview("public", "endless", 1)
        assert connector.version().startswith("PostgreSQL ")
    assert failure.value.code == "source_timeout"
    assert perf_counter() - started < 5


def test_names_comments_and_schemas_are_read(limited: str) -> None:
    inventory = discover(limited, "public")
    found = {table.name: table for table in inventory.tables}
    assert found['we"ird'].comment == "Odd"
    assert found['we"ird'].columns[1].comment == "A reserved word"
    (only,) = discover(limited, "other").tables
    assert only.foreign_keys[0].target_schema == "public"
    with open_connector(Connection(kind="postgresql", location=limited)) as connector:
        assert connector.preview("public", 'we"ird', 1) == (["id", "select"], [[1, "x"]])
        places = [int(str(one)) for one in connector.sample(None, "big", ["place"], 200)["place"]]
    assert len(places) == 200


def test_what_the_user_may_not_read_is_a_warning(limited: str) -> None:
    url = limited.replace("postgres@", "reader@")
    inventory = discover(url, "public")
    assert "public.hidden: the user may not read it" in inventory.warnings
    hidden = next(table for table in inventory.tables if table.name == "hidden")
    assert hidden.row_count is None
    with open_connector(Connection(kind="postgresql", location=url)) as connector:
        with pytest.raises(ConnectorError) as failure:
            connector.sample("public", "hidden", ["id"], 1)
        assert failure.value.code == "source_forbidden"
        assert "GRANT" in failure.value.remedy.upper()
        with pytest.raises(ConnectorError) as failure:
            connector.preview("public", "nowhere", 1)
        assert failure.value.code == "source_failed"


async def test_passwords_are_nowhere_but_sealed(world: World, limited: str) -> None:
    secret = "tops3cret"
    with_password = limited.replace("postgres@", f"reader:{secret}@")
    seen: list[Any] = []
    seen.append(
        await world.call(
            "data_sources.register_source", name="pg", kind="postgresql", location=with_password
        )
    )
    assert "reader@" in seen[0].location
    seen.append(await world.call("data_sources.check_health", source="pg"))
    assert seen[-1].reachable
    down = with_password.replace("/limited", "/nowhere")
    for location in (down, f"{down}?options=x&password={secret}", f"mysql://a:{secret}@h/b"):
        with pytest.raises(Exception) as failure:
            await world.call(
                "data_sources.register_source", name="b", kind="postgresql", location=location
            )
        seen.append(failure.value)
    with pytest.raises(MendSource):
        await world.call(
            "data_sources.register_source",
            name="c",
            kind="postgresql",
            location=limited.replace("limited", "nowhere"),
            password=secret,
        )
    await world.runtime.kernel.close()
    page = await world.call("activity.search")
    assert page.total > 4
    seen += [page, *[await world.call("activity.get", activity=one.id) for one in page.items]]
    for one in seen:
        assert secret not in repr(one)
        assert secret not in str(one)
    async with world.runtime.database.reading() as session:
        for table in ("activity", "changes", "sources"):
            rows = await (await session.connection()).exec_driver_sql(f"SELECT * FROM {table}")
            assert secret not in repr(rows.all())


async def test_a_server_that_is_not_there_is_said_to_be_unreachable(world: World) -> None:
    with pytest.raises(MendSource) as failure:
        await world.call(
            "data_sources.register_source",
            name="gone",
            kind="postgresql",
            location="postgresql://u@127.0.0.1:1/db",
        )
    assert failure.value.problem_code == "source_unreachable"
