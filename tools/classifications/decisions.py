"""The operations by which people decide on labels of columns; what they decide teaches scans."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import Asset
from tools.classifications.labels import LabelRef, find_label
from tools.classifications.tables import Classification
from tools.classifications.types import Explanation
from tools.compliance.facts import LabelStatus
from tools.context import Context
from tools.database import new_id, now
from tools.errors import ChooseAnother, CorrectInput
from tools.operation import Effect, operation
from tools.values import AssetRef


@operation(
    "classifications.set_classification",
    permission="classifications.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Classify customer.notes as health data", "Label staff.picture as personal"),
)
async def set_classification(ctx: Context, asset: AssetRef, label: LabelRef) -> Explanation:
    """Label a column by hand; it counts as confirmed."""
    found = await find_asset(ctx.session, asset)
    if found.kind != "column":
        raise CorrectInput(
            f"'{found.qualified_name}' is a {found.kind}; labels are put on columns.",
            "Name one of its columns.",
            field="asset",
        )
    entry = await find_label(ctx.session, label)
    row = await ctx.session.scalar(
        select(Classification).where(
            Classification.asset_id == found.id, Classification.label == entry.id
        )
    )
    if row is None:
        row = Classification(
            id=new_id("cls"),
            asset_id=found.id,
            source_id=found.source_id,
            label=entry.id,
            score=1.0,
            evidence={"explanation": f"Set by {ctx.entitlements.user_name}."},
            set_by=ctx.entitlements.user_name,
        )
        ctx.session.add(row)
    return await _decide(ctx, found, row, "confirmed")


@operation(
    "classifications.confirm_classification",
    permission="classifications.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Confirm that customer.email is an e-mail address", "Confirm the label of staff.ssn"),
)
async def confirm_classification(
    ctx: Context,
    asset: AssetRef,
    label: Annotated[str | None, Field(description="Which label, where it has several")] = None,
) -> Explanation:
    """Confirm a suggested classification."""
    found = await find_asset(ctx.session, asset)
    return await _decide(ctx, found, await _only(ctx.session, found, label), "confirmed")


@operation(
    "classifications.reject_classification",
    permission="classifications.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("film.title is not a person's name", "Reject the label of city.city"),
)
async def reject_classification(
    ctx: Context,
    asset: AssetRef,
    label: Annotated[str | None, Field(description="Which label, where it has several")] = None,
) -> Explanation:
    """Reject a classification; later scans don't suggest it for this column again."""
    found = await find_asset(ctx.session, asset)
    return await _decide(ctx, found, await _only(ctx.session, found, label), "rejected")


async def _only(session: AsyncSession, asset: Asset, label: str | None) -> Classification:
    query = select(Classification).where(Classification.asset_id == asset.id)
    if label:
        query = query.where(Classification.label == (await find_label(session, label)).id)
    rows = list(await session.scalars(query.order_by(Classification.score.desc())))
    if not rows:
        raise ChooseAnother(
            f"'{asset.qualified_name}' carries no such label.",
            "classifications.explain_classification shows what it carries.",
            field="label" if label else "asset",
        )
    if len(rows) > 1:
        raise CorrectInput(
            f"'{asset.qualified_name}' carries {', '.join(row.label for row in rows)}.",
            "Say which label is meant.",
            field="label",
        )
    return rows[0]


async def _decide(
    ctx: Context, asset: Asset, row: Classification, status: LabelStatus
) -> Explanation:
    row.status, row.set_by, row.updated_at = status, ctx.entitlements.user_name, now()
    await ctx.session.flush()
    return Explanation(
        asset_id=asset.id,
        column=asset.qualified_name,
        label=row.label,
        status=row.status,
        score=row.score,
        set_by=row.set_by,
        evidence=row.evidence,
        updated_at=row.updated_at,
    )
