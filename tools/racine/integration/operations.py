"""The operations on services outside: whose operations become governed ones here."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import httpx
from pydantic import Field, SecretStr
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context, Progress
from tools.database import new_id, now
from tools.errors import ChooseAnother, CorrectInput, LookAgain, MendSource, nearest
from tools.operation import Effect, operation
from tools.racine.integration import mcp, openapi
from tools.racine.integration.calling import SECONDS
from tools.racine.integration.tables import Service
from tools.racine.integration.types import (
    Described,
    GroupsStatus,
    GroupStatus,
    Kind,
    Offer,
    OfferedOperation,
    ServiceDetail,
    ServiceList,
    ServiceRemoved,
    ServiceSummary,
)
from tools.values import Cursor, Limit, page, paged
from tools.web import client, refuse_unsafe

SEVEN = (
    "data_sources",
    "scan_rule_sets",
    "classifications",
    "compliance",
    "catalog",
    "scan_logic",
    "rbac",
)
LARGEST = 5_000_000  # bytes of a document
Group = Literal[
    "data_sources",
    "scan_rule_sets",
    "classifications",
    "compliance",
    "catalog",
    "scan_logic",
    "rbac",
]
ServiceRef = Annotated[str, Field(max_length=200, description="A service's name or id")]
Token = Annotated[
    SecretStr | None, Field(description="What lets Racine in; stored encrypted, never returned")
]
Header = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z][A-Za-z0-9-]{0,59}$",
        description="The header that the token goes in; in Authorization it is a bearer token",
    ),
]


async def find_service(session: AsyncSession, reference: str) -> Service:
    """The service of that name or id.

    Raises:
        ChooseAnother: there is none.
    """
    named = or_(Service.id == reference, func.lower(Service.name) == reference.lower())
    found = await session.scalar(select(Service).where(named))
    if found is None:
        names = list(await session.scalars(select(Service.name)))
        raise ChooseAnother(
            f"There is no service '{reference}'.", nearest(reference, names), field="service"
        )
    return found


@operation(
    "integration.register_service",
    permission="integration.write",
    effect=Effect.WRITE,
    path="POST /services",
    reaches=True,
    examples=(
        "Register the ticket system at https://tickets.example.com/openapi.json",
        "Let our own catalog at https://catalog.example.com/openapi.json serve the catalog group",
    ),
)
async def register_service(
    ctx: Context,
    name: Annotated[
        str, Field(pattern=r"^[a-z][a-z_]{1,39}$", description="How it is called here: tickets")
    ],
    url: Annotated[
        str,
        Field(
            pattern=r"^https?://[^\s@]+$",
            max_length=500,
            description="The address of its OpenAPI document, or of its MCP endpoint",
        ),
    ],
    kind: Annotated[Kind, Field(description="How it describes itself")] = "openapi",
    group: Annotated[
        Group | None, Field(description="The group that it serves in Racine's place, if any")
    ] = None,
    token: Token = None,
    header: Header = "Authorization",
    effects: Annotated[
        dict[str, Effect],
        Field(description="What its operations do where its document doesn't tell: a POST reads"),
    ] = {},  # noqa: B006
) -> ServiceDetail:
    """Register a system outside: its operations become governed tools here.

    Each becomes `name.operation`, or `group.operation` where it serves a group, and then the
    group's own operations are not offered any more. GET reads, DELETE destroys, all else writes;
    rights are `name.read`, `name.write`, `name.destroy`, over everything.
    """
    if name in {one.name for one in ctx.kernel.registry.groups}:
        raise CorrectInput(
            f"'{name}' is a group of Racine's own.",
            "Choose another name; 'group' says which group it serves.",
            field="name",
        )
    await _refuse_taken(ctx.session, name, group)
    secret = token.get_secret_value() if token else None
    offer = await _offer(ctx, kind, url, header, secret)
    row = Service(
        id=new_id("svc"),
        name=name,
        kind=kind,
        url=url,
        group=group,
        header=header,
        sealed_token=ctx.services.secret_box.seal(secret) if secret else None,
        effects={key: value.value for key, value in effects.items()},
    )
    _take_over(row, offer)
    ctx.session.add(row)
    await ctx.session.flush()
    return _detail(ctx, row, added=[one["name"] for one in row.operations])


@operation(
    "integration.update_service",
    permission="integration.write",
    effect=Effect.WRITE,
    path="POST /services/{service}",
    reaches=True,
    examples=("Give the service tickets a new token",),
)
async def update_service(
    ctx: Context,
    service: ServiceRef,
    token: Token = None,
    header: Annotated[Header | None, Field(description="The header that it goes in")] = None,
    effects: Annotated[
        dict[str, Effect] | None, Field(description="What its operations do, by their names")
    ] = None,
) -> ServiceDetail:
    """Change a service's token, its header, or what its operations do; it is asked anew."""
    row = await find_service(ctx.session, service)
    if token is not None:
        row.sealed_token = ctx.services.secret_box.seal(token.get_secret_value())
    row.header = header or row.header
    if effects is not None:
        row.effects = {key: value.value for key, value in effects.items()}
    return await _synced(ctx, row)


