"""Racine's own modules: health, search, the caller's profile, workspaces, saved workflows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain


async def test_health_tells_of_seven_groups_and_of_what_is_down(world: World) -> None:
    await world.source()
    health = await world.call("orchestration.health")
    assert health.status == "ok"
    groups = {one.name: one.detail for one in health.groups}
    assert len(groups) == 7 and all(one["operations"] for one in groups.values())
    assert groups["catalog"]["records"] == 5 + 17

    async def broken() -> dict[str, Any]:
        raise OSError

    async def slow() -> dict[str, Any]:
        return {"status": "degraded"}

    world.runtime.kernel.services.health["slow"] = slow
    assert (await world.call("orchestration.health")).status == "degraded"
    world.runtime.kernel.services.health["broken"] = broken
    health = await world.call("orchestration.health")
    assert health.status == "down"
    assert next(one for one in health.parts if one.name == "broken").detail == {"reason": "OSError"}


async def test_everybody_may_know_who_they_are(world: World) -> None:
    nils = await world.person("Nils Berg")
    profile = await world.call("users.profile", nils)
    assert (profile.name, profile.roles, profile.permissions) == ("Nils Berg", [], [])
    vera = await world.person("Vera Lind", "viewer")
    profile = await world.call("users.profile", vera)
    assert profile.grants == ["viewer on everything"]
    assert "catalog.read" in profile.permissions and "catalog.write" not in profile.permissions


async def test_workspaces_hold_sources_once(world: World) -> None:
    await world.source()
    await world.call("workspaces.create", name="Claims")
    for _ in range(2):
        place = await world.call("workspaces.link_resource", workspace="Claims", source="shop")
    assert place.sources == ["shop"]
    assert (await world.call("workspaces.get", workspace=place.id)) == place
    assert (await world.call("workspaces.list")).total == 1
    with pytest.raises(LookAgain, match="already a workspace"):
        await world.call("workspaces.create", name="Claims")
    with pytest.raises(ChooseAnother, match="no workspace"):
        await world.call("workspaces.get", workspace="none")


TAG = {
    "id": "tag",
    "operation": "catalog.tag_asset",
    "arguments": {"asset": {"$ref": "own.id"}, "tag": "x"},
}
OWN = {
    "id": "own",
    "operation": "catalog.describe_asset",
    "arguments": {"asset": "shop.orders", "description": "d"},
}


async def test_a_workflow_is_saved_ordered_and_queued(world: World) -> None:
    saved = await world.call("workflows.create", name="sweep", steps=[TAG, OWN])
    assert await world.call("workflows.get", workflow="sweep") == saved
    assert (await world.call("workflows.list")).total == 1
    assert (await world.call("workflows.validate", steps=[TAG, OWN])).order == ["own", "tag"]
    queued = await world.call("workflows.execute", workflow="sweep")
    assert queued.status == "queued"
    assert [(step.step_id, step.status) for step in queued.steps] == [
        ("own", "pending"),
        ("tag", "pending"),
    ]
    assert (await world.call("workflows.status")).id == queued.id
    with pytest.raises(LookAgain, match="Only a paused one"):
        await world.call("workflows.control", execution_id=queued.id, action="resume")
    assert (await world.call("workflows.control", execution_id="latest", action="cancel")).id
    other = await world.person("Ben Abel", "analyst")
    with pytest.raises(ChooseAnother, match="no execution"):
        await world.call("workflows.status", other)
    with pytest.raises(LookAgain, match="already a workflow"):
        await world.call("workflows.create", name="sweep", steps=[OWN])
    with pytest.raises(ChooseAnother, match="no workflow"):
        await world.call("workflows.get", workflow="swep")


async def test_everything_that_is_wrong_with_steps_is_found_at_once(world: World) -> None:
    steps = [
        {"id": "a", "operation": "catalog.nope"},
        {"id": "b", "operation": "catalog.tag_asset", "arguments": {"tagg": "x"}},
        {"id": "c", "operation": "catalog.list_assets", "needs": ["d"]},
        {"id": "d", "operation": "catalog.list_assets", "needs": ["c"]},
    ]
    found = await world.call("workflows.validate", steps=steps)
    assert not found.valid and found.order == []
    assert {fault.step for fault in found.faults} == {"a", "b", "c"}
    assert all(fault.remedy for fault in found.faults)
    with pytest.raises(CorrectInput):
        await world.call("workflows.create", name="x", steps=steps)
    ana = await world.person("Ana Sol", "analyst")
    refused = await world.call(
        "workflows.validate",
        ana,
        steps=[
            {"id": "a", "operation": "data_sources.remove_source", "arguments": {"source": "x"}}
        ],
    )
    assert "data_sources.destroy" in refused.faults[0].remedy
    vera = await world.person("Vera Lind", "viewer")
    with pytest.raises(AskForAccess):
        await world.call("workflows.create", vera, name="x", steps=[OWN])
