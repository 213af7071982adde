"""How a plan stands: what it needs, who has agreed, and who may.

The needs are bound by the plan's hash, and worked out anew with every decision: a rule or an owner
that has changed since makes the plan stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.changes import Change
from tools.grants import load_entitlements
from tools.operation import Effect, Operation
from tools.policy import Entitlements
from tools.racine.approvals.givable import everybody, lacking
from tools.racine.approvals.needs import (
    Doing,
    Names,
    Need,
    covers,
    escalated,
    meets,
    needs_of,
)
from tools.racine.approvals.tables import ApprovalRule, PlanDecision, StandingPolicy
from tools.racine.approvals.types import Agreement, PlanApproval, Said
from tools.racine.assistant.tables import Plan
from tools.racine.pipelines.tables import Pipeline
from tools.racine.workflows.tables import Workflow
from tools.rbac.tables import User
from tools.steps import Step

STARTS = {
    "workflows.execute": "workflow",
    "workflows.schedule": "workflow",
    "orchestration.execute_workflow": "workflow",
    "pipelines.execute": "pipeline",
}
GOES_BY = "goes_by"
UNDOING = ("activity.undo", "workflows.undo")
State = Literal["pending", "approved", "rejected", "expired", "withdrawn"]


@dataclass(frozen=True)
class Asked:
    """What a plan does and what it needs, as it was proposed."""

    doings: list[Doing]
    needs: list[Need]

    @classmethod
    def of(cls, plan: Plan) -> Asked:
        """As it is kept with a plan."""
        return cls(
            [Doing.model_validate(one) for one in plan.approval["doings"]],
            [Need.model_validate(one) for one in plan.approval["needs"]],
        )

    def as_json(self) -> dict[str, list[object]]:
        """As it is kept."""
        return {
            "doings": [one.model_dump(mode="json") for one in self.doings],
            "needs": [one.model_dump(mode="json") for one in self.needs],
        }


def doing_of(operation: Operation, step: str, changes: Sequence[Change] | None = None) -> Doing:
    """What a step does. `changes`: what it was seen to change; None where that isn't known."""
    if changes is None:
        known: dict[str, object] = {}
    else:
        known = {
            "sources": tuple(sorted({one.source_id for one in changes}, key=str)),
            "changes": len(changes),
            "assets": tuple(dict.fromkeys(a for one in changes if (a := asset_of(one)))),
        }
    return Doing.model_validate(
        {"step": step, "operation": operation.name, "effect": effect_of(operation)}
        | {"permission": operation.permission, **known}
    )


def effect_of(operation: Operation) -> str:
    """An operation's effect as rules name it."""
    return "reach" if operation.reaches else operation.effect.value


def taken_back(operation: str, result: Mapping[str, Any]) -> list[str]:
    """The operations whose effects an undo takes back: what they need, the undo needs, too."""
    if not result or operation not in UNDOING:
        return []
    if operation == "activity.undo":
        return list(result["operations"])
    return sorted({one["operation"] for one in result["steps"] if one["status"] == "undone"})


async def doings_of(
    session: AsyncSession,
    find: Callable[[str], Operation],
    steps: Sequence[Step],
    seen: Mapping[str, tuple[Sequence[Change], Mapping[str, Any]]],
) -> list[Doing]:
    """What steps do; those that start a saved workflow do what its steps do, too.

    Args:
        find: the operation of a name.
        seen: what each step was seen to change and to return, where it could be.
    """
    doings = []
    for step in steps:
        changes, result = seen.get(step.id, (None, {}))
        doing = doing_of(find(step.operation), step.id, changes)
        undone = taken_back(step.operation, result)
        doings += [doing.model_copy(update={"operation": name}) for name in undone]
        workflow = await _started_by(session, step)
        if workflow is None:
            doings.append(doing)
            continue
        doings.append(doing.model_copy(update={"starts": _version(workflow)}))
        for raw in workflow.steps:
            operation = find(Step.model_validate(raw).operation)
            if operation.effect is not Effect.READ:
                doings.append(doing_of(operation, step.id))
    return doings


