"""Evaluating the rules on record: findings are opened, reopened and resolved, postures kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.arguments import SourceFilter
from tools.compliance.evaluation import Judgement, Slot, judge, judge_people
from tools.compliance.frameworks import FrameworkFilter, find_framework
from tools.compliance.rule_versions import all_rules
from tools.compliance.rulebook import rules_of
from tools.compliance.rules import DAYS_TO_MEND, SEVERITIES, Rule
from tools.compliance.tables import Finding, Framework, Posture
from tools.compliance.types import EvaluationReport
from tools.compliance.waivers import is_waived, today
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.operation import Effect, operation


@operation(
    "compliance.evaluate_compliance",
    permission="compliance.write",
    effect=Effect.WRITE,
    target="source",
    timeout=300,
    examples=("Evaluate compliance of crm", "Check pagila against GDPR", "Run the rules again"),
)
async def evaluate_compliance(
    ctx: Context, framework: FrameworkFilter = None, source: SourceFilter = None
) -> EvaluationReport:
    """Evaluate the rules and record it: findings are opened and resolved, postures kept."""
    only = await find_source(ctx.session, source) if source else None
    sources = (
        [only] if only else list(await ctx.session.scalars(select(Source).order_by(Source.name)))
    )
    frameworks = (
        [await find_framework(ctx.session, framework)]
        if framework
        else list(await ctx.session.scalars(select(Framework).order_by(Framework.name)))
    )
    rules = await all_rules(ctx.session)
    if framework:
        serving = await rules_of(ctx.session, framework)
        rules = [rule for rule in rules if rule.id in serving]
    report = EvaluationReport(
        frameworks=[one.name for one in frameworks], sources=[one.name for one in sources]
    )
    for each in sources:
        judged = await judge(ctx.session, each, rules)
        await _record(ctx.session, each.id, rules, judged, frameworks, report)
    if only is None and ctx.decision.everywhere:  # people belong to no source
        judged = await judge_people(ctx.session, rules)
        report.people = len({one.subject_id for one in judged})
        await _record(ctx.session, None, rules, judged, frameworks, report)
    report.by_severity = {
        level: report.by_severity[level] for level in SEVERITIES if level in report.by_severity
    }
    await ctx.session.flush()
    return report


def of_framework(judgements: Sequence[Judgement], framework_id: str) -> list[Judgement]:
    """The judgements by rules that serve a framework."""
    prefix = f"{framework_id}/"
    rules = {one.rule.id: one.rule for one in judgements}
    serving = {
        rule.id
        for rule in rules.values()
        if any(control.startswith(prefix) for control in rule.controls)
    }
    return [one for one in judgements if one.rule.id in serving]


async def _record(
    session: AsyncSession,
    source_id: str | None,
    rules: Sequence[Rule],
    judged: Sequence[Judgement],
    frameworks: Sequence[Framework],
    report: EvaluationReport,
) -> None:
    failed = [one for one in judged if not one.outcome.passed]
    report.checks += len(judged)
    report.failed += len(failed)
    for one in failed:
        level = one.rule.severity
        report.by_severity[level] = report.by_severity.get(level, 0) + 1
    waived = await _findings(session, source_id, rules, failed, report)
    report.waived += len(waived)
    for framework in frameworks:
        mine = of_framework(judged, framework.id)
        failing = [one.slot for one in mine if not one.outcome.passed]
        accepted = sum(slot in waived for slot in failing)
        session.add(
            Posture(
                id=new_id("pos"),
                source_id=source_id,
                framework_id=framework.id,
                checks=len(mine),
                failed=len(failing) - accepted,
                waived=accepted,
            )
        )


async def _findings(
    session: AsyncSession,
    source_id: str | None,
    rules: Sequence[Rule],
    failed: Sequence[Judgement],
    report: EvaluationReport,
) -> set[Slot]:
    """Open, reopen and resolve; what is waived."""
    query = select(Finding).where(Finding.source_id == source_id, Finding.status != "resolved")
    known = {finding.slot: finding for finding in await session.scalars(query)}
    for one in failed:
        finding = known.get(one.slot)
        if finding is None:
            report.opened += 1
            session.add(_opened(one))
            continue
        if finding.status == "waived" and not is_waived(finding):
            finding.status, finding.waiver, finding.waived_until = "open", None, None
            report.reopened += 1
        if (finding.summary, finding.rule_version) != (one.outcome.reason, one.rule.version):
            finding.summary, finding.evidence = one.outcome.reason, dict(one.outcome.evidence)
            finding.rule_version, finding.severity = one.rule.version, one.rule.severity
    judged, failing = {rule.id for rule in rules}, {one.slot for one in failed}
    for slot, finding in known.items():
        if slot not in failing and finding.rule_id in judged:
            finding.status, finding.resolved_at = "resolved", now()
            report.resolved += 1
    return {slot for slot, finding in known.items() if slot in failing and is_waived(finding)}


def _opened(one: Judgement) -> Finding:
    return Finding(
        id=new_id("fnd"),
        source_id=one.source_id,
        person_id=one.person_id,
        rule_id=one.rule.id,
        rule_version=one.rule.version,
        asset_id=one.asset_id,
        subject=one.subject,
        summary=one.outcome.reason,
        severity=one.rule.severity,
        evidence=dict(one.outcome.evidence),
        owner=one.owner,
        due_on=(today() + timedelta(days=DAYS_TO_MEND[one.rule.severity])).isoformat(),
    )
