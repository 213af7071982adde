"""Tables of pipelines: the stages, and their earlier versions.

A pipeline's compiled steps are a row of `workflows`, so that all that runs, schedules and follows
workflows does so for pipelines; `workflow_id` leads there, and both rows change together.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class Pipeline(Captured, Base):
    """A pipeline as it stands."""

    __tablename__ = "pipelines"
    __decides__ = True

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    workflow_id: Mapped[str] = mapped_column(ForeignKey("workflows.id"), unique=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    description: Mapped[str] = mapped_column(default="")
    template: Mapped[str | None] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(default=1)
    stages: Mapped[list[dict[str, Any]]]
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


class PipelineVersion(Captured, Base):
    """A pipeline as it stood: every version is kept, so that each can come back."""

    __tablename__ = "pipeline_versions"
    __label__ = "note"

    pipeline_id: Mapped[str] = mapped_column(ForeignKey("pipelines.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    stages: Mapped[list[dict[str, Any]]]
    description: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
