"""The operations that look at labels on columns: listed, explained, summed up."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field
from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import Asset
from tools.classifications.labels import find_label, find_label_group, with_descendants
from tools.classifications.tables import Classification, Label
from tools.classifications.teaching import withheld_from
from tools.classifications.types import (
    ClassifiedColumn,
    Explanation,
    Explanations,
    LabelCount,
    LevelCount,
    SensitivitySummary,
)
from tools.compliance.coverage import covered_labels
from tools.compliance.facts import LabelStatus, Sensitivity
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.operation import operation
from tools.values import AssetRef, Cursor, Limit, Page, page, paged


@operation(
    "classifications.list_classified_columns",
    permission="classifications.read",
    examples=(
        "Which columns hold personal data?",
        "Where do we keep phone numbers?",
        "What card data is in the shop?",
        "Which sensitive columns does no rule cover?",
    ),
)
async def list_classified_columns(
    ctx: Context,
    label: Annotated[
        str | None, Field(description="Only this label, such as email, or one below it")
    ] = None,
    category: Annotated[
        str | None,
        Field(description="Only this category: personal, payment, health, special, credentials, …"),
    ] = None,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    asset: Annotated[str | None, Field(description="Only of this table")] = None,
    sensitivity: Annotated[
        Sensitivity | None, Field(description="Only at this level of sensitivity")
    ] = None,
    at_least: Annotated[
        Sensitivity | None, Field(description="Only at this level of sensitivity or above")
    ] = None,
    status: Annotated[LabelStatus | None, Field(description="Only in this status")] = None,
    uncovered: Annotated[
        bool, Field(description="Only those that no compliance rule covers")
    ] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ClassifiedColumn]:
    """List the columns that carry labels, such as personal data, card data or health data."""
    query = _classified().order_by(Asset.qualified_name, Classification.label)
    if status:
        query = query.where(Classification.status == status)
    else:
        query = query.where(Classification.status != "rejected")
    if label:
        wanted = await with_descendants(ctx.session, await find_label(ctx.session, label))
        query = query.where(Label.id.in_(wanted))
    if category:
        query = query.where(_in_category(category))
    if sensitivity:
        query = query.where(Label.sensitivity == sensitivity)
    if at_least:
        levels = get_args(Sensitivity)
        query = query.where(Label.sensitivity.in_(levels[levels.index(at_least) :]))
    if source:
        query = query.where(Asset.source_id == (await find_source(ctx.session, source)).id)
    if asset:
        found = await find_asset(ctx.session, asset)
        query = query.where(or_(Asset.id == found.id, Asset.parent_id == found.id))
    covered = await covered_labels(ctx.session)
    if uncovered:
        query = query.where(Label.id.not_in(covered))
    rows, total = await paged(ctx.session, query, limit, cursor)
    details = await _details(ctx.session, rows)
    return page(
        [
            ClassifiedColumn(
                id=row.id,
                asset_id=row.asset_id,
                column=details[row.id][0],
                label=row.label,
                category=details[row.id][1].category,
                sensitivity=details[row.id][1].sensitivity,
                regulations=details[row.id][1].regulations,
                status=row.status,
                score=round(row.score, 3),
                covered=row.label in covered,
            )
            for row in rows
        ],
        total,
        cursor,
    )


@operation(
    "classifications.get_asset_classification",
    permission="classifications.read",
    target="asset",
    examples=("How is crm.customers classified?", "Is customer.email sensitive?"),
)
async def get_asset_classification(ctx: Context, asset: AssetRef) -> Page[ClassifiedColumn]:
    """Show which labels a table's columns, or a column, carry."""
    found = await find_asset(ctx.session, asset)
    return await list_classified_columns(ctx, asset=found.id, limit=500)


