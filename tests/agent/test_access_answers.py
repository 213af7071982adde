"""What is held, by whom, through which team, and what a grant would change, in words."""

from __future__ import annotations

from typing import Any

from agent.answers import render
from tests.agent.test_answers import mark
from tests.support.world import World


async def told(world: World, operation: str, **arguments: Any) -> str:
    return render(operation, await world.call(operation, **arguments), arguments, mark)


async def test_access_is_told_in_sentences(stocked: World) -> None:
    await stocked.person("Ann Dahl")
    assert "Ann Dahl <ann.dahl@example.com> holds nothing" in await told(
        stocked, "rbac.get_user", user="ann"
    )
    gain = await told(stocked, "rbac.simulate_grant", user="ann", role="steward", source="shop")
    assert gain.startswith("With steward on source shop, Ann Dahl would")
    assert "classified columns: `shop.customers.email`" in gain
    assert gain.endswith("Nothing of it has been done.")
    refused = await told(stocked, "rbac.check_access", user="ann", source="shop")
    assert "may **not**" in refused and refused.endswith("Administrator could grant it.")
    await stocked.call("rbac.create_team", name="Finance", members=["ann"])
    assert "In the team Finance: Ann Dahl" in await told(stocked, "rbac.get_team", team="Finance")
    await stocked.call(
        "rbac.grant_team_role",
        team="Finance",
        role="viewer",
        source="shop",
        valid_until="2099-03-31T00:00:00Z",
    )
    assert "- viewer on source shop, through the team Finance, until 2099-03-31" in await told(
        stocked, "rbac.get_user", user="ann"
    )
    assert "- viewer on source shop" in await told(stocked, "rbac.get_team", team="Finance")
    same = await told(stocked, "rbac.simulate_grant", user="ann", role="viewer", source="shop")
    assert same.startswith("With viewer on source shop, nothing would change for Ann Dahl")
    lost = await told(
        stocked, "rbac.simulate_grant", user="ann", role="viewer", source="shop", effect="deny"
    )
    assert lost.startswith("Denied viewer on source shop, Ann Dahl would") and "- lose " in lost
    await stocked.call("rbac.create_service_account", name="Loader", owner="ann")
    await stocked.call("rbac.disable_user", user="Loader")
    account = await told(stocked, "rbac.get_user", user="Loader")
    assert account.startswith("The service account Loader, which Ann Dahl answers for,")
    assert "who is disabled" in account
