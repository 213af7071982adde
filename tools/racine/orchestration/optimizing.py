"""`orchestration.optimize_performance`: applies suggestions to whatever runs in steps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import or_, select

from tools.context import Context
from tools.operation import Effect, operation
from tools.racine.pipelines.applying import (
    Named,
    WorkflowOptimized,
    apply_to_pipeline,
    apply_to_workflow,
)
from tools.racine.pipelines.tables import Pipeline


@operation(
    "orchestration.optimize_performance",
    permission="orchestration.write",
    effect=Effect.WRITE,
    path="POST /optimize-performance",
    examples=("Apply the suggestions to the workflow weekly-sweep",),
)
async def optimize_performance(
    ctx: Context,
    workflow: Annotated[
        str, Field(max_length=200, description="A workflow's or pipeline's name or id")
    ],
    suggestions: Named = None,
) -> WorkflowOptimized:
    """Apply suggestions of workflows.optimize or pipelines.optimize, as a new version."""
    known = select(Pipeline.id).where(
        or_(Pipeline.id == workflow, Pipeline.name == workflow, Pipeline.workflow_id == workflow)
    )
    if (pipeline := await ctx.session.scalar(known)) is None:
        return await apply_to_workflow(ctx, workflow, suggestions)
    done = await apply_to_pipeline(ctx, pipeline, suggestions)
    return WorkflowOptimized.model_validate(done)
