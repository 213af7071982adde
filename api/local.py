"""Commands without a server: the runtime is built in this process, as the administrator."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from api.runtime import Runtime, build
from api.settings import Settings
from tools.context import Caller


@asynccontextmanager
async def _running(settings: Settings) -> AsyncIterator[tuple[Runtime, Caller]]:
    runtime = build(settings)
    await runtime.start()
    try:
        administrator = await runtime.accounts.ensure_administrator(None)
        yield runtime, Caller(administrator, "cli")
    finally:
        await runtime.stop()


async def chat_once(settings: Settings, message: str, write: Callable[[str], object]) -> None:
    """One message in a new conversation; its text is written as it comes."""
    async with _running(settings) as (runtime, caller):
        run = await runtime.runs.submit(caller, message, None)
        async for batch in runtime.events.follow(run.id):
            for logged in batch:
                event = json.loads(logged.data)
                if event["type"] == "TEXT_MESSAGE_CONTENT":
                    write(event["delta"])
                elif event["type"] == "RUN_ERROR":
                    write(event["message"])
                elif event.get("name") == "plan_proposed":
                    plan = event["value"]
                    write(f"\n\nPlan {plan['id']}: {plan['title']}\n")
                    for step in plan["steps"]:
                        write(f"  {step['id']} {step['operation']}: {step['preview']['summary']}\n")
                    write("Approve it in the panel or over the API.")


async def call_once(settings: Settings, operation: str, arguments: dict[str, Any]) -> Any:
    """One invocation; its result as JSON."""
    async with _running(settings) as (runtime, caller):
        invocation = await runtime.kernel.invoke(operation, arguments, caller)
        return invocation.value.model_dump(mode="json")


async def rebuild_index(settings: Settings) -> int:
    """Build the index anew; returns the number of documents."""
    async with _running(settings) as (runtime, _caller):
        return await runtime.follower.rebuild()
