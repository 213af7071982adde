"""Roles: named lists of permissions, shipped and of one's own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from tools.context import Context
from tools.errors import CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.policy import UNMASK
from tools.rbac.limits import (
    keep_an_administrator,
    known_permissions,
    refuse_more_than_held,
    refuse_unknown,
)
from tools.rbac.lookup import RoleRef, find_role
from tools.rbac.showing import role_detail
from tools.rbac.tables import Grant, Role
from tools.rbac.types import Permissions, RoleDetail
from tools.values import Page, page

Patterns = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=80)]],
    Field(
        min_length=1,
        max_length=200,
        description="Permissions or patterns: catalog.read, catalog.*, *.read "
        "(rbac.list_permissions shows them)",
    ),
]


@operation(
    "rbac.list_roles",
    permission="rbac.read",
    examples=("Which roles are there?", "List the roles"),
)
async def list_roles(ctx: Context) -> Page[RoleDetail]:
    """List the roles, and what each gives."""
    rows = list(await ctx.session.scalars(select(Role).order_by(Role.name)))
    known = known_permissions(ctx)
    return page([await role_detail(ctx.session, row, known) for row in rows], len(rows), None)


@operation(
    "rbac.get_role",
    permission="rbac.read",
    examples=("What may a steward do?", "Show the role analyst"),
)
async def get_role(ctx: Context, role: RoleRef) -> RoleDetail:
    """Show a role: what it gives, and how many hold it."""
    found = await find_role(ctx.session, role)
    return await role_detail(ctx.session, found, known_permissions(ctx))


@operation(
    "rbac.list_permissions",
    permission="rbac.read",
    examples=("Which permissions are there?",),
)
async def list_permissions(ctx: Context) -> Permissions:
    """List every permission, and the operations that ask for it."""
    items: dict[str, list[str]] = {UNMASK: []}
    for one in ctx.kernel.registry:
        items.setdefault(one.permission, []).append(one.name)
    return Permissions(items=dict(sorted(items.items())))


@operation(
    "rbac.create_role",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=("Create a role auditor that may read compliance and activity",),
)
async def create_role(
    ctx: Context,
    name: Annotated[
        str,
        Field(pattern=r"^[a-z][a-z0-9_-]{1,59}$", description="Its name: lower case, no spaces"),
    ],
    permissions: Patterns,
    description: Annotated[str, Field(max_length=500, description="Whom it is for")] = "",
) -> RoleDetail:
    """Create a role; nobody can give a role more than they hold themselves."""
    if await ctx.session.get(Role, name) is not None:
        raise LookAgain(f"There is a role '{name}' already.", "rbac.update_role changes it.")
    refuse_unknown(ctx, permissions)
    refuse_more_than_held(ctx, permissions, None)
    role = Role(name=name, description=description, permissions=_once(permissions), builtin=False)
    ctx.session.add(role)
    await ctx.session.flush()
    return await role_detail(ctx.session, role, known_permissions(ctx))


@operation(
    "rbac.update_role",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=("Let the role auditor also read scans",),
)
async def update_role(
    ctx: Context,
    role: RoleRef,
    description: Annotated[
        str | None, Field(min_length=1, max_length=500, description="Whom it is for")
    ] = None,
    permissions: Annotated[
        Patterns | None, Field(description="All that it gives from now on")
    ] = None,
    add: Annotated[Patterns | None, Field(description="What it gives besides")] = None,
    remove: Annotated[Patterns | None, Field(description="What it gives no more")] = None,
) -> RoleDetail:
    """Change what a role gives, for all who hold it, or its description; the rest stays."""
    found = await _own_role(ctx, role)
    if description is None and permissions is None and add is None and remove is None:
        raise CorrectInput(
            "Nothing is given that would change.", "Give a description, permissions, add or remove."
        )
    before = list(found.permissions)
    after = _once([*(permissions if permissions is not None else before), *(add or [])])
    gone = [one for one in remove or [] if one not in after]
    if gone:
        raise CorrectInput(
            f"The role {found.name} doesn't list {', '.join(gone)}.",
            f"It lists {', '.join(after)}.",
            field="remove",
        )
    after = [one for one in after if one not in (remove or [])]
    if not after:
        raise CorrectInput(
            "The role would give nothing.", "rbac.delete_role removes it.", field="remove"
        )
    more = [one for one in after if one not in before]
    refuse_unknown(ctx, more)
    refuse_more_than_held(ctx, more, None)
    found.permissions = after
    found.description = description or found.description
    await keep_an_administrator(ctx.session)
    return await role_detail(ctx.session, found, known_permissions(ctx))


@operation(
    "rbac.delete_role",
    permission="rbac.destroy",
    effect=Effect.DESTROY,
    examples=("Delete the role auditor",),
)
async def delete_role(ctx: Context, role: RoleRef) -> RoleDetail:
    """Delete a role that nobody holds."""
    found = await _own_role(ctx, role)
    grants = await ctx.session.scalar(
        select(func.count()).select_from(Grant).where(Grant.role == found.name)
    )
    if grants:
        raise LookAgain(
            f"The role {found.name} is granted {grants} {'time' if grants == 1 else 'times'}.",
            "Revoke it first (rbac.list_users by role shows from whom).",
        )
    gone = await role_detail(ctx.session, found, known_permissions(ctx))
    await ctx.session.delete(found)
    return gone


async def _own_role(ctx: Context, reference: str) -> Role:
    found = await find_role(ctx.session, reference)
    if found.builtin:
        raise LookAgain(
            f"The role {found.name} ships with Racine and stays as it is.",
            "rbac.create_role makes one of your own.",
            field="role",
        )
    return found


def _once(patterns: list[str]) -> list[str]:
    return list(dict.fromkeys(patterns))
