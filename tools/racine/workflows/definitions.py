"""The operations on definitions of workflows: saved, validated, versioned, compared, deleted.

Only what would run is saved. Every change is a version of its own, and none is ever changed.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import String, cast, or_, select

from tools.context import Context
from tools.database import new_id
from tools.errors import LookAgain
from tools.operation import Effect, operation
from tools.racine.workflows.tables import Workflow, WorkflowVersion
from tools.racine.workflows.types import (
    Difference,
    Validation,
    VersionPage,
    VersionSummary,
    WorkflowDeleted,
    WorkflowDetail,
)
from tools.racine.workflows.validation import all_faults, refuse_faulty
from tools.racine.workflows.versions import (
    difference,
    drop,
    find_version,
    find_workflow,
    keep_version,
    refuse_unless_at,
    running,
    users_of,
)
from tools.steps import Budget, Step, in_order
from tools.values import Cursor, Limit, Page, page, paged

Steps = Annotated[
    list[Step],
    Field(
        min_length=1,
        max_length=500,
        description="Steps: id, operation, arguments, needs, when, after, each, retry, timeout, "
        "on_failure, compensate, gate, stage",
    ),
]
WorkflowRef = Annotated[str, Field(max_length=200, description="A workflow's name or id")]
Name = Annotated[str, Field(min_length=1, max_length=200, description="Its name")]
Description = Annotated[str, Field(max_length=2000, description="What it is for")]
Most = Annotated[
    Budget | None, Field(description="The most that an execution may use: steps, seconds, rows")
]
Note = Annotated[str, Field(max_length=500, description="Why; kept with the version")]
Expected = Annotated[
    int | None,
    Field(ge=1, description="The version that the change builds on; refused if it isn't the last"),
]
Version = Annotated[int, Field(ge=1, description="A version's number")]


@operation(
    "workflows.create",
    permission="workflows.write",
    effect=Effect.WRITE,
    agent=False,
    examples=("Save this plan as a workflow",),
)
async def create(
    ctx: Context,
    name: Name,
    steps: Steps,
    description: Description = "",
    budget: Most = None,
    note: Note = "",
) -> WorkflowDetail:
    """Save a workflow, after making sure that it would run."""
    await refuse_faulty(ctx, steps, budget)
    return await save_new(ctx, name, steps, description, budget, note)


@operation(
    "workflows.list",
    permission="workflows.read",
    examples=("Which workflows are there?", "List the workflows"),
)
async def list_workflows(
    ctx: Context,
    query: Annotated[
        str | None, Field(max_length=200, description="Only with this in the name or description")
    ] = None,
    uses: Annotated[
        str | None, Field(max_length=80, description="Only with a step of this operation")
    ] = None,
    created_by: Annotated[
        str | None, Field(max_length=200, description="Only of this person, by name")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[WorkflowDetail]:
    """List the saved workflows."""
    wanted = select(Workflow).order_by(Workflow.name)
    if query:
        like = f"%{_escaped(query)}%"
        wanted = wanted.where(
            or_(
                Workflow.name.ilike(like, escape="\\"),
                Workflow.description.ilike(like, escape="\\"),
            )
        )
    if uses:
        named = ctx.kernel.registry.find(uses).name
        steps = cast(Workflow.steps, String)
        wanted = wanted.where(steps.like(f'%"operation": "{_escaped(named)}"%', escape="\\"))
    if created_by:
        wanted = wanted.where(Workflow.created_by == created_by)
    rows, total = await paged(ctx.session, wanted, limit, cursor)
    return page([WorkflowDetail.model_validate(row) for row in rows], total, cursor)


@operation(
    "workflows.get",
    permission="workflows.read",
    examples=("Show the workflow weekly-sweep",),
)
async def get(
    ctx: Context,
    workflow: WorkflowRef,
    version: Annotated[
        int | None, Field(ge=1, description="An earlier version; the last where not given")
    ] = None,
) -> WorkflowDetail:
    """Show a workflow with its steps."""
    found = await find_workflow(ctx.session, workflow)
    if version is None:
        return WorkflowDetail.model_validate(found)
    kept = await find_version(ctx.session, found, version)
    facts = {field: getattr(kept, field, None) for field in WorkflowDetail.model_fields}
    return WorkflowDetail.model_validate(facts | {"id": found.id})


@operation(
    "workflows.update",
    permission="workflows.write",
    effect=Effect.WRITE,
    agent=False,
    examples=("Change the steps of the workflow weekly-sweep",),
)
async def update_workflow(
    ctx: Context,
    workflow: WorkflowRef,
    name: Annotated[
        str | None, Field(min_length=1, max_length=200, description="A new name")
    ] = None,
    steps: Annotated[
        list[Step] | None,
        Field(min_length=1, max_length=500, description="All of its steps, as they are to be"),
    ] = None,
    description: Annotated[str | None, Field(max_length=2000, description="What it is for")] = None,
    budget: Most = None,
    note: Note = "",
    expected_version: Expected = None,
) -> WorkflowDetail:
    """Save a new version of a workflow; what isn't given stays as it is."""
    found = await find_workflow(ctx.session, workflow)
    await _refuse_compiled(ctx, found)
    await _refuse_unless_at(ctx, found, expected_version)
    if name is not None and name != found.name:
        await _refuse_taken(ctx, name)
    wanted = steps or [Step.model_validate(step) for step in found.steps]
    most = budget or Budget.model_validate(found.budget)
    await refuse_faulty(ctx, wanted, most)
    return await _save(
        ctx,
        found,
        note,
        name=name or found.name,
        description=found.description if description is None else description,
        steps=[step.as_json() for step in wanted],
        budget=most.model_dump(exclude_none=True),
    )


