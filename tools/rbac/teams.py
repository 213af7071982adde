"""Teams: people who hold roles together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from tools.context import Context
from tools.database import new_id
from tools.errors import ChooseAnother, LookAgain
from tools.operation import Effect, operation
from tools.rbac.limits import keep_an_administrator
from tools.rbac.lookup import TeamRef, find_team
from tools.rbac.people import find_user
from tools.rbac.showing import team_detail
from tools.rbac.tables import Grant, Team, TeamMember
from tools.rbac.types import TeamDetail
from tools.values import Cursor, Limit, Page, UserRef, page, paged


@operation("rbac.list_teams", permission="rbac.read", examples=("Which teams are there?",))
async def list_teams(ctx: Context, limit: Limit = 50, cursor: Cursor = None) -> Page[TeamDetail]:
    """List the teams, with their members and roles."""
    rows, total = await paged(ctx.session, select(Team).order_by(Team.name), limit, cursor)
    return page([await team_detail(ctx.session, row) for row in rows], total, cursor)


@operation(
    "rbac.get_team",
    permission="rbac.read",
    examples=("Who is in the team Finance?", "Show the team Marketing"),
)
async def get_team(ctx: Context, team: TeamRef) -> TeamDetail:
    """Show a team: its members, and the roles that they hold through it."""
    return await team_detail(ctx.session, await find_team(ctx.session, team))


@operation(
    "rbac.create_team",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=("Create a team called Finance", "Create the team Fraud"),
)
async def create_team(
    ctx: Context,
    name: Annotated[
        str, Field(min_length=1, max_length=100, pattern=r"\S", description="The team's name")
    ],
    description: Annotated[str, Field(max_length=500, description="What it does")] = "",
    members: Annotated[
        list[UserRef] | None, Field(max_length=200, description="Who belongs to it")
    ] = None,
) -> TeamDetail:
    """Create a team."""
    tidy = " ".join(name.split())
    taken = await ctx.session.scalar(select(Team).where(func.lower(Team.name) == tidy.lower()))
    if taken is not None:
        raise LookAgain(
            f"There is a team '{taken.name}' already.", "Use it, or another name.", field="name"
        )
    team = Team(id=new_id("team"), name=tidy, description=description.strip())
    ctx.session.add(team)
    await ctx.session.flush()
    people = [await find_user(ctx.session, one, "members") for one in members or []]
    for user_id in dict.fromkeys(one.id for one in people):
        ctx.session.add(TeamMember(team_id=team.id, user_id=user_id))
    await ctx.session.flush()
    return await team_detail(ctx.session, team)


@operation(
    "rbac.add_team_member",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=("Add Ben to the team Finance",),
)
async def add_team_member(ctx: Context, team: TeamRef, user: UserRef) -> TeamDetail:
    """Add a person to a team: they hold its roles from now on."""
    found, person = await find_team(ctx.session, team), await find_user(ctx.session, user)
    if await ctx.session.get(TeamMember, (found.id, person.id)) is not None:
        raise LookAgain(f"{person.name} is in {found.name} already.", "Nothing needs to be done.")
    ctx.session.add(TeamMember(team_id=found.id, user_id=person.id))
    await keep_an_administrator(ctx.session)  # a team may carry denials
    return await team_detail(ctx.session, found)


@operation(
    "rbac.remove_team_member",
    permission="rbac.destroy",
    effect=Effect.DESTROY,
    examples=("Remove Ben from the team Finance",),
)
async def remove_team_member(ctx: Context, team: TeamRef, user: UserRef) -> TeamDetail:
    """Remove a person from a team: they lose what they held through it."""
    found, person = await find_team(ctx.session, team), await find_user(ctx.session, user)
    member = await ctx.session.get(TeamMember, (found.id, person.id))
    if member is None:
        raise ChooseAnother(
            f"{person.name} isn't in {found.name}.", "rbac.get_team shows who is.", field="user"
        )
    await ctx.session.delete(member)
    await keep_an_administrator(ctx.session)
    return await team_detail(ctx.session, found)


@operation(
    "rbac.delete_team",
    permission="rbac.destroy",
    effect=Effect.DESTROY,
    examples=("Delete the team Finance",),
)
async def delete_team(ctx: Context, team: TeamRef) -> TeamDetail:
    """Delete a team, with the grants that it held."""
    found = await find_team(ctx.session, team)
    gone = await team_detail(ctx.session, found)
    for model in (Grant, TeamMember):
        for row in await ctx.session.scalars(select(model).where(model.team_id == found.id)):
            await ctx.session.delete(row)
    await ctx.session.flush()
    await ctx.session.delete(found)
    await keep_an_administrator(ctx.session)
    return gone
