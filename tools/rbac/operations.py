"""The operations of rbac."""

from __future__ import annotations

import hashlib
import secrets
from typing import Annotated

from pydantic import Field, SecretStr
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import Asset
from tools.classifications.tables import Classification, Label
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.database import new_id, now
from tools.errors import ChooseAnother, CorrectInput, LookAgain, nearest
from tools.grants import load_entitlements
from tools.masking import SENSITIVE, sensitive_columns
from tools.operation import Effect, operation
from tools.policy import UNMASK, Decision, Entitlements, expand
from tools.rbac.people import find_user
from tools.rbac.tables import ApiKey, Grant, Role, User
from tools.rbac.types import (
    AccessDecision,
    ApiKeySummary,
    GrantDetail,
    Holders,
    NewApiKey,
    Permissions,
    RoleDetail,
    UserDetail,
    UserSummary,
)
from tools.targets import find_workspace
from tools.values import Cursor, Limit, Page, UserRef, page, paged

RoleRef = Annotated[
    str, Field(max_length=60, description="A role: administrator, steward, analyst, viewer, …")
]
PermissionRef = Annotated[
    str,
    Field(
        max_length=80,
        description="A permission (catalog.write), an operation's name, or read, write, unmask",
    ),
]
ScopeSource = Annotated[str | None, Field(max_length=200, description="Only on this source")]
ScopeWorkspace = Annotated[
    str | None, Field(max_length=200, description="Only on this workspace's sources")
]

SEEING = ("catalog.read", "data_sources.preview")


