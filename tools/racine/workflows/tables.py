"""Tables of workflows: saved definitions and executions with their steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, Owned, now


class Workflow(Captured, Base):
    """A saved, versioned plan."""

    __tablename__ = "workflows"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    description: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    steps: Mapped[list[dict[str, Any]]]
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Execution(Owned, Base):
    """One execution of a plan or workflow. `user_id`: the approver, as whom its steps run.

    `status`: queued, running, paused, done, failed, cancelled.
    """

    __tablename__ = "executions"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str]
    workflow_id: Mapped[str | None] = mapped_column(ForeignKey("workflows.id"))
    plan_id: Mapped[str | None] = mapped_column(String(40), index=True)
    conversation_id: Mapped[str | None] = mapped_column(String(40))
    run_id: Mapped[str] = mapped_column(String(40))
    steps: Mapped[list[dict[str, Any]]]
    status: Mapped[str] = mapped_column(String(12), default="queued", index=True)
    control: Mapped[str | None] = mapped_column(String(8))
    attempt: Mapped[int] = mapped_column(default=1)
    summary: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class ExecutionStep(Base):
    """How one step of an execution stands. `status`: pending, running, done, failed, skipped."""

    __tablename__ = "execution_steps"

    execution_id: Mapped[str] = mapped_column(ForeignKey("executions.id"), primary_key=True)
    step_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    operation: Mapped[str] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(12), default="pending")
    detail: Mapped[str] = mapped_column(default="")
    activity_id: Mapped[str | None] = mapped_column(String(40))
    result: Mapped[dict[str, Any] | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
