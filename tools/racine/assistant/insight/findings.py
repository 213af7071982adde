"""Insights out of findings, beside what the catalog knows of the tables that they are on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import comb
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from tools.catalog.tables import RELATIONS, Asset, QualityCheck, QualityResult
from tools.compliance.tables import ComplianceRule, Finding, Framework, Posture
from tools.data_sources.tables import Source
from tools.racine.assistant.advice.catalog import usual_owners
from tools.racine.assistant.advice.types import Desk, plural
from tools.racine.assistant.insight.types import PLANNED, SHOWN, Observation, Step, share
from tools.racine.assistant.noticed_types import Ground

PERIOD = timedelta(days=30)
LEAST = 3
CHANCE = 0.05
_OPEN = Finding.status == "open"


def _table_of(asset: type[Asset]) -> ColumnElement[str]:
    """The id of the table that a finding's asset is, or is a column of."""
    return case((asset.kind == "column", asset.parent_id), else_=asset.id)


async def _assigning(desk: Desk, *which: ColumnElement[bool]) -> tuple[Step, ...]:
    """Open findings that nobody sees to, given to the owners of their tables."""
    table = aliased(Asset)
    rows = await desk.ctx.session.execute(
        select(Finding.id, table.owner)
        .join(Asset, Asset.id == Finding.asset_id)
        .join(table, table.id == _table_of(Asset))
        .where(_OPEN, Finding.owner.is_(None), table.owner.is_not(None), *which)
        .order_by(Finding.opened_at, Finding.id)
        .limit(PLANNED)
    )
    return tuple(
        ("compliance.assign_finding", {"finding": finding, "owner": owner})
        for finding, owner in rows
    )


async def most_failed_rule(desk: Desk) -> Sequence[Observation]:
    session = desk.ctx.session
    counted = await session.execute(
        select(
            ComplianceRule.id,
            ComplianceRule.title,
            func.count(),
            func.count(Finding.source_id.distinct()),
        )
        .join(Finding, Finding.rule_id == ComplianceRule.id)
        .where(_OPEN)
        .group_by(ComplianceRule.id, ComplianceRule.title)
        .order_by(func.count().desc(), ComplianceRule.id)
    )
    rules = counted.all()
    total = sum(count for _, _, count, _ in rules)
    if len(rules) < 2 or (first := rules[0])[2] < LEAST or first[2] * len(rules) < 1.5 * total:
        return []
    rule_id, title, count, sources = first
    of_rule = Finding.rule_id == rule_id
    failing = await session.scalars(
        select(Finding).where(_OPEN, of_rule).order_by(Finding.subject).limit(SHOWN)
    )
    return [
        Observation(
            rule_id,
            f"“{title}” fails most: {share(count, total)} open findings",
            f"It fails in {plural(sources, 'source')}; the other {plural(len(rules) - 1, 'rule')} "
            f"that fail have {plural(total - count, 'finding')} together.",
            0.4 + 0.4 * count / total,
            (
                Ground(id=rule_id, kind="rule", title=title, told=plural(count, "open finding")),
                *(_finding(one) for one in failing),
            ),
            await _assigning(desk, of_rule),
            f"What would make “{title}” hold?",
        )
    ]


def _finding(one: Finding) -> Ground:
    return Ground(id=one.id, kind="finding", title=one.subject, told=one.summary)


async def concentrated(desk: Desk) -> Sequence[Observation]:
    session = desk.ctx.session
    tables = select(func.count(Asset.id)).where(
        Asset.source_id == Source.id, Asset.kind.in_(RELATIONS)
    )
    failing = select(func.count(Finding.id)).where(Finding.source_id == Source.id, _OPEN)
    rows = await session.execute(
        select(Source.id, Source.name, failing.scalar_subquery(), tables.scalar_subquery())
    )
    sources = rows.all()
    found, whole = sum(one[2] for one in sources), sum(one[3] for one in sources)
    if len(sources) < 2 or found < LEAST:
        return []
    source_id, name, count, of_tables = max(sources, key=lambda one: (one[2], one[1]))
    if count / found < max(0.4, 1.5 * of_tables / max(whole, 1)):
        return []
    return [
        Observation(
            source_id,
            f"{name} has {share(count, found)} open findings with {share(of_tables, whole)} tables",
            f"That is {count / max(of_tables, 1):.1f} for each of its tables, and "
            f"{(found - count) / max(whole - of_tables, 1):.1f} elsewhere.",
            0.4 + 0.4 * count / found,
            (Ground(id=source_id, kind="source", title=name, told=plural(count, "open finding")),),
            await _assigning(desk, Finding.source_id == source_id),
            f"What do the tables of {name} lack that others have?",
            source_id,
        )
    ]


