"""What a rule can demand: a closed union of declarative conditions, judged on facts alone.

Pure: no database, no clock, no network. A condition answers with a `Check` whose phrase is true
of its subject whether it passed or not, so `not`, `all_of` and `any_of` compose phrases as well
as truth. What isn't known doesn't hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tools.compliance.check import (
    AssetCondition,
    BaseCondition,
    Check,
    GovernedCondition,
    SourceCondition,
    expect,
    listed,
    plural,
)
from tools.compliance.facts import (
    AssetFacts,
    Facts,
    GovernedFacts,
    Kind,
    Sensitivity,
    SourceFacts,
    UserFacts,
    at_least,
)

Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], Field(min_length=1)]
Days = Annotated[int, Field(ge=1, le=36_500)]

RETENTION = re.compile(r"(?P<count>[1-9]\d{0,4})(?P<unit>[dwmy])")
DAYS_PER_UNIT = {"d": 1, "w": 7, "m": 31, "y": 366}  # the longest that each can be


# Stewardship


class HasOwner(GovernedCondition):
    """Somebody owns it."""

    type: Literal["has_owner"] = "has_owner"

    def judge(self, facts: GovernedFacts) -> Check:
        says = f"is owned by {listed(facts.owners)}" if facts.owners else "has no owner"
        return Check(bool(facts.owners), says, {"owners": list(facts.owners)})


class HasDescription(GovernedCondition):
    """It is described in at least so many characters."""

    type: Literal["has_description"] = "has_description"
    min_length: int = Field(default=1, ge=1, le=10_000)

    def judge(self, facts: GovernedFacts) -> Check:
        length = len((facts.description or "").strip())
        says = (
            f"has a description of {plural(length, 'character')}" if length else "isn't described"
        )
        return Check(length >= self.min_length, says, {"length": length, "least": self.min_length})


class TagPresent(GovernedCondition):
    """It carries one of the tags."""

    type: Literal["tag_present"] = "tag_present"
    any_of: Names

    def judge(self, facts: GovernedFacts) -> Check:
        found = sorted(facts.tags.intersection(self.any_of))
        says = f"is tagged {listed(found)}" if found else f"isn't tagged {' or '.join(self.any_of)}"
        return Check(bool(found), says, {"found": found, "any_of": list(self.any_of)})


class RetentionTag(GovernedCondition):
    """A tag such as `retention:90d` or `retention:7y` (d, w, m, y) says how long it is kept."""

    type: Literal["retention_tag"] = "retention_tag"
    prefix: Name = "retention:"
    at_most_days: Days | None = None

    def judge(self, facts: GovernedFacts) -> Check:
        tags = sorted(tag for tag in facts.tags if tag.startswith(self.prefix))
        periods = [RETENTION.fullmatch(tag.removeprefix(self.prefix)) for tag in tags]
        days = [int(p["count"]) * DAYS_PER_UNIT[p["unit"]] for p in periods if p]
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


# Classification


class HasClassificationReviewed(AssetCondition):
    """It has labels of that sensitivity, and a person has confirmed every one of them."""

    type: Literal["has_classification_reviewed"] = "has_classification_reviewed"
    sensitivity_at_least: Sensitivity = "public"

    def judge(self, facts: AssetFacts) -> Check:
        labels = [
            label
            for label in facts.labels_in_force
            if at_least(label.sensitivity, self.sensitivity_at_least)
        ]
        waiting = sorted({label.label for label in labels if label.status != "confirmed"})
        evidence = {"waiting": waiting, "labels": sorted({label.label for label in labels})}
        if not labels:
            return Check(False, "has no classification", evidence)
        says = f"waits for a person to review {listed(waiting)}" if waiting else "is reviewed"
        return Check(not waiting, says, evidence)


class LabelAbsent(GovernedCondition):
    """None of the labels is in force on it."""

    type: Literal["label_absent"] = "label_absent"
    labels: Names

    def judge(self, facts: GovernedFacts) -> Check:
        found = [label for label in facts.labels_in_force if label.label in self.labels]
        evidence = [
            {"label": f.label, "on": f.on, "status": f.status, "score": f.score} for f in found
        ]
        where = dict.fromkeys(f"{f.label} in {f.on}" if f.on else f.label for f in found)
        says = f"holds {listed(where)}" if found else f"holds no {' or '.join(self.labels)}"
        return Check(not found, says, {"found": evidence})


# Access


class ReadableOnlyBy(AssetCondition):
    """Whoever reads it unmasked holds one of the roles."""

    type: Literal["readable_only_by"] = "readable_only_by"
    roles: Names

    def judge(self, facts: AssetFacts) -> Check:
        others = [r.name for r in facts.readers_unmasked if not r.roles.intersection(self.roles)]
        says = (
            f"can be read unmasked by {listed(others)} without the role {' or '.join(self.roles)}"
        )
        return Check(not others, says, {"others": others, "roles": list(self.roles)})


class MaskedForRoles(AssetCondition):
    """Nobody reads it unmasked by these roles alone; a further role may let a person see it."""

    type: Literal["masked_for_roles"] = "masked_for_roles"
    roles: Names

    def judge(self, facts: AssetFacts) -> Check:
        seeing = [r.name for r in facts.readers_unmasked if r.roles and r.roles <= {*self.roles}]
        roles = " or ".join(self.roles)
        says = f"can be read unmasked by {listed(seeing)} as no more than {roles}"
        return Check(not seeing, says, {"seeing": seeing, "roles": list(self.roles)})


class MaxReaders(AssetCondition):
    """At most so many people read it unmasked."""

    type: Literal["max_readers"] = "max_readers"
    most: int = Field(ge=0)

    def judge(self, facts: AssetFacts) -> Check:
        readers = [reader.name for reader in facts.readers_unmasked]
        says = f"can be read unmasked by {plural(len(readers), 'person')}"
        return Check(len(readers) <= self.most, says, {"readers": readers, "most": self.most})


class MaxGrants(BaseCondition):
    """At most so many grants are on it or, of a user, held."""

    type: Literal["max_grants"] = "max_grants"
    most: int = Field(ge=0)

    def check(self, facts: Facts) -> Check:
        evidence = {"grants": facts.grants, "most": self.most}
        return Check(facts.grants <= self.most, f"has {plural(facts.grants, 'grant')}", evidence)


# Time


def since(then: datetime | None, facts: Facts, days: int, done: str, never: str) -> Check:
    if then is None:
        return Check(False, never, {"last": None, "days": days})
    ago = (facts.as_of - then).days
    passed = (facts.as_of - then).total_seconds() <= days * 86_400
    says = f"{done} on {then:%Y-%m-%d}, {plural(max(ago, 0), 'day')} before"
    return Check(passed, says, {"last": then.isoformat(), "days": days})


class ScannedWithin(GovernedCondition):
    """It was scanned in the last so many days."""

    type: Literal["scanned_within"] = "scanned_within"
    days: Days

    def judge(self, facts: GovernedFacts) -> Check:
        last = facts.last_scanned_at
        return since(last, facts, self.days, "was last scanned", "has never been scanned")


class ActiveWithin(BaseCondition):
    """The user is disabled, or was active in the last so many days."""

    judges: ClassVar[frozenset[Kind]] = frozenset({"user"})
    type: Literal["active_within"] = "active_within"
    days: Days

    def check(self, facts: Facts) -> Check:
        user = expect(facts, UserFacts)
        if user.disabled:
            return Check(True, "is disabled", {"disabled": True})
        last = user.last_active_at
        return since(last, user, self.days, "was last active", "has never been active")


# Source


class Environment(SourceCondition):
    """Its source is of one of the environments."""

    type: Literal["environment"] = "environment"
    any_of: Names

    def judge_source(self, source: SourceFacts) -> Check:
        environment = source.environment
        says = f"is in {environment}" if environment else "is in no known environment"
        evidence = {"environment": environment, "any_of": list(self.any_of)}
        return Check(environment in self.any_of, says, evidence)


class SourceEncrypted(SourceCondition):
    """Its source is known to be encrypted, at rest or in transit."""

    type: Literal["source_encrypted"] = "source_encrypted"
    where: Literal["at_rest", "in_transit"] = "at_rest"

    def judge_source(self, source: SourceFacts) -> Check:
        at_rest = self.where == "at_rest"
        encrypted = source.encrypted_at_rest if at_rest else source.encrypted_in_transit
        where = "at rest" if at_rest else "in transit"
        known = {True: "is", False: "isn't", None: "isn't known to be"}[encrypted]
        return Check(
            bool(encrypted), f"{known} encrypted {where}", {f"encrypted_{self.where}": encrypted}
        )


class CredentialsEncrypted(SourceCondition):
    """The credentials kept for its source are known to be encrypted."""

    type: Literal["credentials_encrypted"] = "credentials_encrypted"

    def judge_source(self, source: SourceFacts) -> Check:
        encrypted = source.credentials_encrypted
        how = {True: "encrypted", False: "in clear", None: "in a way that isn't known"}[encrypted]
        says = f"is reached with credentials kept {how}"
        return Check(bool(encrypted), says, {"credentials_encrypted": encrypted})


# Lineage


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


# Logic


class Several(BaseCondition):
    conditions: tuple[Condition, ...] = Field(min_length=1)

    def kinds(self) -> frozenset[Kind]:
        return frozenset[Kind].intersection(*(part.kinds() for part in self.conditions))

    def combine(
        self, facts: Facts, *, passed_if: Callable[[Iterable[bool]], bool], telling: bool
    ) -> Check:
        """Of parts with different verdicts, those with the verdict `telling` are what it says."""
        parts = [(part.type, part.check(facts)) for part in self.conditions]
        passed = passed_if(check.passed for _, check in parts)
        said = [check.says for _, check in parts if check.passed is telling]
        evidence = [{"type": name, "passed": c.passed, **c.evidence} for name, c in parts]
        says = " and ".join(said or [check.says for _, check in parts])
        return Check(passed, says, {"conditions": evidence})


class AllOf(Several):
    """Every condition holds."""

    type: Literal["all_of"] = "all_of"

    def check(self, facts: Facts) -> Check:
        return self.combine(facts, passed_if=all, telling=False)


class AnyOf(Several):
    """At least one condition holds."""

    type: Literal["any_of"] = "any_of"

    def check(self, facts: Facts) -> Check:
        return self.combine(facts, passed_if=any, telling=True)


class Not(BaseCondition):
    """The condition doesn't hold. What isn't known doesn't hold, so it passes under `not`."""

    type: Literal["not"] = "not"
    condition: Condition

    def kinds(self) -> frozenset[Kind]:
        return self.condition.kinds()

    def check(self, facts: Facts) -> Check:
        inner = self.condition.check(facts)
        evidence = {"type": self.condition.type, "passed": inner.passed, **inner.evidence}
        return Check(not inner.passed, inner.says, {"condition": evidence})


Condition = Annotated[
    HasOwner
    | HasDescription
    | TagPresent
    | RetentionTag
    | HasClassificationReviewed
    | LabelAbsent
    | ReadableOnlyBy
    | MaskedForRoles
    | MaxReaders
    | MaxGrants
    | ScannedWithin
    | ActiveWithin
    | Environment
    | SourceEncrypted
    | CredentialsEncrypted
    | HasLineage
    | NoCopyDownstream
    | AllOf
    | AnyOf
    | Not,
    Field(discriminator="type"),
]

for model in (AllOf, AnyOf, Not):
    model.model_rebuild()
