"""The index is filled, rebuilt and purged in the background, while it answers and follows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from knowledge.documents import Visibility
from knowledge.index import Index
from tests.knowledge import conftest as knowledge
from tests.knowledge.support import Letters
from tests.support.world import World
from tools.follower import Follower

ALL = Visibility(sources=None)
Follow = Callable[..., Awaitable[Follower]]
chroma_url = knowledge.chroma_url


@pytest.fixture
async def follow(world: World, tmp_path: Path) -> AsyncIterator[Follow]:
    """Starts a follower of the world's log over the same folder; one at a time."""
    async with AsyncExitStack() as stack:

        async def start(
            embedder: Letters | None = None, chroma_url: str | None = None, **given: float
        ) -> Follower:
            await stack.aclose()
            index = Index(tmp_path / "followed", embedder or Letters(), chroma_url)
            world.runtime.kernel.services.index = index
            registry = world.runtime.kernel.registry
            state = tmp_path / "state"
            follower = Follower(world.runtime.database, index, registry, state, **given)
            world.runtime.kernel.after_commit[:] = [follower.poke]
            await follower.start()
            stack.push_async_callback(asyncio.to_thread, index.close)
            stack.push_async_callback(follower.stop)
            return follower

        yield start


def titles(world: World, query: str, limit: int = 8) -> set[str]:
    found = world.runtime.kernel.services.index.search(query, ALL, limit)
    return {passage.document.title for passage in found}


async def test_an_empty_index_is_filled_while_changes_are_found(
    world: World, follow: Follow
) -> None:
    follower = await follow()
    assert not (await asyncio.to_thread(titles, world, "shop.orders"))
    await world.source()
    while "shop.orders" not in await asyncio.to_thread(titles, world, "shop.orders"):
        await asyncio.sleep(0)
    assert follower.progress is not None and follower.progress[0] < follower.progress[1]
    await follower.caught_up()
    assert follower.progress is None
    assert "catalog.tag_asset" in titles(world, "catalog.tag_asset")


async def test_operations_come_first(world: World, follow: Follow) -> None:
    follower = await follow()
    assert not follower.knows_operations
    await world.source()  # whose changes wait
    while not follower.knows_operations:
        await asyncio.sleep(0)
    assert follower.progress is not None and follower.progress[0] < follower.progress[1]
    for operation in world.runtime.kernel.registry:
        assert operation.name in await asyncio.to_thread(titles, world, operation.name)


async def test_a_rebuild_goes_on_beside_changes(world: World, follow: Follow) -> None:
    follower = await follow()
    await world.source("old")
    await world.source("shop")
    await follower.caught_up()
    before = world.runtime.kernel.services.index.count()
    rebuilt = asyncio.create_task(follower.rebuild())
    while follower.progress is None:
        await asyncio.sleep(0)
    await world.source("vault")
    await world.call("data_sources.remove_source", source="old")
    await world.call("catalog.describe_asset", asset="shop.orders", description="Quittenbrot")
    await follower.caught_up()
    assert not rebuilt.done()
    assert titles(world, "Quittenbrot", 1) == {"shop.orders"}
    assert await rebuilt == before  # five assets and a source came, as many went
    assert titles(world, "Quittenbrot", 1) == {"shop.orders"}
    found = titles(world, "orders", 500)
    assert {"vault.orders", "shop.orders"} <= found and "old.orders" not in found


async def test_an_index_of_another_model_is_made_anew(world: World, follow: Follow) -> None:
    await world.source()
    await (await follow(Letters("one"))).caught_up()
    follower = await follow(Letters("two"))
    await follower.caught_up()
    assert "shop.orders" in titles(world, "shop.orders")
    assert "catalog.tag_asset" in titles(world, "catalog.tag_asset")


async def test_an_index_of_another_model_is_made_anew_beside_a_shared_one(
    world: World, follow: Follow, chroma_url: str
) -> None:
    await world.source()
    await (await follow(Letters("one"))).caught_up()
    follower = await follow(Letters("two"), chroma_url=chroma_url)
    await follower.caught_up()
    assert "shop.orders" in titles(world, "shop.orders")


async def test_what_was_deleted_is_erased_by_itself(
    world: World, follow: Follow, tmp_path: Path
) -> None:
    follower = await follow(purge_after=0.0, rest=0.0)
    await world.source()
    await world.call("catalog.describe_asset", asset="shop.orders", description="Quittenbrot")
    await follower.caught_up()
    await world.call("data_sources.remove_source", source="shop")
    await follower.caught_up()
    index = world.runtime.kernel.services.index
    folder = (tmp_path / "followed" / "CURRENT").read_text()
    while await asyncio.to_thread(index.outdated):
        await asyncio.sleep(0.01)
    assert (tmp_path / "followed" / "CURRENT").read_text() != folder
    assert "catalog.tag_asset" in titles(world, "catalog.tag_asset")


async def test_stopped_in_the_middle_it_begins_again(world: World, follow: Follow) -> None:
    await world.source()
    await follow()  # stopped before it is filled
    follower = await follow()
    while follower.progress is None:
        await asyncio.sleep(0)
    follower = await follow()  # and before it is rebuilt
    await follower.caught_up()
    assert "shop.orders" in titles(world, "shop.orders")
    assert "catalog.tag_asset" in titles(world, "catalog.tag_asset")
