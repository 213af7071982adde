"""Insights out of classifications, beside scans, rules, lineage and use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import aliased

from tools.catalog.tables import FLOWS, Asset, LineageEdge
from tools.catalog.usage import Usage
from tools.classifications.tables import Classification, Label
from tools.compliance.coverage import covered_labels
from tools.compliance.tables import Posture
from tools.data_sources.tables import Source
from tools.racine.assistant.advice.types import Desk, plural
from tools.racine.assistant.insight.types import PLANNED, SHOWN, Observation, share
from tools.racine.assistant.noticed_types import Ground

PERIOD = timedelta(days=30)
LEAST = 3
SENSITIVE = ("restricted", "confidential")
_KEPT = Classification.status != "rejected"


async def growth(desk: Desk) -> Sequence[Observation]:
    """More classified columns in sources that were scanned before; a first scan is no growth."""
    session, since = desk.ctx.session, desk.at - PERIOD
    newer = func.sum(case((Classification.created_at >= since, 1), else_=0))
    rows = await session.execute(
        select(
            Source.id,
            Source.name,
            func.count(Classification.id),
            newer,
            func.max(Classification.created_at),
        )
        .join(Classification, Classification.source_id == Source.id)
        .where(_KEPT)
        .group_by(Source.id, Source.name)
    )
    grown = sorted(
        (one for one in rows if 0 < one[3] < one[2]), key=lambda one: (-one[3], one[1])
    )  # fmt: skip
    if not grown:
        return []
    last = select(Posture.source_id, func.max(Posture.evaluated_at)).group_by(Posture.source_id)
    evaluated = {row[0]: row[1] for row in await session.execute(last)}
    stale = [
        name for id_, name, _, _, at in grown if id_ not in evaluated or evaluated[id_] < at
    ]  # fmt: skip
    total, new = sum(one[2] for one in grown), sum(one[3] for one in grown)
    judged = f"{_names(stale)} {_were(stale)} not evaluated since." if stale else ""
    return [
        Observation(
            "classified",
            f"Classified columns grew by {new} to {total} since {since:%-d %B}, "
            f"most in {grown[0][1]}",
            f"{', '.join(f'{name}: {more} of {count}' for _, name, count, more, _ in grown[:5])} "
            f"came since. {judged}".strip(),
            0.65 if stale else 0.4,
            tuple(
                Ground(
                    id=id_, kind="source", title=name, told=f"{plural(more, 'column')} more"
                )
                for id_, name, _, more, _ in grown[:SHOWN]
            ),
            tuple(("compliance.evaluate_compliance", {"source": name}) for name in stale[:PLANNED]),
        )
    ]  # fmt: skip


def _names(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _were(names: Sequence[str]) -> str:
    return "was" if len(names) == 1 else "were"


async def unscanned_columns(desk: Desk) -> Sequence[Observation]:
    rows = await desk.ctx.session.execute(
        select(Source.id, Source.name, func.count(Asset.id))
        .join(Asset, Asset.source_id == Source.id)
        .where(Asset.kind == "column", Asset.created_at > Source.scanned_at)
        .group_by(Source.id, Source.name)
        .order_by(func.count(Asset.id).desc(), Source.name)
    )
    sources = rows.all()
    if not sources:
        return []
    total = sum(count for _, _, count in sources)
    told = ", ".join(f"{name}: {count}" for _, name, count in sources[:5])
    return [
        Observation(
            "columns",
            f"{plural(total, 'column')} came after the last scan of "
            f"{_names([name for _, name, _ in sources[:SHOWN]])}",
            f"They are in the catalog and no scan has looked at them ({told}).",
            0.6,
            tuple(
                Ground(
                    id=id_, kind="source", title=name, told=f"{plural(count, 'column')} unscanned"
                )
                for id_, name, count in sources[:SHOWN]
            ),
            tuple(("scan_logic.start_scan", {"source": name}) for _, name, _ in sources[:PLANNED]),
        )
    ]


async def unlabelled_copies(desk: Desk) -> Sequence[Observation]:
    """Columns made of classified ones that bear no label, of all that are made of such."""
    copy, carried = aliased(Asset), aliased(Classification)
    labelled = exists().where(carried.asset_id == copy.id, carried.status != "rejected")
    rows = await desk.ctx.session.execute(
        select(
            Asset.qualified_name,
            Classification.label,
            copy.id,
            copy.qualified_name,
            case((labelled, 1), else_=0),
        )
        .join(Classification, Classification.asset_id == Asset.id)
        .join(LineageEdge, LineageEdge.upstream_id == Asset.id)
        .join(copy, copy.id == LineageEdge.downstream_id)
        .where(_KEPT, LineageEdge.kind.in_(FLOWS), copy.kind == "column")
        .order_by(Asset.qualified_name, Classification.label, copy.qualified_name)
    )
    edges = rows.all()
    made = {copied: bool(has) for _, _, copied, _, has in edges}
    bare = [edge for edge in edges if not edge[4]]
    if not bare:
        return []
    origins = dict.fromkeys((name, label) for name, label, *_ in bare)
    count = len({edge[2] for edge in bare})
    return [
        Observation(
            "copies",
            f"{share(count, len(made))} columns that are made of classified ones bear no label",
            f"They come of {plural(len(origins), 'classified column')}, such as "
            f"{bare[0][0]} ({bare[0][1]}), which {bare[0][3]} is made of.",
            0.5 + 0.3 * count / len(made),
            tuple(
                Ground(id=copied, kind="column", title=name, told=f"made of {origin} ({label})")
                for origin, label, copied, name, _ in bare[:SHOWN]
            ),
            tuple(
                (
                    "classifications.propagate_classification",
                    {"asset": name, "label": label},
                )
                for name, label in list(origins)[:PLANNED]
            ),
        )
    ]


async def unruled(desk: Desk) -> Sequence[Observation]:
    """Sensitive columns with a label that no rule looks at."""
    session = desk.ctx.session
    covered = await covered_labels(session)
    columns = func.count(Classification.asset_id.distinct())
    sensitive = (
        select(columns)
        .join(Label, Label.id == Classification.label)
        .where(_KEPT, Label.sensitivity.in_(SENSITIVE))
    )
    bare = sensitive.where(Label.id.not_in(covered))
    total, whole = await session.scalar(bare) or 0, await session.scalar(sensitive) or 0
    if not total:
        return []
    rows = await session.execute(
        bare.add_columns(Label.id).group_by(Label.id).order_by(columns.desc(), Label.id)
    )
    labels = {label: count for count, label in rows}
    first = await session.execute(
        bare.with_only_columns(Asset.id, Asset.qualified_name, Label.id)
        .join(Asset, Asset.id == Classification.asset_id)
        .order_by(Asset.qualified_name, Label.id)
        .limit(SHOWN)
    )
    label, count = next(iter(labels.items()))
    return [
        Observation(
            "uncovered",
            f"{share(total, whole)} sensitive columns are covered by no rule, most of them {label}",
            ", ".join(f"{name}: {number}" for name, number in list(labels.items())[:6]) + ".",
            0.3 + 0.4 * total / whole,
            (
                Ground(id=label, kind="label", title=label, told=f"{plural(count, 'column')}"),
                *(Ground(id=id_, kind="column", title=name, told=of) for id_, name, of in first),
            ),
            question=f"Which rule is to hold for columns labelled {label}?",
        )
    ]


async def noisy(desk: Desk) -> Sequence[Observation]:
    """Labels that people reject more often than they confirm them."""
    rejected = func.sum(case((Classification.status == "rejected", 1), else_=0))
    rows = await desk.ctx.session.execute(
        select(Label.id, Label.title, func.count(Classification.id), rejected)
        .join(Classification, Classification.label == Label.id)
        .where(Classification.status.in_(("rejected", "confirmed")))
        .group_by(Label.id, Label.title)
        .having(func.count(Classification.id) >= LEAST)
        .order_by(Label.id)
    )
    return [
        Observation(
            label,
            f"{title} is more often rejected than confirmed: {share(wrong, count)} decisions",
            f"People decided {plural(count, 'time')} on it, and took it away {wrong} times.",
            0.3 + 0.4 * wrong / count,
            (Ground(id=label, kind="label", title=title, told=f"rejected {wrong} times"),),
            question=f"How much has to match before a column is {label}?",
        )
        for label, title, count, wrong in rows
        if wrong * 2 > count
    ]


async def unused(desk: Desk) -> Sequence[Observation]:
    """Tables with classified columns that feed nothing, and that nobody has looked at."""
    column, below = aliased(Asset), aliased(Asset)
    sensitive = exists().where(
        column.parent_id == Asset.id, Classification.asset_id == column.id, _KEPT
    )
    read = exists().where(
        LineageEdge.upstream_id.in_(
            select(below.id).where((below.id == Asset.id) | (below.parent_id == Asset.id))
        ),
        LineageEdge.kind.in_(FLOWS),
    )
    rows = await desk.ctx.session.execute(
        select(Asset, read)
        .where(Asset.kind == "table", sensitive, Asset.created_at < desk.at - PERIOD)
        .order_by(Asset.qualified_name)
    )
    tables = rows.all()
    if not tables:
        return []
    told = await desk.ctx.invoke("catalog.get_usage", days=PERIOD.days, limit=500)
    usage = cast(Usage, told)
    used = {one.asset_id for one in usage.items if one.looks or one.runs}
    idle = [one for one, feeds in tables if not feeds and one.id not in used]
    if usage.truncated or not idle:
        return []
    return [
        Observation(
            "unused",
            f"{share(len(idle), len(tables))} tables with classified columns weren't used in "
            f"{PERIOD.days} days",
            "Nothing known is made of them, and nobody looked at them: "
            f"{', '.join(one.qualified_name for one in idle[:5])}.",
            0.35 + 0.2 * len(idle) / len(tables),
            tuple(
                Ground(id=one.id, kind=one.kind, title=one.qualified_name, told="not used")
                for one in idle[:SHOWN]
            ),
            question=f"Is {idle[0].qualified_name} still needed?",
        )
    ]
