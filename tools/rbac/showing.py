"""Records of rbac as what its operations return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.grants import scope_of
from tools.policy import expand
from tools.rbac.tables import ApiKey, Grant, Role, Team, TeamMember, User
from tools.rbac.types import ApiKeySummary, GrantDetail, Member, RoleDetail, TeamDetail, UserDetail


def grant_detail(grant: Grant, team: str | None = None) -> GrantDetail:
    """A grant, of a team where one is named."""
    return GrantDetail(
        id=grant.id,
        role=grant.role,
        scope=scope_of(grant),
        effect=grant.effect,
        team=team,
        granted_by=grant.granted_by,
        created_at=grant.created_at,
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
    )


async def user_detail(session: AsyncSession, person: User) -> UserDetail:
    """A person with all that they hold, themselves and through their teams."""
    return (await user_details(session, [person]))[0]


async def user_details(session: AsyncSession, people: Sequence[User]) -> list[UserDetail]:
    """People with all that they hold, themselves and through their teams."""
    ids = [one.id for one in people]
    owners = [one.owner_id for one in people if one.owner_id]
    named = select(User.id, User.name).where(User.id.in_(owners))
    names = {one.id: one.name for one in await session.execute(named)} if owners else {}
    teams: dict[str, dict[str, str]] = {key: {} for key in ids}
    for key, team_id, name in await session.execute(
        select(TeamMember.user_id, Team.id, Team.name)
        .join(Team, TeamMember.team_id == Team.id)
        .where(TeamMember.user_id.in_(ids))
        .order_by(Team.name)
    ):
        teams[key][team_id] = name
    through = {team_id for held in teams.values() for team_id in held}
    grants = list(
        await session.scalars(
            select(Grant)
            .where(Grant.user_id.in_(ids) | Grant.team_id.in_(through))
            .order_by(Grant.created_at)
        )
    )
    return [
        _detail(
            person,
            [one for one in grants if one.user_id == person.id or one.team_id in teams[person.id]],
            teams[person.id],
            names.get(person.owner_id or ""),
        )
        for person in people
    ]


def _detail(
    person: User, grants: Sequence[Grant], teams: Mapping[str, str], owner: str | None
) -> UserDetail:
    return UserDetail(
        id=person.id,
        name=person.name,
        email=person.email,
        active=person.active,
        kind=person.kind,
        owner=owner,
        roles=sorted({one.role for one in grants if one.effect == "allow"}),
        teams=list(teams.values()),
        grants=[grant_detail(one, teams.get(one.team_id or "")) for one in grants],
    )


async def team_detail(session: AsyncSession, team: Team) -> TeamDetail:
    """A team with its members and what they hold through it."""
    members = await session.execute(
        select(User.id, User.name, User.active)
        .join(TeamMember, TeamMember.user_id == User.id)
        .where(TeamMember.team_id == team.id)
        .order_by(User.name)
    )
    grants = await session.scalars(
        select(Grant).where(Grant.team_id == team.id).order_by(Grant.created_at)
    )
    return TeamDetail(
        id=team.id,
        name=team.name,
        description=team.description,
        members=[Member(id=row.id, name=row.name, active=row.active) for row in members],
        grants=[grant_detail(grant, team.name) for grant in grants],
    )


async def role_detail(session: AsyncSession, role: Role, known: list[str]) -> RoleDetail:
    """A role, what it gives, and how many hold it themselves or through a team."""
    direct = select(Grant.user_id.label("who")).where(Grant.role == role.name)
    through = (
        select(TeamMember.user_id.label("who"))
        .join(Grant, Grant.team_id == TeamMember.team_id)
        .where(Grant.role == role.name)
    )
    allowed = [one.where(Grant.effect == "allow") for one in (direct, through)]
    holders = allowed[0].union(allowed[1]).subquery()
    count = select(func.count()).select_from(holders).where(holders.c.who.is_not(None))
    return RoleDetail(
        name=role.name,
        description=role.description,
        permissions=expand(role.permissions, known),
        builtin=role.builtin,
        holders=await session.scalar(count) or 0,
    )


def key_summary(row: ApiKey, owner: str) -> ApiKeySummary:
    """An API key, without the key."""
    return ApiKeySummary(
        id=row.id,
        name=row.name,
        user=owner,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
