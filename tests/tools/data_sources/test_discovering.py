"""Discovering again: what was renamed stays what it is, what is unchanged isn't written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.world import World
from tools.data_sources.comparing import Facts, Known, compare
from tools.data_sources.inventory import ColumnInfo, Inventory, TableInfo
from tools.data_sources.renames import ColumnLook, TableLook, renamed_columns, renamed_tables


def alter(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(script)


async def rediscover(world: World, script: str) -> Any:
    alter(world.folder / "shop.sqlite", script)
    return await world.call("data_sources.discover_assets", source="shop")


async def test_a_renamed_column_keeps_its_tags_and_classifications(world: World) -> None:
    await world.source(scanned=True)
    await world.call("catalog.tag_asset", asset="shop.customers.email", tag="pii")
    await world.call("classifications.confirm_classification", asset="shop.customers.email")
    before = await world.call("catalog.get_asset", asset="shop.customers.email")
    report = await rediscover(
        world,
        "DROP VIEW v_top; DROP VIEW v_revenue; ALTER TABLE customers RENAME email TO contact",
    )
    assert report.renamed == ["shop.customers.email → shop.customers.contact"]
    assert report.added == [] and report.retyped == []
    assert all(name.startswith("shop.v_") for name in report.dropped)
    after = await world.call("catalog.get_asset", asset="shop.customers.contact")
    assert after.id == before.id and after.tags == ["pii"] and after.labels == ["email"]
    (label,) = (await world.call("classifications.explain_classification", asset=after.id)).items
    assert label.status == "confirmed"
    rows = await world.call("data_sources.preview_rows", asset="shop.customers", limit=1)
    assert "contact" in [column.name for column in rows.columns]


async def test_a_renamed_table_keeps_its_columns_owner_and_edges(world: World) -> None:
    await world.source(scanned=True)
    await world.person("Dana Weber")
    await world.call("catalog.set_owner", asset="shop.customers", owner="dana")
    before = await world.call("catalog.get_asset", asset="shop.customers")
    report = await rediscover(
        world,
        "DROP VIEW v_top; DROP VIEW v_revenue; ALTER TABLE customers RENAME TO clients;"
        "ALTER TABLE clients ADD COLUMN city TEXT",
    )
    assert report.renamed == ["shop.customers → shop.clients"]
    assert report.added == ["shop.clients.city"]
    after = await world.call("catalog.get_asset", asset="shop.clients")
    assert (after.id, after.owner) == (before.id, "Dana Weber")
    assert {one.id for one in before.columns} < {one.id for one in after.columns}
    lineage = await world.call("catalog.get_lineage", asset="shop.clients")
    assert [node.qualified_name for node in lineage.downstream] == ["shop.orders"]


async def test_only_what_changed_is_written(world: World) -> None:
    await world.source()
    alter(world.folder / "shop.sqlite", "INSERT INTO products VALUES ('B-2', 'Desk', 90)")
    again = await world.invoke("data_sources.discover_assets", source="shop")
    assert again.changes == 2, "the source's date, and one table's count of rows"
    assert again.value.unchanged == 4


async def test_tables_that_look_alike_are_never_taken_for_each_other(world: World) -> None:
    path = world.folder / "logs.sqlite"
    alter(path, "CREATE TABLE log_1 (at TEXT, what TEXT); CREATE TABLE log_2 (at TEXT, what TEXT)")
    location = str(path)
    await world.call("data_sources.register_source", name="logs", kind="sqlite", location=location)
    await world.call("data_sources.discover_assets", source="logs")
    alter(path, "DROP TABLE log_1; CREATE TABLE log_3 (at TEXT, what TEXT)")
    report = await world.call("data_sources.discover_assets", source="logs")
    assert report.renamed == []
    assert report.added == ["logs.log_3", "logs.log_3.at", "logs.log_3.what"]
    assert report.dropped == ["logs.log_1", "logs.log_1.at", "logs.log_1.what"]


async def test_thousands_of_tables_are_discovered_with_progress_and_honest_totals(
    world: World,
) -> None:
    path = world.folder / "wide.sqlite"
    tables = "".join(
        f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY, a{number} TEXT);"
        for number in range(2000)
    )
    alter(path, f"PRAGMA synchronous = OFF; BEGIN; {tables} COMMIT;")
    await world.call("data_sources.register_source", name="wide", kind="sqlite", location=str(path))
    told: list[tuple[int, int]] = []
    invocation = await world.runtime.kernel.invoke(
        "data_sources.discover_assets",
        {"source": "wide"},
        world.administrator,
        progress=lambda _what, done, total: told.append((done, total)),
    )
    report: Any = invocation.value
    assert told == [(done, 2000) for done in range(2000)]
    assert (report.tables, report.columns) == (2000, 4000)
    assert report.totals["added"] == 6000 and report.truncated and len(report.added) == 500
    again = await world.invoke("data_sources.discover_assets", source="wide")
    assert again.changes == 1
    assert (again.value.unchanged, again.value.truncated) == (2000, False)


# ---- which is which, without a database ------------------------------------------------------


def look(*columns: str) -> list[ColumnLook]:
    """Columns as `name:type`, the key's with a star behind."""
    parts = [column.partition(":") for column in columns]
    return [
        ColumnLook(name.rstrip("*"), kind or "text", 1 if name.endswith("*") else None)
        for name, _, kind in parts
    ]


