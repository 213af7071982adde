"""A rehearsal: steps run in one transaction that is rolled back, to see what they would change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from tools.call import Call
from tools.changes import Capture, Change, Decisive, fingerprint, published, touched_versions
from tools.context import Caller, NeedsOutside
from tools.errors import RacineError
from tools.failures import shown
from tools.policy import Entitlements
from tools.racine.workflows.tables import Execution
from tools.steps import EVENT, ITEM, Step, holds, in_order, loop_items, loop_result, resolve
from tools.validation import validate

if TYPE_CHECKING:
    from tools.invoke import Kernel

DEEPEST = 3  # executions that start others
Look = Callable[[AsyncSession, Sequence[Change]], Awaitable[Any]]


@dataclass(frozen=True)
class Preview:
    """What a step would change, found out by running it and rolling back.

    Its changes are also those of the execution that it starts. `skipped`: why it would not run as
    things stand. `note`: what else there is to say of it, as what its result says is `ahead`.
    """

    step_id: str
    changes: tuple[Change, ...] = ()
    result: dict[str, Any] = field(default_factory=dict)
    error: RacineError | None = None
    skipped: str = ""
    note: str = ""


@dataclass(frozen=True)
class PlanPreview:
    """The previews of a plan's steps, and the versions of the records that it rests on.

    `goes_by`: those of them that it only looks at, and that decide what it does. `seen`: what
    `look` returned; None where a step failed.
    """

    steps: tuple[Preview, ...]
    touched: dict[str, str]
    goes_by: tuple[str, ...] = ()
    seen: Any = None


async def rehearse(
    kernel: Kernel,
    session: AsyncSession,
    steps: Sequence[Step],
    caller: Caller,
    entitlements: Entitlements,
    outside: dict[Hashable, Any],
    look: Look | None,
) -> PlanPreview:
    """Run steps in a session that the caller rolls back; the first that fails ends it."""
    with Capture(session) as whole, Decisive(session) as decisive:
        rehearsal = _Rehearsal(kernel, session, caller, entitlements, outside)
        previews = await rehearsal.run(steps, {})
    touched = {
        f"{change.table}/{change.key}": fingerprint(change.before)
        for change in whole.rows()
        if change.before is not None
    }
    session.sync_session.info.pop("visible", None)  # an approver's look isn't restricted either
    made = {(change.table, change.key) for change in whole.rows()}
    versions = await touched_versions(session, sorted(decisive.records - made))
    goes_by = {name: version for name, version in versions.items() if version is not None}
    every = [change for one in previews for change in one.changes]
    failed = any(one.error for one in previews)
    seen = await look(session, every) if look and not failed else None
    return PlanPreview(tuple(previews), touched | goes_by, tuple(goes_by), seen)


@dataclass(frozen=True)
class _Rehearsal:
    """Runs steps, and those of the executions that they start, in one session."""

    kernel: Kernel
    session: AsyncSession
    caller: Caller
    entitlements: Entitlements
    outside: dict[Hashable, Any]

    async def run(
        self, steps: Sequence[Step], results: dict[str, Any], depth: int = 0
    ) -> list[Preview]:
        """Each step's preview; the first that fails is the last. `depth`: started by how many."""
        previews: list[Preview] = []
        for step in steps:
            try:
                if why := _left_out(step, results):
                    previews.append(Preview(step.id, skipped=why))
                    continue
                with Capture(self.session) as capture, _Started(self.session) as started:
                    # of a started execution's steps the one that fails must leave nothing
                    async with self.session.begin_nested() if depth else nullcontext():
                        results[step.id] = await self._try_out(step, results)
                        await self.session.flush()
                    note = await self._follow(tuple(started.executions), depth)
                    note = note or str(results[step.id].get("ahead", ""))
            except NeedsOutside:
                raise
            except Exception as error:
                previews.append(Preview(step.id, error=shown(error, step.operation)))
                break
            changes = tuple(published(change) for change in capture.rows())
            previews.append(Preview(step.id, changes, results[step.id], note=note))
        return previews

    async def _follow(self, executions: Sequence[Execution], depth: int) -> str:
        """Rehearse what was started; what there is to say of it."""
        if executions and depth == DEEPEST:
            return "what it starts by starting others isn't looked at"
        notes = []
        for one in executions:
            steps = in_order([Step.model_validate(raw) for raw in one.steps])
            for seen in await self.run(steps, {EVENT: one.event}, depth + 1):
                if seen.error is not None:
                    why = f"step '{seen.step_id}' of {one.title} fails: {seen.error.detail}"
                    notes.append(f"as things stand {why}")
                elif seen.note:
                    notes.append(seen.note)
        return "; ".join(notes)

    async def _try_out(self, step: Step, results: Mapping[str, Any]) -> dict[str, Any]:
        """Run a step, or each item of its loop, in a transaction that is rolled back."""
        operation = self.kernel.registry.find(step.operation)
        scopes = [results]
        if step.each is not None:
            scopes = [{**results, ITEM: item} for item in loop_items(step, results)]
        values: list[dict[str, Any]] = []
        for scope in scopes:
            valid = validate(operation, resolve(step.arguments, scope))
            call = Call(self.kernel, operation, valid, self.caller, self.entitlements)
            value = await call.run(self.session, self.outside, preview=True)
            values.append(value.model_dump(mode="json"))
        return values[0] if step.each is None else loop_result(values, len(values), 0)


class _Started:
    """While entered, notes the executions that a session queues."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session.sync_session
        self.executions: list[Execution] = []

    def __enter__(self) -> _Started:
        event.listen(self._session, "pending_to_persistent", self._note)
        return self

    def __exit__(self, *_exc: object) -> None:
        event.remove(self._session, "pending_to_persistent", self._note)

    def _note(self, _session: Session, row: Any) -> None:
        if isinstance(row, Execution) and row not in self.executions:
            self.executions.append(row)


def _left_out(step: Step, results: Mapping[str, Any]) -> str:
    """Why a step would not run, with the steps before it gone well."""
    if step.after == "failure":
        return "runs only if a step before it fails"
    if missing := sorted(step.refers_to() - set(results)):
        return f"not run, because it reads the result of {missing[0]}, which isn't run"
    if not all(holds(test, results) for test in step.when):
        return "not run, because its condition doesn't hold as things stand"
    return ""
