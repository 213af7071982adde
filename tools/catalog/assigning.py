"""Putting assets, and whole sources or schemas, into business domains."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.belonging import domain_names, find_domain, settle
from tools.catalog.domain_tables import WHOLE, DomainScope
from tools.catalog.domain_types import Belonging
from tools.catalog.tables import RELATIONS, Asset
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.errors import ChooseAnother, CorrectInput, nearest
from tools.operation import Effect, operation
from tools.values import AssetRef, SourceRef

DomainOrNone = Annotated[
    str | None,
    Field(min_length=1, max_length=100, description="The domain's name or id; none to take it out"),
]


@operation(
    "catalog.set_domain",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=(
        "Put crm.customers into the domain Sales",
        "Set the domain of film to Entertainment",
        "Take payment out of its domain",
    ),
)
async def set_domain(ctx: Context, asset: AssetRef, domain: DomainOrNone = None) -> Belonging:
    """Put an asset with its columns into a business domain, or out of the one it was given.

    Without a domain of its own it lies in its schema's or source's.
    """
    found = await find_asset(ctx.session, asset)
    if found.parent_id is not None:
        table = found.qualified_name.rpartition(".")[0]
        raise CorrectInput(
            f"'{found.qualified_name}' is a column, which lies in its table's domain.",
            f"Set the domain of {table}.",
            field="asset",
        )
    wanted = await find_domain(ctx.session, domain) if domain else None
    was = found.domain_id
    found.domain_id = wanted.id if wanted else None
    found.domain_own = wanted is not None
    _, columns = await settle(ctx.session, found.source_id)
    names = await domain_names(ctx.session, [found.domain_id])
    return Belonging(
        place=found.qualified_name,
        domain_id=found.domain_id,
        domain=names.get(found.domain_id),
        inherited=found.domain_id is not None and not found.domain_own,
        assets=int(found.domain_id != was),
        columns=columns,
    )


@operation(
    "catalog.set_source_domain",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="source",
    examples=(
        "Put the whole source crm into the domain Sales",
        "Set the domain of all tables of pagila to Entertainment",
    ),
)
async def set_source_domain(
    ctx: Context,
    source: SourceRef,
    domain: DomainOrNone = None,
    schema_name: Annotated[
        str | None, Field(min_length=1, max_length=200, description="Only this schema of it")
    ] = None,
) -> Belonging:
    """Put a source, or one schema, into a business domain: all its assets, and those to come.

    Assets that were given a domain of their own keep it; so do schemas when a source is set.
    """
    found = await find_source(ctx.session, source)
    name = await _schema(ctx.session, found.id, schema_name) if schema_name else WHOLE
    wanted = await find_domain(ctx.session, domain) if domain else None
    scope = await ctx.session.get(DomainScope, (found.id, name))
    if wanted is None and scope is not None:
        await ctx.session.delete(scope)
    elif wanted is not None and scope is not None:
        scope.domain_id = wanted.id
    elif wanted is not None:
        ctx.session.add(DomainScope(source_id=found.id, schema_name=name, domain_id=wanted.id))
    assets, columns = await settle(ctx.session, found.id)
    within = [Asset.schema_name == name, Asset.kind.in_(RELATIONS)] if name else []
    own = await ctx.session.scalar(
        select(func.count()).where(Asset.source_id == found.id, Asset.domain_own.is_(True), *within)
    )
    return Belonging(
        place=f"{found.name}.{name}" if name else found.name,
        domain_id=wanted.id if wanted else None,
        domain=wanted.name if wanted else None,
        assets=assets,
        columns=columns,
        keep_their_own=own or 0,
    )


async def _schema(session: AsyncSession, source_id: str, name: str) -> str:
    names = {
        one.lower(): one
        for one in await session.scalars(
            select(Asset.schema_name)
            .where(
                Asset.source_id == source_id,
                Asset.kind.in_(RELATIONS),
                Asset.schema_name.is_not(None),
            )
            .distinct()
        )
        if one
    }
    if name.strip().lower() not in names:
        raise ChooseAnother(
            f"There is no schema '{name}' in this source.",
            nearest(name, sorted(names.values()))
            if names
            else "Its tables have no schema; leave it out for the whole source.",
            field="schema_name",
        )
    return names[name.strip().lower()]
