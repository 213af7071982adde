"""The operations of pipelines: definitions, versions, executions. The engine carries them out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from tools.context import Context
from tools.errors import ChooseAnother, LookAgain
from tools.operation import Effect, operation
from tools.racine.approvals.standing import approving
from tools.racine.pipelines import records, templates
from tools.racine.pipelines.edits import difference
from tools.racine.pipelines.progress import standing
from tools.racine.pipelines.records import detail, find_pipeline, stages_of
from tools.racine.pipelines.stages import Stage
from tools.racine.pipelines.tables import Pipeline, PipelineVersion
from tools.racine.pipelines.timings import past_runs
from tools.racine.pipelines.types import (
    PipelineDeleted,
    PipelineDetail,
    PipelineStarted,
    PipelineStatus,
    PipelineSummary,
    PipelineTemplate,
    PipelineUpdate,
    PipelineValidation,
    PipelineVersionDetail,
)
from tools.racine.workflows.control import Action
from tools.racine.workflows.executions import create_execution, starting
from tools.racine.workflows.ledger import ENDED
from tools.racine.workflows.outcome import outcome_of
from tools.racine.workflows.started import rows_of
from tools.racine.workflows.versions import drop
from tools.steps import Budget, Step
from tools.values import Cursor, Limit, Page, page, paged

Stages = Annotated[
    list[Stage],
    Field(min_length=1, max_length=50, description="Stages: name, steps, needs, gate, on_failure"),
]
PipelineRef = Annotated[str, Field(max_length=200, description="A pipeline's name or id")]
ExecutionRef = Annotated[str, Field(max_length=60, description="An execution's id, or 'latest'")]
Name = Annotated[str, Field(min_length=1, max_length=200, description="Its name")]
Description = Annotated[str, Field(max_length=2000, description="What it is for")]


@operation(
    "pipelines.create",
    permission="pipelines.write",
    effect=Effect.WRITE,
    path="POST /create",
    examples=("Create a pipeline that scans crm, then evaluates GDPR after Dana's approval",),
)
async def create(
    ctx: Context, name: Name, stages: Stages, description: Description = ""
) -> PipelineDetail:
    """Create a pipeline of stages, after making sure that it would run."""
    return detail(await records.add(ctx, name, description, stages))


@operation(
    "pipelines.list",
    permission="pipelines.read",
    examples=("Which pipelines are there?", "List the pipelines"),
)
async def list_pipelines(
    ctx: Context, limit: Limit = 50, cursor: Cursor = None
) -> Page[PipelineSummary]:
    """List the pipelines with their stages."""
    rows, total = await paged(ctx.session, select(Pipeline).order_by(Pipeline.name), limit, cursor)
    return page([records.summary(row) for row in rows], total, cursor)


@operation(
    "pipelines.get",
    permission="pipelines.read",
    examples=("Show the pipeline nightly", "What does the pipeline nightly do?"),
)
async def get(ctx: Context, pipeline: PipelineRef) -> PipelineDetail:
    """Show a pipeline with its stages, gates and steps."""
    return detail(await find_pipeline(ctx.session, pipeline))


@operation(
    "pipelines.validate",
    permission="pipelines.read",
    path="POST /validate",
    examples=("Would this pipeline run?",),
)
async def validate(ctx: Context, stages: Stages) -> PipelineValidation:
    """Find everything that is wrong with stages, and show the steps that they become."""
    steps, faults = await records.check(ctx, stages)
    return PipelineValidation(valid=not faults, steps=steps, faults=faults)


@operation(
    "pipelines.update",
    permission="pipelines.write",
    effect=Effect.WRITE,
    path="POST /{pipeline}/update",
    examples=("Change the stages of the pipeline nightly",),
)
async def update_pipeline(
    ctx: Context,
    pipeline: PipelineRef,
    stages: Annotated[
        list[Stage] | None, Field(min_length=1, max_length=50, description="All its stages anew")
    ] = None,
    description: Annotated[
        str | None, Field(max_length=2000, description="What it is for, where that changes")
    ] = None,
    note: Annotated[str, Field(max_length=500, description="Why it is changed")] = "",
    version: Annotated[
        int | None, Field(ge=1, description="The version that the change is based on")
    ] = None,
) -> PipelineUpdate:
    """Change a pipeline: a new version, which executions use from then on."""
    found = await find_pipeline(ctx.session, pipeline)
    if version is not None and version != found.version:
        raise LookAgain(
            f"The pipeline '{found.name}' is at version {found.version}, not {version}.",
            "Look at it again (pipelines.get) and base the change on that.",
            field="version",
        )
    old = stages_of(found)
    new = old if stages is None else stages
    words = found.description if description is None else description
    changed = difference(old, new)
    if words != found.description:
        changed.append("the description")
    if changed:
        await records.change(ctx, found, new, words, note or "; ".join(changed)[:500])
    return PipelineUpdate(**dict(detail(found)), changed=changed)


@operation(
    "pipelines.versions",
    permission="pipelines.read",
    path="GET /{pipeline}/versions",
    examples=("Which versions of the pipeline nightly are there?",),
)
async def versions(
    ctx: Context, pipeline: PipelineRef, limit: Limit = 20, cursor: Cursor = None
) -> Page[PipelineVersionDetail]:
    """List a pipeline's versions, the newest first, with what each changed."""
    found = await find_pipeline(ctx.session, pipeline)
    query = select(PipelineVersion).where(PipelineVersion.pipeline_id == found.id)
    rows, total = await paged(
        ctx.session, query.order_by(PipelineVersion.version.desc()), limit, cursor
    )
    earlier = {
        row.version: stages_of(row)
        for row in await ctx.session.scalars(
            query.where(PipelineVersion.version.in_([row.version - 1 for row in rows]))
        )
    }
    listed = [
        PipelineVersionDetail(
            version=row.version,
            note=row.note,
            created_by=row.created_by,
            created_at=row.created_at,
            stages=stages_of(row),
            changed=difference(earlier[row.version - 1], stages_of(row))
            if row.version - 1 in earlier
            else [],
        )
        for row in rows
    ]
    return page(listed, total, cursor)


