"""Tables of business domains: the domains, and which sources and schemas lie in one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, SourceScoped, now

WHOLE = ""
"""The schema's name that stands for a whole source."""


class Domain(Captured, Base):
    """A part of the business that answers for its data; it may lie in a larger one."""

    __tablename__ = "domains"
    __table_args__ = (UniqueConstraint("search_name"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    search_name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str | None]
    owner: Mapped[str | None] = mapped_column(String(200), index=True)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("domains.id"), index=True)
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class DomainScope(Captured, SourceScoped, Base):
    """A source, or one schema of it, lies in a domain, with what is discovered there later."""

    __tablename__ = "domain_scopes"
    __label__ = "source_id"

    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    schema_name: Mapped[str] = mapped_column(String(200), primary_key=True)
    domain_id: Mapped[str] = mapped_column(ForeignKey("domains.id"), index=True)
