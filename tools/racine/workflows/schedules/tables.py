"""Tables of schedules: what starts a workflow, how far it has come, and every time it did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class Schedule(Captured, Base):
    """What starts a workflow: `cron` with a time zone, an `event`, or a webhook with a `secret`.

    `where`: fields of the event that have to be equal. `missed`: skip, once, all. `overlap`: skip,
    queue. `user_id`: as whom it runs. `plan_id`: the approved plan that made it; what it starts is
    approved with it, as long as the workflow isn't changed.
    """

    __tablename__ = "schedules"
    __decides__ = True

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    workflow_id: Mapped[str] = mapped_column(ForeignKey("workflows.id"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    plan_id: Mapped[str | None] = mapped_column(String(40))
    cron: Mapped[str | None] = mapped_column(String(120))
    timezone: Mapped[str] = mapped_column(String(60), default="UTC")
    event: Mapped[str | None] = mapped_column(String(60), index=True)
    where: Mapped[dict[str, Any]] = mapped_column(default=dict)
    secret: Mapped[str | None] = mapped_column(info={"secret": True})
    missed: Mapped[str] = mapped_column(String(5), default="once")
    overlap: Mapped[str] = mapped_column(String(5), default="skip")
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class ScheduleState(Base):
    """How far a schedule has come: when it is due next, up to which change it has looked."""

    __tablename__ = "schedule_states"

    schedule_id: Mapped[str] = mapped_column(
        ForeignKey("schedules.id", ondelete="CASCADE"), primary_key=True
    )
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    position: Mapped[int] = mapped_column(default=0)


class ScheduleRun(Base):
    """One time that a schedule was due. `key` names the time, the activity or the message.

    `outcome`: due (it is being started), started, skipped, missed, failed.
    """

    __tablename__ = "schedule_runs"
    __table_args__ = (UniqueConstraint("schedule_id", "key"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    schedule_id: Mapped[str] = mapped_column(
        ForeignKey("schedules.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    event: Mapped[dict[str, Any]] = mapped_column(default=dict)
    depth: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str] = mapped_column(String(8), default="due", index=True)
    detail: Mapped[str] = mapped_column(String(500), default="")
    execution_id: Mapped[str | None] = mapped_column(String(40), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
