"""Pipelines in words: how they stand and have gone, what slows them, what would help."""

from __future__ import annotations

from typing import Any

import pytest

from tests.agent.test_access_answers import told
from tests.support.world import World
from tests.tools.racine.workflows.carried import carry, step

GATE = {"kind": "approval", "people": ["Administrator"], "reason": "publish"}


def stage(name: str, *steps: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"name": name, "steps": list(steps), **options}


@pytest.fixture
async def nightly(world: World) -> World:
    await world.source()
    look = {"asset": "shop.orders"}
    stages = [
        stage("look", step("a", "catalog.get_asset", **look)),
        stage("again", step("b", "catalog.get_asset", **look)),
        stage("mark", step("t", "catalog.tag_asset", asset="shop.orders", tag="x"), gate=GATE),
    ]
    await world.call("pipelines.create", name="nightly", stages=stages)
    return world


async def run(world: World) -> str:
    return str((await world.call("pipelines.execute", pipeline="nightly")).execution_id)


async def test_what_has_not_run_says_so(nightly: World) -> None:
    health = await told(nightly, "pipelines.health", pipeline="nightly")
    assert health.startswith("**nightly** has not run yet")


async def test_how_it_stands_and_has_gone(nightly: World) -> None:
    waiting = await carry(nightly, await run(nightly))
    stands = await told(nightly, "pipelines.status", pipeline="nightly")
    assert stands.startswith("**nightly** is waiting (begun 20")
    assert "\n- mark: waiting" in stands
    assert "publish" in stands
    await nightly.call("workflows.control", execution_id=waiting.id, action="approve_gate")
    await carry(nightly, waiting.id)
    gone = await told(nightly, "pipelines.health", pipeline="nightly")
    assert gone.startswith("**nightly** is healthy over 1 execution")
    assert "100 % went well" in gone
    slow = await told(nightly, "pipelines.bottlenecks", pipeline="nightly")
    assert slow.startswith("**nightly**: ")
    assert "- mark: " in slow and "on the critical path" in slow


async def test_what_would_make_it_faster_can_be_asked_for(nightly: World) -> None:
    none = await told(nightly, "pipelines.optimize", pipeline="nightly")
    assert "the median of 0 executions" in none
    for _ in range(3):
        halted = await carry(nightly, await run(nightly))
        await nightly.call("workflows.control", execution_id=halted.id, action="approve_gate")
        await carry(nightly, halted.id)
    faster = await told(nightly, "pipelines.optimize", pipeline="nightly")
    assert faster.startswith("**nightly** takes ")
    assert "1. **" in faster
    assert "Together they should save" in faster
    assert "“Apply the optimization to the pipeline nightly”" in faster
