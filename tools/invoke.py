"""THE choke point: the only way to an operation from outside the domain.

validate → authorize (deny by default) → claim the idempotency key → own transaction → run →
capture changes → append audit → commit → mask and cap. A write that can't be audited doesn't
happen. Work on systems outside is done while no transaction is open.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, TypeVar

import structlog
from pydantic import BaseModel, ValidationError
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tools import audit
from tools.changes import Capture, Change, ChangeRow, fingerprint, published
from tools.context import Caller, Context, NeedsOutside, Progress, Services
from tools.database import Database, new_id
from tools.errors import (
    AskForAccess,
    AskForApproval,
    CorrectInput,
    LookAgain,
    RacineError,
    SignIn,
    TryLater,
)
from tools.idempotency import claim
from tools.masking import mask_rows
from tools.operation import Effect, Operation
from tools.policy import Decision, Entitlements, load_entitlements
from tools.racine.approvals.guard import refuse_unapproved
from tools.registry import Registry
from tools.safety import PASSWORD, check_storable
from tools.scoping import restrict
from tools.steps import ITEM, Step, holds, loop_items, loop_result, resolve
from tools.targets import source_of

T = TypeVar("T")
log = structlog.get_logger(__name__)
READING = "catalog.read"


@dataclass(frozen=True)
class Invocation:
    """What came of an invocation. `replayed`: the key had been used, this is the first result."""

    value: BaseModel
    activity_id: str
    changes: int = 0
    replayed: bool = False


@dataclass(frozen=True)
class Preview:
    """What a step would change, found out by running it and rolling back.

    `skipped`: why it would not run as things stand.
    """

    step_id: str
    changes: tuple[Change, ...] = ()
    result: dict[str, Any] = field(default_factory=dict)
    error: RacineError | None = None
    skipped: str = ""


@dataclass(frozen=True)
class PlanPreview:
    """The previews of a plan's steps, and the versions of the records that it would touch."""

    steps: tuple[Preview, ...]
    touched: dict[str, str]


class _RollBack(Exception):  # noqa: N818 - unwinds a preview's transaction
    def __init__(self, outcome: PlanPreview) -> None:
        self.outcome = outcome


