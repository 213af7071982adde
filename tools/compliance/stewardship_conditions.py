"""Conditions on who answers for something, what is said of it, its labels and its source."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.compliance.check import (
    AssetCondition,
    Check,
    Days,
    GovernedCondition,
    Names,
    SourceCondition,
    listed,
    plural,
    since,
)
from tools.compliance.facts import AssetFacts, GovernedFacts, Sensitivity, SourceFacts, at_least


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


class OwnerActive(GovernedCondition):
    """It has owners, and each of them is a person who can act."""

    type: Literal["owner_active"] = "owner_active"

    def judge(self, facts: GovernedFacts) -> Check:
        evidence = {"owners": list(facts.owners), "idle": list(facts.idle_owners)}
        if not facts.owners:
            return Check(False, "has no owner", evidence)
        if facts.idle_owners:
            return Check(False, f"is owned by {listed(facts.idle_owners)}, who can't act", evidence)
        return Check(True, f"is owned by {listed(facts.owners)}, who can act", evidence)


class Certified(AssetCondition):
    """It is certified, at one of the levels."""

    type: Literal["certified"] = "certified"
    any_of: tuple[Literal["bronze", "silver", "gold"], ...] = ("bronze", "silver", "gold")

    def judge(self, facts: AssetFacts) -> Check:
        level = facts.certification
        says = f"is certified {level}" if level else "isn't certified"
        return Check(level in self.any_of, says, {"level": level, "any_of": list(self.any_of)})


class NotPastSunset(AssetCondition):
    """It isn't kept beyond the day on which it was to go."""

    type: Literal["not_past_sunset"] = "not_past_sunset"

    def judge(self, facts: AssetFacts) -> Check:
        today = facts.as_of.date().isoformat()
        evidence = {"sunset_on": facts.sunset_on}
        if facts.deprecated_at is None or facts.sunset_on is None:
            return Check(True, "has no day on which it is to go", evidence)
        over = facts.sunset_on < today
        says = f"{'was' if over else 'is'} to go on {facts.sunset_on}"
        return Check(not over, says, evidence)


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


class ScannedWithin(GovernedCondition):
    """It was scanned in the last so many days."""

    type: Literal["scanned_within"] = "scanned_within"
    days: Days

    def judge(self, facts: GovernedFacts) -> Check:
        last = facts.last_scanned_at
        return since(last, facts, self.days, "was last scanned", "has never been scanned")


class DiscoveredWithin(SourceCondition):
    """What its source holds was looked up in the last so many days."""

    type: Literal["discovered_within"] = "discovered_within"
    days: Days

    def judge_source(self, source: SourceFacts) -> Check:
        last = source.discovered_at
        return since(last, source, self.days, "was last discovered", "was never discovered")


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
