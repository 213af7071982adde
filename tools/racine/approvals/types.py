"""What approvals' operations return."""

from __future__ import annotations

from datetime import datetime

from tools.values import Citation, Cited, Result


class Agreement(Result):
    """One agreement that a plan needs: whose, why, and how many of how many have given it.

    `lacking`: why it can't be given as things stand, and the way out; empty where it can.
    """

    who: str
    why: str
    rule: str
    steps: list[str]
    given: int
    wanted: int
    escalated: bool
    lacking: str


class Said(Result):
    """What one person said of a plan."""

    by: str
    decision: str
    reason: str
    at: datetime


class PlanApproval(Result):
    """How a plan stands with those who have to agree.

    `state`: pending, approved, rejected, expired, withdrawn. `may_approve`: whether the caller's
    agreement would count now; if not, `why_not` says why. `policy`: what agreed in advance.
    """

    state: str
    needs: list[Agreement]
    given: list[Said]
    expires_at: datetime
    editable: bool
    may_approve: bool
    why_not: str
    policy: str | None


class RuleDetail(Cited):
    """A rule that demands approval, in words."""

    id: str
    name: str
    reason: str
    operations: list[str]
    effects: list[str]
    source: str | None
    requester_role: str | None
    more_than: int | None
    approvers: list[str]
    quorum: int
    second_person: bool
    escalate_after: float | None
    escalate_to: list[str]
    created_by: str
    created_at: datetime

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="approval_rule",
            title=self.name,
            url="/api/racine/approvals/list-rules",
            snippet=self.reason,
        )


class PolicyDetail(Cited):
    """A standing policy: what is approved in advance, for whom, by whom, until when."""

    id: str
    name: str
    reason: str
    operations: list[str]
    source: str | None
    requesters: list[str]
    at_most: int
    signed_by: str
    signed_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    revoked_by: str | None
    in_force: bool
    used: int

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="standing_policy",
            title=self.name,
            url="/api/racine/approvals/list-policies",
            snippet=self.reason,
        )


class RuleDeleted(Result):
    """A rule that is gone."""

    id: str
    name: str
