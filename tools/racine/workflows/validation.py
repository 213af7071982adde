"""Validation of definitions: every error at once, each with the way to mend it.

`find_faults` judges what the definition itself says; `all_faults` asks the database as well: who
may do it where, and who could pass its gates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tools.context import Context
from tools.errors import CorrectInput, RacineError
from tools.racine.workflows.arguments import argument_faults
from tools.racine.workflows.reachability import condition_faults, order_faults, unreachable
from tools.racine.workflows.rights import (
    gate_faults,
    retry_faults,
    right_fault,
    right_faults_there,
)
from tools.racine.workflows.scope import RESULT, Broken, Scope, references_in
from tools.racine.workflows.shapes import Shape
from tools.racine.workflows.types import Fault
from tools.steps import ITEM, Budget, Step, references


def find_faults(ctx: Context, steps: Sequence[Step]) -> list[Fault]:
    """Everything in steps themselves that keeps them from running, each with its remedy."""
    scope = Scope(ctx.kernel.registry, steps)
    faults = list(order_faults(steps))
    for step in steps:
        faults += _step_faults(ctx, scope, step)
    conditions = {step.id: list(condition_faults(scope, step)) for step in steps}
    faults += [fault for found in conditions.values() for fault in found]
    faults += [fault for fault in unreachable(scope, steps) if not conditions[fault.step or ""]]
    return faults


async def all_faults(
    ctx: Context, steps: Sequence[Step], budget: Budget | None = None
) -> list[Fault]:
    """Everything that keeps steps from running for the caller, each with its remedy."""
    faults = find_faults(ctx, steps)
    faults += [fault async for fault in right_faults_there(ctx, steps)]
    faults += [fault async for fault in gate_faults(ctx, steps)]
    certain = [step for step in steps if not step.when and step.after != "failure"]
    if budget is not None and budget.steps is not None and budget.steps < len(certain):
        faults.append(
            Fault(
                step=None,
                field="budget.steps",
                detail=f"The budget allows {budget.steps} steps, and {len(certain)} run in any "
                "case.",
                remedy="Allow more steps, or remove some.",
            )
        )
    return faults


async def refuse_faulty(ctx: Context, steps: Sequence[Step], budget: Budget | None = None) -> None:
    """Let only what would run be saved.

    Raises:
        CorrectInput: it wouldn't; all that is wrong is in it.
    """
    faults = await all_faults(ctx, steps, budget)
    if not faults:
        return
    first = faults[0]
    where = f"Step '{first.step}': " if first.step else ""
    more = "; ".join(f"{fault.step or 'all'}: {fault.detail}" for fault in faults[1:6])
    rest = f" Also wrong: {more}" if more else ""
    raise CorrectInput(
        f"{where}{first.detail}{rest}",
        first.remedy + (" workflows.validate shows every remedy." if more else ""),
        field="steps" if first.field != "budget.steps" else "budget",
    )


def _step_faults(ctx: Context, scope: Scope, step: Step) -> Iterator[Fault]:
    extra: dict[str, Shape] = {}
    if step.each is not None:
        yield from _loop_faults(scope, step)
        extra[ITEM] = scope.item(step)
    try:
        operation = ctx.kernel.registry.find(step.operation)
    except RacineError as error:
        yield Fault(step=step.id, field="operation", detail=error.detail, remedy=error.remedy)
    else:
        yield from right_fault(ctx, step, operation, "operation")
        yield from argument_faults(scope, step, operation, step.arguments, extra)
        yield from retry_faults(step, operation)
    if step.compensate is not None:
        yield from _compensation_faults(ctx, scope, step, extra)


def _loop_faults(scope: Scope, step: Step) -> Iterator[Fault]:
    assert step.each is not None
    over = step.each.over
    broken = False
    for _path, reference in references_in(over):
        found = scope.follow(reference, step, {})
        if isinstance(found, Broken):
            broken = True
            yield Fault(step=step.id, field="each.over", detail=found.detail, remedy=found.remedy)
    shape = scope.shape(over, step, {})
    if not broken and shape.types and "array" not in shape.types:
        root = str(over["$ref"]) if isinstance(over, Mapping) and "$ref" in over else ""
        lists = [
            f"{root}.{name}" for name, field in shape.fields().items() if "array" in field.types
        ]
        yield Fault(
            step=step.id,
            field="each.over",
            detail=f"It loops over {shape.words()}, which is no list.",
            remedy=f"Loop over {' or '.join(lists)}." if root and lists else "Refer to a list.",
        )
    if isinstance(over, list | tuple) and len(over) > step.each.limit:
        yield Fault(
            step=step.id,
            field="each.limit",
            detail=f"It loops over {len(over)} items; its limit is {step.each.limit}.",
            remedy="Raise the limit, or shorten the list.",
        )


def _compensation_faults(
    ctx: Context, scope: Scope, step: Step, extra: Mapping[str, Shape]
) -> Iterator[Fault]:
    assert step.compensate is not None
    try:
        operation = ctx.kernel.registry.find(step.compensate.operation)
    except RacineError as error:
        yield Fault(
            step=step.id,
            field="compensate.operation",
            detail=f"Its compensation: {error.detail}",
            remedy=error.remedy,
        )
        return
    known = {**extra, RESULT: scope.result(step)}
    arguments = step.compensate.arguments
    yield from right_fault(ctx, step, operation, "compensate.operation")
    where = "compensate.arguments"
    yield from argument_faults(scope, step, operation, arguments, known, where)
    later = references(arguments) & set(scope.steps) - scope.before(step) - set(known)
    for other in sorted(later):
        yield Fault(
            step=step.id,
            field=where,
            detail=f"Its compensation reads the result of '{other}', which need not have run by "
            "then.",
            remedy=f"Read the step's own result ('{RESULT}'), or let it need '{other}'.",
        )
