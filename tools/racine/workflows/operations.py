"""The operations of workflows. Executions are carried out by the engine, not here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationError
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.database import new_id
from tools.errors import ChooseAnother, CorrectInput, LookAgain, RacineError, nearest
from tools.operation import Effect, operation
from tools.racine.workflows.control import (
    Action,
    decide,
    halt,
    resume,
    retry,
    say,
    skip,
    undo,
)
from tools.racine.workflows.executions import create_execution, find_execution, status_of
from tools.racine.workflows.tables import Workflow
from tools.racine.workflows.types import ExecutionStatus, Fault, Validation, WorkflowDetail
from tools.steps import Budget, Step, in_order, references
from tools.values import Cursor, Limit, Page, page, paged

Steps = Annotated[
    list[Step],
    Field(min_length=1, max_length=500, description="Steps: id, operation, arguments, needs"),
]
WorkflowRef = Annotated[str, Field(max_length=200, description="A workflow's name or id")]
ExecutionRef = Annotated[str, Field(max_length=60, description="An execution's id, or 'latest'")]


@operation(
    "workflows.create",
    permission="workflows.write",
    effect=Effect.WRITE,
    agent=False,
    examples=("Save this plan as a workflow",),
)
async def create(
    ctx: Context,
    name: Annotated[str, Field(min_length=1, max_length=200, description="Its name")],
    steps: Steps,
    description: Annotated[str, Field(max_length=2000, description="What it is for")] = "",
) -> WorkflowDetail:
    """Save a workflow, after making sure that it would run."""
    faults = find_faults(ctx, steps)
    if faults:
        raise CorrectInput(faults[0].detail, faults[0].remedy, field="steps")
    if await ctx.session.scalar(select(Workflow).where(Workflow.name == name)):
        raise LookAgain(
            f"There is already a workflow '{name}'.", "Choose another name.", field="name"
        )
    workflow = Workflow(
        id=new_id("wfl"),
        name=name,
        description=description,
        steps=[step.as_json() for step in steps],
        created_by=ctx.entitlements.user_name,
    )
    ctx.session.add(workflow)
    await ctx.session.flush()
    return WorkflowDetail.model_validate(workflow)


@operation(
    "workflows.list",
    permission="workflows.read",
    examples=("Which workflows are there?", "List the workflows"),
)
async def list_workflows(
    ctx: Context, limit: Limit = 50, cursor: Cursor = None
) -> Page[WorkflowDetail]:
    """List the saved workflows."""
    rows, total = await paged(ctx.session, select(Workflow).order_by(Workflow.name), limit, cursor)
    return page([WorkflowDetail.model_validate(row) for row in rows], total, cursor)


@operation(
    "workflows.get",
    permission="workflows.read",
    examples=("Show the workflow weekly-sweep",),
)
async def get(ctx: Context, workflow: WorkflowRef) -> WorkflowDetail:
    """Show a workflow with its steps."""
    return WorkflowDetail.model_validate(await _find(ctx.session, workflow))


@operation(
    "workflows.validate",
    permission="workflows.read",
    path="POST /validate",
    examples=("Would this workflow run?",),
)
async def validate(ctx: Context, steps: Steps) -> Validation:
    """Find everything that is wrong with steps, and say how to mend each."""
    faults = find_faults(ctx, steps)
    return Validation(
        valid=not faults,
        order=[] if faults else [step.id for step in in_order(steps)],
        faults=faults,
    )


@operation(
    "workflows.execute",
    permission="workflows.write",
    effect=Effect.WRITE,
    path="POST /{workflow}/execute",
    examples=("Run the workflow weekly-sweep", "Start the workflow weekly-sweep"),
)
async def execute(
    ctx: Context,
    workflow: WorkflowRef,
    budget: Annotated[
        Budget | None, Field(description="The most it may use; what would go beyond is stopped")
    ] = None,
) -> ExecutionStatus:
    """Start an execution of a workflow; its steps run under the caller's rights."""
    found = await _find(ctx.session, workflow)
    execution = create_execution(
        ctx.session,
        title=found.name,
        steps=[Step.model_validate(step) for step in found.steps],
        user_id=ctx.caller.user_id,
        workflow_id=found.id,
        workflow_version=found.version,
        cause=f"started by {ctx.entitlements.user_name}",
        budget=budget,
    )
    await ctx.session.flush()
    return await status_of(ctx, execution)


