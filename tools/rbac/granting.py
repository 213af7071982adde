"""Granting and revoking roles: to people and teams, in a scope, for a time; and denying them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from tools.context import Context
from tools.database import new_id
from tools.errors import BeMoreExact, ChooseAnother, LookAgain
from tools.grants import scope_of
from tools.operation import Effect, operation
from tools.rbac.limits import keep_an_administrator, refuse_more_than_held
from tools.rbac.lookup import (
    From,
    GrantEffect,
    RoleRef,
    Scope,
    ScopeDomain,
    ScopeLevel,
    ScopeSource,
    ScopeWorkspace,
    TeamRef,
    Until,
    find_role,
    find_scope,
    find_team,
)
from tools.rbac.people import find_user
from tools.rbac.showing import grant_detail, team_detail, user_detail
from tools.rbac.tables import Grant, Role, Team, User
from tools.rbac.types import GrantDetail, TeamDetail, UserDetail
from tools.values import UserRef

EVERYTHING = ("everything", "everywhere", "*")


@operation(
    "rbac.grant_role",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=(
        "Make Ben a steward of crm",
        "Grant the role analyst to Vera",
        "Give Dana the viewer role on the lake",
    ),
)
async def grant_role(
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
) -> UserDetail:
    """Grant a role to a person: everywhere, or on a source, workspace, domain, up to a level.

    A grant for a time ends by itself. A denial (`effect`) takes away what the role gives there,
    whatever else is granted.
    """
    person = await find_user(ctx.session, user)
    scope = await find_scope(
        ctx.session, source, workspace, domain, sensitivity, valid_from, valid_until, effect
    )
    await _grant(ctx, person, await find_role(ctx.session, role), scope)
    return await user_detail(ctx.session, person)


@operation(
    "rbac.grant_team_role",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=("Make the team Finance stewards of crm", "Give the team Marketing the viewer role"),
)
async def grant_team_role(
    ctx: Context,
    team: TeamRef,
    role: RoleRef,
    source: ScopeSource = None,
    workspace: ScopeWorkspace = None,
    domain: ScopeDomain = None,
    sensitivity: ScopeLevel = None,
    valid_from: From = None,
    valid_until: Until = None,
    effect: GrantEffect = "allow",
) -> TeamDetail:
    """Grant a role to a team, or deny it: all members, also later ones, hold it."""
    found = await find_team(ctx.session, team)
    scope = await find_scope(
        ctx.session, source, workspace, domain, sensitivity, valid_from, valid_until, effect
    )
    await _grant(ctx, found, await find_role(ctx.session, role), scope)
    return await team_detail(ctx.session, found)


@operation(
    "rbac.revoke_role",
    permission="rbac.destroy",
    effect=Effect.DESTROY,
    examples=("Take the steward role from Ben", "Revoke Vera's viewer role on crm"),
)
async def revoke_role(
    ctx: Context,
    user: UserRef,
    role: RoleRef,
    source: Annotated[
        str | None,
        Field(max_length=200, description="The one on this source; 'everything' for the unlimited"),
    ] = None,
    workspace: ScopeWorkspace = None,
    domain: ScopeDomain = None,
) -> UserDetail:
    """Take a role from a person; where they hold it in several scopes, one has to be named."""
    person = await find_user(ctx.session, user)
    wanted = await find_role(ctx.session, role)
    query = select(Grant).where(Grant.user_id == person.id, Grant.role == wanted.name)
    if source and source.lower() in EVERYTHING:
        query = query.where(
            Grant.source_id.is_(None), Grant.workspace_id.is_(None), Grant.domain_id.is_(None)
        )
    else:
        place = await find_scope(ctx.session, source, workspace, domain)
        for column, value in (
            (Grant.source_id, place.source_id),
            (Grant.workspace_id, place.workspace_id),
            (Grant.domain_id, place.domain_id),
        ):
            query = query.where(column == value) if value else query
    grants = list(await ctx.session.scalars(query.order_by(Grant.created_at)))
    if not grants:
        raise ChooseAnother(
            f"{person.name} doesn't hold {wanted.name} there.",
            "rbac.get_user shows what they hold, themselves and through teams.",
            field="role",
        )
    if len(grants) > 1:
        held = "; ".join(f"{scope_of(one)} ({one.id})" for one in grants)
        raise BeMoreExact(
            f"{person.name} holds {wanted.name} on {held}.",
            "Name the source, workspace or domain, or revoke one by its id (rbac.revoke_grant).",
            field="source",
        )
    await ctx.session.delete(grants[0])
    await keep_an_administrator(ctx.session)
    return await user_detail(ctx.session, person)


@operation(
    "rbac.revoke_grant",
    permission="rbac.destroy",
    effect=Effect.DESTROY,
    examples=("Revoke the grant grt_0123456789abcdef",),
)
async def revoke_grant(
    ctx: Context, grant: Annotated[str, Field(max_length=60, description="The grant's id")]
) -> GrantDetail:
    """Revoke one grant or denial, of a person or a team."""
    found = await ctx.session.get(Grant, grant)
    if found is None:
        raise ChooseAnother(
            f"There is no grant '{grant}'.",
            "rbac.get_user and rbac.get_team show their ids.",
            field="grant",
        )
    team = await ctx.session.get(Team, found.team_id) if found.team_id else None
    gone = grant_detail(found, team.name if team else None)
    await ctx.session.delete(found)
    await keep_an_administrator(ctx.session)
    return gone


async def _grant(ctx: Context, holder: User | Team, role: Role, scope: Scope) -> None:
    owner = Grant.user_id if isinstance(holder, User) else Grant.team_id
    for held in await ctx.session.scalars(
        select(Grant).where(owner == holder.id, Grant.role == role.name)
    ):
        if scope.like(held) and (held.valid_from, held.valid_until) == (
            scope.valid_from,
            scope.valid_until,
        ):
            word = "is denied" if held.effect == "deny" else "already is"
            raise LookAgain(
                f"{holder.name} {word} {role.name} of {scope_of(held)}.",
                "Nothing needs to be done.",
            )
    if scope.effect == "allow":
        refuse_more_than_held(ctx, role.permissions, scope.source_id)
    grant = Grant(
        id=new_id("grt"),
        role=role.name,
        granted_by=ctx.entitlements.user_name,
        user_id=holder.id if isinstance(holder, User) else None,
        team_id=holder.id if isinstance(holder, Team) else None,
        **vars(scope),
    )
    ctx.session.add(grant)
    await ctx.session.flush()
    if scope.effect == "deny":
        await keep_an_administrator(ctx.session)
