"""What rbac's operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import SecretStr

from tools.values import Citation, Cited, Page, Result

Flag = Literal["unused", "excessive", "never_signed_in"]


class GrantDetail(Result):
    """A role as someone holds it."""

    id: str
    role: str
    scope: str
    granted_by: str
    created_at: datetime


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
    """A person with their grants."""

    grants: list[GrantDetail]


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
            url="/api/rbac/list-roles",
            snippet=self.description,
        )


class Permissions(Result):
    """Every permission, and the operations that ask for it."""

    items: dict[str, list[str]]


class AccessDecision(Cited):
    """Whether somebody may do something, with the reason.

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


class ApiKeySummary(Result):
    """An API key, without the key."""

    id: str
    name: str
    user: str
    created_at: datetime
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
    granted_by: str
    since: datetime
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


class AccessReview(Page[GrantReview]):
    """Grants under review, with what all of them, not only this page, amount to."""

    days: int
    people: int
    unused: int
    excessive: int
    never_signed_in: int
    conflicts: list[DutyConflict]
