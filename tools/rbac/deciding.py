"""Asking about access: may somebody, who may, and what would a grant change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import Asset
from tools.classifications.tables import Classification, Label
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import new_id
from tools.errors import AskForAccess, ChooseAnother, nearest
from tools.grants import Compiler, load_all_entitlements, load_entitlements, who_can_grant
from tools.masking import SENSITIVE, sensitive_columns
from tools.operation import operation
from tools.policy import UNMASK, Decision, Entitlements, expand
from tools.rbac.duties import conflicts_of
from tools.rbac.limits import known_permissions
from tools.rbac.lookup import (
    From,
    GrantEffect,
    RoleRef,
    ScopeDomain,
    ScopeLevel,
    ScopeSource,
    ScopeWorkspace,
    Until,
    find_role,
    find_scope,
)
from tools.rbac.people import find_user
from tools.rbac.tables import Grant, Role, User
from tools.rbac.types import AccessDecision, Change, Holders, Simulation
from tools.scoping import reached_assets
from tools.targets import On, decide_there
from tools.values import UserRef

PermissionRef = Annotated[
    str,
    Field(
        max_length=80,
        description="A permission (catalog.write), an operation's name, or read, write, unmask",
    ),
]
SEEING = ("catalog.read", "data_sources.preview")
SHORT = {
    "read": "catalog.read",
    "see": "catalog.read",
    "write": "catalog.write",
    "change": "catalog.write",
    "unmask": UNMASK,
    "scan": "scan_logic.write",
    "preview": "data_sources.preview",
}
NAMED = 10
ONESELF = frozenset({"me", "i", "myself"})


@dataclass(frozen=True)
class _Place:
    """What is asked about."""

    on: On
    asset: Asset | None = None


@operation(
    "rbac.check_access",
    permission="rbac.read",
    own=True,
    examples=(
        "Why can't Vera see customer.email?",
        "Why can't I change crm?",
        "May Ben write to crm?",
        "Does Dana have access to the lake?",
    ),
)
async def check_access(
    ctx: Context,
    user: Annotated[
        str, Field(max_length=200, description="A person's name, e-mail address or id, or 'me'")
    ] = "me",
    permission: PermissionRef = "read",
    asset: Annotated[str | None, Field(description="On this asset")] = None,
    source: ScopeSource = None,
) -> AccessDecision:
    """Say whether a person may do something, why or why not, and who could grant it."""
    oneself = user.lower() in ONESELF
    person = await find_user(ctx.session, ctx.caller.user_id if oneself else user)
    if person.id != ctx.caller.user_id and not ctx.entitlements.decide("rbac.read").allowed:
        raise AskForAccess(
            "What others may do is shown to those who hold rbac.read.",
            "Ask about yourself, or an administrator for a role that gives it (rbac.grant_role).",
        )
    held = await load_entitlements(ctx.session, person.id)
    assert held is not None  # found above
    place = await _place(ctx.session, asset, source)
    decision = await _decided(ctx, held, _permission(ctx, permission), place)
    if decision.remedy is None:
        return decision
    return decision.model_copy(update={"can_grant": (await who_can_grant(ctx.session))[:NAMED]})


@operation(
    "rbac.who_can",
    permission="rbac.read",
    examples=("Who can see customer.email unmasked?", "Who may change crm?"),
)
async def who_can(
    ctx: Context,
    permission: PermissionRef,
    asset: Annotated[str | None, Field(description="On this asset")] = None,
    source: ScopeSource = None,
) -> Holders:
    """List who may do something, each with the reason, and who could grant it to others."""
    wanted = _permission(ctx, permission)
    place = await _place(ctx.session, asset, source)
    everyone = await load_all_entitlements(ctx.session, User.active.is_(True))
    decisions = [await _decided(ctx, held, wanted, place) for held in everyone]
    return Holders(
        permission=wanted,
        on=place.on.name,
        items=[decision for decision in decisions if decision.allowed],
        can_grant=(await who_can_grant(ctx.session))[:NAMED],
    )


@operation(
    "rbac.simulate_grant",
    permission="rbac.read",
    examples=(
        "What would Vera gain as a steward of crm?",
        "Simulate granting the analyst role to Ben",
        "What would Dana get with the role viewer on the lake?",
    ),
)
async def simulate_grant(
    ctx: Context,
    user: UserRef,
    role: RoleRef,
    source: ScopeSource = None,
    workspace: ScopeWorkspace = None,
    domain: ScopeDomain = None,
    sensitivity: ScopeLevel = None,
    valid_from: From = None,
    valid_until: Until = None,
    effect: GrantEffect = "allow",
) -> Simulation:
    """Show what a grant, or a denial, would change for a person, before it is made.

    Nothing is stored. A grant that begins later is looked at as of its beginning.
    """
    person = await find_user(ctx.session, user)
    wanted = await find_role(ctx.session, role)
    scope = await find_scope(
        ctx.session, source, workspace, domain, sensitivity, valid_from, valid_until, effect
    )
    before = await load_entitlements(ctx.session, person.id)
    assert before is not None  # found above
    compiler = Compiler(ctx.session)
    grant = Grant(id=new_id("grt"), role=wanted.name, granted_by="", **vars(scope))
    added = await compiler.held(grant, wanted)
    known = before.known or await compiler.known([*before.held, added])
    after = replace(before, held=(*before.held, added), known=known)
    names = {row.id: row.name for row in await ctx.session.execute(select(Source.id, Source.name))}
    gained: list[Change] = []
    lost: list[Change] = []
    for permission in expand(wanted.permissions, known_permissions(ctx)):
        was, now_is = before.decide(permission, valid_from), after.decide(permission, valid_from)
        for listed, one, other in ((gained, was, now_is), (lost, now_is, was)):
            where = _beyond(one, other, names)
            if where is not None:
                listed.append(Change(permission=permission, on=where))
    old, new = [await _shown(ctx.session, held, scope.valid_from) for held in (before, after)]
    values = sorted(new ^ old)
    columns = await ctx.session.execute(
        select(Asset.qualified_name).where(Asset.id.in_(values[:500])).order_by(Asset.search_name)
    )
    listed_columns = [row.qualified_name for row in columns]
    already = {tuple(one.permissions) for one in conflicts_of(before)}
    return Simulation(
        user_id=person.id,
        user=person.name,
        grant=str(added),
        effect=effect,
        gained=gained,
        lost=lost,
        columns_total=len(values),
        columns=listed_columns[:NAMED],
        conflicts=[one for one in conflicts_of(after) if tuple(one.permissions) not in already],
    )


def _beyond(less: Decision, more: Decision, names: dict[str, str]) -> list[str] | None:
    """Where one decision reaches and another doesn't; None: nowhere."""
    if not more.allowed or (less.allowed and less.sources is None and less.everywhere):
        return None
    if more.sources is None and not less.allowed:
        return ["everything"]
    every = frozenset(names)
    reached = less.sources if less.allowed and less.sources is not None else frozenset()
    reaching = every if more.sources is None else more.sources
    new = reaching - reached
    deeper = (every if more.whole is None else more.whole) - (less.whole or frozenset()) - new
    places = sorted(names[one] for one in new | deeper if one in names)
    if more.everywhere and not less.everywhere:
        places.insert(0, "what belongs to no source")
    if not places and more.partial and more.areas != less.areas and reaching == reached:
        places = sorted(f"a part of {names[one]}" for one in reaching if one in names)
    return places or None


