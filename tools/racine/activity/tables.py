"""Tables of activity beside the audit trail: work that people are asked to do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class Task(Captured, Base):
    """Something that a person is asked to do. `about`: a name or id; `status`: open, done."""

    __tablename__ = "tasks"
    __label__ = "title"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    about: Mapped[str] = mapped_column(String(500), default="", index=True)
    detail: Mapped[str] = mapped_column(String(2000), default="")
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    due_on: Mapped[str | None] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10), default="open", index=True)
    note: Mapped[str] = mapped_column(String(1000), default="")
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
    done_by: Mapped[str | None] = mapped_column(String(200))
    done_at: Mapped[datetime | None]
