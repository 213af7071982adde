"""What a report says, gathered from the findings, rules and controls on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.finding_records import GRAVEST_FIRST
from tools.compliance.report_types import (
    ControlStatus,
    ReportContent,
    ReportControl,
    ReportFinding,
    ReportFramework,
)
from tools.compliance.tables import (
    ComplianceRule,
    Control,
    Finding,
    Framework,
    Posture,
    RuleControl,
)
from tools.compliance.types import PostureDetail, Waiver
from tools.compliance.waivers import is_waived, of_status
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import now

MAXIMUM_FINDINGS = 2_000  # more never fit
STATES = ("open", "waived", "resolved")
Counted = Mapping[tuple[str, str], int]


async def report_content(
    session: AsyncSession,
    postures: Sequence[PostureDetail],
    source: str | None,
    moment: datetime,
    by: str,
    *,
    past: bool,
    everyone: bool,
) -> ReportContent:
    """All that a report on these postures says. `everyone`: findings about people belong in it."""
    only = await find_source(session, source) if source else None
    sources = [only] if only else list(await session.scalars(select(Source).order_by(Source.name)))
    frameworks = [await session.get_one(Framework, one.framework_id) for one in postures]
    ids = [one.id for one in frameworks]
    controls = list(
        await session.scalars(
            select(Control)
            .where(Control.framework_id.in_(ids))
            .order_by(Control.framework_id, Control.position)
        )
    )
    rules: dict[str, list[ComplianceRule]] = defaultdict(list)
    served: dict[str, list[Control]] = defaultdict(list)
    for rule, control in await session.execute(
        select(ComplianceRule, Control)
        .join(RuleControl, RuleControl.rule_id == ComplianceRule.id)
        .join(Control, Control.id == RuleControl.control_id)
        .where(Control.framework_id.in_(ids), ComplianceRule.enabled)
        .order_by(ComplianceRule.title, Control.framework_id, Control.position)
    ):
        rules[control.id].append(rule)
        served[rule.id].append(control)
    day = moment.date()
    about_people = Finding.source_id.is_(None) if everyone else false()
    within: list[ColumnElement[bool]] = [
        Finding.rule_id.in_(list(served)),
        Finding.source_id == only.id if only else true(),
        or_(Finding.source_id.is_not(None), about_people),
    ]
    counted: dict[tuple[str, str], int] = {}
    for status in STATES:
        for row in await session.execute(
            select(Finding.rule_id, func.count().label("findings"))
            .where(of_status(status, day), *within)
            .group_by(Finding.rule_id)
        ):
            counted[row.rule_id, status] = row.findings
    evaluated = await _evaluated(session, ids)
    resolved = sum(number for (_, status), number in counted.items() if status == "resolved")
    scope = "All sources" if only is None else f"Source {only.name}"
    named = " and ".join(one.name for one in frameworks) if len(ids) < 3 else "All frameworks"
    return ReportContent(
        title=f"{named}: compliance report",
        scope=f"{scope}: {', '.join(one.name for one in sources) or 'none'}"
        if only is None
        else scope,
        as_of=moment,
        past=past,
        generated_at=now(),
        generated_by=by,
        last_evaluated=max((one for one in evaluated.values()), default=None),
        frameworks=[_framework(*pair) for pair in zip(frameworks, postures, strict=True)],
        sources=[one.name for one in sources],
        unscanned_sources=[one.name for one in sources if one.scanned_at is None],
        unevaluated_sources=[one.name for one in sources if one.id not in evaluated],
        controls=[
            _control(one, rules[one.id], counted, evaluated=bool(evaluated)) for one in controls
        ],
        findings=await _findings(session, within, served, day),
        findings_total=sum(counted.values()) - resolved,
        findings_resolved=resolved,
    )


async def _evaluated(session: AsyncSession, ids: Sequence[str]) -> dict[str | None, datetime]:
    """When each source, and (None) people, were last evaluated."""
    last = func.max(Posture.evaluated_at, type_=Posture.evaluated_at.type)
    rows = await session.execute(
        select(Posture.source_id, last.label("last"))
        .where(Posture.framework_id.in_(ids))
        .group_by(Posture.source_id)
    )
    return {row.source_id: row.last for row in rows}


async def _findings(
    session: AsyncSession,
    within: Sequence[ColumnElement[bool]],
    served: Mapping[str, Sequence[Control]],
    day: date,
) -> list[ReportFinding]:
    rows = await session.execute(
        select(Finding, ComplianceRule, Source.name)
        .join(ComplianceRule, ComplianceRule.id == Finding.rule_id)
        .outerjoin(Source, Source.id == Finding.source_id)
        .where(Finding.status != "resolved", *within)
        .order_by(GRAVEST_FIRST, Finding.opened_at, Finding.id)
        .limit(MAXIMUM_FINDINGS)
    )
    return [
        ReportFinding(
            id=finding.id,
            controls=[control.ref for control in served[rule.id]],
            control_ids=[control.id for control in served[rule.id]],
            rule=rule.title,
            rule_version=finding.rule_version,
            severity=finding.severity,
            status="waived" if is_waived(finding, day) else "open",
            source=source or "people",
            subject=finding.subject,
            summary=finding.summary,
            evidence=finding.evidence,
            remedy=rule.definition["remedy"],
            owner=finding.owner,
            due_on=date.fromisoformat(finding.due_on) if finding.due_on else None,
            opened_at=finding.opened_at,
            waiver=Waiver.model_validate(finding.waiver) if finding.waiver else None,
        )
        for finding, rule, source in rows
    ]


def _framework(framework: Framework, posture: PostureDetail) -> ReportFramework:
    return ReportFramework(
        id=framework.id,
        name=framework.name,
        version=framework.version,
        publisher=framework.publisher,
        score=posture.score,
        checks=posture.checks,
        failed=posture.failed,
        waived=posture.waived,
        compliant=posture.compliant,
        trend=posture.trend,
    )


def _control(
    control: Control, rules: Sequence[ComplianceRule], counted: Counted, *, evaluated: bool
) -> ReportControl:
    number = {status: sum(counted.get((rule.id, status), 0) for rule in rules) for status in STATES}
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
        framework_id=control.framework_id,
        ref=control.ref,
        title=control.title,
        status=status,
        rules=[rule.title for rule in rules],
        **number,
    )
