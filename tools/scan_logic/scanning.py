"""Beginning a scan, and going on with one: reading outside the transaction, writing in it.

The call that begins a scan, or one like it, can be made again at any time: by its key it finds the
ledger of the scan that it began, and goes on where that stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from sqlalchemy import select

from tools.context import Context
from tools.data_sources.sources import connection_of
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.scan_logic.finding import summary
from tools.scan_logic.ledger import LEFT, Beginning, Ledger, values_of
from tools.scan_logic.planning import Relation, last_known, relations_of, rules_of, table_rows
from tools.scan_logic.reading import Unchanged, Work, carried, rehearsed
from tools.scan_logic.tables import ScanRun, ScanTable
from tools.scan_logic.types import ScanReport
from tools.scan_logic.writing import end_scan
from tools.scan_rule_sets.detectors import RuleSet
from tools.scan_rule_sets.tables import ScanRuleSet

LONGEST = 12 * 3600.0
"""Seconds after which a scan stops by itself; it can be resumed."""


def new_run(
    ctx: Context,
    source: Source,
    rules: ScanRuleSet,
    *,
    sample_size: int,
    incremental: bool,
    status: str = "running",
    key: str | None = None,
) -> ScanRun:
    """A scan that is about to begin; not saved."""
    return ScanRun(
        id=new_id("scn"),
        key=key or key_of(ctx, ctx.key),
        source_id=source.id,
        rule_set_id=rules.id,
        rule_set_version=rules.version,
        sample_size=sample_size,
        incremental=incremental,
        status=status,
        control=None,
        started_by=ctx.entitlements.user_name,
        started_at=now(),
        beat_at=now(),
    )


def key_of(ctx: Context, key: str | None) -> str | None:
    """What names the scan that a call begins; keys are their caller's own."""
    return f"{ctx.caller.user_id}:{key}" if key is not None else None


async def begin_scan(
    ctx: Context,
    source: Source,
    rules: ScanRuleSet,
    relations: Sequence[Relation],
    *,
    sample_size: int | None,
    incremental: bool,
) -> ScanReport:
    """Scan tables of a source from the start, or from where the same call left off."""
    definition = RuleSet.model_validate(rules.definition)
    size = sample_size or definition.sample_size
    run = new_run(ctx, source, rules, sample_size=size, incremental=incremental)
    last = await last_known(ctx.session, source, rules, size) if incremental else {}
    # By names, since ids may be made in this very transaction, and are others the next time
    wanted = (rules.name, rules.version, size, incremental, tuple(one.title for one in relations))
    return await _carry(
        ctx,
        source,
        Beginning(run, table_rows(run.id, source, relations)),
        relations,
        definition.model_copy(update={"sample_size": size}),
        last,
        ("scan", source.kind, source.location, wanted),
    )


async def go_on(ctx: Context, source: Source, run: ScanRun, again: Sequence[str]) -> ScanReport:
    """Go on with a scan that has begun, reading tables that stand like `again` once more."""
    tables = list(
        await ctx.session.scalars(
            select(ScanTable).where(ScanTable.scan_id == run.id).order_by(ScanTable.position)
        )
    )
    relations = await relations_of(ctx.session, source)
    rules = await ctx.session.get_one(ScanRuleSet, run.rule_set_id)
    last = await last_known(ctx.session, source, rules, run.sample_size) if run.incremental else {}
    return await _carry(
        ctx,
        source,
        Beginning(run, tables),
        relations,
        await rules_of(ctx.session, run),
        {} if rules.version != run.rule_set_version else last,
        going_on(run),
        again,
    )


def going_on(run: ScanRun) -> Hashable:
    """What names the work of going on with a scan, within one call."""
    return ("scan", run.id)


async def _carry(
    ctx: Context,
    source: Source,
    beginning: Beginning,
    relations: Sequence[Relation],
    rules: RuleSet,
    last: dict[str, Unchanged],
    name: Hashable,
    again: Sequence[str] = (),
) -> ScanReport:
    places = {one.asset.id: one.place for one in relations}
    connection = connection_of(source, ctx.services.secret_box)
    work = Work(connection, rules, places, last)
    run = beginning.run
    tables: Sequence[ScanTable]
    if ctx.preview:
        left = [
            ScanTable(**values_of(one)) for one in beginning.tables if one.status in (*LEFT, *again)
        ]
        read = await ctx.outside(name, rehearsed(work, left), LONGEST)
        looked_at = {one.table: values_of(one) for one in read}
        tables = [
            ScanTable(**values_of(one) | looked_at.get(one.table, {}) | {"asset_id": one.asset_id})
            for one in beginning.tables
        ]
    else:
        ledger = Ledger(ctx.kernel.database.log_engine, beginning, _execution(ctx), again)
        scan_id = await ctx.outside(name, carried(work, ledger, len(beginning.tables)), LONGEST)
        run = await ctx.session.get_one(ScanRun, scan_id)
        rows = select(ScanTable).where(ScanTable.scan_id == scan_id)
        tables = list(await ctx.session.scalars(rows.order_by(ScanTable.position)))
    return await ended(ctx, source, run, tables, relations)


async def ended(
    ctx: Context,
    source: Source,
    run: ScanRun,
    tables: Sequence[ScanTable],
    relations: Sequence[Relation],
) -> ScanReport:
    """End a scan with what its tables gave; what it found, by label."""
    scan = await end_scan(ctx, source, run, tables, {one.asset.id: one.place for one in relations})
    labels = Counter(
        str(hit[0]) for one in tables if one.status == "done" for hit in one.labels.values()
    )
    told = await summary(ctx.session, scan.id)
    return ScanReport(**told.model_dump(), labels=dict(labels.most_common()))


def _execution(ctx: Context) -> str | None:
    """The execution whose step this call is, if it is one."""
    if ctx.caller.channel != "workflow" or ctx.key is None:
        return None
    return ctx.key.partition(":")[0]
