"""The operations of the catalog."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, String, and_, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset, search_name
from tools.catalog.belonging import domain_names
from tools.catalog.pipelines import count_runs, runs_of
from tools.catalog.tables import RELATIONS, Asset, LineageEdge
from tools.catalog.types import (
    AssetDetail,
    AssetSummary,
    KeyReference,
    Owner,
    Owners,
    SearchHit,
)
from tools.classifications.tables import Classification
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.errors import CorrectInput
from tools.lookup import look_up
from tools.operation import Effect, operation
from tools.rbac.people import find_user
from tools.values import AssetRef, Cursor, Limit, Page, UserRef, page, paged

AssetKind = Literal["table", "view", "column", "pipeline"]
Tag = Annotated[
    str, Field(pattern=r"^[\w][\w .:/-]{0,59}$", description="A tag, such as pii or certified")
]
Lack = Literal["description", "owner", "classification", "tag"]
State = Annotated[
    Literal["certified", "deprecated"] | None, Field(description="Only those that are so")
]


async def labels_of(session: AsyncSession, ids: Iterable[str]) -> dict[str, list[str]]:
    """The labels that these columns carry, rejected ones left out."""
    found: dict[str, list[str]] = defaultdict(list)
    listed = list(ids)
    for start in range(0, len(listed), 400):
        for row in await session.execute(
            select(Classification.asset_id, Classification.label)
            .where(
                Classification.asset_id.in_(listed[start : start + 400]),
                Classification.status != "rejected",
            )
            .order_by(Classification.score.desc())
        ):
            found[row.asset_id].append(row.label)
    return found


async def summaries(session: AsyncSession, assets: Iterable[Asset]) -> list[AssetSummary]:
    """Assets as they stand in lists, with their labels."""
    listed = list(assets)
    labels = await labels_of(session, [asset.id for asset in listed])
    domains = await domain_names(session, [asset.domain_id for asset in listed])
    return [
        AssetSummary.model_validate(asset).model_copy(
            update={"labels": labels[asset.id], "domain": domains.get(asset.domain_id)}
        )
        for asset in listed
    ]


@operation(
    "catalog.search_assets",
    permission="catalog.read",
    examples=(
        "Find tables about customers",
        "Search for revenue",
        "Which datasets are about rentals?",
    ),
)
async def search_assets(
    ctx: Context,
    query: Annotated[str, Field(min_length=1, max_length=500, description="Words to look for")],
    kind: Annotated[AssetKind | None, Field(description="Only assets of this kind")] = None,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    state: State = None,
    limit: Annotated[int, Field(ge=1, le=50, description="How many, 1 to 50")] = 10,
) -> Page[SearchHit]:
    """Search the catalog's tables, views, columns and pipelines by words and by meaning."""
    only = await find_source(ctx.session, source) if source else None
    visible = frozenset([only.id]) if only else ctx.decision.sources
    passages = await look_up(ctx.services.index, query, visible, 50, {"asset"})
    scores = {passage.document.id: passage.score for passage in passages}
    wanted = search_name(query)
    named = or_(Asset.search_name == wanted, Asset.search_name.like(f"%.{wanted}"))
    found = {
        asset.id: asset
        for asset in await ctx.session.scalars(
            select(Asset).where(
                or_(Asset.id.in_(scores), named),
                *([Asset.kind == kind] if kind else []),
                *([Asset.source_id == only.id] if only else []),
                *_is(state),
            )
        )
    }
    if kind == "column":
        parents = await ctx.session.scalars(
            select(Asset).where(
                Asset.parent_id.in_(scores),
                *(Asset.name.ilike(f"%{word}%") for word in wanted.split()[:1]),
                *_is(state),
            )
        )
        found |= {column.id: column for column in parents}
    ranked = sorted(
        found.values(),
        key=lambda asset: (
            -scores.get(asset.id, 1.0 if asset.id not in scores else 0.0),
            asset.qualified_name,
        ),
    )
    hits = [
        SearchHit(**summary.model_dump(), score=round(scores.get(summary.id, 1.0), 4))
        for summary in await summaries(ctx.session, ranked[:limit])
    ]
    return page(hits, len(ranked), None)


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
        conditions.append(_has_tag(tag))
    if without:
        conditions.append(_lacks(without))
    conditions += _is(state)
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


@operation(
    "catalog.describe_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Describe film as 'Every film that we rent out'", "Set the description of staff"),
)
async def describe_asset(
    ctx: Context,
    asset: AssetRef,
    description: Annotated[
        str, Field(min_length=1, max_length=4000, description="What the asset is, in words")
    ],
) -> AssetSummary:
    """Give an asset its description."""
    found = await find_asset(ctx.session, asset)
    found.description = description.strip()
    return (await summaries(ctx.session, [found]))[0]


@operation(
    "catalog.set_owner",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Make Dana the owner of crm.customers", "Set the owner of film to ben"),
)
async def set_owner(
    ctx: Context,
    asset: AssetRef,
    owner: UserRef,
) -> AssetSummary:
    """Make a person the owner of an asset."""
    found = await find_asset(ctx.session, asset)
    found.owner = (await find_user(ctx.session, owner)).name
    return (await summaries(ctx.session, [found]))[0]


@operation(
    "catalog.tag_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Tag customer.email as pii", "Add the tag finance to invoices"),
)
async def tag_asset(ctx: Context, asset: AssetRef, tag: Tag) -> AssetSummary:
    """Put a tag on an asset."""
    found = await find_asset(ctx.session, asset)
    if tag.lower() not in found.tags:
        found.tags = sorted([*found.tags, tag.lower()])
    return (await summaries(ctx.session, [found]))[0]


@operation(
    "catalog.untag_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Remove the tag finance from invoices", "Untag customer.email"),
)
async def untag_asset(ctx: Context, asset: AssetRef, tag: Tag) -> AssetSummary:
    """Take a tag off an asset."""
    found = await find_asset(ctx.session, asset)
    if tag.lower() not in found.tags:
        raise CorrectInput(
            f"'{found.qualified_name}' has no tag '{tag}'.",
            f"It has: {', '.join(found.tags) or 'none'}.",
            field="tag",
        )
    found.tags = [one for one in found.tags if one != tag.lower()]
    return (await summaries(ctx.session, [found]))[0]


def _has_tag(tag: str) -> ColumnElement[bool]:
    written = cast(Asset.tags, String)
    # As JSON text: with letters beyond ASCII as they are, or escaped
    forms = {json.dumps(tag.lower(), ensure_ascii=plain) for plain in (True, False)}
    return or_(*(written.contains(form, autoescape=True) for form in sorted(forms)))


def _is(state: str | None) -> list[ColumnElement[bool]]:
    if state is None:
        return []
    of = Asset.certification if state == "certified" else Asset.deprecated_at
    return [of.is_not(None)]


def _lacks(what: Lack) -> ColumnElement[bool]:
    if what == "description":
        return and_(Asset.description.is_(None), Asset.comment.is_(None))
    if what == "owner":
        return Asset.owner.is_(None)
    if what == "tag":
        return cast(Asset.tags, String) == "[]"
    classified = select(Classification.asset_id).where(Classification.status != "rejected")
    return Asset.id.not_in(classified)


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
