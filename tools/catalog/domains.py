"""Business domains: who answers for which part of the data, and what lies in which domain.

A domain belongs to no source; of what lies in it a reader is told only what they may see.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.belonging import domain_names, find_domain, settle, with_those_below
from tools.catalog.domain_tables import Domain, DomainScope
from tools.catalog.domain_types import DomainDetail, DomainSummary, KindCount, Place
from tools.catalog.tables import Asset
from tools.context import Context
from tools.data_sources.tables import Source
from tools.database import new_id
from tools.errors import CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.rbac.people import find_user
from tools.rbac.tables import Grant
from tools.values import Cursor, Limit, Page, UserRef, page, paged

DomainRef = Annotated[
    str, Field(min_length=1, max_length=100, description="A business domain's name or id")
]
DomainName = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
Description = Annotated[str, Field(max_length=4000, description="What belongs to it, in words")]


@operation(
    "catalog.list_domains",
    permission="catalog.read",
    examples=("List the business domains", "Which domains are there?", "Show all domains"),
)
async def list_domains(
    ctx: Context,
    owner: Annotated[UserRef | None, Field(description="Only of this owner")] = None,
    parent: Annotated[DomainRef | None, Field(description="Only those that lie in it")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[DomainSummary]:
    """List the business domains by name, each with its owner and how many assets lie in it."""
    query = select(Domain).order_by(Domain.search_name)
    if owner:
        query = query.where(Domain.owner == (await find_user(ctx.session, owner, "owner")).name)
    if parent:
        above = await find_domain(ctx.session, parent, "parent")
        query = query.where(Domain.parent_id == above.id)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page(await summarized(ctx.session, rows), total, cursor)


@operation(
    "catalog.get_domain",
    permission="catalog.read",
    examples=("Show the domain Finance", "What lies in the domain Sales?"),
)
async def get_domain(ctx: Context, domain: DomainRef) -> DomainDetail:
    """Show a business domain: its owner, the domains in it, and its sources and assets."""
    return await detailed(ctx.session, await find_domain(ctx.session, domain))


@operation(
    "catalog.create_domain",
    permission="catalog.write",
    effect=Effect.WRITE,
    examples=(
        "Create the domain Finance, owned by Dana",
        "Add a business domain called Billing within Finance",
    ),
)
async def create_domain(
    ctx: Context,
    name: Annotated[DomainName, Field(description="Its name")],
    description: Description = "",
    owner: Annotated[UserRef | None, Field(description="Who answers for it")] = None,
    parent: Annotated[DomainRef | None, Field(description="The domain that it lies in")] = None,
) -> DomainDetail:
    """Create a business domain."""
    await _free(ctx.session, name)
    above = await find_domain(ctx.session, parent, "parent") if parent else None
    domain = Domain(
        id=new_id("dom"),
        name=" ".join(name.split()),
        search_name=" ".join(name.lower().split()),
        description=description.strip() or None,
        owner=(await find_user(ctx.session, owner, "owner")).name if owner else None,
        parent_id=above.id if above else None,
        created_by=ctx.entitlements.user_name,
    )
    ctx.session.add(domain)
    await ctx.session.flush()
    return await detailed(ctx.session, domain)


@operation(
    "catalog.update_domain",
    permission="catalog.write",
    effect=Effect.WRITE,
    examples=("Make Ben the owner of the domain Finance", "Rename the domain Sales to Commerce"),
)
async def update_domain(
    ctx: Context,
    domain: DomainRef,
    name: Annotated[DomainName | None, Field(description="Its new name")] = None,
    description: Annotated[Description | None, Field(description="What belongs to it")] = None,
    owner: Annotated[
        UserRef | None, Field(description="Who answers for it; empty for nobody")
    ] = None,
    parent: Annotated[
        str | None, Field(max_length=100, description="The domain it lies in; empty for none")
    ] = None,
) -> DomainDetail:
    """Change a business domain's name, description, owner or place; the rest stays."""
    found = await find_domain(ctx.session, domain)
    if all(value is None for value in (name, description, owner, parent)):
        raise CorrectInput(
            "Nothing is given that would change.", "Give a name, description, owner or parent."
        )
    if name is not None:
        await _free(ctx.session, name, found.id)
        found.name, found.search_name = " ".join(name.split()), " ".join(name.lower().split())
    if description is not None:
        found.description = description.strip() or None
    if owner is not None:
        found.owner = (await find_user(ctx.session, owner, "owner")).name if owner.strip() else None
    if parent is not None:
        above = await find_domain(ctx.session, parent, "parent") if parent.strip() else None
        if above is not None and above.id in await with_those_below(ctx.session, found.id):
            raise CorrectInput(
                f"'{found.name}' can't lie in '{above.name}', which "
                f"{'is the same domain' if above.id == found.id else 'lies in it'}.",
                "Name a domain outside of it, or none.",
                field="parent",
            )
        found.parent_id = above.id if above else None
    await ctx.session.flush()
    return await detailed(ctx.session, found)


