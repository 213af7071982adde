"""What rbac's operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import SecretStr

from tools.values import Citation, Cited, Page, Result

Flag = Literal["unused", "excessive", "never_signed_in", "disabled", "expired", "expires_soon"]


class GrantDetail(Result):
    """A role as someone holds it, or is denied it; `team`: through that team."""

    id: str
    role: str
    scope: str
    effect: str = "allow"
    team: str | None = None
    granted_by: str
    created_at: datetime
    valid_from: datetime | None = None
    valid_until: datetime | None = None


class UserSummary(Cited):
    """A person."""

    id: str
    name: str
    email: str
    active: bool
    roles: list[str]

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="user",
            title=self.name,
            url=f"/api/rbac/get-user?user={self.id}",
            snippet=", ".join(self.roles) or "no role",
        )


class UserDetail(UserSummary):
    """A person or service account with what they hold, themselves and through teams."""

    kind: str = "person"
    owner: str | None = None
    teams: list[str] = []
    grants: list[GrantDetail]


class Member(Result):
    """Somebody who belongs to a team."""

    id: str
    name: str
    active: bool


class TeamDetail(Cited):
    """A team, who belongs to it, and what they hold through it."""

    id: str
    name: str
    description: str
    members: list[Member]
    grants: list[GrantDetail]

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="team",
            title=self.name,
            url=f"/api/rbac/get-team?team={self.id}",
            snippet=", ".join(one.name for one in self.members) or "nobody",
        )


class RoleDetail(Cited):
    """A role and what it gives."""

    name: str
    description: str
    permissions: list[str]
    builtin: bool
    holders: int

    def citation(self) -> Citation:
        return Citation(
            id=self.name,
            kind="role",
            title=self.name,
            url=f"/api/rbac/get-role?role={self.name}",
            snippet=self.description,
        )


class Permissions(Result):
    """Every permission, and the operations that ask for it."""

    items: dict[str, list[str]]


class AccessDecision(Cited):
    """Whether somebody may do something, with the reason.

    `can_grant`: who could grant what is missing, the first ten by name.
    `values_masked`: what they would see of the asset's classified columns is masked;
    `values_reason` says why, where the asset has such columns.
    """

    user_id: str
    user: str
    permission: str
    on: str
    allowed: bool
    reason: str
    grants: list[str]
    remedy: str | None
    values_masked: bool = False
    values_reason: str | None = None
    can_grant: list[str] = []

    def citation(self) -> Citation:
        return Citation(
            id=self.user_id,
            kind="user",
            title=self.user,
            url=f"/api/rbac/get-user?user={self.user_id}",
            snippet=self.reason,
        )


class Holders(Result):
    """Who may do something, each with the reason."""

    permission: str
    on: str
    items: list[AccessDecision]
    can_grant: list[str] = []


class Change(Result):
    """A permission, and where it would be gained or lost."""

    permission: str
    on: list[str]


class ApiKeySummary(Result):
    """An API key, without the key."""

    id: str
    name: str
    user: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None


class NewApiKey(ApiKeySummary):
    """A new API key; `key` is shown this once."""

    key: SecretStr


class GrantReview(Cited):
    """A grant under review: when the role was last used, and what speaks against it.

    `smaller_role`: a built-in role that gives all that was used of this one.
    """

    grant_id: str
    user_id: str
    user: str
    active: bool
    role: str
    scope: str
    effect: str
    team: str | None
    granted_by: str
    since: datetime
    valid_until: datetime | None
    last_used: datetime | None
    flags: list[Flag]
    smaller_role: str | None

    def citation(self) -> Citation:
        return Citation(
            id=self.user_id,
            kind="user",
            title=self.user,
            url=f"/api/rbac/get-user?user={self.user_id}",
            snippet=f"{self.role} on {self.scope}: {', '.join(self.flags) or 'nothing to say'}",
        )


class DutyConflict(Result):
    """Two permissions that one person should not hold together, and does."""

    user_id: str
    user: str
    permissions: list[str]
    why: str


class Simulation(Cited):
    """What a grant would change for a person; nothing of it is done.

    `columns`: classified columns whose values they would newly see (of a denial: no more see), the
    first ten of `columns_total`. `conflicts`: separation-of-duties conflicts that it would make.
    """

    user_id: str
    user: str
    grant: str
    effect: str
    gained: list[Change]
    lost: list[Change]
    columns_total: int
    columns: list[str]
    conflicts: list[DutyConflict]

    def citation(self) -> Citation:
        return Citation(
            id=self.user_id,
            kind="user",
            title=self.user,
            url=f"/api/rbac/get-user?user={self.user_id}",
            snippet=self.grant,
        )


class AccessReview(Page[GrantReview]):
    """Grants under review, with what all of them, not only this page, amount to."""

    days: int
    people: int
    unused: int
    excessive: int
    never_signed_in: int
    expired: int
    disabled: int
    conflicts: list[DutyConflict]
