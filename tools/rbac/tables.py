"""Tables of rbac: users, roles, grants, API keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class User(Captured, Base):
    """A person, or a program that acts under a name."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Role(Captured, Base):
    """A named list of permission patterns."""

    __tablename__ = "roles"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    description: Mapped[str]
    permissions: Mapped[list[str]]
    builtin: Mapped[bool] = mapped_column(default=False)


class Grant(Captured, Base):
    """A role held by a person: everywhere, on one source, or on a workspace's sources."""

    __tablename__ = "grants"
    __label__ = "role"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str] = mapped_column(ForeignKey("roles.name"))
    source_id: Mapped[str | None] = mapped_column(ForeignKey("sources.id"))
    workspace_id: Mapped[str | None] = mapped_column(ForeignKey("workspaces.id"))
    scope_name: Mapped[str] = mapped_column(String(200), default="everything")
    granted_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class ApiKey(Captured, Base):
    """A key by which a program is known; only its digest is kept."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]
