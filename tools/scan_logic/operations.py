"""Scans: started, listed, looked at. Values are sampled in the source, in a thread, never stored.

What people do to a scan that has begun is in `controlling.py`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import func, select

from tools.classifications.operations import list_classified_columns
from tools.classifications.types import ClassifiedColumn
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.operation import Effect, operation
from tools.racine.workflows.executions import create_execution
from tools.scan_logic.finding import ScanRef, find_scan, summaries, summary
from tools.scan_logic.planning import relations_of, table_rows
from tools.scan_logic.scanning import begin_scan, key_of, new_run
from tools.scan_logic.tables import Scan, ScanRun, ScanTable
from tools.scan_logic.types import ScanDetail, ScannedTable, ScanReport, ScanSummary
from tools.scan_rule_sets.detectors import RuleSet
from tools.scan_rule_sets.operations import DEFAULT, find_rule_set
from tools.steps import Step
from tools.values import AssetRef, Cursor, Limit, Page, SourceRef, offset_of, page, paged

Assets = Annotated[
    list[AssetRef] | None,
    Field(
        min_length=1,
        max_length=500,
        description="Only these tables or views of it; all where not given",
    ),
]
RuleSetName = Annotated[str, Field(max_length=200, description="The rule set to use")]
SampleSize = Annotated[
    int | None,
    Field(ge=1, le=10_000, description="Values to sample of each column; the rule set's if none"),
]
Incremental = Annotated[
    bool,
    Field(description="Skip the tables that have not changed since the last scan by these rules"),
]


@operation(
    "scan_logic.list_scans",
    permission="scan_logic.read",
    examples=("Which scans have run?", "When was crm last scanned?", "Which scans are running?"),
)
async def list_scans(
    ctx: Context,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    status: Annotated[
        Literal["open", "done", "completed with failures", "cancelled"] | None,
        Field(description="Only in this status; open: under way, paused or stopped"),
    ] = None,
    since: Annotated[
        date | None, Field(description="Only those begun on this day or later")
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[ScanSummary]:
    """List scans: those that have not ended, then the others, each the newest first."""
    begun = select(ScanRun.id).where(ScanRun.status != "ended").order_by(ScanRun.started_at.desc())
    over = select(Scan.id).order_by(Scan.started_at.desc(), Scan.id)
    if source:
        source_id = (await find_source(ctx.session, source)).id
        begun = begun.where(ScanRun.source_id == source_id)
        over = over.where(Scan.source_id == source_id)
    if status and status != "open":
        over = over.where(Scan.status == status)
        begun = begun.where(ScanRun.id.is_(None))
    if since:
        first = datetime.combine(since, time.min, UTC)
        begun = begun.where(ScanRun.started_at >= first)
        over = over.where(Scan.started_at >= first)
    unended = list(await ctx.session.scalars(begun))
    over = over.where(Scan.id.not_in(unended))
    offset = offset_of(cursor)
    ids = unended[offset : offset + limit]
    total = len(unended)
    if status != "open":
        total += await ctx.session.scalar(select(func.count()).select_from(over.subquery())) or 0
        behind = over.offset(max(0, offset - len(unended))).limit(limit - len(ids))
        ids += list(await ctx.session.scalars(behind)) if len(ids) < limit else []
    return page(await summaries(ctx.session, ids), total, cursor)


@operation(
    "scan_logic.get_scan",
    permission="scan_logic.read",
    target="scan",
    examples=(
        "How did the last scan go?",
        "How far is the scan of crm?",
        "Which tables did the scan of crm fail on?",
    ),
)
async def get_scan(
    ctx: Context,
    scan: ScanRef,
    status: Annotated[
        str | None,
        Field(description="Only tables in this status: pending, running, done, failed, skipped"),
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ScanDetail:
    """Show one scan: how it stands, what it read and found, and each of its tables."""
    found = await find_scan(ctx.session, scan)
    query = select(ScanTable).where(ScanTable.scan_id == found.id).order_by(ScanTable.position)
    if status:
        query = query.where(ScanTable.status == status)
    rows, total = await paged(ctx.session, query, limit, cursor)
    told = await summary(ctx.session, found.id)
    return ScanDetail(
        **told.model_dump(), progress=page([_scanned(one) for one in rows], total, cursor)
    )


@operation(
    "scan_logic.get_scan_results",
    permission="scan_logic.read",
    target="scan",
    examples=("What did the scan find?", "Show the results of the last scan"),
)
async def get_scan_results(
    ctx: Context, scan: ScanRef, limit: Limit = 50, cursor: Cursor = None
) -> Page[ClassifiedColumn]:
    """Show the classifications of the source that a scan covered."""
    found = await find_scan(ctx.session, scan)
    return await list_classified_columns(ctx, source=found.source_id, limit=limit, cursor=cursor)


@operation(
    "scan_logic.start_scan",
    permission="scan_logic.write",
    effect=Effect.WRITE,
    target="source",
    reaches=True,
    timeout=300,
    examples=(
        "Scan crm for personal data",
        "Start a scan of pagila",
        "Rescan the lake",
        "Scan what has changed in crm",
    ),
)
async def start_scan(
    ctx: Context,
    source: SourceRef,
    rule_set: RuleSetName = DEFAULT,
    assets: Assets = None,
    sample_size: SampleSize = None,
    incremental: Incremental = False,
    wait: Annotated[
        bool, Field(description="Return when it has ended; else when it is queued as an execution")
    ] = True,
) -> ScanReport:
    """Scan a source with a rule set: sample its columns, and write what is found as suggestions.

    A table that can't be read costs only itself: the scan says which and why, keeps the rest, and
    can be retried. It can be paused and cancelled between tables.
    """
    found = await find_source(ctx.session, source)
    rules = await find_rule_set(ctx.session, rule_set)
    relations = await relations_of(ctx.session, found, assets)
    if wait or ctx.preview:
        return await begin_scan(
            ctx, found, rules, relations, sample_size=sample_size, incremental=incremental
        )
    arguments = {
        "source": found.id,
        "rule_set": rules.id,
        "assets": [one.asset.id for one in relations] if assets else None,
        "sample_size": sample_size,
        "incremental": incremental,
    }
    step = Step(id="scan", operation="scan_logic.start_scan", arguments=arguments)
    execution = create_execution(
        ctx.session,
        title=f"scan of {found.name}",
        steps=[step],
        user_id=ctx.caller.user_id,
        plan_id=ctx.caller.plan_id,
        cause=f"started by {ctx.entitlements.user_name}",
    )
    size = sample_size or RuleSet.model_validate(rules.definition).sample_size
    run = new_run(
        ctx,
        found,
        rules,
        sample_size=size,
        incremental=incremental,
        status="queued",
        key=key_of(ctx, f"{execution.id}:{step.id}"),
    )
    run.execution_id = execution.id
    ctx.session.add(run)
    ctx.session.add_all(table_rows(run.id, found, relations))
    await ctx.session.flush()
    told = await summary(ctx.session, run.id)
    return ScanReport(**told.model_dump(), labels={})


def _scanned(row: ScanTable) -> ScannedTable:
    labels = row.labels or row.detections
    facts = {field: getattr(row, field, None) for field in ScannedTable.model_fields}
    return ScannedTable.model_validate(facts | {"labels": len(labels)})
