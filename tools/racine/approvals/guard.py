"""No write goes round an approval: what a rule demands one for only plans do, and as shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.changes import Change, touched_versions
from tools.context import Caller
from tools.errors import AskForApproval, ProposeAgain
from tools.operation import Operation
from tools.policy import Entitlements
from tools.racine.approvals.needs import Names, needs_of
from tools.racine.approvals.standing import GOES_BY, UNDOING, doing_of, taken_back
from tools.racine.approvals.tables import ApprovalRule
from tools.racine.assistant.tables import Plan


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


async def refuse_changed(
    session: AsyncSession, decisive: Collection[tuple[str, str]], caller: Caller
) -> None:
    """Refuse, before the commit, a plan's step that goes by a record that isn't as it was shown.

    A schedule that a plan made goes by its workflow as it is on the day.

    Raises:
        ProposeAgain: somebody has changed it since the plan was approved.
    """
    if caller.plan_id is None or caller.channel != "workflow" or not decisive:
        return
    plan = await session.get(Plan, caller.plan_id)
    shown = set(plan.approval.get(GOES_BY, ())) if plan else set()
    used = sorted(one for one in decisive if "/".join(one) in shown)
    for name, version in (await touched_versions(session, used)).items():
        if plan is not None and plan.touched[name] != version:
            raise ProposeAgain(
                f"What it goes by ({name}) has changed since the plan was approved.",
                "Ask for it again, to see what it would do now.",
            )
