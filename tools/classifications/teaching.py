"""What decisions have effected: the labels withheld and suggested because of them. Only reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, String, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.classifications.lessons import TAUGHT, lesson
from tools.classifications.likeness import family, trait
from tools.classifications.tables import Classification, WithheldLabel
from tools.classifications.types import LessonDetail, Withheld
from tools.data_sources.tables import Source

SHOWN = 20


async def taught_by(session: AsyncSession, rows: Sequence[Classification]) -> list[LessonDetail]:
    """Decisions as lessons, each with where it took effect."""
    sources = {one.id: one.name for one in await session.scalars(select(Source))}
    assets = {
        one.id: one
        for one in await session.scalars(
            select(Asset).where(Asset.id.in_({row.asset_id for row in rows}))
        )
    }
    lessons = [lesson(row, assets[row.asset_id], sources[row.source_id]) for row in rows]
    families = {one.trait.family for one in lessons}
    places: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    columns = select(Asset).where(
        Asset.kind == "column",
        Asset.source_id.in_([id_ for id_, name in sources.items() if family(name) in families]),
    )
    for one in await session.scalars(columns):
        here = trait(sources[one.source_id], one.name, one.coarse_type, ())
        places[here.place].add(one.id)
    withheld = await _withheld_by(session, [one.decision_id for one in lessons])
    suggested = await _suggested_by(session, [one.decision_id for one in lessons])
    return [
        LessonDetail(
            id=one.decision_id,
            asset_id=one.asset_id,
            column=one.column,
            label=one.label,
            verdict=one.verdict,
            by=one.by,
            at=one.at,
            family=one.trait.family,
            like=len(places[one.trait.place] - {one.asset_id}),
            withheld_from=withheld[one.decision_id][:SHOWN],
            suggested_on=suggested[one.decision_id][:SHOWN],
        )
        for one in lessons
    ]


async def withheld_from(session: AsyncSession, asset: Asset) -> list[Withheld]:
    """The labels that decisions, which still stand, withhold from a column or a table's columns."""
    return await _withheld(session, or_(Asset.id == asset.id, Asset.parent_id == asset.id))


async def _withheld(session: AsyncSession, where: ColumnElement[bool]) -> list[Withheld]:
    rows = await session.execute(
        select(WithheldLabel, Asset.qualified_name)
        .join(Asset, Asset.id == WithheldLabel.asset_id)
        .join(Classification, Classification.id == WithheldLabel.decision_id)
        .where(where, Classification.status == "rejected")
        .order_by(Asset.qualified_name, WithheldLabel.label)
        .limit(500)
    )
    return [
        Withheld(
            column=name,
            label=row.label,
            score=round(row.score, 3),
            decision_id=row.decision_id,
            explanation=row.explanation,
        )
        for row, name in rows
    ]


async def _withheld_by(session: AsyncSession, ids: Iterable[str]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in await _withheld(session, WithheldLabel.decision_id.in_(list(ids))):
        found[one.decision_id].append(one.column)
    return found


async def _suggested_by(session: AsyncSession, ids: Iterable[str]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    wanted = set(ids)
    rows = await session.execute(
        select(Classification, Asset.qualified_name)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(
            Classification.status == "suggested",
            cast(Classification.evidence, String).like(f'%"detector": "{TAUGHT}%'),
        )
        .order_by(Asset.qualified_name)
    )
    for row, name in rows:
        decision = str(row.evidence.get("detector", "")).removeprefix(TAUGHT)
        if decision in wanted:
            found[decision].append(name)
    return found