async def approving(session: AsyncSession, plan_id: str | None, workflow: Workflow) -> str | None:
    """The plan, if it approved that this workflow, as it is, is started."""
    plan = await session.get(Plan, plan_id) if plan_id else None
    known = Asked.of(plan).doings if plan else []
    return plan_id if any(one.starts == _version(workflow) for one in known) else None


def _version(workflow: Workflow) -> str:
    return f"{workflow.id}@{workflow.version}"


async def asked_of(session: AsyncSession, doings: list[Doing], requester: Entitlements) -> Asked:
    """What has to be agreed to, by the rules as they are now."""
    rules = list(await session.scalars(select(ApprovalRule).order_by(ApprovalRule.name)))
    names = await _names(session, doings, rules)
    return Asked(doings, needs_of(rules, doings, requester, names))


async def agreed_in_advance(
    session: AsyncSession, asked: Asked, requester: Entitlements, at: datetime
) -> StandingPolicy | None:
    """The standing policy that agrees to it, where no rule demands more."""
    if any(need.rule for need in asked.needs) or not meets(
        asked.needs[0], requester, requester.user_id, 0.0
    ):
        return None
    policies = await session.scalars(
        select(StandingPolicy)
        .where(StandingPolicy.revoked_at.is_(None), StandingPolicy.expires_at > at)
        .order_by(StandingPolicy.name)
    )
    for one in policies:
        if covers(one, asked.doings, requester, at) and await signed_well(session, one, asked):
            return one
    return None


async def signed_well(session: AsyncSession, policy: StandingPolicy, asked: Asked) -> bool:
    """Whether who signed a policy could still agree to all of it: active, and with the rights."""
    signer = await load_entitlements(session, policy.signed_by_id)
    return signer is not None and meets(asked.needs[0], signer, "", 0.0)


def state_of(plan: Plan, at: datetime) -> State:
    """A plan's state: what nobody decided in time has expired."""
    if plan.status == "pending" and plan.expires_at < at:
        return "expired"
    return plan.status  # type: ignore[return-value]


async def decisions_on(session: AsyncSession, plan: Plan) -> list[PlanDecision]:
    """What was said of a plan as it stands, in order."""
    rows = await session.scalars(
        select(PlanDecision)
        .where(PlanDecision.plan_id == plan.id, PlanDecision.plan_hash == plan.hash)
        .order_by(PlanDecision.decided_at, PlanDecision.user_id)
    )
    return list(rows)


async def agreeing(session: AsyncSession, decisions: Iterable[PlanDecision]) -> list[Entitlements]:
    """Those who have agreed, with the rights that they hold now."""
    held = [await load_entitlements(session, one.user_id) for one in decisions if one.agreed]
    return [one for one in held if one is not None]


def unmet(
    plan: Plan, needs: Iterable[Need], agreed: Sequence[Entitlements], at: datetime
) -> list[Need]:
    """The needs for which too few have agreed."""
    hours = waited(plan, at)
    return [
        need
        for need in needs
        if sum(meets(need, one, plan.user_id, hours) for one in agreed) < need.quorum
    ]


def waited(plan: Plan, at: datetime) -> float:
    """How many hours a plan has waited."""
    return (at - plan.created_at).total_seconds() / 3600


