"""A model that isn't offered what it needs finds it, and may then call it."""

from __future__ import annotations

from tests.support.world import World


async def test_operations_are_found_by_what_they_do(indexed: None, world: World) -> None:
    found = await world.call(
        "assistant.find_operations", query="rotate the password of a database", limit=4
    )
    (rotate,) = [one for one in found.items if one.name == "data_sources.rotate_credentials"]
    assert (rotate.effect, rotate.allowed) == ("write", True)
    assert rotate.arguments["source"].endswith("(needed)")
    assert (found.returned, found.truncated) == (4, True)
    more = await world.call(
        "assistant.find_operations",
        query="rotate the password of a database",
        cursor=found.next_cursor,
    )
    assert not {one.name for one in more.items} & {one.name for one in found.items}


async def test_it_says_what_the_caller_may_not_use(indexed: None, world: World) -> None:
    await world.person("Vera Lind", "viewer")
    found = await world.call("assistant.find_operations", _as="vera", query="grant somebody a role")
    allowed = {one.name: one.allowed for one in found.items}
    assert allowed["rbac.grant_role"] is False
