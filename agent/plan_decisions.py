"""A plan's way from a decision to its effect: what is refused, kept, and queued.

All of it happens in the one transaction of the decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import Entry
from tools.changes import touched_versions
from tools.context import Caller
from tools.database import new_id, now
from tools.errors import AskForAccess, LookAgain, ProposeAgain
from tools.grants import load_entitlements
from tools.policy import Entitlements
from tools.racine.approvals.needs import meets
from tools.racine.approvals.standing import Asked, asked_of, state_of
from tools.racine.approvals.tables import PlanDecision
from tools.racine.assistant.tables import Plan, Run
from tools.racine.workflows.executions import create_execution
from tools.steps import Budget, Step


def entry_of(operation: str, plan_id: str, caller: Caller, who: Entitlements) -> Entry:
    """The audit trail's entry of a decision."""
    return Entry(
        user_id=caller.user_id,
        user_name=who.user_name,
        channel=caller.channel,
        operation=operation,
        effect="write",
        outcome="done",
        reason="asked for it, or has to agree to it",
        arguments={"plan_id": plan_id},
    )


def step_of(raw: Mapping[str, Any]) -> Step:
    """A step out of a plan's card."""
    return Step.model_validate({name: raw[name] for name in Step.model_fields if name in raw})


def approved_as(plan: Plan, plan_hash: str, edits: Mapping[str, Mapping[str, Any]] | None) -> bool:
    """Whether a plan was approved as it is approved once more."""
    if not edits:
        return plan.hash == plan_hash
    arguments = {raw["id"]: raw["arguments"] for raw in plan.steps}
    return all(
        step_id in arguments and {**arguments[step_id], **edited} == arguments[step_id]
        for step_id, edited in edits.items()
    )


def refuse_unless_pending(plan: Plan, plan_hash: str) -> None:
    """Refuse what was decided, has expired, or was looked at in another form."""
    state = state_of(plan, now())
    if state == "expired":
        raise ProposeAgain("The plan has expired.", "Ask for it again.", code="plan_expired")
    if state != "pending":
        raise LookAgain(f"The plan is {state} already.", "Ask for it again.")
    if plan.hash != plan_hash:
        raise LookAgain(
            "The hash is not that of the plan as it stands.",
            "Look at the plan again and approve what it shows.",
            field="hash",
        )


async def refuse_if_changed(session: AsyncSession, plan: Plan) -> None:
    """Refuse what is no longer what was shown: its records, or who has to agree to it."""
    records = [(name.split("/", 1)[0], name.split("/", 1)[1]) for name in plan.touched]
    present = await touched_versions(session, records)
    changed = [name for name, version in plan.touched.items() if present[name] != version]
    if changed:
        raise ProposeAgain(
            f"{len(changed)} of the records that the plan touches or goes by have changed since it "
            "was proposed.",
            "Ask for it again, to see what it would do now.",
        )
    if not plan.approval["needs"]:
        raise ProposeAgain(
            "The plan was proposed under an earlier release, which didn't say who has to agree.",
            "Ask for it again, to see whose approval it needs.",
        )
    asked, requester = Asked.of(plan), await load_entitlements(session, plan.user_id)
    if requester is None or await asked_of(session, asked.doings, requester) != asked:
        raise ProposeAgain(
            "Who has to agree to it has changed since it was proposed.",
            "Ask for it again, to see whose approval it needs now.",
        )


def not_theirs(asked: Asked, viewer: Entitlements) -> AskForAccess:
    """Why somebody's agreement doesn't count, and whose would."""
    rights, *demanded = asked.needs
    missing = [one for one in rights.permissions if not viewer.decide(one).allowed]
    if missing and not demanded:
        return AskForAccess(
            viewer.decide(missing[0]).reason, f"Somebody with {missing[0]} can approve."
        )
    return AskForAccess(
        f"{viewer.user_name}'s approval isn't one that it needs.",
        f"It needs {'; '.join(one.who for one in demanded or [rights])}.",
    )


async def decide(
    session: AsyncSession, plan: Plan, who: Entitlements, reason: str, *, agreed: bool
) -> None:
    """Keep what somebody says of a plan, in place of what they said before."""
    said = await session.get(PlanDecision, (plan.id, who.user_id))
    if said is None:
        said = PlanDecision(plan_id=plan.id, user_id=who.user_id)
        session.add(said)
    said.user_name, said.plan_hash, said.agreed = who.user_name, plan.hash, agreed
    said.reason, said.decided_at = reason, now()
    await session.flush()


def executor_of(plan: Plan, asked: Asked, agreed: Sequence[Entitlements]) -> str:
    """As whom the steps run: the requester who agreed, or else the first who has the rights."""
    able = [one.user_id for one in agreed if meets(asked.needs[0], one, plan.user_id, 0.0)]
    return plan.user_id if plan.user_id in able else able[0]


async def carry_out(session: AsyncSession, plan: Plan, user_id: str, caller: Caller) -> None:
    """Queue the plan's execution, in the transaction of the last approval."""
    last = await session.scalar(
        select(func.max(Run.position)).where(Run.conversation_id == plan.conversation_id)
    )
    run = Run(
        id=new_id("run"),
        user_id=plan.user_id,
        conversation_id=plan.conversation_id,
        kind="execution",
        channel=caller.channel,
        message=f"Approved: {plan.title}",
        status="running",
        position=(last or 0) + 1,
    )
    session.add(run)
    await session.flush()
    execution = create_execution(
        session,
        title=plan.title,
        steps=[step_of(raw) for raw in plan.steps],
        user_id=user_id,
        run_id=run.id,
        plan_id=plan.id,
        conversation_id=plan.conversation_id,
        cause=f"approved by {plan.decided_by}"[:200],
        budget=Budget.model_validate(plan.budget),
    )
    plan.status = "approved"
    plan.execution_id, plan.execution_run_id = execution.id, run.id
