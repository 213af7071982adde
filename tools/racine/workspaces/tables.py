"""Tables of workspaces."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class Workspace(Captured, Base):
    """A place where some people work on some sources."""

    __tablename__ = "workspaces"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(20), default="team")
    created_at: Mapped[datetime] = mapped_column(default=now)


class WorkspaceSource(Captured, Base):
    """A source linked to a workspace."""

    __tablename__ = "workspace_sources"
    __label__ = "source_id"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
