"""What uses a label: columns, sub-labels, detectors of rule sets, compliance rules."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.classifications.tables import Classification, Label
from tools.compliance.tables import ComplianceRule
from tools.scan_rule_sets.tables import ScanRuleSet


async def users_of(session: AsyncSession, label: Label, *, columns: bool) -> list[str]:
    """In words, such as "3 columns". `columns`: also columns and sub-labels that carry it."""
    used = []
    if columns:
        carrying = select(func.count()).where(
            Classification.label == label.id, Classification.status != "rejected"
        )
        number = (await session.execute(carrying)).scalar_one()
        if number:
            used.append(f"{number} column{'s' if number > 1 else ''}")
        below = await session.scalars(
            select(Label.id).where(Label.parent_id == label.id).order_by(Label.id)
        )
        if names := list(below):
            used.append(f"the labels below it: {', '.join(names)}")
    rule_sets = await session.scalars(select(ScanRuleSet).order_by(ScanRuleSet.name))
    used += [
        f"the rule set {one.name}"
        for one in rule_sets
        if any(detector["label"] == label.id for detector in one.definition["detectors"])
    ]
    rules = await session.scalars(select(ComplianceRule).order_by(ComplianceRule.id))
    used += [
        f"the compliance rule {one.id}"
        for one in rules
        if label.id in (one.definition.get("applies_to") or {}).get("labels", ())
    ]
    return used
