"""How the quality checks of a table stand: each with its latest result."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from tools.catalog.tables import QualityCheck, QualityResult


async def standing(
    session: AsyncSession, asset_id: str, column_id: str | None = None
) -> list[tuple[QualityCheck, QualityResult | None]]:
    """A table's checks, or only those of one of its columns, by name, with their latest results."""
    newer = aliased(QualityResult)
    latest = select(func.max(newer.at)).where(newer.check_id == QualityCheck.id).scalar_subquery()
    rows = await session.execute(
        select(QualityCheck, QualityResult)
        .outerjoin(
            QualityResult,
            (QualityResult.check_id == QualityCheck.id) & (QualityResult.at == latest),
        )
        .where(
            QualityCheck.asset_id == asset_id,
            *([QualityCheck.column_id == column_id] if column_id else []),
        )
        .order_by(QualityCheck.name)
    )
    return [(row[0], row[1]) for row in rows]