def digest_key(key: str) -> str:
    """What is kept of an API key: a key is 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


@operation(
    "rbac.list_users",
    permission="rbac.read",
    examples=("Who has access?", "List the users", "Who are the stewards?"),
)
async def list_users(
    ctx: Context,
    role: Annotated[str | None, Field(description="Only holders of this role")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[UserSummary]:
    """List people and the roles that they hold."""
    query = select(User).order_by(User.name)
    if role:
        holders = select(Grant.user_id).where(Grant.role == (await _role(ctx.session, role)).name)
        query = query.where(User.id.in_(holders))
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page([await _user(ctx.session, row) for row in rows], total, cursor)


@operation(
    "rbac.get_user",
    permission="rbac.read",
    examples=("What may Dana do?", "Which roles does ben have?"),
)
async def get_user(ctx: Context, user: UserRef) -> UserDetail:
    """Show a person with their roles and scopes."""
    return await _user(ctx.session, await find_user(ctx.session, user))


@operation(
    "rbac.list_roles",
    permission="rbac.read",
    examples=("Which roles are there?", "What may a steward do?"),
)
async def list_roles(ctx: Context) -> Page[RoleDetail]:
    """List the roles, and what each gives."""
    holders = {
        row.role: row.holders
        for row in await ctx.session.execute(
            select(Grant.role, func.count(Grant.user_id.distinct()).label("holders")).group_by(
                Grant.role
            )
        )
    }
    rows = list(await ctx.session.scalars(select(Role).order_by(Role.name)))
    known = ctx.kernel.registry.permissions()
    roles = [
        RoleDetail(
            name=row.name,
            description=row.description,
            permissions=expand(row.permissions, known),
            builtin=row.builtin,
            holders=holders.get(row.name, 0),
        )
        for row in rows
    ]
    return page(roles, len(roles), None)


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
    "rbac.check_access",
    permission="rbac.read",
    examples=(
        "Why can't Vera see customer.email?",
        "May Ben write to crm?",
        "Does Dana have access to the lake?",
    ),
)
async def check_access(
    ctx: Context,
    user: UserRef,
    permission: PermissionRef = "read",
    asset: Annotated[str | None, Field(description="On this asset")] = None,
    source: ScopeSource = None,
) -> AccessDecision:
    """Say whether a person may do something, and why or why not."""
    person = await find_user(ctx.session, user)
    return await _decide(ctx, person, permission, asset, source)


@operation(
    "rbac.who_can",
    permission="rbac.read",
    examples=("Who can see customer.email unmasked?", "Who may change crm?"),
)
async def who_can(
    ctx: Context,
    permission: PermissionRef,
    asset: Annotated[str | None, Field(description="On this asset")] = None,
    source: ScopeSource = None,
) -> Holders:
    """List who may do something, each with the reason."""
    decisions = [
        await _decide(ctx, person, permission, asset, source)
        for person in await ctx.session.scalars(select(User).where(User.active).order_by(User.name))
    ]
    return Holders(
        permission=_permission(ctx, permission),
        on=decisions[0].on if decisions else "",
        items=[decision for decision in decisions if decision.allowed],
    )


@operation(
    "rbac.list_api_keys",
    permission="rbac.read",
    examples=("Which API keys are there?", "List the keys of the pipeline user"),
)
async def list_api_keys(
    ctx: Context,
    user: Annotated[str | None, Field(description="Only of this person")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ApiKeySummary]:
    """List API keys; the keys themselves are never shown again."""
    query = select(ApiKey).order_by(ApiKey.created_at)
    if user:
        query = query.where(ApiKey.user_id == (await find_user(ctx.session, user)).id)
    rows, total = await paged(ctx.session, query, limit, cursor)
    keys = []
    for row in rows:
        owner = await ctx.session.get(User, row.user_id)
        keys.append(_key(row, owner.name if owner else ""))
    return page(keys, total, cursor)


@operation(
    "rbac.create_user",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=("Add Mia Koch, mia@example.com, as an analyst",),
)
async def create_user(
    ctx: Context,
    name: Annotated[str, Field(min_length=1, max_length=200, description="The person's name")],
    email: Annotated[
        str,
        Field(
            pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=320, description="An e-mail address"
        ),
    ],
    role: Annotated[str | None, Field(description="A role to grant everywhere")] = None,
) -> UserDetail:
    """Add a person, with a role if one is named."""
    taken = await ctx.session.scalar(select(User).where(func.lower(User.email) == email.lower()))
    if taken is not None:
        raise LookAgain(
            f"{taken.name} already has the address {email}.", "Use that person.", field="email"
        )
    person = User(id=new_id("usr"), name=name.strip(), email=email.lower())
    ctx.session.add(person)
    await ctx.session.flush()
    if role:
        await grant_role(ctx, user=person.id, role=role)
    return await _user(ctx.session, person)


@operation(
    "rbac.grant_role",
    permission="rbac.write",
    effect=Effect.WRITE,
    examples=(
        "Make Ben a steward of crm",
        "Grant the role analyst to Vera",
        "Give Dana the viewer role on the lake",
    ),
)
async def grant_role(
    ctx: Context,
    user: UserRef,
    role: RoleRef,
    source: ScopeSource = None,
    workspace: ScopeWorkspace = None,
) -> UserDetail:
    """Grant a role to a person: everywhere, on a source, or on a workspace's sources."""
    person = await find_user(ctx.session, user)
    wanted = await _role(ctx.session, role)
    if source and workspace:
        raise CorrectInput(
            "A grant has one scope, and a source and a workspace are given.",
            "Give one of them; grant twice for both.",
            field="workspace",
        )
    on_source = await find_source(ctx.session, source) if source else None
    on_workspace = await find_workspace(ctx.session, workspace) if workspace else None
    held = await ctx.session.scalar(
        select(Grant).where(
            Grant.user_id == person.id,
            Grant.role == wanted.name,
            Grant.source_id.is_(None) if on_source is None else Grant.source_id == on_source.id,
            Grant.workspace_id.is_(None)
            if on_workspace is None
            else Grant.workspace_id == on_workspace.id,
        )
    )
    if held is not None:
        raise LookAgain(
            f"{person.name} already is {wanted.name} of {held.scope_name}.",
            "Nothing needs to be done.",
        )
    scope = on_source or on_workspace
    ctx.session.add(
        Grant(
            id=new_id("grt"),
            user_id=person.id,
            role=wanted.name,
            source_id=on_source.id if on_source else None,
            workspace_id=on_workspace.id if on_workspace else None,
            scope_name=scope.name if scope else "everything",
            granted_by=ctx.entitlements.user_name,
        )
    )
    await ctx.session.flush()
    return await _user(ctx.session, person)


