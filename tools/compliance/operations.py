"""The operations of compliance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import Asset
from tools.classifications.tables import Classification, Label
from tools.compliance.coverage import covered_labels
from tools.compliance.evaluation import Judgement, all_rules, judge
from tools.compliance.frameworks import FrameworkFilter, control_summaries, find_framework
from tools.compliance.rules import Rule
from tools.compliance.tables import (
    ComplianceRule,
    Control,
    Finding,
    Framework,
    Posture,
    RuleControl,
)
from tools.compliance.types import (
    EvaluationReport,
    Failure,
    FindingDetail,
    Gaps,
    PostureDetail,
    Postures,
    RuleDetail,
    RuleSummary,
    UncoveredColumn,
    Waiver,
)
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.errors import ChooseAnother, nearest
from tools.masking import SENSITIVE
from tools.operation import Effect, operation
from tools.values import Cursor, Limit, Page, page, paged

SourceFilter = Annotated[str | None, Field(max_length=200, description="Only this source")]
Severity = Literal["low", "medium", "high", "critical"]
SEVERITIES = ["critical", "high", "medium", "low"]


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
        query = query.where(ComplianceRule.id.in_(await _rules_of(ctx.session, framework)))
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


@operation(
    "compliance.list_findings",
    permission="compliance.read",
    examples=("Show the open findings", "What is wrong in crm?", "List the critical findings"),
)
async def list_findings(
    ctx: Context,
    framework: FrameworkFilter = None,
    source: SourceFilter = None,
    asset: Annotated[str | None, Field(description="Only on this asset")] = None,
    severity: Annotated[Severity | None, Field(description="Only of this severity")] = None,
    status: Annotated[
        Literal["open", "waived", "resolved"], Field(description="open, waived or resolved")
    ] = "open",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[FindingDetail]:
    """List the findings of the last evaluations: which rule fails where, with evidence."""
    query = select(Finding).where(Finding.status == status)
    if framework:
        query = query.where(Finding.rule_id.in_(await _rules_of(ctx.session, framework)))
    if source:
        query = query.where(Finding.source_id == (await find_source(ctx.session, source)).id)
    if asset:
        query = query.where(Finding.asset_id == (await find_asset(ctx.session, asset)).id)
    if severity:
        query = query.where(Finding.severity == severity)
    rows, total = await paged(
        ctx.session, query.order_by(Finding.opened_at.desc(), Finding.id), limit, cursor
    )
    return page([await finding_detail(ctx.session, row) for row in rows], total, cursor)


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


@operation(
    "compliance.get_posture",
    permission="compliance.read",
    examples=(
        "Are we compliant with GDPR?",
        "Is crm compliant with PCI DSS, and why not?",
        "What is our compliance posture?",
    ),
)
async def get_posture(
    ctx: Context, framework: FrameworkFilter = None, source: SourceFilter = None
) -> Postures:
    """Say how a source, or everything, stands towards a framework: score, what fails and why."""
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
    judgements = [one for each in sources for one in await judge(ctx.session, each, rules)]
    return Postures(
        items=[await _posture(ctx.session, one, only, sources, judgements) for one in frameworks]
    )


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
    served = select(RuleControl.control_id)
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
        serving = await _rules_of(ctx.session, found.id)
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
        controls=await control_summaries(ctx.session, controls[:limit]),
        columns_without_rule=len(columns),
        columns=[
            UncoveredColumn(asset_id=row[0], column=row[1], label=row[2], sensitivity=row[3])
            for row in columns[:limit]
        ],
        unscanned_sources=list(await ctx.session.scalars(unscanned)),
    )


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
        serving = await _rules_of(ctx.session, framework)
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
            mine = _of_framework(judgements, one.id)
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
        if finding.summary != one.outcome.reason:
            finding.summary, finding.evidence = one.outcome.reason, dict(one.outcome.evidence)
    resolved = 0
    for slot, finding in known.items():
        if slot not in still_open and finding.rule_id in judged:
            finding.status, finding.resolved_at = "resolved", now()
            resolved += 1
    return opened, reopened, resolved


def _of_framework(judgements: Sequence[Judgement], framework_id: str) -> list[Judgement]:
    prefix = f"{framework_id}/"
    return [
        one
        for one in judgements
        if any(control.startswith(prefix) for control in one.rule.controls)
    ]


async def _posture(
    session: AsyncSession,
    framework: Framework,
    only: Source | None,
    sources: Sequence[Source],
    judgements: Sequence[Judgement],
) -> PostureDetail:
    mine = _of_framework(judgements, framework.id)
    failing: dict[str, list[Judgement]] = defaultdict(list)
    for one in mine:
        if not one.outcome.passed:
            failing[one.rule.id].append(one)
    ranked = sorted(
        failing.values(),
        key=lambda group: (SEVERITIES.index(group[0].rule.severity), -len(group)),
    )
    failed = sum(len(group) for group in ranked)
    earlier = select(Posture).where(Posture.framework_id == framework.id)
    if only is not None:
        earlier = earlier.where(Posture.source_id == only.id)
    last = await session.scalar(earlier.order_by(Posture.evaluated_at.desc()).limit(1))
    return PostureDetail(
        framework_id=framework.id,
        framework=framework.name,
        source=only.name if only else None,
        score=round(1 - failed / len(mine), 3) if mine else None,
        checks=len(mine),
        failed=failed,
        compliant=failed == 0 if mine else None,
        failures=[
            Failure(
                rule_id=group[0].rule.id,
                rule=group[0].rule.title,
                severity=group[0].rule.severity,
                controls=[
                    control
                    for control in group[0].rule.controls
                    if control.startswith(f"{framework.id}/")
                ],
                failed=len(group),
                reasons=[one.outcome.reason for one in group[:5]],
                remedy=group[0].rule.remedy,
            )
            for group in ranked
        ],
        unscanned_sources=[one.name for one in sources if one.scanned_at is None],
        last_evaluated=last.evaluated_at if last else None,
        previous_score=round(1 - last.failed / last.checks, 3) if last and last.checks else None,
    )


async def _rules_of(session: AsyncSession, framework: str) -> set[str]:
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


async def finding_detail(session: AsyncSession, row: Finding) -> FindingDetail:
    """A finding with its rule, controls and remedy."""
    rule_row = await session.get(ComplianceRule, row.rule_id)
    assert rule_row is not None  # a foreign key
    rule = Rule.model_validate(rule_row.definition)
    facts = {field: getattr(row, field, None) for field in FindingDetail.model_fields}
    return FindingDetail.model_validate(
        facts | {"rule": rule.title, "controls": list(rule.controls), "remedy": rule.remedy}
    )
