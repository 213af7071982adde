"""Usage is counted from the log and from runs: of whom only how many, of what only what is seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.tables import Asset
from tools.catalog.usage import AssetUsage
from tools.database import now


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.person("Vera Lind", "viewer")
    await stocked.call("catalog.get_asset", asset="shop.orders")
    async with stocked.runtime.database.reading() as session:
        named = await session.scalar(select(Asset.id).where(Asset.name == "orders"))
    await stocked.call("catalog.get_asset", "vera", asset=named)
    await stocked.call("catalog.get_asset", "vera", asset="orders.total")
    await stocked.call("catalog.get_asset", asset="customers")
    await stocked.call("catalog.tag_asset", asset="customers", tag="x")
    await stocked.call("data_sources.preview_rows", asset="customers")
    await stocked.runtime.kernel.audit.flush()
    return stocked


async def usage(world: World, name: str, **wanted: Any) -> AssetUsage:
    found = await world.call("catalog.get_usage", **wanted)
    return next(one for one in found.items if one.asset == name)


async def test_what_most_people_look_at_comes_first(shop: World) -> None:
    found = await shop.call("catalog.get_usage", days=7)
    assert [one.asset for one in found.items] == [
        "shop.orders",
        "shop.customers",
        "shop.orders.total",
    ]
    orders, customers, _ = found.items
    assert (orders.looks, orders.people, orders.changes) == (3, 2, 0)
    assert (customers.looks, customers.people, customers.changes) == (2, 1, 1)
    assert (found.until - found.since).days == 7
    assert found.counted_since == found.since
    assert found.known_from
    assert orders.last_used_at is not None
    assert customers.feeds == 1  # v_revenue
    part = await shop.call("catalog.get_usage", limit=1)
    assert (part.total, part.returned, part.truncated) == (3, 1, True)


async def test_what_nobody_used_is_listed_too(shop: World) -> None:
    found = await shop.call("catalog.get_usage", unused=True)
    names = {one.asset for one in found.items}
    assert "shop.products" in names
    assert not names & {"shop.orders", "shop.customers", "shop.orders.total"}


async def test_an_asset_that_nobody_looks_at_is_told_too(shop: World) -> None:
    one = await usage(shop, "shop.products", asset="products")
    assert (one.looks, one.people, one.last_used_at) == (0, 0, None)


async def test_runs_of_pipelines_count(shop: World) -> None:
    at = now() - timedelta(days=1)
    for number in range(2):
        event = {
            "eventType": "COMPLETE",
            "eventTime": at.isoformat(),
            "producer": "https://example.org",
            "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
            "run": {"runId": f"0176a8c2-fe01-7439-87e6-56a1a1b4029{number}"},
            "job": {"namespace": "airflow", "name": "sum"},
            "inputs": [{"namespace": "racine://shop", "name": "orders"}],
            "outputs": [{"namespace": "racine://shop", "name": "products"}],
        }
        await shop.call("catalog.ingest_lineage", events=event)
    assert (await usage(shop, "shop.orders", asset="orders")).runs == 2
    assert (await usage(shop, "shop.orders", asset="orders")).feeds >= 2
    assert (await usage(shop, "shop.customers", asset="customers")).runs == 0


async def test_nothing_is_told_of_what_one_may_not_see(shop: World) -> None:
    await shop.source("vault")  # with tables of the same names
    await shop.person("Nils Berg", "viewer", source="vault")
    await shop.call("catalog.get_asset", asset="vault.orders")
    await shop.runtime.kernel.audit.flush()
    seen = await shop.call("catalog.get_usage", "nils")
    assert [one.asset for one in seen.items] == ["vault.orders"]
    here = await shop.call("catalog.get_usage", source="vault")
    assert [one.asset for one in here.items] == ["vault.orders"]
