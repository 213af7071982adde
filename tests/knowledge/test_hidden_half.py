"""Half of the catalog is hidden from one role: for its people nothing is as if it weren't there.

What Ann is told, while only what she sees exists, is told her word for word once as much again
exists that she doesn't: hits, scores, counts, facets, suggestions, answers and citations.
"""

from __future__ import annotations

import json
from typing import Any

from tests.support.world import World
from tools.errors import RacineError
from tools.indexing import records, render

QUERIES = ("customers", "orders.total", "zanzibar ledger", "vault.orders", "email of a customer")
KINDS = {"assets", "sources", "findings"}
MESSAGES = ("Which tables hold customers?", "What is zanzibar?", "Find tables about orders")


async def indexed(world: World) -> None:
    """Put in all but what ships: its two thousand documents would take a minute."""
    registry = world.runtime.kernel.registry
    async with world.runtime.database.reading() as session:
        ours = [one for one in await records(session, registry) if one[0] in KINDS]
        documents, _ = await render(session, registry, ours)
    world.runtime.index.upsert(documents)


async def told(world: World, operation: str, **given: Any) -> Any:
    try:
        value = await world.call(operation, "ann", **given)
    except RacineError as error:
        return str(error), error.detail, error.remedy
    return value.model_dump(mode="json")


async def said(world: World, message: str) -> tuple[str, list[Any]]:
    """The assistant's words and citations."""
    runtime = world.runtime
    run = await runtime.runs.submit(world.people["ann"], message, None)
    words, citations = "", []
    async for batch in runtime.events.follow(run.id):
        for event in (json.loads(logged.data) for logged in batch):
            if event["type"] == "TEXT_MESSAGE_CONTENT":
                words += event["delta"]
            elif event.get("name") == "citation":
                citations.append(event["value"])
    return words, citations


async def everything(world: World) -> dict[str, Any]:
    """All that Ann is told, by what she asked."""
    found: dict[str, Any] = {}
    for query in QUERIES:
        for kind in (None, "asset", "source", "finding"):
            found[f"unified {query} {kind}"] = await told(
                world, "search.unified", query=query, kind=kind, limit=50
            )
        found[f"assets {query}"] = await told(world, "catalog.search_assets", query=query, limit=50)
        found[f"columns {query}"] = await told(
            world, "catalog.search_assets", query=query, kind="column", limit=50
        )
    found["all"] = await told(world, "catalog.search_assets", limit=50)
    for name in ("shop.orders", "shop.ordrs", "vault.orders", "valt.orders", "vault"):
        found[f"get {name}"] = await told(world, "catalog.get_asset", asset=name)
        found[f"like {name}"] = await told(world, "catalog.find_similar_assets", asset=name)
    for message in MESSAGES:
        found[f"said {message}"] = await said(world, message)
    return found


async def test_a_hidden_half_changes_nothing(stocked: World) -> None:
    world = stocked
    await world.person("Ann Dahl", "viewer", source="shop")
    await world.call("compliance.evaluate_compliance", source="shop")
    await indexed(world)
    before = await everything(world)
    assert before["all"]["total"] == 5 and before["said Which tables hold customers?"][1]

    await world.source("vault", scanned=True)
    hidden = "The zanzibar ledger of customers and orders"
    await world.call("catalog.describe_asset", asset="vault.orders", description=hidden)
    await world.call("catalog.tag_asset", asset="vault.customers", tag="zanzibar")
    await world.call("compliance.evaluate_compliance", source="vault")
    await indexed(world)
    assert (await world.call("catalog.search_assets", limit=50)).total == 10
    seen = await world.call("search.unified", query="zanzibar ledger", kind="asset")
    assert seen.items[0].title == "vault.orders"

    after = await everything(world)
    differing = {asked: after[asked] for asked in before if after[asked] != before[asked]}
    assert differing == {}
    assert "zanzibar ledger of" not in json.dumps(after).lower()
