"""What workflows' operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tools.steps import Budget, Step
from tools.values import Citation, Cited, Page, Result


class WorkflowDetail(Cited):
    """A saved, versioned plan."""

    id: str
    name: str
    description: str
    version: int
    steps: list[Step]
    budget: Budget
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


class WorkflowTemplate(Result):
    """A workflow with blanks: what it does, what it asks for, when it is meant to start."""

    name: str
    title: str
    description: str
    starts: str
    arguments: dict[str, str]
    defaults: dict[str, str]
    steps: list[str]


class Fault(Result):
    """What is wrong with a definition, where, and how to mend it.

    `field`: the part of the step, such as `arguments.asset`.
    """

    step: str | None
    detail: str
    remedy: str
    field: str = ""


class Validation(Result):
    """Whether a definition would run, and everything that is wrong with it."""

    valid: bool
    order: list[str]
    faults: list[Fault]


class VersionSummary(Result):
    """One version of a workflow: who made it, when, why, and what it changed."""

    workflow_id: str
    version: int
    name: str
    note: str
    steps: int
    changed: str
    created_by: str
    created_at: datetime


VersionPage = Page[VersionSummary]


class FieldChange(Result):
    """One field that differs; absent on one side where it is null there."""

    field: str
    before: Any
    after: Any


class StepChange(Result):
    """A step that differs, field by field."""

    step: str
    fields: list[FieldChange]


class Difference(Cited):
    """What one version of a workflow has that another hasn't."""

    workflow_id: str
    workflow: str
    before: int
    after: int
    summary: str
    added: list[Step]
    removed: list[Step]
    changed: list[StepChange]
    fields: list[FieldChange]

    def citation(self) -> Citation:
        return Citation(
            id=self.workflow_id,
            kind="workflow",
            title=f"{self.workflow}, version {self.before} and {self.after}",
            url=f"/api/racine/workflows/diff?workflow={self.workflow_id}",
            snippet=self.summary,
        )


class WorkflowDeleted(Result):
    """A workflow that is gone, and what is left of it."""

    id: str
    name: str
    versions: int
    executions_kept: int


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
    """How an execution stands. `outcome`: its status, and what was taken back of it."""

    id: str
    title: str
    status: str
    outcome: str
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
            snippet=self.outcome,
        )
