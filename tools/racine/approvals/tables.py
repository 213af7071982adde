"""Tables of approvals: rules that demand them, standing policies that give them, decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class ApprovalRule(Captured, Base):
    """What has to be agreed to, and by whom.

    `operations`: patterns such as `rbac.*`. `effects`: write, destroy, reach; none for all.
    `approvers`: `owner`, `role:NAME` or `user:ID`; none for anybody with the rights.
    `more_than`: only where more records than this change. `escalate_after`: hours.
    """

    __tablename__ = "approval_rules"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    reason: Mapped[str] = mapped_column(String(500))
    operations: Mapped[list[str]]
    effects: Mapped[list[str]]
    source_id: Mapped[str | None] = mapped_column(String(40))
    requester_role: Mapped[str | None] = mapped_column(String(60))
    more_than: Mapped[int | None]
    approvers: Mapped[list[str]]
    quorum: Mapped[int] = mapped_column(default=1)
    second_person: Mapped[bool] = mapped_column(default=True)
    escalate_after: Mapped[float | None]
    escalate_to: Mapped[list[str]] = mapped_column(default=list)
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class StandingPolicy(Captured, Base):
    """Low-risk operations that a person has approved in advance, within a scope and a time.

    `requesters`: `role:NAME` or `user:ID`. `at_most`: records that one plan may change.
    """

    __tablename__ = "standing_policies"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    reason: Mapped[str] = mapped_column(String(500))
    operations: Mapped[list[str]]
    source_id: Mapped[str | None] = mapped_column(String(40))
    requesters: Mapped[list[str]]
    at_most: Mapped[int]
    signed_by: Mapped[str] = mapped_column(String(200))
    signed_by_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(200))


class PlanDecision(Base):
    """What one person said of a plan, as it stood under that hash."""

    __tablename__ = "plan_decisions"

    plan_id: Mapped[str] = mapped_column(
        ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_name: Mapped[str] = mapped_column(String(200))
    plan_hash: Mapped[str] = mapped_column(String(64))
    agreed: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(2000), default="")
    decided_at: Mapped[datetime] = mapped_column(default=now)
