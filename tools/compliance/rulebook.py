"""The rules as they are read: lists, and one in full; and which of them serve a framework."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.operations import FrameworkFilter, find_framework
from tools.compliance.rules import Rule
from tools.compliance.tables import ComplianceRule, Control, Finding, RuleControl
from tools.compliance.types import RuleDetail, RuleSummary
from tools.context import Context
from tools.errors import ChooseAnother, nearest
from tools.operation import operation
from tools.values import Cursor, Limit, Page, page, paged


@operation(
    "compliance.list_rules",
    permission="compliance.read",
    examples=("Which compliance rules are there?", "Which rules serve GDPR?"),
)
async def list_rules(
    ctx: Context, framework: FrameworkFilter = None, limit: Limit = 50, cursor: Cursor = None
) -> Page[RuleSummary]:
    """List the compliance rules, with the controls that they serve."""
    query = select(ComplianceRule).order_by(ComplianceRule.title)
    if framework:
        query = query.where(ComplianceRule.id.in_(await rules_of(ctx.session, framework)))
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page([await _rule(ctx.session, row) for row in rows], total, cursor)


@operation(
    "compliance.get_rule",
    permission="compliance.read",
    examples=("Show the rule about owners", "What does the rule pan-readable-by-few check?"),
)
async def get_rule(
    ctx: Context, rule: Annotated[str, Field(max_length=200, description="A rule's id or title")]
) -> RuleDetail:
    """Show a rule: what it applies to, its condition, its controls, how to mend a failure."""
    wanted = rule.strip().lower()
    row = await ctx.session.scalar(
        select(ComplianceRule).where(
            or_(ComplianceRule.id == wanted, func.lower(ComplianceRule.title) == wanted)
        )
    )
    if row is None:
        known = list(await ctx.session.scalars(select(ComplianceRule.id)))
        raise ChooseAnother(f"There is no rule '{rule}'.", nearest(wanted, known), field="rule")
    summary = await _rule(ctx.session, row)
    return RuleDetail(
        **summary.model_dump(),
        applies_to=row.definition["applies_to"],
        condition=row.definition["condition"],
    )


async def rules_of(session: AsyncSession, framework: str) -> set[str]:
    found = await find_framework(session, framework)
    return set(
        await session.scalars(
            select(RuleControl.rule_id)
            .join(Control, Control.id == RuleControl.control_id)
            .where(Control.framework_id == found.id)
        )
    )


async def _rule(session: AsyncSession, row: ComplianceRule) -> RuleSummary:
    findings = await session.scalar(
        select(func.count())
        .select_from(Finding)
        .where(Finding.rule_id == row.id, Finding.status == "open")
    )
    rule = Rule.model_validate(row.definition)
    return RuleSummary(
        id=rule.id,
        title=rule.title,
        description=rule.description,
        severity=rule.severity,
        controls=list(rule.controls),
        remedy=rule.remedy,
        open_findings=findings or 0,
    )