@operation(
    "classifications.explain_classification",
    permission="classifications.read",
    target="asset",
    examples=("Why is customer.email classified as e-mail?", "Explain the label of staff.password"),
)
async def explain_classification(
    ctx: Context,
    asset: AssetRef,
    label: Annotated[str | None, Field(description="Only this label")] = None,
) -> Explanations:
    """Explain a classification: which detector, how many values matched, samples masked.

    Also says which labels are withheld because of a decision on a like column.
    """
    found = await find_asset(ctx.session, asset)
    query = (
        _classified()
        .where(or_(Asset.id == found.id, Asset.parent_id == found.id))
        .order_by(Asset.qualified_name, Classification.score.desc())
        .limit(50)
    )
    if label:
        query = query.where(Label.id == (await find_label(ctx.session, label)).id)
    rows = list(await ctx.session.scalars(query))
    details = await _details(ctx.session, rows)
    return Explanations(
        asset=found.qualified_name,
        withheld=await withheld_from(ctx.session, found),
        items=[
            Explanation(
                asset_id=row.asset_id,
                column=details[row.id][0],
                label=row.label,
                status=row.status,
                score=round(row.score, 3),
                set_by=row.set_by,
                evidence=row.evidence,
                updated_at=row.updated_at,
            )
            for row in rows
        ],
    )


@operation(
    "classifications.summarize_sensitivity",
    permission="classifications.read",
    examples=("How sensitive is our data?", "Summarize the sensitivity of crm"),
)
async def summarize_sensitivity(
    ctx: Context,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
) -> SensitivitySummary:
    """Summarize how much of what sensitivity a source, or everything, holds."""
    found = await find_source(ctx.session, source) if source else None
    own = [Asset.source_id == found.id] if found else []
    carried = (
        select(Label.id, Label.category, Label.sensitivity, func.count().label("columns"))
        .join(Classification, Classification.label == Label.id)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(Classification.status != "rejected", *own)
        .group_by(Label.id, Label.category, Label.sensitivity)
    )
    rows = (await ctx.session.execute(carried)).all()
    levels: dict[str, int] = {}
    for row in rows:
        levels[row.sensitivity] = levels.get(row.sensitivity, 0) + row.columns
    columns = await ctx.session.scalar(
        select(func.count()).select_from(Asset).where(Asset.kind == "column", *own)
    )
    classified = await ctx.session.scalar(
        select(func.count())
        .select_from(Asset)
        .where(
            Asset.kind == "column",
            exists().where(
                Classification.asset_id == Asset.id, Classification.status != "rejected"
            ),
            *own,
        )
    )
    unreviewed = await ctx.session.scalar(
        select(func.count())
        .select_from(Classification)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(Classification.status == "suggested", *own)
    )
    order = ["restricted", "confidential", "internal", "public"]
    return SensitivitySummary(
        source=found.name if found else None,
        columns=columns or 0,
        classified=classified or 0,
        levels=[
            LevelCount(sensitivity=level, columns=levels[level])
            for level in order
            if level in levels
        ],
        labels=[
            LabelCount(label=row.id, category=row.category, columns=row.columns)
            for row in sorted(rows, key=lambda row: (-row.columns, row.id))
        ],
        unreviewed=unreviewed or 0,
    )


def _classified() -> Select[Classification]:
    return (
        select(Classification)
        .join(Asset, Asset.id == Classification.asset_id)
        .join(Label, Label.id == Classification.label)
    )


def _in_category(category: str) -> ColumnElement[bool]:
    group = find_label_group(category)
    own = Label.category == category.strip().lower()
    return own if group is None else or_(own, Label.id.in_(group.labels))


async def _details(
    session: AsyncSession, rows: list[Classification]
) -> dict[str, tuple[str, Label]]:
    found = await session.execute(
        select(Classification.id, Asset.qualified_name, Label)
        .join(Asset, Asset.id == Classification.asset_id)
        .join(Label, Label.id == Classification.label)
        .where(Classification.id.in_([row.id for row in rows]))
    )
    return {row[0]: (row[1], row[2]) for row in found}
