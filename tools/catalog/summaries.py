"""Assets as they stand in lists, with what other tables know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.belonging import domain_names
from tools.catalog.tables import FLOWS, Asset, LineageEdge
from tools.catalog.types import AssetSummary
from tools.classifications.tables import Classification

AT_ONCE = 400


async def labels_of(session: AsyncSession, ids: Iterable[str]) -> dict[str, list[str]]:
    """The labels that these columns carry, rejected ones left out."""
    found: dict[str, list[str]] = defaultdict(list)
    listed = list(ids)
    for start in range(0, len(listed), AT_ONCE):
        for row in await session.execute(
            select(Classification.asset_id, Classification.label)
            .where(
                Classification.asset_id.in_(listed[start : start + AT_ONCE]),
                Classification.status != "rejected",
            )
            .order_by(Classification.score.desc())
        ):
            found[row.asset_id].append(row.label)
    return found


async def dependents_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, int]:
    """How many assets are made of each directly."""
    counted: dict[str, int] = defaultdict(int)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        rows = await session.execute(
            select(LineageEdge.upstream_id, func.count(LineageEdge.downstream_id.distinct()))
            .where(LineageEdge.upstream_id.in_(part), LineageEdge.kind.in_(FLOWS))
            .group_by(LineageEdge.upstream_id)
        )
        counted.update({row[0]: row[1] for row in rows})
    return counted


async def summaries(session: AsyncSession, assets: Iterable[Asset]) -> list[AssetSummary]:
    """Assets as they stand in lists, with their labels and how many are made of them."""
    listed = list(assets)
    dependents = await dependents_of(session, [asset.id for asset in listed])
    labels = await labels_of(session, [asset.id for asset in listed])
    domains = await domain_names(session, [asset.domain_id for asset in listed])
    return [
        AssetSummary.model_validate(asset).model_copy(
            update={
                "labels": labels[asset.id],
                "domain": domains.get(asset.domain_id),
                "dependents": dependents[asset.id],
            }
        )
        for asset in listed
    ]
