"""A framework's report for those outside: controls and their status, findings, gaps; as one file.

It covers the sources that the caller may see, and names them. What doesn't fit into 500 KB is
left out from the least severe on, and the file itself says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated

from pydantic import Field
from sqlalchemy import Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.frameworks import FrameworkRef, find_framework
from tools.compliance.operations import SEVERITIES
from tools.compliance.rendering import MEDIA_TYPES, Format, render
from tools.compliance.report_types import (
    ComplianceReport,
    ControlStatus,
    ReportContent,
    ReportControl,
    ReportFinding,
)
from tools.compliance.tables import (
    ComplianceRule,
    Control,
    Finding,
    Framework,
    Posture,
    RuleControl,
)
from tools.compliance.types import Waiver
from tools.context import Context
from tools.data_sources.tables import Source
from tools.database import now
from tools.operation import operation

MAXIMUM_BYTES = 500_000
MAXIMUM_FINDINGS = 2_000  # more never fit


@operation(
    "compliance.export_report",
    permission="compliance.read",
    examples=(
        "Export a GDPR report",
        "Give me the PCI DSS compliance report as CSV",
        "Write an audit report on HIPAA",
    ),
)
async def export_report(
    ctx: Context,
    framework: FrameworkRef,
    format: Annotated[Format, Field(description="html, csv or json")] = "html",  # noqa: A002
) -> ComplianceReport:
    """Export a framework's report: controls, status, findings with evidence and owners, gaps."""
    found = await find_framework(ctx.session, framework)
    content = await _content(ctx.session, found, ctx.entitlements.user_name)
    text = render(content, format)
    while len(text.encode()) > MAXIMUM_BYTES and content.findings:
        share = 0.9 * MAXIMUM_BYTES / len(text.encode())
        kept = content.findings[: int(len(content.findings) * share)]
        content = content.model_copy(update={"findings": kept})
        text = render(content, format)
    statuses = [control.status for control in content.controls]
    return ComplianceReport(
        name=f"{found.id}-{content.generated_at:%Y-%m-%d}.{format}",
        media_type=MEDIA_TYPES[format],
        framework=found.name,
        controls=len(content.controls),
        by_status={status: statuses.count(status) for status in sorted(set(statuses))},
        findings=content.findings_total,
        findings_included=len(content.findings),
        truncated=len(content.findings) < content.findings_total,
        size=len(text.encode()),
        sha256=sha256(text.encode()).hexdigest(),
        content=text,
    )


async def _content(session: AsyncSession, framework: Framework, by: str) -> ReportContent:
    controls = list(
        await session.scalars(
            select(Control).where(Control.framework_id == framework.id).order_by(Control.position)
        )
    )
    rules: dict[str, list[ComplianceRule]] = defaultdict(list)
    refs: dict[str, list[str]] = defaultdict(list)
    for rule, control_id, ref in await session.execute(
        select(ComplianceRule, Control.id, Control.ref)
        .join(RuleControl, RuleControl.rule_id == ComplianceRule.id)
        .join(Control, Control.id == RuleControl.control_id)
        .where(Control.framework_id == framework.id)
        .order_by(ComplianceRule.title, Control.position)
    ):
        rules[control_id].append(rule)
        refs[rule.id].append(ref)
    counted: dict[tuple[str, str], int] = {
        (row.rule_id, row.status): row.findings
        for row in await session.execute(
            select(Finding.rule_id, Finding.status, func.count().label("findings"))
            .where(Finding.rule_id.in_(list(refs)))
            .group_by(Finding.rule_id, Finding.status)
        )
    }
    evaluated = {
        row.source_id: row.last
        for row in await session.execute(
            select(
                Posture.source_id,
                func.max(Posture.evaluated_at, type_=Posture.evaluated_at.type).label("last"),
            )
            .where(Posture.framework_id == framework.id)
            .group_by(Posture.source_id)
        )
    }
    sources = list(await session.scalars(select(Source).order_by(Source.name)))
    return ReportContent(
        framework=framework.name,
        version=framework.version,
        publisher=framework.publisher,
        generated_at=now(),
        generated_by=by,
        last_evaluated=max(evaluated.values(), default=None),
        sources=[one.name for one in sources],
        unscanned_sources=[one.name for one in sources if one.scanned_at is None],
        unevaluated_sources=[one.name for one in sources if one.id not in evaluated],
        controls=[
            _control(control, rules[control.id], counted, evaluated=bool(evaluated))
            for control in controls
        ],
        findings=[
            _finding(finding, rule, source, refs[rule.id])
            for finding, rule, source in await session.execute(_unresolved(list(refs)))
        ],
        findings_total=sum(n for (_, status), n in counted.items() if status != "resolved"),
        findings_resolved=sum(n for (_, status), n in counted.items() if status == "resolved"),
    )


def _unresolved(rules: Sequence[str]) -> Select[Finding, ComplianceRule, str]:
    rank = case({level: place for place, level in enumerate(SEVERITIES)}, value=Finding.severity)
    return (
        select(Finding, ComplianceRule, Source.name)
        .join(ComplianceRule, ComplianceRule.id == Finding.rule_id)
        .join(Source, Source.id == Finding.source_id)
        .where(Finding.rule_id.in_(rules), Finding.status != "resolved")
        .order_by(rank, Finding.opened_at, Finding.id)
        .limit(MAXIMUM_FINDINGS)
    )


def _control(
    control: Control,
    rules: Sequence[ComplianceRule],
    counted: dict[tuple[str, str], int],
    *,
    evaluated: bool,
) -> ReportControl:
    number = {
        status: sum(counted.get((rule.id, status), 0) for rule in rules)
        for status in ("open", "waived", "resolved")
    }
    status: ControlStatus
    if not control.assessable:
        status = "not_assessable"
    elif not rules:
        status = "no_rule"
    elif number["open"]:
        status = "failing"
    elif number["waived"]:
        status = "waived"
    else:
        status = "no_findings" if evaluated else "not_evaluated"
    return ReportControl(
        id=control.id,
        ref=control.ref,
        title=control.title,
        status=status,
        rules=[rule.title for rule in rules],
        **number,
    )


def _finding(
    finding: Finding, rule: ComplianceRule, source: str, refs: Sequence[str]
) -> ReportFinding:
    return ReportFinding(
        id=finding.id,
        controls=list(refs),
        rule=rule.title,
        severity=finding.severity,
        status=finding.status,
        source=source,
        subject=finding.subject,
        summary=finding.summary,
        evidence=finding.evidence,
        remedy=rule.definition["remedy"],
        owner=finding.owner,
        due_on=finding.due_on,
        opened_at=finding.opened_at,
        waiver=Waiver.model_validate(finding.waiver) if finding.waiver else None,
    )
