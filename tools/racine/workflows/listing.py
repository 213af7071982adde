"""The list of executions: what runs, what waits for whom, what failed, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from tools.context import Context
from tools.database import now
from tools.operation import operation
from tools.racine.assistant.tables import Plan
from tools.racine.workflows.executions import CONTROL
from tools.racine.workflows.ledger import ENDED
from tools.racine.workflows.outcome import outcome_of
from tools.racine.workflows.tables import Execution, ExecutionStep, Workflow
from tools.racine.workflows.versions import find_workflow
from tools.rbac.tables import User
from tools.values import Citation, Cited, Cursor, Limit, Page, page, paged

UNDER_WAY = "under way"
TELLING = ("failed", "waiting", "unknown")  # steps that say why an execution stands as it does
TOLD_OF = ("done", "undone", *TELLING)


class ExecutionSummary(Cited):
    """An execution in a line. `outcome`: its status, and what was taken back of it.

    `detail`: what it waits for, or why it failed.
    """

    id: str
    title: str
    status: str
    outcome: str
    workflow: str | None
    runs_as: str
    cause: str
    steps: int
    steps_done: int
    detail: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="execution",
            title=self.title,
            url=f"/api/racine/workflows/{self.id}/status",
            snippet=f"{self.outcome} {self.detail}".strip(),
        )


@operation(
    "workflows.list_executions",
    permission="workflows.read",
    own=True,
    path="GET /executions",
    examples=(
        "Which executions are running?",
        "Show the executions that failed this week",
        "Which executions wait at a gate?",
        "When did the workflow weekly-sweep run, and how did it end?",
    ),
)
async def list_executions(
    ctx: Context,
    status: Annotated[
        Literal[
            "queued",
            "running",
            "waiting",
            "paused",
            "unknown",
            "done",
            "failed",
            "cancelled",
            "under way",
        ]
        | None,
        Field(description="Only those that stand so; under way are all that haven't ended"),
    ] = None,
    workflow: Annotated[
        str | None, Field(max_length=200, description="Only this workflow's, by name or id")
    ] = None,
    since_days: Annotated[
        float | None, Field(gt=0, le=3660, description="Only those of so many days back")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ExecutionSummary]:
    """List executions of plans and workflows, the newest first: running, waiting, done, failed.

    The caller's own, and those of plans that they asked for; all, for who may control them.
    """
    query = select(Execution).order_by(Execution.created_at.desc(), Execution.id)
    if not ctx.entitlements.decide_on(CONTROL, None, "").allowed:
        me = ctx.caller.user_id
        asked = select(Plan.id).where(Plan.user_id == me)
        query = query.where(or_(Execution.user_id == me, Execution.plan_id.in_(asked)))
    if status == UNDER_WAY:
        query = query.where(Execution.status.not_in(ENDED))
    elif status is not None:
        query = query.where(Execution.status == status)
    if workflow is not None:
        found = await find_workflow(ctx.session, workflow)
        query = query.where(Execution.workflow_id == found.id)
    if since_days is not None:
        query = query.where(Execution.created_at >= now() - timedelta(days=since_days))
    rows, total = await paged(ctx.session, query, limit, cursor)
    ids = [row.id for row in rows]
    rows_of = defaultdict(list)
    for one in await ctx.session.scalars(
        select(ExecutionStep)
        .where(ExecutionStep.execution_id.in_(ids), ExecutionStep.status.in_(TOLD_OF))
        .options(defer(ExecutionStep.result))
        .order_by(ExecutionStep.position)
    ):
        rows_of[one.execution_id].append(one)
    named = select(Workflow.id, Workflow.name).where(
        Workflow.id.in_([row.workflow_id for row in rows])
    )
    workflows = {row[0]: row[1] for row in await ctx.session.execute(named)}
    people = {
        row[0]: row[1]
        for row in await ctx.session.execute(
            select(User.id, User.name).where(User.id.in_([row.user_id for row in rows]))
        )
    }
    listed = [
        ExecutionSummary(
            id=row.id,
            title=row.title,
            status=row.status,
            outcome=outcome_of(row.status, rows_of[row.id], ctx.kernel.registry.find),
            workflow=workflows.get(row.workflow_id or ""),
            runs_as=people.get(row.user_id, row.user_id),
            cause=row.cause,
            steps=len(row.steps),
            steps_done=sum(one.status == "done" and one.parent is None for one in rows_of[row.id]),
            detail=_telling(rows_of[row.id]),
            created_at=row.created_at,
            started_at=row.started_at,
            finished_at=row.finished_at,
        )
        for row in rows
    ]
    return page(listed, total, cursor)


def _telling(rows: Sequence[ExecutionStep]) -> str:
    telling = (row for row in rows if row.parent is None and row.status in TELLING)
    return next((f"{row.step_id}: {row.detail}" for row in telling), "")
