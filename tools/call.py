"""One operation with valid arguments, for one caller: authorized, run in a transaction, masked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tools import audit
from tools.changes import Capture, Decisive
from tools.context import Caller, Context
from tools.database import new_id
from tools.errors import AskForAccess, TryLater
from tools.failures import collision
from tools.grants import ask_for
from tools.idempotency import claim, keep
from tools.masking import mask_rows
from tools.operation import Effect, Operation
from tools.policy import Decision, Entitlements
from tools.racine.approvals.guard import refuse_changed, refuse_unapproved
from tools.scoping import restrict
from tools.targets import decide_there, place_of

if TYPE_CHECKING:
    from tools.invoke import Kernel

READING = "catalog.read"
Admit = Callable[[AsyncSession, int], Awaitable[None]]


@dataclass(frozen=True)
class Invocation:
    """What came of an invocation. `replayed`: the key had been used, this is the first result."""

    value: BaseModel
    activity_id: str
    changes: int = 0
    replayed: bool = False


class Call:
    """One operation with valid arguments, for one caller."""

    def __init__(
        self,
        kernel: Kernel,
        operation: Operation,
        arguments: BaseModel,
        caller: Caller,
        entitlements: Entitlements,
        key: str | None = None,
    ) -> None:
        self.key = key
        self.kernel, self.operation, self.arguments = kernel, operation, arguments
        self.caller, self.entitlements = caller, entitlements
        self.decision = Decision(False, "not decided")

    async def read(self, session: AsyncSession, outside: dict[Hashable, Any]) -> Invocation:
        """Run what only reads, in a session that is done with it."""
        try:
            value = await self.run(session, outside)
        finally:
            await session.close()  # also where it needs work outside, which may take long
        return Invocation(value, new_id("act"))

    async def write(
        self,
        outside: dict[Hashable, Any],
        entry: audit.Entry,
        started: float,
        admit: Admit | None,
    ) -> Invocation:
        operation, database, key = self.operation, self.kernel.database, self.key
        try:
            async with database.writing() as session:
                if key is not None:
                    arguments = self.arguments.model_dump(mode="json")
                    user_id = self.caller.user_id
                    known = await claim(session, user_id, key, operation.name, arguments)
                    if known is not None:
                        value = operation.result.model_validate(known.result)
                        return Invocation(value, known.activity_id, replayed=True)
                with Capture(session) as capture, Decisive(session) as decisive:
                    value = await self.run(session, outside)
                    await session.flush()
                    changes = await capture.settled()
                await refuse_unapproved(
                    session, operation, changes, value, self.caller, self.entitlements
                )
                await refuse_changed(session, decisive.records, self.caller)
                if admit is not None:
                    await admit(session, len(changes))
                entry = replace(entry, reason=self.decision.reason, milliseconds=since(started))
                await audit.append(session, [(entry, changes)])
                if key is not None:
                    result = value.model_dump(mode="json")
                    await keep(session, self.caller.user_id, key, result, entry.id)
        except IntegrityError as error:
            raise collision(operation.name) from error
        return Invocation(value, entry.id, len(changes))

    async def run(
        self, session: AsyncSession, outside: dict[Hashable, Any], *, preview: bool = False
    ) -> BaseModel:
        """Authorize, run, mask."""
        ctx = await self._context(session, outside, preview=preview)
        async with deadline(self.operation.name, self.operation.timeout):
            value = await self.operation.function(ctx, **self._values())
        return await mask_rows(session, value, self.entitlements, masked=self.caller.masked)

    async def reconcile(
        self, session: AsyncSession, outside: dict[Hashable, Any]
    ) -> Mapping[Hashable, Any] | None:
        """Authorize, and ask outside."""
        ask = self.operation.reconcile
        if ask is None:
            return None
        return await ask(await self._context(session, outside), **self._values())

    def _values(self) -> dict[str, Any]:
        return {name: getattr(self.arguments, name) for name in type(self.arguments).model_fields}

    async def _context(
        self, session: AsyncSession, outside: dict[Hashable, Any], *, preview: bool = False
    ) -> Context:
        self.decision = decision = await self._authorize(session)
        restrict(session, decision, self.caller.user_id)
        return Context(
            caller=self.caller,
            entitlements=self.entitlements,
            decision=decision,
            session=session,
            services=self.kernel.services,
            kernel=self.kernel,
            outside_results=outside,
            preview=preview,
            key=self.key,
        )

    async def _authorize(self, session: AsyncSession) -> Decision:
        operation, entitlements = self.operation, self.entitlements
        self.kernel.registry.check_offered(operation)
        if operation.own:
            return replace(
                entitlements.decide(READING), allowed=True, reason="It is the caller's own."
            )
        decision = entitlements.decide(operation.permission)
        target = getattr(self.arguments, operation.target) if operation.target else None
        if decision.allowed and operation.target is not None and target is not None:
            # Looked up among what the caller may read, so that a refusal never tells of the rest.
            restrict(session, entitlements.decide(READING), self.caller.user_id)
            on = await place_of(session, operation.target, target)
            reading = operation.effect is Effect.READ
            if not reading or (on.source_id is not None and not decision.touches(on.source_id)):
                decision_there = await decide_there(session, entitlements, operation.permission, on)
                if not decision_there.allowed:
                    decision = decision_there
        elif decision.allowed and (operation.effect is not Effect.READ or operation.service):
            decision_there = entitlements.decide_on(operation.permission, None, "")
            if not decision_there.allowed:
                decision = decision_there
        if not decision.allowed:
            raise AskForAccess(decision.reason, await ask_for(session, operation.permission))
        return decision


def since(started: float) -> int:
    """Milliseconds since then."""
    return round((perf_counter() - started) * 1000)


@asynccontextmanager
async def deadline(what: str, seconds: float) -> AsyncIterator[None]:
    """Give up what takes longer.

    Raises:
        TryLater: it did.
    """
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise TryLater(
            f"{what} took longer than {seconds:g} seconds and was given up.",
            "Nothing was changed. Try a smaller part, or later.",
            code="timeout",
        ) from None
