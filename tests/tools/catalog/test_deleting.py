"""What a source still holds isn't deleted; the rest goes whole, and says what depended on it."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.tables import Asset, LineageEdge
from tools.errors import ChooseAnother, CorrectInput, LookAgain


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.call(
        "catalog.register_asset",
        kind="data_product",
        name="Customer 360",
        made_of=["shop.customers"],
        owner="administrator",
    )
    await stocked.call(
        "catalog.register_asset", kind="dashboard", name="Weekly", made_of=["Customer 360"]
    )
    return stocked


async def test_what_the_source_still_holds_is_refused(shop: World) -> None:
    for asset in ("shop.products", "shop.products.title", "shop.v_top"):
        with pytest.raises(LookAgain, match="still in the source shop") as refused:
            await shop.call("catalog.delete_asset", asset=asset)
        assert "deprecate" in refused.value.remedy


async def test_what_is_gone_from_the_source_goes_with_all_that_hangs_on_it(shop: World) -> None:
    await shop.call("catalog.deprecate_asset", asset="products", reason="x", successor="v_top")
    await shop.call("catalog.define_quality_check", asset="shop.v_top", kind="row_count", minimum=1)
    with sqlite3.connect(shop.folder / "shop.sqlite") as database:
        database.execute("DROP VIEW v_top")
        database.execute("ALTER TABLE products DROP COLUMN title")
    database.close()
    column = await shop.call("catalog.delete_asset", asset="shop.products.title")
    assert (column.kind, column.columns) == ("column", 0)
    told = await shop.call("catalog.delete_asset", asset="shop.v_top")
    assert (told.columns, told.quality_checks) == (2, 1)
    assert told.was_successor_of == ["shop.products"]
    assert (await shop.call("catalog.get_asset", asset="shop.products")).successor is None
    with pytest.raises(ChooseAnother):
        await shop.call("catalog.get_asset", asset="shop.v_top")


async def test_a_product_goes_and_its_members_stay(shop: World) -> None:
    told = await shop.call("catalog.delete_asset", asset="Customer 360")
    assert [node.qualified_name for node in told.dependents] == ["shop.dashboards:Weekly"]
    assert told.dependents_total == 1
    async with shop.runtime.database.reading() as session:
        kinds = set(await session.scalars(select(LineageEdge.kind)))
        assert "declared" not in kinds
        assert await session.scalar(select(Asset.id).where(Asset.name == "customers"))


@pytest.mark.usefixtures("indexed")
async def test_a_deleted_asset_is_gone_from_the_index(shop: World) -> None:
    await shop.runtime.follower.start()
    await shop.runtime.follower.caught_up()
    before = await shop.call("search.unified", query="Customer 360", kind="asset")
    assert before.items[0].title.endswith("Customer 360")
    await shop.call("catalog.delete_asset", asset="Customer 360")
    await shop.runtime.follower.caught_up()
    await shop.runtime.follower.stop()
    after = await shop.call("search.unified", query="Customer 360", kind="asset")
    assert not any(hit.title.endswith("Customer 360") for hit in after.items)


async def test_successors_lead_on_and_never_back(shop: World) -> None:
    async def deprecate(asset: str, successor: str) -> None:
        await shop.call("catalog.deprecate_asset", asset=asset, reason="x", successor=successor)

    await deprecate("shop.orders", "shop.products")
    with pytest.raises(CorrectInput, match=r"has shop\.products as its own successor"):
        await deprecate("shop.products", "shop.orders")
    with pytest.raises(CorrectInput, match="can't take the place of a table"):
        await deprecate("shop.products", "shop.customers.email")
    told = await shop.call(
        "catalog.deprecate_asset", asset="shop.products", reason="x", successor="shop.customers"
    )
    assert told.was_successor_of == ["shop.orders"]
    with pytest.raises(CorrectInput, match=r"has shop\.customers as its own successor"):
        await deprecate("shop.customers", "shop.orders")
    back = await shop.call("catalog.reinstate_asset", asset="shop.orders")
    assert back.deprecated_at is None
    assert (await shop.call("catalog.get_asset", asset="shop.orders")).successor is None
    with pytest.raises(CorrectInput, match="isn't deprecated"):
        await shop.call("catalog.reinstate_asset", asset="shop.orders")
