"""What a compliance report consists of, and what its export returns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from tools.compliance.types import TrendPoint, Waiver
from tools.values import Result

ControlStatus = Literal[
    "failing", "waived", "no_findings", "not_evaluated", "no_rule", "not_assessable"
]
METHOD = (
    "Declarative rules are applied to what the catalog holds at the moment given: assets, "
    "classifications, owners, access, quality, lineage and retention. A check is one rule on one "
    "subject; the score is the share of checks that don't fail. A failure that a second person "
    "has agreed to waive counts as waived until the waiver's last day, not as failing. What isn't "
    "known doesn't hold. Evidence names things and people and never holds a value of the data. "
    "Controls that no rule looks at are listed as gaps: nothing is said about them. This is no "
    "legal opinion."
)


class ReportFramework(Result):
    """Where a framework stands: its score, and how it moved."""

    id: str
    name: str
    version: str
    publisher: str
    score: float | None
    checks: int
    failed: int
    waived: int
    compliant: bool | None
    trend: list[TrendPoint]


class ReportControl(Result):
    """A control and how it stands: its rules' findings by status."""

    id: str
    framework_id: str
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
    control_ids: list[str]
    rule: str
    rule_version: int
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
    """All that a report says; `findings` may be fewer than `findings_total`.

    `controls_left_out`: how many that nothing was judged by had to make room for findings.
    """

    title: str
    scope: str
    as_of: datetime
    past: bool
    generated_at: datetime
    generated_by: str
    last_evaluated: datetime | None
    frameworks: list[ReportFramework]
    sources: list[str]
    unscanned_sources: list[str]
    unevaluated_sources: list[str]
    controls: list[ReportControl]
    controls_left_out: int = 0
    findings_total: int
    findings_resolved: int
    findings: list[ReportFinding]
    method: str = METHOD

    def gaps(self) -> list[ReportControl]:
        """The controls that no rule looks at."""
        return [control for control in self.controls if control.status == "no_rule"]

    def open_findings(self) -> list[ReportFinding]:
        """The findings that nobody has waived."""
        return [one for one in self.findings if one.status == "open"]

    def waived_findings(self) -> list[ReportFinding]:
        """The findings with a waiver that counts."""
        return [one for one in self.findings if one.status == "waived"]

    def notice(self) -> str | None:
        """The sentence that says what was left out, if anything was."""
        left = self.findings_total - len(self.findings)
        parts = [f"{left} less severe findings"] if left else []
        parts += [f"{self.controls_left_out} controls not judged"] if self.controls_left_out else []
        return f"{' and '.join(parts)} are left out: a report holds 500 KB." if parts else None


class ComplianceReport(Result):
    """A report as a file, with its counts; `sha256` and `size` are of the file's bytes.

    `content` is the text, or of a PDF the bytes in base64, as `encoding` says.
    """

    name: str
    media_type: str
    encoding: Literal["utf-8", "base64"] = "utf-8"
    framework: str
    controls: int
    by_status: dict[str, int]
    findings: int
    findings_included: int
    truncated: bool
    size: int
    sha256: str
    content: str
