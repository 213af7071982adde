"""What scan_logic's operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tools.classifications.types import ClassifiedColumn
from tools.values import Citation, Cited, Page, Result


class ScanSummary(Cited):
    """One scan, ended or under way.

    `status`: queued, running, pausing, cancelling, paused, stopped (resume it), done, completed
    with failures, cancelled. `warnings`: which tables could not be read, and why.
    """

    id: str
    source_id: str
    source: str
    rule_set: str
    rule_set_version: int
    status: str
    tables: int = 0
    tables_done: int = 0
    tables_failed: int = 0
    tables_skipped: int = 0
    tables_left: int = 0
    columns: int = 0
    values_sampled: int = 0
    found: int = 0
    seconds: float = 0.0
    incremental: bool = False
    execution_id: str | None = None
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    warnings: list[str]

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="scan",
            title=f"scan of {self.source}",
            url=f"/api/scan-logic/get-scan?scan={self.id}",
            snippet=f"{self.found} classifications in {self.columns} columns",
        )


class ScannedTable(Result):
    """How one table of a scan stands. `detail`: why it failed or was skipped."""

    table: str
    status: str
    detail: str
    columns: int
    values_sampled: int
    labels: int
    seconds: float
    finished_at: datetime | None


class ScanDetail(ScanSummary):
    """One scan with its tables."""

    progress: Page[ScannedTable]


class ScanReport(ScanSummary):
    """A scan with what it found, by label."""

    labels: dict[str, int]


class ScanEstimate(Cited):
    """What a scan of a source would read and take. `past_scans`: how many it rests on."""

    source_id: str
    source: str
    tables: int
    columns: int
    values: int
    rows: int
    seconds: float
    past_scans: int
    based_on: str

    def citation(self) -> Citation:
        return Citation(
            id=self.source_id,
            kind="source",
            title=self.source,
            url=f"/api/scan-logic/estimate-scan?source={self.source_id}",
            snippet=f"about {self.seconds:g} s",
        )


class ScanDifference(Result):
    """One thing that one scan has and another hasn't; `before` and `after` in words."""

    what: Literal[
        "label added",
        "label removed",
        "label changed",
        "score changed",
        "table new",
        "table gone",
        "table failed",
        "table read again",
    ]
    table: str
    column: str | None = None
    before: str | None = None
    after: str | None = None


class ScanComparison(Cited):
    """What differs between two scans of a source. `counts`: by what, over all pages."""

    source_id: str
    source: str
    before: ScanSummary
    after: ScanSummary
    summary: str
    counts: dict[str, int]
    differences: Page[ScanDifference]

    def citation(self) -> Citation:
        return Citation(
            id=self.after.id,
            kind="scan",
            title=f"scans of {self.source}",
            url=f"/api/scan-logic/compare-scans?scan={self.after.id}&before={self.before.id}",
            snippet=self.summary,
        )


class ScanScheduleDetail(Cited):
    """What has a source scanned again and again, when next, and how it went last."""

    id: str
    name: str
    source_id: str
    source: str
    workflow: str
    runs_as: str
    cron: str | None
    timezone: str
    event: str | None
    rule_set: str
    incremental: bool
    next_at: datetime | None
    next_local: str | None
    upcoming: list[datetime]
    runs: int
    last_at: datetime | None
    last_outcome: str | None
    last_execution_id: str | None

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="schedule",
            title=self.name,
            url=f"/api/scan-logic/list-scan-schedules?source={self.source_id}",
            snippet=self.cron or self.event or "",
        )


class ScanUnscheduled(Result):
    """A schedule that is gone; the scans that it started stay."""

    id: str
    name: str
    source: str
    runs: int


ClassifiedPage = Page[ClassifiedColumn]
