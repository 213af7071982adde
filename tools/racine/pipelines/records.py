"""Pipelines as records: found, compiled, checked and written, with their row of `workflows`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.database import new_id, now
from tools.errors import ChooseAnother, CorrectInput, LookAgain, nearest
from tools.racine.pipelines.compile import compile_stages, find_stage_faults
from tools.racine.pipelines.stages import Stage
from tools.racine.pipelines.tables import Pipeline, PipelineVersion
from tools.racine.pipelines.types import PipelineDetail, PipelineSummary
from tools.racine.workflows.tables import Workflow
from tools.racine.workflows.types import Fault
from tools.racine.workflows.validation import all_faults
from tools.racine.workflows.versions import keep_version
from tools.steps import Step


async def find_pipeline(session: AsyncSession, reference: str) -> Pipeline:
    """The pipeline of that name or id.

    Raises:
        ChooseAnother: there is none; the nearest names are offered.
    """
    found = await session.scalar(
        select(Pipeline).where(
            or_(
                Pipeline.id == reference,
                Pipeline.name == reference,
                Pipeline.workflow_id == reference,
            )
        )
    )
    if found is None:
        names = list(await session.scalars(select(Pipeline.name).order_by(Pipeline.name)))
        raise ChooseAnother(
            f"There is no pipeline '{reference}'.", nearest(reference, names), field="pipeline"
        )
    return found


def stages_of(row: Pipeline | PipelineVersion) -> list[Stage]:
    """The stages as they are stored."""
    return [Stage.model_validate(stage) for stage in row.stages]


async def check(ctx: Context, stages: Sequence[Stage]) -> tuple[list[Step], list[Fault]]:
    """The steps of a definition, and everything that keeps it from running for the caller."""
    faults = find_stage_faults(stages)
    if faults:
        return [], faults
    steps = compile_stages(stages)
    return steps, await all_faults(ctx, steps)


async def compiled(ctx: Context, stages: Sequence[Stage]) -> list[Step]:
    """The steps of a definition that would run.

    Raises:
        CorrectInput: it wouldn't.
    """
    steps, faults = await check(ctx, stages)
    if faults:
        more = f" (and {len(faults) - 1} more: pipelines.validate)" if len(faults) > 1 else ""
        raise CorrectInput(f"{faults[0].detail}{more}", faults[0].remedy, field="stages")
    return steps


async def add(
    ctx: Context,
    name: str,
    description: str,
    stages: Sequence[Stage],
    template: str | None = None,
) -> Pipeline:
    """A new pipeline with its workflow and its first version.

    Raises:
        CorrectInput: the definition wouldn't run.
        LookAgain: the name is taken by a pipeline or a workflow.
    """
    steps = await compiled(ctx, stages)
    if await ctx.session.scalar(select(Workflow.id).where(Workflow.name == name)):
        raise LookAgain(
            f"There is already a pipeline or workflow '{name}'.",
            "Choose another name.",
            field="name",
        )
    who, stored = ctx.entitlements.user_name, [stage.as_json() for stage in stages]
    workflow = Workflow(
        id=new_id("wfl"),
        name=name,
        description=description,
        version=1,
        steps=[step.as_json() for step in steps],
        created_by=who,
    )
    ctx.session.add(workflow)
    await ctx.session.flush()
    pipeline = Pipeline(
        id=new_id("pip"),
        workflow_id=workflow.id,
        name=name,
        description=description,
        template=template,
        version=1,
        stages=stored,
        created_by=who,
    )
    ctx.session.add(pipeline)
    await ctx.session.flush()
    _keep(ctx, pipeline, workflow, "created")
    await ctx.session.flush()
    return pipeline


async def change(
    ctx: Context, pipeline: Pipeline, stages: Sequence[Stage], description: str, note: str
) -> None:
    """Make a new version of a pipeline, and of its workflow."""
    steps = await compiled(ctx, stages)
    workflow = await workflow_of(ctx.session, pipeline)
    pipeline.version += 1
    pipeline.stages = [stage.as_json() for stage in stages]
    pipeline.description = workflow.description = description
    pipeline.updated_at = now()
    workflow.version = pipeline.version
    workflow.steps = [step.as_json() for step in steps]
    _keep(ctx, pipeline, workflow, note)
    await ctx.session.flush()


async def workflow_of(session: AsyncSession, pipeline: Pipeline) -> Workflow:
    """The workflow that carries a pipeline's steps."""
    return await session.get_one(Workflow, pipeline.workflow_id)


def _keep(ctx: Context, pipeline: Pipeline, workflow: Workflow, note: str) -> None:
    who = ctx.entitlements.user_name
    keep_version(ctx.session, workflow, who, note)
    ctx.session.add(
        PipelineVersion(
            pipeline_id=pipeline.id,
            version=pipeline.version,
            stages=pipeline.stages,
            description=pipeline.description,
            note=note,
            created_by=who,
        )
    )


def summary(pipeline: Pipeline) -> PipelineSummary:
    """A pipeline as it stands in lists."""
    stages = stages_of(pipeline)
    return PipelineSummary(
        id=pipeline.id,
        name=pipeline.name,
        description=pipeline.description,
        version=pipeline.version,
        workflow_id=pipeline.workflow_id,
        template=pipeline.template,
        stages=[stage.name for stage in stages],
        steps=sum(len(stage.steps) for stage in stages),
        created_by=pipeline.created_by,
        updated_at=pipeline.updated_at,
    )


def detail(pipeline: Pipeline) -> PipelineDetail:
    """A pipeline with its stages and compiled steps."""
    stages = stages_of(pipeline)
    return PipelineDetail(
        **summary(pipeline).model_dump(exclude={"stages", "steps"}),
        stages=stages,
        steps=compile_stages(stages),
        created_at=pipeline.created_at,
    )
