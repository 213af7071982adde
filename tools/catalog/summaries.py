"""Assets as they stand in lists, with what other tables know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.belonging import domain_names
from tools.catalog.tables import Asset
from tools.catalog.types import AssetSummary
from tools.classifications.tables import Classification


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
