"""What the assistant's operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tools.racine.approvals.types import PlanApproval
from tools.values import Result


class ConversationSummary(Result):
    """A conversation in a list."""

    id: str
    title: str
    status: str
    created_at: datetime
    updated_at: datetime


class RunSummary(Result):
    """One turn: what was said and what was answered; nothing was said to an execution's."""

    id: str
    kind: str
    message: str | None
    answer: str | None
    status: str
    created_at: datetime
    finished_at: datetime | None


class PlanState(Result):
    """How a plan stands: as it was decided, or as its execution goes."""

    id: str
    status: str
    execution_id: str | None


class ConversationDetail(ConversationSummary):
    """A conversation with its turns and how the plans that they proposed stand."""

    runs: list[RunSummary]
    plans: list[PlanState]


class PlanDetail(Result):
    """A plan: the steps with their previews, its hash, how it stands."""

    id: str
    hash: str
    title: str
    status: str
    requester: str
    conversation_id: str
    run_id: str
    execution_id: str | None
    execution_run_id: str | None
    expires_at: datetime
    decided_by: str | None
    reason: str | None
    budget: dict[str, Any]
    approval: PlanApproval
    effects: dict[str, Any]
    steps: list[dict[str, Any]]


class PlanSummary(Result):
    """A plan in a list: what it is, who asked, and whose approval it waits for."""

    id: str
    title: str
    status: str
    requester: str
    steps: int
    created_at: datetime
    expires_at: datetime
    waits_for: list[str]
    may_approve: bool
    execution_id: str | None


class Prompts(Result):
    """Requests that make sense now."""

    items: list[str]


class Deleted(Result):
    """What was erased."""

    id: str
    runs: int
    events: int
