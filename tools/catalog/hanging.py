"""What hangs on assets in the catalog, and goes with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.glossary_tables import TermLink
from tools.catalog.tables import (
    AssetProfile,
    LineageEdge,
    LineageEvent,
    QualityCheck,
    QualityResult,
)
from tools.classifications.tables import WithheldLabel


async def hanging_on(session: AsyncSession, ids: Sequence[str]) -> list[Any]:
    """Edges from and to these assets, quality checks with results, profiles, labels and terms.

    Of pipelines also their events, and the edges that these are the evidence of.
    """
    events = select(LineageEvent.id).where(LineageEvent.pipeline_id.in_(ids))
    edges = select(LineageEdge).where(
        or_(
            LineageEdge.upstream_id.in_(ids),
            LineageEdge.downstream_id.in_(ids),
            LineageEdge.event_id.in_(events),
        )
    )
    on = or_(QualityCheck.asset_id.in_(ids), QualityCheck.column_id.in_(ids))
    checks = select(QualityCheck.id).where(on)
    queries: tuple[Select[Any], ...] = (
        edges,
        select(LineageEvent).where(LineageEvent.pipeline_id.in_(ids)),
        select(QualityResult).where(QualityResult.check_id.in_(checks)),
        select(QualityCheck).where(on),
        select(AssetProfile).where(AssetProfile.asset_id.in_(ids)),
        select(WithheldLabel).where(WithheldLabel.asset_id.in_(ids)),
        select(TermLink).where(TermLink.asset_id.in_(ids)),
    )
    return [row for query in queries for row in await session.scalars(query)]