@operation(
    "rbac.revoke_role",
    permission="rbac.destroy",
    effect=Effect.DESTROY,
    examples=("Take the steward role from Ben", "Revoke Vera's access to crm"),
)
async def revoke_role(
    ctx: Context, user: UserRef, role: RoleRef, source: ScopeSource = None
) -> UserDetail:
    """Take a role from a person."""
    person = await find_user(ctx.session, user)
    wanted = await _role(ctx.session, role)
    query = select(Grant).where(Grant.user_id == person.id, Grant.role == wanted.name)
    if source:
        query = query.where(Grant.source_id == (await find_source(ctx.session, source)).id)
    grants = list(await ctx.session.scalars(query))
    if not grants:
        raise ChooseAnother(
            f"{person.name} doesn't hold {wanted.name} there.",
            "rbac.get_user shows what they hold.",
            field="role",
        )
    for grant in grants:
        await ctx.session.delete(grant)
    await ctx.session.flush()
    await _keep_an_administrator(ctx.session)
    return await _user(ctx.session, person)


@operation(
    "rbac.create_api_key",
    permission="rbac.write",
    effect=Effect.WRITE,
    agent=False,
    examples=("Create an API key for the pipeline user",),
)
async def create_api_key(
    ctx: Context,
    user: UserRef,
    name: Annotated[str, Field(min_length=1, max_length=200, description="What it is for")],
) -> NewApiKey:
    """Create an API key for a person; it is shown this once."""
    person = await find_user(ctx.session, user)
    key = f"rcn_{secrets.token_urlsafe(32)}"
    row = ApiKey(id=new_id("key"), user_id=person.id, name=name, digest=digest_key(key))
    ctx.session.add(row)
    await ctx.session.flush()
    return NewApiKey(**_key(row, person.name).model_dump(), key=SecretStr(key))


@operation(
    "rbac.revoke_api_key",
    permission="rbac.destroy",
    effect=Effect.DESTROY,
    agent=False,
    examples=("Revoke the API key of the old pipeline",),
)
async def revoke_api_key(
    ctx: Context, key: Annotated[str, Field(max_length=60, description="The key's id")]
) -> ApiKeySummary:
    """Revoke an API key: it opens nothing from now on."""
    row = await ctx.session.get(ApiKey, key)
    if row is None:
        raise ChooseAnother(
            f"There is no API key '{key}'.", "rbac.list_api_keys shows their ids.", field="key"
        )
    row.revoked_at = row.revoked_at or now()
    owner = await ctx.session.get(User, row.user_id)
    return _key(row, owner.name if owner else "")


async def _decide(
    ctx: Context, person: User, permission: str, asset: str | None, source: str | None
) -> AccessDecision:
    wanted = _permission(ctx, permission)
    source_id, on = None, "anything"
    found: Asset | None = None
    if asset:
        found = await find_asset(ctx.session, asset)
        source_id, on = found.source_id, found.qualified_name
    elif source:
        place = await find_source(ctx.session, source)
        source_id, on = place.id, place.name
    held = await load_entitlements(ctx.session, person.id)
    assert held is not None  # found above
    decision = (
        held.decide_on(wanted, source_id, on) if source_id is not None else held.decide(wanted)
    )
    masked, why, remedy = False, None, None
    if found is not None and wanted in SEEING:
        masked, why = await _values(ctx.session, held, found, decision)
    if not decision.allowed:
        remedy = f"One of these roles would give it: {await _giving(ctx.session, wanted)}."
    elif masked:
        roles = await _giving(ctx.session, UNMASK)
        remedy = f"One of these roles would show the values: {roles}."
    return AccessDecision(
        user_id=person.id,
        user=person.name,
        permission=wanted,
        on=on,
        allowed=decision.allowed,
        reason=decision.reason,
        grants=[f"{one.role} on {one.scope}" for one in held.held],
        remedy=remedy,
        values_masked=masked,
        values_reason=why,
    )


