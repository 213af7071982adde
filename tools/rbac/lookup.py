"""Looking up roles, teams and places of grants by what others call them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.belonging import find_domain
from tools.data_sources.sources import find_source
from tools.database import now
from tools.errors import ChooseAnother, CorrectInput, nearest
from tools.rbac.tables import Grant, Role, Team
from tools.targets import find_workspace

RoleRef = Annotated[
    str, Field(max_length=60, description="A role: administrator, steward, analyst, viewer, …")
]
TeamRef = Annotated[str, Field(min_length=1, max_length=100, description="A team's name or id")]
ScopeSource = Annotated[str | None, Field(max_length=200, description="Only on this source")]
ScopeWorkspace = Annotated[
    str | None, Field(max_length=200, description="Only on this workspace's sources")
]
ScopeDomain = Annotated[
    str | None, Field(max_length=100, description="Only on what lies in this business domain")
]
Level = Literal["public", "internal", "confidential", "restricted"]
ScopeLevel = Annotated[
    Level | None,
    Field(
        description="Only on tables whose highest label is at most this level; of a denial, those "
        "where it is at least this"
    ),
]
GrantEffect = Annotated[
    Literal["allow", "deny"],
    Field(description="deny takes away what the role gives, whatever else is granted"),
]
From = Annotated[datetime | None, Field(description="Good from this moment on; now if left out")]
Until = Annotated[datetime | None, Field(description="Good until then; for ever if left out")]


@dataclass(frozen=True)
class Scope:
    """Where, how far and how long a grant is good, looked up and valid."""

    source_id: str | None = None
    workspace_id: str | None = None
    domain_id: str | None = None
    sensitivity: str | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    effect: str = "allow"
    scope_name: str = "everything"

    def like(self, grant: Grant) -> bool:
        """Whether a grant is for the same area and of the same effect, whatever its time."""
        place = self.source_id, self.workspace_id, self.domain_id, self.sensitivity, self.effect
        return place == (
            grant.source_id,
            grant.workspace_id,
            grant.domain_id,
            grant.sensitivity,
            grant.effect,
        )


async def find_scope(
    session: AsyncSession,
    source: str | None,
    workspace: str | None,
    domain: str | None,
    sensitivity: Level | None = None,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    effect: str = "allow",
) -> Scope:
    """The scope that is named.

    Raises:
        CorrectInput: it names two places, or ends before it begins or before now.
        ChooseAnother: there is no such place.
    """
    named = [
        field
        for field, value in (("source", source), ("workspace", workspace), ("domain", domain))
        if value
    ]
    if len(named) > 1:
        raise CorrectInput(
            f"A grant has one scope, and a {' and a '.join(named)} are given.",
            "Give one of them; grant twice for both.",
            field=named[1],
        )
    for field, moment in (("valid_from", valid_from), ("valid_until", valid_until)):
        if moment is not None and moment.tzinfo is None:
            raise CorrectInput(
                f"'{field}' says no time zone.", "End it with Z for UTC, or +01:00.", field=field
            )
    if valid_until is not None and valid_until <= (valid_from or now()):
        raise CorrectInput(
            f"The grant would end on {valid_until:%Y-%m-%d %H:%M}, before it begins.",
            "Give a later 'valid_until'.",
            field="valid_until",
        )
    place_source = await find_source(session, source) if source else None
    place_workspace = await find_workspace(session, workspace) if workspace else None
    place_domain = await find_domain(session, domain) if domain else None
    place = place_source or place_workspace or place_domain
    return Scope(
        source_id=place_source.id if place_source else None,
        workspace_id=place_workspace.id if place_workspace else None,
        domain_id=place_domain.id if place_domain else None,
        sensitivity=sensitivity,
        valid_from=valid_from,
        valid_until=valid_until,
        effect=effect,
        scope_name=place.name if place else "everything",
    )


async def find_role(session: AsyncSession, reference: str) -> Role:
    """The role of that name, in any case.

    Raises:
        ChooseAnother: there is none.
    """
    wanted = reference.strip().lower()
    found = await session.scalar(select(Role).where(func.lower(Role.name) == wanted))
    if found is None:
        names = list(await session.scalars(select(Role.name).order_by(Role.name)))
        raise ChooseAnother(
            f"There is no role '{reference}'.", nearest(wanted, names), field="role"
        )
    return found


async def find_team(session: AsyncSession, reference: str) -> Team:
    """The team of that id, or of that name in any case, with or without the word team.

    Raises:
        ChooseAnother: there is none.
    """
    wanted = " ".join(reference.split()).lower().removeprefix("the ")
    wanted = wanted.removesuffix(" team").removeprefix("team ")
    teams = list(await session.scalars(select(Team).order_by(Team.name)))
    for team in teams:
        if team.id == reference or team.name.lower().removesuffix(" team") == wanted:
            return team
    names = [team.name for team in teams]
    raise ChooseAnother(
        f"There is no team '{reference}'.",
        nearest(reference, names) if names else "rbac.create_team adds one.",
        field="team",
    )
