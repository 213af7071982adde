"""Orchestration over workflows: created, executed, followed and controlled from one place.

The same executions as those of `workflows` and `pipelines`, under the paths that front ends call.
Their logs are streamed by `api/chat.py`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, select

from tools.audit import ActivityRow
from tools.context import Context
from tools.database import now
from tools.operation import Effect, operation
from tools.racine.pipelines.schedule import quantile
from tools.racine.workflows.control import Action
from tools.racine.workflows.definitions import Description, Most, Name, Steps
from tools.racine.workflows.operations import ExecutionRef, WorkflowRef
from tools.racine.workflows.schedules.tables import ScheduleState
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.racine.workflows.types import ExecutionStatus, WorkflowDetail
from tools.values import Result

MOST = 20_000


class OperationMetrics(Result):
    """How an operation was called: how often, how long, how often in vain."""

    operation: str
    calls: int
    failed: int
    p50_milliseconds: float
    p95_milliseconds: float


class Metrics(Result):
    """What was done over some hours, and what is under way now."""

    hours: int
    calls: int
    failed: int
    refused: int
    looked_at: int
    executions: dict[str, int]
    steps: dict[str, int]
    waiting_for_people: int
    due_schedules: int
    operations: list[OperationMetrics]


@operation(
    "orchestration.create",
    permission="orchestration.write",
    effect=Effect.WRITE,
    path="POST /create",
    agent=False,
    examples=("Save these steps over all groups as a workflow",),
)
async def create(
    ctx: Context,
    name: Name,
    steps: Steps,
    description: Description = "",
    budget: Most = None,
) -> WorkflowDetail:
    """Save a workflow over any groups' operations, after making sure that it would run."""
    made = await ctx.invoke(
        "workflows.create",
        name=name,
        steps=[step.as_json() for step in steps],
        description=description,
        budget=budget.model_dump(exclude_none=True) if budget else None,
    )
    return WorkflowDetail.model_validate(made)


@operation(
    "orchestration.execute_workflow",
    permission="orchestration.write",
    effect=Effect.WRITE,
    path="POST /execute-workflow",
    starts="id",
    agent=False,
    examples=("Execute the workflow weekly-sweep",),
)
async def execute_workflow(
    ctx: Context,
    workflow: WorkflowRef,
    budget: Most = None,
    event: Annotated[
        dict[str, Any] | None, Field(description="What its steps read as event, where they do")
    ] = None,
) -> ExecutionStatus:
    """Start an execution of a workflow."""
    started = await ctx.invoke(
        "workflows.execute",
        workflow=workflow,
        budget=budget.model_dump(exclude_none=True) if budget else None,
        event=event,
    )
    return ExecutionStatus.model_validate(started)


@operation(
    "orchestration.workflow_status",
    permission="orchestration.read",
    own=True,
    agent=False,
    path="GET /workflows/{execution_id}/status",
    examples=("How does the execution stand?",),
)
async def workflow_status(ctx: Context, execution_id: ExecutionRef) -> ExecutionStatus:
    """Say how an execution and each of its steps stand."""
    status = await ctx.invoke("workflows.status", execution_id=execution_id)
    return ExecutionStatus.model_validate(status)


@operation(
    "orchestration.control_workflow",
    permission="orchestration.write",
    effect=Effect.WRITE,
    pinned=("execution_id", "id"),
    own=True,
    agent=False,
    path="POST /workflows/{execution_id}/control",
    examples=("Pause that execution",),
)
async def control_workflow(
    ctx: Context,
    execution_id: ExecutionRef,
    action: Annotated[Action, Field(description="What to do")],
    step_id: Annotated[
        str | None, Field(max_length=60, description="The step meant, where one is")
    ] = None,
    reason: Annotated[str, Field(max_length=500, description="Why; kept with the step")] = "",
) -> ExecutionStatus:
    """Pause, resume, cancel or retry an execution, skip a step, decide at a gate."""
    status = await ctx.invoke(
        "workflows.control",
        execution_id=execution_id,
        action=action,
        step_id=step_id,
        reason=reason,
    )
    return ExecutionStatus.model_validate(status)


@operation(
    "orchestration.metrics",
    permission="orchestration.read",
    path="GET /metrics",
    examples=("How busy is Racine?", "Which operations are slow or fail most?"),
)
async def metrics(
    ctx: Context,
    hours: Annotated[int, Field(ge=1, le=720, description="How many hours back")] = 24,
) -> Metrics:
    """Say how operations were called, how executions stand, and what waits for people."""
    since = now() - timedelta(hours=hours)
    rows = (
        await ctx.session.execute(
            select(ActivityRow.operation, ActivityRow.outcome, ActivityRow.milliseconds)
            .where(ActivityRow.at >= since)
            .order_by(ActivityRow.sequence.desc())
            .limit(MOST)
        )
    ).all()
    counted = await ctx.session.execute(
        select(ActivityRow.outcome, func.count())
        .where(ActivityRow.at >= since)
        .group_by(ActivityRow.outcome)
    )
    outcomes = {row[0]: row[1] for row in counted}
    by_operation: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        by_operation.setdefault(row[0], []).append((row[1], row[2]))
    executions = await _counted(ctx, Execution.status, Execution.created_at >= since)
    steps = await _counted(ctx, ExecutionStep.status, ExecutionStep.finished_at >= since)
    waiting = await ctx.session.scalar(
        select(func.count()).select_from(Execution).where(Execution.status == "waiting")
    )
    due = await ctx.session.scalar(
        select(func.count()).select_from(ScheduleState).where(ScheduleState.next_at <= now())
    )
    return Metrics(
        hours=hours,
        calls=sum(outcomes.values()),
        failed=outcomes.get("failed", 0),
        refused=outcomes.get("refused", 0),
        looked_at=len(rows),
        executions=executions,
        steps=steps,
        waiting_for_people=waiting or 0,
        due_schedules=due or 0,
        operations=sorted(
            (_of(name, calls) for name, calls in by_operation.items()), key=lambda one: -one.calls
        )[:50],
    )


async def _counted(ctx: Context, status: Any, where: Any) -> dict[str, int]:
    rows = await ctx.session.execute(select(status, func.count()).where(where).group_by(status))
    return {row[0]: row[1] for row in rows}


def _of(name: str, calls: list[tuple[str, int]]) -> OperationMetrics:
    times = [milliseconds for outcome, milliseconds in calls if outcome == "done"]
    return OperationMetrics(
        operation=name,
        calls=len(calls),
        failed=sum(outcome == "failed" for outcome, _ in calls),
        p50_milliseconds=round(quantile(times, 0.5), 1),
        p95_milliseconds=round(quantile(times, 0.95), 1),
    )
