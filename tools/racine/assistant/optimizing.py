"""`assistant.optimize_pipeline`: what the assistant proposes once it has shown its suggestions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tools.context import Context
from tools.operation import Effect, operation
from tools.racine.pipelines.applying import Named, Optimized, apply_to_pipeline


@operation(
    "assistant.optimize_pipeline",
    permission="assistant.write",
    effect=Effect.WRITE,
    path="POST /optimize-pipeline",
    examples=("Make the pipeline nightly faster", "Apply your suggestions to the pipeline nightly"),
)
async def optimize_pipeline(
    ctx: Context,
    pipeline: Annotated[str, Field(max_length=200, description="A pipeline's name or id")],
    suggestions: Named = None,
) -> Optimized:
    """Apply suggestions of pipelines.optimize to a pipeline, as a new version."""
    return await apply_to_pipeline(ctx, pipeline, suggestions)
