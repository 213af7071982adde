"""Orchestration's own paths lead to the same workflows and executions as everybody else's."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tests.tools.racine.workflows.carried import carry, step
from tools.errors import RacineError


async def test_a_workflow_is_made_executed_followed_and_controlled(world: World) -> None:
    await world.source("shop")
    tag = step("tag", "catalog.tag_asset", asset="shop.orders", tag="done")
    made = await world.call("orchestration.create", name="weekly", steps=[tag])
    assert (await world.call("workflows.get", workflow="weekly")).id == made.id
    started = await world.call("orchestration.execute_workflow", workflow="weekly")
    await world.call("orchestration.control_workflow", execution_id=started.id, action="pause")
    assert (await carry(world, started.id)).status == "paused"
    await world.call("orchestration.control_workflow", execution_id=started.id, action="resume")
    await carry(world, started.id)
    status = await world.call("orchestration.workflow_status", execution_id=started.id)
    assert status.status == "done"


async def test_metrics_count_calls_and_executions(world: World) -> None:
    await world.source("shop")
    tag = step("tag", "catalog.tag_asset", asset="shop.orders", tag="done")
    await world.call("orchestration.create", name="weekly", steps=[tag])
    for _ in range(2):
        started = await world.call("orchestration.execute_workflow", workflow="weekly")
        await carry(world, started.id)
    for wrong in ({"asset": "shop.unheard_of", "tag": "x"}, {"asset": "shop.orders"}):
        with pytest.raises(RacineError):
            await world.call("catalog.tag_asset", **wrong)
    await world.runtime.kernel.close()
    told = await world.call("orchestration.metrics", hours=1)
    assert told.executions == {"done": 2}
    assert told.steps == {"done": 2}
    assert told.failed == 2
    by_name = {one.operation: one for one in told.operations}
    tagging = by_name["catalog.tag_asset"]
    assert (tagging.calls, tagging.failed) == (4, 2)
    assert 0 < tagging.p50_milliseconds <= tagging.p95_milliseconds
    assert told.calls == sum(one.calls for one in told.operations)
