"""Tables of data_sources."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, Owned, now


class Source(Captured, Base):
    """A system that holds data. Its password, where it has one, is sealed."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    location: Mapped[str]
    schemas: Mapped[list[str]] = mapped_column(default=list)
    sealed_password: Mapped[str | None] = mapped_column(info={"secret": True})
    environment: Mapped[str] = mapped_column(String(40), default="production")
    owner: Mapped[str | None] = mapped_column(String(200))
    tags: Mapped[list[str]] = mapped_column(default=list)
    status: Mapped[str] = mapped_column(String(20), default="registered")
    dialect: Mapped[str | None] = mapped_column(String(20))
    server_version: Mapped[str | None] = mapped_column(String(200))
    warnings: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
    discovered_at: Mapped[datetime | None]
    scanned_at: Mapped[datetime | None]
    credentials_at: Mapped[datetime | None]
    """When the credentials were last rotated."""


class StoredSecret(Owned, Base):
    """A password that a person typed in a message: sealed at the door, referred to by its id."""

    __tablename__ = "stored_secrets"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    sealed: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
