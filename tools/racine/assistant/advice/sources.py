"""What to do about sources, scans and classifications."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from tools.catalog.tables import Asset, LineageEdge
from tools.classifications.tables import Classification
from tools.data_sources.tables import Source
from tools.racine.assistant.advice.types import Advice, Desk, plural
from tools.scan_logic.tables import Scan, ScanSchedule

STALE = timedelta(days=30)
OLD_CREDENTIALS = timedelta(days=365)
MOST = 50


def _source(source: Source, evidence: str, weight: float, operation: str) -> Advice:
    return Advice(
        source.id,
        "source",
        source.name,
        evidence,
        weight,
        ((operation, {"source": source.name}),),
        source_id=source.id,
    )


def _days(desk: Desk, since: datetime) -> str:
    return plural((desk.at - since).days, "day")


async def undiscovered(desk: Desk) -> Sequence[Advice]:
    rows = await desk.ctx.session.scalars(select(Source).where(Source.discovered_at.is_(None)))
    return [
        _source(one, "It was registered and never discovered.", 0.7, "data_sources.discover_assets")
        for one in rows
    ]


async def unscanned(desk: Desk) -> Sequence[Advice]:
    columns = select(func.count()).where(Asset.source_id == Source.id, Asset.kind == "column")
    rows = await desk.ctx.session.execute(
        select(Source, columns.scalar_subquery()).where(
            Source.scanned_at.is_(None), Source.discovered_at.is_not(None)
        )
    )
    return [
        _source(
            one, f"None of its {plural(count, 'column')} was ever scanned.", 0.9,
            "scan_logic.start_scan",
        )
        for one, count in rows
    ]  # fmt: skip


async def scanned_long_ago(desk: Desk) -> Sequence[Advice]:
    rows = await desk.ctx.session.scalars(select(Source).where(Source.scanned_at < desk.at - STALE))
    return [
        _source(
            one, f"Its last scan was {_days(desk, one.scanned_at)} ago.", 0.5,
            "scan_logic.start_scan",
        )
        for one in rows
        if one.scanned_at
    ]  # fmt: skip


async def unreachable(desk: Desk) -> Sequence[Advice]:
    rows = await desk.ctx.session.scalars(
        select(Source).where(Source.status.in_(("unreachable", "failed", "error")))
    )
    return [
        _source(
            one, f"Its connection stands as '{one.status}'.", 0.8, "data_sources.test_connection"
        )
        for one in rows
    ]


async def old_credentials(desk: Desk) -> Sequence[Advice]:
    rows = await desk.ctx.session.scalars(
        select(Source).where(
            Source.sealed_password.is_not(None),
            Source.credentials_at < desk.at - OLD_CREDENTIALS,
        )
    )
    return [
        Advice(
            one.id, "source", one.name,
            f"Its password is {_days(desk, one.credentials_at)} old.", 0.6,
            question="What is the new password? data_sources.rotate_credentials takes it.",
            source_id=one.id,
        )
        for one in rows
        if one.credentials_at
    ]  # fmt: skip


async def unscheduled(desk: Desk) -> Sequence[Advice]:
    personal = exists().where(
        Classification.source_id == Source.id, Classification.status != "rejected"
    )
    scheduled = exists().where(ScanSchedule.source_id == Source.id)
    rows = await desk.ctx.session.scalars(select(Source).where(personal, ~scheduled))
    return [
        Advice(
            one.id, "source", one.name,
            "It holds classified columns, and nothing scans it again by itself.", 0.4,
            (("scan_logic.schedule_scan", {"source": one.name, "cron": "0 3 * * 1"}),),
            source_id=one.id,
        )
        for one in rows
    ]  # fmt: skip


async def failed_scan(desk: Desk) -> Sequence[Advice]:
    later = aliased(Scan)
    rows = await desk.ctx.session.execute(
        select(Scan, Source.name)
        .join(Source, Source.id == Scan.source_id)
        .where(
            Scan.status.in_(("failed", "partial")),
            ~exists().where(later.source_id == Scan.source_id, later.started_at > Scan.started_at),
        )
    )
    return [
        Advice(
            scan.id, "scan", name,
            f"Its last scan ended as '{scan.status}' with {plural(len(scan.warnings), 'warning')}.",
            0.7, (("scan_logic.retry_scan", {"scan": scan.id}),), source_id=scan.source_id,
        )
        for scan, name in rows
    ]  # fmt: skip


async def unconfirmed(desk: Desk) -> Sequence[Advice]:
    rows = await desk.ctx.session.execute(
        select(Classification, Asset.qualified_name)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(Classification.status == "suggested", Classification.score >= 0.95)
        .order_by(Classification.score.desc(), Asset.qualified_name)
        .limit(MOST)
    )
    return [
        Advice(
            f"{row.asset_id} {row.label}", "column", name,
            f"It was found to be {row.label} with a score of {row.score:.2f}, "
            "and nobody has confirmed it.",
            0.3,
            (("classifications.confirm_classification", {"asset": name, "label": row.label}),),
            source_id=row.source_id,
        )
        for row, name in rows
    ]  # fmt: skip


async def doubtful(desk: Desk) -> Sequence[Advice]:
    rows = await desk.ctx.session.execute(
        select(Classification, Asset.qualified_name)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(Classification.status == "suggested", Classification.score < 0.6)
        .order_by(Classification.score, Asset.qualified_name)
        .limit(MOST)
    )
    return [
        Advice(
            f"{row.asset_id} {row.label}", "column", name,
            f"It may be {row.label}: the score is only {row.score:.2f}.", 0.35,
            question=f"Is {name} really {row.label}? Confirm or reject it.",
            source_id=row.source_id,
        )
        for row, name in rows
    ]  # fmt: skip


async def not_carried_on(desk: Desk) -> Sequence[Advice]:
    carried = aliased(Classification)
    rows = await desk.ctx.session.execute(
        select(Classification, Asset.qualified_name, func.count(LineageEdge.downstream_id))
        .join(LineageEdge, LineageEdge.upstream_id == Classification.asset_id)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(
            Classification.status == "confirmed",
            LineageEdge.kind != "foreign_key",
            ~exists().where(
                carried.asset_id == LineageEdge.downstream_id,
                carried.label == Classification.label,
            ),
        )
        .group_by(Classification.id, Asset.qualified_name)
        .limit(MOST)
    )
    return [
        Advice(
            f"{row.asset_id} {row.label}", "column", name,
            f"It is confirmed as {row.label}; {plural(count, 'column')} made of it "
            f"{'is' if count == 1 else 'are'} not.",
            0.55,
            (("classifications.propagate_classification", {"asset": name, "label": row.label}),),
            source_id=row.source_id,
        )
        for row, name, count in rows
    ]  # fmt: skip
