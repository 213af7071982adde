"""Dashboards, metrics, pipelines, data products and files are assets; so are their places."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.tables import Asset
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain


@pytest.fixture
async def shop(world: World) -> World:
    await world.source()
    await world.call("catalog.create_domain", name="Sales")
    await world.call(
        "catalog.register_asset",
        kind="data_product",
        name="Customer 360",
        made_of=["shop.customers", "orders"],
        description="Everything about a customer",
        owner="administrator",
        domain="Sales",
        status="draft",
    )
    return world


async def test_a_data_product_has_members_an_owner_and_a_status(shop: World) -> None:
    product = await shop.call("catalog.get_asset", asset="customer 360")
    assert (product.kind, product.qualified_name) == (
        "data_product",
        "shop.data_products:Customer 360",
    )
    assert (product.status, product.domain, product.owner is None) == ("draft", "Sales", False)
    assert [one.name for one in product.made_of] == ["customers", "orders"]
    assert product.made_of_total == 2
    changed = await shop.call(
        "catalog.update_asset",
        asset="Customer 360",
        name="Customer 720",
        add=["products"],
        remove=["orders"],
        status="active",
        owner="",
        description="",
    )
    assert [one.name for one in changed.made_of] == ["customers", "products"]
    assert (changed.name, changed.status, changed.owner) == ("Customer 720", "active", None)
    with pytest.raises(CorrectInput, match="Nobody declared") as refused:
        await shop.call("catalog.update_asset", asset="Customer 720", remove=["orders"])
    assert refused.value.field == "remove"
    with pytest.raises(CorrectInput, match="which discovery keeps"):
        await shop.call("catalog.update_asset", asset="shop.orders", name="bills")


async def test_they_stand_in_lists_lineage_and_impact(shop: World) -> None:
    dashboard = await shop.call(
        "catalog.register_asset",
        kind="dashboard",
        name="Weekly Sales",
        made_of=["Customer 360"],
        url="https://bi.example.com/7",
    )
    assert dashboard.url == "https://bi.example.com/7"
    listed = await shop.call("catalog.list_assets", kind="dashboard")
    assert [one.name for one in listed.items] == ["Weekly Sales"]
    assert (await shop.call("catalog.list_assets")).total == 5
    owned = await shop.call("catalog.list_assets", owner="administrator")
    assert [one.name for one in owned.items] == ["Customer 360"]
    in_sales = await shop.call("catalog.list_assets", domain="sales")
    assert [one.name for one in in_sales.items] == ["Customer 360"]
    flow = await shop.call("catalog.get_lineage", asset="Weekly Sales", direction="upstream")
    assert {(node.qualified_name, node.distance) for node in flow.upstream} >= {
        ("shop.data_products:Customer 360", 1),
        ("shop.customers", 2),
    }
    assert {edge.evidence for edge in flow.edges if edge.kind == "declared"} != {None}
    impact = await shop.call("catalog.analyze_impact", asset="shop.customers")
    assert "shop.dashboards:Weekly Sales" in {node.qualified_name for node in impact.breaks}
    product = await shop.call("catalog.get_asset", asset="Customer 360")
    assert [one.name for one in product.feeds] == ["Weekly Sales"]


async def test_metrics_pipelines_and_files_are_registered_too(shop: World) -> None:
    metric = await shop.call(
        "catalog.register_asset",
        kind="metric",
        name="Net Revenue",
        made_of=["orders.total"],
        formula="sum(total)",
    )
    assert (metric.formula, [one.name for one in metric.made_of]) == ("sum(total)", ["total"])
    pipeline = await shop.call(
        "catalog.register_asset", kind="pipeline", name="Load", source="shop", feeds=["orders"]
    )
    assert [one.name for one in pipeline.feeds] == ["orders"]
    file = await shop.call(
        "catalog.register_asset", kind="file", name="exports/leads.xlsx", source="shop"
    )
    assert (await shop.call("catalog.get_asset", asset="exports/leads.xlsx")).id == file.id
    undone = await shop.invoke("catalog.certify_asset", asset="Customer 360", level="gold")
    assert undone.value.certification == "gold"


async def test_what_cannot_be_registered_is_refused_with_a_way_out(shop: World) -> None:
    with pytest.raises(LookAgain, match="already a data product 'Customer 360'"):
        await shop.call(
            "catalog.register_asset", kind="data_product", name="customer  360", source="shop"
        )
    with pytest.raises(CorrectInput, match="where the asset belongs") as refused:
        await shop.call("catalog.register_asset", kind="metric", name="Lost")
    assert refused.value.field == "source"
    with pytest.raises(ChooseAnother, match="ghost") as missing:
        await shop.call("catalog.register_asset", kind="metric", name="M", made_of=["ghost"])
    assert missing.value.field == "made_of"
    with pytest.raises(CorrectInput):
        await shop.call("catalog.register_asset", kind="metric", name='a"b', source="shop")


async def test_only_who_may_write_there_registers_and_reads(shop: World) -> None:
    await shop.source("vault")
    await shop.person("Stan Roe", "steward", source="vault")
    with pytest.raises(ChooseAnother):
        await shop.call("catalog.get_asset", "stan", asset="Customer 360")
    with pytest.raises((AskForAccess, ChooseAnother)):
        await shop.call("catalog.register_asset", "stan", kind="metric", name="M", source="shop")
    with pytest.raises(AskForAccess):
        await shop.call(
            "catalog.register_asset", "stan", kind="metric", name="M", made_of=["vault.orders"]
        )
    with pytest.raises(ChooseAnother):
        await shop.call(
            "catalog.register_asset",
            "stan",
            kind="metric",
            name="M",
            source="vault",
            made_of=["shop.orders"],
        )
    made = await shop.call(
        "catalog.register_asset",
        "stan",
        kind="metric",
        name="M",
        source="vault",
        made_of=["vault.orders"],
    )
    assert made.qualified_name == "vault.metrics:M"


async def test_discovery_leaves_them_and_removal_of_the_source_takes_them(shop: World) -> None:
    report = await shop.call("data_sources.discover_assets", source="shop")
    assert (report.tables, report.dropped) == (3, [])
    assert (await shop.call("catalog.get_asset", asset="Customer 360")).made_of_total == 2
    await shop.call("data_sources.remove_source", source="shop")
    async with shop.runtime.database.reading() as session:
        assert list(await session.scalars(select(Asset))) == []


async def test_databases_and_schemas_are_derived_from_what_is_discovered(shop: World) -> None:
    async with shop.runtime.database.writing() as session:
        for asset in await session.scalars(select(Asset).where(Asset.name == "orders")):
            asset.schema_name = "till"
    await shop.call("data_sources.update_source", source="shop", owner="administrator")
    await shop.call("catalog.set_source_domain", source="shop", domain="Sales")
    databases = await shop.call("catalog.list_assets", kind="database", domain="Sales")
    assert [(one.qualified_name, one.row_count) for one in databases.items] == [("shop", 121)]
    schemas = await shop.call("catalog.list_assets", kind="schema", source="shop")
    assert [(one.qualified_name, one.row_count) for one in schemas.items] == [("shop.till", 60)]
    assert (await shop.call("catalog.list_assets", kind="schema", without="owner")).total == 0
    assert (await shop.call("catalog.list_assets", kind="schema", tag="x")).total == 0
    shown = await shop.call("catalog.get_asset", asset="shop")
    assert (shown.kind, shown.made_of_total, shown.domain) == ("database", 5, "Sales")
    schema = await shop.call("catalog.get_asset", asset="shop.till")
    assert [one.name for one in schema.made_of] == ["orders"]
    held = await shop.call("catalog.list_assets", parent="shop.till")
    assert [one.name for one in held.items] == ["orders"]
    await shop.source("vault")
    await shop.person("Vera Lind", "viewer", source="vault")
    seen = await shop.call("catalog.list_assets", "vera", kind="database")
    assert [one.name for one in seen.items] == ["vault"]
    with pytest.raises(ChooseAnother):
        await shop.call("catalog.get_asset", "vera", asset="shop")
