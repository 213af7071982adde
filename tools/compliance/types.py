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
    version: int = 1
    enabled: bool = True
    builtin: bool = False

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="rule",
            title=self.title,
            url=f"/api/compliance-rules/get-rule?rule={self.id}",
            snippet=self.description,
        )


class RuleVersionSummary(Result):
    """One version of a rule: when it was written, by whom."""

    version: int
    written_by: str
    written_at: datetime


class RuleDetail(RuleSummary):
    """A rule with its condition and the versions that it had."""

    applies_to: dict[str, Any]
    condition: dict[str, Any]
    versions: list[RuleVersionSummary] = []


class DeletedRule(Result):
    """A rule that is gone, with the findings and mappings that went with it."""

    id: str
    title: str
    versions: int
    controls: list[str]
    findings: int


class TriedOn(Result):
    """What a rule that is tried would find in one source."""

    source: str
    matched: int
    violating: int


class Sample(Cited):
    """One subject that a rule was tried on."""

    subject: str
    asset_id: str | None
    passed: bool
    reason: str
    evidence: dict[str, Any]

    def citation(self) -> Citation:
        return Citation(
            id=self.asset_id or self.subject,
            kind="asset" if self.asset_id else "source",
            title=self.subject,
            url=f"/api/advanced-catalog/get-asset?asset={self.asset_id or self.subject}",
            snippet=self.reason,
        )


class RuleTrial(Result):
    """What a rule would find now: nothing of it is stored."""

    rule: str
    considered: int
    matched: int
    violating: int
    sources: list[TriedOn]
    violations: list[Sample]
    passing: list[Sample]
    note: str | None = None


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
    rule_version: int = 1
    subject: str
    asset_id: str | None
    source_id: str | None
    person_id: str | None = None
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
    overdue: bool = False
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
    """A rule that fails, where and why; what is waived isn't among `failed`."""

    rule_id: str
    rule: str
    severity: str
    controls: list[str]
    failed: int
    waived: int = 0
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


class SourceScore(Result):
    """A part of a posture: one source's, or (`people`) that of what is judged of people."""

    source: str
    score: float | None
    checks: int
    failed: int
    waived: int


class TrendPoint(Result):
    """How an evaluation on record came out, everything known by then taken together."""

    at: datetime
    score: float | None
    checks: int
    failed: int
    waived: int


class PostureDetail(Cited):
    """How a source, or everything, stands towards a framework, now or at the moment `as_of`."""

    framework_id: str
    framework: str
    source: str | None
    as_of: datetime
    past: bool = False
    score: float | None
    checks: int
    failed: int
    waived: int = 0
    compliant: bool | None
    failures: list[Failure]
    by_source: list[SourceScore] = []
    trend: list[TrendPoint] = []
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
    """Postures, one per framework; `history_since`: from when on the past can be asked for."""

    items: list[PostureDetail]
    history_since: datetime | None = None


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
    """What an evaluation found; people are judged where everything is."""

    frameworks: list[str]
    sources: list[str]
    people: int = 0
    checks: int = 0
    failed: int = 0
    waived: int = 0
    opened: int = 0
    reopened: int = 0
    resolved: int = 0
    by_severity: dict[str, int] = {}


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
    """A control in full. `parts`: the references of what stands below it.

    `part_rules`: the rules that serve any of these, or what stands below them.
    """

    framework: str
    text: str
    guidance: str
    parameters: dict[str, str]
    withdrawn: bool
    parent: str | None
    parts: list[str]
    part_rules: list[str] = []
    links: list[OscalLink]
    equivalents: list[EquivalentControl]