class Kernel:
    """Invokes and previews operations of one registry on one database."""

    def __init__(self, registry: Registry, database: Database, services: Services) -> None:
        self.registry = registry
        self.database = database
        self.services = services
        self.audit = audit.AuditWriter(database)
        self.after_commit: list[Callable[[], None]] = []
        self._entitlements: dict[str, tuple[int | None, Entitlements]] = {}

    # ---- the way in -------------------------------------------------------------------------

    async def invoke(
        self,
        name: str,
        arguments: Mapping[str, Any],
        caller: Caller,
        *,
        idempotency_key: str | None = None,
        progress: Progress = lambda _what, _done, _total: None,
        admit: Callable[[int], None] = lambda _changes: None,
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
        operation = self.registry.find(name)
        entitlements = await self.entitlements(caller.user_id)
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
            entry = _with(entry, arguments=redacted(valid))
            call = _Call(self, operation, valid, caller, entitlements, idempotency_key)
            if operation.effect is Effect.READ:
                invocation = await self._outside_first(call.read, progress)
                decision = call.decision
                self.audit.submit(
                    _with(
                        entry,
                        id=invocation.activity_id,
                        reason=decision.reason,
                        milliseconds=_since(started),
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
                _with(entry, outcome=outcome, reason=error.detail, milliseconds=_since(started))
            )
            raise
        except Exception as error:
            log.exception("operation failed", operation=operation.name)
            failure = _failure(operation.name, error, f"activity {entry.id}")
            self.audit.submit(_with(entry, outcome="failed", reason=failure.detail))
            raise failure from error
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
        operation = self.registry.find(name)
        entitlements = await self.entitlements(caller.user_id)
        call = _Call(self, operation, validate(operation, arguments), caller, entitlements, key)

        async def ask(outside: dict[Hashable, Any]) -> Mapping[Hashable, Any] | None:
            async with self.database.reading() as session:
                return await call.reconcile(session, outside)

        return await self._outside_first(ask, lambda _what, _done, _total: None)

    async def preview(
        self, steps: Sequence[Step], caller: Caller, seconds: float = 60.0
    ) -> PlanPreview:
        """Run steps, in the order given, in one transaction that is rolled back.

        A step that fails ends the preview: it carries the error, those behind it are left out.
        """
        entitlements = await self.entitlements(caller.user_id)

        async def attempt(outside: dict[Hashable, Any]) -> PlanPreview:
            try:
                async with self.database.writing() as session:
                    raise _RollBack(
                        await self._rehearse(session, steps, caller, entitlements, outside)
                    )
            except _RollBack as rolled_back:
                return rolled_back.outcome

        async with _deadline("The preview", seconds):
            return await self._outside_first(attempt, lambda _what, _done, _total: None)

    async def nested(self, ctx: Context, name: str, arguments: Mapping[str, Any]) -> BaseModel:
        """Run an operation inside another's transaction, under the same caller's rights."""
        operation = self.registry.find(name)
        call = _Call(self, operation, validate(operation, arguments), ctx.caller, ctx.entitlements)
        value = await call.run(ctx.session, ctx.outside_results, preview=ctx.preview)
        restrict(ctx.session, ctx.decision.sources, ctx.caller.user_id)
        return value

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

    async def entitlements(self, user_id: str) -> Entitlements:
        """A person's rights, compiled anew after every change that any process has made.

        Raises:
            SignIn: nobody has that id, or the account is disabled.
        """
        async with self.database.reading() as session:
            head = await session.scalar(select(func.max(ChangeRow.sequence)))
            at, held = self._entitlements.get(user_id, (None, None))
            if held is None or at != head:
                held = await load_entitlements(session, user_id)
        if held is None or not held.active:
            raise SignIn("This account doesn't exist or is disabled.", "Ask an administrator.")
        self._entitlements[user_id] = head, held
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
                async with _deadline("The system outside", need.timeout):
                    results[need.key] = await asyncio.to_thread(need.work, progress)

    async def _rehearse(
        self,
        session: AsyncSession,
        steps: Sequence[Step],
        caller: Caller,
        entitlements: Entitlements,
        outside: dict[Hashable, Any],
    ) -> PlanPreview:
        previews: list[Preview] = []
        results: dict[str, Any] = {}
        with Capture(session) as whole:
            for step in steps:
                try:
                    if why := _left_out(step, results):
                        previews.append(Preview(step.id, skipped=why))
                        continue
                    with Capture(session) as capture:
                        results[step.id] = await self._try_out(
                            session, step, results, caller, entitlements, outside
                        )
                        await session.flush()
                except NeedsOutside:
                    raise
                except Exception as error:
                    previews.append(Preview(step.id, error=_shown(error, step.operation)))
                    break
                changes = tuple(published(change) for change in capture.rows())
                previews.append(Preview(step.id, changes, results[step.id]))
        touched = {
            f"{change.table}/{change.key}": fingerprint(change.before)
            for change in whole.rows()
            if change.before is not None
        }
        return PlanPreview(tuple(previews), touched)

    async def _try_out(
        self,
        session: AsyncSession,
        step: Step,
        results: Mapping[str, Any],
        caller: Caller,
        entitlements: Entitlements,
        outside: dict[Hashable, Any],
    ) -> dict[str, Any]:
        """Run a step, or each item of its loop, in a transaction that is rolled back."""
        operation = self.registry.find(step.operation)
        scopes = [results]
        if step.each is not None:
            scopes = [{**results, ITEM: item} for item in loop_items(step, results)]
        values: list[dict[str, Any]] = []
        for scope in scopes:
            valid = validate(operation, resolve(step.arguments, scope))
            call = _Call(self, operation, valid, caller, entitlements)
            value = await call.run(session, outside, preview=True)
            values.append(value.model_dump(mode="json"))
        return values[0] if step.each is None else loop_result(values, len(values), 0)


class _Call:
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

    async def read(self, outside: dict[Hashable, Any]) -> Invocation:
        async with self.kernel.database.reading() as session:
            value = await self.run(session, outside)
        return Invocation(value, new_id("act"))

    async def write(
        self,
        outside: dict[Hashable, Any],
        entry: audit.Entry,
        started: float,
        admit: Callable[[int], None],
    ) -> Invocation:
        operation, database, idempotency_key = self.operation, self.kernel.database, self.key
        try:
            async with database.writing() as session:
                key = None
                if idempotency_key is not None:
                    key, new = await claim(
                        session,
                        self.caller.user_id,
                        idempotency_key,
                        operation.name,
                        self.arguments.model_dump(mode="json"),
                    )
                    if not new:
                        value = operation.result.model_validate(key.result)
                        return Invocation(value, key.activity_id, replayed=True)
                with Capture(session) as capture:
                    value = await self.run(session, outside)
                    await session.flush()
                    changes = capture.rows()
                await refuse_unapproved(session, operation, changes, self.caller, self.entitlements)
                admit(len(changes))
                entry = _with(entry, reason=self.decision.reason, milliseconds=_since(started))
                await audit.append(session, [(entry, changes)])
                if key is not None:
                    key.result, key.activity_id = value.model_dump(mode="json"), entry.id
        except IntegrityError as error:
            raise _collision(operation.name) from error
        return Invocation(value, entry.id, len(changes))

    async def run(
        self, session: AsyncSession, outside: dict[Hashable, Any], *, preview: bool = False
    ) -> BaseModel:
        """Authorize, run, mask."""
        ctx = await self._context(session, outside, preview=preview)
        async with _deadline(self.operation.name, self.operation.timeout):
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
        restrict(session, decision.sources, self.caller.user_id)
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
        if operation.own:
            readable = entitlements.decide(READING).sources
            return Decision(True, "It is the caller's own.", readable)
        decision = entitlements.decide(operation.permission)
        target = getattr(self.arguments, operation.target) if operation.target else None
        if decision.allowed and operation.target is not None and target is not None:
            # Looked up among what the caller may read, so that a refusal never tells of the rest.
            restrict(session, entitlements.decide(READING).sources, self.caller.user_id)
            source_id, label = await source_of(session, operation.target, target)
            if source_id is not None or operation.effect is not Effect.READ:
                decision_there = entitlements.decide_on(operation.permission, source_id, label)
                if not decision_there.allowed:
                    decision = decision_there
        elif decision.allowed and operation.effect is not Effect.READ:
            decision_there = entitlements.decide_on(operation.permission, None, "")
            if not decision_there.allowed:
                decision = decision_there
        if not decision.allowed:
            raise AskForAccess(
                decision.reason,
                f"Ask an administrator for a role that gives {operation.permission} there "
                "(rbac.grant_role).",
            )
        return decision


def _left_out(step: Step, results: Mapping[str, Any]) -> str:
    """Why a step would not run, with the steps before it gone well."""
    if step.after == "failure":
        return "runs only if a step before it fails"
    if missing := sorted(step.refers_to() - set(results)):
        return f"not run, because it reads the result of {missing[0]}, which isn't run"
    if not all(holds(test, results) for test in step.when):
        return "not run, because its condition doesn't hold as things stand"
    return ""


def validate(operation: Operation, arguments: Mapping[str, Any]) -> BaseModel:
    """The arguments as the operation's own type.

    Raises:
        CorrectInput: one is missing, unknown, of the wrong type, or can't be stored.
    """
    check_storable(arguments)
    try:
        return operation.arguments.model_validate(dict(arguments))
    except ValidationError as error:
        raise invalid(error, f"{operation.name}: ", operation.arguments) from None


def invalid(error: ValidationError, prefix: str, model: type[BaseModel]) -> CorrectInput:
    """A validation error as the sentence its reader needs; the value itself stays out of it."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])[:80] or "arguments"
    known = ", ".join(model.model_fields) or "none"
    remedy = (
        f"Arguments are: {known}."
        if first["type"] in ("missing", "extra_forbidden")
        else (f"Correct '{where}' and send it again.")
    )
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    message = {
        "missing": "is needed",
        "extra_forbidden": "is not an argument",
    }.get(first["type"], first["msg"][0].lower() + first["msg"][1:])
    return CorrectInput(f"{prefix}'{where}' {message}{more}.", remedy, field=where)


def redacted(arguments: BaseModel) -> dict[str, Any]:
    """Arguments as they may be logged: without secrets, passwords in URLs too, long texts cut."""
    clean: dict[str, Any] = {}
    for name, value in arguments.model_dump(mode="json", exclude_defaults=True).items():
        extra = type(arguments).model_fields[name].json_schema_extra
        if isinstance(extra, dict) and extra.get("x-secret"):
            clean[name] = "•••"
        else:
            clean[name] = _loggable(value)
    return clean


def _loggable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _loggable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_loggable(item) for item in value]
    if not isinstance(value, str):
        return value
    clean = PASSWORD.sub(r"\1\2•••", value)
    return clean[:300] + "…" if len(clean) > 300 else clean


def _shown(error: Exception, operation: str) -> RacineError:
    """What a step's error is to whoever looks at its preview."""
    if isinstance(error, RacineError):
        return error
    if isinstance(error, IntegrityError):
        return _collision(operation)
    log.error("a preview failed", operation=operation, exc_info=error)
    return _failure(operation, error, "the time")


def _collision(operation: str) -> LookAgain:
    return LookAgain(
        f"{operation} collides with something that was written meanwhile.",
        "Look at the present state and try again.",
    )


def _failure(operation: str, error: Exception, where: str) -> RacineError:
    return RacineError(
        f"{operation} failed inside the service ({type(error).__name__}).",
        f"Nothing was changed. Try again; if it stays, report {where}.",
    )


def _with(entry: audit.Entry, **known: Any) -> audit.Entry:
    return audit.Entry(**(vars(entry) | known))


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)


@asynccontextmanager
async def _deadline(what: str, seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise TryLater(
            f"{what} took longer than {seconds:g} seconds and was given up.",
            "Nothing was changed. Try a smaller part, or later.",
            code="timeout",
        ) from None
