"""Listing assets and their owners, and describing one whole."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.filters import AssetKind, Lack, State, has_tag, is_so, lacks
from tools.catalog.pipelines import count_runs, runs_of
from tools.catalog.summaries import summaries
from tools.catalog.tables import RELATIONS, Asset, LineageEdge
from tools.catalog.types import (
    AssetDetail,
    AssetSummary,
    KeyReference,
    Owner,
    Owners,
)
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.operation import operation
from tools.rbac.people import find_user
from tools.values import AssetRef, Cursor, Limit, Page, page, paged


@operation(
    "catalog.list_assets",
    permission="catalog.read",
    examples=(
        "Which tables are in pagila?",
        "List the columns of crm.customers",
        "What does Dana own?",
        "Which tables have no description?",
        "Which tables are certified?",
    ),
)
async def list_assets(
    ctx: Context,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    kind: Annotated[AssetKind | None, Field(description="table, view, column or pipeline")] = None,
    parent: Annotated[str | None, Field(description="Only columns of this table")] = None,
    tag: Annotated[str | None, Field(description="Only with this tag")] = None,
    owner: Annotated[str | None, Field(description="Only of this owner")] = None,
    without: Annotated[Lack | None, Field(description="Only where this is missing")] = None,
    state: State = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[AssetSummary]:
    """List assets: tables and views, or columns, by source, tag, owner, or what they lack."""
    conditions: list[ColumnElement[bool]] = []
    if source:
        conditions.append(Asset.source_id == (await find_source(ctx.session, source)).id)
    if parent:
        conditions.append(Asset.parent_id == (await find_asset(ctx.session, parent)).id)
    if kind:
        conditions.append(Asset.kind == kind)
    elif not parent and not tag:
        conditions.append(Asset.kind.in_(RELATIONS))
    if owner:
        conditions.append(Asset.owner == (await find_user(ctx.session, owner)).name)
    if tag:
        conditions.append(has_tag(tag))
    if without:
        conditions.append(lacks(without))
    conditions += is_so(state)
    query = select(Asset).where(*conditions).order_by(Asset.qualified_name)
    if parent:
        query = query.order_by(None).order_by(Asset.position)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page(await summaries(ctx.session, rows), total, cursor)


@operation(
    "catalog.get_asset",
    permission="catalog.read",
    target="asset",
    examples=("Describe crm.customers", "What is in the table film?", "Which fields has staff?"),
)
async def get_asset(ctx: Context, asset: AssetRef) -> AssetDetail:
    """Describe an asset: columns, keys, labels, owner, tags, description, rows."""
    found = await find_asset(ctx.session, asset)
    (summary,) = await summaries(ctx.session, [found])
    detail = AssetDetail(
        **summary.model_dump(),
        nullable=found.nullable,
        key_position=found.key_position,
        view_sql=found.view_sql,
        size_bytes=found.size_bytes,
        certification_reason=found.certification_reason,
        certified_by=found.certified_by,
        certified_at=found.certified_at,
        deprecation_reason=found.deprecation_reason,
        sunset_on=found.sunset_on,
        successor=found.successor,
    )
    if found.kind == "column":
        parent = await ctx.session.get(Asset, found.parent_id)
        if detail.owner is None and parent is not None:
            detail.owner, detail.owner_inherited = parent.owner, parent.owner is not None
    elif found.kind == "pipeline":
        detail.runs = await runs_of(ctx.session, found.id)
        detail.runs_total = await count_runs(ctx.session, found.id)
    else:
        columns = list(
            await ctx.session.scalars(
                select(Asset).where(Asset.parent_id == found.id).order_by(Asset.position)
            )
        )
        detail.columns = await summaries(ctx.session, columns)
        keys = sorted((c for c in columns if c.key_position), key=lambda c: c.key_position or 0)
        detail.primary_key = [column.name for column in keys]
    detail.foreign_keys, detail.referred_by = await _keys(ctx.session, found)
    return detail


@operation(
    "catalog.list_owners",
    permission="catalog.read",
    examples=("Who owns crm.customers?", "Who owns what?", "Whose table is film?"),
)
async def list_owners(
    ctx: Context,
    asset: Annotated[str | None, Field(description="Only the owner of this asset")] = None,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
) -> Owners:
    """Say who owns an asset, or who owns what, and how many tables nobody owns."""
    conditions: list[ColumnElement[bool]] = [Asset.kind.in_(RELATIONS)]
    named = None
    if asset:
        found = await find_asset(ctx.session, asset)
        named = found.qualified_name
        ids = [found.id, found.parent_id] if found.owner is None else [found.id]
        conditions = [Asset.id.in_([one for one in ids if one])]
    elif source:
        conditions.append(Asset.source_id == (await find_source(ctx.session, source)).id)
    owned: dict[str, list[str]] = defaultdict(list)
    unowned = 0
    for row in await ctx.session.execute(
        select(Asset.owner, Asset.qualified_name).where(*conditions).order_by(Asset.qualified_name)
    ):
        if row.owner is None:
            unowned += 1
        else:
            owned[row.owner].append(row.qualified_name)
    return Owners(
        items=[
            Owner(owner=owner, assets=len(names), examples=names[:5])
            for owner, names in sorted(owned.items(), key=lambda entry: (-len(entry[1]), entry[0]))
        ],
        unowned_tables=unowned,
        asset=named,
    )


async def _keys(session: AsyncSession, asset: Asset) -> tuple[list[KeyReference], list[str]]:
    own = Asset.id == asset.id if asset.kind == "column" else Asset.parent_id == asset.id
    columns = {row.id: row.name for row in await session.scalars(select(Asset).where(own))}
    target = select(LineageEdge.downstream_id, Asset.qualified_name).join(
        Asset, Asset.id == LineageEdge.upstream_id
    )
    references = [
        KeyReference(column=columns[row.downstream_id], refers_to=row.qualified_name)
        for row in await session.execute(
            target.where(
                LineageEdge.downstream_id.in_(columns), LineageEdge.kind == "foreign_key"
            ).order_by(Asset.qualified_name)
        )
    ]
    referring = await session.scalars(
        select(Asset.qualified_name)
        .join(LineageEdge, LineageEdge.downstream_id == Asset.id)
        .where(LineageEdge.upstream_id.in_(columns), LineageEdge.kind == "foreign_key")
        .order_by(Asset.qualified_name)
    )
    return references, list(referring)
