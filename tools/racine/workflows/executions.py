"""Records of executions: made when something is approved or started, read by the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.database import new_id
from tools.errors import ChooseAnother
from tools.racine.assistant.tables import Plan, Run
from tools.racine.workflows.outcome import outcome_of
from tools.racine.workflows.spending import seconds_left
from tools.racine.workflows.started import rows_of
from tools.racine.workflows.tables import Execution, ExecutionStep, Workflow
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
    parent: Execution | None = None,
) -> Execution:
    """Queue an execution; the engine starts it once the caller's transaction has committed.

    Args:
        user_id: the approver, under whose rights the steps run.
        plan_id: the approved plan that it carries out, or that started it.
        run_id: the stream of its events; the execution's own id where there is no run.
        cause: what started it, in words.
        event: what its steps read as `{"$ref": "event.FIELD"}`.
        parent: the execution that starts it, in whose conversation and within whose budget it is.
    """
    execution_id = new_id("exe")
    within = (budget or Budget()).model_dump(exclude_none=True)
    if parent is not None:
        conversation_id = parent.conversation_id
        if (left := seconds_left(parent)) is not None:
            within["seconds"] = min(left, within.get("seconds", left))
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
        budget=within,
        parent_id=parent.id if parent else None,
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


async def starting(ctx: Context, workflow: Workflow) -> Execution | None:
    """The execution whose step the caller's operation is, which starts the workflow.

    Raises:
        ChooseAnother: the workflow would start itself, by others perhaps, and wait for itself.
    """
    if ctx.caller.channel != "workflow" or ctx.caller.run_id is None:
        return None
    found: Execution | None = await ctx.session.scalar(
        select(Execution).where(Execution.run_id == ctx.caller.run_id)
    )
    above = found
    while above is not None:
        if above.workflow_id == workflow.id:
            raise ChooseAnother(
                f"The workflow '{workflow.name}' would start itself.",
                "Take the step that starts it out, or schedule it instead.",
                field="workflow",
            )
        above = await ctx.session.get(Execution, above.parent_id) if above.parent_id else None
    return found


async def find_execution(ctx: Context, execution_id: str, *, controls: bool = False) -> Execution:
    """The execution of that id; or the latest of this conversation, or else of the caller.

    It is the caller's where they approved or asked for it. Whoever may control workflows
    everywhere finds it too; so does, unless it is to be controlled, who decides at its gates.

    Raises:
        ChooseAnother: there is none that the caller may see.
    """
    query = select(Execution).order_by(Execution.created_at.desc()).limit(1)
    if execution_id == "latest":
        found = await ctx.session.scalar(query.where(Execution.conversation_id.in_(here(ctx))))
        found = found or await ctx.session.scalar(
            query.where(Execution.user_id == ctx.caller.user_id)
        )
    else:
        found = await ctx.session.scalar(query.where(Execution.id == execution_id))
    if found is None or not await _may_see(ctx, found, controls):
        raise ChooseAnother(
            f"You have no execution '{execution_id}'.",
            "Use the execution_id that the approval returned; workflows.list_executions has more.",
            field="execution_id",
        )
    return found


def here(ctx: Context) -> Select[str]:
    """The conversation in which the caller asks, where it is one."""
    return select(Run.conversation_id).where(Run.id == ctx.caller.run_id)


async def last_plan(ctx: Context) -> Plan | None:
    """This conversation's last plan, where no execution has come of it, nor begun since."""
    plan: Plan | None = await ctx.session.scalar(
        select(Plan)
        .where(Plan.conversation_id.in_(here(ctx)))
        .order_by(Plan.created_at.desc())
        .limit(1)
    )
    if plan is None or plan.execution_id is not None:
        return None
    later = select(Execution.id).where(
        Execution.conversation_id == plan.conversation_id, Execution.created_at > plan.created_at
    )
    return None if await ctx.session.scalar(later.limit(1)) else plan


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


async def status_of(ctx: Context, execution: Execution) -> ExecutionStatus:
    """How an execution and each of its steps stand."""
    rows = await rows_of(ctx.session, execution.id)
    steps = [StepStatus.model_validate(row) for row in rows]
    if not await is_theirs(ctx, execution):
        steps = [step.model_copy(update={"result": None}) for step in steps]
    facts = {field: getattr(execution, field, None) for field in ExecutionStatus.model_fields}
    outcome = outcome_of(execution.status, rows, ctx.kernel.registry.find)
    return ExecutionStatus.model_validate(facts | {"steps": steps, "outcome": outcome})


def proposed(plan: Plan, at: datetime) -> ExecutionStatus:
    """How a plan stands of which no execution has come: it waits, or it won't be carried out."""
    state = "expired" if plan.status == "pending" and plan.expires_at < at else plan.status
    waits = state == "pending"
    status = "waiting for approval" if waits else state
    names = ("parent", "activity_id", "result", "started_at", "finished_at")
    return ExecutionStatus(
        id=plan.id,
        title=plan.title,
        status=status,
        outcome=status,
        run_id=plan.run_id,
        plan_id=plan.id,
        workflow_id=None,
        workflow_version=None,
        cause="",
        budget=plan.budget,
        summary="Nothing of it is done yet." if waits else "Nothing of it was done.",
        steps=[
            StepStatus.model_validate(
                dict.fromkeys(names)
                | {"step_id": one["id"], "operation": one["operation"], "status": "pending"}
                | {"detail": "", "attempts": 0, "changes": 0}
            )
            for one in plan.steps
        ],
        created_at=plan.created_at,
        started_at=None,
        finished_at=None,
    )