@operation(
    "pipelines.rollback",
    permission="pipelines.write",
    effect=Effect.WRITE,
    path="POST /{pipeline}/rollback",
    examples=("Roll the pipeline nightly back to version 2",),
)
async def rollback(
    ctx: Context,
    pipeline: PipelineRef,
    version: Annotated[int, Field(ge=1, description="The version to bring back")],
) -> PipelineUpdate:
    """Bring back an earlier version of a pipeline, as a new version."""
    found = await find_pipeline(ctx.session, pipeline)
    row = await ctx.session.get(PipelineVersion, (found.id, version))
    if row is None:
        raise ChooseAnother(
            f"The pipeline '{found.name}' has no version {version}.",
            f"It has versions 1 to {found.version}.",
            field="version",
        )
    changed = difference(stages_of(found), stages_of(row))
    await records.change(ctx, found, stages_of(row), row.description, f"back to version {version}")
    return PipelineUpdate(**dict(detail(found)), changed=changed)


@operation(
    "pipelines.execute",
    permission="pipelines.write",
    effect=Effect.WRITE,
    path="POST /{pipeline}/execute",
    starts="execution_id",
    examples=("Run the pipeline nightly", "Start the pipeline nightly"),
)
async def execute(
    ctx: Context,
    pipeline: PipelineRef,
    budget: Annotated[
        Budget | None, Field(description="The most it may use; what would go beyond is stopped")
    ] = None,
) -> PipelineStarted:
    """Start an execution of a pipeline; its steps run under the caller's rights."""
    found = await find_pipeline(ctx.session, pipeline)
    workflow = await records.workflow_of(ctx.session, found)
    execution = create_execution(
        ctx.session,
        plan_id=await approving(ctx.session, ctx.caller.plan_id, workflow),
        title=found.name,
        steps=[Step.model_validate(step) for step in workflow.steps],
        user_id=ctx.caller.user_id,
        workflow_id=workflow.id,
        workflow_version=found.version,
        cause=f"started by {ctx.entitlements.user_name}",
        budget=budget,
        parent=await starting(ctx, workflow),
    )
    await ctx.session.flush()
    return PipelineStarted(
        execution_id=execution.id,
        pipeline_id=found.id,
        pipeline=found.name,
        version=found.version,
        status=execution.status,
        steps=len(workflow.steps),
    )


