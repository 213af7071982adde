"""What a scan found becomes suggestions, in the transaction that ends it.

Only the columns of tables that were read are touched, and what a person decided stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.classifications.lessons import heed, is_stale
from tools.classifications.tables import Classification, Label
from tools.context import Context
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.scan_logic.planning import rules_of
from tools.scan_logic.reading import Place
from tools.scan_logic.tables import Scan, ScanRun, ScanTable
from tools.scan_rule_sets.detectors import Detection, RuleSet

FAILURES_TOLD = 20
Found = dict[tuple[str | None, str, str], tuple[Detection, list[str]]]


async def end_scan(
    ctx: Context,
    source: Source,
    run: ScanRun,
    tables: Sequence[ScanTable],
    places: Mapping[str, Place],
) -> Scan:
    """Write a scan, or what has been added to it, and the classifications that come of it."""
    for one in tables:
        if one.status == "done" and not one.written and one.asset_id not in places:
            one.status, one.detail = "failed", "The catalog no longer holds it."
    fresh = [one for one in tables if one.status == "done" and not one.written]
    found = await _heeded(ctx.session, source, fresh, places)
    for one in fresh:
        place = places[one.asset_id]
        kept = {name: found.get((place.schema, place.name, name)) for name, _ in place.columns}
        one.labels = {
            name: [hit[0].label, round(hit[0].score, 4)] for name, hit in kept.items() if hit
        }
        one.detections, one.written = {}, True
    left = [one for one in tables if one.status in ("pending", "running")]
    failed = [one for one in tables if one.status == "failed"]
    done = [one for one in tables if one.status == "done"]
    scan = await ctx.session.get(Scan, run.id) or Scan(
        id=run.id,
        source_id=source.id,
        rule_set_id=run.rule_set_id,
        rule_set_version=run.rule_set_version,
        tables=len(tables),
        started_by=run.started_by,
        started_at=run.started_at,
    )
    scan.columns = sum(one.columns for one in done)
    scan.values_sampled = sum(one.values_sampled for one in done)
    scan.found = sum(len(one.labels) for one in done)
    scan.seconds = round(sum(one.seconds for one in tables), 3)
    scan.warnings = [f"{one.table}: {one.detail}" for one in failed[:FAILURES_TOLD]]
    if len(failed) > FAILURES_TOLD:
        scan.warnings.append(f"{len(failed) - FAILURES_TOLD} more tables failed.")
    if left and ctx.preview:
        scan.warnings.append(f"Looked at {len(tables) - len(left)} of {len(tables)} tables so far.")
    elif left:
        scan.warnings.append(f"{len(left)} tables were not read, since it was cancelled.")
    ended = "completed with failures" if failed else "done"
    scan.status = "cancelled" if left and not ctx.preview else ended
    scan.finished_at = now()
    ctx.session.add(scan)
    await ctx.session.flush()
    read = {one.asset_id: places[one.asset_id] for one in fresh}
    await _write(ctx.session, source, scan, await rules_of(ctx.session, run), read, found)
    if len(left) < len(tables):
        source.scanned_at = scan.finished_at
    run.status, run.control, run.holder = "ended", None, None
    await ctx.session.flush()
    return scan


async def _heeded(
    session: AsyncSession,
    source: Source,
    fresh: Sequence[ScanTable],
    places: Mapping[str, Place],
) -> Found:
    """What was found in these tables, as the decisions on like columns leave it."""
    found: Found = {}
    for one in fresh:
        place = places[one.asset_id]
        for name, raw in one.detections.items():
            facts: dict[str, Any] = dict(raw)
            samples = facts.pop("samples")
            found[place.schema, place.name, name] = Detection(**facts), samples
    read = [places[one.asset_id] for one in fresh]
    return await heed(session, source, [(one.schema, one.name, one.columns) for one in read], found)


async def _write(
    session: AsyncSession,
    source: Source,
    scan: Scan,
    rules: RuleSet,
    read: Mapping[str, Place],
    found: Found,
) -> None:
    labels = set(await session.scalars(select(Label.id)))
    of_rules = select(Scan.id).where(Scan.rule_set_id == scan.rule_set_id)
    theirs = set(await session.scalars(of_rules.where(Scan.source_id == source.id)))
    present: dict[str, dict[str, Classification]] = {}
    for row in await session.scalars(
        select(Classification).where(Classification.source_id == source.id)
    ):
        present.setdefault(row.asset_id, {})[row.label] = row
    for column in await session.scalars(
        select(Asset).where(Asset.source_id == source.id, Asset.kind == "column")
    ):
        place = read.get(column.parent_id or "")
        if place is None:
            continue
        detected = found.get((place.schema, place.name, column.name))
        known = present.get(column.id, {})
        wanted = detected[0].label if detected and detected[0].label in labels else None
        for row in known.values():
            if is_stale(row, wanted, rules, found_by_them=row.scan_id in theirs):
                await session.delete(row)
        if detected is None or wanted is None:
            continue
        detection, samples = detected
        row = known.get(wanted) or Classification(
            id=new_id("cls"),
            asset_id=column.id,
            source_id=source.id,
            label=wanted,
            status="suggested",
        )
        if row.status != "suggested":
            continue
        evidence = {
            "detector": detection.detector,
            "part": detection.part,
            "tested": detection.tested,
            "matched": detection.matched,
            "name_matched": detection.name_matched,
            "explanation": detection.explanation,
            "samples": samples,
        }
        if wanted not in known or row.evidence != evidence:
            row.score, row.evidence, row.set_by = detection.score, evidence, "scan"
            row.scan_id, row.updated_at = scan.id, now()
            session.add(row)
    await session.flush()
