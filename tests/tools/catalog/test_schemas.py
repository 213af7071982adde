"""Schemas are compared between tables, and between times, as the captured changes tell."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.support.shared import sample_database
from tests.support.world import World
from tools.database import now
from tools.errors import ChooseAnother, CorrectInput


def alter(world: World, *statements: str) -> None:
    with sqlite3.connect(world.folder / "shop.sqlite") as database:
        for statement in statements:
            database.execute(statement)
    database.close()


async def compare(world: World, **arguments: Any) -> set[tuple[str, str, str | None, str | None]]:
    found = await world.call("catalog.compare_schemas", **arguments)
    counts = ("added", "dropped", "renamed", "retyped", "nullable_changed", "key_changed")
    assert found.total == sum(getattr(found, count) for count in counts)
    return {(one.change, one.name, one.before, one.after) for one in found.items}


async def test_two_times_of_a_source_tell_its_drift(world: World) -> None:
    await world.source()
    first = now().isoformat()
    alter(
        world,
        "DROP VIEW v_top",
        "ALTER TABLE customers RENAME COLUMN phone TO mobile",
        "CREATE TABLE returns (id INTEGER PRIMARY KEY)",
        "DROP TABLE products",
        "CREATE TABLE products (sku INTEGER PRIMARY KEY, title TEXT NOT NULL, price NUMERIC)",
    )
    await world.call("data_sources.discover_assets", source="shop")
    second = now().isoformat()
    await world.call("catalog.tag_asset", asset="shop.orders", tag="late")
    alter(world, "DROP TABLE returns")
    await world.call("data_sources.discover_assets", source="shop")
    drift = {
        ("dropped", "v_top", "view", None),
        ("dropped", "v_top.email", "TEXT", None),
        ("dropped", "v_top.revenue", "ANY", None),
        ("renamed", "customers.mobile", "customers.phone", "customers.mobile"),
        ("retyped", "products.sku", "TEXT", "INTEGER"),
        ("nullable_changed", "products.title", "null", "not null"),
    }
    returns = {("added", "returns", None, "table"), ("added", "returns.id", None, "INTEGER")}
    assert await compare(world, source="shop", since=first) == drift
    assert await compare(world, source="shop", since=first, until=second) == drift | returns
    assert {one[:2] for one in await compare(world, source="shop", since=second)} == {
        ("dropped", "returns"),
        ("dropped", "returns.id"),
    }
    assert await compare(world, asset="shop.customers", since=first) == {
        one for one in drift if one[1].startswith("customers")
    }
    everything = await world.call("catalog.compare_schemas", source="shop", since="2020-01-01")
    assert (everything.dropped, everything.retyped) == (0, 0)
    assert everything.before == "shop, 2020-01-01 00:00 UTC"
    one = await world.call("catalog.compare_schemas", source="shop", since=first, limit=3)
    assert (one.total, one.returned, one.truncated) == (6, 3, True)
    rest = await world.call(
        "catalog.compare_schemas", source="shop", since=first, cursor=one.next_cursor
    )
    assert rest.returned == 3


async def test_two_tables_are_compared_by_their_columns(world: World) -> None:
    await world.call(
        "data_sources.register_source",
        name="pagila",
        kind="sqlite",
        location=str(sample_database("pagila")),
    )
    await world.call("data_sources.discover_assets", source="pagila")
    found = await compare(world, asset="pagila.actor", other="pagila.category")
    assert {one[:2] for one in found} == {
        ("added", "category_id"),
        ("added", "name"),
        ("dropped", "actor_id"),
        ("dropped", "first_name"),
        ("dropped", "last_name"),
    }
    assert await compare(world, asset="pagila.actor", other="actor") == set()


async def test_keys_are_part_of_a_schema(world: World) -> None:
    await world.source()
    alter(world, "CREATE TABLE wares (sku TEXT, title TEXT PRIMARY KEY, price NUMERIC)")
    await world.call("data_sources.discover_assets", source="shop")
    found = await compare(world, asset="shop.products", other="shop.wares")
    assert {one for one in found if one[0] == "key_changed"} == {
        ("key_changed", "sku", "key, place 1", "not of the key"),
        ("key_changed", "title", "not of the key", "key, place 1"),
    }


async def test_what_is_unclear_is_refused_with_the_ways_there_are(world: World) -> None:
    await world.source()
    unclear: list[tuple[dict[str, Any], str]] = [
        ({}, "Neither"),
        ({"asset": "shop.orders", "source": "shop", "since": "2026-01-01"}, "Both"),
        ({"asset": "shop.orders"}, "with what"),
        ({"asset": "shop.orders", "other": "products", "since": "2026-01-01"}, "as they are now"),
        ({"source": "shop", "since": "2026-02-01", "until": "2026-01-01"}, "not after"),
        ({"asset": "shop.orders.id", "since": "2026-02-01"}, "is a column"),
    ]
    for arguments, told in unclear:
        with pytest.raises(CorrectInput, match=told):
            await world.call("catalog.compare_schemas", **arguments)
    vera = await world.person("Vera Lind", "viewer", source="shop")
    await world.source("other")
    with pytest.raises(ChooseAnother):
        await world.call("catalog.compare_schemas", vera, source="other", since="2020-01-01")
