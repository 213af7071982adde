"""The series that are watched: of profiles, quality checks, scans, findings and the log.

The session shows what the caller may see; what the log tells comes through `activity.search`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, cast

from sqlalchemy import func, select

from tools.catalog.tables import Asset, AssetProfile, QualityCheck, QualityResult
from tools.compliance.tables import Finding
from tools.context import Context
from tools.data_sources.tables import Source
from tools.errors import AskForAccess
from tools.racine.activity.types import ActivityPage
from tools.racine.assistant.anomalies.robust import LEAST
from tools.scan_logic.tables import Scan

WINDOW = timedelta(days=180)
MOST_ASSETS = 500
SHARE = 0.002  # of a table's rows: what nobody would call a change
Steps = tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass(frozen=True)
class Series:
    """Values of one thing over time, oldest first; the last one is judged.

    `counts`: they count events by day. `upwards`: only more than expected is worth a word.
    """

    kind: str
    name: str
    about: str
    about_id: str
    about_kind: str
    points: tuple[tuple[datetime, float], ...]
    source_id: str | None = None
    counts: bool = False
    upwards: bool = False
    floor: float = 0.0
    steps: Steps = ()


async def watched(ctx: Context, at: datetime) -> list[Series]:
    """Every series with history enough."""
    found: list[Series] = []
    for part in (_profiles, _checks, _scans, _findings, _log):
        found += [one async for one in part(ctx, at)]
    return [one for one in found if len(one.points) > LEAST]


async def _profiles(ctx: Context, at: datetime) -> AsyncIterator[Series]:
    often = (
        select(AssetProfile.asset_id)
        .where(AssetProfile.at >= at - WINDOW)
        .group_by(AssetProfile.asset_id)
        .having(func.count() > LEAST)
        .order_by(func.max(AssetProfile.at).desc())
        .limit(MOST_ASSETS)
    )
    ids = list(await ctx.session.scalars(often))
    names = await ctx.session.execute(
        select(Asset.id, Asset.qualified_name).where(Asset.id.in_(ids))
    )
    for asset_id, name in names.all():
        profiles = list(
            await ctx.session.scalars(
                select(AssetProfile)
                .where(AssetProfile.asset_id == asset_id, AssetProfile.at >= at - WINDOW)
                .order_by(AssetProfile.at)
            )
        )
        for series in _of_asset(asset_id, name, profiles):
            yield series


def _of_asset(asset_id: str, name: str, profiles: list[AssetProfile]) -> Iterator[Series]:
    last, again = profiles[-1], (("catalog.profile_asset", {"asset": name}),)
    source_id = last.source_id
    rows = tuple((one.at, float(one.rows)) for one in profiles)
    yield Series("rows", f"Rows of {name}", name, asset_id, "table", rows, source_id, steps=again)
    changes = [then for (_, before), (then, after) in pairwise(rows) if before != after]
    if len(changes) > LEAST:
        gaps = [(then, _days(then - before)) for before, then in pairwise(changes)]
        still = (*gaps, (last.at, _days(last.at - changes[-1])))
        yield Series(
            "freshness", f"Days without a change of {name}", name, asset_id, "table", still,
            source_id, upwards=True, floor=0.25, steps=again,
        )  # fmt: skip
    shares: dict[str, list[tuple[datetime, float]]] = defaultdict(list)
    for one in profiles:
        for column in one.columns if one.rows else ():
            if isinstance(nulls := column.get("nulls"), int):
                shares[column["name"]].append((one.at, nulls / one.rows))
    for column_name, points in shares.items():
        whole = f"{name}.{column_name}"
        steps: Steps = again
        if not any(share for _, share in points[:-1]):
            steps = (("catalog.define_quality_check", {"asset": whole, "kind": "not_null"}),)
        yield Series(
            "nulls", f"Share of nulls in {whole}", whole, asset_id, "table", tuple(points),
            source_id, floor=SHARE, steps=steps,
        )  # fmt: skip


async def _checks(ctx: Context, at: datetime) -> AsyncIterator[Series]:
    rows = await ctx.session.scalars(
        select(QualityResult).where(QualityResult.at >= at - WINDOW).order_by(QualityResult.at)
    )
    results: dict[str, list[QualityResult]] = defaultdict(list)
    for one in rows:
        if one.rows and one.failed_rows is not None:
            results[one.check_id].append(one)
    checks = await ctx.session.execute(
        select(QualityCheck.id, QualityCheck.asset_id).where(QualityCheck.id.in_(results))
    )
    for check_id, asset_id in checks.all():
        measured = results[check_id]
        name = measured[-1].asset
        shares = tuple((one.at, (one.failed_rows or 0) / (one.rows or 1)) for one in measured)
        yield Series(
            "quality", f"Share of rows that fail a check of {name}", name, asset_id, "table",
            shares, measured[-1].source_id, upwards=True, floor=SHARE,
            steps=(("catalog.run_quality_checks", {"asset": name}),),
        )  # fmt: skip


async def _scans(ctx: Context, at: datetime) -> AsyncIterator[Series]:
    scans = await ctx.session.execute(
        select(Source.id, Source.name, Scan.started_at, Scan.found, Scan.columns)
        .join(Scan, Scan.source_id == Source.id)
        .where(Scan.status == "done", Scan.columns > 0, Scan.started_at >= at - WINDOW)
        .order_by(Scan.started_at)
    )
    shares: dict[tuple[str, str], list[tuple[datetime, float]]] = defaultdict(list)
    for source_id, name, started, found, columns in scans:
        shares[source_id, name].append((started, found / columns))
    for (source_id, name), points in shares.items():
        yield Series(
            "scans", f"Share of columns that a scan of {name} classifies", name, source_id,
            "source", tuple(points), source_id, floor=SHARE,
            steps=(("scan_logic.start_scan", {"source": name}),),
        )  # fmt: skip


async def _findings(ctx: Context, at: datetime) -> AsyncIterator[Series]:
    opened = await ctx.session.execute(
        select(Source.id, Source.name, Finding.opened_at)
        .join(Finding, Finding.source_id == Source.id)
        .where(Finding.opened_at >= at - WINDOW)
    )
    moments: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for source_id, name, moment in opened:
        moments[source_id, name].append(moment)
    for (source_id, name), found in moments.items():
        counted: dict[str, int] = defaultdict(int)
        for moment in found:
            counted[f"{moment:%Y-%m-%d}"] += 1
        yield Series(
            "findings", f"Findings opened in {name} in a day", name, source_id, "source",
            _by_day(counted, at), source_id, counts=True, upwards=True,
            steps=(("compliance.evaluate_compliance", {"source": name}),),
        )  # fmt: skip


async def _log(ctx: Context, at: datetime) -> AsyncIterator[Series]:
    titles = {
        "refused": ("access", "Refusals in a day"),
        "failed": ("failures", "Failures in a day"),
    }
    for outcome, (kind, title) in titles.items():
        with suppress(AskForAccess):
            page = cast(
                ActivityPage,
                await ctx.invoke(
                    "activity.search", outcome=outcome, since=f"{at - WINDOW:%Y-%m-%d}", limit=1
                ),
            )
            yield Series(
                kind, title, "Racine", outcome, "activity", _by_day(page.by_day, at),
                counts=True, upwards=True,
            )  # fmt: skip


def _by_day(counted: Mapping[str, int], at: datetime) -> tuple[tuple[datetime, float], ...]:
    """A count for each day since the first; today's is of the day so far."""
    if not counted:
        return ()
    day = datetime.strptime(min(counted), "%Y-%m-%d").replace(tzinfo=UTC)
    found = []
    while day <= at:
        found.append((day, float(counted.get(f"{day:%Y-%m-%d}", 0))))
        day += timedelta(days=1)
    return tuple(found)


def _days(span: timedelta) -> float:
    return span.total_seconds() / 86_400
