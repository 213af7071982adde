"""No write goes round an approval rule: what a rule demands approval for is done by plans only."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.changes import Change
from tools.context import Caller
from tools.errors import AskForApproval
from tools.operation import Operation
from tools.policy import Entitlements
from tools.racine.approvals.needs import Names, needs_of
from tools.racine.approvals.standing import UNDOING, doing_of, taken_back
from tools.racine.approvals.tables import ApprovalRule


async def refuse_unapproved(
    session: AsyncSession,
    operation: Operation,
    changes: Sequence[Change],
    value: BaseModel,
    caller: Caller,
    entitlements: Entitlements,
) -> None:
    """Refuse, before the commit, a write that needs an approval and doesn't come from a plan.

    Raises:
        AskForApproval: a rule demands one.
    """
    if caller.plan_id is not None or not changes:
        return
    rules = list(await session.scalars(select(ApprovalRule).order_by(ApprovalRule.name)))
    if not rules:
        return
    doing = doing_of(operation, operation.name, changes)
    undone = taken_back(operation.name, value.model_dump() if operation.name in UNDOING else {})
    doings = [doing, *(doing.model_copy(update={"operation": name}) for name in undone)]
    demanded = needs_of(rules, doings, entitlements, Names({}, {}, {}))[1:]
    if demanded:
        raise AskForApproval(
            f"{operation.name} needs an approval: {demanded[0].why} (rule '{demanded[0].rule}').",
            "Ask the assistant for it, or propose it as a plan "
            "(POST /api/racine/ai-assistant/plans).",
        )
