"""What commands ask of a folder's Racine, as the administrator: in this process, or over HTTP.

One process has a data folder open. Where that is a service, commands speak to it at its address.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

from filelock import FileLock, Timeout

from api.accounts import link_token
from api.settings import Settings
from tools.context import Caller

if TYPE_CHECKING:
    from api.runtime import Runtime

Event = Mapping[str, Any]
Ask = Callable[[str], bool]
Write = Callable[[str], object]


class Racine(Protocol):
    """What a command can ask, wherever it runs."""

    user_id: str

    async def invoke(self, operation: str, arguments: Mapping[str, Any]) -> Any:
        """An operation's result as JSON."""

    def say(self, message: str) -> AsyncIterator[Event]:
        """The events of the turn that answers a message, in a new conversation."""

    async def approve(self, plan: Mapping[str, Any]) -> Mapping[str, Any]:
        """Agree to a plan as it was shown: the run that carries it out, and who has to agree."""

    def follow(self, run_id: str) -> AsyncIterator[Event]:
        """A run's events, to its end."""

    async def rebuild(self) -> int:
        """Build the index anew; returns the number of documents."""


class Local:
    """A runtime in this process."""

    def __init__(self, runtime: Runtime, user_id: str) -> None:
        self._runtime, self.user_id = runtime, user_id
        self._caller = Caller(user_id, "cli")
        self._executing: dict[str, str] = {}

    async def invoke(self, operation: str, arguments: Mapping[str, Any]) -> Any:
        """An operation's result as JSON."""
        from tools.values import revealed

        done = await self._runtime.kernel.invoke(operation, dict(arguments), self._caller)
        return revealed(done.value)

    async def say(self, message: str) -> AsyncIterator[Event]:
        """The events of the turn that answers a message, in a new conversation."""
        run = await self._runtime.runs.submit(self._caller, message, None)
        async for event in self.follow(run.id):
            yield event

    async def approve(self, plan: Mapping[str, Any]) -> Mapping[str, Any]:
        """Agree to a plan as it was shown: the run that carries it out, and who has to agree."""
        plans = self._runtime.plans
        approved = await plans.approve(plan["id"], plan["hash"], self._caller)
        if approved.execution_id and approved.execution_run_id:
            self._executing[approved.execution_run_id] = approved.execution_id
        self._runtime.engine.poke()
        shown = await plans.shown(approved, self._caller)
        return {"run_id": approved.execution_run_id, "approval": shown["approval"]}

    async def follow(self, run_id: str) -> AsyncIterator[Event]:
        """A run's events, to its end."""
        async for batch in self._runtime.events.follow(run_id):
            for logged in batch:
                yield json.loads(logged.data)
        if run_id in self._executing:
            await self._runtime.engine.noted(self._executing[run_id])

    async def rebuild(self) -> int:
        """Build the index anew; returns the number of documents."""
        count: int = await self._runtime.follower.rebuild()
        return count


@asynccontextmanager
async def _racine(settings: Settings) -> AsyncIterator[Racine]:
    """The folder's Racine: the service that has it open, else one in this process meanwhile."""
    if is_open(settings):
        from api.remote import remote

        async with remote(settings) as served:
            yield served
        return
    from api.runtime import build

    runtime = build(settings)
    await runtime.start()
    try:
        yield Local(runtime, await runtime.accounts.ensure_administrator(None))
    finally:
        await runtime.stop()


def is_open(settings: Settings) -> bool:
    """Whether another process has the data folder open."""
    if not settings.lock.exists():
        return False
    try:
        with FileLock(settings.lock, timeout=0):
            return False
    except Timeout:
        return True


async def chat_once(settings: Settings, message: str, write: Write, ask: Ask | None) -> None:
    """One message in a new conversation; its text is written as it comes.

    Args:
        ask: puts a question to the person, yes or no; a plan that they agree to is followed to its
            end. None where nobody is there to answer.
    """
    async with _racine(settings) as racine:
        plan = await _told(racine.say(message), write)
        if plan is None:
            return
        if ask is None:
            write("Approve it in the panel or over the API.")
            return
        if not ask("Approve it?"):
            write("Nothing is done. The plan waits in the panel until it expires.")
            return
        approved = await racine.approve(plan)
        if approved["run_id"] is not None:
            await _told(racine.follow(approved["run_id"]), write)
            return
        needs = approved["approval"]["needs"]
        waits = "; ".join(one["who"] for one in needs if one["given"] < one["wanted"])
        write(f"Your approval is kept. Nothing is done yet: it waits for {waits}.")


async def _told(events: AsyncIterator[Event], write: Write) -> Event | None:
    """Write what a run tells; returns the plan that it proposes."""
    plan: Event | None = None
    async for event in events:
        value = event.get("value")
        if event["type"] == "TEXT_MESSAGE_CONTENT":
            write(event["delta"])
        elif event["type"] == "RUN_ERROR":
            write(event["message"])
        elif event.get("name") == "plan_proposed" and value:
            plan = value
            write(f"\n\nPlan {value['id']}: {value['title']}\n")
            for step in value["steps"]:
                write(f"  {step['id']} {step['operation']}: {step['preview']['summary']}\n")
        elif event.get("name") == "execution_step" and value and "progress" not in value:
            detail = f": {value['detail']}" if value["detail"] else ""
            write(f"  {value['step_id']} {value['operation']} {value['status']}{detail}\n")
        elif event.get("name") == "plan_updated" and value and value["status"] in HALTED:
            write(f"  It is {HALTED[value['status']]}; go on with it in the panel.\n")
    return plan


HALTED = {"paused": "paused", "waiting": "waiting", "unknown": "at a step whose end isn't known"}


async def called(settings: Settings, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Invocations, one after the other; their results as JSON."""
    async with _racine(settings) as racine:
        return [await racine.invoke(name, given) for name, given in calls]


async def link_for(settings: Settings, person: str | None) -> str:
    """The address that signs a person in; the administrator, if nobody is named."""
    async with _racine(settings) as racine:
        user_id = racine.user_id
        if person is not None:
            user_id = (await racine.invoke("rbac.get_user", {"user": person}))["id"]
        return sign_in_url(settings, user_id)


def sign_in_url(settings: Settings, user_id: str) -> str:
    """The panel's address with a token that signs this person in."""
    return f"{settings.address}/?token={link_token(settings.key(), user_id)}"


async def rebuild_index(settings: Settings) -> int:
    """Build the index anew; returns the number of documents."""
    async with _racine(settings) as racine:
        return await racine.rebuild()
