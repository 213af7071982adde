"""Carries out executions in a test, without DBOS: one carrier, on the test's own kernel."""

from __future__ import annotations

from typing import Any

from agent.executions import Narrator
from tests.support.world import World
from tools.context import Caller
from tools.racine.workflows.carrying import Carrier


async def queued(
    world: World, *steps: dict[str, Any], _as: Caller | None = None, **options: Any
) -> Any:
    """Save steps as a workflow, and queue an execution of it."""
    name = f"workflow {len((await world.call('workflows.list')).items)}"
    await world.call("workflows.create", _as, name=name, steps=list(steps))
    return await world.call("workflows.execute", _as, workflow=name, **options)


async def carry(world: World, execution_id: str) -> Any:
    """Carry an execution out, to its end or to where it halts; its status."""
    runtime = world.runtime
    observer = Narrator(runtime.kernel, runtime.events)
    await Carrier(runtime.kernel, runtime.database, observer, execution_id).run()
    return await world.call("workflows.status", execution_id=execution_id)


async def carried(world: World, *steps: dict[str, Any], **options: Any) -> Any:
    """Queue an execution and carry it out."""
    return await carry(world, (await queued(world, *steps, **options)).id)


def step(step_id: str, operation: str, /, **options: Any) -> dict[str, Any]:
    """A step; what isn't one of its own options is an argument."""
    own = {"needs", "when", "after", "each", "retry", "timeout", "on_failure", "compensate", "gate"}
    arguments = {name: value for name, value in options.items() if name not in own}
    chosen = {name: value for name, value in options.items() if name in own}
    return {"id": step_id, "operation": operation, "arguments": arguments, **chosen}


def ref(path: str) -> dict[str, str]:
    """A reference to an earlier result."""
    return {"$ref": path}


def statuses(execution: Any) -> dict[str, str]:
    """How each step stands, by id."""
    return {one.step_id: one.status for one in execution.steps}
