"""Where a source, or everything, stands towards the frameworks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.arguments import SourceFilter
from tools.compliance.evaluating import of_framework
from tools.compliance.evaluation import Judgement, judge
from tools.compliance.operations import FrameworkFilter, find_framework
from tools.compliance.rule_versions import all_rules
from tools.compliance.rules import SEVERITIES
from tools.compliance.tables import Framework, Posture
from tools.compliance.types import Failure, PostureDetail, Postures
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.operation import operation


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


async def _posture(
    session: AsyncSession,
    framework: Framework,
    only: Source | None,
    sources: Sequence[Source],
    judgements: Sequence[Judgement],
) -> PostureDetail:
    mine = of_framework(judgements, framework.id)
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
