"""What a rule can demand: a closed union of declarative conditions, judged on facts alone.

Pure: no database, no clock, no network. A condition answers with a `Check` whose phrase is true
of its subject whether it passed or not, so `not`, `all_of` and `any_of` compose phrases as well
as truth. What isn't known doesn't hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Literal

from pydantic import Field

from tools.compliance.access_conditions import (
    ActiveWithin,
    KeysYoungerThan,
    MaskedForRoles,
    MaxGrants,
    MaxReaders,
    ReadableOnlyBy,
    RolesApart,
    RolesScoped,
)
from tools.compliance.check import BaseCondition, Check
from tools.compliance.data_conditions import (
    DataWithinRetention,
    FlowsOnlyTo,
    Fresh,
    HasLineage,
    HasQualityCheck,
    NoCopyDownstream,
    ProfiledWithin,
    QualityPassing,
    RetentionTag,
)
from tools.compliance.facts import Facts, Kind
from tools.compliance.stewardship_conditions import (
    Certified,
    CredentialsEncrypted,
    DiscoveredWithin,
    Environment,
    HasClassificationReviewed,
    HasDescription,
    HasOwner,
    LabelAbsent,
    NotPastSunset,
    OwnerActive,
    ScannedWithin,
    SourceEncrypted,
    TagPresent,
)


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
    | OwnerActive
    | HasDescription
    | TagPresent
    | Certified
    | NotPastSunset
    | HasClassificationReviewed
    | LabelAbsent
    | ScannedWithin
    | DiscoveredWithin
    | Environment
    | SourceEncrypted
    | CredentialsEncrypted
    | ReadableOnlyBy
    | MaskedForRoles
    | MaxReaders
    | MaxGrants
    | ActiveWithin
    | RolesApart
    | RolesScoped
    | KeysYoungerThan
    | HasQualityCheck
    | QualityPassing
    | Fresh
    | ProfiledWithin
    | RetentionTag
    | DataWithinRetention
    | HasLineage
    | NoCopyDownstream
    | FlowsOnlyTo
    | AllOf
    | AnyOf
    | Not,
    Field(discriminator="type"),
]

for model in (AllOf, AnyOf, Not):
    model.model_rebuild()
