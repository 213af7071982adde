"""Records of executions: made when something is approved or started, read by the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.database import new_id
from tools.errors import ChooseAnother
from tools.racine.assistant.tables import Plan
from tools.racine.workflows.ledger import in_ledger_order
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.racine.workflows.types import ExecutionStatus, StepStatus
from tools.steps import Budget, Gate, Step, in_order

CONTROL = "workflows.control"


def create_execution(
    session: AsyncSession,
    *,
    title: str,
    steps: Sequence[Step],
    user_id: str,
    run_id: str | None = None,
    workflow_id: str | None = None,
    workflow_version: int | None = None,
    plan_id: str | None = None,
    conversation_id: str | None = None,
    cause: str = "",
    budget: Budget | None = None,
    event: Mapping[str, Any] | None = None,
) -> Execution:
    """Queue an execution; the engine starts it once the caller's transaction has committed.

    Args:
        user_id: the approver, under whose rights the steps run.
        plan_id: the approved plan that it carries out, or that started it.
        run_id: the stream of its events; the execution's own id where there is no run.
        cause: what started it, in words.
        event: what its steps read as `{"$ref": "event.FIELD"}`.
    """
    execution_id = new_id("exe")
    execution = Execution(
        id=execution_id,
        title=title,
        user_id=user_id,
        run_id=run_id or execution_id,
        workflow_id=workflow_id,
        workflow_version=workflow_version,
        plan_id=plan_id,
        conversation_id=conversation_id,
        cause=cause,
        event=dict(event or {}),
        steps=[step.as_json() for step in in_order(steps)],
        budget=(budget or Budget()).model_dump(exclude_none=True),
        status="queued",
    )
    session.add(execution)
    session.add_all(
        ExecutionStep(
            execution_id=execution_id,
            step_id=step["id"],
            position=position,
            operation=step["operation"],
            status="pending",
        )
        for position, step in enumerate(execution.steps)
    )
    return execution


async def find_execution(ctx: Context, execution_id: str, *, controls: bool = False) -> Execution:
    """The execution of that id, or the caller's latest.

    It is the caller's where they approved or asked for it. Whoever may control workflows
    everywhere finds it too; so does, unless it is to be controlled, who decides at its gates.

    Raises:
        ChooseAnother: there is none that the caller may see.
    """
    query = select(Execution).order_by(Execution.created_at.desc()).limit(1)
    if execution_id == "latest":
        query = query.where(Execution.user_id == ctx.caller.user_id)
    else:
        query = query.where(Execution.id == execution_id)
    found = await ctx.session.scalar(query)
    if found is None or not await _may_see(ctx, found, controls):
        raise ChooseAnother(
            f"You have no execution '{execution_id}'.",
            "Use the execution_id that the approval returned.",
            field="execution_id",
        )
    return found


async def is_theirs(ctx: Context, execution: Execution) -> bool:
    """Whether the caller approved or asked for it: only they see what its steps returned."""
    asked = select(Plan.user_id).where(Plan.id == execution.plan_id)
    return ctx.caller.user_id in (execution.user_id, await ctx.session.scalar(asked))


async def _may_see(ctx: Context, execution: Execution, controls: bool) -> bool:
    if ctx.entitlements.decide_on(CONTROL, None, "").allowed or await is_theirs(ctx, execution):
        return True
    gates = [Step.model_validate(raw).gate for raw in execution.steps if raw.get("gate")]
    return not controls and any(
        gate and (ctx.entitlements.user_name in gate.people or _holds(ctx, gate)) for gate in gates
    )


def _holds(ctx: Context, gate: Gate) -> bool:
    return not gate.people and ctx.entitlements.decide_on(gate.permission, None, "").allowed


async def rows_of(session: AsyncSession, execution_id: str) -> list[ExecutionStep]:
    """How each step stands, in order, the items of a loop behind it."""
    rows = await session.scalars(
        select(ExecutionStep).where(ExecutionStep.execution_id == execution_id)
    )
    return sorted(rows, key=in_ledger_order)


async def status_of(ctx: Context, execution: Execution) -> ExecutionStatus:
    """How an execution and each of its steps stand."""
    rows = await rows_of(ctx.session, execution.id)
    steps = [StepStatus.model_validate(row) for row in rows]
    if not await is_theirs(ctx, execution):
        steps = [step.model_copy(update={"result": None}) for step in steps]
    facts = {field: getattr(execution, field, None) for field in ExecutionStatus.model_fields}
    return ExecutionStatus.model_validate(facts | {"steps": steps})
