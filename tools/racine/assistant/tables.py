"""Tables of the assistant: conversations, their runs, the plans that runs propose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, Owned, now


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

    `kind`: `turn` (a message is answered), `proposal` (a plan came from elsewhere) or `execution`
    (an approved plan is carried out). `unanswered`: why the request stays without an answer.
    """

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default="turn")
    channel: Mapped[str] = mapped_column(String(12))
    unanswered: Mapped[str | None] = mapped_column(String(20), index=True)
    message: Mapped[str]
    context: Mapped[dict[str, Any]] = mapped_column(default=dict)
    answer: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(12), default="queued", index=True)
    position: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class Plan(Base):
    """The writes that a run, or a person, proposes. `user_id`: the requester.

    `status`: pending, approved, rejected, withdrawn; one that is pending past `expires_at` has
    expired. `approval`: what it does and who has to agree, as it was proposed. `policy`: the
    standing policy that agreed in advance.
    """

    __tablename__ = "plans"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(40), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    title: Mapped[str]
    steps: Mapped[list[dict[str, Any]]]
    budget: Mapped[dict[str, Any]] = mapped_column(default=dict)
    touched: Mapped[dict[str, Any]]
    approval: Mapped[dict[str, Any]] = mapped_column(default=dict)
    effects: Mapped[dict[str, Any]] = mapped_column(default=dict)
    policy: Mapped[str | None] = mapped_column(String(120), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(12), default="pending", index=True)
    execution_id: Mapped[str | None] = mapped_column(String(40))
    execution_run_id: Mapped[str | None] = mapped_column(String(80))
    decided_by: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]


class ModelUse(Base):
    """What one turn used of a language model; it stays when the conversation is erased."""

    __tablename__ = "model_uses"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(40), index=True)
    workspace_id: Mapped[str | None] = mapped_column(String(40), index=True)
    run_id: Mapped[str] = mapped_column(String(80))
    model: Mapped[str] = mapped_column(String(200))
    input_tokens: Mapped[int]
    output_tokens: Mapped[int]
    cost_usd: Mapped[float | None]
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class Receipt(Base):
    """What an answer was made of. `hash` covers every other column but `content`, and the previous
    row's hash; `content_digest` covers that, so that it can be erased and the chain still holds.
    """

    __tablename__ = "receipts"

    sequence: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(String(80), unique=True)
    conversation_id: Mapped[str] = mapped_column(String(80), index=True)
    user_id: Mapped[str] = mapped_column(String(40), index=True)
    at: Mapped[datetime]
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    content_digest: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Memory(Captured, Base):
    """What somebody told the assistant to keep. `kind`: preference, fact, name or lesson.

    A name stands for `asset_id`, for its person or the whole team; of a lesson `text` was said and
    `meant` was meant by it.
    """

    __tablename__ = "memories"
    __label__ = "text"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(40), index=True)
    team_id: Mapped[str | None] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str]
    meant: Mapped[str | None]
    asset_id: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Feedback(Captured, Base):
    """What somebody thought of an answer. `rating`: up or down."""

    __tablename__ = "feedback"
    __label__ = "rating"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(40), index=True)
    run_id: Mapped[str] = mapped_column(String(80), index=True)
    rating: Mapped[str] = mapped_column(String(4))
    comment: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(default=now)


class RecommendationDecision(Captured, Base):
    """What somebody said to a recommendation. `decision`: accepted or dismissed."""

    __tablename__ = "recommendation_decisions"
    __label__ = "title"

    user_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    recommendation: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str]
    decision: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(default=now)
