"""Listing assets and their owners, and describing one whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.belonging import find_domain, with_those_below
from tools.catalog.containers import CONTAINERS, container_summaries, containers, find_container
from tools.catalog.detail import container_detail, detail_of
from tools.catalog.filters import AssetKind, Lack, State, has_tag, holds, is_sensitive, is_so, lacks
from tools.catalog.summaries import summaries
from tools.catalog.tables import RELATIONS, Asset
from tools.catalog.types import (
    AssetDetail,
    AssetSummary,
    Owner,
    Owners,
)
from tools.classifications.labels import LabelRef
from tools.compliance.facts import Sensitivity
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.errors import ChooseAnother
from tools.operation import operation
from tools.rbac.people import find_user
from tools.values import AssetRef, Cursor, Limit, Page, offset_of, page, paged

LACKING: Mapping[Lack, str] = {
    "description": "description",
    "owner": "owner",
    "tag": "tags",
    "classification": "labels",
    "domain": "domain",
}
"""What a database or schema may lack; nothing else is kept of one."""


@operation(
    "catalog.list_assets",
    permission="catalog.read",
    examples=(
        "Which tables are in pagila?",
        "List the columns of crm.customers",
        "What does Dana own?",
        "Which tables have no description?",
        "Which tables were never profiled?",
        "Which tables are certified?",
        "Which tables hold both email and phone?",
    ),
)
async def list_assets(
    ctx: Context,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    kind: Annotated[
        AssetKind | None, Field(description="Only this kind; else tables and views")
    ] = None,
    parent: Annotated[
        str | None, Field(description="Only columns of this table, or tables of this schema")
    ] = None,
    domain: Annotated[
        str | None, Field(max_length=100, description="Only of this business domain")
    ] = None,
    tag: Annotated[str | None, Field(description="Only with this tag")] = None,
    owner: Annotated[str | None, Field(description="Only of this owner")] = None,
    without: Annotated[Lack | None, Field(description="Only where this is missing")] = None,
    having: Annotated[Lack | None, Field(description="Only where this is there")] = None,
    labels: Annotated[
        list[LabelRef] | None,
        Field(max_length=10, description="Only with columns of all of these labels"),
    ] = None,
    without_labels: Annotated[
        list[LabelRef] | None,
        Field(max_length=10, description="Only without columns of any of these labels"),
    ] = None,
    at_least: Annotated[
        Sensitivity | None,
        Field(description="Only with columns at this level of sensitivity or above"),
    ] = None,
    state: State = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[AssetSummary]:
    """List assets by kind, source, domain, tag, owner, labels, or what they have or lack.

    Tables and views, where no kind is given.
    """
    conditions: list[ColumnElement[bool]] = []
    holder = await find_source(ctx.session, source) if source else None
    owned = (await find_user(ctx.session, owner, "owner")).name if owner else None
    lies_in = await find_domain(ctx.session, domain) if domain else None
    if kind in CONTAINERS:
        places = await containers(ctx.session, holder.id if holder else None)
        chosen = [one for one in places if one.kind == kind]
        listed = [
            one
            for one in await container_summaries(ctx.session, chosen)
            if owned in (None, one.owner)
            and (tag is None or tag.lower() in one.tags)
            and (lies_in is None or lies_in.name == one.domain)
            and (without is None or (without in LACKING and not getattr(one, LACKING[without])))
            and (having is None or (having in LACKING and getattr(one, LACKING[having])))
            and not (labels or at_least or state)
        ]
        start = offset_of(cursor)
        return page(listed[start : start + limit], len(listed), cursor)
    if holder:
        conditions.append(Asset.source_id == holder.id)
    if parent:
        conditions += await _within(ctx.session, parent)
    if lies_in:
        conditions.append(Asset.domain_id.in_(await with_those_below(ctx.session, lies_in.id)))
    if kind:
        conditions.append(Asset.kind == kind)
    elif owner or domain:
        conditions.append(Asset.kind != "column")
    elif not parent and not tag:
        conditions.append(Asset.kind.in_(RELATIONS))
    if owner:
        conditions.append(Asset.owner == owned)
    if tag:
        conditions.append(has_tag(tag))
    if without:
        conditions.append(lacks(without))
    if having:
        conditions.append(not_(lacks(having)))
    conditions += await holds(ctx.session, labels or ())
    conditions += [not_(one) for one in await holds(ctx.session, without_labels or ())]
    conditions += is_sensitive(at_least)
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
    """Describe an asset: columns, keys, labels, owner, tags, description, rows, members."""
    try:
        found = await find_asset(ctx.session, asset)
    except ChooseAnother:
        if container := await find_container(ctx.session, asset):
            return await container_detail(ctx.session, container)
        raise
    return await detail_of(ctx.session, found)


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


async def _within(session: AsyncSession, parent: str) -> tuple[ColumnElement[bool], ...]:
    """What chooses a table's columns, or the tables of a database or schema."""
    try:
        return (Asset.parent_id == (await find_asset(session, parent, "parent")).id,)
    except ChooseAnother:
        if container := await find_container(session, parent):
            return container.holds()
        raise
