"""The rules as they are read: lists, and one in full with its versions; which serve a framework."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.arguments import NewSeverity, RuleRef
from tools.compliance.frameworks import FrameworkFilter, find_framework
from tools.compliance.rule_versions import find_rule, read_rules
from tools.compliance.tables import ComplianceRule, Control, Finding, RuleControl, RuleVersion
from tools.compliance.types import RuleDetail, RuleSummary, RuleVersionSummary
from tools.compliance.waivers import of_status
from tools.context import Context
from tools.errors import ChooseAnother
from tools.operation import operation
from tools.values import Cursor, Limit, Page, page, paged


@operation(
    "compliance.list_rules",
    permission="compliance.read",
    examples=("Which compliance rules are there?", "Which rules serve GDPR?"),
)
async def list_rules(
    ctx: Context,
    framework: FrameworkFilter = None,
    severity: NewSeverity = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[RuleSummary]:
    """List the compliance rules, with the controls that they serve."""
    query = select(ComplianceRule).order_by(ComplianceRule.title, ComplianceRule.id)
    if framework:
        query = query.where(ComplianceRule.id.in_(await rules_of(ctx.session, framework)))
    if severity:
        query = query.where(ComplianceRule.severity == severity)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page(await summaries(ctx.session, rows), total, cursor)


@operation(
    "compliance.get_rule",
    permission="compliance.read",
    examples=("Show the rule about owners", "What does the rule pan-readable-by-few check?"),
)
async def get_rule(
    ctx: Context,
    rule: RuleRef,
    version: Annotated[
        int | None, Field(ge=1, description="An earlier version; the present one if left out")
    ] = None,
) -> RuleDetail:
    """Show a rule: what it applies to, its condition, its controls, how to mend a failure."""
    return await rule_detail(ctx.session, await find_rule(ctx.session, rule), version)


async def rule_detail(
    session: AsyncSession, row: ComplianceRule, version: int | None = None
) -> RuleDetail:
    """A rule in full, as it is or as it was under a version.

    Raises:
        ChooseAnother: it never had that version.
    """
    versions = list(
        await session.scalars(
            select(RuleVersion)
            .where(RuleVersion.rule_id == row.id)
            .order_by(RuleVersion.version.desc())
        )
    )
    summary = (await summaries(session, [row]))[0]
    definition = row.definition
    if version is not None and version != row.version:
        asked = next((one for one in versions if one.version == version), None)
        if asked is None:
            raise ChooseAnother(
                f"The rule '{row.id}' has no version {version}.",
                f"Its versions are {', '.join(str(one.version) for one in versions)}.",
                field="version",
            )
        definition = asked.definition
        said = {name: definition[name] for name in ("title", "description", "severity", "remedy")}
        summary = summary.model_copy(update=said | {"version": version})
    return RuleDetail(
        **summary.model_dump(),
        applies_to=definition["applies_to"],
        condition=definition["condition"],
        versions=[RuleVersionSummary.model_validate(one) for one in versions],
    )


async def rules_of(session: AsyncSession, framework: str) -> set[str]:
    """The ids of the rules that serve a control of a framework."""
    found = await find_framework(session, framework)
    return set(
        await session.scalars(
            select(RuleControl.rule_id)
            .join(Control, Control.id == RuleControl.control_id)
            .where(Control.framework_id == found.id)
        )
    )


async def summaries(session: AsyncSession, rows: list[ComplianceRule]) -> list[RuleSummary]:
    """Rules as lists show them, with how many of their findings are open."""
    counted = {
        row.rule_id: row.findings
        for row in await session.execute(
            select(Finding.rule_id, func.count().label("findings"))
            .where(Finding.rule_id.in_([row.id for row in rows]), of_status("open"))
            .group_by(Finding.rule_id)
        )
    }
    return [
        RuleSummary(
            **rule.model_dump(include=set(RuleSummary.model_fields)),
            enabled=row.enabled,
            builtin=row.builtin,
            open_findings=counted.get(row.id, 0),
        )
        for row, rule in zip(rows, await read_rules(session, rows), strict=True)
    ]