@operation(
    "integration.sync",
    permission="integration.write",
    effect=Effect.WRITE,
    path="POST /services/{service}/sync",
    reaches=True,
    examples=("Read again what the service tickets offers", "Sync the service tickets"),
)
async def sync(ctx: Context, service: ServiceRef) -> ServiceDetail:
    """Read a service's document again; what has come, gone and changed is told."""
    return await _synced(ctx, await find_service(ctx.session, service))


@operation(
    "integration.list_services",
    permission="integration.read",
    path="GET /services",
    examples=("Which systems outside are connected?", "List the registered services"),
)
async def list_services(ctx: Context, limit: Limit = 50, cursor: Cursor = None) -> ServiceList:
    """List the systems outside whose operations can be used here."""
    rows, total = await paged(ctx.session, select(Service).order_by(Service.name), limit, cursor)
    listed = page([ServiceSummary(**_facts(row)) for row in rows], total, cursor)
    return ServiceList.model_validate(listed.model_dump())


@operation(
    "integration.get_service",
    permission="integration.read",
    path="GET /services/{service}",
    examples=("What can the service tickets do?",),
)
async def get_service(ctx: Context, service: ServiceRef) -> ServiceDetail:
    """Show a service outside and the operations that it offers."""
    return _detail(ctx, await find_service(ctx.session, service))


@operation(
    "integration.remove_service",
    permission="integration.destroy",
    effect=Effect.DESTROY,
    path="POST /services/{service}/remove",
    examples=("Disconnect the service tickets",),
)
async def remove_service(ctx: Context, service: ServiceRef) -> ServiceRemoved:
    """Disconnect a system outside; a group that it served is Racine's own again."""
    row = await find_service(ctx.session, service)
    names = [f"{row.group or row.name}.{one['name']}" for one in row.operations]
    await ctx.session.delete(row)
    return ServiceRemoved(name=row.name, operations=names)


@operation(
    "integration.groups_status",
    permission="integration.read",
    path="GET /groups/status",
    examples=("Who serves the seven groups?", "Which groups come from outside?"),
)
async def groups_status(ctx: Context) -> GroupsStatus:
    """Say who serves each of the seven groups, and what is missing where it isn't Racine."""
    served = {
        row.group: row
        for row in await ctx.session.scalars(select(Service))
        if row.group is not None
    }
    own = [name.split(".", 1) for name in ctx.kernel.registry.own()]
    groups = []
    for group in SEVEN:
        names = {name for of, name in own if of == group}
        row = served.get(group)
        offered = {one["name"] for one in row.operations} if row else names
        groups.append(
            GroupStatus(
                group=group,
                served_by=row.name if row else "racine",
                operations=len(offered),
                missing=sorted(names - offered),
            )
        )
    return GroupsStatus(groups=groups)


# ---- helpers ----------------------------------------------------------------------------------


