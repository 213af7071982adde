"""How the quality checks of a table stand: each with its latest result, and where they go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from tools.catalog.tables import QualityCheck, QualityResult
from tools.catalog.types import QualityOutcome, QualityPoint

RUNS = 30
Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])


def with_latest(query: Query) -> Query:
    """A query of checks, each beside its latest result, if it has any."""
    newer = aliased(QualityResult)
    latest = select(func.max(newer.at)).where(newer.check_id == QualityCheck.id).scalar_subquery()
    return query.select_from(QualityCheck).outerjoin(
        QualityResult,
        (QualityResult.check_id == QualityCheck.id) & (QualityResult.at == latest),
    )


async def standing(
    session: AsyncSession, asset_id: str, column_id: str | None = None
) -> list[tuple[QualityCheck, QualityResult | None]]:
    """A table's checks, or only those of one of its columns, by name, with their latest results."""
    rows = await session.execute(
        with_latest(select(QualityCheck, QualityResult))
        .where(
            QualityCheck.asset_id == asset_id,
            *([QualityCheck.column_id == column_id] if column_id else []),
        )
        .order_by(QualityCheck.name)
    )
    return [(row[0], row[1]) for row in rows]


def trend_of(history: Sequence[QualityOutcome]) -> Literal["better", "worse", "same", "unknown"]:
    """Whether fewer rows fail than in the run before; `history` is newest first."""
    shares = [
        one.failed_share if one.failed_share is not None else float(one.status == "failed")
        for one in history
        if one.status != "error"
    ]
    if len(shares) < 2:
        return "unknown"
    now, before = shares[:2]
    return "same" if now == before else "better" if now < before else "worse"


async def failing_since(session: AsyncSession, check_id: str) -> datetime | None:
    """The first of a check's failures that have no success after them."""
    of_it = QualityResult.check_id == check_id
    passed = select(func.max(QualityResult.at)).where(of_it, QualityResult.status == "passed")
    last = await session.scalar(passed)
    later = [QualityResult.at > last] if last is not None else []
    since = select(func.min(QualityResult.at)).where(
        of_it, QualityResult.status == "failed", *later
    )
    found: datetime | None = await session.scalar(since)
    return found


async def points(session: AsyncSession, check_ids: Sequence[str]) -> list[QualityPoint]:
    """How these checks came out in each of the latest runs, newest first."""
    rows = await session.execute(
        select(QualityResult.at, QualityResult.status, func.count())
        .where(
            QualityResult.check_id.in_(check_ids),
            QualityResult.at.in_(
                select(QualityResult.at)
                .where(QualityResult.check_id.in_(check_ids))
                .group_by(QualityResult.at)
                .order_by(QualityResult.at.desc())
                .limit(RUNS)
            ),
        )
        .group_by(QualityResult.at, QualityResult.status)
    )
    counted: dict[datetime, dict[str, int]] = {}
    for at, status, count in rows:
        counted.setdefault(at, {})[status] = count
    return [
        QualityPoint(
            at=at,
            passed=found.get("passed", 0),
            failed=found.get("failed", 0),
            errors=found.get("error", 0),
        )
        for at, found in sorted(counted.items(), reverse=True)
    ]
