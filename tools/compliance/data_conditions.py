"""Conditions on the data itself: quality and freshness as measured, retention, lineage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tools.compliance.check import (
    AssetCondition,
    Check,
    Days,
    GovernedCondition,
    Name,
    Names,
    listed,
    plural,
    since,
)
from tools.compliance.facts import AssetFacts, CheckFact, GovernedFacts, Kind, Sensitivity, at_least

RETENTION = re.compile(r"(?P<count>[1-9]\d{0,4})(?P<unit>[dwmy])")
DAYS_PER_UNIT = {"d": 1, "w": 7, "m": 31, "y": 366}  # the longest that each can be
WRITTEN = ("created_at", "created", "inserted_at", "recorded_at", "occurred_at", "ordered_at")
CheckKind = Literal["not_null", "unique", "accepted_values", "range", "row_count", "freshness"]


class HasQualityCheck(AssetCondition):
    """A quality check, or one of these kinds, is defined on it."""

    type: Literal["has_quality_check"] = "has_quality_check"
    of: tuple[CheckKind, ...] = ()

    def judge(self, facts: AssetFacts) -> Check:
        found = [one.name for one in facts.checks if not self.of or one.kind in self.of]
        wanted = f"{' or '.join(self.of)} check" if self.of else "quality check"
        says = f"has {plural(len(found), wanted)}"
        return Check(bool(found), says, {"checks": found, "of": list(self.of)})


class QualityPassing(AssetCondition):
    """Of its quality checks at least that share passed when they were last measured, lately."""

    type: Literal["quality_passing"] = "quality_passing"
    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    days: Days | None = None
    of: tuple[CheckKind, ...] = ()

    def judge(self, facts: AssetFacts) -> Check:
        asked = [one for one in facts.checks if not self.of or one.kind in self.of]
        passed = [one for one in asked if one.status == "passed" and self._lately(one, facts)]
        failing = [one.name for one in asked if one.status in ("failed", "error")]
        stale = [one.name for one in asked if one not in passed and one.name not in failing]
        evidence = {"passed": len(passed), "failing": failing, "not_measured": stale}
        if not asked:
            return Check(False, "has no quality checks", evidence)
        says = f"passes {len(passed)} of {plural(len(asked), 'quality check')}"
        says += f", not {listed([*failing, *stale])}" if len(passed) < len(asked) else ""
        return Check(len(passed) >= self.share * len(asked), says, evidence)

    def _lately(self, one: CheckFact, facts: AssetFacts) -> bool:
        if self.days is None or one.at is None:
            return one.at is not None
        return facts.as_of - one.at <= timedelta(days=self.days)


class Fresh(AssetCondition):
    """Its freshness check passed when it was last measured, in the last so many days."""

    type: Literal["fresh"] = "fresh"
    days: Days = 1

    def judge(self, facts: AssetFacts) -> Check:
        checks = [one for one in facts.checks if one.kind == "freshness"]
        evidence = {"checks": {one.name: one.status for one in checks}, "days": self.days}
        if not checks:
            return Check(False, "has no freshness check", evidence)
        stale = [one.name for one in checks if one.status != "passed"]
        if stale:
            return Check(False, f"isn't known to be fresh by {listed(stale)}", evidence)
        oldest = min((one.at for one in checks if one.at), default=None)
        return since(oldest, facts, self.days, "was fresh when measured", "was never measured")


class ProfiledWithin(AssetCondition):
    """It was profiled in the last so many days."""

    type: Literal["profiled_within"] = "profiled_within"
    days: Days

    def judge(self, facts: AssetFacts) -> Check:
        last = facts.profiled_at
        return since(last, facts, self.days, "was last profiled", "has never been profiled")


class RetentionTag(GovernedCondition):
    """A tag such as `retention:90d` or `retention:7y` (d, w, m, y) says how long it is kept."""

    type: Literal["retention_tag"] = "retention_tag"
    prefix: Name = "retention:"
    at_most_days: Days | None = None

    def judge(self, facts: GovernedFacts) -> Check:
        tags = sorted(tag for tag in facts.tags if tag.startswith(self.prefix))
        days = periods(tags, self.prefix)
        longest = max(days, default=None)
        evidence = {"tags": tags, "days": longest, "at_most_days": self.at_most_days}
        if longest is None or len(days) < len(tags):
            says = (
                f"is tagged {listed(tags)}, which gives no period"
                if tags
                else "declares no retention period"
            )
            return Check(False, says, evidence)
        passed = self.at_most_days is None or longest <= self.at_most_days
        return Check(passed, f"is to be kept for up to {plural(longest, 'day')}", evidence)


class DataWithinRetention(AssetCondition):
    """Its oldest row, by a date column of these names, is no older than its retention tag says."""

    judges: ClassVar[frozenset[Kind]] = frozenset({"table"})
    type: Literal["data_within_retention"] = "data_within_retention"
    prefix: Name = "retention:"
    columns: Names = WRITTEN

    def judge(self, facts: AssetFacts) -> Check:
        longest = max(periods(sorted(facts.tags), self.prefix), default=None)
        ages = {
            name: (facts.as_of - oldest).days
            for name, oldest in facts.oldest.items()
            if name in self.columns
        }
        evidence = {"oldest_in_days": ages, "retention_in_days": longest}
        if longest is None:
            return Check(False, "declares no retention period", evidence)
        if not ages:
            return Check(False, "has no profiled date that tells how old its rows are", evidence)
        age = max(ages.values())
        says = f"holds rows of up to {plural(age, 'day')} and may keep {plural(longest, 'day')}"
        return Check(age <= longest, says, evidence)


def periods(tags: Sequence[str], prefix: str) -> list[int]:
    """The days that retention tags give; a tag that gives none is left out."""
    found = [
        RETENTION.fullmatch(tag.removeprefix(prefix)) for tag in tags if tag.startswith(prefix)
    ]
    return [int(one["count"]) * DAYS_PER_UNIT[one["unit"]] for one in found if one]


class HasLineage(AssetCondition):
    """It is known what it comes from, or where it goes."""

    type: Literal["has_lineage"] = "has_lineage"
    direction: Literal["upstream", "downstream", "any"] = "any"

    def judge(self, facts: AssetFacts) -> Check:
        known = {"upstream": len(facts.upstream), "downstream": len(facts.downstream)}
        wanted = known if self.direction == "any" else {self.direction: known[self.direction]}
        says = " and ".join(f"has {plural(n, f'known {way} asset')}" for way, n in wanted.items())
        return Check(any(wanted.values()), says, {**known, "direction": self.direction})


class NoCopyDownstream(AssetCondition):
    """Where a sensitive column flows, its labels go too; `labels` narrows which are followed."""

    judges: ClassVar[frozenset[Kind]] = frozenset({"column"})
    type: Literal["no_copy_downstream"] = "no_copy_downstream"
    labels: tuple[Name, ...] = ()
    sensitivity_at_least: Sensitivity = "confidential"
    other_sources_only: bool = False

    def judge(self, facts: AssetFacts) -> Check:
        followed = {
            label.label
            for label in facts.labels_in_force
            if at_least(label.sensitivity, self.sensitivity_at_least)
            and (not self.labels or label.label in self.labels)
        }
        losing = {
            there.qualified_name: sorted(followed - there.labels)
            for there in facts.downstream
            if not (self.other_sources_only and there.source == facts.source.qualified_name)
            and not followed <= there.labels
        }
        lost = listed(sorted({label for labels in losing.values() for label in labels}))
        says = (
            f"flows into {listed(losing)} without the label {lost}"
            if losing
            else "keeps its labels wherever it flows"
        )
        return Check(not losing, says, {"unlabelled": losing, "followed": sorted(followed)})


class FlowsOnlyTo(AssetCondition):
    """Wherever it flows, directly or on, is in a source of one of the environments."""

    type: Literal["flows_only_to"] = "flows_only_to"
    environments: Names

    def judge(self, facts: AssetFacts) -> Check:
        strange = {
            there.qualified_name: there.environment
            for there in facts.downstream
            if there.environment not in self.environments
        }
        says = (
            f"flows into {listed(strange)}, which is not {' or '.join(self.environments)}"
            if strange
            else f"flows only into {' or '.join(self.environments)}"
        )
        evidence = {"elsewhere": strange, "environments": list(self.environments)}
        return Check(not strange, says, evidence)
