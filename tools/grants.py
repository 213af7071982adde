"""Compiling the grants that people hold, themselves and through their teams, for `policy`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.belonging import with_those_below
from tools.catalog.tables import Asset
from tools.data_sources.tables import Source
from tools.policy import LEVELS, Entitlements, Held, expand
from tools.racine.workspaces.tables import WorkspaceSource
from tools.rbac.tables import Grant, Role, Team, TeamMember, User

GRANTING = "rbac.write"
NAMED = 3


async def who_can_grant(session: AsyncSession) -> list[str]:
    """The people who may grant roles everywhere, by name."""
    roles = await session.scalars(select(Role))
    giving = [row.name for row in roles if expand(row.permissions, [GRANTING])]
    of_teams = (
        select(TeamMember.user_id)
        .join(Grant, Grant.team_id == TeamMember.team_id)
        .where(Grant.role.in_(giving))
    )
    of_people = select(Grant.user_id).where(Grant.role.in_(giving), Grant.user_id.is_not(None))
    holding = or_(User.id.in_(of_people), User.id.in_(of_teams))
    held = await load_all_entitlements(session, User.active.is_(True) & holding)
    return [one.user_name for one in held if one.decide(GRANTING).everywhere]


async def ask_for(session: AsyncSession, permission: str) -> str:
    """Whom to ask for a permission, as the next sentence of a refusal."""
    able = await who_can_grant(session)
    names = able if len(able) <= NAMED else [*able[: NAMED - 1], "another administrator"]
    who = " or ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
    return (
        f"Ask {who or 'an administrator'} for a role that gives {permission} there "
        "(rbac.grant_role)."
    )


async def load_entitlements(session: AsyncSession, user_id: str) -> Entitlements | None:
    """Compile a person's grants; None where nobody has that id."""
    return next(iter(await load_all_entitlements(session, User.id == user_id)), None)


async def load_all_entitlements(
    session: AsyncSession, whose: ColumnElement[bool]
) -> list[Entitlements]:
    """Compile the grants of all people that a condition on `User` selects, by name."""
    people = list(await session.scalars(select(User).where(whose).order_by(User.name)))
    rows = (
        await session.execute(
            select(Grant, Role, User.id, Team.name)
            .join(Role, Role.name == Grant.role)
            .outerjoin(TeamMember, TeamMember.team_id == Grant.team_id)
            .outerjoin(Team, Team.id == Grant.team_id)
            .join(User, or_(User.id == Grant.user_id, User.id == TeamMember.user_id))
            .where(whose)
            .order_by(Grant.created_at)
        )
    ).all()
    compiler = Compiler(session)
    held: dict[str, list[Held]] = defaultdict(list)
    for grant, role, user_id, team in rows:
        held[user_id].append(await compiler.held(grant, role, team))
    known = await compiler.known(one for those in held.values() for one in those)
    return [
        Entitlements(one.id, one.name, one.active, tuple(held[one.id]), known) for one in people
    ]


class Compiler:
    """Makes `Held` of grants; what several of them refer to is read once."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._linked: dict[str, set[str]] | None = None
        self._domains: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    async def held(self, grant: Grant, role: Role, team: str | None = None) -> Held:
        """One grant, compiled."""
        sources: frozenset[str] | None = None
        domains: frozenset[str] | None = None
        if grant.source_id is not None:
            sources = frozenset([grant.source_id])
        elif grant.workspace_id is not None:
            sources = frozenset((await self._links())[grant.workspace_id])
        elif grant.domain_id is not None:
            domains, sources = await self._domain(grant.domain_id)
        return Held(
            role=role.name,
            permissions=tuple(role.permissions),
            scope=scope_of(grant),
            sources=sources,
            domains=domains,
            levels=levels_of(grant),
            denies=grant.effect == "deny",
            since=grant.valid_from,
            until=grant.valid_until,
            team=team,
            grant_id=grant.id,
        )

    async def known(self, held: Iterable[Held]) -> frozenset[str]:
        """Every source's id, if any of what is held needs it: a denial, a level, a domain."""
        if all(one.whole and not one.denies for one in held):
            return frozenset()
        return frozenset(await self._session.scalars(select(Source.id)))

    async def _links(self) -> dict[str, set[str]]:
        if self._linked is None:
            self._linked = defaultdict(set)
            for link in await self._session.scalars(select(WorkspaceSource)):
                self._linked[link.workspace_id].add(link.source_id)
        return self._linked

    async def _domain(self, domain_id: str) -> tuple[frozenset[str], frozenset[str]]:
        if domain_id not in self._domains:
            below = frozenset(await with_those_below(self._session, domain_id))
            within = select(Asset.source_id).where(Asset.domain_id.in_(below)).distinct()
            self._domains[domain_id] = below, frozenset(await self._session.scalars(within))
        return self._domains[domain_id]


def levels_of(grant: Grant) -> frozenset[str] | None:
    """The levels that a grant is good for: up to its level, of a denial from its level on."""
    if grant.sensitivity is None:
        return None
    place = LEVELS.index(grant.sensitivity)
    return frozenset(LEVELS[place:] if grant.effect == "deny" else LEVELS[: place + 1])


def scope_of(grant: Grant) -> str:
    """A grant's scope in words: `source crm, up to internal`."""
    kind = (
        "source "
        if grant.source_id
        else "workspace "
        if grant.workspace_id
        else "domain "
        if grant.domain_id
        else ""
    )
    if grant.sensitivity is None:
        return f"{kind}{grant.scope_name}"
    if grant.effect == "deny":
        return f"{kind}{grant.scope_name}, from {grant.sensitivity} upwards"
    return f"{kind}{grant.scope_name}, up to {grant.sensitivity}"
