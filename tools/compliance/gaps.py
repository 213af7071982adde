"""What no rule looks at: controls, sensitive columns, sources never scanned."""

from __future__ import annotations

from sqlalchemy import select

from tools.catalog.tables import Asset
from tools.classifications.tables import Classification, Label
from tools.compliance.arguments import SourceFilter
from tools.compliance.coverage import covered_labels
from tools.compliance.frameworks import FrameworkFilter, find_framework
from tools.compliance.rule_versions import all_rules
from tools.compliance.rulebook import rules_of
from tools.compliance.tables import ComplianceRule, Control, RuleControl
from tools.compliance.types import ControlSummary, Gaps, UncoveredColumn
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.masking import SENSITIVE
from tools.operation import operation
from tools.values import Limit


@operation(
    "compliance.find_gaps",
    permission="compliance.read",
    examples=("Where are our gaps?", "Which controls of HIPAA have no rule?"),
)
async def find_gaps(
    ctx: Context,
    framework: FrameworkFilter = None,
    source: SourceFilter = None,
    limit: Limit = 25,
) -> Gaps:
    """Find gaps: controls and sensitive columns that no rule covers, sources never scanned."""
    found = await find_framework(ctx.session, framework) if framework else None
    only = await find_source(ctx.session, source) if source else None
    served = (
        select(RuleControl.control_id)
        .join(ComplianceRule, ComplianceRule.id == RuleControl.rule_id)
        .where(ComplianceRule.enabled)
    )
    conditions = [Control.assessable, Control.id.not_in(served)]
    if found:
        conditions.append(Control.framework_id == found.id)
    controls = list(
        await ctx.session.scalars(
            select(Control).where(*conditions).order_by(Control.framework_id, Control.position)
        )
    )
    rules = await all_rules(ctx.session)
    if found:
        serving = await rules_of(ctx.session, found.id)
        rules = [rule for rule in rules if rule.id in serving]
    own = [Asset.source_id == only.id] if only else []
    columns = (
        await ctx.session.execute(
            select(Asset.id, Asset.qualified_name, Label.id, Label.sensitivity)
            .join(Classification, Classification.asset_id == Asset.id)
            .join(Label, Label.id == Classification.label)
            .where(
                Classification.status != "rejected",
                Label.sensitivity.in_(SENSITIVE),
                Label.id.not_in(await covered_labels(ctx.session, rules)),
                *own,
            )
            .order_by(Asset.qualified_name)
        )
    ).all()
    unscanned = select(Source.name).where(Source.scanned_at.is_(None)).order_by(Source.name)
    if only:
        unscanned = unscanned.where(Source.id == only.id)
    return Gaps(
        framework=found.name if found else None,
        controls_without_rule=len(controls),
        controls=[ControlSummary.model_validate(one) for one in controls[:limit]],
        columns_without_rule=len(columns),
        columns=[
            UncoveredColumn(asset_id=row[0], column=row[1], label=row[2], sensitivity=row[3])
            for row in columns[:limit]
        ],
        unscanned_sources=list(await ctx.session.scalars(unscanned)),
    )
