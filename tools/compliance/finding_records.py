"""The findings as they are read: lists, and one in full with its rule, controls and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.compliance.arguments import RuleRef, SourceFilter
from tools.compliance.frameworks import FrameworkFilter
from tools.compliance.rule_versions import find_rule, read_rules
from tools.compliance.rulebook import rules_of
from tools.compliance.rules import SEVERITIES, Rule, Severity
from tools.compliance.tables import ComplianceRule, Finding
from tools.compliance.types import FindingDetail
from tools.compliance.waivers import is_waived, of_status, today
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.operation import operation
from tools.rbac.people import find_user
from tools.values import Cursor, Limit, Page, page, paged

GRAVEST_FIRST = case(
    {level: place for place, level in enumerate(SEVERITIES)}, value=Finding.severity
)


@operation(
    "compliance.list_findings",
    permission="compliance.read",
    examples=(
        "Show the open findings",
        "What is wrong in crm?",
        "List the critical findings",
        "Which findings are overdue?",
    ),
)
async def list_findings(
    ctx: Context,
    framework: FrameworkFilter = None,
    source: SourceFilter = None,
    asset: Annotated[str | None, Field(description="Only on this asset")] = None,
    rule: Annotated[RuleRef | None, Field(description="Only of this rule")] = None,
    severity: Annotated[Severity | None, Field(description="Only of this severity")] = None,
    status: Annotated[
        Literal["open", "waived", "resolved"], Field(description="open, waived or resolved")
    ] = "open",
    owner: Annotated[
        str | None, Field(max_length=200, description="Only of this person; nobody: without owner")
    ] = None,
    overdue: Annotated[bool, Field(description="Only those whose due day is over")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[FindingDetail]:
    """List the findings of the last evaluations: which rule fails where, with evidence."""
    query = select(Finding).where(of_status(status))
    if framework:
        query = query.where(Finding.rule_id.in_(await rules_of(ctx.session, framework)))
    if source:
        query = query.where(Finding.source_id == (await find_source(ctx.session, source)).id)
    if asset:
        query = query.where(Finding.asset_id == (await find_asset(ctx.session, asset)).id)
    if rule:
        query = query.where(Finding.rule_id == (await find_rule(ctx.session, rule)).id)
    if severity:
        query = query.where(Finding.severity == severity)
    if owner and owner.lower() in ("nobody", "none"):
        query = query.where(Finding.owner.is_(None))
    elif owner:
        query = query.where(Finding.owner == (await find_user(ctx.session, owner, "owner")).name)
    if overdue:
        query = query.where(Finding.due_on < today().isoformat())
    rows, total = await paged(
        ctx.session,
        query.order_by(GRAVEST_FIRST, Finding.opened_at.desc(), Finding.id),
        limit,
        cursor,
    )
    return page(await finding_details(ctx.session, rows), total, cursor)


@operation(
    "compliance.get_finding",
    permission="compliance.read",
    target="finding",
    examples=("Show finding fnd_12ab",),
)
async def get_finding(
    ctx: Context, finding: Annotated[str, Field(max_length=60, description="A finding's id")]
) -> FindingDetail:
    """Show one finding with its evidence and how to mend it."""
    row = await ctx.session.scalar(select(Finding).where(Finding.id == finding))
    assert row is not None  # the kernel found it as the target
    return await finding_detail(ctx.session, row)


async def finding_detail(session: AsyncSession, row: Finding) -> FindingDetail:
    """A finding with its rule, controls and remedy."""
    return (await finding_details(session, [row]))[0]


async def finding_details(session: AsyncSession, rows: Sequence[Finding]) -> list[FindingDetail]:
    """Findings with their rules, controls and remedies; one whose waiver is over is open."""
    query = select(ComplianceRule).where(ComplianceRule.id.in_({row.rule_id for row in rows}))
    rules = {one.id: one for one in await read_rules(session, list(await session.scalars(query)))}
    return [_detail(row, rules[row.rule_id]) for row in rows]


def _detail(row: Finding, rule: Rule) -> FindingDetail:
    facts = {field: getattr(row, field, None) for field in FindingDetail.model_fields}
    status = "open" if row.status == "waived" and not is_waived(row) else row.status
    return FindingDetail.model_validate(
        facts
        | {
            "rule": rule.title,
            "controls": list(rule.controls),
            "remedy": rule.remedy,
            "status": status,
            "overdue": status == "open" and (row.due_on or "9999") < today().isoformat(),
        }
    )
