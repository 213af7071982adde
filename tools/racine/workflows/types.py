"""What workflows' operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tools.steps import Step
from tools.values import Citation, Cited, Result


class WorkflowDetail(Cited):
    """A saved, versioned plan."""

    id: str
    name: str
    description: str
    version: int
    steps: list[Step]
    created_by: str
    created_at: datetime

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="workflow",
            title=self.name,
            url=f"/api/racine/workflows/get?workflow={self.id}",
            snippet=f"{len(self.steps)} steps",
        )


class Fault(Result):
    """What is wrong with a definition, where, and how to mend it."""

    step: str | None
    detail: str
    remedy: str


class Validation(Result):
    """Whether a definition would run, and everything that is wrong with it."""

    valid: bool
    order: list[str]
    faults: list[Fault]


class StepStatus(Result):
    """How one step of an execution stands."""

    step_id: str
    parent: str | None
    operation: str
    status: str
    detail: str
    attempts: int
    changes: int
    activity_id: str | None
    result: dict[str, Any] | None
    started_at: datetime | None
    finished_at: datetime | None


class ExecutionStatus(Cited):
    """How an execution stands."""

    id: str
    title: str
    status: str
    run_id: str
    plan_id: str | None
    workflow_id: str | None
    workflow_version: int | None
    cause: str
    budget: dict[str, Any]
    summary: str
    steps: list[StepStatus]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="execution",
            title=self.title,
            url=f"/api/racine/workflows/{self.id}/status",
            snippet=self.status,
        )
