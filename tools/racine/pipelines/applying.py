"""Applying suggestions: through `update`, so that it makes a version, and can go back."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import Field

from tools.context import Context
from tools.errors import LookAgain
from tools.racine.pipelines.records import find_pipeline
from tools.racine.pipelines.types import Optimization, PipelineUpdate
from tools.values import Citation, Cited

Named = Annotated[
    list[str] | None,
    Field(max_length=50, description="Ids of suggestions; all that change it where not given"),
]


class Optimized(PipelineUpdate):
    """A pipeline after suggestions were applied, and the seconds that they should save."""

    applied: list[str]
    expected_seconds: float
    low_seconds: float
    high_seconds: float


class WorkflowOptimized(Cited):
    """A workflow after suggestions were applied, and the seconds that they should save."""

    id: str
    name: str
    changed: list[str]
    applied: list[str]
    expected_seconds: float
    low_seconds: float
    high_seconds: float

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="workflow",
            title=self.name,
            url=f"/api/racine/workflows/get?workflow={self.id}",
            snippet="; ".join(self.changed)[:300],
        )


async def apply_to_pipeline(
    ctx: Context, pipeline: str, suggestions: list[str] | None
) -> Optimized:
    """Apply suggestions to a pipeline.

    Raises:
        LookAgain: there is none to apply.
    """
    found = await find_pipeline(ctx.session, pipeline)
    chosen = await _chosen(ctx, "pipelines.optimize", {"pipeline": found.id}, suggestions)
    updated = cast(
        PipelineUpdate,
        await ctx.invoke(
            "pipelines.update",
            pipeline=found.id,
            stages=[stage.as_json() for stage in chosen.stages],
            version=found.version,
            note=_note(chosen),
        ),
    )
    return Optimized(
        **dict(updated),
        applied=chosen.chosen,
        expected_seconds=chosen.expected_seconds,
        low_seconds=chosen.low_seconds,
        high_seconds=chosen.high_seconds,
    )


async def apply_to_workflow(
    ctx: Context, workflow: str, suggestions: list[str] | None
) -> WorkflowOptimized:
    """Apply suggestions to a workflow.

    Raises:
        LookAgain: there is none to apply.
    """
    chosen = await _chosen(ctx, "workflows.optimize", {"workflow": workflow}, suggestions)
    await ctx.invoke(
        "workflows.update", workflow=chosen.id, steps=[step.as_json() for step in chosen.steps]
    )
    return WorkflowOptimized(
        id=chosen.id,
        name=chosen.name,
        changed=chosen.diff,
        applied=chosen.chosen,
        expected_seconds=chosen.expected_seconds,
        low_seconds=chosen.low_seconds,
        high_seconds=chosen.high_seconds,
    )


async def _chosen(
    ctx: Context, name: str, of: dict[str, str], suggestions: list[str] | None
) -> Optimization:
    chosen = cast(Optimization, await ctx.invoke(name, **of, suggestions=suggestions))
    if not chosen.chosen:
        raise LookAgain(
            f"There is nothing to apply to {chosen.name}: {chosen.note}",
            f"Look at the suggestions ({name}) and name those that you want.",
        )
    return chosen


def _note(chosen: Optimization) -> str:
    return (
        f"optimized: {', '.join(chosen.chosen)}; expected to save "
        f"{chosen.expected_seconds:.2g} s ({chosen.low_seconds:.2g} to {chosen.high_seconds:.2g})"
    )[:500]
