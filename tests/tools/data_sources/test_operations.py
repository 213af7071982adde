"""Sources: registering, discovering again and again, previewing, removing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.world import World
from tools.context import Caller
from tools.errors import (
    AskForAccess,
    ChooseAnother,
    CorrectInput,
    LookAgain,
    MendSource,
)


def alter(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(script)


async def test_discovery_counts_what_there_is_and_a_second_one_changes_nothing(
    world: World,
) -> None:
    await world.source()
    report = await world.invoke("data_sources.discover_assets", source="shop")
    value = report.value
    assert (value.tables, value.views, value.columns, value.foreign_keys) == (3, 2, 17, 2)
    assert value.rows == 60 + 60 + 1
    assert (value.added, value.dropped, value.retyped) == ([], [], [])
    assert report.changes == 1, "only the source's own date of discovery"


async def test_discovery_reports_drift_and_keeps_what_people_wrote(world: World) -> None:
    await world.source(scanned=True)
    await world.person("Dana Weber")
    await world.call("catalog.describe_asset", asset="shop.customers", description="Who buys")
    await world.call("catalog.tag_asset", asset="shop.customers.email", tag="pii")
    await world.call("catalog.set_owner", asset="shop.customers", owner="dana")
    await world.call("classifications.confirm_classification", asset="shop.customers.email")
    before = await world.call("catalog.get_asset", asset="shop.customers")

    alter(
        world.folder / "shop.sqlite",
        "DROP VIEW v_top; DROP VIEW v_revenue; DROP TABLE orders; DROP TABLE products;"
        "CREATE TABLE products (sku TEXT PRIMARY KEY, title TEXT, price INTEGER);"
        "ALTER TABLE customers ADD COLUMN city TEXT; CREATE TABLE stock (n INTEGER);",
    )
    report = await world.call("data_sources.discover_assets", source="shop")
    assert report.added == ["shop.customers.city", "shop.stock", "shop.stock.n"]
    assert report.retyped == ["shop.products.price: NUMERIC → INTEGER"]
    assert "shop.orders" in report.dropped and "shop.v_top.revenue" in report.dropped
    assert "shop.customers" not in report.dropped

    after = await world.call("catalog.get_asset", asset="shop.customers")
    assert after.id == before.id
    assert (after.description, after.owner) == ("Who buys", "Dana Weber")
    email = next(column for column in after.columns if column.name == "email")
    assert email.tags == ["pii"] and email.labels == ["email"]
    (label,) = (await world.call("classifications.explain_classification", asset=email.id)).items
    assert label.status == "confirmed"
    lineage = await world.call("catalog.get_lineage", asset="shop.customers")
    assert lineage.downstream == [], "edges of what is gone are gone"


async def test_what_is_gone_takes_its_findings_and_labels_along(world: World) -> None:
    await world.source(scanned=True)
    await world.call("compliance.evaluate_compliance", source="shop")
    assert (await world.call("compliance.list_findings", asset="shop.customers.email")).total
    removed = await world.call("data_sources.remove_source", source="shop")
    assert removed.assets == 3 + 2 + 17
    assert (world.folder / "shop.sqlite").exists(), "the data stays as it is"
    assert (await world.call("catalog.list_assets")).total == 0
    assert (await world.call("compliance.list_findings")).total == 0
    assert (await world.call("classifications.list_classified_columns")).total == 0
    with pytest.raises(ChooseAnother):
        await world.call("data_sources.get_source", source="shop")


async def test_sources_are_filtered_and_paged_with_honest_totals(world: World) -> None:
    await world.person("Dana Weber")
    for name in ("a", "b", "c"):
        await world.source(name)
    path = world.folder / "d.sqlite"
    alter(path, "CREATE TABLE t (i)")
    await world.call(
        "data_sources.register_source",
        name="d",
        kind="sqlite",
        location=str(path),
        environment="Staging",
        owner="dana",
    )
    first = await world.call("data_sources.list_sources", limit=3)
    assert (first.total, first.returned, first.truncated) == (4, 3, True)
    rest = await world.call("data_sources.list_sources", limit=3, cursor=first.next_cursor)
    assert [one.name for one in first.items + rest.items] == ["a", "b", "c", "d"]
    assert (rest.truncated, rest.next_cursor) == (False, None)
    for wanted in ({"environment": "staging"}, {"owner": "dana weber"}):
        assert [
            one.name for one in (await world.call("data_sources.list_sources", **wanted)).items
        ] == ["d"]
    assert (await world.call("data_sources.list_sources", kind="duckdb")).total == 0
    assert (await world.call("data_sources.list_sources", tag="pii")).total == 0
    await world.call("data_sources.update_source", source="d", tags=["PII", "core"])
    assert (await world.call("data_sources.list_sources", tag="pii")).total == 1
    assert (await world.call("data_sources.list_sources", status="connected")).total == 1
    assert (await world.call("data_sources.list_sources", status="discovered")).total == 3
    with pytest.raises(CorrectInput, match="cursor"):
        await world.call("data_sources.list_sources", cursor="%%%")


async def test_registering_refuses_a_name_that_is_taken_and_what_can_not_be_opened(
    world: World,
) -> None:
    await world.source()
    path = str(world.folder / "shop.sqlite")
    with pytest.raises(LookAgain, match="already a source named 'shop'"):
        await world.call("data_sources.register_source", name="SHOP", kind="sqlite", location=path)
    with pytest.raises(CorrectInput) as refusal:
        await world.call("data_sources.register_source", name="x", kind="duckdb", location=path)
    assert refusal.value.problem_code == "wrong_kind"
    with pytest.raises(CorrectInput):
        await world.call(
            "data_sources.register_source", name="no name!", kind="files", location=path
        )
    with pytest.raises(ChooseAnother, match="nobody called"):
        await world.call(
            "data_sources.register_source", name="y", kind="sqlite", location=path, owner="ghost"
        )
    with pytest.raises(CorrectInput):
        await world.call(
            "data_sources.register_source", name="z", kind="postgresql", location="no url"
        )
    with pytest.raises(ChooseAnother, match="stored for somebody else"):
        await world.call(
            "data_sources.register_source",
            name="z",
            kind="postgresql",
            location=f"postgresql://a:sec_{'0' * 16}@localhost/b",
        )


async def test_health_is_told_and_a_source_that_went_is_noted(world: World) -> None:
    await world.source()
    health = await world.call("data_sources.check_health", source="shop")
    assert health.reachable and health.latency_ms >= 0 and health.tables == 5
    assert health.server_version.startswith("SQLite")
    assert health.rows == 121 and health.last_discovery is not None and health.last_scan is None
    assert [(one.table, one.rows) for one in health.largest] == [
        ("shop.customers", 60),
        ("shop.orders", 60),
        ("shop.products", 1),
    ]
    await world.call("data_sources.test_connection", source="shop")
    assert (await world.call("data_sources.get_source", source="shop")).status == "discovered"
    (world.folder / "shop.sqlite").unlink()
    health = await world.call("data_sources.test_connection", source="shop")
    assert not health.reachable
    assert "be found" in health.detail
    assert (await world.call("data_sources.get_source", source="shop")).status == "unreachable"
    with pytest.raises(MendSource) as failure:
        await world.call("data_sources.discover_assets", source="shop")
    assert failure.value.problem_code == "no_such_path"
    assert (await world.call("catalog.list_assets")).total == 5, "a failed discovery drops nothing"


async def test_connectors_and_summaries_tell_what_there_is(world: World) -> None:
    kinds = {one.kind: one for one in (await world.call("data_sources.list_connectors")).items}
    assert set(kinds) == {"sqlite", "postgresql", "mysql", "duckdb", "files", "sqlalchemy"}
    assert all(one.installed for one in kinds.values())
    assert "password" in [field.name for field in kinds["postgresql"].fields]
    await world.source()
    profile = await world.call("data_sources.summarize_source", source="shop")
    assert (profile.tables, profile.views, profile.columns, profile.rows) == (3, 2, 17, 121)
    assert (profile.sensitive_columns, profile.unscanned) == (0, True)
    await world.call("scan_logic.start_scan", source="shop")
    profile = await world.call("data_sources.summarize_source", source="shop")
    assert profile.sensitive_columns >= 2 and not profile.unscanned
    empty = world.folder / "empty.sqlite"
    empty.touch()
    await world.call(
        "data_sources.register_source", name="empty", kind="sqlite", location=str(empty)
    )
    profile = await world.call("data_sources.summarize_source", source="empty")
    assert (profile.tables, profile.columns, profile.rows) == (0, 0, 0)


async def test_previews_mask_by_the_catalogs_labels_and_by_who_asks(world: World) -> None:
    await world.source(scanned=True)
    await world.person("Vera Lind", "viewer")
    await world.person("Stella Ray", "steward", source="shop")

    async def emails(who: Caller | str | None) -> list[object]:
        rows = await world.call("data_sources.preview_rows", who, asset="shop.customers", limit=3)
        place = [column.name for column in rows.columns].index("email")
        assert (rows.total, rows.returned, rows.truncated) == (60, 3, True)
        return [row[place] for row in rows.rows]

    assert await emails(None) == [
        "julia0@example.org",
        "omar1@example.org",
        "ingrid2@example.org",
    ]
    assert await emails("stella") == await emails(None)
    assert not any("@example.org" in str(one) for one in await emails("vera"))
    model = Caller(world.administrator.user_id, "assistant", masked=True)
    assert not any("julia0" in str(one) for one in await emails(model))
    with pytest.raises(CorrectInput, match="is a column"):
        await world.call("data_sources.preview_rows", asset="shop.customers.email")
    alter(world.folder / "shop.sqlite", "ALTER TABLE customers ADD COLUMN passport TEXT")
    with pytest.raises(LookAgain, match="passport"):
        await world.call("data_sources.preview_rows", asset="shop.customers")


async def test_who_may_not_is_refused_and_sees_nothing_of_the_rest(world: World) -> None:
    await world.source("shop")
    await world.source("crm")
    await world.person("Vera Lind", "viewer", source="crm")
    assert [one.name for one in (await world.call("data_sources.list_sources", "vera")).items] == [
        "crm"
    ]
    with pytest.raises(ChooseAnother):
        await world.call("data_sources.get_source", "vera", source="shop")
    with pytest.raises(AskForAccess, match=r"data_sources\.write"):
        await world.call("data_sources.discover_assets", "vera", source="crm")
    with pytest.raises(AskForAccess):
        await world.call("data_sources.remove_source", "vera", source="crm")


async def test_views_over_views_with_stars_and_ctes_have_column_lineage(world: World) -> None:
    path = world.folder / "w.sqlite"
    alter(
        path,
        """
        CREATE TABLE orders (id INTEGER, total NUMERIC, who TEXT);
        CREATE VIEW v1 AS SELECT * FROM orders;
        CREATE VIEW v2 AS WITH orders AS (SELECT id, total FROM v1), n AS (SELECT * FROM orders)
            SELECT id AS key, max(total) FROM n GROUP BY id;
        CREATE VIEW v3 (k, biggest) AS SELECT * FROM v2;
        """,
    )
    await world.call("data_sources.register_source", name="w", kind="sqlite", location=str(path))
    await world.call("data_sources.discover_assets", source="w")
    lineage = await world.call("catalog.get_lineage", asset="w.v3.biggest", direction="upstream")
    assert [node.qualified_name for node in lineage.upstream] == [
        "w.v2.max(total)",
        "w.v1.total",
        "w.orders.total",
    ]
    tables = await world.call("catalog.get_lineage", asset="w.v2", direction="upstream", depth=1)
    assert [node.qualified_name for node in tables.upstream] == ["w.v1"]
