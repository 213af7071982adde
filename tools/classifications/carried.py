"""Suggestions carried along lineage: they go with the label that they came from."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.classifications.lessons import LINEAGE
from tools.classifications.tables import Classification


async def withdraw_carried(
    session: AsyncSession, origins: Collection[str]
) -> list[tuple[Classification, Asset]]:
    """Delete what was carried from these columns of labels that they don't carry any more."""
    rows = await session.scalars(select(Classification).where(Classification.asset_id.in_(origins)))
    in_force = {(row.asset_id, row.label) for row in rows if row.status != "rejected"}
    carried = await session.execute(
        select(Classification, Asset)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(Classification.status == "suggested", Classification.set_by == LINEAGE)
        .order_by(Asset.qualified_name, Classification.label)
    )
    gone = [
        (row, column)
        for row, column in carried.all()
        if row.evidence["origin"] in origins and (row.evidence["origin"], row.label) not in in_force
    ]
    for row, _column in gone:
        await session.delete(row)
    return gone
