"""Users: people, and service accounts that programs act under."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.database import new_id, now
from tools.errors import CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.rbac.granting import grant_role
from tools.rbac.limits import keep_an_administrator
from tools.rbac.lookup import RoleRef, TeamRef, find_role, find_team
from tools.rbac.people import find_user
from tools.rbac.showing import user_detail, user_details
from tools.rbac.tables import ApiKey, Grant, TeamMember, User
from tools.rbac.types import UserDetail, UserSummary
from tools.values import Cursor, Limit, Page, UserRef, page, paged

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S", description="The name")]
Email = Annotated[
    str,
    Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=320, description="An e-mail address"),
]


@operation(
    "rbac.list_users",
    permission="rbac.read",
    examples=(
        "Who has access?",
        "List the users",
        "Who are the stewards?",
        "List the service accounts",
    ),
)
async def list_users(
    ctx: Context,
    role: Annotated[str | None, Field(description="Only holders of this role")] = None,
    team: Annotated[TeamRef | None, Field(description="Only members of this team")] = None,
    kind: Annotated[
        Literal["person", "service"] | None, Field(description="Only people, or service accounts")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[UserSummary]:
    """List people and service accounts, and the roles that they hold."""
    query = select(User).order_by(User.name)
    if role:
        held = select(Grant).where(
            Grant.role == (await find_role(ctx.session, role)).name, Grant.effect == "allow"
        )
        through = select(TeamMember.user_id).where(
            TeamMember.team_id.in_(held.with_only_columns(Grant.team_id))
        )
        query = query.where(
            or_(User.id.in_(held.with_only_columns(Grant.user_id)), User.id.in_(through))
        )
    if team:
        members = select(TeamMember.user_id).where(
            TeamMember.team_id == (await find_team(ctx.session, team)).id
        )
        query = query.where(User.id.in_(members))
    if kind:
        query = query.where(User.kind == kind)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page(await user_details(ctx.session, rows), total, cursor)


@operation(
    "rbac.get_user",
    permission="rbac.read",
    examples=("What may Dana do?", "Which roles does ben have?"),
)
async def get_user(ctx: Context, user: UserRef) -> UserDetail:
    """Show a person with their roles and scopes."""
    return await user_detail(ctx.session, await find_user(ctx.session, user))


@operation(
    "rbac.create_user",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=("Add Mia Koch, mia@example.com, as an analyst",),
)
async def create_user(
    ctx: Context,
    name: Name,
    email: Email,
    role: Annotated[RoleRef | None, Field(description="A role to grant everywhere")] = None,
) -> UserDetail:
    """Add a person, with a role if one is named."""
    person = await _add(ctx.session, User(id=new_id("usr"), name=name, email=email))
    if role:
        await grant_role(ctx, user=person.id, role=role)
    return await user_detail(ctx.session, person)


@operation(
    "rbac.create_service_account",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=(
        "Create a service account for the dbt loader, owned by Dana",
        "Add a service account called loader",
    ),
)
async def create_service_account(
    ctx: Context,
    name: Name,
    owner: Annotated[UserRef | None, Field(description="Who answers for it; the caller")] = None,
    role: Annotated[RoleRef | None, Field(description="A role to grant everywhere")] = None,
) -> UserDetail:
    """Add an account for a program: it has an owner and API keys, and nobody signs in as it."""
    answers = await find_user(ctx.session, owner or ctx.caller.user_id, "owner")
    if answers.kind != "person" or not answers.active:
        raise CorrectInput(
            f"{answers.name} can't answer for a service account.",
            "Name a person who is active.",
            field="owner",
        )
    account = User(id=new_id("usr"), name=name, email="", kind="service", owner_id=answers.id)
    account.email = f"{account.id}@service.invalid"
    await _add(ctx.session, account)
    if role:
        await grant_role(ctx, user=account.id, role=role)
    return await user_detail(ctx.session, account)


@operation(
    "rbac.update_user",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=(
        "Change Ben's e-mail address to ben@example.org",
        "Rename Mia Koch to Mia Berg",
        "Enable Vera again",
    ),
)
async def update_user(
    ctx: Context,
    user: UserRef,
    name: Annotated[Name | None, Field(description="The new name")] = None,
    email: Annotated[Email | None, Field(description="The new e-mail address")] = None,
    owner: Annotated[UserRef | None, Field(description="Who answers for the account")] = None,
    active: Annotated[
        Literal[True] | None, Field(description="true: enable somebody who was disabled")
    ] = None,
) -> UserDetail:
    """Change a person's name or address, a service account's owner, or enable them again."""
    person = await find_user(ctx.session, user)
    if all(value is None for value in (name, email, owner, active)):
        raise CorrectInput(
            "Nothing is given that would change.", "Give a name, email, owner or active."
        )
    if email is not None:
        await _free(ctx.session, email, person.id)
        person.email = email.lower()
    if owner is not None:
        if person.kind != "service":
            raise CorrectInput(
                f"{person.name} is a person and has no owner.",
                "Leave 'owner' out.",
                field="owner",
            )
        person.owner_id = (await find_user(ctx.session, owner, "owner")).id
    person.name = " ".join(name.split()) if name is not None else person.name
    person.active = active or person.active
    await ctx.session.flush()
    return await user_detail(ctx.session, person)


@operation(
    "rbac.disable_user",
    permission="rbac.destroy",
    effect=Effect.DESTROY,
    examples=("Disable Ben", "Vera has left: close her account"),
)
async def disable_user(ctx: Context, user: UserRef) -> UserDetail:
    """Disable a person or service account: they can do nothing, and their API keys are revoked.

    What they hold stays on record, for reviews, and comes back if they are enabled again.
    """
    person = await find_user(ctx.session, user)
    if not person.active:
        raise LookAgain(f"{person.name} is disabled already.", "Nothing needs to be done.")
    person.active = False
    for key in await ctx.session.scalars(
        select(ApiKey).where(ApiKey.user_id == person.id, ApiKey.revoked_at.is_(None))
    ):
        key.revoked_at = now()
    await keep_an_administrator(ctx.session)
    return await user_detail(ctx.session, person)


async def _add(session: AsyncSession, user: User) -> User:
    await _free(session, user.email)
    user.name, user.email = " ".join(user.name.split()), user.email.lower()
    session.add(user)
    await session.flush()
    return user


async def _free(session: AsyncSession, email: str, besides: str = "") -> None:
    taken = await session.scalar(
        select(User).where(func.lower(User.email) == email.lower(), User.id != besides)
    )
    if taken is not None:
        raise LookAgain(
            f"{taken.name} already has the address {email}.", "Use that person.", field="email"
        )