async def _shown(session: AsyncSession, held: Entitlements, at: datetime | None) -> set[str]:
    """The classified columns whose values somebody sees as they are."""
    sensitive = await sensitive_columns(session, select(Asset.id))
    decision = held.decide(UNMASK, at)
    shown = {column for column, source_id in sensitive.items() if decision.covers(source_id)}
    if decision.partial:
        reached = set(await session.scalars(reached_assets(decision)))
        shown |= reached & set(sensitive)
    return shown


async def _place(session: AsyncSession, asset: str | None, source: str | None) -> _Place:
    if asset:
        found = await find_asset(session, asset)
        return _Place(On(found.source_id, found.qualified_name, found.id), found)
    if source:
        place = await find_source(session, source)
        return _Place(On(place.id, place.name))
    return _Place(On(None, "anything"))


async def _decided(ctx: Context, held: Entitlements, wanted: str, place: _Place) -> AccessDecision:
    on = place.on
    decision = (
        held.decide(wanted)
        if on.source_id is None
        else await decide_there(ctx.session, held, wanted, on)
    )
    masked, why, remedy = False, None, None
    if place.asset is not None and wanted in SEEING:
        masked, why = await _values(ctx.session, held, place.asset, decision)
    if not decision.allowed:
        remedy = f"One of these roles would give it: {await _giving(ctx.session, wanted)}."
    elif masked:
        roles = await _giving(ctx.session, UNMASK)
        remedy = f"One of these roles would show the values: {roles}."
    denying = [str(one) for one in held.live() if one.denies and one.gives(wanted)]
    if not decision.allowed and denying and held.active:
        remedy = f"A denial stands in the way, whatever is granted: {'; '.join(denying)}."
    return AccessDecision(
        user_id=held.user_id,
        user=held.user_name,
        permission=wanted,
        on=on.name,
        allowed=decision.allowed,
        reason=decision.reason,
        grants=[f"{'not ' if one.denies else ''}{one}" for one in held.live()],
        remedy=remedy,
        values_masked=masked,
        values_reason=why,
    )


async def _values(
    session: AsyncSession, held: Entitlements, asset: Asset, seeing: Decision
) -> tuple[bool, str | None]:
    """Whether the person sees the asset's sensitive values masked, and why; None: it has none."""
    columns = select(Asset.id).where(or_(Asset.id == asset.id, Asset.parent_id == asset.id))
    sensitive = await sensitive_columns(session, columns)
    if not sensitive:
        return False, None
    carried = await session.execute(
        select(Asset.name, Classification.label)
        .join(Classification, Classification.asset_id == Asset.id)
        .join(Label, Label.id == Classification.label)
        .where(
            Asset.id.in_(sensitive),
            Classification.status != "rejected",
            Label.sensitivity.in_(SENSITIVE),
        )
        .order_by(Asset.position, Classification.label)
    )
    labelled = [f"{row.name} ({row.label})" for row in carried]
    more = f" and {len(labelled) - 6} more" if len(labelled) > 6 else ""
    values = f"Values of {', '.join(labelled[:6])}{more}"
    here = On(asset.source_id, asset.qualified_name, asset.id)
    unmask = await decide_there(session, held, UNMASK, here)
    if not seeing.allowed:
        return True, f"{values} are not shown at all: {seeing.reason}"
    if not unmask.allowed:
        return True, f"{values} are masked: {unmask.reason}"
    return False, f"{values} are shown as they are: {unmask.reason}"


async def _giving(session: AsyncSession, permission: str) -> str:
    roles = await session.scalars(select(Role).order_by(Role.name))
    return ", ".join(row.name for row in roles if expand(row.permissions, [permission])) or "none"


def _permission(ctx: Context, words: str) -> str:
    known = known_permissions(ctx)
    wanted = SHORT.get(words.lower(), words)
    if wanted in known:
        return wanted
    for one in ctx.kernel.registry:
        if wanted in (one.name, one.tool_name):
            return one.permission
    raise ChooseAnother(
        f"There is no permission '{words}'.", nearest(words, known), field="permission"
    )
