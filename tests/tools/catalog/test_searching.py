"""Search counts what it finds by every property, over all of it and only what one may see."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.tables import Asset
from tools.errors import ChooseAnother
from tools.indexing import render_tables


@pytest.fixture
async def shop(stocked: World) -> World:
    world = stocked
    await world.call("catalog.create_domain", name="Sales")
    await world.call("catalog.set_domain", asset="shop.orders", domain="Sales")
    await world.call("catalog.tag_asset", asset="shop.orders", tag="finance")
    await world.call("catalog.set_owner", asset="shop.orders", owner="administrator")
    await world.call("catalog.deprecate_asset", asset="shop.v_top", reason="old")
    await world.call(
        "catalog.register_asset", kind="dashboard", name="Weekly Sales", made_of=["shop.orders"]
    )
    await indexed(world)
    return world


async def indexed(world: World) -> None:
    """Put the assets alone into the index: all documents would take seconds."""
    async with world.runtime.database.reading() as session:
        tops = await session.scalars(select(Asset.id).where(Asset.kind != "column"))
        documents = await render_tables(session, list(tops))
    world.runtime.index.upsert(documents)


async def search(world: World, who: str | None = None, **wanted: Any) -> Any:
    found = await world.call("catalog.search_assets", who, **wanted)
    assert found.returned == len(found.items) <= found.total
    assert found.truncated is (found.next_cursor is not None)
    return found


def counts(found: Any, name: str) -> dict[str, int]:
    """The values of a facet with their counts."""
    facet = next(one for one in found.facets if one.name == name)
    assert facet.values_total == len(facet.values)
    return {one.label: one.count for one in facet.values}


async def test_without_words_everything_is_counted(shop: World) -> None:
    found = await search(shop, limit=2)
    assert (found.total, found.returned, found.capped) == (6, 2, False)
    assert counts(found, "kind") == {
        "table": 3,
        "view": 2,
        "dashboard": 1,
        "column": 17,
        "database": 1,
    }
    assert counts(found, "source") == {"shop": 6}
    assert counts(found, "domain") == {"none": 5, "Sales": 1}
    assert counts(found, "state") == {"none": 5, "deprecated": 1}
    assert counts(found, "tag") == {"finance": 1}
    assert sum(counts(found, "owner").values()) == 6
    labels = next(one for one in found.facets if one.name == "label")
    emails = next(one.count for one in labels.values if one.value == "email")
    columns = await search(shop, kind="column", label="email")
    assert emails == columns.total == len({one.qualified_name for one in columns.items})
    assert counts(found, "sensitivity")
    rest = await search(shop, limit=50, cursor=found.next_cursor)
    assert (rest.returned, rest.truncated) == (4, False)


async def test_a_filter_narrows_all_but_its_own_facet(shop: World) -> None:
    found = await search(shop, domain="Sales")
    assert [one.name for one in found.items] == ["orders"]
    assert counts(found, "domain") == {"none": 5, "Sales": 1}
    assert counts(found, "tag") == {"finance": 1}
    assert counts(found, "kind") == {"column": 4, "table": 1}
    for wanted, name in (
        ({"tag": "finance"}, "orders"),
        ({"owner": "administrator"}, "orders"),
        ({"state": "deprecated"}, "v_top"),
        ({"kind": "dashboard"}, "Weekly Sales"),
        ({"kind": "database"}, "shop"),
    ):
        assert [one.name for one in (await search(shop, **wanted)).items] == [name]
    labelled = await search(shop, label="email", limit=50)
    assert {one.name for one in labelled.items} == {"customers", "v_revenue", "v_top"}
    level = next(iter(counts(labelled, "sensitivity")))
    assert (await search(shop, sensitivity=level)).total == counts(labelled, "sensitivity")[level]
    with pytest.raises(ChooseAnother):
        await search(shop, domain="ghost")


async def test_words_are_found_wherever_they_stand(shop: World) -> None:
    found = await search(shop, query="customers", limit=50)
    assert found.items[0].qualified_name == "shop.customers"
    held = {one.qualified_name for one in found.items}
    assert {"shop.customers", "shop.orders"} <= held  # orders has a customer_id
    assert 2 <= found.by_words <= found.total
    columns = await search(shop, query="customers", kind="column")
    assert "shop.orders.customer_id" in {one.qualified_name for one in columns.items}
    assert counts(found, "kind")["column"] == columns.total
    assert (await search(shop, query="weekly sales")).items[0].kind == "dashboard"
    assert (await search(shop, query="shop", kind="database")).total == 1


async def test_nothing_invisible_is_counted(shop: World) -> None:
    await shop.source("vault", scanned=True)
    await indexed(shop)
    await shop.person("Vera Lind", "viewer", source="vault")
    for query in ("", "customers"):
        seen = await search(shop, "vera", query=query, limit=50)
        whole = await search(shop, query=query, limit=50)
        assert seen.total < whole.total
        assert {one.qualified_name.split(".")[0] for one in seen.items} == {"vault"}
        assert counts(seen, "source") == {"vault": seen.total}
        assert counts(seen, "tag") == {}
        assert counts(seen, "kind").get("database", 0) <= 1
    with pytest.raises(ChooseAnother):
        await search(shop, "vera", source="shop")
