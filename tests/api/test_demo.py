"""The demo company, end to end: generated, registered, discovered, scanned, judged."""

from __future__ import annotations

import pytest

from api import demo
from tests.support.world import World
from tools.demo.people import OWNERS, PEOPLE


@pytest.mark.usefixtures("indexed")
async def test_the_demo_brings_a_whole_company_once(world: World) -> None:
    told: list[tuple[str, int, int]] = []
    runtime = world.runtime
    await runtime.follower.start()
    folder = world.folder / "company"
    await demo.prepare(runtime, folder, lambda *state: told.append(state))
    await demo.prepare(runtime, folder, lambda *_: told.append(("again", 0, 0)))
    await runtime.follower.stop()
    assert told[-1][0] == "ready" and told[-1][1] == told[-1][2]
    sources = (await world.call("data_sources.list_sources")).items
    assert {one.name for one in sources} == {"crm", "lake", "shop"}
    assert all(one.scanned_at and not one.warnings for one in sources)
    for source in sources:
        assert (
            await world.call("classifications.list_classified_columns", source=source.name)
        ).total
        assert (await world.call("compliance.list_findings", source=source.name)).total
    owners = await world.call("catalog.list_owners")
    assert sum(one.assets for one in owners.items) == len(OWNERS)
    people = await world.call("rbac.list_users", limit=500)
    assert {one.email for one in PEOPLE} <= {one.email for one in people.items}
    lineage = await world.call("catalog.get_lineage", asset="shop.v_customer_revenue")
    assert lineage.upstream and lineage.downstream
    found = await world.call("search.unified", query="customer revenue")
    assert found.total == sum(found.facets.values()) > 0
    assert (await world.call("search.unified", query="revenue", kind="asset")).facets.keys() == {
        "asset"
    }
    assert (await world.call("activity.verify_audit_trail")).intact
