"""What scan_rule_sets' operations return."""

from __future__ import annotations

from typing import Any

from tools.values import Citation, Cited, Result


class RuleSetSummary(Cited):
    """A rule set in a list."""

    id: str
    name: str
    version: int
    builtin: bool
    detectors: int
    labels: list[str]

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="rule_set",
            title=self.name,
            url=f"/api/scan-rule-sets/get-rule-set?rule_set={self.id}",
            snippet=f"version {self.version}, {self.detectors} detectors",
        )


class RuleSetDetail(RuleSetSummary):
    """A rule set with its detectors."""

    definition: dict[str, Any]


class TestedLabel(Result):
    """What a rule set says of some values."""

    label: str
    score: float
    tested: int
    matched: int
    explanation: str


class RuleSetTest(Result):
    """The outcome of trying a rule set on values; nothing of it is stored."""

    rule_set: str
    found: list[TestedLabel]
