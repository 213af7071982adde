"""THE choke point: the only way to an operation from outside the domain.

validate → authorize (deny by default) → claim the idempotency key → own transaction → run →
capture changes → append audit → commit → mask and cap. A write that can't be audited doesn't
happen. Work on systems outside is done while no transaction is open.
"""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Hashable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from threading import Event
from time import perf_counter
from typing import Any, TypeVar

import structlog
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from tools import audit
from tools.call import Admit, Call, Invocation, deadline, since
from tools.changes import NEWEST, Capture
from tools.context import Caller, Context, NeedsOutside, Progress, Services
from tools.database import Database
from tools.errors import AskForAccess, AskForApproval, RacineError, SignIn
from tools.failures import failure
from tools.grants import load_entitlements
from tools.operation import Effect
from tools.policy import Entitlements
from tools.racine.integration.serving import Serving
from tools.registry import Registry
from tools.rehearsal import Look, PlanPreview, rehearse
from tools.scoping import restrict
from tools.steps import Step
from tools.validation import redacted, validate

T = TypeVar("T")
log = structlog.get_logger(__name__)


class _RollBack(Exception):  # noqa: N818 - unwinds a preview's transaction
    def __init__(self, outcome: PlanPreview) -> None:
        self.outcome = outcome


class GivenUp(Exception):  # noqa: N818 - ends work in a thread that nobody waits for
    """Nobody waits for the work any more."""


@contextmanager
def _awaited(progress: Progress) -> Iterator[Progress]:
    """A thread can't be cancelled; what it reports to ends it once the block is left."""
    left = Event()

    def told(what: str, done: int, total: int) -> None:
        if left.is_set():
            raise GivenUp
        progress(what, done, total)

    try:
        yield told
    finally:
        left.set()


