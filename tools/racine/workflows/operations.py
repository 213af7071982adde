"""The operations on executions, which the engine carries out; definitions are in their own file."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from tools.context import Context
from tools.database import now
from tools.operation import Effect, operation
from tools.racine.approvals.standing import approving
from tools.racine.workflows.control import (
    Action,
    control_started,
    decide,
    decided_on,
    halt,
    resume,
    retry,
    say,
    skip,
    undo,
)
from tools.racine.workflows.executions import (
    create_execution,
    find_execution,
    last_plan,
    proposed,
    starting,
    status_of,
)
from tools.racine.workflows.types import ExecutionStatus
from tools.racine.workflows.versions import find_workflow
from tools.steps import Budget, Step

WorkflowRef = Annotated[str, Field(max_length=200, description="A workflow's name or id")]
ExecutionRef = Annotated[str, Field(max_length=60, description="An execution's id, or 'latest'")]


@operation(
    "workflows.execute",
    permission="workflows.write",
    effect=Effect.WRITE,
    path="POST /{workflow}/execute",
    starts="id",
    examples=("Run the workflow weekly-sweep", "Start the workflow weekly-sweep"),
)
async def execute(
    ctx: Context,
    workflow: WorkflowRef,
    budget: Annotated[
        Budget | None,
        Field(description="The most it may use; the workflow's own budget where not given"),
    ] = None,
    event: Annotated[
        dict[str, Any] | None,
        Field(description="What its steps read as event, where they do: {'source': 'crm'}"),
    ] = None,
) -> ExecutionStatus:
    """Start an execution of a workflow; its steps run under the caller's rights."""
    found = await find_workflow(ctx.session, workflow)
    execution = create_execution(
        ctx.session,
        plan_id=await approving(ctx.session, ctx.caller.plan_id, found),
        title=found.name,
        steps=[Step.model_validate(step) for step in found.steps],
        user_id=ctx.caller.user_id,
        workflow_id=found.id,
        workflow_version=found.version,
        cause=f"started by {ctx.entitlements.user_name}",
        budget=budget or Budget.model_validate(found.budget),
        event=event,
        parent=await starting(ctx, found),
    )
    await ctx.session.flush()
    return await status_of(ctx, execution)


@operation(
    "workflows.status",
    permission="workflows.read",
    own=True,
    path="GET /{execution_id}/status",
    examples=("How is the execution going?", "Is it done?", "What is the status of the plan?"),
)
async def status(ctx: Context, execution_id: ExecutionRef = "latest") -> ExecutionStatus:
    """Say how an execution and each of its steps stand; also the plan that still waits.

    The latest is what was asked for last in this conversation, or else the caller's last.
    """
    if execution_id == "latest" and (plan := await last_plan(ctx)) is not None:
        return proposed(plan, now())
    return await status_of(ctx, await find_execution(ctx, execution_id))


@operation(
    "workflows.control",
    permission="workflows.write",
    effect=Effect.WRITE,
    pinned=("execution_id", "id"),
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
            await control_started(ctx, execution, action)
        case "resume":
            resume(execution)
            await control_started(ctx, execution, action)
        case "retry":
            await retry(ctx, execution, step_id)
        case "skip":
            await skip(ctx, execution, step_id, reason)
        case "approve_gate" | "reject_gate":
            about, step = await decided_on(ctx, execution, step_id)
            await decide(ctx, about, step, reason, agreed=action == "approve_gate")
        case "was_done" | "was_not_done":
            about, step = await decided_on(ctx, execution, step_id)
            await say(ctx, about, step, reason, done=action == "was_done")
    await ctx.session.flush()
    return await status_of(ctx, execution)


@operation(
    "workflows.undo",
    permission="workflows.write",
    effect=Effect.WRITE,
    pinned=("execution_id", "id"),
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