async def _refuse_taken(session: AsyncSession, name: str, group: str | None) -> None:
    for row in await session.scalars(select(Service)):
        if row.name == name:
            raise LookAgain(
                f"There is already a service '{name}'.", "Choose another name.", field="name"
            )
        if group is not None and row.group == group:
            raise LookAgain(
                f"'{row.name}' serves {group} already.",
                f"Remove it first (integration.remove_service), or leave {group} to it.",
                field="group",
            )


async def _synced(ctx: Context, row: Service) -> ServiceDetail:
    token = ctx.services.secret_box.open(row.sealed_token) if row.sealed_token else None
    before = {one["name"]: one for one in row.operations}
    _take_over(row, await _offer(ctx, row.kind, row.url, row.header, token))
    row.version += 1
    row.synced_at = now()
    after = {one["name"]: one for one in row.operations}
    await ctx.session.flush()
    return _detail(
        ctx,
        row,
        added=sorted(after.keys() - before.keys()),
        removed=sorted(before.keys() - after.keys()),
        changed=sorted(
            name for name in after.keys() & before.keys() if after[name] != before[name]
        ),
    )


def _take_over(row: Service, offer: Offer) -> None:
    names = [one.name for one in offer.operations]
    if unknown := sorted(set(row.effects) - set(names)):
        raise CorrectInput(
            f"'{row.name}' has no operation '{unknown[0]}'.",
            nearest(unknown[0], names),
            field="effects",
        )
    row.title, row.base = offer.title, offer.base
    row.operations = [
        one.model_copy(update={"effect": Effect(row.effects.get(one.name, one.effect))}).model_dump(
            mode="json"
        )
        for one in offer.operations
    ]


async def _offer(ctx: Context, kind: str, url: str, header: str, token: str | None) -> Offer:
    if not urlsplit(url).hostname:
        raise CorrectInput(f"'{url}' has no host.", "Write https://host/path.", field="url")
    headers = {}
    if token:
        bearer = header.lower() == "authorization" and " " not in token
        headers[header] = f"Bearer {token}" if bearer else token
    offer: Offer = await ctx.outside(
        ("offer", kind, url, ctx.key), partial(_ask, kind, url, headers), SECONDS * 2
    )
    return offer


def _ask(kind: str, url: str, headers: dict[str, str], _progress: Progress) -> Offer:
    refuse_unsafe(url)
    if kind == "mcp":
        return mcp.offer_of(url, headers, SECONDS)
    try:
        with client(SECONDS, headers) as http, http.stream("GET", url) as answer:
            content = b""
            for part in answer.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise CorrectInput("The document is larger than 5 MB.", "Give a smaller one.")
    except httpx.HTTPError as error:
        raise MendSource(
            f"The document at {url} can't be read ({type(error).__name__}).",
            "Check the address, and that the system runs.",
        ) from None
    if answer.status_code != httpx.codes.OK:
        raise MendSource(
            f"The document at {url} can't be read ({answer.status_code}).",
            "Check the address and the token.",
        )
    return openapi.offer_of(content.decode("utf-8", "replace"), url)


def _facts(row: Service) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in ("id", "name", "kind", "url", "group", "title")}
    return facts | {
        "has_token": row.sealed_token is not None,
        "operations": len(row.operations),
        "synced_at": row.synced_at,
    }


def _detail(
    ctx: Context,
    row: Service,
    added: list[str] = [],  # noqa: B006
    changed: list[str] = [],  # noqa: B006
    removed: list[str] = [],  # noqa: B006
) -> ServiceDetail:
    group, own = row.group or row.name, ctx.kernel.registry.own()
    told = [Described.model_validate(one) for one in row.operations]
    offers = [
        OfferedOperation(
            name=f"{group}.{one.name}",
            effect=one.effect,
            summary=one.summary,
            stands_in=f"{group}.{one.name}" in own,
        )
        for one in told
    ]
    return ServiceDetail(
        **_facts(row), offers=offers, added=added, changed=changed, removed=removed
    )
