"""Domains: nested without loops; assets take their schema's or source's unless given their own."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.domain_tables import DomainScope
from tools.catalog.tables import Asset
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain


@pytest.fixture
async def shop(world: World) -> World:
    await world.source()
    await world.call("catalog.create_domain", name="Sales", owner="administrator")
    await world.call("catalog.create_domain", name="Finance", description="Money")
    return world


async def domains(world: World) -> dict[str, str | None]:
    """The names of assets' domains, by the assets' names inside the shop."""
    async with world.runtime.database.reading() as session:
        rows = await session.execute(select(Asset.qualified_name, Asset.domain_id))
        found = {row[0].removeprefix("shop."): row[1] for row in rows}
    listed = await world.call("catalog.list_domains")
    names = {one.id: one.name for one in listed.items}
    return {name: names.get(one) for name, one in found.items()}


async def test_domains_lie_in_one_another_without_loops(shop: World) -> None:
    with pytest.raises(LookAgain, match="already a domain 'Sales'"):
        await shop.call("catalog.create_domain", name=" sales ")
    await shop.call("catalog.create_domain", name="Billing", parent="finance")
    invoices = await shop.call("catalog.create_domain", name="Invoices", parent="Billing")
    assert invoices.parent == "Billing"
    for parent in ("Invoices", "Finance"):
        with pytest.raises(CorrectInput, match="can't lie in"):
            await shop.call("catalog.update_domain", domain="Finance", parent=parent)
    finance = await shop.call("catalog.get_domain", domain="FINANCE")
    assert [one.name for one in finance.domains] == ["Billing"]
    listed = await shop.call("catalog.list_domains", parent="Finance")
    assert ([one.name for one in listed.items], listed.total) == (["Billing"], 1)
    owned = await shop.call("catalog.list_domains", owner="administrator")
    assert [one.name for one in owned.items] == ["Sales"]
    with pytest.raises(ChooseAnother, match="no domain 'Salse'") as missing:
        await shop.call("catalog.get_domain", domain="Salse")
    assert "'Sales'" in missing.value.remedy


async def test_a_domain_is_changed_in_part(shop: World) -> None:
    with pytest.raises(CorrectInput, match="Nothing is given"):
        await shop.call("catalog.update_domain", domain="Sales")
    await shop.call("catalog.update_domain", domain="Sales", name="Commerce", parent="Finance")
    changed = await shop.call("catalog.update_domain", domain="Commerce", description="Sold")
    assert (changed.name, changed.parent, changed.description) == ("Commerce", "Finance", "Sold")
    assert changed.owner is not None
    emptied = await shop.call("catalog.update_domain", domain="Commerce", owner="", parent="")
    assert (emptied.owner, emptied.parent) == (None, None)


async def test_columns_lie_in_their_tables_domain(shop: World) -> None:
    done = await shop.invoke("catalog.set_domain", asset="shop.orders", domain="sales")
    assert (done.value.domain, done.value.assets, done.value.columns) == ("Sales", 1, 4)
    now = await domains(shop)
    assert now["orders"] == now["orders.total"] == "Sales"
    assert now["customers"] is None
    with pytest.raises(CorrectInput, match="is a column") as refused:
        await shop.call("catalog.set_domain", asset="orders.total", domain="Finance")
    assert "shop.orders" in refused.value.remedy
    asked = await shop.call("catalog.get_asset", asset="orders.total")
    assert asked.domain == "Sales"
    await shop.call("activity.undo", activity=done.activity_id)
    assert set((await domains(shop)).values()) == {None}


async def test_a_source_s_domain_reaches_all_but_what_has_its_own(shop: World) -> None:
    await shop.call("catalog.set_domain", asset="shop.orders", domain="Finance")
    told = await shop.call("catalog.set_source_domain", source="shop", domain="Sales")
    assert (told.assets, told.columns, told.keep_their_own) == (4, 13, 1)
    now = await domains(shop)
    assert now["orders.id"] == "Finance"
    assert {one for name, one in now.items() if not name.startswith("orders")} == {"Sales"}
    sales = await shop.call("catalog.get_domain", domain="Sales")
    assert [(place.source, place.schema_name) for place in sales.places] == [("shop", None)]
    assert {one.kind: one.count for one in sales.kinds} == {"column": 13, "table": 2, "view": 2}
    back = await shop.call("catalog.set_domain", asset="shop.orders")
    assert (back.domain, back.inherited) == ("Sales", True)
    await shop.call("catalog.set_source_domain", source="shop")
    assert set((await domains(shop)).values()) == {None}


async def test_what_is_discovered_later_lies_in_it_too(shop: World) -> None:
    await shop.call("catalog.set_source_domain", source="shop", domain="Sales")
    await shop.call("catalog.set_domain", asset="shop.orders", domain="Finance")
    with sqlite3.connect(shop.folder / "shop.sqlite") as database:
        database.execute("CREATE TABLE returns (id INTEGER PRIMARY KEY, why TEXT)")
        database.execute("ALTER TABLE orders ADD COLUMN discount NUMERIC")
    database.close()
    await shop.call("data_sources.discover_assets", source="shop")
    now = await domains(shop)
    assert (now["returns.why"], now["orders.discount"]) == ("Sales", "Finance")


async def test_a_schema_s_domain_comes_before_its_source_s(shop: World) -> None:
    async with shop.runtime.database.writing() as session:
        for asset in await session.scalars(select(Asset)):
            if asset.name == "orders" or asset.qualified_name.startswith("shop.orders."):
                asset.schema_name = "till"
    with pytest.raises(ChooseAnother, match="no schema 'tell'") as missing:
        await shop.call(
            "catalog.set_source_domain", source="shop", schema_name="tell", domain="Sales"
        )
    assert "'till'" in missing.value.remedy
    told = await shop.call(
        "catalog.set_source_domain", source="shop", schema_name="Till", domain="Finance"
    )
    assert (told.place, told.assets, told.columns) == ("shop.till", 1, 4)
    await shop.call("catalog.set_source_domain", source="shop", domain="Sales")
    now = await domains(shop)
    assert (now["orders.id"], now["customers.id"]) == ("Finance", "Sales")


async def test_deleting_a_domain_leaves_its_assets(shop: World) -> None:
    await shop.call("catalog.create_domain", name="Billing", parent="Finance")
    with pytest.raises(LookAgain, match="holds the domains Billing"):
        await shop.call("catalog.delete_domain", domain="Finance")
    await shop.call("catalog.set_source_domain", source="shop", domain="Sales")
    await shop.call("catalog.set_domain", asset="shop.orders", domain="Billing")
    billing = await shop.invoke("catalog.delete_domain", domain="Billing")
    assert billing.value.assets == 1
    assert (await domains(shop))["orders.id"] == "Sales"
    await shop.call("catalog.delete_domain", domain="Sales")
    assert set((await domains(shop)).values()) == {None}


async def test_a_domain_tells_each_reader_only_of_what_they_may_see(shop: World) -> None:
    await shop.source("vault")
    for source in ("shop", "vault"):
        await shop.call("catalog.set_source_domain", source=source, domain="Sales")
    await shop.person("Vera Lind", "viewer", source="shop")
    await shop.person("Stan Roe", "steward", source="shop")
    seen = await shop.call("catalog.get_domain", "vera", domain="Sales")
    whole = await shop.call("catalog.get_domain", domain="Sales")
    assert (seen.assets, whole.assets) == (5, 10)
    assert [place.source for place in seen.places] == ["shop"]
    for operation, wanted in _beyond_the_shop().items():
        with pytest.raises((AskForAccess, ChooseAnother)):
            await shop.call(operation, "stan", **wanted)
    moved = await shop.call("catalog.set_domain", "stan", asset="shop.orders", domain="Finance")
    assert moved.domain == "Finance"


def _beyond_the_shop() -> dict[str, dict[str, Any]]:
    return {
        "catalog.create_domain": {"name": "Mine"},
        "catalog.update_domain": {"domain": "Sales", "name": "Mine"},
        "catalog.set_source_domain": {"source": "vault", "domain": "Finance"},
        "catalog.set_domain": {"asset": "vault.orders", "domain": "Finance"},
    }


async def test_a_source_is_removed_with_its_place_in_a_domain(shop: World) -> None:
    await shop.call("catalog.set_source_domain", source="shop", domain="Sales")
    await shop.call("data_sources.remove_source", source="shop")
    async with shop.runtime.database.reading() as session:
        assert list(await session.scalars(select(DomainScope))) == []
    assert (await shop.call("catalog.get_domain", domain="Sales")).kinds == []


@pytest.mark.usefixtures("indexed")
async def test_a_domain_is_found_by_search(shop: World) -> None:
    await shop.runtime.follower.start()
    await shop.call("catalog.update_domain", domain="Finance", description="Payroll and invoices")
    await shop.runtime.follower.caught_up()
    await shop.runtime.follower.stop()
    found = await shop.call("search.unified", query="payroll", kind="domain")
    assert [hit.title for hit in found.items][:1] == ["Finance"]
