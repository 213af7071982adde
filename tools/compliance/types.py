"""What compliance's operations return."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tools.values import Citation, Cited, Result


def control_citation(control_id: str, title: str, summary: str = "") -> Citation:
    """The citation of a control."""
    return Citation(
        id=control_id,
        kind="control",
        title=title,
        url=f"/api/compliance-rules/get-control?control={control_id}",
        snippet=summary,
    )


class FrameworkSummary(Cited):
    """A framework in a list."""

    id: str
    name: str
    version: str
    publisher: str
    controls: int
    covered: int

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="framework",
            title=self.name,
            url=f"/api/compliance-rules/get-framework?framework={self.id}",
            snippet=f"{self.covered} of {self.controls} controls have a rule",
        )


class ControlSummary(Cited):
    """A control, with the rules that serve it."""

    id: str
    framework_id: str
    ref: str
    title: str
    summary: str
    assessable: bool
    rules: list[str] = []

    def citation(self) -> Citation:
        return control_citation(self.id, f"{self.ref} {self.title}", self.summary)


class FrameworkDetail(FrameworkSummary):
    """A framework with its controls."""

    items: list[ControlSummary]


class RuleSummary(Cited):
    """A rule, and the controls that it serves."""

    id: str
    title: str
    description: str
    severity: str
    controls: list[str]
    remedy: str
    open_findings: int

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="rule",
            title=self.title,
            url=f"/api/compliance-rules/get-rule?rule={self.id}",
            snippet=self.description,
        )


class RuleDetail(RuleSummary):
    """A rule with its condition."""

    applies_to: dict[str, Any]
    condition: dict[str, Any]


class Waiver(Result):
    """The acceptance of a finding's risk until a day; it counts once it is confirmed."""

    reason: str
    expires_on: date
    requested_by_id: str
    requested_by: str
    confirmed_by: str | None = None

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires_on < today


class FindingDetail(Cited):
    """One failure of a rule, with its evidence."""

    id: str
    rule_id: str
    rule: str
    subject: str
    asset_id: str | None
    source_id: str
    summary: str
    severity: str
    status: str
    controls: list[str]
    evidence: dict[str, Any]
    remedy: str
    opened_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None = None
    resolution: str | None = None
    owner: str | None = None
    due_on: date | None = None
    waiver: Waiver | None = None

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="finding",
            title=self.rule,
            url=f"/api/compliance-rules/get-finding?finding={self.id}",
            snippet=self.summary,
        )


class Failure(Cited):
    """A rule that fails now, where and why."""

    rule_id: str
    rule: str
    severity: str
    controls: list[str]
    failed: int
    reasons: list[str]
    remedy: str

    def citation(self) -> Citation:
        return Citation(
            id=self.rule_id,
            kind="rule",
            title=self.rule,
            url=f"/api/compliance-rules/get-rule?rule={self.rule_id}",
            snippet=self.reasons[0] if self.reasons else "",
        )


class PostureDetail(Cited):
    """How a source, or everything, stands towards a framework at this moment."""

    framework_id: str
    framework: str
    source: str | None
    score: float | None
    checks: int
    failed: int
    compliant: bool | None
    failures: list[Failure]
    unscanned_sources: list[str]
    last_evaluated: datetime | None
    previous_score: float | None

    def citation(self) -> Citation:
        return Citation(
            id=self.framework_id,
            kind="framework",
            title=self.framework,
            url=f"/api/compliance-rules/get-framework?framework={self.framework_id}",
            snippet=f"{self.failed} of {self.checks} checks fail",
        )


class Postures(Result):
    """Postures, one per framework."""

    items: list[PostureDetail]


class UncoveredColumn(Cited):
    """A sensitive column whose label no rule covers."""

    asset_id: str
    column: str
    label: str
    sensitivity: str

    def citation(self) -> Citation:
        return Citation(
            id=self.asset_id,
            kind="column",
            title=self.column,
            url=f"/api/advanced-catalog/get-asset?asset={self.asset_id}",
            snippet=f"{self.label}, {self.sensitivity}",
        )


class Gaps(Result):
    """What no rule looks at: controls without a rule, sensitive columns without a rule."""

    framework: str | None
    controls_without_rule: int
    controls: list[ControlSummary]
    columns_without_rule: int
    columns: list[UncoveredColumn]
    unscanned_sources: list[str]


class EvaluationReport(Result):
    """What an evaluation found."""

    frameworks: list[str]
    sources: list[str]
    checks: int
    failed: int
    opened: int
    reopened: int = 0
    resolved: int
    by_severity: dict[str, int]


class FrameworkImport(Result):
    """What an import did; controls are named by their references."""

    id: str
    name: str
    version: str
    controls: int
    added: list[str] = []
    changed: list[str] = []
    withdrawn: list[str] = []
    mappings: int = 0


class EquivalentControl(Cited):
    """A control that corresponds to another: how, and who says so."""

    id: str
    ref: str
    title: str
    summary: str
    relation: str
    origin: str

    def citation(self) -> Citation:
        return control_citation(self.id, f"{self.ref} {self.title}", self.summary)


class OscalLink(Result):
    """What a control refers to."""

    relation: str
    title: str
    urls: list[str] = []


class ControlDetail(ControlSummary):
    """A control in full. `parts`: the references of what stands below it."""

    framework: str
    text: str
    guidance: str
    parameters: dict[str, str]
    withdrawn: bool
    parent: str | None
    parts: list[str]
    links: list[OscalLink]
    equivalents: list[EquivalentControl]
