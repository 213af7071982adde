"""What a compliance report consists of, and what its export returns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from tools.compliance.types import Waiver
from tools.values import Result

ControlStatus = Literal[
    "failing", "waived", "no_findings", "not_evaluated", "no_rule", "not_assessable"
]


class ReportControl(Result):
    """A control and how it stands: its rules' findings by status."""

    id: str
    ref: str
    title: str
    status: ControlStatus
    rules: list[str]
    open: int
    waived: int
    resolved: int


class ReportFinding(Result):
    """A finding that isn't resolved, with its evidence and who sees to it."""

    id: str
    controls: list[str]
    rule: str
    severity: str
    status: str
    source: str
    subject: str
    summary: str
    evidence: dict[str, Any]
    remedy: str
    owner: str | None
    due_on: date | None
    opened_at: datetime
    waiver: Waiver | None


class ReportContent(Result):
    """All that a report says; `findings` may be fewer than `findings_total`."""

    framework: str
    version: str
    publisher: str
    generated_at: datetime
    generated_by: str
    last_evaluated: datetime | None
    sources: list[str]
    unscanned_sources: list[str]
    unevaluated_sources: list[str]
    controls: list[ReportControl]
    findings_total: int
    findings_resolved: int
    findings: list[ReportFinding]

    def gaps(self) -> list[ReportControl]:
        """The controls that no rule looks at."""
        return [control for control in self.controls if control.status == "no_rule"]

    def notice(self) -> str | None:
        """The sentence that says what was left out, if anything was."""
        left = self.findings_total - len(self.findings)
        return f"{left} less severe findings are left out: a report holds 500 KB." if left else None


class ComplianceReport(Result):
    """A report as a file, with its counts; `sha256` and `size` are of the content in UTF-8."""

    name: str
    media_type: str
    framework: str
    controls: int
    by_status: dict[str, int]
    findings: int
    findings_included: int
    truncated: bool
    size: int
    sha256: str
    content: str
