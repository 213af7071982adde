"""Certificates are earned, every reason against one told at once; deprecation tells who cares."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.compliance.tables import Finding
from tools.database import now
from tools.errors import CorrectInput, LookAgain


@pytest.fixture
async def shop(stocked: World) -> World:
    return stocked


async def fit(world: World, asset: str) -> None:
    await world.call("catalog.set_owner", asset=asset, owner="administrator")
    await world.call("catalog.describe_asset", asset=asset, description="What is sold")


async def test_a_certificate_is_shown_wherever_the_asset_is(shop: World) -> None:
    await fit(shop, "shop.products")
    done = await shop.invoke(
        "catalog.certify_asset", asset="shop.products", level="gold", reason="reviewed"
    )
    assert done.value.certification == "gold"
    shown = await shop.call("catalog.get_asset", asset="shop.products")
    assert (shown.certification_reason, shown.certified_by) == ("reviewed", shown.owner)
    listed = await shop.call("catalog.list_assets", state="certified")
    assert [one.name for one in listed.items] == ["products"]
    found = await shop.call("catalog.search_assets", query="products", state="certified")
    assert [one.certification for one in found.items] == ["gold"]
    assert (await shop.call("catalog.search_assets", query="orders", state="certified")).total == 0
    await shop.call("activity.undo", activity=done.activity_id)
    assert (await shop.call("catalog.get_asset", asset="shop.products")).certification is None


async def test_all_that_speaks_against_it_is_told_at_once(shop: World) -> None:
    await shop.call("compliance.evaluate_compliance", source="shop")
    email = await shop.call("catalog.get_asset", asset="shop.customers.email")
    async with shop.runtime.database.writing() as session:
        for finding in await session.scalars(select(Finding).where(Finding.asset_id == email.id)):
            finding.severity = "high"
    await shop.call("catalog.define_quality_check", asset="shop.customers.email", kind="unique")
    await shop.call(
        "catalog.define_quality_check", asset="shop.customers", kind="row_count", minimum=100
    )
    await shop.call("catalog.run_quality_checks", asset="shop.customers")
    with pytest.raises(LookAgain) as refused:
        await shop.call("catalog.certify_asset", asset="shop.customers")
    assert refused.value.problem_code == "not_certifiable"
    for reason in (
        "it has no owner",
        "it has no description",
        "a high finding is open",
        "1 of 2 quality checks don't pass (row count)",
    ):
        assert reason in refused.value.detail
    with pytest.raises(LookAgain, match="it is a column"):
        await shop.call("catalog.certify_asset", asset="shop.customers.email")


async def test_deprecating_tells_what_depends_on_it_and_ends_the_certificate(shop: World) -> None:
    await fit(shop, "shop.orders")
    await shop.call("catalog.certify_asset", asset="shop.orders")
    await shop.call("catalog.set_owner", asset="shop.v_top", owner="administrator")
    await shop.call(
        "catalog.define_quality_check", asset="shop.orders", kind="row_count", minimum=1
    )
    day = (now() + timedelta(days=30)).date()
    done = await shop.invoke(
        "catalog.deprecate_asset",
        asset="shop.orders",
        reason="moved",
        successor="shop.products",
        sunset_on=day.isoformat(),
    )
    told = done.value
    assert [node.qualified_name for node in told.dependents] == ["shop.v_revenue", "shop.v_top"]
    assert (told.quality_checks, told.successor) == (1, "shop.products")
    assert len(told.owners) == 1
    shown = await shop.call("catalog.get_asset", asset="shop.orders")
    assert (shown.certification, shown.successor) == (None, "shop.products")
    assert shown.sunset_on == day.isoformat()
    listed = await shop.call("catalog.list_assets", state="deprecated")
    assert [one.name for one in listed.items] == ["orders"]
    with pytest.raises(LookAgain, match="it is deprecated"):
        await shop.call("catalog.certify_asset", asset="shop.orders")
    await shop.call("activity.undo", activity=done.activity_id)
    assert (await shop.call("catalog.get_asset", asset="shop.orders")).certification == "silver"


async def test_a_successor_has_to_stay_and_a_sunset_to_come(shop: World) -> None:
    with pytest.raises(CorrectInput, match="the asset itself"):
        await shop.call(
            "catalog.deprecate_asset", asset="shop.orders", reason="x", successor="shop.orders"
        )
    await shop.call("catalog.deprecate_asset", asset="shop.products", reason="x")
    with pytest.raises(CorrectInput, match="deprecated, too"):
        await shop.call(
            "catalog.deprecate_asset", asset="shop.orders", reason="x", successor="shop.products"
        )
    with pytest.raises(CorrectInput, match="has passed"):
        await shop.call(
            "catalog.deprecate_asset", asset="shop.orders", reason="x", sunset_on="2020-01-01"
        )
