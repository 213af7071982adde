"""Masking: values of classified columns, hidden from whoever may not see them and from models.

The catalog's own classifications decide: a label whose sensitivity is confidential or restricted
hides its column, unless a person rejected the label. Where nothing is known of a column yet, its
looks decide (decision 14).
"""

from __future__ import annotations

from collections.abc import Collection

from pydantic import BaseModel
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.classifications.tables import Classification, Label
from tools.policy import UNMASK, Entitlements
from tools.scan_logic.tables import ScanRun, ScanTable
from tools.scan_rule_sets.detectors import mask
from tools.scan_rule_sets.tables import ScanRuleSet
from tools.scoping import reached_assets
from tools.values import Rows

SENSITIVE = ("confidential", "restricted")


async def sensitive_columns(
    session: AsyncSession, asset_ids: Collection[str] | Select[str]
) -> dict[str, str]:
    """Of these columns those whose values are hidden, each with its source's id."""
    found = await session.execute(
        select(Asset.id, Asset.source_id)
        .join(Classification, Classification.asset_id == Asset.id)
        .join(Label, Label.id == Classification.label)
        .where(
            Asset.id.in_(asset_ids),
            Classification.status != "rejected",
            Label.sensitivity.in_(SENSITIVE),
        )
    )
    return {row.id: row.source_id for row in found}


async def unjudged_columns(session: AsyncSession, table_id: str) -> set[str]:
    """The columns of a table that nothing was said of, and no scan by the shipped rules has read.

    One that was discovered after the scan wasn't read by it.
    """
    read = (
        select(ScanTable.finished_at)
        .join(ScanRun, ScanRun.id == ScanTable.scan_id)
        .join(ScanRuleSet, ScanRuleSet.id == ScanRun.rule_set_id)
        .where(
            ScanTable.asset_id == table_id,
            ScanTable.status.in_(("done", "skipped")),
            ScanTable.finished_at >= Asset.created_at,
            ScanRuleSet.builtin,
        )
    )
    judged = select(Classification.id).where(Classification.asset_id == Asset.id)
    return set(
        await session.scalars(
            select(Asset.id).where(Asset.parent_id == table_id, ~judged.exists(), ~read.exists())
        )
    )


async def mask_rows(
    session: AsyncSession, value: BaseModel, entitlements: Entitlements, *, masked: bool
) -> BaseModel:
    """The value, with what this caller may not see masked. `masked`: it goes to a model."""
    if not isinstance(value, Rows):
        return value
    sensitive = await sensitive_columns(session, [column.asset_id for column in value.columns])
    suspected = [column.asset_id for column in value.columns if column.looks_like]
    places = select(Asset.id, Asset.source_id).where(Asset.id.in_(suspected))
    sensitive |= {row.id: row.source_id for row in await session.execute(places)}
    may_see = entitlements.decide(UNMASK)
    shown = {column for column, source_id in sensitive.items() if may_see.covers(source_id)}
    if may_see.partial:
        shown |= set(await session.scalars(reached_assets(may_see, sensitive)))
    hidden = [
        column.asset_id in sensitive and (masked or column.asset_id not in shown)
        for column in value.columns
    ]
    columns = [
        column.model_copy(update={"masked": hides})
        for column, hides in zip(value.columns, hidden, strict=True)
    ]
    rows = [
        [
            mask(cell) if hides and cell is not None else cell
            for cell, hides in zip(row, hidden, strict=True)
        ]
        for row in value.rows
    ]
    return value.model_copy(update={"columns": columns, "rows": rows})
