"""How much assets are used, from what is known: the activity log, runs of pipelines, lineage.

Of people only their number is told. A look at a column is a look at its table, too; an asset that
the log names as several could be is counted for none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import ActivityRow
from tools.catalog.assets import find_asset
from tools.catalog.summaries import AT_ONCE, dependents_of
from tools.catalog.tables import RELATIONS, Asset, LineageEdge, LineageEvent
from tools.catalog.types import asset_citation
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.database import now
from tools.errors import BeMoreExact, ChooseAnother
from tools.operation import operation
from tools.values import AssetRef, Citation, Cited, Cursor, Limit, Page, offset_of, page

NAMED_BY = ("asset", "table", "column", "other")
"""The arguments by which operations are told which asset they are about."""
MOST_ENTRIES = 20_000
MOST_NAMES = 1_000
OWN = "catalog.get_usage"


class AssetUsage(Cited):
    """How much one asset is used. `looks`: invocations about it, by `people` different people.

    `by_workflows`: those of them that executions made. `runs`: of pipelines that read or write it.
    `feeds`: assets that are made of it directly.
    """

    asset_id: str
    asset: str
    kind: str
    looks: int
    people: int
    by_workflows: int
    changes: int
    last_used_at: datetime | None
    runs: int
    feeds: int

    def citation(self) -> Citation:
        snippet = f"{self.looks} looks by {self.people} people"
        return asset_citation(self.asset_id, self.kind, self.asset, snippet)


class Usage(Page[AssetUsage]):
    """Assets by how much they are used, and what that is known from.

    `counted_since`: the log is counted from then on only, since it holds more than is read.
    """

    since: datetime
    until: datetime
    counted_since: datetime
    known_from: list[str]


@dataclass
class _Seen:
    looks: int = 0
    changes: int = 0
    by_workflows: int = 0
    people: set[str] = field(default_factory=set)
    last: datetime | None = None

    def add(self, other: _Seen) -> None:
        self.looks += other.looks
        self.changes += other.changes
        self.by_workflows += other.by_workflows
        self.people |= other.people
        self.last = max(filter(None, (self.last, other.last)), default=None)


@operation(
    "catalog.get_usage",
    permission="catalog.read",
    target="asset",
    examples=(
        "How often is crm.customers used?",
        "Which tables are used the most?",
        "What are the most popular assets?",
        "Which tables has nobody used for 90 days?",
    ),
)
async def get_usage(
    ctx: Context,
    asset: Annotated[
        AssetRef | None, Field(description="Only this asset; else all that are used")
    ] = None,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    days: Annotated[int, Field(ge=1, le=365, description="Over how many days, 1 to 365")] = 30,
    unused: Annotated[
        bool, Field(description="The tables and views that nobody used in these days instead")
    ] = False,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Usage:
    """Say how much assets are used, by how many people, and what is made of them; popular first."""
    session, until = ctx.session, now()
    since = until - timedelta(days=days)
    wanted = await find_asset(session, asset) if asset else None
    only = await find_source(session, source) if source else None
    by_name, counted_since = await _logged(session, since)
    seen: dict[str, _Seen] = defaultdict(_Seen)
    async with ctx.kernel.database.reading() as whole:
        # A name is what it is to everybody; whatever isn't visible is left out below
        resolved = await _resolved(whole, by_name)
    for found, one in resolved:
        seen[found.id].add(one)
        if found.parent_id:
            seen[found.parent_id].add(one)
    ids = [wanted.id] if wanted else list(seen)
    if unused and not wanted:
        ids = list(await session.scalars(select(Asset.id).where(Asset.kind.in_(RELATIONS))))
    assets: list[Asset] = []
    for part in _parts(ids):
        assets += await session.scalars(
            select(Asset).where(Asset.id.in_(part), *([Asset.source_id == only.id] if only else []))
        )
    feeds = await dependents_of(session, [one.id for one in assets])
    runs = await _runs(session, [one.id for one in assets], since)
    items = [
        AssetUsage(
            asset_id=one.id,
            asset=one.qualified_name,
            kind=one.kind,
            looks=seen[one.id].looks,
            people=len(seen[one.id].people),
            by_workflows=seen[one.id].by_workflows,
            changes=seen[one.id].changes,
            last_used_at=seen[one.id].last,
            runs=runs[one.id],
            feeds=feeds[one.id],
        )
        for one in assets
        if not (unused and (seen[one.id].looks or runs[one.id]))
    ]
    items.sort(key=lambda one: (-one.people, -one.looks, -one.runs, -one.feeds, one.asset))
    start = offset_of(cursor)
    return Usage(
        **dict(page(items[start : start + limit], len(items), cursor)),
        since=since,
        until=until,
        counted_since=counted_since,
        known_from=[
            "Racine's activity log: who asked for the asset, or worked on it, here",
            "runs of pipelines that were reported by OpenLineage events",
            "lineage: what is made of the asset",
        ],
    )


async def _logged(session: AsyncSession, since: datetime) -> tuple[dict[str, _Seen], datetime]:
    """What the log tells of each name that assets were called by, and from when on."""
    rows = await session.execute(
        select(
            ActivityRow.at,
            ActivityRow.user_id,
            ActivityRow.channel,
            ActivityRow.effect,
            ActivityRow.arguments,
        )
        .where(ActivityRow.at >= since, ActivityRow.outcome == "done", ActivityRow.operation != OWN)
        .order_by(ActivityRow.sequence.desc())
        .limit(MOST_ENTRIES)
    )
    seen: dict[str, _Seen] = defaultdict(_Seen)
    read, earliest = 0, since
    for row in rows:
        read, earliest = read + 1, row.at
        for name in {row.arguments.get(key) for key in NAMED_BY if row.arguments.get(key)}:
            if not isinstance(name, str):
                continue
            one = _Seen(
                looks=int(row.effect == "read"),
                changes=int(row.effect != "read"),
                by_workflows=int(row.channel == "workflow"),
                people={row.user_id},
                last=row.at,
            )
            seen[name].add(one)
    return seen, earliest if read == MOST_ENTRIES else since


async def _resolved(
    session: AsyncSession, by_name: dict[str, _Seen]
) -> Sequence[tuple[Asset, _Seen]]:
    """The assets that are meant by the names; the most frequent names, where they are many."""
    found = []
    often = sorted(by_name, key=lambda name: -by_name[name].looks - by_name[name].changes)
    known: dict[str, Asset] = {}
    for part in _parts(often):
        rows = await session.scalars(select(Asset).where(Asset.id.in_(part)))
        known |= {asset.id: asset for asset in rows}
    for name in often[:MOST_NAMES]:
        try:
            found.append((known.get(name) or await find_asset(session, name), by_name[name]))
        except (ChooseAnother, BeMoreExact):
            continue
    return found


async def _runs(session: AsyncSession, ids: Sequence[str], since: datetime) -> dict[str, int]:
    """How many runs there were of the pipelines next to each, or of the asset itself."""
    pipelines: dict[str, set[str]] = {one: {one} for one in ids}
    for part in _parts(ids):
        for near, far in (
            (LineageEdge.upstream_id, LineageEdge.downstream_id),
            (LineageEdge.downstream_id, LineageEdge.upstream_id),
        ):
            for row in await session.execute(
                select(near, far)
                .join(Asset, Asset.id == far)
                .where(near.in_(part), Asset.kind == "pipeline")
            ):
                pipelines[row[0]].add(row[1])
    everyone = sorted(set().union(*pipelines.values())) if pipelines else []
    runs: dict[str, set[str]] = defaultdict(set)
    for part in _parts(everyone):
        for event in await session.execute(
            select(LineageEvent.pipeline_id, LineageEvent.run_id)
            .where(LineageEvent.pipeline_id.in_(part), LineageEvent.event_time >= since)
            .distinct()
        ):
            runs[event.pipeline_id].add(event.run_id)
    return defaultdict(
        int,
        {
            one: len(set().union(*(runs[pipeline] for pipeline in near)))
            for one, near in pipelines.items()
        },
    )


def _parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