@operation(
    "pipelines.status",
    permission="pipelines.read",
    path="GET /{pipeline}/status",
    examples=("How is the pipeline nightly going?", "Which stage is the pipeline nightly in?"),
)
async def status(
    ctx: Context, pipeline: PipelineRef, execution_id: ExecutionRef = "latest"
) -> PipelineStatus:
    """Say how each stage of an execution stands: pending, running, waiting, done or failed."""
    found = await find_pipeline(ctx.session, pipeline)
    runs = await past_runs(ctx.session, found.workflow_id, 1, execution_id=execution_id)
    if not runs:
        raise ChooseAnother(
            f"The pipeline '{found.name}' has no execution '{execution_id}'.",
            "Start one with pipelines.execute; pipelines.health tells of past ones.",
            field="execution_id",
        )
    rows = await rows_of(ctx.session, runs[0].id)
    outcome = outcome_of(runs[0].status, rows, ctx.kernel.registry.find)
    return standing(ctx, found, runs[0], outcome)


@operation(
    "pipelines.control",
    permission="pipelines.write",
    effect=Effect.WRITE,
    pinned=("execution_id", "execution_id"),
    path="POST /{pipeline}/control",
    examples=("Pause the pipeline nightly", "Approve the gate of the pipeline nightly"),
)
async def control(
    ctx: Context,
    pipeline: PipelineRef,
    action: Annotated[Action, Field(description="What to do")],
    execution_id: ExecutionRef = "latest",
    step_id: Annotated[
        str | None, Field(max_length=60, description="The step meant, where one is")
    ] = None,
    reason: Annotated[str, Field(max_length=500, description="Why; kept with the step")] = "",
) -> PipelineStatus:
    """Pause, resume, cancel or retry an execution, skip a step, decide at a stage's gate."""
    found = await find_pipeline(ctx.session, pipeline)
    now = await status(ctx, found.id, execution_id)
    await ctx.invoke(
        "workflows.control",
        execution_id=now.execution_id,
        action=action,
        step_id=step_id,
        reason=reason,
    )
    return await status(ctx, found.id, now.execution_id)


@operation(
    "pipelines.templates",
    permission="pipelines.read",
    path="GET /templates",
    examples=("Which pipeline templates are there?",),
)
async def list_templates(ctx: Context) -> Page[PipelineTemplate]:
    """List the pipelines that can be created from a template, and what each asks for."""
    listed = [
        PipelineTemplate(
            name=one.name,
            title=one.title,
            description=one.description,
            arguments=dict(one.arguments),
            stages=[stage["name"] for stage in one.stages],
        )
        for one in templates.TEMPLATES
    ]
    return page(listed, len(listed), None)


@operation(
    "pipelines.create_from_template",
    permission="pipelines.write",
    effect=Effect.WRITE,
    path="POST /create-from-template",
    examples=("Create a pipeline from the template onboard-source for crm",),
)
async def create_from_template(
    ctx: Context,
    template: Annotated[str, Field(max_length=60, description="The template's name")],
    arguments: Annotated[
        dict[str, str], Field(description="What the template asks for, such as its source")
    ],
    name: Annotated[
        str | None, Field(min_length=1, max_length=200, description="Its name, if another")
    ] = None,
) -> PipelineDetail:
    """Create a pipeline from a template."""
    chosen = templates.find_template(template)
    stages = templates.stages_from(chosen, arguments)
    called = name or " ".join([chosen.name, *arguments.values()])[:200]
    return detail(await records.add(ctx, called, chosen.description, stages, chosen.name))


@operation(
    "pipelines.delete",
    permission="pipelines.destroy",
    effect=Effect.DESTROY,
    path="POST /{pipeline}/delete",
    examples=("Delete the pipeline nightly",),
)
async def delete(ctx: Context, pipeline: PipelineRef) -> PipelineDeleted:
    """Delete a pipeline and its versions; what its executions did, and their logs, stay."""
    found = await find_pipeline(ctx.session, pipeline)
    runs = await past_runs(ctx.session, found.workflow_id, 1)
    if runs and runs[0].status not in ENDED:
        raise LookAgain(
            f"The pipeline '{found.name}' has an execution that is {runs[0].status}.",
            "Let it end, or cancel it (pipelines.control), then delete.",
        )
    rows = list(
        await ctx.session.scalars(
            select(PipelineVersion).where(PipelineVersion.pipeline_id == found.id)
        )
    )
    for row in rows:
        await ctx.session.delete(row)
    await ctx.session.flush()
    workflow = await records.workflow_of(ctx.session, found)
    await ctx.session.delete(found)
    await ctx.session.flush()
    await drop(ctx.session, workflow)
    return PipelineDeleted(id=found.id, name=found.name, versions=len(rows))
