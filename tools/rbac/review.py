"""Reviewing access: each grant against what its holder has done, as the audit trail has it.

The trail names operations and no sources, so a role counts as used wherever its holder used one
of its permissions. Seeing unmasked values leaves no row of its own: whoever previews with a role
that unmasks is taken to need that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import Select, and_, func, or_, select

from tools.audit import ActivityRow
from tools.catalog.tables import Asset
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.database import now
from tools.grants import load_all_entitlements, scope_of
from tools.operation import operation
from tools.policy import UNMASK, expand
from tools.racine.workspaces.tables import WorkspaceSource
from tools.rbac.duties import conflicts_of
from tools.rbac.people import find_user
from tools.rbac.tables import Grant, Role, Team, TeamMember, User
from tools.rbac.types import AccessReview, Flag, GrantReview
from tools.values import Cursor, Limit, offset_of, page

PREVIEW = "data_sources.preview"
SOON = timedelta(days=30)
PLACES = (Grant.source_id, Grant.workspace_id, Grant.domain_id)


@dataclass
class _Doings:
    """What a person has done: when each permission was last used."""

    seen: bool = False
    used: dict[str, datetime] = field(default_factory=dict)


@operation(
    "rbac.review_access",
    permission="rbac.read",
    examples=(
        "Review access",
        "Which grants are unused or excessive?",
        "Which access to crm is unused?",
        "Are there separation-of-duties conflicts?",
    ),
)
async def review_access(
    ctx: Context,
    source: Annotated[
        str | None, Field(max_length=200, description="Only grants that reach this source")
    ] = None,
    user: Annotated[str | None, Field(max_length=200, description="Only of this person")] = None,
    days: Annotated[
        int, Field(ge=1, le=3650, description="Unused for so many days counts as unused")
    ] = 90,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AccessReview:
    """Review grants: who holds what since when, last used; unused, excessive, conflicting ones."""
    query: Select[Grant, User, str | None] = (
        select(Grant, User, Team.name)
        .outerjoin(Team, Team.id == Grant.team_id)
        .outerjoin(TeamMember, TeamMember.team_id == Grant.team_id)
        .join(User, or_(User.id == Grant.user_id, User.id == TeamMember.user_id))
    )
    if user:
        query = query.where(User.id == (await find_user(ctx.session, user)).id)
    if source:
        query = _reaching(query, (await find_source(ctx.session, source)).id)
    rows = (await ctx.session.execute(query.order_by(User.name, User.id, Grant.created_at))).all()
    people = {person.id: person for _, person, _ in rows}
    doings = await _doings(ctx, people)
    known = ctx.kernel.registry.permissions()
    gives = {
        role.name: frozenset(expand(role.permissions, known))
        for role in await ctx.session.scalars(select(Role))
    }
    builtin = set(await ctx.session.scalars(select(Role.name).where(Role.builtin)))
    smaller = {name: given for name, given in gives.items() if name in builtin}
    start = now() - timedelta(days=days)
    reviews = [
        _review(grant, person, team, doings[person.id], gives[grant.role], smaller, start)
        for grant, person, team in rows
    ]
    offset = offset_of(cursor)
    flags = [flag for one in reviews for flag in one.flags]
    shown = page(reviews[offset : offset + limit], len(reviews), cursor)
    return AccessReview(
        **shown.model_dump(),
        days=days,
        people=len(people),
        unused=flags.count("unused"),
        excessive=flags.count("excessive"),
        never_signed_in=sum(not doings[one].seen for one in people),
        expired=flags.count("expired"),
        disabled=sum(not person.active for person in people.values()),
        conflicts=[
            conflict
            for held in await load_all_entitlements(ctx.session, User.id.in_(list(people)))
            for conflict in conflicts_of(held)
        ],
    )


def _reaching(
    query: Select[Grant, User, str | None], source_id: str
) -> Select[Grant, User, str | None]:
    linked = select(WorkspaceSource.workspace_id).where(WorkspaceSource.source_id == source_id)
    within = select(Asset.domain_id).where(Asset.source_id == source_id)
    return query.where(
        or_(
            Grant.source_id == source_id,
            Grant.workspace_id.in_(linked),
            Grant.domain_id.in_(within),
            and_(*(column.is_(None) for column in PLACES)),
        )
    )


async def _doings(ctx: Context, people: Iterable[str]) -> defaultdict[str, _Doings]:
    asked = {one.name: one.permission for one in ctx.kernel.registry if not one.own}
    found: defaultdict[str, _Doings] = defaultdict(_Doings)
    for row in await ctx.session.execute(
        select(
            ActivityRow.user_id,
            ActivityRow.operation,
            ActivityRow.outcome,
            func.max(ActivityRow.at, type_=ActivityRow.at.type).label("last"),
        )
        .where(ActivityRow.user_id.in_(list(people)))
        .group_by(ActivityRow.user_id, ActivityRow.operation, ActivityRow.outcome)
    ):
        doings = found[row.user_id]
        doings.seen = True
        permission = asked.get(row.operation)
        if permission is None or row.outcome != "done":
            continue
        for one in (permission, UNMASK) if permission == PREVIEW else (permission,):
            doings.used[one] = max(row.last, doings.used.get(one, row.last))
    return found


def _review(
    grant: Grant,
    person: User,
    team: str | None,
    doings: _Doings,
    gives: frozenset[str],
    roles: dict[str, frozenset[str]],
    start: datetime,
) -> GrantReview:
    used = {one: at for one, at in doings.used.items() if one in gives}
    last_used = max(used.values(), default=None)
    recent = {one for one, at in used.items() if at >= start}
    enough = [name for name, given in roles.items() if recent <= given < gives] if recent else []
    smaller = min(enough, key=lambda name: (len(roles[name]), name), default=None)
    allows, until = grant.effect == "allow", grant.valid_until
    speaks: dict[Flag, bool] = {
        "unused": allows and not recent and grant.created_at < start,
        "excessive": allows and smaller is not None,
        "never_signed_in": not doings.seen,
        "disabled": not person.active,
        "expired": until is not None and until <= now(),
        "expires_soon": until is not None and now() < until <= now() + SOON,
    }
    return GrantReview(
        grant_id=grant.id,
        user_id=person.id,
        user=person.name,
        active=person.active,
        role=grant.role,
        scope=scope_of(grant),
        effect=grant.effect,
        team=team,
        valid_until=until,
        granted_by=grant.granted_by,
        since=grant.created_at,
        last_used=last_used,
        flags=[flag for flag, so in speaks.items() if so],
        smaller_role=smaller if allows else None,
    )
