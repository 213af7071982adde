"""Records of rbac as what its operations return."""

from __future__ import annotations

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
    rows = (
        await session.execute(
            select(Grant, Team.name)
            .outerjoin(Team, Team.id == Grant.team_id)
            .outerjoin(TeamMember, TeamMember.team_id == Grant.team_id)
            .where((Grant.user_id == person.id) | (TeamMember.user_id == person.id))
            .order_by(Grant.created_at)
            .distinct()
        )
    ).all()
    teams = await session.scalars(
        select(Team.name)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(TeamMember.user_id == person.id)
        .order_by(Team.name)
    )
    owner = await session.get(User, person.owner_id) if person.owner_id else None
    return UserDetail(
        id=person.id,
        name=person.name,
        email=person.email,
        active=person.active,
        kind=person.kind,
        owner=owner.name if owner else None,
        roles=sorted({grant.role for grant, _ in rows if grant.effect == "allow"}),
        teams=list(teams),
        grants=[grant_detail(grant, team) for grant, team in rows],
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
