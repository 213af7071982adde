"""What people do to a scan: pause it, go on with it, read again what failed, cancel it.

A scan halts between two tables. One that is a step of an execution is paused with the execution,
and goes on with it.
"""

from __future__ import annotations

from sqlalchemy import select

from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.errors import LookAgain
from tools.operation import Effect, operation
from tools.racine.workflows.control import halt, resume
from tools.racine.workflows.ledger import ENDED
from tools.scan_logic.finding import Found, ScanRef, execution_of, find_scan, standing, summary
from tools.scan_logic.ledger import LEFT
from tools.scan_logic.planning import relations_of
from tools.scan_logic.scanning import ended, go_on, going_on
from tools.scan_logic.tables import ScanRun, ScanTable
from tools.scan_logic.types import ScanReport, ScanSummary


@operation(
    "scan_logic.pause_scan",
    permission="scan_logic.write",
    effect=Effect.WRITE,
    pinned=("scan", "id"),
    target="scan",
    examples=("Pause the scan of crm", "Hold the running scan of pagila"),
)
async def pause_scan(ctx: Context, scan: ScanRef = "latest") -> ScanSummary:
    """Pause a scan behind the table that it reads now; what was read isn't read again."""
    found, run = await _begun(ctx, scan)
    stands = await standing(ctx.session, run)
    if stands not in ("running", "queued", "pausing"):
        raise LookAgain(
            f"The scan {found.id} is {stands}.", "Only one under way is paused.", field="scan"
        )
    execution = await execution_of(ctx.session, run)
    if execution is not None and execution.status not in ENDED:
        halt(execution, "pause")
    else:
        run.control = "pause"
    await ctx.session.flush()
    return await summary(ctx.session, found.id)


@operation(
    "scan_logic.resume_scan",
    permission="scan_logic.write",
    effect=Effect.WRITE,
    pinned=("scan", "id"),
    target="scan",
    reaches=True,
    timeout=300,
    examples=("Resume the scan of crm", "Go on with the paused scan of pagila"),
)
async def resume_scan(ctx: Context, scan: ScanRef = "latest") -> ScanReport:
    """Go on with a scan that was paused or has stopped, with the tables that are left.

    One that is a step of a paused execution goes on with that; any other is read to its end.
    """
    found, run = await _begun(ctx, scan)
    stands = await standing(ctx.session, run)
    execution = await execution_of(ctx.session, run)
    if stands == "paused" and execution is not None and execution.status == "paused":
        resume(execution)
        await ctx.session.flush()
        told = await summary(ctx.session, found.id)
        return ScanReport(**told.model_dump(), labels={})
    if going_on(run) not in ctx.outside_results and stands not in ("paused", "stopped"):
        raise LookAgain(
            f"The scan {found.id} is {stands}.",
            "Only one that is paused or has stopped is resumed.",
            field="scan",
        )
    return await go_on(ctx, await _source(ctx, found), run, ())


@operation(
    "scan_logic.retry_scan",
    permission="scan_logic.write",
    effect=Effect.WRITE,
    pinned=("scan", "id"),
    target="scan",
    reaches=True,
    timeout=300,
    examples=("Retry the scan of crm", "Retry the tables of crm that could not be scanned"),
)
async def retry_scan(ctx: Context, scan: ScanRef = "latest") -> ScanReport:
    """Read again only those tables of an ended scan that failed, or that it didn't get to."""
    found = await find_scan(ctx.session, scan)
    if found.run is None or (found.scan is None and going_on(found.run) not in ctx.outside_results):
        raise LookAgain(
            f"The scan {found.id} can't be retried: "
            + ("it has not ended." if found.run else "how its tables stood is not known."),
            "Resume it (scan_logic.resume_scan)." if found.run else "Start another one.",
            field="scan",
        )
    missing = select(ScanTable.position).where(
        ScanTable.scan_id == found.id, ScanTable.status.in_((*LEFT, "failed"))
    )
    left = await ctx.session.scalar(missing.limit(1))
    if left is None and going_on(found.run) not in ctx.outside_results:
        raise LookAgain(
            f"Every table of the scan {found.id} was read.", "Start another scan.", field="scan"
        )
    return await go_on(ctx, await _source(ctx, found), found.run, ("failed",))


@operation(
    "scan_logic.cancel_scan",
    permission="scan_logic.destroy",
    effect=Effect.DESTROY,
    pinned=("scan", "id"),
    target="scan",
    examples=("Cancel the scan of crm", "Abort the running scan of pagila"),
)
async def cancel_scan(ctx: Context, scan: ScanRef = "latest") -> ScanSummary:
    """End a scan behind the table that it reads now; what it found so far is kept.

    Other steps of its execution go on (workflows.control cancels those).
    """
    found, run = await _begun(ctx, scan)
    stands = await standing(ctx.session, run)
    execution = await execution_of(ctx.session, run)
    if execution is not None and execution.status not in ENDED:
        run.control = "cancel"
        if execution.status == "paused":
            resume(execution)
    elif stands in ("running", "pausing", "cancelling"):
        run.control = "cancel"
    else:
        source = await _source(ctx, found)
        rows = select(ScanTable).where(ScanTable.scan_id == found.id)
        tables = list(await ctx.session.scalars(rows.order_by(ScanTable.position)))
        await ended(ctx, source, run, tables, await relations_of(ctx.session, source))
    await ctx.session.flush()
    return await summary(ctx.session, found.id)


async def _begun(ctx: Context, reference: str) -> tuple[Found, ScanRun]:
    """A scan that has not ended."""
    found = await find_scan(ctx.session, reference)
    if found.run is None or found.run.status == "ended":
        status = found.scan.status if found.scan is not None else "over"
        raise LookAgain(
            f"The scan {found.id} is {status}.",
            "Nothing of it is under way; scan_logic.list_scans shows what is.",
            field="scan",
        )
    return found, found.run


async def _source(ctx: Context, found: Found) -> Source:
    return await find_source(ctx.session, found.source_id)