@operation(
    "workflows.status",
    permission="workflows.read",
    own=True,
    path="GET /{execution_id}/status",
    examples=("How is the execution going?", "Is it done?"),
)
async def status(ctx: Context, execution_id: ExecutionRef = "latest") -> ExecutionStatus:
    """Say how an execution and each of its steps stand."""
    return await status_of(ctx, await find_execution(ctx, execution_id))


@operation(
    "workflows.control",
    permission="workflows.write",
    effect=Effect.WRITE,
    own=True,
    agent=False,
    path="POST /{execution_id}/control",
    examples=("Pause the execution", "Cancel it", "Retry it from the scan"),
)
async def control(
    ctx: Context,
    execution_id: ExecutionRef,
    action: Annotated[Action, Field(description="What to do")],
    step_id: Annotated[
        str | None, Field(max_length=60, description="The step meant, where one is")
    ] = None,
    reason: Annotated[str, Field(max_length=500, description="Why; kept with the step")] = "",
) -> ExecutionStatus:
    """Pause, resume, cancel or retry an execution, skip a step, decide at a gate.

    The steps that run when it is halted are finished first. Of a step whose outcome outside is
    unknown, `was_done` and `was_not_done` say what a person found out.
    """
    execution = await find_execution(ctx, execution_id, controls=not action.endswith("_gate"))
    match action:
        case "pause" | "cancel":
            halt(execution, action)
        case "resume":
            resume(execution)
        case "retry":
            await retry(ctx, execution, step_id)
        case "skip":
            await skip(ctx, execution, step_id, reason)
        case "approve_gate" | "reject_gate":
            await decide(ctx, execution, step_id, reason, agreed=action == "approve_gate")
        case "was_done" | "was_not_done":
            await say(ctx, execution, step_id, reason, done=action == "was_done")
    await ctx.session.flush()
    return await status_of(ctx, execution)


@operation(
    "workflows.undo",
    permission="workflows.write",
    effect=Effect.WRITE,
    own=True,
    path="POST /{execution_id}/undo",
    examples=("Undo the whole execution", "Take back everything that the plan did"),
)
async def undo_execution(ctx: Context, execution_id: ExecutionRef = "latest") -> ExecutionStatus:
    """Undo an execution: take back what its steps wrote, from the last to the first.

    Refused, with the reason, where something later depends on one of them; then nothing is undone.
    """
    execution = await find_execution(ctx, execution_id, controls=True)
    await undo(ctx, execution)
    await ctx.session.flush()
    return await status_of(ctx, execution)


def find_faults(ctx: Context, steps: list[Step]) -> list[Fault]:
    """Everything that keeps steps from running, each with its remedy."""
    faults = []
    for step in steps:
        try:
            operation = ctx.kernel.registry.find(step.operation)
        except RacineError as error:
            faults.append(Fault(step=step.id, detail=error.detail, remedy=error.remedy))
            continue
        decision = ctx.entitlements.decide(operation.permission)
        if not decision.allowed and not operation.own:
            faults.append(
                Fault(
                    step=step.id,
                    detail=decision.reason,
                    remedy=f"Ask for a role that gives {operation.permission}.",
                )
            )
        try:
            operation.arguments.model_validate(step.arguments)
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_input=False):
                field = str(problem["loc"][0]) if problem["loc"] else ""
                if references(step.arguments.get(field)):
                    continue  # known only when the earlier step has run
                faults.append(
                    Fault(
                        step=step.id,
                        detail=f"{step.operation}: '{field}': {problem['msg']}.",
                        remedy=nearest(field, list(operation.arguments.model_fields)),
                    )
                )
    try:
        in_order(steps)
    except RacineError as error:
        faults.append(Fault(step=None, detail=error.detail, remedy=error.remedy))
    return faults


async def _find(session: AsyncSession, reference: str) -> Workflow:
    found = await session.scalar(
        select(Workflow).where(or_(Workflow.id == reference, Workflow.name == reference))
    )
    if found is None:
        names = list(await session.scalars(select(Workflow.name)))
        raise ChooseAnother(
            f"There is no workflow '{reference}'.", nearest(reference, names), field="workflow"
        )
    return found