async def growing_backlog(desk: Desk) -> Sequence[Observation]:
    session, since = desk.ctx.session, desk.at - PERIOD

    async def count(*which: ColumnElement[bool]) -> int:
        return await session.scalar(select(func.count(Finding.id)).where(*which)) or 0

    opened, closed = await count(Finding.opened_at >= since), await count(
        Finding.resolved_at >= since
    )  # fmt: skip
    before = await count(
        Finding.opened_at < since, or_(Finding.resolved_at.is_(None), Finding.resolved_at >= since)
    )
    if not before or opened < LEAST or opened <= closed:
        return []
    newest = await session.scalars(
        select(Finding).where(_OPEN).order_by(Finding.opened_at.desc(), Finding.id).limit(SHOWN)
    )
    return [
        Observation(
            "backlog",
            f"Findings come faster than they go: {opened} opened and {closed} resolved "
            f"since {since:%-d %B}",
            f"{plural(before, 'finding')} {'was' if before == 1 else 'were'} open then, "
            f"{before + opened - closed} since.",
            0.6,
            tuple(_finding(one) for one in newest),
            await _assigning(desk),
            "Who has time to see to findings?",
        )
    ]


async def posture_trend(desk: Desk) -> Sequence[Observation]:
    session, since = desk.ctx.session, desk.at - PERIOD
    names = await session.execute(select(Framework.id, Framework.name).order_by(Framework.name))
    found = []
    for framework_id, name in names.all():
        then = await _posture(session, framework_id, since)
        today = await _posture(session, framework_id, desk.at)
        both = [source for source in today if source in then]
        (failed, checks), (now_failed, now_checks) = (
            (sum(at[one].failed for one in both), sum(at[one].checks for one in both))
            for at in (then, today)
        )
        if not checks or not now_checks or failed / checks == now_failed / now_checks:
            continue
        worse = now_failed / now_checks > failed / checks
        found.append(
            Observation(
                framework_id,
                f"{name} holds {'less' if worse else 'better'} than on {since:%-d %B}: "
                f"{share(now_failed, now_checks)} checks fail",
                f"{share(failed, checks)} failed then, in the {plural(len(both), 'source')} that "
                f"{'was' if len(both) == 1 else 'were'} evaluated both times.",
                0.7 if worse else 0.25,
                (
                    Ground(
                        id=framework_id,
                        kind="framework",
                        title=name,
                        told=f"{share(now_failed, now_checks)} checks fail",
                    ),
                ),
                question=f"What opened the findings of {name}?" if worse else None,
            )
        )
    return found


async def _posture(session: Any, framework_id: str, at: datetime) -> dict[str | None, Posture]:
    """How each source stood at a moment."""
    rows = await session.scalars(
        select(Posture)
        .where(Posture.framework_id == framework_id, Posture.evaluated_at <= at)
        .order_by(Posture.evaluated_at)
    )
    return {one.source_id: one for one in rows}


async def what_goes_with(desk: Desk) -> Sequence[Observation]:
    """What tables with findings have more often than others, beyond what chance explains."""
    asset = aliased(Asset)
    fails = exists().where(
        Finding.asset_id == asset.id, _OPEN, _table_of(asset) == Asset.id
    )  # fmt: skip
    lacks: dict[str, ColumnElement[bool]] = {
        "an owner": Asset.owner.is_(None),
        "a description": or_(Asset.description.is_(None), Asset.description == "")
        & or_(Asset.comment.is_(None), Asset.comment == ""),
        "a quality check": ~exists().where(QualityCheck.asset_id == Asset.id),
        "a domain": Asset.domain_id.is_(None),
    }
    found = []
    for what, lacking in lacks.items():
        tables = (
            select(lacking.label("without"), fails.label("failing"))
            .select_from(Asset)
            .where(Asset.kind.in_(RELATIONS))
            .subquery()
        )
        cells = tables.c.without, tables.c.failing
        rows = await desk.ctx.session.execute(select(*cells, func.count()).group_by(*cells))
        counts = Counter({(bool(without), bool(failing)): n for without, failing, n in rows})
        if observed := await _together(desk, what, lacking & fails, counts):
            found.append(observed)
    return found


