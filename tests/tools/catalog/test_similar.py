"""What resembles an asset is found with a score and the reasons for it, each of them true."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.likeness import Look, likeness
from tools.catalog.tables import Asset
from tools.indexing import render_tables


@pytest.fixture
async def shop(stocked: World) -> World:
    path = stocked.folder / "copy.sqlite"
    with sqlite3.connect(path) as database:
        database.executescript(
            """
            CREATE TABLE clients (id INTEGER PRIMARY KEY, firstName TEXT, email TEXT NOT NULL,
                                  phone TEXT, created_at TEXT);
            CREATE TABLE weather (day TEXT, degrees REAL);
            """
        )
        database.executemany(
            "INSERT INTO clients VALUES (?, 'Ada', ?, '+49 30 23120001', '2026-01-01')",
            [(number, f"ada{number}@example.org") for number in range(58)],
        )
    database.close()
    await stocked.call(
        "data_sources.register_source", name="copy", kind="sqlite", location=str(path)
    )
    await stocked.call("data_sources.discover_assets", source="copy")
    await stocked.call("scan_logic.start_scan", source="copy")
    async with stocked.runtime.database.reading() as session:
        tops = await session.scalars(select(Asset.id).where(Asset.kind != "column"))
        documents = await render_tables(session, list(tops))
    stocked.runtime.index.upsert(documents)
    return stocked


async def test_a_table_of_the_same_columns_comes_first_and_says_why(shop: World) -> None:
    for table in ("shop.customers", "copy.clients"):
        await shop.call("catalog.profile_asset", asset=table)
    found = await shop.call("catalog.find_similar_assets", asset="shop.customers")
    first = found.items[0]
    assert first.qualified_name == "copy.clients"
    assert first.reasons[0] == "4 of 5 columns the same, 1 more by name"
    assert any("both hold" in reason and "email" in reason for reason in first.reasons)
    assert "about as many rows (60 and 58)" in first.reasons
    assert "5 of 5 shared columns filled alike" in first.reasons
    assert "copy.weather" not in {one.qualified_name for one in found.items}
    assert [one.score for one in found.items] == sorted(
        (one.score for one in found.items), reverse=True
    )
    assert found.total >= found.returned
    here = await shop.call(
        "catalog.find_similar_assets", asset="shop.customers", source="shop", limit=1
    )
    assert {one.qualified_name.split(".")[0] for one in here.items} <= {"shop"}


async def test_columns_and_products_have_their_like(shop: World) -> None:
    column = await shop.call("catalog.find_similar_assets", asset="shop.customers.email")
    assert "copy.clients.email" in {one.qualified_name for one in column.items}
    assert {one.kind for one in column.items} == {"column"}
    for name, members in (("One", ["shop.orders", "shop.customers"]), ("Two", ["shop.orders"])):
        await shop.call("catalog.register_asset", kind="data_product", name=name, made_of=members)
    product = await shop.call("catalog.find_similar_assets", asset="Two")
    assert [one.name for one in product.items] == ["One"]
    assert product.items[0].reasons[0] == "made of 1 of 2 the same assets"


async def test_what_one_may_not_see_resembles_nothing(shop: World) -> None:
    await shop.person("Vera Lind", "viewer", source="shop")
    seen = await shop.call("catalog.find_similar_assets", "vera", asset="shop.customers")
    assert {one.qualified_name.split(".")[0] for one in seen.items} <= {"shop"}


def test_what_says_nothing_counts_nothing() -> None:
    one = Look(words=frozenset({"film"}), columns={"id": "integer", "title": "text"})
    assert likeness(one, one)[0] == 1.0
    other = Look(words=frozenset({"actor"}), columns={"number": "integer"})
    assert likeness(one, other) == (0.0, [])
    assert likeness(Look(frozenset()), Look(frozenset())) == (0.0, [])
