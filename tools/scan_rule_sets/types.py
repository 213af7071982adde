"""What scan_rule_sets' operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tools.values import Citation, Cited, Page, Result


class RuleSetSummary(Cited):
    """A rule set in a list."""

    id: str
    name: str
    description: str = ""
    version: int
    builtin: bool
    retired: bool = False
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


class DetectorChange(Result):
    """A detector that differs between two versions, and in which fields."""

    detector: str
    fields: list[str]


class RuleSetChanges(Result):
    """What a version changed. `settings`: each with its value before and after."""

    summary: str
    added: list[str] = []
    removed: list[str] = []
    changed: list[DetectorChange] = []
    settings: dict[str, list[Any]] = {}


class RuleSetVersion(Result):
    """One version of a rule set: who made it, when, why, what it changed, the scans that used it.

    `scans` counts those of the sources that the caller may see.
    """

    version: int
    name: str
    created_by: str
    created_at: datetime
    note: str
    detectors: int
    scans: int
    changed: RuleSetChanges


class RuleSetSaved(RuleSetSummary):
    """A rule set after a change, with what the change was."""

    changed: RuleSetChanges


class RuleSetDeleted(Result):
    """A rule set that is gone, with how many versions."""

    id: str
    name: str
    versions: int


class RuleSetFile(Result):
    """A rule set as YAML, which import_rule_set reads."""

    rule_set: str
    version: int
    bytes: int
    yaml: str


class TestedLabel(Result):
    """What a rule set says of some values, or of a column.

    `part`: of what the label names, the values are a part only, as a given name is of a name.
    `category` and `sensitivity`: the label's in the taxonomy; what is informational there, or
    public, such as a price or a country, is a kind of data and no finding of personal data.
    """

    column: str | None = None
    label: str
    part: bool = False
    category: str | None = None
    sensitivity: str | None = None
    score: float
    tested: int
    matched: int
    explanation: str


class RuleSetTest(Result):
    """The outcome of trying a rule set on values; nothing of it is stored."""

    rule_set: str
    version: int
    columns: int
    found: list[TestedLabel]


RuleSetVersionPage = Page[RuleSetVersion]


class RuleSuggestion(Result):
    """A detector that would find what a column holds, and how many of its values match it.

    `present`: the rule set has it already. `new_label`: the taxonomy doesn't have the label yet.
    """

    column: str | None
    label: str
    new_label: bool
    present: bool
    score: float
    tested: int
    matched: int
    detector: dict[str, Any]
    explanation: str
    samples: list[str]


class RuleSuggestions(Page[RuleSuggestion]):
    """Detectors that fit; nothing is stored. `unexplained`: columns that nothing fits, and why."""

    rule_set: str
    columns: int
    unexplained: list[str]


class LearnedDetector(Result):
    """A detector made of examples, tried on them; nothing is stored.

    `works`: it matches every example and no counterexample. `also`: labels that the default
    detectors give the same values.
    """

    works: bool
    detector: dict[str, Any]
    patterns: list[str]
    in_words: list[str]
    examples_matched: int
    examples: int
    counterexamples_matched: list[str]
    counterexamples: int
    specific: bool
    also: list[TestedLabel]
    advice: str
