"""What a scan would read and how long it would take, from how long tables took before."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sqlalchemy import select

from tools.context import Context
from tools.data_sources.drivers.base import OVERSAMPLING
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.operation import operation
from tools.scan_logic.operations import Assets, RuleSetName, SampleSize
from tools.scan_logic.planning import relations_of
from tools.scan_logic.tables import Scan, ScanTable
from tools.scan_logic.types import ScanEstimate
from tools.scan_rule_sets.detectors import RuleSet
from tools.scan_rule_sets.operations import DEFAULT, find_rule_set
from tools.values import SourceRef

SECONDS_A_COLUMN = 0.01
MOST_TABLES = 5_000


@dataclass(frozen=True)
class _Past:
    """How long each table took when it was read last, and what passed between two, in scans."""

    seconds: dict[str, float]
    between: float
    scans: int


@operation(
    "scan_logic.estimate_scan",
    permission="scan_logic.read",
    target="source",
    examples=(
        "How long would a scan of crm take?",
        "How long will a scan of shop take?",
        "Estimate a scan of pagila",
    ),
)
async def estimate_scan(
    ctx: Context,
    source: SourceRef,
    rule_set: RuleSetName = DEFAULT,
    assets: Assets = None,
    sample_size: SampleSize = None,
) -> ScanEstimate:
    """Estimate what a scan would read and how long it would take, from past scans.

    Of the source itself, or else of sources of its kind; it says of how many.
    """
    found = await find_source(ctx.session, source)
    rules = await find_rule_set(ctx.session, rule_set)
    relations = await relations_of(ctx.session, found, assets)
    size = sample_size or RuleSet.model_validate(rules.definition).sample_size
    columns = sum(len(one.place.columns) for one in relations)
    most = size * OVERSAMPLING
    counts = [one.asset.row_count for one in relations]
    own = await _past(ctx, source_id=found.id)
    like = own if own.seconds else await _past(ctx, kind=found.kind)
    if like.seconds:
        usual = median(like.seconds.values())
        seconds = sum(like.seconds.get(one.asset.id, usual) for one in relations)
        seconds += like.between * len(relations)
        of = found.name if own.seconds else f"other {found.kind} sources"
        based_on = f"{like.scans} past scan{'s' if like.scans != 1 else ''} of {of}"
    else:
        seconds = columns * SECONDS_A_COLUMN
        based_on = f"10 ms a column, as no scan has run yet of it or of another {found.kind} source"
    return ScanEstimate(
        source_id=found.id,
        source=found.name,
        tables=len(relations),
        columns=columns,
        values=sum(
            len(one.place.columns) * min(one.asset.row_count or size, size) for one in relations
        ),
        rows=sum(most if count is None else min(count, most) for count in counts),
        seconds=round(seconds, 1 if seconds >= 1 else 3),
        past_scans=like.scans,
        based_on=based_on,
    )


async def _past(ctx: Context, source_id: str | None = None, kind: str | None = None) -> _Past:
    """How long the tables took that were read last, in scans that have ended.

    What passes between two tables is the median's, since a scan may have been paused.
    """
    query = (
        select(ScanTable.asset_id, ScanTable.scan_id, ScanTable.seconds, ScanTable.finished_at)
        .join(Scan, Scan.id == ScanTable.scan_id)
        .where(ScanTable.status == "done", ScanTable.finished_at.is_not(None))
        .order_by(Scan.started_at.desc(), ScanTable.finished_at.desc())
        .limit(MOST_TABLES)
    )
    if source_id is not None:
        query = query.where(Scan.source_id == source_id)
    if kind is not None:
        query = query.join(Source, Source.id == Scan.source_id).where(Source.kind == kind)
    rows = (await ctx.session.execute(query)).all()
    seconds = {row.asset_id: row.seconds for row in reversed(rows)}
    gaps = [
        (later.finished_at - earlier.finished_at).total_seconds() - later.seconds
        for later, earlier in pairwise(rows)
        if later.scan_id == earlier.scan_id
    ]
    between = max(0.0, median(gaps)) if gaps else 0.0
    return _Past(seconds, between, len({row.scan_id for row in rows}))
