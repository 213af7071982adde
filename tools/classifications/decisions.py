"""The operations by which people decide on labels of columns; what they decide teaches scans."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import Asset
from tools.classifications.carried import withdraw_carried
from tools.classifications.labels import LabelRef, find_label
from tools.classifications.lessons import DECIDED, origin_of
from tools.classifications.reach import SHOWN, reach
from tools.classifications.tables import Classification
from tools.classifications.teaching import taught_by
from tools.classifications.types import Decision, DecisionWithdrawn, LessonDetail
from tools.compliance.facts import LabelStatus
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.database import new_id, now
from tools.errors import ChooseAnother, CorrectInput
from tools.operation import Effect, operation
from tools.values import AssetRef, Cursor, Limit, Page, page, paged


@operation(
    "classifications.set_classification",
    permission="classifications.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Classify customer.notes as health data", "Label staff.picture as personal"),
)
async def set_classification(ctx: Context, asset: AssetRef, label: LabelRef) -> Decision:
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
) -> Decision:
    """Confirm a classification; scans learn of it for like columns."""
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
) -> Decision:
    """Reject a classification; scans don't suggest it again, here or on like columns.

    What was carried from here along lineage is withdrawn with it.
    """
    found = await find_asset(ctx.session, asset)
    decided = await _decide(ctx, found, await _only(ctx.session, found, label), "rejected")
    await withdraw_carried(ctx.session, [found.id])
    return decided


@operation(
    "classifications.withdraw_decision",
    permission="classifications.write",
    effect=Effect.WRITE,
    target="asset",
    examples=(
        "Take back the rejection of shop.orders.ref",
        "Withdraw the decision on the label of customer.email",
    ),
)
async def withdraw_decision(
    ctx: Context,
    asset: AssetRef,
    label: Annotated[str | None, Field(description="Which label, where it has several")] = None,
) -> DecisionWithdrawn:
    """Take back a confirmation or rejection; from the next scan on it teaches nothing any more."""
    found = await find_asset(ctx.session, asset)
    row = await _only(ctx.session, found, label, DECIDED)
    was, by = row.status, row.set_by
    suggested_by = origin_of(row)
    if suggested_by is None:
        await ctx.session.delete(row)
    else:
        row.status, row.set_by, row.updated_at = "suggested", suggested_by, now()
    await ctx.session.flush()
    return DecisionWithdrawn(
        asset_id=found.id,
        column=found.qualified_name,
        label=row.label,
        was=was,
        by=by,
        now="suggested" if suggested_by else "not there",
    )


@operation(
    "classifications.list_lessons",
    permission="classifications.read",
    examples=(
        "What have the scans learned from our decisions?",
        "Which rejected labels are withheld elsewhere?",
    ),
)
async def list_lessons(
    ctx: Context,
    source: Annotated[str | None, Field(description="Only decisions in this source")] = None,
    label: Annotated[str | None, Field(description="Only decisions on this label")] = None,
    verdict: Annotated[
        Literal["confirmed", "rejected"] | None, Field(description="Only of this kind")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[LessonDetail]:
    """List the decisions that teach the scans, the latest first, with where they took effect."""
    query = (
        select(Classification)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(Classification.status.in_(DECIDED if verdict is None else (verdict,)))
        .order_by(Classification.updated_at.desc(), Classification.id)
    )
    if source:
        query = query.where(Classification.source_id == (await find_source(ctx.session, source)).id)
    if label:
        query = query.where(Classification.label == (await find_label(ctx.session, label)).id)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page(await taught_by(ctx.session, rows), total, cursor)


async def _only(
    session: AsyncSession,
    asset: Asset,
    label: str | None,
    statuses: tuple[LabelStatus, ...] | None = None,
) -> Classification:
    query = select(Classification).where(Classification.asset_id == asset.id)
    if statuses is not None:
        query = query.where(Classification.status.in_(statuses))
    if label:
        query = query.where(Classification.label == (await find_label(session, label)).id)
    rows = list(await session.scalars(query.order_by(Classification.score.desc())))
    if not rows:
        raise ChooseAnother(
            f"'{asset.qualified_name}' carries no such label"
            f"{'' if statuses is None else ' that was ' + ' or '.join(statuses)}.",
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


async def _decide(ctx: Context, asset: Asset, row: Classification, status: LabelStatus) -> Decision:
    row.status, row.set_by, row.updated_at = status, ctx.entitlements.user_name, now()
    await ctx.session.flush()
    reached = await reach(ctx.session, row, asset)
    return Decision(
        asset_id=asset.id,
        column=asset.qualified_name,
        label=row.label,
        status=row.status,
        score=row.score,
        set_by=row.set_by,
        evidence=row.evidence,
        updated_at=row.updated_at,
        like=reached.like,
        changing=reached.changing[:SHOWN],
        changing_total=len(reached.changing),
        ahead=reached.words,
    )
