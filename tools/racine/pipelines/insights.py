"""The operations that learn from past executions: health, bottlenecks, what would be faster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from tools.audit import ActivityRow
from tools.context import Context
from tools.data_sources.tables import Source
from tools.database import now
from tools.errors import ChooseAnother, nearest
from tools.operation import operation
from tools.racine.pipelines.compile import compile_stages
from tools.racine.pipelines.edits import difference
from tools.racine.pipelines.evidence import Definition, Facts
from tools.racine.pipelines.operations import PipelineRef
from tools.racine.pipelines.optimizer import Suggestion, apply, gain_of, suggest
from tools.racine.pipelines.progress import bottlenecks_of, health_of
from tools.racine.pipelines.records import find_pipeline, stages_of
from tools.racine.pipelines.stages import Stage
from tools.racine.pipelines.timings import RUNS, PastRun, past_runs
from tools.racine.pipelines.types import (
    Bottlenecks,
    Optimization,
    PipelineHealth,
    SuggestionDetail,
)

LOAD_ROWS, LOAD_DAYS = 20_000, 7
Runs = Annotated[int, Field(ge=1, le=100, description="How many past executions, the latest")]
Chosen = Annotated[
    list[str] | None,
    Field(max_length=50, description="Ids of suggestions to apply; all where not given"),
]


@operation(
    "pipelines.health",
    permission="pipelines.read",
    path="GET /{pipeline}/health",
    examples=("How healthy is the pipeline nightly?", "Which stage of nightly fails most?"),
)
async def health(ctx: Context, pipeline: PipelineRef, runs: Runs = RUNS) -> PipelineHealth:
    """Say how a pipeline and each stage have gone: success rate, times, trend, last failure."""
    found = await find_pipeline(ctx.session, pipeline)
    return health_of(ctx, found, await past_runs(ctx.session, found.workflow_id, runs))


@operation(
    "pipelines.bottlenecks",
    permission="pipelines.read",
    path="GET /{pipeline}/bottlenecks",
    examples=("What slows the pipeline nightly down?", "Where is the bottleneck of nightly?"),
)
async def bottlenecks(ctx: Context, pipeline: PipelineRef, runs: Runs = RUNS) -> Bottlenecks:
    """Find what determines how long a pipeline takes, from the real times of past executions."""
    found = await find_pipeline(ctx.session, pipeline)
    past = await past_runs(ctx.session, found.workflow_id, runs)
    return bottlenecks_of(found, compile_stages(stages_of(found)), past)


@operation(
    "pipelines.optimize",
    permission="pipelines.read",
    path="GET /{pipeline}/optimize",
    examples=("How could the pipeline nightly be faster?", "Optimize the pipeline nightly"),
)
async def optimize(
    ctx: Context, pipeline: PipelineRef, suggestions: Chosen = None, runs: Runs = RUNS
) -> Optimization:
    """Suggest what to run side by side, drop, cache or move, with the gain past runs promise."""
    found = await find_pipeline(ctx.session, pipeline)
    facts = await facts_of(ctx, found.workflow_id, runs)
    return optimization(found.id, found.name, "pipeline", stages_of(found), facts, suggestions)


async def facts_of(ctx: Context, workflow_id: str, runs: int) -> Facts:
    """What the optimizer needs to know of a workflow's past, and of the world around it."""
    past = await past_runs(ctx.session, workflow_id, runs, evidence=True)
    sources = (await ctx.session.execute(select(Source.id, Source.name))).all()
    return Facts(
        runs=past,
        effects={one.name: one.effect for one in ctx.kernel.registry},
        reaching=frozenset(one.name for one in ctx.kernel.registry if one.reaches),
        sources={key: row.id for row in sources for key in (row.id, row.name)},
        load=await _load(ctx, past),
    )


async def _load(ctx: Context, runs: Sequence[PastRun]) -> dict[int, int]:
    """Operations by the hour of the day (UTC), where that could tell busy from quiet runs."""
    if len({run.started.hour for run in runs}) < 2:
        return {}
    moments = await ctx.session.scalars(
        select(ActivityRow.at)
        .where(ActivityRow.at >= now() - timedelta(days=LOAD_DAYS))
        .order_by(ActivityRow.sequence.desc())
        .limit(LOAD_ROWS)
    )
    return Counter(moment.hour for moment in moments)


def optimization(
    key: str,
    name: str,
    kind: str,
    stages: Sequence[Stage],
    facts: Facts,
    chosen: Sequence[str] | None,
) -> Optimization:
    """The suggestions for a definition, and what it becomes with the chosen ones.

    Raises:
        ChooseAnother: one that was chosen isn't among them.
    """
    found = suggest(stages, facts)
    known = [one.id for one in found]
    for one in chosen or ():
        if one not in known:
            raise ChooseAnother(
                f"There is no suggestion '{one}' for {name}.",
                nearest(one, known),
                field="suggestions",
            )
    new, applied = apply(stages, facts, chosen)
    expected, low, high = gain_of(stages, new, applied, facts)
    return Optimization(
        id=key,
        name=name,
        kind=kind,
        runs=len(facts.done),
        seconds_now=round(Definition(stages, facts).takes(), 3),
        suggestions=[_detail(one) for one in found],
        chosen=[one.id for one in applied],
        expected_seconds=round(expected, 3),
        low_seconds=round(low, 3),
        high_seconds=round(high, 3),
        stages=new if kind == "pipeline" else [],
        steps=compile_stages(new) if kind == "pipeline" else list(new[0].steps),
        diff=difference(stages, new),
        note=_note(facts, found, expected),
    )


def _detail(one: Suggestion) -> SuggestionDetail:
    return SuggestionDetail(
        id=one.id,
        kind=one.kind,
        what=one.what,
        why=one.why,
        expected_seconds=round(one.expected, 3),
        low_seconds=round(one.low, 3),
        high_seconds=round(one.high, 3),
        runs=one.runs,
        risk=one.risk,
        steps=list(one.steps),
        changes_definition=one.stages is not None,
        evidence=one.evidence,
    )


def _note(facts: Facts, found: Sequence[Suggestion], expected: float) -> str:
    if not facts.runs:
        return "It has not run yet: run it, and look again."
    if not found:
        return f"Nothing in its last {len(facts.runs)} executions speaks for a change."
    what = "suggestion" if len(found) == 1 else "suggestions"
    return f"{len(found)} {what}; those chosen should save {expected:.2g} s of each execution."