class Kernel:
    """Invokes and previews operations of one registry on one database."""

    def __init__(self, registry: Registry, database: Database, services: Services) -> None:
        self.registry = registry
        self.database = database
        self.services = services
        self.audit = audit.AuditWriter(database)
        self.after_commit: list[Callable[[], None]] = []
        self._entitlements: dict[str, Entitlements] = {}
        self._serving = Serving(registry)

    # ---- the way in -------------------------------------------------------------------------

    async def invoke(
        self,
        name: str,
        arguments: Mapping[str, Any],
        caller: Caller,
        *,
        idempotency_key: str | None = None,
        progress: Progress = lambda _what, _done, _total: None,
        admit: Admit | None = None,
        known: Mapping[Hashable, Any] | None = None,
    ) -> Invocation:
        """Run an operation for a caller.

        Args:
            name: the operation's name.
            arguments: its arguments as JSON values.
            caller: who asks.
            idempotency_key: a write that carries one happens once, however often it is sent.
            progress: told `(what, done, total)` from the thread that works outside.
            admit: asked, before the commit, whether so many changed records are allowed.
            known: what is known of the work outside already, from `reconcile`.

        Raises:
            RacineError: what the caller should do instead; nothing is half written then.
        """
        async with self.database.reading() as session:
            entitlements = await self.entitlements(caller.user_id, session)
            operation = self.registry.find(name)
            if operation.effect is not Effect.READ:
                await session.close()  # a write has a transaction of its own
            started = perf_counter()
            entry = audit.Entry(
                user_id=entitlements.user_id,
                user_name=entitlements.user_name,
                channel=caller.channel,
                operation=operation.name,
                effect=operation.effect,
                outcome="done",
                reason="",
                arguments={},
                run_id=caller.run_id,
            )
            try:
                valid = validate(operation, arguments)
                entry = replace(entry, arguments=redacted(valid))
                call = Call(self, operation, valid, caller, entitlements, idempotency_key)
                if operation.effect is Effect.READ:
                    invocation = await self._outside_first(partial(call.read, session), progress)
                    decision = call.decision
                    self.audit.submit(
                        replace(
                            entry,
                            id=invocation.activity_id,
                            reason=decision.reason,
                            milliseconds=since(started),
                        )
                    )
                    return invocation

                async def write(outside: dict[Hashable, Any]) -> Invocation:
                    return await call.write({**outside, **(known or {})}, entry, started, admit)

                invocation = await self._outside_first(write, progress)
            except RacineError as error:
                refused = isinstance(error, AskForAccess | AskForApproval)
                outcome = "refused" if refused else "failed"
                self.audit.submit(
                    replace(
                        entry, outcome=outcome, reason=error.detail, milliseconds=since(started)
                    )
                )
                raise
            except Exception as error:
                log.exception("operation failed", operation=operation.name)
                told = failure(operation.name, error, f"activity {entry.id}")
                self.audit.submit(replace(entry, outcome="failed", reason=told.detail))
                raise told from error
            self._committed()
            return invocation

    async def reconcile(
        self, name: str, arguments: Mapping[str, Any], caller: Caller, key: str
    ) -> Mapping[Hashable, Any] | None:
        """Find out whether an operation that acts outside has happened, by its key.

        Returns:
            What `invoke` takes as `known`, or None where it hasn't happened.

        Raises:
            FindOut: it can't be known.
        """
        entitlements = await self.entitlements(caller.user_id)
        operation = self.registry.find(name)
        call = Call(self, operation, validate(operation, arguments), caller, entitlements, key)

        async def ask(outside: dict[Hashable, Any]) -> Mapping[Hashable, Any] | None:
            async with self.database.reading() as session:
                return await call.reconcile(session, outside)

        return await self._outside_first(ask, lambda _what, _done, _total: None)

    async def preview(
        self,
        steps: Sequence[Step],
        caller: Caller,
        seconds: float = 60.0,
        look: Look | None = None,
    ) -> PlanPreview:
        """Run steps, in the order given, in one transaction that is rolled back.

        Args:
            look: what to look at before the steps' effects are gone again; it only reads.

        A step that fails ends the preview: it carries the error, those behind it are left out.
        """
        entitlements = await self.entitlements(caller.user_id)

        async def attempt(outside: dict[Hashable, Any]) -> PlanPreview:
            try:
                async with self.database.writing() as session:
                    raise _RollBack(
                        await rehearse(self, session, steps, caller, entitlements, outside, look)
                    )
            except _RollBack as rolled_back:
                return rolled_back.outcome

        async with deadline("The preview", seconds):
            return await self._outside_first(attempt, lambda _what, _done, _total: None)

    async def nested(self, ctx: Context, name: str, arguments: Mapping[str, Any]) -> BaseModel:
        """Run an operation inside another's transaction, under the same caller's rights."""
        operation = self.registry.find(name)
        call = Call(self, operation, validate(operation, arguments), ctx.caller, ctx.entitlements)
        try:
            return await call.run(ctx.session, ctx.outside_results, preview=ctx.preview)
        finally:
            restrict(ctx.session, ctx.decision, ctx.caller.user_id)

    @asynccontextmanager
    async def unit_of_work(self, entry: audit.Entry) -> AsyncIterator[AsyncSession]:
        """A transaction of the system's own (seeding, the demo): captured and audited alike."""
        async with self.database.writing() as session:
            with Capture(session) as capture:
                yield session
                await session.flush()
                changes = capture.rows()
            if changes:
                await audit.append(session, [(entry, changes)])
        self._committed()

    async def entitlements(self, user_id: str, session: AsyncSession | None = None) -> Entitlements:
        """A person's rights, compiled anew after every change that any process has made.

        Args:
            session: one that reads everything; else they are read in one of their own.

        Raises:
            SignIn: nobody has that id, or the account is disabled.
        """
        if session is None:
            async with self.database.reading() as own:
                return await self.entitlements(user_id, own)
        head = await session.scalar(NEWEST)
        await self._serving.refresh(session, head)
        held = self._entitlements.get(user_id)
        if held is None or held.as_of != head:
            loaded = await load_entitlements(session, user_id)
            session.expunge_all()  # what follows in this session may see less
            if loaded is None or not loaded.active:
                raise SignIn("This account doesn't exist or is disabled.", "Ask an administrator.")
            held = self._entitlements[user_id] = replace(loaded, as_of=head)
        return held

    async def close(self) -> None:
        """Write what is still to be written to the audit trail."""
        await self.audit.flush()

    # ---- inside -----------------------------------------------------------------------------

    def _committed(self) -> None:
        for listener in self.after_commit:
            listener()

    async def _outside_first(
        self, attempt: Callable[[dict[Hashable, Any]], Awaitable[T]], progress: Progress
    ) -> T:
        results: dict[Hashable, Any] = {}
        while True:
            try:
                return await attempt(results)
            except NeedsOutside as need:
                with _awaited(progress) as told:
                    async with deadline("The system outside", need.timeout):
                        results[need.key] = await asyncio.to_thread(need.work, told)
