"""Looking up scans: those that have ended, and those under way, which only the ledger knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.data_sources.tables import Source
from tools.database import now
from tools.errors import ChooseAnother, nearest
from tools.racine.workflows.ledger import ENDED
from tools.racine.workflows.tables import Execution
from tools.scan_logic.tables import Scan, ScanRun, ScanTable
from tools.scan_logic.types import ScanSummary
from tools.scan_rule_sets.tables import ScanRuleSet

ScanRef = Annotated[
    str,
    Field(
        max_length=200,
        description="A scan's id, or 'latest', or a source's name: the latest scan of it",
    ),
]
SILENT = timedelta(minutes=2)
"""A scan that is in no execution, and of which nothing was heard so long, has stopped."""


@dataclass(frozen=True)
class Found:
    """A scan. `scan`: None until it has ended; `run`: None for one of before there was a ledger."""

    id: str
    source_id: str
    scan: Scan | None
    run: ScanRun | None


async def find_scan(session: AsyncSession, reference: str, field: str = "scan") -> Found:
    """The scan of that id, the latest, or the latest of a source.

    Raises:
        ChooseAnother: there is none that the session may see.
    """
    wanted = reference.strip()
    scans, runs = select(Scan), select(ScanRun).where(ScanRun.status != "ended")
    if wanted.startswith("scn_"):
        scans, runs = scans.where(Scan.id == wanted), runs.where(ScanRun.id == wanted)
    elif wanted != "latest":
        of_name = select(Source.id).where(
            (Source.id == wanted) | (func.lower(Source.name) == wanted.lower())
        )
        source_id = await session.scalar(of_name)
        if source_id is None:
            names = list(await session.scalars(select(Source.name).order_by(Source.name)))
            raise ChooseAnother(
                f"There is no scan '{reference}', nor a source of that name.",
                nearest(reference, names),
                field=field,
            )
        scans, runs = (
            scans.where(Scan.source_id == source_id),
            runs.where(ScanRun.source_id == source_id),
        )
    scan = await session.scalar(scans.order_by(Scan.started_at.desc(), Scan.id).limit(1))
    run = await session.scalar(runs.order_by(ScanRun.started_at.desc(), ScanRun.id).limit(1))
    if run is not None and (scan is None or run.started_at > scan.started_at):
        return Found(run.id, run.source_id, None, run)
    if scan is None:
        raise ChooseAnother(
            f"There is no scan '{reference}'.", "scan_logic.list_scans shows them.", field=field
        )
    return Found(scan.id, scan.source_id, scan, await session.get(ScanRun, scan.id))


async def summaries(session: AsyncSession, ids: Sequence[str]) -> list[ScanSummary]:
    """How scans stand, in the order of the ids."""
    scans = {one.id: one for one in await session.scalars(select(Scan).where(Scan.id.in_(ids)))}
    found = await session.scalars(select(ScanRun).where(ScanRun.id.in_(ids)))
    runs = {one.id: one for one in found}
    every: list[Scan | ScanRun] = [*scans.values(), *runs.values()]
    sources = await _named(session, Source, {one.source_id for one in every})
    rules = await _named(session, ScanRuleSet, {one.rule_set_id for one in every})
    counts = await _counts(session, ids)
    told = []
    for one in ids:
        scan, run = scans.get(one), runs.get(one)
        base = scan or run
        assert base is not None
        numbers = counts.get(one, {})
        facts = {field: getattr(base, field, None) for field in ScanSummary.model_fields}
        if scan is None or (run is not None and run.status != "ended"):
            facts |= numbers | {"finished_at": None, "warnings": []}
        else:
            facts |= {name: numbers.get(name, 0) for name in COUNTED}
            facts["tables_done"] = numbers.get("tables_done", scan.tables)
        if run is not None:
            facts |= {"execution_id": run.execution_id, "incremental": run.incremental}
            if run.status != "ended" or scan is None:
                facts["status"] = await standing(session, run)
        told.append(
            ScanSummary.model_validate(
                facts
                | {
                    "source": sources.get(base.source_id, ""),
                    "rule_set": rules.get(base.rule_set_id, ""),
                    "incremental": bool(facts.get("incremental")),
                }
            )
        )
    return told


async def summary(session: AsyncSession, scan_id: str) -> ScanSummary:
    """How one scan stands."""
    (told,) = await summaries(session, [scan_id])
    return told


async def standing(session: AsyncSession, run: ScanRun) -> str:
    """How an unended scan stands: queued, running, pausing, cancelling, paused, stopped."""
    execution = await execution_of(session, run)
    if execution is None:
        if run.status == "running" and run.beat_at < now() - SILENT:
            return "stopped"
        if run.status in ("paused", "stopped"):
            return run.status
    elif execution.status in ENDED:
        return "stopped"
    elif execution.status == "paused":
        return "paused"
    if control := run.control or (execution.control if execution is not None else None):
        return {"pause": "pausing", "cancel": "cancelling"}[control]
    # What an execution has resumed, or tries again, stands as it was left until that takes it up
    begun = execution is None or execution.status != "queued"
    return "running" if begun and run.status == "running" else "queued"


async def execution_of(session: AsyncSession, run: ScanRun) -> Execution | None:
    """The execution that a scan is a step of, if it is."""
    return await session.get(Execution, run.execution_id) if run.execution_id else None


COUNTED = ("tables_done", "tables_failed", "tables_skipped", "tables_left")


async def _counts(session: AsyncSession, ids: Sequence[str]) -> dict[str, dict[str, float]]:
    """By scan: its tables by how they stand, and what the ledger adds up to."""
    rows = await session.execute(
        select(
            ScanTable.scan_id,
            ScanTable.status,
            func.count(),
            func.sum(ScanTable.columns),
            func.sum(ScanTable.values_sampled),
            func.sum(ScanTable.seconds),
        )
        .where(ScanTable.scan_id.in_(ids))
        .group_by(ScanTable.scan_id, ScanTable.status)
    )
    counts: dict[str, dict[str, float]] = {
        one: dict.fromkeys((*COUNTED, "tables", "columns", "values_sampled", "found", "seconds"), 0)
        for one in ids
    }
    known = {"done": "tables_done", "failed": "tables_failed", "skipped": "tables_skipped"}
    seen = set()
    for scan_id, status, number, columns, values, seconds in rows:
        one = counts[scan_id]
        seen.add(scan_id)
        one[known.get(status, "tables_left")] += number
        one["tables"] += number
        one["columns"] += columns
        one["values_sampled"] += values
        one["seconds"] = round(one["seconds"] + seconds, 3)
    return {one: counts[one] for one in seen}


async def _named(
    session: AsyncSession, table: type[Source] | type[ScanRuleSet], ids: set[str]
) -> dict[str, str]:
    rows = await session.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return {row[0]: row[1] for row in rows}
