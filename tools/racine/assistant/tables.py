"""Tables of the assistant: conversations, their runs, the plans that runs propose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Owned, now


class Conversation(Owned, Base):
    """One person's conversation with the assistant."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    workspace_id: Mapped[str | None] = mapped_column(String(40))
    focus: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, index=True)


class Run(Owned, Base):
    """One turn. `status`: queued, running, done, interrupted, failed, cancelled.

    `kind`: `turn` (a message is answered) or `execution` (an approved plan is carried out).
    """

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default="turn")
    channel: Mapped[str] = mapped_column(String(12))
    message: Mapped[str]
    answer: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(12), default="queued", index=True)
    position: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class Plan(Owned, Base):
    """The writes that a run proposes. `user_id`: the requester.

    `status`: pending, approved, rejected, expired, stale.
    """

    __tablename__ = "plans"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    title: Mapped[str]
    steps: Mapped[list[dict[str, Any]]]
    touched: Mapped[dict[str, Any]]
    hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(12), default="pending", index=True)
    execution_id: Mapped[str | None] = mapped_column(String(40))
    execution_run_id: Mapped[str | None] = mapped_column(String(80))
    decided_by: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
