"""A rehearsal: steps run in one transaction that is rolled back, to see what they would change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncSession

from tools.call import Call
from tools.changes import Capture, Change, fingerprint, published
from tools.context import Caller, NeedsOutside
from tools.errors import RacineError
from tools.failures import shown
from tools.policy import Entitlements
from tools.steps import ITEM, Step, holds, loop_items, loop_result, resolve
from tools.validation import validate

if TYPE_CHECKING:
    from tools.invoke import Kernel

Look = Callable[[AsyncSession, Sequence[Change]], Awaitable[Any]]


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
    """The previews of a plan's steps, and the versions of the records that it would touch.

    `seen`: what `look` returned; None where a step failed.
    """

    steps: tuple[Preview, ...]
    touched: dict[str, str]
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
    previews: list[Preview] = []
    results: dict[str, Any] = {}
    with Capture(session) as whole:
        for step in steps:
            try:
                if why := _left_out(step, results):
                    previews.append(Preview(step.id, skipped=why))
                    continue
                with Capture(session) as capture:
                    results[step.id] = await _try_out(
                        kernel, session, step, results, caller, entitlements, outside
                    )
                    await session.flush()
            except NeedsOutside:
                raise
            except Exception as error:
                previews.append(Preview(step.id, error=shown(error, step.operation)))
                break
            changes = tuple(published(change) for change in capture.rows())
            previews.append(Preview(step.id, changes, results[step.id]))
    touched = {
        f"{change.table}/{change.key}": fingerprint(change.before)
        for change in whole.rows()
        if change.before is not None
    }
    every = [change for one in previews for change in one.changes]
    failed = any(one.error for one in previews)
    seen = await look(session, every) if look and not failed else None
    return PlanPreview(tuple(previews), touched, seen)


async def _try_out(
    kernel: Kernel,
    session: AsyncSession,
    step: Step,
    results: Mapping[str, Any],
    caller: Caller,
    entitlements: Entitlements,
    outside: dict[Hashable, Any],
) -> dict[str, Any]:
    """Run a step, or each item of its loop, in a transaction that is rolled back."""
    operation = kernel.registry.find(step.operation)
    scopes = [results]
    if step.each is not None:
        scopes = [{**results, ITEM: item} for item in loop_items(step, results)]
    values: list[dict[str, Any]] = []
    for scope in scopes:
        valid = validate(operation, resolve(step.arguments, scope))
        call = Call(kernel, operation, valid, caller, entitlements)
        value = await call.run(session, outside, preview=True)
        values.append(value.model_dump(mode="json"))
    return values[0] if step.each is None else loop_result(values, len(values), 0)


def _left_out(step: Step, results: Mapping[str, Any]) -> str:
    """Why a step would not run, with the steps before it gone well."""
    if step.after == "failure":
        return "runs only if a step before it fails"
    if missing := sorted(step.refers_to() - set(results)):
        return f"not run, because it reads the result of {missing[0]}, which isn't run"
    if not all(holds(test, results) for test in step.when):
        return "not run, because its condition doesn't hold as things stand"
    return ""
