"""Conditions on who reads something unmasked, and on people: their roles, keys and activity."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tools.compliance.check import (
    AssetCondition,
    BaseCondition,
    Check,
    Days,
    Name,
    Names,
    expect,
    listed,
    plural,
    since,
)
from tools.compliance.facts import AssetFacts, Facts, Kind, UserFacts


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


class UserCondition(BaseCondition):
    """Judges a user; whoever is disabled passes."""

    judges: ClassVar[frozenset[Kind]] = frozenset({"user"})

    def check(self, facts: Facts) -> Check:
        user = expect(facts, UserFacts)
        if user.disabled:
            return Check(True, "is disabled", {"disabled": True})
        return self.judge(user)

    @abstractmethod
    def judge(self, user: UserFacts) -> Check: ...


class ActiveWithin(UserCondition):
    """The user was active, or was added, in the last so many days."""

    type: Literal["active_within"] = "active_within"
    days: Days

    def judge(self, user: UserFacts) -> Check:
        if user.last_active_at is None:
            return since(
                user.created_at,
                user,
                self.days,
                "was never active and was added",
                "has never been active",
            )
        return since(
            user.last_active_at, user, self.days, "was last active", "has never been active"
        )


class RolesApart(UserCondition):
    """The user doesn't hold two of the roles at once."""

    type: Literal["roles_apart"] = "roles_apart"
    roles: Annotated[tuple[Name, ...], Field(min_length=2)]

    def judge(self, user: UserFacts) -> Check:
        held = sorted(user.roles.intersection(self.roles))
        says = f"holds {listed(held)}" if held else f"holds no {' or '.join(self.roles)}"
        return Check(len(held) < 2, says, {"held": held, "roles": list(self.roles)})


class RolesScoped(UserCondition):
    """The user holds none of the roles everywhere, only for sources or workspaces."""

    type: Literal["roles_scoped"] = "roles_scoped"
    roles: Names

    def judge(self, user: UserFacts) -> Check:
        held = sorted(user.roles_everywhere.intersection(self.roles))
        says = (
            f"holds {listed(held)} everywhere"
            if held
            else f"holds {' or '.join(self.roles)} nowhere without a scope"
        )
        return Check(not held, says, {"everywhere": held, "roles": list(self.roles)})


class KeysYoungerThan(UserCondition):
    """No key of the user's programs is older than so many days."""

    type: Literal["keys_younger_than"] = "keys_younger_than"
    days: Days

    def judge(self, user: UserFacts) -> Check:
        ages = {key.name: (user.as_of - key.created_at).days for key in user.keys}
        old = sorted(name for name, age in ages.items() if age > self.days)
        says = (
            f"has the key {listed(old)}, older than {plural(self.days, 'day')}"
            if old
            else f"has {plural(len(ages), 'key')}, none older than {plural(self.days, 'day')}"
        )
        return Check(not old, says, {"ages_in_days": ages, "days": self.days})
