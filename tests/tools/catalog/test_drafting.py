"""Descriptions are drafted of what is known, marked as drafts, and overwrite nothing unasked."""

from __future__ import annotations

from tests.support.world import World


async def test_a_draft_says_what_is_known_and_that_it_is_one(world: World) -> None:
    await world.source("shop", scanned=True)
    told = await world.call("catalog.draft_descriptions", asset="shop.customers", parts="both")
    assert told.kept == 0
    texts = {one.asset: one.description for one in told.drafted}
    assert all(text.startswith("Draft: ") for text in texts.values())
    assert "email" in texts["shop.customers"].lower()
    seen = await world.call("catalog.get_asset", asset="shop.customers")
    assert seen.description == texts["shop.customers"]
    assert all(column.description for column in seen.columns)


async def test_what_a_person_wrote_stays_unless_it_is_to_be_replaced(world: World) -> None:
    await world.source("shop")
    await world.call("catalog.describe_asset", asset="shop.customers", description="Who buys")
    told = await world.call("catalog.draft_descriptions", asset="shop.customers")
    assert (told.drafted, told.kept) == ([], 1)
    assert "stays" in told.ahead
    told = await world.call("catalog.draft_descriptions", asset="shop.customers", replace=True)
    assert told.drafted[0].description.startswith("Draft: ")


async def test_of_the_columns_alone_the_table_is_left(world: World) -> None:
    await world.source("shop")
    told = await world.call("catalog.draft_descriptions", asset="shop.orders", parts="columns")
    assert told.drafted and all(one.asset.startswith("shop.orders.") for one in told.drafted)
    assert (await world.call("catalog.get_asset", asset="shop.orders")).description is None