async def _together(
    desk: Desk, what: str, both: ColumnElement[bool], counts: Counter[tuple[bool, bool]]
) -> Observation | None:
    failing, without = counts[True, True], counts[True, True] + counts[True, False]
    others_failing, others = counts[False, True], counts[False, True] + counts[False, False]
    chance = by_chance(failing, without, others_failing, others)
    if failing < LEAST or not others or chance > CHANCE:
        return None
    rows = await desk.ctx.session.scalars(
        select(Asset)
        .where(Asset.kind.in_(RELATIONS), both)
        .order_by(Asset.qualified_name)
        .limit(PLANNED)
    )
    tables, usual = list(rows), await usual_owners(desk.ctx.session)
    steps: list[Step] = []
    for one in tables:
        name = one.qualified_name
        if what == "an owner" and one.source_id in usual:
            steps.append(
                ("catalog.set_owner", {"asset": name, "owner": usual[one.source_id]})
            )  # fmt: skip
        if what == "a quality check":
            checked = {"asset": name, "kind": "row_count", "minimum": 1}
            steps.append(("catalog.define_quality_check", checked))
    return Observation(
        what,
        f"Tables without {what} have more findings: {share(failing, without)} have an open one",
        f"Of the others {share(others_failing, others)} have; chance alone would do that in "
        f"{max(chance, 0.001):.1%} of cases.".replace("%", " %"),
        0.5 + 0.3 * failing / (failing + others_failing),
        tuple(
            Ground(id=one.id, kind=one.kind, title=one.qualified_name, told=f"without {what}")
            for one in tables[:SHOWN]
        ),
        tuple(steps),
        f"Who can give {tables[0].qualified_name} {what}?",
    )


def by_chance(hits: int, of: int, other_hits: int, others: int) -> float:
    """The chance of at least so many hits among `of`, were it all the same (Fisher, one-sided)."""
    all_hits, whole = hits + other_hits, of + others
    most = min(of, all_hits)
    ways = sum(comb(of, n) * comb(others, all_hits - n) for n in range(hits, most + 1))
    return ways / comb(whole, all_hits) if whole else 1.0


async def certified_but_failing(desk: Desk) -> Sequence[Observation]:
    session = desk.ctx.session
    certified = select(Asset).where(Asset.certification.is_not(None), Asset.kind.in_(RELATIONS))
    asset, later = aliased(Asset), aliased(QualityResult)
    fails = exists().where(Finding.asset_id == asset.id, _OPEN, _table_of(asset) == Asset.id)
    failed_check = exists().where(
        QualityCheck.asset_id == Asset.id,
        QualityResult.check_id == QualityCheck.id,
        QualityResult.status == "failed",
        ~exists().where(later.check_id == QualityResult.check_id, later.at > QualityResult.at),
    )
    total = await session.scalar(select(func.count()).select_from(certified.subquery())) or 0
    rows = await session.scalars(
        certified.where(or_(fails, failed_check)).order_by(Asset.qualified_name)
    )
    tables = list(rows)
    if not tables:
        return []
    return [
        Observation(
            "certified",
            f"{share(len(tables), total)} certified tables have an open finding or a failing check",
            f"Such as {tables[0].qualified_name}, certified as {tables[0].certification} by "
            f"{tables[0].certified_by}.",
            0.65,
            tuple(
                Ground(
                    id=one.id,
                    kind=one.kind,
                    title=one.qualified_name,
                    told=f"certified as {one.certification}",
                )
                for one in tables[:SHOWN]
            ),
            tuple(
                ("catalog.run_quality_checks", {"asset": one.qualified_name})
                for one in tables[:PLANNED]
            ),
            "Is the certificate to stand until they are mended?",
        )
    ]
