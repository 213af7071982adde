"""Tables of workflows: saved definitions and executions with their steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class Workflow(Captured, Base):
    """A saved, versioned plan."""

    __tablename__ = "workflows"
    __decides__ = True

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    description: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    steps: Mapped[list[dict[str, Any]]]
    budget: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class WorkflowVersion(Captured, Base):
    """A workflow's content as it was saved once; never changed, the latest is the workflow's."""

    __tablename__ = "workflow_versions"

    workflow_id: Mapped[str] = mapped_column(ForeignKey("workflows.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(default="")
    steps: Mapped[list[dict[str, Any]]]
    budget: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(String(500), default="")
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Execution(Base):
    """One execution of a plan or workflow. `user_id`: the approver, as whom its steps run.

    `status`: queued, running, waiting (for people, at a gate), paused, done, failed, cancelled,
    unknown (what a step did outside can't be known until somebody says or it is reconciled).
    `cause`: what started it, in words: an approval, a person, a schedule, an event. `event`: what
    its steps read as `event`. `parent_id`: the execution that started it, whose budget holds for
    it, too. `active_seconds`: how long it ran, halts left out, before it went on at `went_on_at`.
    """

    __tablename__ = "executions"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(40), index=True)
    title: Mapped[str]
    workflow_id: Mapped[str | None] = mapped_column(ForeignKey("workflows.id"), index=True)
    workflow_version: Mapped[int | None]
    plan_id: Mapped[str | None] = mapped_column(String(40), index=True)
    conversation_id: Mapped[str | None] = mapped_column(String(40))
    run_id: Mapped[str] = mapped_column(String(40))
    cause: Mapped[str] = mapped_column(String(200), default="")
    event: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undoes: Mapped[str | None] = mapped_column(String(40), index=True)
    parent_id: Mapped[str | None] = mapped_column(String(40), index=True)
    steps: Mapped[list[dict[str, Any]]]
    budget: Mapped[dict[str, Any]] = mapped_column(default=dict)
    status: Mapped[str] = mapped_column(String(12), default="queued", index=True)
    control: Mapped[str | None] = mapped_column(String(8))
    attempt: Mapped[int] = mapped_column(default=1)
    summary: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    active_seconds: Mapped[float] = mapped_column(default=0.0, server_default="0")
    went_on_at: Mapped[datetime | None]


class ExecutionStep(Base):
    """How one step of an execution stands; the items of a loop are rows too, below their `parent`.

    `status`: pending, waiting, running, done, failed, skipped, unknown, undone. `generation`: how
    often a person had it done again after it was done.
    """

    __tablename__ = "execution_steps"

    execution_id: Mapped[str] = mapped_column(ForeignKey("executions.id"), primary_key=True)
    step_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    parent: Mapped[str | None] = mapped_column(String(60))
    position: Mapped[int]
    operation: Mapped[str] = mapped_column(String(80), index=True)
    status: Mapped[str] = mapped_column(String(12), default="pending")
    detail: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int] = mapped_column(default=0)
    generation: Mapped[int] = mapped_column(default=0)
    activity_id: Mapped[str | None] = mapped_column(String(40))
    result: Mapped[dict[str, Any] | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class GateDecision(Captured, Base):
    """What one person decided at a gate of an execution."""

    __tablename__ = "gate_decisions"

    execution_id: Mapped[str] = mapped_column(ForeignKey("executions.id"), primary_key=True)
    step_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agreed: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now)


class Worker(Base):
    """A process that carries out executions; one whose heart stops is taken over from."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(default=now)
    beat_at: Mapped[datetime] = mapped_column(default=now)