async def approval_of(
    session: AsyncSession,
    plan: Plan,
    viewer: Entitlements,
    at: datetime,
    people: Sequence[Entitlements] | None = None,
) -> PlanApproval:
    """How a plan stands with those who have to agree, told to one of them.

    Args:
        people: `everybody`, where it is known already.
    """
    state, asked = state_of(plan, at), Asked.of(plan)
    decisions = await decisions_on(session, plan)
    agreed = await agreeing(session, decisions)
    hours = waited(plan, at)
    missing = unmet(plan, asked.needs, agreed, at)
    stuck: dict[Need, str] = {}
    if state == "pending" and missing:
        everyone = await everybody(session) if people is None else people
        stuck = {need: lacking(need, everyone, plan.user_id) for need in missing}
    counts = [need for need in missing if meets(need, viewer, plan.user_id, hours)]
    spoken = any(one.user_id == viewer.user_id for one in decisions)
    why_not = ""
    if state != "pending":
        why_not = f"The plan is {state}."
    elif spoken:
        why_not = "You have agreed already."
    elif not counts:
        needed = f"It needs {'; '.join(need.who for need in missing)}."
        why_not = " ".join(filter(None, (needed, *stuck.values())))
    return PlanApproval(
        state=state,
        needs=[
            Agreement(
                who=need.who,
                why=need.why,
                rule=need.rule,
                steps=list(need.steps),
                given=sum(meets(need, one, plan.user_id, hours) for one in agreed),
                wanted=need.quorum,
                escalated=escalated(need, hours),
                lacking=stuck.get(need, ""),
            )
            for need in asked.needs
        ],
        given=[
            Said(
                by=one.user_name,
                decision="approved" if one.agreed else "rejected",
                reason=one.reason,
                at=one.decided_at,
            )
            for one in decisions
        ],
        expires_at=plan.expires_at,
        editable=state == "pending" and viewer.user_id == plan.user_id,
        may_approve=not why_not,
        why_not=why_not,
        policy=plan.policy,
    )


def concerns(plan: Plan, viewer: Entitlements, at: datetime) -> bool:
    """Whether a plan is the viewer's to see: they asked for it, or their agreement would count."""
    hours = waited(plan, at)
    return viewer.user_id == plan.user_id or any(
        meets(need, viewer, plan.user_id, hours) for need in Asked.of(plan).needs
    )


def asset_of(change: Change) -> str | None:
    """The asset whose owner is asked before such a change."""
    if change.action == "create" and change.table == "assets":
        return None
    if change.table == "assets":
        return change.key
    asset: str | None = (change.after or change.before or {}).get("asset_id")
    return asset


async def _started_by(session: AsyncSession, step: Step) -> Workflow | None:
    kind = STARTS.get(step.operation)
    reference = step.arguments.get(kind) if kind else None
    if not isinstance(reference, str):
        return None
    named = or_(Workflow.id == reference, Workflow.name == reference)
    if kind == "pipeline":
        known = or_(Pipeline.id == reference, Pipeline.name == reference)
        named = Workflow.id.in_(select(Pipeline.workflow_id).where(known))
    found: Workflow | None = await session.scalar(select(Workflow).where(named))
    return found


async def _names(
    session: AsyncSession, doings: Sequence[Doing], rules: Sequence[ApprovalRule]
) -> Names:
    """The people and assets that needs are said with; no owner is looked up where none is asked."""
    ids = {asset for doing in doings for asset in doing.assets}
    if not rules:
        return Names({}, {}, {})
    people = {row.id: row.name for row in await session.execute(select(User.id, User.name))}
    found = await session.execute(
        select(Asset.id, Asset.qualified_name, Asset.owner, Asset.parent_id).where(
            Asset.id.in_(ids)
        )
    )
    rows = {row.id: row for row in found}
    parents = await session.execute(
        select(Asset.id, Asset.owner).where(
            Asset.id.in_({row.parent_id for row in rows.values() if row.parent_id})
        )
    )
    above = {row.id: row.owner for row in parents}
    by_name: dict[str, list[str]] = {}
    for key, name in people.items():
        by_name.setdefault(name, []).append(key)

    def owner_of(row: Any) -> str | None:
        known = by_name.get(row.owner or above.get(row.parent_id) or "", [])
        return known[0] if len(known) == 1 else None

    return Names(
        people,
        {key: row.qualified_name for key, row in rows.items()},
        {key: owner_of(row) for key, row in rows.items()},
    )
