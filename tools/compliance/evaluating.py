"""Evaluating the rules on record: findings are opened, reopened and resolved, postures kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.arguments import SourceFilter
from tools.compliance.evaluation import Judgement, judge
from tools.compliance.operations import FrameworkFilter, find_framework
from tools.compliance.rule_versions import all_rules
from tools.compliance.rulebook import rules_of
from tools.compliance.rules import SEVERITIES, Rule
from tools.compliance.tables import Finding, Framework, Posture
from tools.compliance.types import EvaluationReport, Waiver
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
        frameworks=[one.name for one in frameworks],
        sources=[one.name for one in sources],
        checks=0,
        failed=0,
        opened=0,
        reopened=0,
        resolved=0,
        by_severity={},
    )
    failed_by: Counter[str] = Counter()
    for each in sources:
        judgements = await judge(ctx.session, each, rules)
        failed = [one for one in judgements if not one.outcome.passed]
        failed_by.update(one.rule.severity for one in failed)
        opened, reopened, resolved = await _record(ctx.session, each, rules, failed)
        report.opened += opened
        report.reopened += reopened
        report.resolved += resolved
        report.checks += len(judgements)
        report.failed += len(failed)
        for one in frameworks:
            mine = of_framework(judgements, one.id)
            ctx.session.add(
                Posture(
                    id=new_id("pos"),
                    source_id=each.id,
                    framework_id=one.id,
                    checks=len(mine),
                    failed=sum(not judgement.outcome.passed for judgement in mine),
                )
            )
    report.by_severity = {level: failed_by[level] for level in SEVERITIES if failed_by[level]}
    await ctx.session.flush()
    return report


async def _record(
    session: AsyncSession, source: Source, rules: Sequence[Rule], failed: list[Judgement]
) -> tuple[int, int, int]:
    known = {
        (finding.rule_id, finding.asset_id): finding
        for finding in await session.scalars(
            select(Finding).where(Finding.source_id == source.id, Finding.status != "resolved")
        )
    }
    judged = {rule.id for rule in rules}
    still_open = set()
    opened = reopened = 0
    today = now().date()
    for one in failed:
        slot = (one.rule.id, one.asset_id)
        still_open.add(slot)
        finding = known.get(slot)
        if finding is None:
            opened += 1
            session.add(
                Finding(
                    id=new_id("fnd"),
                    source_id=source.id,
                    rule_id=one.rule.id,
                    rule_version=one.rule.version,
                    asset_id=one.asset_id,
                    subject=one.subject,
                    summary=one.outcome.reason,
                    severity=one.rule.severity,
                    evidence=dict(one.outcome.evidence),
                )
            )
            continue
        if finding.status == "waived" and Waiver.model_validate(finding.waiver).expired(today):
            finding.status, finding.waiver = "open", None
            reopened += 1
        if (finding.summary, finding.rule_version) != (one.outcome.reason, one.rule.version):
            finding.summary, finding.evidence = one.outcome.reason, dict(one.outcome.evidence)
            finding.rule_version, finding.severity = one.rule.version, one.rule.severity
    resolved = 0
    for slot, finding in known.items():
        if slot not in still_open and finding.rule_id in judged:
            finding.status, finding.resolved_at = "resolved", now()
            resolved += 1
    return opened, reopened, resolved


def of_framework(judgements: Sequence[Judgement], framework_id: str) -> list[Judgement]:
    prefix = f"{framework_id}/"
    return [
        one
        for one in judgements
        if any(control.startswith(prefix) for control in one.rule.controls)
    ]