@operation(
    "workflows.rollback",
    permission="workflows.write",
    effect=Effect.WRITE,
    examples=(
        "Roll the workflow weekly-sweep back to version 2",
        "Put the workflow weekly-sweep back to its first version",
    ),
)
async def rollback(
    ctx: Context,
    workflow: WorkflowRef,
    version: Version,
    note: Note = "",
    expected_version: Expected = None,
) -> WorkflowDetail:
    """Make a new version of a workflow with the content of an earlier one; its name stays."""
    found = await find_workflow(ctx.session, workflow)
    await _refuse_compiled(ctx, found)
    await _refuse_unless_at(ctx, found, expected_version)
    kept = await find_version(ctx.session, found, version)
    steps = [Step.model_validate(step) for step in kept.steps]
    await refuse_faulty(ctx, steps, Budget.model_validate(kept.budget))
    return await _save(
        ctx,
        found,
        note or f"back to version {version}",
        name=found.name,
        description=kept.description,
        steps=kept.steps,
        budget=kept.budget,
    )


@operation(
    "workflows.versions",
    permission="workflows.read",
    examples=("Which versions of the workflow weekly-sweep are there?",),
)
async def list_versions(
    ctx: Context, workflow: WorkflowRef, limit: Limit = 50, cursor: Cursor = None
) -> VersionPage:
    """List a workflow's versions, the last first: who made each, when, why, what it changed."""
    found = await find_workflow(ctx.session, workflow)
    wanted = (
        select(WorkflowVersion)
        .where(WorkflowVersion.workflow_id == found.id)
        .order_by(WorkflowVersion.version.desc())
    )
    rows, total = await paged(ctx.session, wanted, limit, cursor)
    before = {row.version: row for row in rows}
    if rows and rows[-1].version > 1:
        before[rows[-1].version - 1] = await find_version(ctx.session, found, rows[-1].version - 1)
    return page(
        [
            VersionSummary(
                **{
                    field: getattr(row, field)
                    for field in VersionSummary.model_fields
                    if field not in ("steps", "changed")
                },
                steps=len(row.steps),
                changed=difference(found, before[row.version - 1], row).summary
                if row.version > 1
                else "the first version",
            )
            for row in rows
        ],
        total,
        cursor,
    )


