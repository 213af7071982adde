"""The operations on approval rules and standing policies. Plans are decided on in `agent.plans`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Annotated, Literal, TypeVar

from pydantic import Field
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain, nearest
from tools.operation import Effect, Operation, operation
from tools.racine.approvals.givable import refuse_ungivable
from tools.racine.approvals.needs import OWNER, named
from tools.racine.approvals.standing import effect_of
from tools.racine.approvals.tables import ApprovalRule, StandingPolicy
from tools.racine.approvals.types import PolicyDetail, RuleDeleted, RuleDetail
from tools.racine.assistant.tables import Plan
from tools.rbac.people import find_user
from tools.rbac.tables import Role, User
from tools.values import Cursor, Limit, Page, page, paged

T = TypeVar("T", ApprovalRule, StandingPolicy)
NEVER_IN_ADVANCE = ("rbac.", "approvals.", "workflows.", "pipelines.", "orchestration.")
Name = Annotated[str, Field(min_length=1, max_length=120, description="Its name")]
Reason = Annotated[str, Field(min_length=3, max_length=500, description="Why it is there")]
OnSource = Annotated[str | None, Field(max_length=200, description="Only on this source")]
Who = Annotated[
    list[Annotated[str, Field(max_length=200)]],
    Field(max_length=20, description="Names of roles or people"),
]


@operation(
    "approvals.create_rule",
    permission="approvals.write",
    effect=Effect.WRITE,
    path="POST /create-rule",
    examples=(
        "Demand a second person's approval for every grant of a role",
        "Let the owner approve whatever changes the assets of crm",
    ),
)
async def create_rule(
    ctx: Context,
    name: Name,
    reason: Reason,
    operations: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=80)]],
        Field(min_length=1, max_length=50, description="Operations: rbac.grant_role, rbac.*, *"),
    ],
    effects: Annotated[
        list[Literal["write", "destroy", "reach"]],
        Field(max_length=3, description="Only these effects: write, destroy, reach"),
    ] = [],  # noqa: B006 - pydantic copies it
    source: OnSource = None,
    requester_role: Annotated[
        str | None, Field(max_length=60, description="Only if somebody with this role asks")
    ] = None,
    more_than: Annotated[
        int | None, Field(ge=0, description="Only where more records than this change")
    ] = None,
    approvers: Annotated[
        list[Annotated[str, Field(max_length=200)]],
        Field(
            max_length=20,
            description="Who can approve: 'owner' (of the assets), names of roles or people; "
            "anybody who holds the rights, where none is given",
        ),
    ] = [],  # noqa: B006
    quorum: Annotated[int, Field(ge=1, le=20, description="How many of them have to")] = 1,
    second_person: Annotated[
        bool, Field(description="Whether the requester's own approval doesn't count")
    ] = True,
    escalate_after: Annotated[
        float | None,
        Field(gt=0, description="Hours after which others can approve, too: of the 168 of a plan"),
    ] = None,
    escalate_to: Who = [],  # noqa: B006
) -> RuleDetail:
    """Demand approval for operations: by a second person, an owner, a quorum; with escalation."""
    await _refuse_taken(ctx.session, ApprovalRule, name)
    covered = _fitting(ctx, operations, effects)
    if (escalate_after is None) != (not escalate_to):
        raise CorrectInput(
            "An escalation needs both a time and people.",
            "Give both 'escalate_after' and 'escalate_to', or neither.",
            field="escalate_to",
        )
    if requester_role is not None:
        await _known_role(ctx.session, requester_role, "requester_role")
    listed = [one for one in approvers if one != OWNER]
    rule = ApprovalRule(
        id=new_id("apr"),
        name=name,
        reason=reason,
        operations=operations,
        effects=list(effects),
        source_id=(await find_source(ctx.session, source)).id if source else None,
        requester_role=requester_role,
        more_than=more_than,
        approvers=[OWNER] * (OWNER in approvers)
        + await _references(ctx.session, listed, "approvers"),
        quorum=quorum,
        second_person=second_person,
        escalate_after=escalate_after,
        escalate_to=await _references(ctx.session, escalate_to, "escalate_to"),
        created_by=ctx.entitlements.user_name,
    )
    await refuse_ungivable(ctx.session, rule, covered)
    ctx.session.add(rule)
    await ctx.session.flush()
    return (await _rules(ctx.session, [rule]))[0]


@operation(
    "approvals.list_rules",
    permission="approvals.read",
    path="GET /list-rules",
    examples=("Which approval rules are there?", "What needs a second person's approval?"),
)
async def list_rules(ctx: Context, limit: Limit = 50, cursor: Cursor = None) -> Page[RuleDetail]:
    """List the rules that demand approval: of what, by whom, why."""
    query = select(ApprovalRule).order_by(ApprovalRule.name)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page(await _rules(ctx.session, rows), total, cursor)


@operation(
    "approvals.delete_rule",
    permission="approvals.destroy",
    effect=Effect.DESTROY,
    path="POST /delete-rule",
    examples=("Delete the approval rule two-eyes-grants",),
)
async def delete_rule(
    ctx: Context, rule: Annotated[str, Field(max_length=120, description="A rule's name or id")]
) -> RuleDeleted:
    """Delete an approval rule; plans that wait under it have to be proposed again."""
    found = await _find(ctx.session, ApprovalRule, rule, "rule")
    await ctx.session.delete(found)
    return RuleDeleted(id=found.id, name=found.name)


@operation(
    "approvals.sign_policy",
    permission="approvals.write",
    effect=Effect.WRITE,
    path="POST /sign-policy",
    examples=("Approve in advance that stewards tag and describe assets of crm",),
)
async def sign_policy(
    ctx: Context,
    name: Name,
    reason: Reason,
    operations: Annotated[
        list[Annotated[str, Field(max_length=80)]],
        Field(min_length=1, max_length=50, description="Operations, by name"),
    ],
    requesters: Annotated[
        list[Annotated[str, Field(max_length=200)]],
        Field(min_length=1, max_length=20, description="For whom: names of roles or people"),
    ],
    source: OnSource = None,
    at_most: Annotated[
        int, Field(ge=1, le=10_000, description="Records that one plan may change")
    ] = 20,
    days: Annotated[int, Field(ge=1, le=366, description="Days for which it is in force")] = 90,
) -> PolicyDetail:
    """Approve low-risk operations in advance, within a scope and a time, as the one who signs."""
    await _refuse_taken(ctx.session, StandingPolicy, name)
    found = await find_source(ctx.session, source) if source else None
    names = [_low_risk(ctx, one, found) for one in operations]
    policy = StandingPolicy(
        id=new_id("pol"),
        name=name,
        reason=reason,
        operations=names,
        source_id=found.id if found else None,
        requesters=await _references(ctx.session, requesters, "requesters"),
        at_most=at_most,
        signed_by=ctx.entitlements.user_name,
        signed_by_id=ctx.caller.user_id,
        expires_at=now() + timedelta(days=days),
    )
    ctx.session.add(policy)
    await ctx.session.flush()
    return (await _policies(ctx.session, [policy]))[0]


@operation(
    "approvals.list_policies",
    permission="approvals.read",
    path="GET /list-policies",
    examples=("What is approved in advance?", "List the standing policies"),
)
async def list_policies(
    ctx: Context, limit: Limit = 50, cursor: Cursor = None
) -> Page[PolicyDetail]:
    """List the standing policies, also those that are over: what, for whom, signed by whom."""
    query = select(StandingPolicy).order_by(StandingPolicy.signed_at.desc())
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page(await _policies(ctx.session, rows), total, cursor)


@operation(
    "approvals.revoke_policy",
    permission="approvals.write",
    effect=Effect.WRITE,
    path="POST /revoke-policy",
    examples=("Revoke the standing policy stewards-tag",),
)
async def revoke_policy(
    ctx: Context,
    policy: Annotated[str, Field(max_length=120, description="A policy's name or id")],
) -> PolicyDetail:
    """Revoke a standing policy: from now on such plans wait for approval again."""
    found = await _find(ctx.session, StandingPolicy, policy, "policy")
    if found.revoked_at is not None:
        raise LookAgain(
            f"'{found.name}' was revoked by {found.revoked_by} already.", "Nothing is to be done."
        )
    found.revoked_at, found.revoked_by = now(), ctx.entitlements.user_name
    await ctx.session.flush()
    return (await _policies(ctx.session, [found]))[0]


def _low_risk(ctx: Context, name: str, source: Source | None) -> str:
    """An operation that can be agreed to in advance, and that the signer may do."""
    found = ctx.kernel.registry.find(name)
    if found.effect is not Effect.WRITE or found.reaches or name.startswith(NEVER_IN_ADVANCE):
        raise CorrectInput(
            f"{found.name} can't be approved in advance: it reads, destroys, acts outside, or "
            "gives rights.",
            "Leave it to plans, each with its own approval.",
            field="operations",
        )
    held = ctx.entitlements.decide_on(
        found.permission, source.id if source else None, source.name if source else ""
    )
    if not held.allowed:
        raise AskForAccess(
            f"Nobody signs for what they may not do: {held.reason}",
            "Let somebody with that right sign.",
        )
    return found.name


def _fitting(ctx: Context, patterns: Sequence[str], effects: Sequence[str]) -> list[Operation]:
    """The operations that a rule is about: of these effects, or of any but reading."""
    known = list(ctx.kernel.registry)
    for pattern in patterns:
        if not any(fnmatchcase(one.name, pattern) for one in known):
            names = [one.name for one in known]
            raise ChooseAnother(
                f"No operation fits '{pattern}'.", nearest(pattern, names), field="operations"
            )
    return [
        one
        for one in known
        if (one.effect is not Effect.READ or one.reaches)
        and (not effects or effect_of(one) in effects)
        and any(fnmatchcase(one.name, pattern) for pattern in patterns)
    ]


async def _references(session: AsyncSession, names: Sequence[str], field: str) -> list[str]:
    """Names of roles or people as `role:NAME` and `user:ID`; a role goes before a person."""
    roles = set(await session.scalars(select(Role.name)))
    found = []
    for name in names:
        if name.lower() in roles:
            found.append(f"role:{name.lower()}")
            continue
        try:
            found.append(f"user:{(await find_user(session, name)).id}")
        except ChooseAnother as error:
            raise ChooseAnother(
                f"There is neither a role nor a person '{name}'.", error.remedy, field=field
            ) from None
    return found


async def _known_role(session: AsyncSession, name: str, field: str) -> None:
    roles = list(await session.scalars(select(Role.name)))
    if name not in roles:
        raise ChooseAnother(f"There is no role '{name}'.", nearest(name, roles), field=field)


async def _refuse_taken(
    session: AsyncSession, table: type[ApprovalRule] | type[StandingPolicy], name: str
) -> None:
    if await session.scalar(select(table.id).where(table.name == name)):
        raise LookAgain(f"'{name}' is there already.", "Choose another name.", field="name")


async def _find(session: AsyncSession, table: type[T], reference: str, field: str) -> T:
    key, name = table.id, table.name
    found = await session.scalar(select(table).where(or_(key == reference, name == reference)))
    if found is None:
        known = list(await session.scalars(select(name)))
        raise ChooseAnother(
            f"There is no {field} '{reference}'.", nearest(reference, known), field=field
        )
    return found


async def _rules(session: AsyncSession, rows: Sequence[ApprovalRule]) -> list[RuleDetail]:
    people = await _people(session)
    sources = await _source_names(session, rows)
    return [
        RuleDetail(
            **{
                field: getattr(row, field)
                for field in RuleDetail.model_fields
                if field not in ("source", "approvers", "escalate_to")
            },
            source=sources.get(row.source_id or ""),
            approvers=[named(one, people) for one in row.approvers],
            escalate_to=[named(one, people) for one in row.escalate_to],
        )
        for row in rows
    ]


async def _policies(session: AsyncSession, rows: Sequence[StandingPolicy]) -> list[PolicyDetail]:
    people = await _people(session)
    sources = await _source_names(session, rows)
    counted = await session.execute(
        select(Plan.policy, func.count()).where(Plan.policy.is_not(None)).group_by(Plan.policy)
    )
    used = {row[0]: row[1] for row in counted}
    active = set(await session.scalars(select(User.id).where(User.active)))
    return [
        PolicyDetail(
            **{
                field: getattr(row, field)
                for field in PolicyDetail.model_fields
                if field not in ("source", "requesters", "in_force", "used")
            },
            source=sources.get(row.source_id or ""),
            requesters=[named(one, people) for one in row.requesters],
            in_force=row.revoked_at is None
            and row.expires_at > now()
            and row.signed_by_id in active,
            used=used.get(row.name, 0),
        )
        for row in rows
    ]


async def _people(session: AsyncSession) -> dict[str, str]:
    return {row.id: row.name for row in await session.execute(select(User.id, User.name))}


async def _source_names(
    session: AsyncSession, held: Sequence[ApprovalRule] | Sequence[StandingPolicy]
) -> dict[str, str]:
    wanted = [one.source_id for one in held if one.source_id]
    rows = await session.execute(select(Source.id, Source.name).where(Source.id.in_(wanted)))
    return {row.id: row.name for row in rows}
