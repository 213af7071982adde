"""Looking up people by what others call them."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.errors import BeMoreExact, ChooseAnother, nearest
from tools.rbac.tables import Team, User


async def find_user(session: AsyncSession, reference: str, field: str = "user") -> User:
    """The person of that id, e-mail address, name, or first name where only one has it.

    Raises:
        ChooseAnother: there is nobody of that name.
        BeMoreExact: several are called so.
    """
    wanted = reference.strip().lstrip("@").lower()
    name, email = func.lower(User.name), func.lower(User.email)
    found = list(
        await session.scalars(
            select(User)
            .where(
                or_(
                    User.id == reference,
                    name == wanted,
                    email == wanted,
                    name.like(f"{wanted} %"),
                    email.like(f"{wanted}@%"),
                )
            )
            .order_by(User.name)
        )
    )
    exact = [user for user in found if wanted in (user.name.lower(), user.email.lower())]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise BeMoreExact(
            f"'{reference}' fits {', '.join(f'{user.name} <{user.email}>' for user in found)}.",
            "Use the e-mail address.",
            field=field,
        )
    if await session.scalar(select(Team.id).where(func.lower(Team.name) == wanted)):
        raise ChooseAnother(
            f"'{reference}' is a team, not a person.",
            "Name a person, or use what is for teams, as rbac.grant_team_role.",
            field=field,
        )
    names = list(await session.scalars(select(User.name).where(User.active).order_by(User.name)))
    raise ChooseAnother(
        f"There is nobody called '{reference}'.", nearest(reference, names), field=field
    )
