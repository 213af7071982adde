"""Lineage of SQL text and dbt manifests in the catalog, and what is asked of it."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, CorrectInput

SCRIPT = """
CREATE TEMP TABLE spent AS SELECT customer_id, sum(total) AS spent FROM orders GROUP BY 1;
INSERT INTO products (title, price)
  SELECT c.first_name, s.spent FROM customers c JOIN spent s ON s.customer_id = c.id;
INSERT INTO archive SELECT * FROM orders;
UPDATE customers SET phone = nothing.phone FROM nothing;
SELECT * FROM broken((;
"""


@pytest.fixture
async def shop(world: World) -> World:
    await world.source()
    return world


async def links(world: World, asset: str, kind: str) -> set[tuple[str, str]]:
    found = await world.call("catalog.get_lineage", asset=asset, depth=1, direction="upstream")
    return {(one.upstream, one.downstream) for one in found.edges if one.kind == kind}


async def test_a_script_s_lineage_is_recorded_once_with_what_was_not_understood(
    shop: World,
) -> None:
    report = await shop.call("catalog.ingest_lineage", sql=SCRIPT, source="shop", name="nightly")
    assert (report.form, report.received, report.edges_added) == ("sql", 5, 4)
    assert {(one.upstream, one.downstream) for one in report.edges} == {
        ("shop.customers", "shop.products"),
        ("shop.orders", "shop.products"),
        ("shop.customers.first_name", "shop.products.title"),
        ("shop.orders.total", "shop.products.price"),
    }
    assert [(one.name, one.column) for one in report.unknown] == [
        ("archive", None),
        ("nothing", None),
    ]
    assert [one.line for one in report.problems] == [7]
    found = await shop.call("catalog.get_lineage", asset="products.price", depth=1)
    assert [(one.kind, one.evidence) for one in found.edges] == [("query", "nightly, line 3")]
    again = await shop.invoke("catalog.ingest_lineage", sql=SCRIPT, source="shop", name="nightly")
    assert (again.value.edges_added, again.value.edges_total, again.changes) == (0, 4, 0)
    impact = await shop.call("catalog.analyze_impact", asset="shop.orders.total")
    broken = {one.qualified_name: one for one in impact.breaks}
    assert broken["shop.products"].via == broken["shop.products.price"].via == "query"
    assert broken["shop.products"].distance == 1
    assert impact.breaks_total == len(impact.breaks)


async def test_sql_is_read_without_being_recorded(shop: World) -> None:
    read = await shop.invoke(
        "catalog.read_sql_lineage",
        sql="MERGE INTO products p USING orders o ON p.sku = o.sku "
        "WHEN MATCHED THEN UPDATE SET price = o.total; CREATE TABLE n AS SELECT * FROM elsewhere",
        source="shop",
    )
    value = read.value
    assert [(one.line, one.writes, one.reads) for one in value.items] == [
        (1, "products", ["orders"]),
        (1, "n", ["elsewhere"]),
    ]
    assert [(one.source_column, one.target_column) for one in value.columns] == [
        ("total", "price"),
        ("*", "*"),
    ]
    assert (read.changes, value.statements, value.columns_total) == (0, 2, 2)
    with pytest.raises(CorrectInput, match="no dialect"):
        await shop.call("catalog.read_sql_lineage", sql="SELECT 1", dialect="klingon")


async def test_lineage_is_sent_in_one_form_and_only_to_sources_that_one_may_write(
    shop: World,
) -> None:
    for wrong in ({}, {"sql": "SELECT 1", "events": []}):
        with pytest.raises(CorrectInput, match="either"):
            await shop.call("catalog.ingest_lineage", **wrong)
    await shop.source("other")
    report = await shop.call(
        "catalog.ingest_lineage",
        sql="INSERT INTO other.products SELECT sku, 'x', total FROM shop.orders",
        source="shop",
    )
    assert report.edges_added == 0
    assert "not of the source shop" in report.problems[0].reason
    steward = await shop.person("Vera Lind", "steward", source="shop")
    sql = "INSERT INTO other.products SELECT sku, 'x', total FROM shop.orders"
    with pytest.raises(AskForAccess):
        await shop.call("catalog.ingest_lineage", steward, sql=sql)
    nonsense = await shop.call("catalog.ingest_lineage", sql="SELEC FROM WHERE; SELECT 1")
    assert (nonsense.received, nonsense.ingested, nonsense.problems_total) == (2, 1, 1)
    across = await shop.call("catalog.ingest_lineage", sql=sql)
    assert across.edges_added == 3
    assert await links(shop, "other.products.price", "query") == {
        ("shop.orders.total", "other.products.price")
    }


def node(name: str, kind: str, table: str, *parents: str, **more: Any) -> dict[str, Any]:
    return {
        "unique_id": name,
        "resource_type": kind,
        "name": table,
        "database": "db",
        "schema": "main",
        "alias": table,
        "depends_on": {"nodes": list(parents), "macros": ["macro.dbt.is_incremental"]},
    } | more


def manifest(**changed: Any) -> dict[str, Any]:
    return {
        "metadata": {"adapter_type": "sqlite", "project_name": "jaffle"},
        "nodes": {
            "model.jaffle.base": node(
                "model.jaffle.base",
                "model",
                "base",
                "source.jaffle.raw.orders",
                compiled_code='SELECT sku, total AS amount FROM "db"."main"."orders"',
            ),
            "model.jaffle.products": node(
                "model.jaffle.products",
                "model",
                "products",
                "model.jaffle.base",
                "model.jaffle.gone",
                compiled_code="SELECT sku, 's3cret' AS title, max(amount) AS price FROM main.base",
            ),
            "test.jaffle.unique": node("test.jaffle.unique", "test", "u", "model.jaffle.base"),
            "snapshot.jaffle.bad": {"name": 3},
        },
        "sources": {
            "source.jaffle.raw.orders": node(
                "source.jaffle.raw.orders", "source", "orders", identifier="orders"
            )
        },
        "exposures": {
            "exposure.jaffle.weekly": node(
                "exposure.jaffle.weekly",
                "exposure",
                "weekly",
                "model.jaffle.products",
                description="Sales by week",
                url="https://bi.example.org/7",
            )
        },
    } | changed


async def test_a_dbt_project_s_edges_follow_its_manifest(shop: World) -> None:
    report = await shop.call("catalog.ingest_lineage", manifest=manifest(), source="shop")
    assert (report.form, report.received, report.edges_added) == ("dbt", 4, 2)
    assert {(one.upstream, one.downstream) for one in report.edges} == {
        ("shop.orders", "shop.products"),  # through a model that the database doesn't have
        ("shop.products", "shop.dashboards:jaffle.weekly"),
    }
    assert [(one.name, one.column) for one in report.unknown] == [("main.base", None)]
    assert {one.node: one.reason for one in report.problems} == {
        "snapshot.jaffle.bad": report.problems[0].reason,
        "model.jaffle.products": "It depends on model.jaffle.gone, which is not there.",
    }
    weekly = await shop.call("catalog.get_asset", asset="shop.dashboards:jaffle.weekly")
    assert (weekly.kind, weekly.comment) == (
        "dashboard",
        "Sales by week https://bi.example.org/7",
    )
    impact = await shop.call("catalog.analyze_impact", asset="shop.orders")
    assert "shop.dashboards:jaffle.weekly" in [one.qualified_name for one in impact.breaks]
    changes = await shop.invoke("catalog.ingest_lineage", manifest=manifest(), source="shop")
    assert (changes.changes, changes.value.edges_added) == (0, 0)
    less = manifest(exposures={})
    assert (
        await shop.call("catalog.ingest_lineage", manifest=less, source="shop")
    ).edges_removed == 1


async def test_dbt_columns_come_from_compiled_sql(shop: World) -> None:
    direct = manifest()
    direct["nodes"]["model.jaffle.products"] |= {
        "depends_on": {"nodes": ["source.jaffle.raw.orders"]},
        "compiled_code": "WITH o AS (SELECT * FROM main.orders) "
        "SELECT sku, max(total) AS price, max(nowhere) AS title FROM o",
    }
    report = await shop.call("catalog.ingest_lineage", manifest=direct, source="shop")
    assert await links(shop, "products.price", "dbt") == {
        ("shop.orders.total", "shop.products.price")
    }
    assert ("main.orders", "nowhere") in {(one.name, one.column) for one in report.unknown}
    for wrong, told in (({"nodes": []}, "no 'metadata'"), (manifest(), "isn't said")):
        with pytest.raises(CorrectInput, match=told):
            source = {} if told == "isn't said" else {"source": "shop"}
            await shop.call("catalog.ingest_lineage", manifest=wrong, **source)


async def test_a_table_s_columns_are_traced_in_one_call_and_totals_say_all(shop: World) -> None:
    found = await shop.call("catalog.get_lineage", asset="shop.v_top", depth=1, columns=True)
    assert (found.direction, found.depth, found.deeper, found.truncated) == (
        "both",
        1,
        True,
        False,
    )
    assert found.upstream_total == len(found.upstream) == 1
    assert found.edges_total == len(found.edges)
    by_name = {one.column: one for one in found.columns}
    assert by_name["revenue"].upstream == ["shop.v_revenue.revenue"]
    whole = await shop.call("catalog.get_lineage", asset="shop.v_top", columns=True)
    assert not whole.deeper
    by_name = {one.column: one for one in whole.columns}
    assert by_name["revenue"].upstream == ["shop.orders.total", "shop.v_revenue.revenue"]
    down = await shop.call(
        "catalog.get_lineage", asset="shop.orders", columns=True, direction="downstream"
    )
    totals = {one.column: (one.upstream, one.downstream) for one in down.columns}
    assert totals["total"] == ([], ["shop.v_revenue.revenue", "shop.v_top.revenue"])


async def test_what_is_not_listed_is_counted(shop: World) -> None:
    views = 520
    sql = "".join(f"CREATE VIEW w{number} AS SELECT sku FROM products;" for number in range(views))

    with sqlite3.connect(shop.folder / "shop.sqlite") as database:
        database.executescript(sql)
    database.close()
    await shop.call("data_sources.discover_assets", source="shop")
    found = await shop.call("catalog.get_lineage", asset="shop.products", depth=1)
    assert (found.downstream_total, len(found.downstream), found.truncated) == (521, 500, True)
    impact = await shop.call("catalog.analyze_impact", asset="shop.products")
    assert (impact.breaks_total, impact.truncated) == (520, True)
