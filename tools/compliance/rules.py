"""A rule: what it applies to, the condition it sets, the controls it serves; and its evaluation.

`evaluate` is pure and deterministic: the same rule and the same facts give the same outcome, so
a past moment's facts give that moment's verdict. Reasons and evidence never hold a data value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tools.compliance.check import Name, listed
from tools.compliance.conditions import Condition
from tools.compliance.facts import AssetFacts, Facts, Kind, Sensitivity, SourceFacts, at_least

Severity = Literal["low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")
DAYS_TO_MEND: dict[Severity, int] = {"critical": 7, "high": 30, "medium": 90, "low": 180}
"""By when a finding is due, counted from the day on which it was opened."""
Sentence = Annotated[str, Field(min_length=1, max_length=240)]


class Selector(BaseModel):
    """Which subjects a rule applies to: a kind and, if any is asked for, a label that fits all.

    One label in force has to meet `labels`, `categories` and `sensitivity_at_least` together.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    kinds: tuple[Kind, ...] = Field(min_length=1)
    labels: tuple[Name, ...] = ()
    categories: tuple[Name, ...] = ()
    sensitivity_at_least: Sensitivity | None = None
    environments: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def users_have_no_environment(self) -> Self:
        if self.environments and "user" in self.kinds:
            raise ValueError(
                "A user is in no environment: leave out `environments` or kind 'user'."
            )
        return self

    def selects(self, facts: Facts) -> bool:
        """Whether a rule with this selector applies to the subject of `facts`."""
        return facts.kind in self.kinds and self._by_label(facts) and self._by_environment(facts)

    def _by_label(self, facts: Facts) -> bool:
        floor = self.sensitivity_at_least
        if not (self.labels or self.categories or floor):
            return True
        return any(
            (not self.labels or label.label in self.labels)
            and (not self.categories or label.category in self.categories)
            and (floor is None or at_least(label.sensitivity, floor))
            for label in facts.labels_in_force
        )

    def _by_environment(self, facts: Facts) -> bool:
        source = facts.source if isinstance(facts, AssetFacts) else facts
        return not self.environments or (
            isinstance(source, SourceFacts) and source.environment in self.environments
        )


class Rule(BaseModel):
    """A condition on what the selector finds, with the ids of the controls that it serves.

    Its `version` counts up whenever what it demands, or of whom, is changed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    version: int = Field(default=1, ge=1)
    title: str = Field(min_length=1, max_length=120)
    description: Sentence
    severity: Severity
    controls: tuple[Name, ...] = ()
    applies_to: Selector
    condition: Condition
    remedy: Sentence

    @model_validator(mode="after")
    def condition_judges_what_is_selected(self) -> Self:
        judged = self.condition.kinds()
        if strange := [kind for kind in self.applies_to.kinds if kind not in judged]:
            raise ValueError(
                f"Condition '{self.condition.type}' can't judge a {listed(strange)}: "
                f"let `applies_to.kinds` hold only {listed(sorted(judged)) if judged else 'none'}."
            )
        return self


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule found: `reason` is one sentence, `evidence` is plain JSON."""

    rule_id: str
    subject_id: str
    passed: bool
    reason: str
    evidence: dict[str, Any]


def evaluate(rule: Rule, facts: Facts) -> Outcome:
    """Judge a subject that `rule.applies_to` selects; `TypeError` for facts of another kind."""
    check = rule.condition.check(facts)
    evidence = {"type": rule.condition.type, "as_of": facts.as_of.isoformat(), **check.evidence}
    reason = f"{facts.qualified_name} {check.says}."
    return Outcome(rule.id, facts.id, check.passed, reason, evidence)