@pytest.mark.parametrize(
    ("before", "after", "renamed"),
    [
        ("id* a b", "id* x b", {"x": "a"}),
        ("id* a b", "key* a b", {"key": "id"}),
        ("id* a b", "id* a c", {"c": "b"}),
        ("id* a b", "id* a b c", {}),
        ("id* a b", "id* b", {}),
        ("id* a b", "id* a b:int", {}),
        ("id* a b", "id* a c:int", {}),
        ("id* a b:int", "id* b2 a:int c", {}),
        ("a b c", "x y z", {"x": "a", "y": "b", "z": "c"}),
        ("id* mail phone", "id* e_mail telephone city", {"e_mail": "mail", "telephone": "phone"}),
        ("a b c d", "d c x a", {}),
    ],
)
def test_columns(before: str, after: str, renamed: dict[str, str]) -> None:
    assert renamed_columns(look(*before.split()), look(*after.split())) == renamed


def table(name: str, columns: str, rows: int | None = 5, kind: str = "table") -> TableLook:
    return TableLook(name, kind, tuple(look(*columns.split())), rows)


def test_tables() -> None:
    def pairs(gone: list[TableLook], come: list[TableLook], *kept: TableLook) -> list[str]:
        return [f"{a.name}>{b.name}" for a, b in renamed_tables(gone, come, kept)]

    old = table("old", "id* a b c d")
    assert pairs([old], [table("new", "id* a b c d")]) == ["old>new"]
    assert pairs([old], [table("new", "id* a b c d", None)]) == ["old>new"]
    assert pairs([old], [table("new", "id* a b c e")]) == ["old>new"]
    assert pairs([old], [table("new", "id* a b x e")]) == []
    assert pairs([old], [table("new", "id* a b c d", 5000)]) == [], "filled with something else"
    assert pairs([old], [table("new", "id* a b c d", kind="view")]) == []
    assert pairs([old], [table("n", "id* a b c d"), table("m", "id* a b c d")]) == []
    assert pairs([old, table("other", "id* a b c d")], [table("n", "id* a b c d")]) == []
    assert pairs([old], [table("n", "id* a b c d")], table("k", "id* a b c d")) == []
    assert pairs([old], [table("n", "id* a b c d"), table("m", "id* a b c x")]) == ["old>n"]


TYPES = st.sampled_from(["TEXT", "INTEGER"])
TABLES = st.dictionaries(
    st.sampled_from(["t", "u", "v", "w"]), st.lists(st.tuples(st.sampled_from("abcdef"), TYPES))
)


def inventory_of(tables: dict[str, list[tuple[str, str]]]) -> Inventory:
    return Inventory(
        tables=tuple(
            TableInfo(
                schema_name=None,
                name=name,
                kind="table",
                columns=tuple(
                    ColumnInfo(
                        name=column,
                        data_type=data_type,
                        coarse_type="text",
                        nullable=True,
                        position=position,
                    )
                    for position, (column, data_type) in enumerate(columns, 1)
                ),
            )
            for name, columns in tables.items()
        ),
        dialect="sqlite",
        server_version="1",
    )


@given(TABLES, TABLES)
def test_whatever_changes_the_catalog_ends_as_the_source_is(
    before: dict[str, list[tuple[str, str]]], after: dict[str, list[tuple[str, str]]]
) -> None:
    first = compare("s", inventory_of(before), [])
    known = {one.id: Known(*one) for one in first.new}
    found = compare("s", inventory_of(after), list(known.values()))
    for gone in found.gone:
        del known[gone.id]
    for asset_id, fields in found.changed.items():
        fields.pop("search_name", None)
        old = known[asset_id]
        known[asset_id] = Known(asset_id, old.parent_id, old.facts._replace(**fields))
    for one in found.new:
        known[one.id] = Known(*one)
    wanted = compare("s", inventory_of(after), []).new
    assert sorted(one.facts for one in known.values()) == sorted(one.facts for one in wanted)
    tables = {one.id for one in known.values() if one.parent_id is None}
    for one in known.values():
        if one.parent_id is not None:
            assert one.parent_id in tables
            parent: Facts = known[one.parent_id].facts
            assert one.facts.qualified_name == f"{parent.qualified_name}.{one.facts.name}"
    once_more = compare("s", inventory_of(after), list(known.values()))
    assert (once_more.new, once_more.changed, once_more.gone) == ([], {}, [])
