"""The operations of users: what everybody may know of themselves."""

from __future__ import annotations

from tools.context import Context
from tools.operation import operation
from tools.policy import expand
from tools.rbac.tables import User
from tools.values import Result


class Profile(Result):
    """The caller."""

    id: str
    name: str
    email: str
    roles: list[str]
    grants: list[str]
    permissions: list[str]


@operation(
    "users.profile",
    permission="users.read",
    own=True,
    path="GET /profile",
    examples=("Who am I?", "What may I do?"),
)
async def profile(ctx: Context) -> Profile:
    """Say who the caller is, and what they may do."""
    user = await ctx.session.get_one(User, ctx.caller.user_id)
    held = ctx.entitlements.held
    return Profile(
        id=user.id,
        name=user.name,
        email=user.email,
        roles=sorted({one.role for one in held}),
        grants=[f"{one.role} on {one.scope}" for one in held],
        permissions=expand(
            (pattern for one in held for pattern in one.permissions),
            ctx.kernel.registry.permissions(),
        ),
    )
