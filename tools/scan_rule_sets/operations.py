"""The operations that look at rule sets: listed, shown, tried, their versions compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.classifications.tables import Label
from tools.context import Context
from tools.errors import CorrectInput
from tools.operation import operation
from tools.scan_logic.tables import Scan
from tools.scan_rule_sets.detectors import Column, Detection, RuleSet, detect
from tools.scan_rule_sets.sampling import sample_asset
from tools.scan_rule_sets.tables import ScanRuleSet, ScanRuleSetVersion
from tools.scan_rule_sets.types import (
    RuleSetDetail,
    RuleSetSummary,
    RuleSetTest,
    RuleSetVersion,
    TestedLabel,
)
from tools.scan_rule_sets.versions import DEFAULT, changes, find_rule_set, find_version
from tools.values import AssetRef, Cursor, Limit, Page, page, paged

__all__ = ["DEFAULT", "find_rule_set"]

RuleSetRef = Annotated[str, Field(max_length=200, description="A rule set's name or id")]


@operation(
    "scan_rule_sets.list_rule_sets",
    permission="scan_rule_sets.read",
    examples=("Which scan rule sets are there?", "List the rule sets"),
)
async def list_rule_sets(
    ctx: Context,
    retired: Annotated[bool, Field(description="Also those that are retired")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[RuleSetSummary]:
    """List the scan rule sets."""
    query = select(ScanRuleSet).order_by(ScanRuleSet.name)
    if not retired:
        query = query.where(ScanRuleSet.retired.is_(False))
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page([RuleSetSummary(**facts(row)) for row in rows], total, cursor)


@operation(
    "scan_rule_sets.get_rule_set",
    permission="scan_rule_sets.read",
    examples=("Show the default rule set", "Which detectors does it use?"),
)
async def get_rule_set(
    ctx: Context,
    rule_set: RuleSetRef,
    version: Annotated[
        int | None, Field(ge=1, description="An earlier version; the last where not given")
    ] = None,
) -> RuleSetDetail:
    """Show a rule set with its detectors and thresholds, as it is or as a version had it."""
    row = await find_rule_set(ctx.session, rule_set, retired=True)
    if version is None:
        return RuleSetDetail(**facts(row), definition=row.definition)
    kept = await find_version(ctx.session, row, version)
    detectors = kept.definition["detectors"]
    own = {
        "name": kept.name,
        "description": kept.description,
        "version": kept.version,
        "detectors": len(detectors),
        "labels": sorted({detector["label"] for detector in detectors}),
    }
    return RuleSetDetail(**{**facts(row), **own}, definition=kept.definition)


@operation(
    "scan_rule_sets.test_rule_set",
    permission="scan_rule_sets.read",
    path="POST /test-rule-set",
    target="asset",
    reaches=True,
    examples=(
        "Test the default rule set on these values",
        "Would these values be found?",
        "Test the rule set customer numbers on shop.orders",
    ),
)
async def test_rule_set(
    ctx: Context,
    values: Annotated[
        list[str] | None,
        Field(
            min_length=1,
            max_length=1000,
            description="Values to try",
            json_schema_extra={"x-secret": True},
        ),
    ] = None,
    column_name: Annotated[str | None, Field(description="The column's name")] = None,
    rule_set: RuleSetRef = DEFAULT,
    asset: Annotated[
        AssetRef | None, Field(description="A table or column, whose values are sampled instead")
    ] = None,
) -> RuleSetTest:
    """Try a rule set on values, or on a table or column as it is now; nothing is stored."""
    if (asset is None) == (values is None):
        raise CorrectInput(
            "A rule set is tried on values or on an asset.",
            "Give one of values and asset.",
            field="values",
        )
    row = await find_rule_set(ctx.session, rule_set, retired=True)
    rules = RuleSet.model_validate(row.definition)
    if asset is None:
        given = Column(name=column_name, table=None, data_type="text", values=values or [])
        told = await tested_labels(ctx.session, [(None, one) for one in detect(given, rules)])
        return RuleSetTest(rule_set=row.name, version=row.version, columns=1, found=told)
    sampled = await sample_asset(ctx, asset, rules.sample_size)
    found = [
        (one.asset.qualified_name, found)
        for one in sampled
        for found in detect(one.column, rules)[:1]
        if found.score >= rules.minimum_score
    ]
    return RuleSetTest(
        rule_set=row.name,
        version=row.version,
        columns=len(sampled),
        found=await tested_labels(ctx.session, found),
    )


async def tested_labels(
    session: AsyncSession, found: Iterable[tuple[str | None, Detection]]
) -> list[TestedLabel]:
    """Detections, each with its column, and with what the taxonomy says of the label."""
    known = {label.id: label for label in await session.scalars(select(Label))}
    told = []
    for column, one in found:
        label = known.get(one.label)
        of_label = {"category": label.category, "sensitivity": label.sensitivity} if label else {}
        told.append(TestedLabel.model_validate(asdict(one) | of_label | {"column": column}))
    return told


@operation(
    "scan_rule_sets.list_versions",
    permission="scan_rule_sets.read",
    examples=(
        "Which versions of the rule set customer numbers are there?",
        "What changed in the default rule set?",
    ),
)
async def list_versions(
    ctx: Context, rule_set: RuleSetRef = DEFAULT, limit: Limit = 20, cursor: Cursor = None
) -> Page[RuleSetVersion]:
    """List a rule set's versions, the last first: who made each, when, why, what it changed."""
    found = await find_rule_set(ctx.session, rule_set, retired=True)
    wanted = (
        select(ScanRuleSetVersion)
        .where(ScanRuleSetVersion.rule_set_id == found.id)
        .order_by(ScanRuleSetVersion.version.desc())
    )
    rows, total = await paged(ctx.session, wanted, limit, cursor)
    # each is compared with the next of the page, the last with the one behind the page
    behind = wanted.where(ScanRuleSetVersion.version < rows[-1].version).limit(1) if rows else None
    earlier = [*rows[1:], await ctx.session.scalar(behind) if behind is not None else None]
    counted = await ctx.session.execute(
        select(Scan.rule_set_version, func.count().label("scans"))
        .where(Scan.rule_set_id == found.id)
        .group_by(Scan.rule_set_version)
    )
    scans = {row.rule_set_version: row.scans for row in counted}
    return page(
        [
            RuleSetVersion(
                version=row.version,
                name=row.name,
                created_by=row.created_by,
                created_at=row.created_at,
                note=row.note,
                detectors=len(row.definition["detectors"]),
                scans=scans.get(row.version, 0),
                changed=changes(before, row),
            )
            for row, before in zip(rows, earlier, strict=True)
        ],
        total,
        cursor,
    )


def facts(row: ScanRuleSet) -> dict[str, Any]:
    """What a list says of a rule set."""
    detectors = row.definition["detectors"]
    return {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "version": row.version,
        "builtin": row.builtin,
        "retired": row.retired,
        "detectors": len(detectors),
        "labels": sorted({detector["label"] for detector in detectors}),
    }
