"""Commands without a server: the runtime is built in this process, as the administrator."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from api.accounts import Accounts
from api.runtime import Runtime, build
from api.settings import Settings
from tools.context import Caller
from tools.values import revealed


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


async def called(settings: Settings, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Invocations, one after the other; their results as JSON."""
    async with _running(settings) as (runtime, caller):
        done = [await runtime.kernel.invoke(name, given, caller) for name, given in calls]
        return [revealed(one.value) for one in done]


async def link_for(settings: Settings, person: str | None) -> str:
    """The address that signs a person in; the administrator, if nobody is named."""
    async with _running(settings) as (runtime, caller):
        user_id = caller.user_id
        if person is not None:
            found = await runtime.kernel.invoke("rbac.get_user", {"user": person}, caller)
            user_id = found.value.model_dump()["id"]
        return sign_in_url(settings, runtime.accounts, user_id)


def sign_in_url(settings: Settings, accounts: Accounts, user_id: str) -> str:
    """The panel's address with a token that signs this person in."""
    return f"http://{settings.host}:{settings.port}/?token={accounts.link_for(user_id)}"


async def rebuild_index(settings: Settings) -> int:
    """Build the index anew; returns the number of documents."""
    async with _running(settings) as (runtime, _caller):
        return await runtime.follower.rebuild()
