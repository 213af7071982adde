"""Carries out executions in a test, without DBOS: one carrier, on the test's own kernel."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from sqlalchemy import select

from agent.executions import Narrator
from tests.support.world import World
from tools.context import Caller
from tools.events import EventRow
from tools.racine.workflows.carrying import Carrier
from tools.racine.workflows.tables import Execution


async def queued(
    world: World, *steps: dict[str, Any], _as: Caller | None = None, **options: Any
) -> Any:
    """Save steps as a workflow, and queue an execution of it."""
    name = f"workflow {len((await world.call('workflows.list')).items)}"
    await world.call("workflows.create", _as, name=name, steps=list(steps))
    return await world.call("workflows.execute", _as, workflow=name, **options)


async def carry(world: World, execution_id: str) -> Any:
    """Carry an execution out, and what it starts, to its end or to where it halts; its status."""
    runtime = world.runtime
    observer = Narrator(runtime.kernel, runtime.events)
    carriers: dict[str, asyncio.Task[str]] = {}
    queued = {execution_id}
    while queued or not carriers[execution_id].done():
        for one in queued:
            carrier = Carrier(runtime.kernel, runtime.database, observer, one)
            carriers[one] = asyncio.create_task(carrier.run())
        await asyncio.wait({carriers[execution_id]}, timeout=0.02)
        async with runtime.database.reading() as session:
            of_these = Execution.parent_id.in_(carriers)
            waits = select(Execution.id).where(of_these, Execution.status == "queued")
            queued = {one for one in await session.scalars(waits) if carriers.get(one) is None}
    await asyncio.gather(*carriers.values())
    return await world.call("workflows.status", execution_id=execution_id)


async def carried(world: World, *steps: dict[str, Any], **options: Any) -> Any:
    """Queue an execution and carry it out."""
    return await carry(world, (await queued(world, *steps, **options)).id)


async def told(world: World, run_id: str, name: str) -> list[Any]:
    """The values of a run's own events of a name, in order."""
    async with world.runtime.database.reading() as session:
        of_run = select(EventRow.data).where(EventRow.stream == run_id)
        rows = [
            json.loads(row) for row in await session.scalars(of_run.order_by(EventRow.sequence))
        ]
    return [one["value"] for one in rows if one.get("name") == name]


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