@operation(
    "workflows.diff",
    permission="workflows.read",
    examples=(
        "What changed in the workflow weekly-sweep?",
        "Compare version 1 and 3 of the workflow weekly-sweep",
    ),
)
async def diff(
    ctx: Context,
    workflow: WorkflowRef,
    before: Annotated[
        int | None, Field(ge=1, description="A version; the one before 'after' where not given")
    ] = None,
    after: Annotated[
        int | None, Field(ge=1, description="A version; the last where not given")
    ] = None,
) -> Difference:
    """Show what differs between two versions: steps added, removed and changed, field by field."""
    found = await find_workflow(ctx.session, workflow)
    later = await find_version(ctx.session, found, after or found.version)
    earlier = await find_version(ctx.session, found, before or max(1, later.version - 1))
    return difference(found, earlier, later)


@operation(
    "workflows.delete",
    permission="workflows.destroy",
    effect=Effect.DESTROY,
    examples=("Delete the workflow weekly-sweep",),
)
async def delete(ctx: Context, workflow: WorkflowRef) -> WorkflowDeleted:
    """Delete a workflow with its versions, unless something uses it; its executions are kept."""
    found = await find_workflow(ctx.session, workflow)
    if at_work := await running(ctx.session, found):
        raise LookAgain(
            f"The workflow '{found.name}' is at work: {', '.join(at_work[:4])}.",
            "Wait until it has ended, or cancel it (workflows.control).",
            field="workflow",
        )
    if used := await users_of(ctx.session, found):
        named = "; ".join(
            f"{table.replace('_', ' ')} {', '.join(names)}" for table, names in used.items()
        )
        raise LookAgain(
            f"The workflow '{found.name}' is used by {named}.", "Remove those first.",
            field="workflow",
        )  # fmt: skip
    versions, executions = await drop(ctx.session, found)
    return WorkflowDeleted(
        id=found.id,
        name=found.name,
        versions=versions,
        executions_kept=executions,
    )


@operation(
    "workflows.validate",
    permission="workflows.read",
    path="POST /validate",
    examples=("Would this workflow run?",),
)
async def validate(ctx: Context, steps: Steps, budget: Most = None) -> Validation:
    """Find everything that is wrong with a definition, and say how to mend each."""
    faults = await all_faults(ctx, steps, budget)
    return Validation(
        valid=not faults,
        order=[] if faults else [step.id for step in in_order(steps)],
        faults=faults,
    )


async def save_new(
    ctx: Context,
    name: str,
    steps: list[Step],
    description: str,
    budget: Budget | None,
    note: str,
) -> WorkflowDetail:
    """Save a workflow that is known to run, as its first version."""
    await _refuse_taken(ctx, name)
    workflow = Workflow(
        id=new_id("wfl"),
        name=name,
        description=description,
        steps=[step.as_json() for step in steps],
        budget=(budget or Budget()).model_dump(exclude_none=True),
        version=1,
        created_by=ctx.entitlements.user_name,
    )
    ctx.session.add(workflow)
    await ctx.session.flush()
    keep_version(ctx.session, workflow, ctx.entitlements.user_name, note)
    await ctx.session.flush()
    return WorkflowDetail.model_validate(workflow)


async def _save(ctx: Context, workflow: Workflow, note: str, **content: object) -> WorkflowDetail:
    if any(getattr(workflow, field) != value for field, value in content.items()):
        for field, value in content.items():
            setattr(workflow, field, value)
        workflow.version += 1
        keep_version(ctx.session, workflow, ctx.entitlements.user_name, note)
        await ctx.session.flush()
    return WorkflowDetail.model_validate(workflow)


async def _refuse_taken(ctx: Context, name: str) -> None:
    if await ctx.session.scalar(select(Workflow.id).where(Workflow.name == name)):
        raise LookAgain(
            f"There is already a workflow '{name}'.",
            "Choose another name, or change that one (workflows.update).",
            field="name",
        )


async def _refuse_unless_at(ctx: Context, workflow: Workflow, expected: int | None) -> None:
    last = await find_version(ctx.session, workflow, workflow.version)
    refuse_unless_at(workflow, expected, last)


async def _refuse_compiled(ctx: Context, workflow: Workflow) -> None:
    if pipelines := (await users_of(ctx.session, workflow)).get("pipelines"):
        raise LookAgain(
            f"The workflow '{workflow.name}' is made of the stages of the pipeline {pipelines[0]}.",
            "Change the pipeline (pipelines.update); its workflow follows.",
            field="workflow",
        )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