async def _values(
    session: AsyncSession, held: Entitlements, asset: Asset, seeing: Decision
) -> tuple[bool, str | None]:
    """Whether the person sees the asset's sensitive values masked, and why; None: it has none."""
    columns = select(Asset.id).where(or_(Asset.id == asset.id, Asset.parent_id == asset.id))
    sensitive = await sensitive_columns(session, columns)
    if not sensitive:
        return False, None
    carried = await session.execute(
        select(Asset.name, Classification.label)
        .join(Classification, Classification.asset_id == Asset.id)
        .join(Label, Label.id == Classification.label)
        .where(
            Asset.id.in_(sensitive),
            Classification.status != "rejected",
            Label.sensitivity.in_(SENSITIVE),
        )
        .order_by(Asset.position, Classification.label)
    )
    labelled = [f"{row.name} ({row.label})" for row in carried]
    more = f" and {len(labelled) - 6} more" if len(labelled) > 6 else ""
    values = f"Values of {', '.join(labelled[:6])}{more}"
    unmask = held.decide_on(UNMASK, asset.source_id, asset.qualified_name)
    if not seeing.allowed:
        return True, f"{values} are not shown at all: {seeing.reason}"
    if not unmask.allowed:
        return True, f"{values} are masked: {unmask.reason}"
    return False, f"{values} are shown as they are: {unmask.reason}"


async def _giving(session: AsyncSession, permission: str) -> str:
    roles = await session.scalars(select(Role).order_by(Role.name))
    return ", ".join(row.name for row in roles if expand(row.permissions, [permission])) or "none"


def _permission(ctx: Context, words: str) -> str:
    short = {
        "read": "catalog.read",
        "see": "catalog.read",
        "write": "catalog.write",
        "change": "catalog.write",
        "unmask": UNMASK,
        "scan": "scan_logic.write",
        "preview": "data_sources.preview",
    }
    known = ctx.kernel.registry.permissions()
    wanted = short.get(words.lower(), words)
    if wanted in known:
        return wanted
    for one in ctx.kernel.registry:
        if wanted in (one.name, one.tool_name):
            return one.permission
    raise ChooseAnother(
        f"There is no permission '{words}'.", nearest(words, known), field="permission"
    )


async def _role(session: AsyncSession, reference: str) -> Role:
    wanted = reference.strip().lower()
    found = await session.scalar(select(Role).where(func.lower(Role.name) == wanted))
    if found is None:
        names = list(await session.scalars(select(Role.name).order_by(Role.name)))
        raise ChooseAnother(
            f"There is no role '{reference}'.", nearest(wanted, names), field="role"
        )
    return found


async def _keep_an_administrator(session: AsyncSession) -> None:
    left = await session.scalar(
        select(Grant)
        .join(User, User.id == Grant.user_id)
        .where(
            Grant.role == "administrator",
            Grant.source_id.is_(None),
            Grant.workspace_id.is_(None),
            User.active,
        )
    )
    if left is None:
        raise LookAgain(
            "Nobody would be administrator any more.", "Make somebody else administrator first."
        )


async def _user(session: AsyncSession, person: User) -> UserDetail:
    grants = list(
        await session.scalars(
            select(Grant).where(Grant.user_id == person.id).order_by(Grant.created_at)
        )
    )
    return UserDetail(
        id=person.id,
        name=person.name,
        email=person.email,
        active=person.active,
        roles=sorted({grant.role for grant in grants}),
        grants=[
            GrantDetail(
                id=grant.id,
                role=grant.role,
                scope=grant.scope_name,
                granted_by=grant.granted_by,
                created_at=grant.created_at,
            )
            for grant in grants
        ],
    )


def _key(row: ApiKey, owner: str) -> ApiKeySummary:
    return ApiKeySummary(
        id=row.id, name=row.name, user=owner, created_at=row.created_at, revoked_at=row.revoked_at
    )
