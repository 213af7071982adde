"""Records of executions: made when something is approved or started, read by the engine."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.database import new_id
from tools.errors import ChooseAnother
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.racine.workflows.types import ExecutionStatus, StepStatus
from tools.steps import Step, in_order


def create_execution(
    session: AsyncSession,
    *,
    title: str,
    steps: Sequence[Step],
    user_id: str,
    run_id: str | None = None,
    workflow_id: str | None = None,
    plan_id: str | None = None,
    conversation_id: str | None = None,
) -> Execution:
    """Queue an execution; the engine starts it once the caller's transaction has committed.

    Args:
        user_id: the approver, under whose rights the steps run.
        run_id: the stream of its events; the execution's own id where there is no run.
    """
    execution_id = new_id("exe")
    execution = Execution(
        id=execution_id,
        title=title,
        user_id=user_id,
        run_id=run_id or execution_id,
        workflow_id=workflow_id,
        plan_id=plan_id,
        conversation_id=conversation_id,
        steps=[step.as_json() for step in in_order(steps)],
        status="queued",
    )
    session.add(execution)
    session.add_all(
        ExecutionStep(
            execution_id=execution_id,
            step_id=step["id"],
            position=position,
            operation=step["operation"],
            status="pending",
        )
        for position, step in enumerate(execution.steps)
    )
    return execution


async def find_execution(session: AsyncSession, execution_id: str) -> Execution:
    """The execution of that id, or the caller's latest.

    Raises:
        ChooseAnother: there is none that the session may see.
    """
    query = select(Execution).order_by(Execution.created_at.desc()).limit(1)
    if execution_id != "latest":
        query = query.where(Execution.id == execution_id)
    found = await session.scalar(query)
    if found is None:
        raise ChooseAnother(
            f"You have no execution '{execution_id}'.",
            "Use the execution_id that the approval returned.",
            field="execution_id",
        )
    return found


async def status_of(session: AsyncSession, execution: Execution) -> ExecutionStatus:
    """How an execution and each of its steps stand."""
    steps = await session.scalars(
        select(ExecutionStep)
        .where(ExecutionStep.execution_id == execution.id)
        .order_by(ExecutionStep.position)
    )
    facts = {field: getattr(execution, field, None) for field in ExecutionStatus.model_fields}
    return ExecutionStatus.model_validate(
        facts | {"steps": [StepStatus.model_validate(step) for step in steps]}
    )
