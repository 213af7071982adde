"""Tables of the catalog: assets (tables, views, columns), their keys and lineage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, SourceScoped, now


class Asset(Captured, SourceScoped, Base):
    """A table, a view or a column. `qualified_name` is source.[schema.]table[.column]."""

    __tablename__ = "assets"
    __label__ = "qualified_name"
    __table_args__ = (UniqueConstraint("qualified_name"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), index=True)
    name: Mapped[str] = mapped_column(String(300), index=True)
    qualified_name: Mapped[str]
    search_name: Mapped[str] = mapped_column(index=True)
    schema_name: Mapped[str | None] = mapped_column(String(200))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("assets.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    data_type: Mapped[str | None] = mapped_column(String(200))
    coarse_type: Mapped[str | None] = mapped_column(String(12))
    nullable: Mapped[bool | None]
    key_position: Mapped[int | None]
    comment: Mapped[str | None]
    description: Mapped[str | None]
    owner: Mapped[str | None] = mapped_column(String(200))
    tags: Mapped[list[str]] = mapped_column(default=list)
    row_count: Mapped[int | None]
    size_bytes: Mapped[int | None]
    view_sql: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class LineageEdge(Captured, SourceScoped, Base):
    """Something flows, or refers, from one asset to another.

    `kind`: `view` (a view reads it) or `foreign_key` (the downstream refers to the upstream).
    """

    __tablename__ = "lineage_edges"
    __label__ = "kind"

    upstream_id: Mapped[str] = mapped_column(ForeignKey("assets.id"), primary_key=True)
    downstream_id: Mapped[str] = mapped_column(
        ForeignKey("assets.id"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
