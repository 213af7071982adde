"""An asset in full, as it is described."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.containers import Container, container_summaries
from tools.catalog.pipelines import count_runs, runs_of
from tools.catalog.summaries import summaries
from tools.catalog.tables import FLOWS, REGISTERED, Asset, LineageEdge
from tools.catalog.types import AssetDetail, AssetSummary, KeyReference
from tools.values import paged

SHOWN = 200


async def detail_of(session: AsyncSession, found: Asset) -> AssetDetail:
    """All that is known of an asset itself."""
    (summary,) = await summaries(session, [found])
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
        url=found.url,
        formula=found.formula,
    )
    if found.kind == "column":
        parent = await session.get(Asset, found.parent_id)
        if detail.owner is None and parent is not None:
            detail.owner, detail.owner_inherited = parent.owner, parent.owner is not None
    elif found.kind in REGISTERED:
        detail.made_of, detail.made_of_total = await _next_to(session, found, "upstream_id")
        detail.feeds, detail.feeds_total = await _next_to(session, found, "downstream_id")
        detail.runs = await runs_of(session, found.id)
        detail.runs_total = await count_runs(session, found.id)
    else:
        columns = list(
            await session.scalars(
                select(Asset).where(Asset.parent_id == found.id).order_by(Asset.position)
            )
        )
        detail.columns = await summaries(session, columns)
        keys = sorted((c for c in columns if c.key_position), key=lambda c: c.key_position or 0)
        detail.primary_key = [column.name for column in keys]
    detail.foreign_keys, detail.referred_by = await _keys(session, found)
    return detail


async def container_detail(session: AsyncSession, found: Container) -> AssetDetail:
    """A database or schema, with its tables."""
    (summary,) = await container_summaries(session, [found])
    tables = select(Asset).where(*found.holds()).order_by(Asset.qualified_name)
    rows, total = await paged(session, tables, SHOWN, None)
    return AssetDetail(
        **summary.model_dump(), made_of=await summaries(session, rows), made_of_total=total
    )


async def _next_to(session: AsyncSession, asset: Asset, end: str) -> tuple[list[AssetSummary], int]:
    """What flows directly into an asset (`upstream_id`), or out of it, and how much it is."""
    here = "downstream_id" if end == "upstream_id" else "upstream_id"
    ids: Any = select(getattr(LineageEdge, end)).where(
        getattr(LineageEdge, here) == asset.id, LineageEdge.kind.in_(FLOWS)
    )
    query = select(Asset).where(Asset.id.in_(ids)).order_by(Asset.qualified_name)
    rows, total = await paged(session, query, SHOWN, None)
    return await summaries(session, rows), total


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
