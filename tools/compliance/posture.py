"""Where a source, or everything, stands towards the frameworks: now, or as it stood in the past.

A posture is judged anew from the facts of its moment; the trend is what evaluations recorded.
What is waived doesn't count as failing and is shown beside it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import date, datetime
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from tools.compliance.arguments import SourceFilter
from tools.compliance.evaluating import of_framework
from tools.compliance.evaluation import Judgement, Slot, judge, judge_people
from tools.compliance.frameworks import FrameworkFilter, find_framework
from tools.compliance.past import as_it_was, history_since, moment_of
from tools.compliance.rule_versions import all_rules
from tools.compliance.rulebook import rules_of
from tools.compliance.rules import SEVERITIES
from tools.compliance.tables import Finding, Framework, Posture
from tools.compliance.trend import last_evaluation, trend_of
from tools.compliance.types import Failure, PostureDetail, Postures, SourceScore
from tools.compliance.waivers import waived_slots
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import now
from tools.operation import operation

PEOPLE = "people"


@operation(
    "compliance.get_posture",
    permission="compliance.read",
    timeout=300,
    examples=(
        "Are we compliant with GDPR?",
        "Is crm compliant with PCI DSS, and why not?",
        "What is our compliance posture?",
        "Were we compliant with HIPAA on 31 March 2026?",
    ),
)
async def get_posture(
    ctx: Context,
    framework: FrameworkFilter = None,
    source: SourceFilter = None,
    as_of: Annotated[
        date | datetime | None,
        Field(description="A past day (its end, in UTC) or moment, such as 2026-03-31; now if not"),
    ] = None,
) -> Postures:
    """Say how a source, or everything, stands towards a framework: score, what fails and why."""
    moment = now() if as_of is None else await moment_of(ctx.session, as_of)
    everyone = source is None and ctx.decision.everywhere
    async with AsyncExitStack() as stack:
        session = ctx.session
        if as_of is not None:
            was = as_it_was(
                ctx.session,
                moment,
                ctx.decision.whole,
                only={Finding: Finding.status == "waived"},
            )
            session = await stack.enter_async_context(was)
        only = await find_source(session, source) if source else None
        sources = (
            [only] if only else list(await session.scalars(select(Source).order_by(Source.name)))
        )
        frameworks = (
            [await find_framework(session, framework)]
            if framework
            else list(await session.scalars(select(Framework).order_by(Framework.name)))
        )
        rules = await all_rules(session)
        if framework:
            serving = await rules_of(session, framework)
            rules = [rule for rule in rules if rule.id in serving]
        judged = {one.name: await judge(session, one, rules, moment) for one in sources}
        if everyone:
            judged[PEOPLE] = await judge_people(session, rules, ctx.session, moment)
        waived = await waived_slots(session, moment)
        ids = {one.id for one in sources}
        recorded = [
            one
            for one in await session.scalars(
                select(Posture)
                .where(Posture.framework_id.in_([one.id for one in frameworks]))
                .order_by(Posture.evaluated_at, Posture.id)
            )
            if one.source_id in ids or (one.source_id is None and everyone)
        ]

    def told() -> list[PostureDetail]:
        past = as_of is not None
        return [
            _posture(one, only, sources, judged, waived, recorded, moment, past=past)
            for one in frameworks
        ]

    items = await asyncio.to_thread(told)  # there may be hundreds of thousands of checks
    return Postures(items=items, history_since=await history_since(ctx.session))


def _posture(
    framework: Framework,
    only: Source | None,
    sources: Sequence[Source],
    judged: dict[str, list[Judgement]],
    waived: set[Slot],
    recorded: Iterable[Posture],
    moment: datetime,
    *,
    past: bool,
) -> PostureDetail:
    parts = {name: of_framework(mine, framework.id) for name, mine in judged.items()}
    scores = [_score(name, mine, waived) for name, mine in parts.items()]
    whole = _score("", [one for mine in parts.values() for one in mine], waived)
    own = [one for one in recorded if one.framework_id == framework.id]
    last = last_evaluation(own)
    return PostureDetail(
        framework_id=framework.id,
        framework=framework.name,
        source=only.name if only else None,
        as_of=moment,
        past=past,
        score=whole.score,
        checks=whole.checks,
        failed=whole.failed,
        waived=whole.waived,
        compliant=whole.failed == 0 if whole.checks else None,
        failures=_failures(framework, [one for mine in parts.values() for one in mine], waived),
        by_source=[one for one in scores if one.checks],
        trend=trend_of(own),
        unscanned_sources=[one.name for one in sources if one.scanned_at is None],
        last_evaluated=last.at if last else None,
        previous_score=last.score if last else None,
    )


def _score(name: str, mine: Sequence[Judgement], waived: set[Slot]) -> SourceScore:
    failing = [one.slot for one in mine if not one.outcome.passed]
    accepted = sum(slot in waived for slot in failing)
    failed = len(failing) - accepted
    return SourceScore(
        source=name,
        score=round(1 - failed / len(mine), 3) if mine else None,
        checks=len(mine),
        failed=failed,
        waived=accepted,
    )


def _failures(framework: Framework, mine: Sequence[Judgement], waived: set[Slot]) -> list[Failure]:
    failing: dict[str, list[Judgement]] = defaultdict(list)
    accepted: dict[str, int] = defaultdict(int)
    for one in mine:
        if one.outcome.passed:
            continue
        if one.slot in waived:
            accepted[one.rule.id] += 1
        else:
            failing[one.rule.id].append(one)
    ranked = sorted(
        failing.values(),
        key=lambda group: (SEVERITIES.index(group[0].rule.severity), -len(group)),
    )
    return [
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
            waived=accepted[group[0].rule.id],
            reasons=[one.outcome.reason for one in group[:5]],
            remedy=group[0].rule.remedy,
        )
        for group in ranked
    ]
