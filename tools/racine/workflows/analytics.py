"""What past executions say of workflows: how often, how long, how well; and what would be faster.

Times and statuses of everybody's executions, never their arguments, results or reasons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, select

from tools.context import Context
from tools.database import now
from tools.operation import operation
from tools.racine.pipelines.insights import Chosen, Runs, facts_of, optimization
from tools.racine.pipelines.records import stages_of
from tools.racine.pipelines.schedule import quantile
from tools.racine.pipelines.stages import Stage
from tools.racine.pipelines.tables import Pipeline
from tools.racine.pipelines.timings import EXECUTIONS, RUNS, STEPS
from tools.racine.pipelines.types import Optimization
from tools.racine.workflows.ledger import ENDED
from tools.racine.workflows.tables import Workflow
from tools.racine.workflows.versions import find_workflow
from tools.steps import Step
from tools.values import Result

MOST = 5000
WorkflowName = Annotated[str, Field(max_length=200, description="A workflow's name or id")]


class Pace(Result):
    """How often something ran, how well, and how long it took."""

    name: str
    runs: int
    success_rate: float | None
    p50_seconds: float
    p95_seconds: float


class Day(Result):
    """The executions of one day (UTC)."""

    day: str
    executions: int
    failed: int


class WorkflowAnalytics(Result):
    """Executions over some days: how many, how well, how long; by workflow and by operation."""

    days: int
    workflow: str | None
    executions: int
    looked_at: int
    by_status: dict[str, int]
    success_rate: float | None
    p50_seconds: float
    p95_seconds: float
    by_day: list[Day]
    workflows: list[Pace]
    slowest_operations: list[Pace]
    failing_operations: list[Pace]


@operation(
    "workflows.optimize",
    permission="workflows.read",
    path="GET /{workflow}/optimize",
    examples=("How could the workflow weekly-sweep be faster?",),
)
async def optimize(
    ctx: Context, workflow: WorkflowName, suggestions: Chosen = None, runs: Runs = RUNS
) -> Optimization:
    """Suggest what of a workflow to run side by side, drop or cache, with the expected gain."""
    found = await find_workflow(ctx.session, workflow)
    facts = await facts_of(ctx, found.id, runs)
    pipeline = await ctx.session.scalar(select(Pipeline).where(Pipeline.workflow_id == found.id))
    if pipeline is not None:
        stages = stages_of(pipeline)
        return optimization(pipeline.id, pipeline.name, "pipeline", stages, facts, suggestions)
    steps = tuple(Step.model_validate(step) for step in found.steps)
    # One stage without a name: its steps keep their ids
    stage = Stage.model_construct(name="", steps=steps)
    return optimization(found.id, found.name, "workflow", [stage], facts, suggestions)


@operation(
    "workflows.analytics",
    permission="workflows.read",
    path="GET /analytics",
    examples=("How do our workflows do?", "Which workflows failed most in the last 30 days?"),
)
async def analytics(
    ctx: Context,
    workflow: Annotated[
        str | None, Field(max_length=200, description="Only this workflow's executions")
    ] = None,
    days: Annotated[int, Field(ge=1, le=366, description="How many days back")] = 30,
) -> WorkflowAnalytics:
    """Say how executions went: success, times and failures, by day, workflow and operation."""
    since = now() - timedelta(days=days)
    only = [EXECUTIONS.created_at >= since]
    if workflow is not None:
        only.append(EXECUTIONS.workflow_id == (await find_workflow(ctx.session, workflow)).id)
    total = await ctx.session.scalar(select(func.count()).select_from(_executions(only)))
    rows = (
        await ctx.session.execute(
            select(
                EXECUTIONS.id,
                EXECUTIONS.workflow_id,
                EXECUTIONS.status,
                EXECUTIONS.created_at,
                EXECUTIONS.started_at,
                EXECUTIONS.finished_at,
            )
            .where(*only)
            .order_by(EXECUTIONS.created_at.desc())
            .limit(MOST)
        )
    ).all()
    saved = await ctx.session.execute(select(Workflow.id, Workflow.name))
    names = {row.id: row.name for row in saved}
    by_workflow: dict[str, list[Any]] = defaultdict(list)
    by_day: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_workflow[names.get(row.workflow_id or "", "approved plans")].append(row)
        by_day[row.created_at.date().isoformat()].append(row.status)
    operations = await _operations(ctx, only)
    whole = _pace("", rows)
    return WorkflowAnalytics(
        days=days,
        workflow=workflow,
        executions=total or 0,
        looked_at=len(rows),
        by_status=dict(Counter(row.status for row in rows)),
        success_rate=whole.success_rate,
        p50_seconds=whole.p50_seconds,
        p95_seconds=whole.p95_seconds,
        by_day=[
            Day(day=day, executions=len(found), failed=found.count("failed"))
            for day, found in sorted(by_day.items())
        ],
        workflows=sorted(
            (_pace(name, found) for name, found in by_workflow.items()), key=lambda one: -one.runs
        )[:50],
        slowest_operations=sorted(operations, key=lambda one: -one.p50_seconds)[:10],
        failing_operations=sorted(
            (one for one in operations if one.success_rate not in (None, 1.0)),
            key=lambda one: (one.success_rate, -one.runs),
        )[:10],
    )


def _executions(only: Sequence[Any]) -> Any:
    return select(EXECUTIONS.id).where(*only).subquery()


async def _operations(ctx: Context, only: Sequence[Any]) -> list[Pace]:
    latest = (
        select(EXECUTIONS.id).where(*only).order_by(EXECUTIONS.created_at.desc()).limit(MOST)
    ).subquery()
    rows = await ctx.session.execute(
        select(STEPS.operation, STEPS.status, STEPS.started_at, STEPS.finished_at)
        .where(STEPS.execution_id.in_(select(latest.c.id)), STEPS.status.in_(ENDED))
        .limit(20 * MOST)
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.operation].append(row)
    return [_pace(name, ended) for name, ended in found.items()]


def _pace(name: str, rows: Iterable[Any]) -> Pace:
    ended = [row for row in rows if row.status in ("done", "failed")]
    seconds = [
        (row.finished_at - row.started_at).total_seconds()
        for row in ended
        if isinstance(row.started_at, datetime) and row.finished_at
    ]
    done = sum(row.status == "done" for row in ended)
    return Pace(
        name=name,
        runs=len(ended),
        success_rate=round(done / len(ended), 3) if ended else None,
        p50_seconds=round(quantile(seconds, 0.5), 3),
        p95_seconds=round(quantile(seconds, 0.95), 3),
    )
