"""What scan_logic's operations return."""

from __future__ import annotations

from datetime import datetime

from tools.classifications.types import ClassifiedColumn
from tools.values import Citation, Cited, Page


class ScanSummary(Cited):
    """One scan."""

    id: str
    source_id: str
    source: str
    rule_set: str
    rule_set_version: int
    status: str
    tables: int
    columns: int
    values_sampled: int
    found: int
    seconds: float
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


class ScanReport(ScanSummary):
    """A finished scan with what it found anew."""

    labels: dict[str, int]


class ScanEstimate(Cited):
    """What a scan of a source would read and take."""

    source_id: str
    source: str
    tables: int
    columns: int
    values: int
    seconds: float
    based_on: str

    def citation(self) -> Citation:
        return Citation(
            id=self.source_id,
            kind="source",
            title=self.source,
            url=f"/api/scan-logic/estimate-scan?source={self.source_id}",
            snippet=f"about {self.seconds:g} s",
        )


ClassifiedPage = Page[ClassifiedColumn]
