"""Two scans of a source beside each other: labels, scores, and tables that came, went or failed.

What a scan found is what it wrote down then; later decisions of people don't change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.errors import CorrectInput, LookAgain
from tools.operation import operation
from tools.scan_logic.finding import Found, ScanRef, find_scan, summary
from tools.scan_logic.tables import Scan, ScanTable
from tools.scan_logic.types import ScanComparison, ScanDifference
from tools.values import Cursor, Limit, offset_of, page

NOTABLE = 0.005  # of a score
READ = ("done", "skipped")


@operation(
    "scan_logic.compare_scans",
    permission="scan_logic.read",
    target="scan",
    examples=(
        "What changed since the last scan of crm?",
        "Compare the last scan of pagila with the one before",
        "Which labels are new since the scan before?",
    ),
)
async def compare_scans(
    ctx: Context,
    scan: ScanRef = "latest",
    before: Annotated[
        str | None,
        Field(
            max_length=60,
            description="The earlier scan's id; if not given, the last that read any table",
        ),
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ScanComparison:
    """Compare two scans of a source: labels added, removed and changed; tables new, gone, failed.

    Tables that a scan skipped as unchanged count with what was found in them before.
    """
    after = await _ended(ctx.session, await find_scan(ctx.session, scan))
    earlier = await _before(ctx.session, after, before)
    old, new = await _tables(ctx.session, earlier), await _tables(ctx.session, after)
    found = list(_differences(old, new))
    counts = dict(Counter(one.what for one in found).most_common())
    told = ", ".join(
        f"{number} {what}" if number == 1 else f"{number} {what.replace(' ', 's ', 1)}"
        for what, number in counts.items()
    )
    start = offset_of(cursor)
    newer = await summary(ctx.session, after.id)
    return ScanComparison(
        source_id=after.source_id,
        source=newer.source,
        before=await summary(ctx.session, earlier.id),
        after=newer,
        summary=told or "Nothing differs.",
        counts={str(what): number for what, number in counts.items()},
        differences=page(found[start : start + limit], len(found), cursor),
    )


async def _ended(session: AsyncSession, found: Found) -> Scan:
    """The scan, or where it hasn't ended the last of its source that has."""
    latest = select(Scan).where(Scan.source_id == found.source_id)
    scan = found.scan or await session.scalar(latest.order_by(Scan.started_at.desc()).limit(1))
    if scan is None:
        raise LookAgain(
            f"The scan {found.id} has not ended.",
            "Compare it once it has (scan_logic.get_scan shows how far it is).",
            field="scan",
        )
    return scan


async def _before(session: AsyncSession, after: Scan, reference: str | None) -> Scan:
    if reference is not None:
        earlier = await _ended(session, await find_scan(session, reference, "before"))
        if earlier.source_id != after.source_id or earlier.id == after.id:
            raise CorrectInput(
                f"The scans {earlier.id} and {after.id} can't be compared.",
                "Name two scans of one source (scan_logic.list_scans shows them).",
                field="before",
            )
        return earlier
    read = exists().where(ScanTable.scan_id == Scan.id, ScanTable.status.in_(READ))
    found = await session.scalar(
        select(Scan)
        .where(Scan.source_id == after.source_id, Scan.started_at < after.started_at, read)
        .order_by(Scan.started_at.desc())
        .limit(1)
    )
    if found is None:
        raise LookAgain(
            f"There is no scan before {after.id} to compare it with.",
            "Scan the source again (scan_logic.start_scan), then compare.",
            field="before",
        )
    return found


async def _tables(session: AsyncSession, scan: Scan) -> dict[str, ScanTable]:
    rows = await session.scalars(select(ScanTable).where(ScanTable.scan_id == scan.id))
    return {one.asset_id: one for one in rows}


def _differences(
    old: Mapping[str, ScanTable], new: Mapping[str, ScanTable]
) -> Iterator[ScanDifference]:
    """In the order of the tables' names."""
    both = sorted({**old, **new}.items(), key=lambda one: (one[1].table, one[0]))
    for asset_id, known in both:
        before, after = old.get(asset_id), new.get(asset_id)
        if before is None:
            yield ScanDifference(what="table new", table=known.table)
        elif after is None:
            yield ScanDifference(what="table gone", table=known.table)
        elif before.status in READ and after.status not in READ:
            why = after.detail or "not read"
            yield ScanDifference(
                what="table failed", table=known.table, before=before.status, after=why
            )
            continue
        elif before.status not in READ and after.status in READ:
            why = before.detail or "not read"
            yield ScanDifference(
                what="table read again", table=known.table, before=why, after=after.status
            )
        had = before.labels if before is not None else {}
        has = after.labels if after is not None else {}
        yield from _labels(known.table, had, has)


def _labels(
    table: str, old: Mapping[str, list[object]], new: Mapping[str, list[object]]
) -> Iterator[ScanDifference]:
    for column in sorted({*old, *new}):
        before, after = old.get(column), new.get(column)
        if before is None or after is None:
            what = "label added" if before is None else "label removed"
        elif before[0] != after[0]:
            what = "label changed"
        elif abs(float(str(before[1])) - float(str(after[1]))) >= NOTABLE:
            what = "score changed"
        else:
            continue
        yield ScanDifference(
            what=what,
            table=table,
            column=column,
            before=_told(before),
            after=_told(after),
        )


def _told(hit: list[object] | None) -> str | None:
    return f"{hit[0]} ({float(str(hit[1])):.2f})" if hit is not None else None
