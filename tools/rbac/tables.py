"""Tables of rbac: users, teams, roles, grants, API keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class User(Captured, Base):
    """A person, or a service account: a program that acts under a name and has an owner."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    kind: Mapped[str] = mapped_column(String(10), default="person", server_default="person")
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    """Who answers for a service account."""
    created_at: Mapped[datetime] = mapped_column(default=now)


class Team(Captured, Base):
    """People who hold roles together."""

    __tablename__ = "teams"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    description: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class TeamMember(Captured, Base):
    """A person belongs to a team."""

    __tablename__ = "team_members"
    __label__ = "user_id"

    team_id: Mapped[str] = mapped_column(ForeignKey("teams.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    added_at: Mapped[datetime] = mapped_column(default=now)


class Role(Captured, Base):
    """A named list of permission patterns."""

    __tablename__ = "roles"
    __decides__ = True

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    description: Mapped[str]
    permissions: Mapped[list[str]]
    builtin: Mapped[bool] = mapped_column(default=False)


class Grant(Captured, Base):
    """A role that a person or a team holds, or is denied (`effect`), in a scope, for a time.

    At most one of source, workspace and domain; `sensitivity` narrows it to assets whose highest
    label is at most that level, a denial to those where it is at least that.
    """

    __tablename__ = "grants"
    __label__ = "role"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    team_id: Mapped[str | None] = mapped_column(ForeignKey("teams.id"), index=True)
    role: Mapped[str] = mapped_column(ForeignKey("roles.name"))
    effect: Mapped[str] = mapped_column(String(5), default="allow", server_default="allow")
    source_id: Mapped[str | None] = mapped_column(ForeignKey("sources.id"))
    workspace_id: Mapped[str | None] = mapped_column(ForeignKey("workspaces.id"))
    domain_id: Mapped[str | None] = mapped_column(ForeignKey("domains.id"))
    sensitivity: Mapped[str | None] = mapped_column(String(20))
    valid_from: Mapped[datetime | None]
    valid_until: Mapped[datetime | None]
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
    expires_at: Mapped[datetime | None]
