"""Tables of scan_logic: scans, and the ledger that says how far each has come.

A `Scan` is written once it has ended, captured like every change. `ScanRun` and `ScanTable` are
the ledger below it: written while the source is read, so that a scan goes on where it stood.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, SourceScoped, now


class Scan(Captured, SourceScoped, Base):
    """One execution of a rule set over a source.

    `status`: done, completed with failures, cancelled. `columns`, `found`, `values_sampled`: of the
    tables that were read, not of those that were found unchanged.
    """

    __tablename__ = "scans"
    __label__ = "id"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    rule_set_id: Mapped[str] = mapped_column(ForeignKey("scan_rule_sets.id"))
    rule_set_version: Mapped[int]
    status: Mapped[str] = mapped_column(String(30))
    tables: Mapped[int]
    columns: Mapped[int]
    values_sampled: Mapped[int]
    found: Mapped[int]
    seconds: Mapped[float]
    warnings: Mapped[list[str]]
    started_by: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class ScanRun(SourceScoped, Base):
    """How a scan stands; its id is the scan's.

    `key`: names the call that began it, so that the call made again finds it. `status`: queued,
    running, paused, stopped (nobody goes on with it by itself), ended. `control`: pause or cancel,
    as asked for. `holder`: who carries it on; whoever isn't the holder any more stops.
    """

    __tablename__ = "scan_runs"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    rule_set_id: Mapped[str] = mapped_column(ForeignKey("scan_rule_sets.id"))
    rule_set_version: Mapped[int]
    sample_size: Mapped[int]
    incremental: Mapped[bool]
    status: Mapped[str] = mapped_column(String(10), index=True)
    control: Mapped[str | None] = mapped_column(String(8))
    holder: Mapped[str | None] = mapped_column(String(40))
    execution_id: Mapped[str | None] = mapped_column(String(40))
    started_by: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[datetime] = mapped_column(default=now)
    beat_at: Mapped[datetime] = mapped_column(default=now)


class ScanTable(SourceScoped, Base):
    """How one table of a scan stands.

    `status`: pending, running, done, failed, skipped. `detections`: what was found, by column,
    until it is written as classifications (`written`); `labels`: what came of it, as
    {column: [label, score]}. `shape` and `mark`: the table's schema, and the state of its rows as
    far as that was cheap to know, as they were when it was read.
    """

    __tablename__ = "scan_tables"

    scan_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[str] = mapped_column(String(40), index=True)
    table: Mapped[str] = mapped_column(String(600))
    status: Mapped[str] = mapped_column(String(10))
    detail: Mapped[str] = mapped_column(default="")
    columns: Mapped[int] = mapped_column(default=0)
    values_sampled: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    shape: Mapped[str] = mapped_column(String(64))
    mark: Mapped[str | None] = mapped_column(String(200))
    detections: Mapped[dict[str, Any]] = mapped_column(default=dict)
    labels: Mapped[dict[str, Any]] = mapped_column(default=dict)
    written: Mapped[bool] = mapped_column(default=False)
    finished_at: Mapped[datetime | None]


class ScanSchedule(Captured, SourceScoped, Base):
    """A schedule that scans a source, by the workflow that it starts."""

    __tablename__ = "scan_schedules"
    __label__ = "id"

    id: Mapped[str] = mapped_column(
        ForeignKey("schedules.id", ondelete="CASCADE"), primary_key=True
    )
    workflow_id: Mapped[str] = mapped_column(String(40))
