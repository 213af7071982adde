"""The index follows the change log within a second, forgets what is gone, and tells by sight."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from knowledge.index import Index
from tests.knowledge.support import Letters
from tests.support.second_service import TOKEN, Tickets
from tests.support.serving import HttpServer
from tests.support.world import World
from tools.catalog.tables import Asset
from tools.errors import ChooseAnother
from tools.follower import Follower


@pytest.fixture
async def follower(world: World, tmp_path: Path) -> AsyncIterator[Follower]:
    """A follower of the world's log, with an embedder that needs no model."""
    index = Index(tmp_path / "followed", Letters())
    world.runtime.kernel.services.index = index
    follower = Follower(
        world.runtime.database, index, world.runtime.kernel.registry, tmp_path / "state"
    )
    world.runtime.kernel.after_commit.append(follower.poke)
    await follower.start()
    await follower.caught_up()
    yield follower
    await follower.stop()
    index.close()


async def titles(world: World, query: str, **given: str) -> set[str]:
    hits = await world.call("search.unified", query=query, limit=50, **given)
    return {hit.title for hit in hits.items}


async def test_it_starts_with_what_ships(world: World, follower: Follower) -> None:
    assert "catalog.tag_asset" in await titles(world, "catalog.tag_asset", kind="operation")
    assert "GDPR" in " ".join(await titles(world, "GDPR", kind="framework"))
    assert await titles(world, "email", kind="label")
    assert await titles(world, "encryption", kind="control")


async def test_a_change_is_found_and_what_is_gone_is_not(world: World, follower: Follower) -> None:
    await world.source(scanned=True)
    await follower.caught_up()
    assert "shop.orders" in await titles(world, "orders", kind="asset")
    assert await titles(world, "shop", kind="source") == {"shop"}

    await world.call("catalog.describe_asset", asset="shop.orders", description="Zwetschgendatschi")
    await world.call("catalog.describe_asset", asset="shop.products.sku", description="Quittenbrot")
    await follower.caught_up()
    best = await world.call("search.unified", query="Zwetschgendatschi", kind="asset")
    assert best.items[0].title == "shop.orders"
    best = await world.call("search.unified", query="Quittenbrot", kind="asset")
    assert best.items[0].title == "shop.products"

    commented = update(Asset).where(Asset.qualified_name == "shop.orders.total")
    await world.put(commented.values(comment="Marillenknödel"))
    await world.call("catalog.tag_asset", asset="shop.orders", tag="sweet")
    await follower.caught_up()
    best = await world.call("search.unified", query="Marillenknödel", kind="asset")
    assert best.items[0].title == "shop.orders"

    await world.call("compliance.evaluate_compliance", source="shop")
    await follower.caught_up()
    findings = await world.call("search.unified", query="finding", kind="finding", limit=50)
    assert findings.items

    await world.call("data_sources.remove_source", source="shop")
    await follower.caught_up()
    for kind in ("asset", "source", "finding"):
        assert await titles(world, "shop orders finding", kind=kind) == set()


async def test_a_label_that_a_person_rejects_leaves_the_text(
    world: World, follower: Follower
) -> None:
    await world.source(scanned=True)
    await follower.caught_up()

    async def text() -> str:
        hits = await world.call("search.unified", query="shop.customers", kind="asset", limit=50)
        return next(hit.text for hit in hits.items if hit.title == "shop.customers")

    labelled = await text()
    assert "email (" in labelled
    await world.call("classifications.reject_classification", asset="shop.customers.email")
    await follower.caught_up()
    assert "email (" not in await text()


async def test_what_is_found_is_what_the_caller_may_see(world: World, follower: Follower) -> None:
    await world.source("shop")
    await world.source("vault")
    ann = await world.person("Ann Dahl", "viewer", source="shop")
    await follower.caught_up()
    for operation in ("search.unified", "catalog.search_assets"):
        hits = await world.call(operation, _as=ann, query="vault.orders", limit=50)
        assert hits.items
        assert "vault" not in hits.model_dump_json().replace("vault.orders", "", 0)


async def test_it_goes_on_from_where_it_stopped(
    world: World, follower: Follower, tmp_path: Path
) -> None:
    await follower.stop()
    await world.source()
    again = Follower(
        world.runtime.database,
        world.runtime.kernel.services.index,
        world.runtime.kernel.registry,
        tmp_path / "state",
    )
    await again.start()
    await again.caught_up()
    assert again.sequence > follower.sequence > 0
    assert (tmp_path / "state").read_text() == str(again.sequence)
    assert "shop.orders" in await titles(world, "orders", kind="asset")
    await again.stop()


async def test_an_index_that_fits_no_log_is_made_anew(
    world: World, follower: Follower, tmp_path: Path
) -> None:
    await follower.stop()
    (tmp_path / "state").write_text("999999")  # of another database
    await world.source()
    index = world.runtime.kernel.services.index
    again = Follower(
        world.runtime.database, index, world.runtime.kernel.registry, tmp_path / "state"
    )
    await again.start()
    await again.caught_up()
    assert "shop.orders" in await titles(world, "orders", kind="asset")
    assert again.sequence < 999999
    await again.stop()
    assert Asset.__tablename__ == "assets"


async def test_what_a_service_offers_is_found_and_forgotten(
    world: World, follower: Follower
) -> None:
    with HttpServer(Tickets().app()) as server:
        url = f"{server.address}/openapi.json"
        await world.call("integration.register_service", name="desk", url=url, token=TOKEN)
    await follower.caught_up()
    assert "desk.create_ticket" in await titles(world, "open a ticket", kind="operation")
    await world.call("integration.remove_service", service="desk")
    await follower.caught_up()
    assert "desk.create_ticket" not in await titles(world, "open a ticket", kind="operation")
    with pytest.raises(ChooseAnother, match="no operation"):
        await world.call("desk.create_ticket", title="x")