@operation(
    "catalog.delete_domain",
    permission="catalog.destroy",
    effect=Effect.DESTROY,
    examples=("Delete the domain Finance", "Remove the business domain Billing"),
)
async def delete_domain(ctx: Context, domain: DomainRef) -> DomainDetail:
    """Delete a business domain; its assets stay, without it. Returns what it was."""
    found = await find_domain(ctx.session, domain)
    gone = await detailed(ctx.session, found)
    if gone.domains:
        raise LookAgain(
            f"'{found.name}' holds the domains {', '.join(one.name for one in gone.domains)}.",
            "Delete or move those first (catalog.update_domain).",
            field="domain",
        )
    granted = select(func.count()).select_from(Grant).where(Grant.domain_id == found.id)
    if grants := await ctx.session.scalar(granted):
        raise LookAgain(
            f"Roles are granted on '{found.name}' ({grants}), which would reach nothing.",
            "Revoke them first (rbac.review_access shows them, rbac.revoke_grant takes one away).",
            field="domain",
        )
    for scope in await ctx.session.scalars(
        select(DomainScope).where(DomainScope.domain_id == found.id)
    ):
        await ctx.session.delete(scope)
    own = Asset.domain_own.is_(True), Asset.domain_id == found.id
    for asset in await ctx.session.scalars(select(Asset).where(*own)):
        asset.domain_id, asset.domain_own = None, False
    sources = select(Asset.source_id).where(Asset.domain_id == found.id).distinct()
    for source_id in [*{*await ctx.session.scalars(sources)}]:
        await settle(ctx.session, source_id)
    await ctx.session.flush()
    await ctx.session.delete(found)
    return gone


async def summarized(session: AsyncSession, rows: list[Domain]) -> list[DomainSummary]:
    """Domains as they stand in lists."""
    names = await domain_names(session, [row.parent_id for row in rows])
    counted = await session.execute(
        select(Asset.domain_id, func.count())
        .where(Asset.domain_id.in_([row.id for row in rows]), Asset.parent_id.is_(None))
        .group_by(Asset.domain_id)
    )
    assets = {row[0]: row[1] for row in counted}
    return [
        DomainSummary(
            id=row.id,
            name=row.name,
            description=row.description,
            owner=row.owner,
            parent=names.get(row.parent_id),
            assets=assets.get(row.id, 0),
        )
        for row in rows
    ]


async def detailed(session: AsyncSession, domain: Domain) -> DomainDetail:
    """A domain with all that lies in it."""
    (summary,) = await summarized(session, [domain])
    below = await session.scalars(
        select(Domain).where(Domain.parent_id == domain.id).order_by(Domain.search_name)
    )
    kinds = await session.execute(
        select(Asset.kind, func.count())
        .where(Asset.domain_id == domain.id)
        .group_by(Asset.kind)
        .order_by(Asset.kind)
    )
    places = await session.execute(
        select(Source.name, DomainScope.schema_name)
        .join(DomainScope, DomainScope.source_id == Source.id)
        .where(DomainScope.domain_id == domain.id)
        .order_by(Source.name, DomainScope.schema_name)
    )
    everywhere = await with_those_below(session, domain.id)
    whole = await session.scalar(
        select(func.count()).where(Asset.domain_id.in_(everywhere), Asset.parent_id.is_(None))
    )
    return DomainDetail(
        **summary.model_dump(),
        domains=await summarized(session, list(below)),
        kinds=[KindCount(kind=row[0], count=row[1]) for row in kinds],
        places=[Place(source=row[0], schema_name=row[1] or None) for row in places],
        assets_with_domains_below=whole or 0,
    )


async def _free(session: AsyncSession, name: str, own: str = "") -> None:
    taken = select(Domain.name).where(
        Domain.search_name == " ".join(name.lower().split()), Domain.id != own
    )
    if known := await session.scalar(taken):
        raise LookAgain(
            f"There is already a domain '{known}'.",
            "Update that one, or choose another name.",
            field="name",
            code="exists",
        )
