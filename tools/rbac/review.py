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
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import ActivityRow
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.database import now
from tools.grants import load_entitlements
from tools.operation import operation
from tools.policy import UNMASK, expand
from tools.racine.workspaces.tables import WorkspaceSource
from tools.rbac.people import find_user
from tools.rbac.tables import Grant, Role, User
from tools.rbac.types import AccessReview, DutyConflict, Flag, GrantReview
from tools.values import Cursor, Limit, offset_of, page

PREVIEW = "data_sources.preview"
CONFLICTS = (
    ("rbac.write", "data.unmask", "gives out access, and sees classified values"),
    ("rbac.write", "compliance.write", "gives out access, and waives what is found against it"),
    ("rbac.write", "approvals.write", "gives out access, and sets what needs an approval"),
    ("approvals.write", "workflows.write", "sets what needs an approval, and builds what runs"),
)


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
    query = select(Grant, User).join(User, User.id == Grant.user_id)
    if user:
        query = query.where(User.id == (await find_user(ctx.session, user)).id)
    if source:
        query = _reaching(query, (await find_source(ctx.session, source)).id)
    rows = (await ctx.session.execute(query.order_by(User.name, User.id, Grant.created_at))).all()
    people = {person.id: person for _, person in rows}
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
        _review(grant, person, doings[person.id], gives[grant.role], smaller, start)
        for grant, person in rows
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
        conflicts=[
            conflict
            for person in people.values()
            for conflict in await _conflicts(ctx.session, person)
        ],
    )


def _reaching(query: Select[Grant, User], source_id: str) -> Select[Grant, User]:
    linked = select(WorkspaceSource.workspace_id).where(WorkspaceSource.source_id == source_id)
    return query.where(
        or_(
            Grant.source_id == source_id,
            Grant.workspace_id.in_(linked),
            and_(Grant.source_id.is_(None), Grant.workspace_id.is_(None)),
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
    flags: list[Flag] = []
    if not recent and grant.created_at < start:
        flags.append("unused")
    if smaller is not None:
        flags.append("excessive")
    if not doings.seen:
        flags.append("never_signed_in")
    return GrantReview(
        grant_id=grant.id,
        user_id=person.id,
        user=person.name,
        active=person.active,
        role=grant.role,
        scope=grant.scope_name,
        granted_by=grant.granted_by,
        since=grant.created_at,
        last_used=last_used,
        flags=flags,
        smaller_role=smaller,
    )


async def _conflicts(session: AsyncSession, person: User) -> list[DutyConflict]:
    held = await load_entitlements(session, person.id)
    assert held is not None  # a grant refers to the person
    found = []
    for first, second, why in CONFLICTS:
        one, other = held.decide(first), held.decide(second)
        together = one.sources is None or other.sources is None or one.sources & other.sources
        if one.allowed and other.allowed and together:
            found.append(
                DutyConflict(
                    user_id=person.id, user=person.name, permissions=[first, second], why=why
                )
            )
    return found
