"""The operations of scan_logic: values are sampled in the source, in a thread, never stored."""

from __future__ import annotations

from collections import Counter
from time import perf_counter
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import RELATIONS, Asset
from tools.classifications.lessons import heed
from tools.classifications.operations import list_classified_columns
from tools.classifications.tables import Classification, Label
from tools.classifications.types import ClassifiedColumn
from tools.context import Context, Progress
from tools.data_sources.connectors import Connector, ConnectorError
from tools.data_sources.sources import connection_of, find_source, with_connector
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.errors import ChooseAnother, LookAgain
from tools.operation import Effect, operation
from tools.scan_logic.tables import Scan
from tools.scan_logic.types import ScanEstimate, ScanReport, ScanSummary
from tools.scan_rule_sets.detectors import Column, Detection, RuleSet, detect, mask
from tools.scan_rule_sets.operations import DEFAULT, find_rule_set
from tools.scan_rule_sets.tables import ScanRuleSet
from tools.values import Cursor, Limit, Page, SourceRef, page, paged

ScanRef = Annotated[str, Field(max_length=60, description="A scan's id, or 'latest'")]
Found = dict[tuple[str | None, str, str], tuple[Detection, list[str]]]


@operation(
    "scan_logic.list_scans",
    permission="scan_logic.read",
    examples=("Which scans have run?", "When was crm last scanned?"),
)
async def list_scans(
    ctx: Context,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[ScanSummary]:
    """List scans, the newest first."""
    query = select(Scan).order_by(Scan.started_at.desc())
    if source:
        query = query.where(Scan.source_id == (await find_source(ctx.session, source)).id)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page([await _summary(ctx.session, row) for row in rows], total, cursor)


@operation(
    "scan_logic.get_scan",
    permission="scan_logic.read",
    target="scan",
    examples=("How did the last scan go?", "Show scan scn_12ab"),
)
async def get_scan(ctx: Context, scan: ScanRef) -> ScanSummary:
    """Show one scan: what it read, how long it took, how much it found."""
    return await _summary(ctx.session, await _find(ctx.session, scan))


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
    found = await _find(ctx.session, scan)
    return await list_classified_columns(ctx, source=found.source_id, limit=limit, cursor=cursor)


@operation(
    "scan_logic.estimate_scan",
    permission="scan_logic.read",
    target="source",
    examples=("How long would a scan of crm take?", "Estimate a scan of pagila"),
)
async def estimate_scan(ctx: Context, source: SourceRef) -> ScanEstimate:
    """Estimate what a scan would read and how long it would take, from past scans."""
    found = await find_source(ctx.session, source)
    columns = await ctx.session.scalar(
        select(func.count()).where(Asset.source_id == found.id, Asset.kind == "column")
    )
    tables = await ctx.session.scalar(
        select(func.count()).where(Asset.source_id == found.id, Asset.kind.in_(RELATIONS))
    )
    past = (
        await ctx.session.execute(
            select(func.sum(Scan.seconds), func.sum(Scan.columns), func.count()).where(
                Scan.status == "done"
            )
        )
    ).one()
    pace = past[0] / past[1] if past[1] else 0.01
    return ScanEstimate(
        source_id=found.id,
        source=found.name,
        tables=tables or 0,
        columns=columns or 0,
        values=(columns or 0) * 200,
        seconds=round((columns or 0) * pace, 1),
        based_on=f"{past[2]} past scans" if past[2] else "10 ms a column, as no scan has run yet",
    )


@operation(
    "scan_logic.start_scan",
    permission="scan_logic.write",
    effect=Effect.WRITE,
    target="source",
    reaches=True,
    timeout=300,
    examples=("Scan crm for personal data", "Start a scan of pagila", "Rescan the lake"),
)
async def start_scan(
    ctx: Context,
    source: SourceRef,
    rule_set: Annotated[str, Field(max_length=200, description="The rule set to use")] = DEFAULT,
) -> ScanReport:
    """Scan a source with a rule set: sample its columns, and write what is found as suggestions."""
    found = await find_source(ctx.session, source)
    rules = await find_rule_set(ctx.session, rule_set)
    tables = await _tables(ctx.session, found)
    if not tables:
        raise LookAgain(
            f"The catalog knows no tables of '{found.name}'.",
            "Discover the source first (data_sources.discover_assets).",
            field="source",
        )
    definition = RuleSet.model_validate(rules.definition)
    connection = connection_of(found, ctx.services.secret_box)
    started = now()
    outcome = await ctx.outside(
        ("scan", found.kind, found.location, rules.id, rules.version),
        with_connector(
            connection,
            lambda connector, progress: sample_and_detect(connector, tables, definition, progress),
        ),
    )
    outcome = {**outcome, "found": await heed(ctx.session, found, tables, outcome["found"])}
    scan = Scan(
        id=new_id("scn"),
        source_id=found.id,
        rule_set_id=rules.id,
        rule_set_version=rules.version,
        status="done",
        tables=len(tables),
        columns=sum(len(columns) for _schema, _name, columns in tables),
        values_sampled=outcome["values"],
        found=len(outcome["found"]),
        seconds=outcome["seconds"],
        warnings=outcome["warnings"],
        started_by=ctx.entitlements.user_name,
        started_at=started,
        finished_at=now(),
    )
    ctx.session.add(scan)
    await ctx.session.flush()
    await _write(ctx.session, found, scan, outcome["found"])
    found.scanned_at = scan.finished_at
    labels = Counter(detection.label for detection, _samples in outcome["found"].values())
    summary = await _summary(ctx.session, scan)
    return ScanReport(**summary.model_dump(), labels=dict(labels.most_common()))


Tables = list[tuple[str | None, str, list[tuple[str, str]]]]


def sample_and_detect(
    connector: Connector, tables: Tables, rules: RuleSet, progress: Progress
) -> dict[str, Any]:
    """Sample every table and detect; blocking. A table that can't be read is a warning."""
    started = perf_counter()
    found: Found = {}
    warnings: list[str] = []
    tested = 0
    for done, (schema, table, columns) in enumerate(tables):
        progress(f"scanning {table}", done, len(tables))
        try:
            names = [name for name, _type in columns]
            sampled = connector.sample(schema, table, names, rules.sample_size)
        except ConnectorError as error:
            warnings.append(f"{table}: {error.detail}")
            continue
        for name, data_type in columns:
            values = sampled.get(name, [])
            tested += len(values)
            detections = detect(
                Column(name=name, table=table, data_type=data_type, values=values), rules
            )
            if detections and detections[0].score >= rules.minimum_score:
                samples = [mask(value) for value in values[:3]]
                found[(schema, table, name)] = (detections[0], samples)
    progress("scanned", len(tables), len(tables))
    return {
        "found": found,
        "values": tested,
        "warnings": warnings[:20],
        "seconds": round(perf_counter() - started, 3),
    }


async def _tables(session: AsyncSession, source: Source) -> Tables:
    parents = {
        asset.id: asset
        for asset in await session.scalars(
            select(Asset)
            .where(Asset.source_id == source.id, Asset.kind.in_(RELATIONS))
            .order_by(Asset.qualified_name)
        )
    }
    columns: dict[str, list[tuple[str, str]]] = {asset_id: [] for asset_id in parents}
    for column in await session.scalars(
        select(Asset)
        .where(Asset.source_id == source.id, Asset.kind == "column")
        .order_by(Asset.position)
    ):
        if column.parent_id in columns and column.coarse_type != "binary":
            columns[column.parent_id].append((column.name, column.coarse_type or "text"))
    return [
        (parent.schema_name, parent.name, columns[asset_id])
        for asset_id, parent in parents.items()
        if columns[asset_id]
    ]


async def _write(session: AsyncSession, source: Source, scan: Scan, found: Found) -> None:
    """Bring the suggestions to what this scan found; what a person decided stays as it is."""
    labels = set(await session.scalars(select(Label.id)))
    parents = {
        asset.id: asset
        for asset in await session.scalars(
            select(Asset).where(Asset.source_id == source.id, Asset.kind.in_(RELATIONS))
        )
    }
    present: dict[str, dict[str, Classification]] = {}
    for row in await session.scalars(
        select(Classification).where(Classification.source_id == source.id)
    ):
        present.setdefault(row.asset_id, {})[row.label] = row
    for column in await session.scalars(
        select(Asset).where(Asset.source_id == source.id, Asset.kind == "column")
    ):
        parent = parents[column.parent_id or ""]
        detected = found.get((parent.schema_name, parent.name, column.name))
        known = present.get(column.id, {})
        wanted = detected[0].label if detected and detected[0].label in labels else None
        for label, row in known.items():
            if row.status == "suggested" and row.set_by == "scan" and label != wanted:
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


async def _find(session: AsyncSession, reference: str) -> Scan:
    query = select(Scan).order_by(Scan.started_at.desc()).limit(1)
    if reference != "latest":
        query = query.where(Scan.id == reference)
    found = await session.scalar(query)
    if found is None:
        raise ChooseAnother(
            f"There is no scan '{reference}'.", "scan_logic.list_scans shows them.", field="scan"
        )
    return found


async def _summary(session: AsyncSession, scan: Scan) -> ScanSummary:
    source = await session.get(Source, scan.source_id)
    rules = await session.get(ScanRuleSet, scan.rule_set_id)
    facts = {field: getattr(scan, field, None) for field in ScanSummary.model_fields}
    return ScanSummary.model_validate(
        facts | {"source": source.name if source else "", "rule_set": rules.name if rules else ""}
    )
