"""The operation that classifies one table or column now, as a scan of its source would."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from tools.catalog.assets import find_asset
from tools.catalog.tables import Asset
from tools.classifications.lessons import Found, heed, is_stale
from tools.classifications.tables import Classification, Label
from tools.classifications.teaching import withheld_from
from tools.classifications.types import AssetClassified, Explanation
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.database import new_id, now
from tools.operation import Effect, operation
from tools.scan_rule_sets.detectors import Detection, RuleSet, detect, mask
from tools.scan_rule_sets.sampling import Sampled, sample_asset
from tools.scan_rule_sets.versions import DEFAULT, find_rule_set
from tools.values import AssetRef


@operation(
    "classifications.classify_asset",
    permission="classifications.write",
    effect=Effect.WRITE,
    target="asset",
    reaches=True,
    timeout=120,
    examples=(
        "Classify crm.customers with the default rule set",
        "Classify the column customer.notes with the rule set customer numbers",
    ),
)
async def classify_asset(
    ctx: Context,
    asset: AssetRef,
    rule_set: Annotated[str, Field(max_length=200, description="The rule set to use")] = DEFAULT,
) -> AssetClassified:
    """Detect what a table's columns, or one column, hold now, and write it as suggestions.

    What a person decided stays, and what was decided on like columns is heeded.
    """
    found = await find_asset(ctx.session, asset)
    rules = await find_rule_set(ctx.session, rule_set)
    definition = RuleSet.model_validate(rules.definition)
    sampled = await sample_asset(ctx, found.id, definition.sample_size)
    told = await _heeded(ctx, sampled, definition)
    evidence = {"rule_set": rules.name, "rule_set_version": rules.version}
    known = set(await ctx.session.scalars(select(Label.id)))
    items, gone = [], 0
    for one in sampled:
        detection, samples = told.get(one.asset.id, (None, []))
        if detection is not None and detection.label not in known:
            detection = None
        rows = {
            row.label: row
            for row in await ctx.session.scalars(
                select(Classification).where(Classification.asset_id == one.asset.id)
            )
        }
        label_found = detection.label if detection is not None else None
        for row in rows.values():
            theirs = row.evidence.get("rule_set") == rules.name
            if is_stale(row, label_found, definition, found_by_them=theirs):
                await ctx.session.delete(row)
                gone += 1
        if detection is not None:
            row = _suggest(ctx, one.asset, rows.get(detection.label), detection, samples, evidence)
            items.append(_explanation(one.asset, row))
    await ctx.session.flush()
    return AssetClassified(
        asset=found.qualified_name,
        rule_set=rules.name,
        rule_set_version=rules.version,
        columns=len(sampled),
        values=sum(len(one.column.values) for one in sampled),
        items=items,
        withheld=await withheld_from(ctx.session, found),
        no_longer_found=gone,
    )


async def _heeded(
    ctx: Context, sampled: list[Sampled], definition: RuleSet
) -> dict[str, tuple[Detection, list[str]]]:
    """The best detection of each column, by its id, with masked samples."""
    table = await ctx.session.get_one(Asset, sampled[0].asset.parent_id)
    source = await find_source(ctx.session, table.source_id)
    found: Found = {}
    for one in sampled:
        detections = detect(one.column, definition)
        if detections and detections[0].score >= definition.minimum_score:
            samples = [mask(value) for value in one.column.values[:3]]
            found[table.schema_name, table.name, one.asset.name] = (detections[0], samples)
    columns = [(one.asset.name, one.column.data_type) for one in sampled]
    heeded = await heed(ctx.session, source, [(table.schema_name, table.name, columns)], found)
    return {
        one.asset.id: heeded[key]
        for one in sampled
        if (key := (table.schema_name, table.name, one.asset.name)) in heeded
    }


def _suggest(
    ctx: Context,
    column: Asset,
    row: Classification | None,
    detection: Detection,
    samples: list[str],
    more: dict[str, object],
) -> Classification:
    """The label as a suggestion; where a person has decided on it, as it is."""
    if row is None:
        row = Classification(
            id=new_id("cls"),
            asset_id=column.id,
            source_id=column.source_id,
            label=detection.label,
            status="suggested",
        )
    elif row.status != "suggested":
        return row
    row.score, row.set_by, row.updated_at = detection.score, "scan", now()
    row.evidence = {
        "detector": detection.detector,
        "part": detection.part,
        "tested": detection.tested,
        "matched": detection.matched,
        "name_matched": detection.name_matched,
        "explanation": detection.explanation,
        "samples": samples,
        "classified_by": ctx.entitlements.user_name,
        **more,
    }
    ctx.session.add(row)
    return row


def _explanation(column: Asset, row: Classification) -> Explanation:
    return Explanation(
        asset_id=column.id,
        column=column.qualified_name,
        label=row.label,
        status=row.status,
        score=round(row.score, 3),
        set_by=row.set_by,
        evidence=row.evidence,
        updated_at=row.updated_at,
    )
